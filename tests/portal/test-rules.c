/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each rule on facts made by hand, and a count that fails when a rule has less than one passing
 * and two failing cases.
 */
#include "config.h"

#include "tests/portal/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const struct sample_case *const lists[] = {
	cases_file,
	cases_path,
	cases_subject,
	cases_account,
};

#define LISTS (sizeof(lists) / sizeof(lists[0]))

static struct sample sample;
static struct kvk_verdict verdict;

/* The result that a case wants. */
static enum kvk_result wanted(const struct sample_case *c)
{
	return c->want == SAMPLE_ASSUMED ? KVK_RESULT_FAIL : (enum kvk_result)c->want;
}

/* What holds for every finding, whatever it says. */
static void check_form(const struct sample_case *c, const struct kvk_finding *finding)
{
	const bool open =
		finding->result == KVK_RESULT_UNKNOWN || finding->result == KVK_RESULT_SKIPPED;

	if (open != (finding->why != KVK_WHY_NONE))
		fail_msg("rule %u, %s: why is '%s'", c->rule, c->name, kvk_why_word(finding->why));
	if (open && kvk_why_text(finding->why)[0] == '\0')
		fail_msg("rule %u, %s: '%s' has no text", c->rule, c->name,
			kvk_why_word(finding->why));
	if (finding->assumed != (c->want == SAMPLE_ASSUMED))
		fail_msg("rule %u, %s: assumed is %s", c->rule, c->name,
			finding->assumed ? "true" : "false");
	if (finding->result == KVK_RESULT_FAIL && finding->found[0] == '\0')
		fail_msg("rule %u, %s: it does not say what was found", c->rule, c->name);
}

static void every_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < LISTS; i++)
		for (const struct sample_case *c = lists[i]; c->rule != 0; c++) {
			const struct kvk_finding *finding = &verdict.findings[c->rule - 1];

			sample_make(&sample);
			c->change(&sample);
			assert_int_equal(kvk_portal_evaluate(&sample.facts, &verdict), KVK_OK);
			if (finding->result != wanted(c))
				fail_msg("rule %u, %s: %s, wanted %s (%s)", c->rule, c->name,
					kvk_finding_result_word(finding->result),
					kvk_finding_result_word(wanted(c)), finding->found);
			check_form(c, finding);
		}
}

/* A message that comes because something is not known is a failure of 2 and 32. */
static bool is_failing(const struct sample_case *c)
{
	if (wanted(c) == KVK_RESULT_FAIL)
		return true;
	return c->want == KVK_RESULT_UNKNOWN && (c->rule == 2 || c->rule == 32);
}

static void every_rule_has_cases(void **state)
{
	unsigned passing[KVK_RULE_COUNT + 1] = { 0 }, failing[KVK_RULE_COUNT + 1] = { 0 };

	(void)state;
	for (size_t i = 0; i < LISTS; i++)
		for (const struct sample_case *c = lists[i]; c->rule != 0; c++) {
			passing[c->rule] += c->want == KVK_RESULT_PASS;
			failing[c->rule] += is_failing(c);
		}
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (passing[n] < 1 || failing[n] < 2)
			fail_msg("rule %u has %u passing and %u failing cases", n, passing[n],
				failing[n]);
}

/* Whose party is not known may be a government body, whose OIN was meant. */
static void an_unknown_party_is_asked_about(void **state)
{
	const struct kvk_finding *finding = &verdict.findings[4 - 1];

	(void)state;
	sample_make(&sample);
	sample_attribute(&sample.leaf.subject, KVK_OID_SERIAL_NUMBER, "0000000182328844400X");
	sample.asked.account.party = KVK_PARTY_UNKNOWN;
	assert_int_equal(kvk_portal_evaluate(&sample.facts, &verdict), KVK_OK);
	assert_int_equal(finding->result, KVK_RESULT_FAIL);
	assert_non_null(strstr(finding->wanted, "--party government"));
	sample.asked.account.party = KVK_PARTY_MARKET;
	assert_int_equal(kvk_portal_evaluate(&sample.facts, &verdict), KVK_OK);
	assert_null(strstr(finding->wanted, "--party government"));
}

/* Nothing is wrong with the sample, not even a warning of ours. */
static void sample_is_good(void **state)
{
	(void)state;
	sample_make(&sample);
	sample_government(&sample);
	assert_int_equal(kvk_portal_evaluate(&sample.facts, &verdict), KVK_OK);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (verdict.findings[n - 1].result != KVK_RESULT_PASS)
			fail_msg("rule %u: %s", n, verdict.findings[n - 1].found);
	if (verdict.warning_count > 0)
		fail_msg("%s: %s", verdict.warnings[0].id, verdict.warnings[0].text);
	assert_int_equal(verdict.outcome, KVK_ACCEPT);
	assert_int_equal(kvk_verdict_exit(&verdict), KVK_EXIT_OK);
}

static const struct kvk_finding *evaluate_rule(unsigned rule)
{
	assert_int_equal(kvk_portal_evaluate(&sample.facts, &verdict), KVK_OK);
	assert_int_equal(verdict.findings[rule - 1].result, KVK_RESULT_FAIL);
	return &verdict.findings[rule - 1];
}

/* Another certificate does not help where that of the CA is wrong, and the other way round. */
static void a_ca_is_replaced(void **state)
{
	static const struct {
		unsigned rule;
		enum kvk_reason reason;
	} rows[] = {
		{ 1, KVK_REASON_ALGORITHM_CONSTRAINED },
		{ 5, KVK_REASON_EXPIRED },
		{ 7, KVK_REASON_INVALID_KEY_USAGE },
		{ 30, KVK_REASON_UNRECOGNIZED_CRIT_EXT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		for (size_t step = 0; step < 2; step++) {
			const struct kvk_finding *finding;

			sample_make(&sample);
			sample_failure(&sample, rows[i].reason, step);
			finding = evaluate_rule(rows[i].rule);
			assert_int_equal(finding->of_ca, step > 0);
			assert_int_equal(step > 0,
				strstr(kvk_rule_hint(finding), "replace this CA") != NULL);
		}
}

static void check_end(const char *hint)
{
	if (strstr(kvk_rule_hint(evaluate_rule(22)), hint) == NULL)
		fail_msg("'%s': %s", hint, kvk_rule_hint(evaluate_rule(22)));
}

/* What is missing decides what to do: a CA, or what may be the root. */
static void the_end_of_a_chain_is_advised_by_cause(void **state)
{
	(void)state;
	sample_make(&sample);
	sample_no_anchor(&sample);
	check_end("if that is a root, the portal does not trust it");
	sample.facts.trust_replaced = true;
	check_end("if that is a root, give its certificate with --trust");
	sample.facts.path.count = 1;
	check_end("cert.pkioverheid.nl");
	sample_make(&sample);
	sample_no_anchor(&sample);
	sample.intermediate.issuer = sample.intermediate.subject;
	check_end("order a certificate from a PKIoverheid TSP");
	sample.facts.trust_replaced = true;
	check_end("if you trust that root");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sample_is_good),
		cmocka_unit_test(every_case),
		cmocka_unit_test(an_unknown_party_is_asked_about),
		cmocka_unit_test(every_rule_has_cases),
		cmocka_unit_test(a_ca_is_replaced),
		cmocka_unit_test(the_end_of_a_chain_is_advised_by_cause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
