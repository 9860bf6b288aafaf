/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole deliveries, from the bytes of a file to the text and the JSON of a verdict: the file is
 * made from the input, or is the input. CRLs, OCSP answers, the account and what the registers say
 * come from it too; signatures are answered from it. See evaluated.c for what must hold.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cert/pem.h"
#include "gather/crls.h"
#include "gather/gather.h"
#include "gather/ocsps.h"
#include "tests/fuzz/compose.h"
#include "tests/fuzz/evaluated.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct kvk_trust installed;
static struct kvk_knowledge *knowledge;

/* What a run is made of. */
struct delivery {
	unsigned flags;
	struct kvk_blob file;
	struct kvk_contents contents;
	struct kvk_crls crls;
	struct kvk_ocsps ocsps;
	struct kvk_trust trust;
	struct kvk_certificate anchor;
	struct kvk_blob anchor_bytes;
	char kvk[9], oin[21], name[80], text[80];
};

static void copy(char *out, size_t size, struct kvk_span text)
{
	size_t n = text.n < size - 1 ? text.n : size - 1;

	if (n > 0)
		memcpy(out, text.p, n);
	out[n] = '\0';
}

/* One block of the file. */
static void add_block(struct delivery *d, struct choices *c)
{
	static const char *const labels[] = { "CERTIFICATE", "X509 CERTIFICATE",
		"CERTIFICATE REQUEST", "PRIVATE KEY", "X509 CRL" };
	static const char *const between[] = { "\n", "text\n", "\r\n", " ", "\x1b[31m\n" };
	unsigned kind = choose(c, 32);
	struct kvk_blob der = { 0 };

	if (kind == 30		   ? compose_csr(c, &der) :
			kind == 31 ? compose_crl(c, &der) :
				     compose_certificate(c, &der)) {
		if (kind > 26)
			check(kvk_blob_append(&d->file, choose_text(c, between, 5)) == KVK_OK);
		if (d->flags & 1)
			check(kvk_blob_append(&d->file, kvk_span_of_blob(&der)) == KVK_OK);
		else
			check(kvk_pem_write(&d->file, labels[kind > 24 ? kind % 5 : 0],
				      kvk_span_of_blob(&der)) == KVK_OK);
	}
	kvk_blob_free(&der);
}

static void make_trust(struct delivery *d, struct choices *c)
{
	const struct kvk_certificate *one = &d->anchor;

	if (!compose_certificate(c, &d->anchor_bytes) ||
		kvk_certificate_read(kvk_span_of_blob(&d->anchor_bytes), &d->anchor) != KVK_OK)
		return;
	check(kvk_trust_from_certificates(&one, 1, &d->trust) == KVK_OK);
}

static void make_answers(struct delivery *d, struct choices *c)
{
	for (unsigned n = choose(c, 4); n > 0; n--) {
		struct kvk_blob der = { 0 };

		if (compose_crl(c, &der))
			check(kvk_crls_add(&d->crls, &der, "crl") == KVK_OK);
		kvk_blob_free(&der);
	}
	for (unsigned n = choose(c, 3); n > 0; n--) {
		const struct kvk_certificate *leaf, *issuer;
		struct kvk_blob der = { 0 };

		leaf = kvk_contents_certificate(&d->contents, 0, NULL);
		issuer = kvk_contents_certificate(&d->contents, 1, NULL);
		if (compose_ocsp(c, leaf, issuer != NULL ? issuer : &d->anchor, &der))
			check(kvk_ocsps_add(&d->ocsps, &der, "ocsp") == KVK_OK);
		kvk_blob_free(&der);
	}
}

