/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole deliveries, made by the practice TSP, through gather/ and portal/: the messages must be
 * just these, and the first of them this one. A count fails when a rule that a file can break has
 * less than two deliveries that break it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "conf/datadir.h"
#include "tests/portal/evaluated.h"
#include "tests/support/shapes.h"

#define END 0u
#define MESSAGES_MAX 8

struct delivery_case {
	/* Faults, separated by blanks; "" for none. */
	const char *faults;
	/* Ascending, ended by END; and the first. */
	unsigned messages[MESSAGES_MAX];
	unsigned first;
};

static const struct delivery_case cases[] = {
	{ "", { END }, 0 },
	{ "reversed", { END }, 0 },
	{ "with-root", { END }, 0 },
	{ "bmp-subject", { END }, 0 },
	{ "teletex-subject", { END }, 0 },
	{ "generalized-time", { END }, 0 },
	{ "client-only", { END }, 0 },
	{ "two-names", { END }, 0 },
	{ "unknown-extension", { END }, 0 },
	{ "other-revoked", { END }, 0 },
	{ "revoked-later", { END }, 0 },
	{ "tsp-no-key-usage", { END }, 0 },
	{ "names-permitted", { END }, 0 },
	{ "explicit-good", { END }, 0 },
	{ "tsp-renamed", { END }, 0 },
	{ "no-key-usage", { END }, 0 },
	{ "md5", { 1, END }, 1 },
	{ "sha1", { 1, END }, 1 },
	{ "rsa-1024", { 1, END }, 1 },
	{ "tsp-sha1", { 1, END }, 1 },
	{ "intermediate-md5", { 1, END }, 1 },
	{ "no-crl", { 2, END }, 2 },
	{ "no-tsp-crl", { 2, END }, 2 },
	{ "crl-expired", { 2, END }, 2 },
	{ "crl-not-yet", { 2, END }, 2 },
	{ "crl-no-next", { 2, END }, 2 },
	{ "crl-other-key", { 2, END }, 2 },
	{ "crl-bad-signature", { 2, END }, 2 },
	{ "crl-unknown-critical", { 2, END }, 2 },
	{ "crl-other-scope", { 2, END }, 2 },
	{ "crl-only-ca", { 2, END }, 2 },
	{ "tsp-no-crl-sign", { 2, END }, 2 },
	{ "version-4", { 3, END }, 3 },
	{ "version-1-extensions", { 3, END }, 3 },
	{ "double-extension", { 3, END }, 3 },
	{ "truncated", { 3, END }, 3 },
	{ "no-end", { 3, END }, 3 },
	{ "bad-base64", { 3, END }, 3 },
	{ "key-first", { 3, END }, 3 },
	{ "no-serial-number", { 4, END }, 4 },
	{ "oin-letters", { 4, END }, 4 },
	{ "oin-19", { 4, END }, 4 },
	{ "oin-spaces", { 4, END }, 4 },
	{ "expired", { 5, 6, END }, 5 },
	{ "tsp-expired", { 5, END }, 5 },
	{ "intermediate-expired", { 5, END }, 5 },
	{ "outlives-ca", { END }, 0 },
	{ "key-encipherment-only", { 7, END }, 7 },
	{ "non-repudiation", { 7, END }, 7 },
	{ "tsp-crl-sign-only", { 7, END }, 7 },
	{ "names-excluded", { 8, END }, 8 },
	{ "names-other", { 8, END }, 8 },
	{ "qualified-policy", { 9, END }, 9 },
	{ "explicit-policy", { 9, END }, 9 },
	{ "mapped-policy", { 9, END }, 9 },
	{ "bad-signature", { 10, END }, 10 },
	{ "zero-signature", { 10, END }, 10 },
	{ "wrong-hash", { 10, END }, 10 },
	{ "tsp-bad-signature", { 10, END }, 10 },
	{ "no-cn", { 11, END }, 11 },
	{ "two-cn", { 11, END }, 11 },
	{ "cn-ip", { 11, END }, 11 },
	{ "cn-company", { 11, END }, 11 },
	{ "cn-not-in-san", { 11, END }, 11 },
	{ "no-san", { 11, END }, 11 },
	{ "version-1", { 11, 12, 16, 19, 20, END }, 12 },
	{ "version-2", { 11, 12, 16, 19, 20, END }, 12 },
	{ "leaf-is-ca", { 13, 21, END }, 21 },
	{ "no-leaf", { 13, 21, END }, 21 },
	{ "no-ski", { 16, END }, 16 },
	{ "no-aki", { 16, END }, 16 },
	{ "other-issuer", { 17, 22, END }, 22 },
	{ "no-tsp", { 17, 22, END }, 22 },
	{ "root-no-intermediate", { 17, 22, END }, 22 },
	{ "empty", { 18, END }, 18 },
	{ "text", { 18, END }, 18 },
	{ "no-client-auth", { 19, END }, 19 },
	{ "email-only", { 19, END }, 19 },
	{ "any-usage", { 19, END }, 19 },
	{ "no-eku", { 19, END }, 19 },
	{ "no-policies", { 20, END }, 20 },
	{ "dv-policy", { 20, END }, 20 },
	{ "two-leaves", { 21, END }, 21 },
	{ "no-intermediate", { 22, END }, 22 },
	{ "leaf-only", { 22, END }, 22 },
	{ "tsp-not-ca", { 23, END }, 23 },
	{ "tsp-no-basic", { 23, END }, 23 },
	{ "not-yet-valid", { 6, 24, END }, 24 },
	{ "tsp-not-yet-valid", { 24, END }, 24 },
	{ "path-length", { 27, END }, 27 },
	{ "path-length no-client-auth", { 19, 27, END }, 27 },
	{ "revoked", { 28, END }, 28 },
	{ "revoked-plain", { 28, END }, 28 },
	{ "revoked-hold", { 28, END }, 28 },
	{ "tsp-revoked", { 28, END }, 28 },
	{ "unknown-critical", { 30, END }, 30 },
	{ "critical-qc", { 30, END }, 30 },
	{ "tsp-unknown-critical", { 30, END }, 30 },
	{ "wildcard", { 31, END }, 31 },
	{ "wildcard-san", { 31, END }, 31 },
	{ "md5 tsp-expired", { 1, 5, END }, 5 },
	{ "expired unknown-critical", { 5, 6, 30, END }, 5 },
	{ "dv-policy no-client-auth no-serial-number leaf-only", { 4, 19, 20, 22, END }, 22 },
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

static const struct kvk_account company = { .kvk = "68750110", .party = KVK_PARTY_MARKET };

static struct evaluated evaluated;

static void check_case(const struct delivery_case *c)
{
	const struct kvk_verdict *verdict = &evaluated.verdict;
	size_t count = 0;

	while (c->messages[count] != END)
		count++;
	if (verdict->message_count != count)
		fail_msg("'%s': %zu messages, the first %u", c->faults, verdict->message_count,
			verdict->first);
	for (size_t i = 0; i < count; i++)
		if (verdict->messages[i] != c->messages[i])
			fail_msg("'%s': message %u, wanted %u", c->faults, verdict->messages[i],
				c->messages[i]);
	if (verdict->first != c->first)
		fail_msg("'%s': first %u, wanted %u", c->faults, verdict->first, c->first);
	if ((verdict->outcome == KVK_ACCEPT) != (count == 0))
		fail_msg("'%s': %s", c->faults, kvk_verdict_outcome_word(verdict->outcome));
}

static void every_delivery(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		struct delivery_options options = { .shape = KVK_PRACTICE_G4 };

		evaluate(&evaluated, &options, cases[i].faults, &company, NULL, 0);
		check_case(&cases[i]);
		evaluated_free(&evaluated);
	}
}

