/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "tests/path/fake.h"

static struct fake f;
static struct kvk_certificate *leaf, *tsp, *intermediate;
static struct kvk_path_report report;

/* Policies of the tests: 1.2.1, 1.2.2, 1.2.3. */
static const uint8_t octets[][2] = { { 0x2a, 1 }, { 0x2a, 2 }, { 0x2a, 3 } };

static struct kvk_span policy(int i)
{
	if (i < 0)
		return kvk_oid_octets(KVK_OID_ANY_POLICY);
	return (struct kvk_span){ .p = octets[i], .n = 2 };
}

enum { ANY = -1, P1 = 0, P2 = 1, P3 = 2 };

static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	fake_start(&f);
	leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	tsp = fake_ca(&f, "Tsp", "Intermediate", 3, 2);
	intermediate = fake_ca(&f, "Intermediate", "Root", 2, 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fake_free(&f);
	return 0;
}

static void give(struct kvk_certificate *c, int p)
{
	c->ext.has_policies = true;
	c->ext.policies[c->ext.policy_count++].oid = policy(p);
}

static void give_all(int p_intermediate, int p_tsp, int p_leaf)
{
	give(intermediate, p_intermediate);
	give(tsp, p_tsp);
	give(leaf, p_leaf);
}

static void map(struct kvk_certificate *c, int from, int to)
{
	c->ext.has_mappings = true;
	c->ext.mappings[c->ext.mapping_count++] =
		(struct kvk_policy_mapping){ .issuer_domain = policy(from),
			.subject_domain = policy(to) };
}

static void require(struct kvk_certificate *c, uint64_t skip)
{
	c->ext.has_policy_constraints = c->ext.has_require_explicit = true;
	c->ext.require_explicit = skip;
}

/* Validates with these initial inputs; wanted < -1 means any-policy. */
static void judge_with(enum kvk_manner manner, int wanted, bool explicit_policy,
	bool inhibit_mapping, bool inhibit_any)
{
	struct kvk_span set = policy(wanted < ANY ? ANY : wanted);
	const struct kvk_path_input in = {
		.at = FAKE_NOW,
		.manner = manner,
		.policies = &set,
		.policy_count = wanted < ANY ? 0 : 1,
		.explicit_policy = explicit_policy,
		.inhibit_mapping = inhibit_mapping,
		.inhibit_any = inhibit_any,
		.signatures = &f.signatures,
	};
	struct kvk_path path;

	fake_build(&f, leaf, manner, &path);
	assert_int_equal(kvk_path_validate(&path, &in, &report), KVK_OK);
}

/* Whether the path holds with a policy required, in both manners, for anyone. */
static bool holds(void)
{
	bool rfc, java;

	judge_with(KVK_MANNER_RFC5280, ANY - 1, true, false, false);
	rfc = report.count == 0;
	judge_with(KVK_MANNER_JAVA, ANY - 1, true, false, false);
	java = report.count == 0;
	assert_int_equal(rfc, java);
	if (!java)
		assert_int_equal(report.faults[0].reason, KVK_REASON_INVALID_POLICY);
	return java;
}

/* The same for one who accepts one policy. */
static bool holds_for(int wanted)
{
	judge_with(KVK_MANNER_RFC5280, wanted, true, false, false);
	return report.count == 0;
}

static void test_none_required(void **state)
{
	(void)state;
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 0);
	give_all(P1, P2, P3);
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 0);
	assert_false(holds());
}

static void test_common(void **state)
{
	(void)state;
	give_all(P1, P1, P1);
	assert_true(holds());
	assert_true(holds_for(P1));
	assert_false(holds_for(P2));
	give(tsp, P2);
	give(leaf, P2);
	assert_false(holds_for(P2));
	give(intermediate, P2);
	assert_true(holds_for(P2));
	tsp->ext.has_policies = false;
	assert_false(holds());
}

static void test_any(void **state)
{
	(void)state;
	give_all(ANY, ANY, P1);
	assert_true(holds());
	assert_true(holds_for(P1));
	assert_false(holds_for(P2));
	leaf->ext.policy_count = 0;
	give(leaf, ANY);
	assert_true(holds_for(P3));
	/* inhibited: the any-policy of the leaf says nothing */
	intermediate->ext.has_inhibit_any = true;
	intermediate->ext.inhibit_any = 1;
	assert_false(holds());
	intermediate->ext.inhibit_any = 2;
	assert_true(holds());
	judge_with(KVK_MANNER_RFC5280, P1, true, false, true);
	assert_int_equal(report.count, 1);
}

