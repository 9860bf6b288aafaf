/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/hostile/measure.h"

#include "cert/pem.h"
#include "conf/datadir.h"
#include "gather/gather.h"
#include "report/verdict.h"
#include "tests/crypto/keys.h"
#include "tests/practice/delivery.h"
#include "tests/support/cost.h"
#include "tests/support/issue_odd.h"

static struct kvk_key *signer;
static struct kvk_blob signer_spki;

static void start(struct kvk_issue *issue, const char *name)
{
	uint8_t serial[] = { 1, 2, 3, 4 };

	if (signer == NULL) {
		assert_int_equal(kvk_key_read(kvk_span_of(KVK_TEST_P256), NULL, &signer), KVK_OK);
		assert_int_equal(kvk_key_spki(signer, &signer_spki), KVK_OK);
	}
	kvk_issue_start(issue);
	kvk_issue_name(issue, KVK_OID_CN, name);
	kvk_issue_serial(issue, (struct kvk_span){ serial, sizeof(serial) });
	kvk_issue_spki(issue, kvk_span_of_blob(&signer_spki));
	issue->not_before = DELIVERY_NOW - 10 * KVK_DAY;
	issue->not_after = DELIVERY_NOW + 300 * KVK_DAY;
	issue->signing = &kvk_signing_ecdsa_sha256;
}

void measure_ca(struct kvk_issue *issue, const char *name)
{
	start(issue, name);
	kvk_issue_basic_constraints(issue, true, -1);
}

void measure_leaf(struct kvk_issue *issue, const char *name)
{
	start(issue, name);
	kvk_issue_dns(issue, (const char *[]){ name, NULL });
}

void measure_key(struct kvk_issue *issue, unsigned n)
{
	struct kvk_blob spki = { 0 };

	/* the seam does no arithmetic: the point need not lie on the curve */
	assert_int_equal(kvk_blob_append(&spki, kvk_span_of_blob(&signer_spki)), KVK_OK);
	spki.p[spki.n - 1] = (uint8_t)n;
	spki.p[spki.n - 2] = (uint8_t)(n >> 8);
	kvk_issue_spki(issue, kvk_span_of_blob(&spki));
	kvk_blob_free(&spki);
}

void measure_sign(struct kvk_issue *issue, const char *issuer, struct kvk_blob *out)
{
	struct kvk_blob name = { 0 };
	struct kvk_issue above;

	start(&above, issuer);
	assert_int_equal(kvk_issue_subject_der(&above, &name), KVK_OK);
	assert_int_equal(kvk_issue_sign(issue, kvk_span_of_blob(&name), signer, out), KVK_OK);
	kvk_issue_free(&above);
	kvk_issue_free(issue);
	kvk_blob_free(&name);
}

void measure_add(struct measure *w, struct kvk_blob *der)
{
	assert_int_equal(kvk_pem_write(&w->file, "CERTIFICATE", kvk_span_of_blob(der)), KVK_OK);
	kvk_blob_free(der);
}

static enum kvk_err answer(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	struct measure *w = context;

	(void)spki;
	(void)algorithm;
	(void)data;
	(void)signature;
	w->asked++;
	return w->answer;
}

/* The extra certificates, to which the facts point until the next are read. */
static struct kvk_certificate certificates[KVK_LIMIT_EXTRA];

/* Reads the extra certificates, which are those of --chain. */
static size_t read_extra(const struct measure *w, struct kvk_candidate *candidates)
{
	for (size_t i = 0; i < w->extra_count; i++) {
		kvk_certificate_free(&certificates[i]);
		assert_int_equal(
			kvk_certificate_read(kvk_span_of_blob(&w->extra[i]), &certificates[i]),
			KVK_OK);
		candidates[i] = (struct kvk_candidate){ &certificates[i], KVK_SOURCE_CHAIN };
	}
	return w->extra_count;
}

