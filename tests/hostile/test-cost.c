/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Deliveries that are made to cost time (H15 to H19): each is evaluated completely within 50 ms
 * beyond its signatures, with no more of these than the budget allows, and none is accepted.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "der/writer.h"
#include "tests/hostile/measure.h"
#include "tests/support/issue_odd.h"
#include "tests/support/lists.h"

static struct measure w;

static int tear_down(void **state)
{
	(void)state;
	measure_free(&w);
	return 0;
}

/* What was left open is said to be so for its cost, and not for another reason. */
static void out_of_budget(unsigned rule)
{
	const struct kvk_finding *finding = &w.verdict.findings[rule - 1];

	assert_int_equal(finding->result, KVK_RESULT_UNKNOWN);
	assert_string_equal(kvk_why_word(finding->why), "budget");
}

static void add_leaf(const char *issuer)
{
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;

	measure_leaf(&issue, "api.example.nl");
	measure_sign(&issue, issuer, &der);
	measure_add(&w, &der);
}

/* Puts a CA into the file, or next to it if that is full. */
static void add_ca(struct kvk_issue *issue, const char *issuer, bool beside)
{
	struct kvk_blob der = { 0 };

	measure_sign(issue, issuer, beside ? &w.extra[w.extra_count] : &der);
	if (beside)
		w.extra_count++;
	else
		measure_add(&w, &der);
}

/* 79 CAs with one name and keys of their own, each of which might have issued any other. */
static void many_cas_of_one_name(void **state)
{
	(void)state;
	add_leaf("Same");
	for (unsigned i = 0; i < 15 + KVK_LIMIT_EXTRA; i++) {
		struct kvk_issue issue;

		measure_ca(&issue, "Same");
		measure_key(&issue, i);
		add_ca(&issue, "Same", i >= 15);
	}
	measure_trust(&w, "Elsewhere");
	w.answer = KVK_ERR_SIGNATURE;
	measure_refused(&w);
	out_of_budget(22);
	assert_null(w.facts.path.anchor);
}

/* The same with every signature good: a knot without an end. */
static void a_knot_of_good_signatures(void **state)
{
	many_cas_of_one_name(state);
	w.answer = KVK_OK;
	w.ms = 0;
	measure_refused(&w);
	out_of_budget(22);
	assert_null(w.facts.path.anchor);
	assert_true(w.facts.path.count <= KVK_LIMIT_DEPTH);
}

/*
 * A ladder: on each of 9 levels several CAs of one name, each signed by every one of the level
 * above, so that the number of paths multiplies; no end is trusted.
 */
static void a_ladder_of_cross_certificates(void **state)
{
	(void)state;
	add_leaf("Level 0");
	for (unsigned level = 0; level < 9; level++) {
		char name[16], above[16];

		snprintf(name, sizeof(name), "Level %u", level);
		snprintf(above, sizeof(above), "Level %u", level + 1);
		for (unsigned i = 0; i < 8; i++) {
			struct kvk_issue issue;

			measure_ca(&issue, name);
			measure_key(&issue, level * 8 + i);
			add_ca(&issue, above, level > 0 && w.extra_count < KVK_LIMIT_EXTRA);
		}
	}
	measure_trust(&w, "Elsewhere");
	measure_refused(&w);
	assert_null(w.facts.path.anchor);
	out_of_budget(22);
}

/* Two that signed each other, and one that signed itself under a foreign key. */
static void cycles(void **state)
{
	static const char *const names[][2] = { { "A", "B" }, { "B", "A" }, { "A", "A" },
		{ "B", "B" } };

	(void)state;
	add_leaf("A");
	for (unsigned i = 0; i < 4; i++) {
		struct kvk_issue issue;

		measure_ca(&issue, names[i][0]);
		measure_key(&issue, i % 2);
		add_ca(&issue, names[i][1], false);
	}
	measure_trust(&w, "Elsewhere");
	measure_refused(&w);
}

/* The chain of pain: 40 CAs one above the other, and the anchor at its far end. */
static void a_chain_too_long(void **state)
{
	(void)state;
	add_leaf("CA 0");
	for (unsigned i = 0; i < 40; i++) {
		char name[16], above[16];
		struct kvk_issue issue;

		snprintf(name, sizeof(name), "CA %u", i);
		snprintf(above, sizeof(above), "CA %u", i + 1);
		measure_ca(&issue, name);
		measure_key(&issue, i);
		add_ca(&issue, above, i >= 10);
	}
	measure_trust(&w, "CA 40");
	measure_refused(&w);
	out_of_budget(22);
	assert_true(w.facts.path.count <= KVK_LIMIT_DEPTH);
	assert_null(w.facts.path.anchor);
}