static void test_self_issued_any(void **state)
{
	struct kvk_certificate *again = fake_ca(&f, "Tsp", "Tsp", 7, 3);

	(void)state;
	fake_sign(&f, leaf, 7);
	give_all(P1, P1, P1);
	give(again, ANY);
	intermediate->ext.has_inhibit_any = true;
	assert_true(holds());
	/* the same in a certificate of another one */
	tsp->ext.policy_count = 0;
	give(tsp, ANY);
	assert_false(holds());
}

static void test_require_explicit(void **state)
{
	(void)state;
	give_all(P1, P1, P2);
	for (uint64_t skip = 0; skip < 4; skip++) {
		require(intermediate, skip);
		fake_judge(&f, leaf, KVK_MANNER_RFC5280, &report);
		assert_int_equal(report.count, skip <= 2);
		fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
		assert_int_equal(report.count, skip <= 2);
	}
	assert_int_equal(fake_faults(&report, KVK_REASON_INVALID_POLICY, 0), 0);
	require(intermediate, 0);
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_faults(&report, KVK_REASON_INVALID_POLICY, 0), 1);
	assert_string_equal(report.faults[0].found, "1.2.2");
	assert_string_equal(report.faults[0].wanted, "1.2.1");
}

/* Said once, where it begins, and not for every certificate below. */
static void test_said_once(void **state)
{
	(void)state;
	give(intermediate, P1);
	require(intermediate, 0);
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 1);
	assert_int_equal(report.faults[0].step, 1);
}