static void once(struct measure *w, struct kvk_gather_input *input)
{
	const struct kvk_verdict_style style = { .file = "file.pem", .all = true };
	struct kvk_blob bytes = { 0 }, out = { 0 };
	struct kvk_signatures signatures = { .verify = answer, .context = w };
	double began, took;

	assert_int_equal(kvk_blob_append(&bytes, kvk_span_of_blob(&w->file)), KVK_OK);
	kvk_contents_free(&w->contents);
	memset(&w->contents, 0, sizeof(w->contents));
	w->asked = 0;
	input->signatures = &signatures;
	input->contents = &w->contents;
	began = cost_now();
	assert_int_equal(kvk_contents_read(&bytes, &w->contents), KVK_OK);
	assert_int_equal(kvk_gather(input, &w->facts), KVK_OK);
	assert_int_equal(kvk_portal_evaluate(&w->facts, &w->verdict), KVK_OK);
	assert_int_equal(kvk_verdict_text(&w->facts, &w->verdict, &style, &out), KVK_OK);
	assert_int_equal(kvk_verdict_json(&w->facts, &w->verdict, &style, false, &out), KVK_OK);
	took = cost_now() - began;
	w->ms = w->ms == 0 || took < w->ms ? took : w->ms;
	kvk_blob_free(&bytes);
	kvk_blob_free(&out);
}

void measure_evaluate(struct measure *w)
{
	static struct kvk_candidate candidates[KVK_LIMIT_EXTRA];
	const struct kvk_certificate *anchor = &w->anchor_read;
	struct kvk_knowledge *knowledge;
	/* the facts point to these two when this function is left */
	static const struct kvk_case asked = { .at = DELIVERY_NOW, .no_revocation = true };
	static struct kvk_evidence evidence;
	struct kvk_gather_input input = { .asked = &asked, .evidence = &evidence };

	assert_int_equal(kvk_knowledge_load(kvk_datadir(), &knowledge, NULL), KVK_OK);
	evidence = (struct kvk_evidence){
		.trust = &w->trust, .extra = candidates, .knowledge = knowledge
	};
	evidence.extra_count = read_extra(w, candidates);
	if (w->anchor.n > 0) {
		kvk_certificate_free(&w->anchor_read);
		assert_int_equal(
			kvk_certificate_read(kvk_span_of_blob(&w->anchor), &w->anchor_read),
			KVK_OK);
		kvk_trust_free(&w->trust);
		memset(&w->trust, 0, sizeof(w->trust));
		assert_int_equal(kvk_trust_from_certificates(&anchor, 1, &w->trust), KVK_OK);
	}
	for (unsigned i = 0; i < 3; i++)
		once(w, &input);
	kvk_knowledge_free(knowledge);
}

void measure_refused(struct measure *w)
{
	measure_evaluate(w);
	print_message("%.1f ms, %u signatures, %zu messages\n", w->ms, w->asked,
		w->verdict.message_count);
	assert_true(w->ms < cost_limit(50));
	assert_true(w->asked <= KVK_LIMIT_SIGNATURES);
	assert_int_not_equal(w->verdict.outcome, KVK_ACCEPT);
}

void measure_trust(struct measure *w, const char *name)
{
	struct kvk_issue issue;

	measure_ca(&issue, name);
	measure_sign(&issue, name, &w->anchor);
}

void measure_free(struct measure *w)
{
	kvk_contents_free(&w->contents);
	kvk_trust_free(&w->trust);
	for (size_t i = 0; i < w->extra_count; i++) {
		kvk_certificate_free(&certificates[i]);
		kvk_blob_free(&w->extra[i]);
	}
	kvk_blob_free(&w->file);
	kvk_certificate_free(&w->anchor_read);
	kvk_blob_free(&w->anchor);
	memset(w, 0, sizeof(*w));
	kvk_key_free(signer);
	signer = NULL;
	kvk_blob_free(&signer_spki);
}
