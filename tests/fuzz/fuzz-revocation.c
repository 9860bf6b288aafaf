/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What CRLs and OCSP answers say of a certificate, both made from the input or standing in it;
 * signatures are answered from the input. "Good" and "revoked" are said only where a signature was
 * found good; everything else says why it is not known.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "revocation/crl_status.h"
#include "revocation/ocsp_status.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 4

static struct kvk_certificate leaf, issuer, root;
static struct kvk_crl crls[MOST];
static struct kvk_ocsp ocsps[MOST];
static struct kvk_crl_candidate crl_candidates[MOST];
static struct kvk_ocsp_candidate ocsp_candidates[MOST];

/* Takes certificate number n. */
static bool take(struct choices *c, size_t n, struct kvk_certificate *out)
{
	static struct kvk_blob bytes[3];
	static struct kvk_certificate read[3];

	kvk_certificate_free(&read[n]);
	if (!compose_certificate(c, &bytes[n]) ||
		kvk_certificate_read(kvk_span_of_blob(&bytes[n]), &read[n]) != KVK_OK)
		return false;
	*out = read[n];
	return true;
}

static size_t take_crls(struct choices *c, struct kvk_blob bytes[static MOST])
{
	size_t n = choose(c, MOST);

	for (size_t i = 0; i < n; i++) {
		if (!compose_crl(c, &bytes[i]))
			return i;
		crl_candidates[i].label = "crl";
		kvk_crl_free(&crls[i]);
		crl_candidates[i].crl =
			kvk_crl_read(kvk_span_of_blob(&bytes[i]), &crls[i]) == KVK_OK ? &crls[i] :
											NULL;
	}
	return n;
}

static size_t take_ocsps(struct choices *c, struct kvk_blob bytes[static MOST])
{
	size_t n = choose(c, MOST);

	for (size_t i = 0; i < n; i++) {
		if (!compose_ocsp(c, &leaf, &issuer, &bytes[i]))
			return i;
		ocsp_candidates[i].label = "ocsp";
		ocsp_candidates[i].ocsp =
			kvk_ocsp_read(kvk_span_of_blob(&bytes[i]), &ocsps[i]) == KVK_OK ?
			&ocsps[i] :
			NULL;
	}
	return n;
}

static void check_answer(const struct kvk_revocation_answer *answer,
	const struct kvk_signatures *signatures, size_t crl_count)
{
	const struct compose_oracle *oracle = signatures->context;

	check(signatures->checked <= signatures->budget);
	check(answer->why < KVK_REVOCATION_WHY_COUNT);
	check(answer->crl >= -1 && answer->crl < (int)crl_count);
	check((answer->state == KVK_REVOCATION_UNDETERMINED) ==
		(answer->why != KVK_WHY_DETERMINED));
	check(answer->state == KVK_REVOCATION_UNDETERMINED || oracle->good > 0);
	check(!answer->has_reason || kvk_crl_reason_name(answer->reason) != NULL);
}

static void run(const struct kvk_anchor *anchor, size_t crl_count, size_t ocsp_count,
	unsigned flags, enum kvk_manner manner)
{
	struct compose_oracle oracle = { 0 };
	struct kvk_signatures signatures = {
		.verify = compose_verify, .context = &oracle, .budget = KVK_LIMIT_SIGNATURES
	};
	const struct kvk_candidate pool[] = { { &issuer, KVK_SOURCE_UPLOAD },
		{ &root, KVK_SOURCE_CHAIN } };
	const bool top = (flags & 1) != 0;
	const struct kvk_crl_input crl = { .certificate = &leaf,
		.issuer = top ? NULL : &issuer,
		.anchor = anchor,
		.crls = crl_candidates,
		.crl_count = crl_count,
		.at = COMPOSE_NOW,
		.manner = manner,
		.signatures = &signatures,
		.pool = flags & 2 ? pool : NULL,
		.pool_count = flags & 2 ? 2 : 0 };
	const struct kvk_ocsp_input ocsp = { .certificate = &leaf,
		.issuer = crl.issuer,
		.anchor = anchor,
		.answers = ocsp_candidates,
		.answer_count = ocsp_count,
		.crls = crl_candidates,
		.crl_count = crl_count,
		.nonce = flags & 4 ? kvk_span_of("nonce") : (struct kvk_span){ NULL, 0 },
		.at = COMPOSE_NOW,
		.manner = manner,
		.signatures = &signatures };
	struct kvk_revocation_answer by_crl, by_ocsp, both;

	check(kvk_crl_status(&crl, &by_crl) == KVK_OK);
	check_answer(&by_crl, &signatures, crl_count);
	check(crl_count > 0 || by_crl.why == KVK_WHY_NO_CRL);
	check(kvk_ocsp_status(&ocsp, &by_ocsp) == KVK_OK);
	check_answer(&by_ocsp, &signatures, crl_count);
	kvk_revocation_combine(&by_ocsp, &by_crl, &both);
	check_answer(&both, &signatures, crl_count);
	if (by_crl.state == KVK_REVOCATION_REVOKED || by_ocsp.state == KVK_REVOCATION_REVOKED)
		check(both.state == KVK_REVOCATION_REVOKED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kvk_blob crl_bytes[MOST], ocsp_bytes[MOST];
	struct choices c = { data, size };
	double start = compose_clock();
	unsigned flags = choose(&c, 8);
	struct kvk_anchor anchor = { .label = "fuzz" };
	size_t crl_count, ocsp_count;

	if (!take(&c, 0, &leaf) || !take(&c, 1, &issuer))
		return 0;
	root = issuer;
	if (c.n > 0 && *c.p % 4 == 3 && !take(&c, 2, &root))
		return 0;
	anchor.name = root.subject;
	anchor.spki = root.spki;
	anchor.key = root.key;
	anchor.ski = root.ext.ski;
	crl_count = take_crls(&c, crl_bytes);
	ocsp_count = take_ocsps(&c, ocsp_bytes);
	run(&anchor, crl_count, ocsp_count, flags, KVK_MANNER_RFC5280);
	run(&anchor, crl_count, ocsp_count, flags, KVK_MANNER_JAVA);
	check_time(start);
	return 0;
}
