/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/evaluator.h"
#include "tests/app/made.h"
#include "tests/crypto/keys.h"
#include "tests/support/crl_issue.h"
#include "tests/support/tsp.h"

static const struct kvk_span no_csr = { NULL, 0 };

static void expect(
	struct kvk_evaluator *evaluator, const char *path, enum kvk_outcome outcome, unsigned first)
{
	struct kvk_evaluation *evaluation;
	struct kvk_error why = { "" };

	assert_int_equal(kvk_evaluate_file(evaluator, path, &evaluation, &why), KVK_OK);
	assert_int_equal(evaluation->verdict.outcome, outcome);
	assert_int_equal(evaluation->verdict.first, first);
	kvk_evaluation_free(evaluation);
}

static struct kvk_evaluator *open_for(const struct kvk_case *asked)
{
	struct kvk_evaluator *evaluator = NULL;
	struct kvk_error why = { "" };

	assert_int_equal(kvk_evaluator_open(asked, &evaluator, &why), KVK_OK);
	assert_string_equal(why.text, "");
	return evaluator;
}

static const struct {
	const char *fault;
	enum kvk_outcome outcome;
	/* The message that the portal gives. */
	unsigned first;
} deliveries[] = {
	{ NULL, KVK_ACCEPT, 0 },
	{ "sha1", KVK_REJECT, 1 },
	{ "no-tsp-crl", KVK_UNDETERMINED, 2 },
	{ "no-client-auth", KVK_REJECT, 19 },
	{ "revoked", KVK_REJECT, 28 },
};

static void each_delivery_gets_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof deliveries / sizeof deliveries[0]; i++) {
		const struct kvk_case asked = made_case();
		struct kvk_evaluator *evaluator, *fork = NULL;

		made_delivery("upload.pem", deliveries[i].fault, no_csr);
		evaluator = open_for(&asked);
		expect(evaluator, below("upload.pem"), deliveries[i].outcome, deliveries[i].first);
		/* what another thread would say */
		assert_int_equal(kvk_evaluator_fork(evaluator, &fork), KVK_OK);
		expect(fork, below("upload.pem"), deliveries[i].outcome, deliveries[i].first);
		kvk_evaluator_free(fork);
		kvk_evaluator_free(evaluator);
	}
}

static void what_was_uploaded_before_is_refused(void **state)
{
	struct kvk_case asked = made_case();
	const char *const before[] = { below("before.pem") };
	struct kvk_evaluator *evaluator;

	(void)state;
	made_delivery("before.pem", NULL, no_csr);
	asked.uploaded = (struct kvk_paths){ before, 1 };
	evaluator = open_for(&asked);
	expect(evaluator, before[0], KVK_REJECT, 15);
	kvk_evaluator_free(evaluator);
}

static void a_delivery_that_is_not_there_is_an_error(void **state)
{
	const struct kvk_case asked = made_case();
	struct kvk_evaluation *evaluation = NULL;
	struct kvk_evaluator *evaluator;
	struct kvk_error why = { "" };

	(void)state;
	made_delivery("upload.pem", NULL, no_csr);
	evaluator = open_for(&asked);
	assert_int_equal(kvk_evaluate_file(evaluator, below("missing"), &evaluation, &why),
		KVK_ERR_NOT_FOUND);
	assert_null(evaluation);
	assert_non_null(strstr(why.text, "missing"));
	kvk_evaluator_free(evaluator);
}

/* Whatever kind of file it is, the message names it. */
static void a_file_beside_it_that_is_not_there_is_named(void **state)
{
	const char *const missing[] = { below("missing") };
	const struct kvk_paths paths = { missing, 1 };
	const struct kvk_case asked[] = {
		{ .trust = paths },
		{ .chain = paths },
		{ .crl = paths },
		{ .ocsp = paths },
		{ .uploaded = paths },
		{ .key = missing[0] },
		{ .csr = missing[0] },
	};

	(void)state;
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		struct kvk_evaluator *evaluator = NULL;
		struct kvk_error why = { "" };

		assert_int_equal(
			kvk_evaluator_open(&asked[i], &evaluator, &why), KVK_ERR_NOT_FOUND);
		assert_null(evaluator);
		assert_non_null(strstr(why.text, missing[0]));
	}
}

/* The octets of an extension that nobody knows, which make a CRL large. */
enum { PADDING = 3 * 1024 * 1024 / 2 };

static void make_crl(struct kvk_practice *tsp, struct kvk_span revoked, struct kvk_blob *out)
{
	static const uint8_t padding[PADDING];
	struct kvk_crl_issue crl;

	assert_int_equal(kvk_practice_crl(tsp, KVK_PRACTICE_TSP, &crl), KVK_OK);
	kvk_crl_extension(
		&crl, "1.3.6.1.4.1.32473.1", false, (struct kvk_span){ padding, PADDING });
	if (revoked.n > 0)
		kvk_crl_revoke(&crl, revoked, crl.this_update - KVK_DAY, -1);
	assert_int_equal(kvk_practice_crl_sign(tsp, KVK_PRACTICE_TSP, &crl, out), KVK_OK);
	kvk_crl_issue_free(&crl);
}