/* All rules that a file and what is given with it can break; 14, 15 and 29 are below. */
static void every_rule_is_broken(void **state)
{
	static const unsigned elsewhere[] = { 14, 15, 25, 26, 29, 32, 33 };
	unsigned broken[KVK_RULE_COUNT + 1] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
		broken[elsewhere[i]] = 2;
	for (size_t i = 0; i < CASES; i++)
		for (size_t m = 0; cases[i].messages[m] != END; m++)
			broken[cases[i].messages[m]]++;
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (broken[n] < 2)
			fail_msg("rule %u is broken by %u deliveries", n, broken[n]);
}

static enum kvk_result result_of(unsigned number)
{
	return evaluated.verdict.findings[number - 1].result;
}

static void number_of_the_account(void **state)
{
	static const struct {
		enum kvk_practice_shape shape;
		const char *kvk, *oin;
		enum kvk_result want;
	} numbers[] = {
		{ KVK_PRACTICE_G4, NULL, NULL, KVK_RESULT_PASS },
		{ KVK_PRACTICE_EV, NULL, NULL, KVK_RESULT_PASS },
		{ KVK_PRACTICE_G1, NULL, NULL, KVK_RESULT_PASS },
		{ KVK_PRACTICE_G4, "69599084", NULL, KVK_RESULT_FAIL },
		{ KVK_PRACTICE_EV, "69599084", NULL, KVK_RESULT_FAIL },
		{ KVK_PRACTICE_G4, NULL, "00000001820029336000", KVK_RESULT_FAIL },
		{ KVK_PRACTICE_G1, NULL, "00000004114202890000", KVK_RESULT_FAIL },
		{ KVK_PRACTICE_EV, NULL, "00000003687501100000", KVK_RESULT_PASS },
		/* message 4 applies */
		{ KVK_PRACTICE_G1, NULL, "687501100", KVK_RESULT_SKIPPED },
		{ KVK_PRACTICE_EV, NULL, "00000099687501100000", KVK_RESULT_SKIPPED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct delivery_options options = {
			.shape = numbers[i].shape,
			.kvk = numbers[i].kvk,
			.oin = numbers[i].oin,
		};

		evaluate(&evaluated, &options, "", &company, NULL, 0);
		assert_int_equal(result_of(14), numbers[i].want);
		assert_int_equal(result_of(4),
			numbers[i].want == KVK_RESULT_SKIPPED ? KVK_RESULT_FAIL : KVK_RESULT_PASS);
		evaluated_free(&evaluated);
	}
}

static void uploaded_before(void **state)
{
	/* PKCS#1 signatures are the same each time, PSS ones are not */
	struct delivery_options options = { .shape = KVK_PRACTICE_G1 };
	struct delivery_options other = { .shape = KVK_PRACTICE_G1, .days = 100 };
	uint8_t uploads[2][KVK_SHA256_SIZE] = { { 0 } };

	(void)state;
	evaluate(&evaluated, &options, "", &company, (const uint8_t(*)[KVK_SHA256_SIZE])uploads, 2);
	assert_int_equal(result_of(15), KVK_RESULT_PASS);
	memcpy(uploads[1], evaluated.facts.leaf->sha256, KVK_SHA256_SIZE);
	evaluated_free(&evaluated);
	evaluate(&evaluated, &options, "", &company, (const uint8_t(*)[KVK_SHA256_SIZE])uploads, 2);
	assert_int_equal(result_of(15), KVK_RESULT_FAIL);
	evaluated_free(&evaluated);
	/* the order of the file changes nothing */
	evaluate(&evaluated, &options, "reversed", &company,
		(const uint8_t(*)[KVK_SHA256_SIZE])uploads, 2);
	assert_int_equal(result_of(15), KVK_RESULT_FAIL);
	evaluated_free(&evaluated);
	/* another certificate for the same key and name */
	evaluate(&evaluated, &other, "", &company, (const uint8_t(*)[KVK_SHA256_SIZE])uploads, 2);
	assert_int_equal(result_of(15), KVK_RESULT_PASS);
	evaluated_free(&evaluated);
}

/* A root that nobody trusts, in the file; once with its whole chain, once without the middle. */
static void stray_root(void **state)
{
	static const char *const faults[] = { "with-root", "root-no-intermediate" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct delivery_options options = { .shape = KVK_PRACTICE_G4 };
		struct kvk_trust none = { 0 };

		evaluate(&evaluated, &options, faults[i], &company, NULL, 0);
		assert_int_equal(result_of(29), KVK_RESULT_PASS);
		assert_int_equal(kvk_trust_load(kvk_datadir(), &none, NULL), KVK_OK);
		evaluate_with(&evaluated, &none);
		assert_int_equal(result_of(29), KVK_RESULT_FAIL);
		assert_int_equal(result_of(22), KVK_RESULT_FAIL);
		assert_int_equal(result_of(2), KVK_RESULT_SKIPPED);
		kvk_trust_free(&none);
		evaluated_free(&evaluated);
	}
}

/*
 * A root of the right name and with another key, in the file: no link of that chain is missing, it
 * is only not trusted.
 */
static void forged_root(void **state)
{
	struct delivery_options options = { .shape = KVK_PRACTICE_G4 };
	const struct kvk_certificate *anchors[] = { &evaluated.roots[0] };
	struct kvk_trust real = { 0 };

	(void)state;
	evaluate(&evaluated, &options, "with-root", &company, NULL, 0);
	assert_int_equal(kvk_certificate_read(
				 kvk_span_of_blob(&evaluated.delivery.ca[1]), &evaluated.roots[1]),
		KVK_OK);
	evaluated.roots[0].spki = evaluated.roots[1].spki;
	evaluated.roots[0].ext.ski = evaluated.roots[1].ext.ski;
	assert_int_equal(kvk_trust_from_certificates(anchors, 1, &real), KVK_OK);
	evaluate_with(&evaluated, &real);
	assert_int_equal(result_of(17), KVK_RESULT_PASS);
	assert_int_equal(result_of(22), KVK_RESULT_FAIL);
	assert_int_equal(result_of(29), KVK_RESULT_FAIL);
	assert_int_equal(evaluated.verdict.first, 22);
	kvk_trust_free(&real);
	evaluated_free(&evaluated);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_delivery),
		cmocka_unit_test(every_rule_is_broken),
		cmocka_unit_test(number_of_the_account),
		cmocka_unit_test(uploaded_before),
		cmocka_unit_test(stray_root),
		cmocka_unit_test(forged_root),
	};

	return cmocka_run_group_tests(tests, evaluated_load, evaluated_unload);
}