static void make_account(struct delivery *d, struct choices *c, struct kvk_account *out)
{
	static const char *const numbers[] = { "68750110", "12345678" };
	static const char *const oins[] = { "00000003687501100000", "00000001123456782000" };

	if (d->flags & 2) {
		copy(d->kvk, sizeof(d->kvk), kvk_span_of(numbers[choose(c, 2)]));
		out->kvk = d->kvk;
	}
	if (d->flags & 4) {
		copy(d->oin, sizeof(d->oin), kvk_span_of(oins[choose(c, 2)]));
		out->oin = d->oin;
	}
	if (d->flags & 8) {
		copy(d->text, sizeof(d->text), choose_bytes(c, 60));
		out->trade_name = d->text;
	}
	out->party = choose(c, 3);
}

static void make_register(struct choices *c, char name[static 40], struct kvk_register_answer *out)
{
	*out = (struct kvk_register_answer){ .asked = choose(c, 4),
		.not_asked = KVK_WHY_OFFLINE,
		.failure = "no answer",
		.active = choose(c, 2) };
	copy(name, 40, choose_bytes(c, 39));
	out->names[0] = name;
	out->name_count = out->asked == KVK_ASKED_FOUND ? choose(c, 2) : 0;
}

static void evaluate(struct delivery *d, struct choices *c, bool rendered)
{
	static struct kvk_facts facts;
	static struct kvk_verdict verdict;
	struct compose_oracle oracle = { 0 };
	struct kvk_signatures signatures = { .verify = compose_verify, .context = &oracle };
	struct kvk_case asked = { .at = COMPOSE_NOW, .no_revocation = (d->flags & 32) != 0 };
	struct kvk_evidence evidence = { .trust = d->flags & 16 ? &installed : &d->trust,
		.knowledge = knowledge,
		.history_known = (d->flags & 64) != 0 };
	struct kvk_gather_input input = { .contents = &d->contents,
		.asked = &asked,
		.evidence = &evidence,
		.signatures = &signatures };
	char names[2][40];

	make_account(d, c, &asked.account);
	if (d->flags & 128) {
		copy(d->name, sizeof(d->name), choose_bytes(c, 40));
		input.name = d->name;
	}
	evidence.crls = kvk_crls_array(&d->crls, &evidence.crl_count);
	evidence.ocsps = kvk_ocsps_array(&d->ocsps, &evidence.ocsp_count);
	check(kvk_gather(&input, &facts) == KVK_OK);
	make_register(c, names[0], &facts.company);
	make_register(c, names[1], &facts.oin_register);
	check(kvk_portal_evaluate(&facts, &verdict) == KVK_OK);
	check_verdict(&facts, &verdict);
	if (rendered)
		check_rendered(&facts, &verdict);
	check(verdict.outcome != KVK_ACCEPT || (facts.path.anchor != NULL && oracle.good > 0));
}

static void start_up(void)
{
	if (knowledge != NULL)
		return;
	check(kvk_trust_load(compose_templates(), &installed, NULL) == KVK_OK);
	check(kvk_knowledge_load(compose_templates(), &knowledge, NULL) == KVK_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct delivery d;
	struct choices c = { data, size };
	double start;

	start_up();
	start = compose_clock();
	d = (struct delivery){ .flags = choose(&c, 256) };
	make_trust(&d, &c);
	if (choose(&c, 16) == 15)
		check(kvk_blob_append(&d.file, choose_bytes(&c, 255)) == KVK_OK);
	else
		for (unsigned n = choose(&c, 8); n > 0 || d.file.n == 0; n -= n > 0)
			add_block(&d, &c);
	check(kvk_contents_read(&d.file, &d.contents) == KVK_OK);
	make_answers(&d, &c);
	evaluate(&d, &c, is_rendered(data, size));
	check_time(start);
	kvk_contents_free(&d.contents);
	kvk_crls_free(&d.crls);
	kvk_ocsps_free(&d.ocsps);
	kvk_trust_free(&d.trust);
	kvk_certificate_free(&d.anchor);
	kvk_blob_free(&d.anchor_bytes);
	kvk_blob_free(&d.file);
	return 0;
}