/* root.pem, and crls.pem with the CRLs of the CAs above the TSP's. */
static void put_cas(struct kvk_practice *tsp)
{
	const enum kvk_practice_level levels[] = { KVK_PRACTICE_ROOT, KVK_PRACTICE_INTERMEDIATE };
	struct kvk_blob pem = { 0 }, der = { 0 };
	struct kvk_crl_issue crl;

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		assert_int_equal(kvk_practice_crl(tsp, levels[i], &crl), KVK_OK);
		assert_int_equal(kvk_practice_crl_sign(tsp, levels[i], &crl, &der), KVK_OK);
		assert_int_equal(
			kvk_practice_pem("X509 CRL", kvk_span_of_blob(&der), &pem), KVK_OK);
		kvk_crl_issue_free(&crl);
	}
	put("crls.pem", kvk_span_of_blob(&pem));
	kvk_blob_clear(&pem);
	assert_int_equal(kvk_practice_pem("CERTIFICATE",
				 kvk_practice_certificate(tsp, KVK_PRACTICE_ROOT), &pem),
		KVK_OK);
	put("root.pem", kvk_span_of_blob(&pem));
	kvk_blob_free(&pem);
	kvk_blob_free(&der);
}

/* upload.pem, and two CRLs of its TSP: one without the leaf, one with it. */
static void put_leaf(struct kvk_practice *tsp, struct kvk_blob crls[static 2])
{
	struct kvk_blob spki = { 0 }, leaf = { 0 }, pem = { 0 };
	struct kvk_issue issue;
	struct kvk_key *key;

	assert_int_equal(kvk_key_read(kvk_span_of(KVK_TEST_RSA_D), NULL, &key), KVK_OK);
	assert_int_equal(kvk_key_spki(key, &spki), KVK_OK);
	kvk_issue_start(&issue);
	assert_int_equal(
		kvk_practice_leaf(tsp,
			&(struct kvk_practice_leaf){ .spki = kvk_span_of_blob(&spki) }, &issue),
		KVK_OK);
	assert_int_equal(kvk_practice_sign(tsp, KVK_PRACTICE_TSP, &issue, &leaf), KVK_OK);
	assert_int_equal(kvk_practice_chain_pem(tsp, kvk_span_of_blob(&leaf), false, &pem), KVK_OK);
	put("upload.pem", kvk_span_of_blob(&pem));
	make_crl(tsp, no_csr, &crls[0]);
	make_crl(tsp, kvk_span_of_blob(&issue.serial), &crls[1]);
	kvk_issue_free(&issue);
	kvk_key_free(key);
	kvk_blob_free(&spki);
	kvk_blob_free(&leaf);
	kvk_blob_free(&pem);
}

static void make_with_large_crls(struct kvk_blob crls[static 2])
{
	static const char *const pems[] = { KVK_TEST_RSA_A, KVK_TEST_RSA_B, KVK_TEST_RSA_C };
	struct kvk_practice_options options = { .now = DELIVERY_NOW };
	struct kvk_practice *tsp;

	for (int i = 0; i < KVK_PRACTICE_LEVELS; i++)
		assert_int_equal(
			kvk_key_read(kvk_span_of(pems[i]), NULL, &options.keys[i]), KVK_OK);
	assert_int_equal(kvk_practice_new(&options, &tsp), KVK_OK);
	put_cas(tsp);
	put_leaf(tsp, crls);
	kvk_practice_free(tsp);
}

/* As a program does that writes into a file instead of replacing it. */
static void overwrite(const char *path, struct kvk_span bytes)
{
	FILE *file = fopen(path, "r+");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(ftruncate(fileno(file), (off_t)bytes.n), 0);
	assert_int_equal(fclose(file), 0);
}

/*
 * Nothing is read of a CRL file once it was loaded: who writes into it between the check of its
 * signature and the look-up, or at any other time, cannot change the answer.
 */
static void a_crl_that_is_rewritten_changes_nothing(void **state)
{
	char cas[128], tsp[128];
	const char *const files[] = { cas, tsp };
	struct kvk_blob crls[2] = { { 0 }, { 0 } };
	struct kvk_case asked = made_case();

	(void)state;
	snprintf(cas, sizeof cas, "%s", below("crls.pem"));
	snprintf(tsp, sizeof tsp, "%s", below("tsp.crl"));
	make_with_large_crls(crls);
	asked.crl = (struct kvk_paths){ files, 2 };
	for (size_t i = 0; i < 2; i++) {
		struct kvk_evaluator *evaluator;

		put("tsp.crl", kvk_span_of_blob(&crls[i]));
		evaluator = open_for(&asked);
		overwrite(tsp, kvk_span_of_blob(&crls[1 - i]));
		expect(evaluator, below("upload.pem"), i == 0 ? KVK_ACCEPT : KVK_REJECT,
			i == 0 ? 0 : 28);
		kvk_evaluator_free(evaluator);
	}
	kvk_blob_free(&crls[0]);
	kvk_blob_free(&crls[1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_delivery_gets_its_verdict),
		TEST(what_was_uploaded_before_is_refused),
		TEST(a_delivery_that_is_not_there_is_an_error),
		TEST(a_file_beside_it_that_is_not_there_is_named),
		TEST(a_crl_that_is_rewritten_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