static void test_leaf_requires(void **state)
{
	(void)state;
	require(leaf, 0);
	fake_judge(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(fake_faults(&report, KVK_REASON_INVALID_POLICY, 0), 1);
	leaf->ext.require_explicit = 1;
	fake_judge(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(report.count, 0);
}

static void test_mapping(void **state)
{
	(void)state;
	give_all(P1, P2, P2);
	assert_false(holds());
	map(intermediate, P1, P2);
	assert_true(holds());
	/* the relying party sees the policy of the CA's own domain */
	assert_true(holds_for(P1));
	assert_false(holds_for(P2));
	/* what was mapped away is not expected any more */
	tsp->ext.policy_count = 0;
	give(tsp, P1);
	assert_false(holds());
	map(intermediate, P1, P1);
	leaf->ext.policy_count = 0;
	give(leaf, P1);
	assert_true(holds());
}

static void test_mapping_of_any(void **state)
{
	(void)state;
	give_all(ANY, P2, P2);
	map(intermediate, P1, P2);
	assert_true(holds_for(P1));
	/* any-policy itself goes on for the policies that are not mapped */
	leaf->ext.policy_count = tsp->ext.policy_count = 0;
	give(tsp, P3);
	give(leaf, P3);
	assert_true(holds_for(P3));
	assert_false(holds_for(P1));
}

static void test_mapping_inhibited(void **state)
{
	(void)state;
	give_all(P1, P2, P2);
	map(intermediate, P1, P2);
	judge_with(KVK_MANNER_RFC5280, ANY - 1, true, true, false);
	assert_int_equal(report.count, 1);
	intermediate->ext.policy_count = 0;
	intermediate->ext.mapping_count = 0;
	give(intermediate, P1);
	give(intermediate, P2);
	map(tsp, P2, P3);
	leaf->ext.policy_count = 0;
	give(leaf, P3);
	assert_true(holds());
	intermediate->ext.has_policy_constraints = intermediate->ext.has_inhibit_mapping = true;
	assert_false(holds());
	intermediate->ext.inhibit_mapping = 1;
	assert_true(holds());
}

static void test_mapping_to_any(void **state)
{
	(void)state;
	give_all(P1, P1, P1);
	map(tsp, P2, ANY);
	fake_judge(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(fake_faults(&report, KVK_REASON_INVALID_POLICY, 1), 1);
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_faults(&report, KVK_REASON_INVALID_POLICY, 1), 1);
	/* once no policy is left, Java does not look */
	intermediate->ext.has_policies = false;
	intermediate->ext.policy_count = 0;
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 0);
	fake_judge(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(report.count, 1);
}

static void test_critical_qualifiers(void **state)
{
	(void)state;
	give_all(P1, P1, P1);
	leaf->ext.policies[0].qualifiers = kvk_span_of("\x30\x00");
	leaf->ext.policies_critical = true;
	fake_judge(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(report.count, 0);
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_faults(&report, KVK_REASON_INVALID_POLICY, 0), 1);
	/* measured: not where no policy is left, not for any-policy, not where not critical */
	tsp->ext.has_policies = false;
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 0);
	tsp->ext.has_policies = true;
	leaf->ext.policies_critical = false;
	fake_judge(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 0);
}

/* Chains that would make a policy tree grow without bound: an answer, and in time. */
static void test_growth(void **state)
{
	static uint8_t many[KVK_LIMIT_POLICIES][3];
	struct kvk_certificate *c = NULL;
	struct timespec start, end;
	double ms;

	(void)state;
	f.pool_count = 0;
	for (size_t i = 0; i < KVK_LIMIT_POLICIES; i++)
		memcpy(many[i], (const uint8_t[]){ 0x2a, 0x05, (uint8_t)i }, 3);
	for (unsigned level = 0; level < 8; level++) {
		static const char *const names[] = { "Root", "A", "B", "C", "D", "E", "F", "G",
			"Tsp" };

		c = fake_ca(&f, names[level + 1], names[level], level == 7 ? 3 : 10 + level,
			level == 0 ? 1 : 9 + level);
		for (int i = 0; i < (int)KVK_LIMIT_POLICIES - 1; i++) {
			give(c, P1);
			c->ext.policies[i].oid = (struct kvk_span){ .p = many[i], .n = 3 };
		}
		give(c, ANY);
		for (size_t i = 0; i < KVK_LIMIT_MAPPINGS; i++) {
			map(c, P1, P1);
			c->ext.mappings[i].issuer_domain =
				(struct kvk_span){ .p = many[i / 6], .n = 3 };
			c->ext.mappings[i].subject_domain =
				(struct kvk_span){ .p = many[i], .n = 3 };
		}
	}
	give(leaf, ANY);
	clock_gettime(CLOCK_MONOTONIC, &start);
	judge_with(KVK_MANNER_RFC5280, P1, true, false, false);
	clock_gettime(CLOCK_MONOTONIC, &end);
	ms = (double)(end.tv_sec - start.tv_sec) * 1e3 +
		(double)(end.tv_nsec - start.tv_nsec) / 1e6;
	assert_true(ms < 500);
	assert_true(report.count == 0 || report.faults[0].reason == KVK_REASON_INVALID_POLICY);
}

/* A level without room: undetermined, never valid. */
static void test_overflow(void **state)
{
	static uint8_t many[3][KVK_LIMIT_MAPPINGS][3];
	static const char *const names[] = { "Root", "A", "B", "C", "D", "E", "F", "G", "Tsp" };
	static uint8_t more[8][KVK_LIMIT_POLICIES][3];

	(void)state;
	(void)many;
	f.pool_count = 0;
	for (unsigned level = 0; level < 8; level++) {
		struct kvk_certificate *c;

		c = fake_ca(&f, names[level + 1], names[level], level == 7 ? 3 : 10 + level,
			level == 0 ? 1 : 9 + level);
		/*
		 * new policies on each level, below any-policy, and all of the level above besides
		 */
		for (int i = 0; i < (int)KVK_LIMIT_POLICIES - 1; i++) {
			memcpy(more[level][i],
				(const uint8_t[]){ 0x2a, (uint8_t)(0x10 + level), (uint8_t)i }, 3);
			give(c, P1);
			c->ext.policies[i].oid = (struct kvk_span){ .p = more[level][i], .n = 3 };
		}
		give(c, ANY);
	}
	give(leaf, P1);
	judge_with(KVK_MANNER_RFC5280, ANY - 1, false, false, false);
	assert_true(report.exhausted && report.policies_open);
	assert_int_equal(report.count, 1);
	assert_int_equal(report.faults[0].reason, KVK_REASON_INVALID_POLICY);
	assert_true(report.faults[0].undetermined);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_none_required, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_common, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_any, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_self_issued_any, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_require_explicit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_said_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_leaf_requires, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_mapping, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_mapping_of_any, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_mapping_inhibited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_mapping_to_any, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_critical_qualifiers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_growth, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_overflow, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