/* A chain of 9 CAs under the anchor "CA 9", the first of which are made by a function. */
static void chain(void (*change)(struct kvk_issue *issue, unsigned level))
{
	for (unsigned i = 0; i < 9; i++) {
		char name[16], above[16];
		struct kvk_issue issue;

		snprintf(name, sizeof(name), "CA %u", i);
		snprintf(above, sizeof(above), "CA %u", i + 1);
		measure_ca(&issue, name);
		measure_key(&issue, i);
		change(&issue, i);
		add_ca(&issue, above, false);
	}
	measure_trust(&w, "CA 9");
}

/* As many policies as are read, and as many mappings, each to each. */
static void too_many_policies(struct kvk_issue *issue, unsigned level)
{
	char texts[LISTS_POLICIES][32];
	const char *policies[LISTS_POLICIES + 1], *pairs[2 * KVK_LIMIT_MAPPINGS + 1];

	for (unsigned i = 0; i < LISTS_POLICIES; i++) {
		snprintf(texts[i], sizeof(texts[i]), "1.2.3.%u", i);
		policies[i] = texts[i];
	}
	policies[0] = "2.5.29.32.0";
	policies[LISTS_POLICIES] = NULL;
	for (unsigned i = 0; i < KVK_LIMIT_MAPPINGS; i++) {
		pairs[2 * i] = texts[1 + i % 6];
		pairs[2 * i + 1] = texts[1 + (i * 7 + level) % (LISTS_POLICIES - 1)];
	}
	pairs[2 * KVK_LIMIT_MAPPINGS] = NULL;
	kvk_issue_policies(issue, policies);
	kvk_issue_policy_mappings(issue, pairs);
	kvk_issue_policy_constraints(issue, 0, -1);
}

static void policies_that_multiply(void **state)
{
	(void)state;
	add_leaf("CA 0");
	chain(too_many_policies);
	measure_refused(&w);
	assert_non_null(w.facts.path.anchor);
}

static void many_names(const char *names[static LISTS_SUBTREES + 1],
	char texts[static LISTS_SUBTREES][40], unsigned count, char first)
{
	for (unsigned i = 0; i < count; i++) {
		snprintf(texts[i], 40, "%c-%u.b-%u.example.nl", first, i, i * 7 % 13);
		names[i] = texts[i];
	}
	names[count] = NULL;
}

static void too_many_subtrees(struct kvk_issue *issue, unsigned level)
{
	static char texts[LISTS_SUBTREES][40];
	const char *names[LISTS_SUBTREES + 1];

	(void)level;
	many_names(names, texts, LISTS_SUBTREES, 'x');
	kvk_issue_name_constraints(issue, NULL, names);
}

static void name_constraints_times_names(void **state)
{
	static char texts[LISTS_SUBTREES][40];
	const char *names[LISTS_SUBTREES + 1];
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;

	(void)state;
	many_names(names, texts, LISTS_SANS, 'a');
	measure_leaf(&issue, "api.example.nl");
	kvk_issue_dns(&issue, names);
	measure_sign(&issue, "CA 0", &der);
	measure_add(&w, &der);
	chain(too_many_subtrees);
	measure_refused(&w);
	assert_true(w.facts.report.exhausted);
	assert_true(w.facts.report.names_open);
	out_of_budget(8);
}

/* Names so long that few comparisons cost as much as many: they are paid for by their length. */
static void long_subtrees(struct kvk_issue *issue, unsigned level)
{
	static char texts[30][1600];
	const char *names[31] = { NULL };

	for (unsigned i = 0; level < 6 && i < 30; i++) {
		memset(texts[i], 'a', sizeof(texts[i]));
		snprintf(texts[i] + 1500, 100, ".%u.x.example.nl", i);
		names[i] = texts[i];
	}
	if (level < 6)
		kvk_issue_name_constraints(issue, NULL, names);
}

static void long_names_cost_more(void **state)
{
	static char texts[30][1600];
	const char *names[31] = { NULL };
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;

	(void)state;
	for (unsigned i = 0; i < 30; i++) {
		memset(texts[i], 'a', sizeof(texts[i]));
		snprintf(texts[i] + 1500, 100, ".%u.y.example.nl", i);
		names[i] = texts[i];
	}
	measure_leaf(&issue, "api.example.nl");
	kvk_issue_dns(&issue, names);
	measure_sign(&issue, "CA 0", &der);
	measure_add(&w, &der);
	chain(long_subtrees);
	measure_refused(&w);
	/* 30 times 30 names below 6 CAs are less than may be compared */
	assert_true(w.facts.report.exhausted);
	assert_true(w.facts.report.names_open);
	out_of_budget(8);
}

#define CASE(function) cmocka_unit_test_teardown(function, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(many_cas_of_one_name),
		CASE(a_knot_of_good_signatures),
		CASE(a_ladder_of_cross_certificates),
		CASE(cycles),
		CASE(a_chain_too_long),
		CASE(policies_that_multiply),
		CASE(name_constraints_times_names),
		CASE(long_names_cost_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
