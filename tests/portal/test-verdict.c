/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct sample sample;
static struct kvk_verdict verdict;

static void evaluate(void)
{
	assert_int_equal(kvk_portal_evaluate(&sample.facts, &verdict), KVK_OK);
}

static void assert_messages(size_t count, const unsigned *wanted, unsigned first)
{
	assert_int_equal(verdict.message_count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(verdict.messages[i], wanted[i]);
	assert_int_equal(verdict.first, first);
}

#define MESSAGES(first, ...) \
	do { \
		const unsigned wanted_[] = { __VA_ARGS__ }; \
		assert_messages(sizeof(wanted_) / sizeof(wanted_[0]), wanted_, first); \
	} while (0)

/* Of two failures in the path the one nearer to the anchor comes first, whatever it is. */
static void ca_end_comes_first(void **state)
{
	(void)state;
	sample_make(&sample);
	sample_failure(&sample, KVK_REASON_UNRECOGNIZED_CRIT_EXT, 2);
	sample_failure(&sample, KVK_REASON_ALGORITHM_CONSTRAINED, 0);
	evaluate();
	MESSAGES(30, 1, 30);
}

/* The portal may well have the CRL that is missing here: what fails comes first. */
static void failed_comes_before_open(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.facts.certs[2].status.answer.state = KVK_REVOCATION_UNDETERMINED;
	sample.facts.certs[2].status.answer.why = KVK_WHY_NO_CRL;
	sample.leaf.ext.has_ski = false;
	evaluate();
	MESSAGES(16, 2, 16);
	assert_true(verdict.probably);
}

/* Within one certificate the order is Java's, from the algorithm to critical extensions. */
static void order_within_a_certificate(void **state)
{
	static const struct {
		enum kvk_reason reason;
		unsigned number;
	} order[] = {
		{ KVK_REASON_ALGORITHM_CONSTRAINED, 1 },
		{ KVK_REASON_INVALID_KEY_USAGE, 7 },
		{ KVK_REASON_NOT_CA_CERT, 23 },
		{ KVK_REASON_PATH_TOO_LONG, 27 },
		{ KVK_REASON_INVALID_NAME, 8 },
		{ KVK_REASON_INVALID_POLICY, 9 },
		/* of a period that ends before it begins Java looks at the beginning first */
		{ KVK_REASON_NOT_YET_VALID, 24 },
		{ KVK_REASON_EXPIRED, 5 },
		{ KVK_REASON_NAME_CHAINING, 17 },
		{ KVK_REASON_INVALID_SIGNATURE, 10 },
		{ KVK_REASON_UNRECOGNIZED_CRIT_EXT, 30 },
	};
	const size_t count = sizeof(order) / sizeof(order[0]);

	(void)state;
	for (size_t i = 0; i + 1 < count; i++)
		for (size_t j = i + 1; j < count; j++) {
			sample_make(&sample);
			sample_failure(&sample, order[j].reason, 1);
			sample_failure(&sample, order[i].reason, 1);
			evaluate();
			assert_int_equal(verdict.message_count, 2);
			assert_int_equal(verdict.first, order[i].number);
		}
}

/* The file, the path, the portal's own checks, the account, the services. */
static void moments_follow_each_other(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.leaf.ext.has_ski = false;
	sample.facts.company.asked = KVK_ASKED_NOTHING;
	evaluate();
	MESSAGES(16, 16, 33);
	memcpy(sample.uploaded[0], sample.leaf.sha256, KVK_SHA256_SIZE);
	sample.leaf.ext.has_ski = true;
	evaluate();
	MESSAGES(15, 15, 33);
	sample_failure(&sample, KVK_REASON_UNRECOGNIZED_CRIT_EXT, 0);
	sample_drop_attribute(&sample.leaf.subject, KVK_OID_CN);
	evaluate();
	MESSAGES(30, 11, 15, 30, 33);
	sample.leaf.version = 1;
	evaluate();
	MESSAGES(12, 11, 12, 15, 30, 33);
}

/* If the portal reads nothing, nothing else applies. */
static void unreadable_silences_the_rest(void **state)
{
	(void)state;
	sample_make(&sample);
	sample_failure(&sample, KVK_REASON_EXPIRED, 0);
	sample.contents.java = KVK_JAVA_FAILS;
	evaluate();
	MESSAGES(3, 3);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (n != 3)
			assert_int_equal(verdict.findings[n - 1].result, KVK_RESULT_SKIPPED);
}

static void two_leaves_silence_what_looks_at_one(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.facts.leaf = NULL;
	sample.facts.leaf_count = 2;
	evaluate();
	MESSAGES(21, 21);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if ((kvk_rule(n)->needs & KVK_NEEDS_ONE_LEAF))
			assert_int_equal(verdict.findings[n - 1].why, KVK_WHY_NEEDS_ONE_LEAF);
}

static void unknown_is_no_acceptance(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.facts.certs[0].status.answer.state = KVK_REVOCATION_UNDETERMINED;
	sample.facts.certs[0].status.answer.why = KVK_WHY_NO_CRL;
	evaluate();
	MESSAGES(2, 2);
	assert_int_equal(verdict.outcome, KVK_UNDETERMINED);
	assert_int_equal(kvk_verdict_exit(&verdict), KVK_EXIT_UNKNOWN);
	assert_int_equal(verdict.findings[27].result, KVK_RESULT_UNKNOWN);
	sample_failure(&sample, KVK_REASON_EXPIRED, 0);
	evaluate();
	MESSAGES(5, 2, 5);
	assert_int_equal(verdict.outcome, KVK_REJECT);
	assert_int_equal(kvk_verdict_exit(&verdict), KVK_EXIT_CRITICAL);
}

/* A service that is down is the portal's message, though nothing is known to be wrong. */
static void services_that_are_down(void **state)
{
	(void)state;
	sample_make(&sample);
	sample_government(&sample);
	sample.facts.oin_register.asked = KVK_ASKED_FAILED;
	sample.facts.oin_register.failure = "status 503";
	evaluate();
	MESSAGES(32, 32);
	sample.facts.company.asked = KVK_ASKED_FAILED;
	sample.facts.company.failure = "status 503";
	evaluate();
	MESSAGES(33, 32, 33);
	assert_int_equal(verdict.outcome, KVK_UNDETERMINED);
}

/* Unknown, but without its own message: constraints that were not processed. */
static void unknown_without_a_message(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.facts.report.names_open = true;
	evaluate();
	assert_int_equal(verdict.message_count, 0);
	assert_int_equal(verdict.first, 0);
	assert_int_equal(verdict.outcome, KVK_UNDETERMINED);
}

static void warnings_make_1(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.facts.trust_replaced = true;
	evaluate();
	assert_int_equal(verdict.outcome, KVK_ACCEPT);
	assert_int_equal(kvk_verdict_exit(&verdict), KVK_EXIT_WARNING);
}

/* A certificate of another key is of no use, though the portal would take it. */
static void another_key_makes_2(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.evidence.own_key = sample.own_key;
	evaluate();
	assert_int_equal(kvk_verdict_exit(&verdict), KVK_EXIT_OK);
	sample.own_key[31] ^= 1;
	evaluate();
	assert_int_equal(verdict.message_count, 0);
	assert_int_equal(verdict.outcome, KVK_REJECT);
	assert_int_equal(kvk_verdict_exit(&verdict), KVK_EXIT_CRITICAL);
}

/* The portal has two sentences for it, and there is one remedy. */
static void outside_the_period(void **state)
{
	(void)state;
	sample_make(&sample);
	sample.asked.at = sample.leaf.not_after + 1;
	sample_failure(&sample, KVK_REASON_EXPIRED, 0);
	evaluate();
	MESSAGES(5, 5, 6);
	assert_int_equal(verdict.findings[5].instead_of, 5);
	assert_ptr_equal(kvk_rule_hint(&verdict.findings[5]), kvk_rule(5)->hint);
	sample_make(&sample);
	sample.asked.at = sample.leaf.not_before - 1;
	sample_failure(&sample, KVK_REASON_NOT_YET_VALID, 0);
	evaluate();
	MESSAGES(24, 6, 24);
	assert_int_equal(verdict.findings[5].instead_of, 24);
	assert_ptr_equal(kvk_rule_hint(&verdict.findings[5]), kvk_rule(24)->hint);
	/* what is said of a CA is not said of the leaf */
	sample.facts.report.failures[0].cert = 1;
	evaluate();
	assert_int_equal(verdict.findings[5].instead_of, 0);
}

/* A refusal is probable as long as nothing that is sure stands beside it. */
static void probable_refusal(void **state)
{
	(void)state;
	sample_make(&sample);
	evaluate();
	assert_false(verdict.probably);
	sample.leaf.ext.has_ski = false;
	sample_add_attribute(&sample.leaf.subject, KVK_OID_CN, "www.voorbeeld.nl");
	evaluate();
	MESSAGES(16, 11, 16);
	assert_int_equal(verdict.outcome, KVK_REJECT);
	assert_true(verdict.probably);
	assert_int_equal(kvk_verdict_exit(&verdict), KVK_EXIT_CRITICAL);
	sample.evidence.own_key = sample.own_key;
	sample.own_key[31] ^= 1;
	evaluate();
	assert_false(verdict.probably);
	sample.evidence.own_key = NULL;
	sample_failure(&sample, KVK_REASON_EXPIRED, 0);
	evaluate();
	assert_int_equal(verdict.outcome, KVK_REJECT);
	assert_false(verdict.probably);
}

static void graver_exit_code(void **state)
{
	static const int by_gravity[] = { 0, 1, 3, 2, 64 };

	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (size_t j = i; j < 5; j++) {
			assert_int_equal(
				kvk_exit_graver(by_gravity[i], by_gravity[j]), by_gravity[j]);
			assert_int_equal(
				kvk_exit_graver(by_gravity[j], by_gravity[i]), by_gravity[j]);
		}
}

/* The table itself: numbers in order, ids of their own, nothing left empty, no place twice. */
static void table_is_whole(void **state)
{
	(void)state;
	assert_null(kvk_rule(0));
	assert_null(kvk_rule(KVK_RULE_COUNT + 1));
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		const struct kvk_rule *rule = kvk_rule(n);

		assert_int_equal(rule->number, n);
		assert_ptr_equal(kvk_rule_by_id(rule->id), rule);
		assert_true(strlen(rule->portal) > 10 && strlen(rule->cite) > 0);
		assert_true(strlen(rule->hint) > 0 && strlen(rule->meaning) > 0);
		assert_true(strlen(rule->cause) > 0 && strlen(rule->remedy) > 0);
		assert_non_null(rule->letter);
		assert_non_null(rule->reading);
		assert_int_equal(strlen(rule->since), 10);
		for (unsigned m = n + 1; m <= KVK_RULE_COUNT; m++)
			assert_false(rule->stage == kvk_rule(m)->stage &&
				rule->place == kvk_rule(m)->place);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ca_end_comes_first),
		cmocka_unit_test(failed_comes_before_open),
		cmocka_unit_test(order_within_a_certificate),
		cmocka_unit_test(moments_follow_each_other),
		cmocka_unit_test(unreadable_silences_the_rest),
		cmocka_unit_test(two_leaves_silence_what_looks_at_one),
		cmocka_unit_test(unknown_is_no_acceptance),
		cmocka_unit_test(services_that_are_down),
		cmocka_unit_test(unknown_without_a_message),
		cmocka_unit_test(warnings_make_1),
		cmocka_unit_test(another_key_makes_2),
		cmocka_unit_test(outside_the_period),
		cmocka_unit_test(probable_refusal),
		cmocka_unit_test(graver_exit_code),
		cmocka_unit_test(table_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
