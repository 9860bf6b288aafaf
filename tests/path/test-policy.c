/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "tests/path/policies.h"

static void give_all(int p_intermediate, int p_tsp, int p_leaf)
{
	give(pp.intermediate, p_intermediate);
	give(pp.tsp, p_tsp);
	give(pp.leaf, p_leaf);
}

static void require(struct kvk_certificate *c, uint64_t skip)
{
	c->ext.has_policy_constraints = c->ext.has_require_explicit = true;
	c->ext.require_explicit = skip;
}

/* Whether the path holds with a policy required, in both manners, for anyone. */
static bool holds(void)
{
	bool rfc, java;

	validate_with(KVK_MANNER_RFC5280, ANY - 1, true, false, false);
	rfc = pp.report.count == 0;
	validate_with(KVK_MANNER_JAVA, ANY - 1, true, false, false);
	java = pp.report.count == 0;
	assert_int_equal(rfc, java);
	if (!java)
		assert_int_equal(pp.report.failures[0].reason, KVK_REASON_INVALID_POLICY);
	return java;
}

/* The same for one who accepts one policy. */
static bool holds_for(int wanted)
{
	validate_with(KVK_MANNER_RFC5280, wanted, true, false, false);
	return pp.report.count == 0;
}

static void test_none_required(void **state)
{
	(void)state;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 0);
	give_all(P1, P2, P3);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 0);
	assert_false(holds());
}

static void test_common(void **state)
{
	(void)state;
	give_all(P1, P1, P1);
	assert_true(holds());
	assert_true(holds_for(P1));
	assert_false(holds_for(P2));
	give(pp.tsp, P2);
	give(pp.leaf, P2);
	assert_false(holds_for(P2));
	give(pp.intermediate, P2);
	assert_true(holds_for(P2));
	pp.tsp->ext.has_policies = false;
	assert_false(holds());
}

static void test_any(void **state)
{
	(void)state;
	give_all(ANY, ANY, P1);
	assert_true(holds());
	assert_true(holds_for(P1));
	assert_false(holds_for(P2));
	pp.leaf->ext.policy_count = 0;
	give(pp.leaf, ANY);
	assert_true(holds_for(P3));
	/* inhibited: the any-policy of the leaf says nothing */
	pp.intermediate->ext.has_inhibit_any = true;
	pp.intermediate->ext.inhibit_any = 1;
	assert_false(holds());
	pp.intermediate->ext.inhibit_any = 2;
	assert_true(holds());
	validate_with(KVK_MANNER_RFC5280, P1, true, false, true);
	assert_int_equal(pp.report.count, 1);
}

static void test_self_issued_any(void **state)
{
	struct kvk_certificate *again = fake_ca(&pp.f, "Tsp", "Tsp", 7, 3);

	(void)state;
	fake_sign(&pp.f, pp.leaf, 7);
	give_all(P1, P1, P1);
	give(again, ANY);
	pp.intermediate->ext.has_inhibit_any = true;
	assert_true(holds());
	/* the same in a certificate of another one */
	pp.tsp->ext.policy_count = 0;
	give(pp.tsp, ANY);
	assert_false(holds());
}

/*
 * Self-issued certificates do not count down, and the last one is no exception to inhibitAnyPolicy.
 */
static void test_self_issued_counts(void **state)
{
	struct kvk_certificate *again = fake_ca(&pp.f, "Tsp", "Tsp", 7, 3);

	(void)state;
	fake_sign(&pp.f, pp.leaf, 7);
	require(pp.intermediate, 2);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 1);
	pp.intermediate->ext.require_explicit = 3;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 0);
	give_all(P1, P1, P1);
	give(again, ANY);
	pp.intermediate->ext.has_inhibit_any = true;
	pp.leaf = again;
	pp.f.pool_count = 2;
	assert_false(holds());
}

static void test_require_explicit(void **state)
{
	(void)state;
	give_all(P1, P1, P2);
	for (uint64_t skip = 0; skip < 4; skip++) {
		require(pp.intermediate, skip);
		fake_validate(&pp.f, pp.leaf, KVK_MANNER_RFC5280, &pp.report);
		assert_int_equal(pp.report.count, skip <= 2);
		fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
		assert_int_equal(pp.report.count, skip <= 2);
	}
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 0), 0);
	require(pp.intermediate, 0);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 0), 1);
	assert_string_equal(pp.report.failures[0].found, "1.2.2");
	assert_string_equal(pp.report.failures[0].wanted, "1.2.1");
}

/* Said once, where it begins, and not for every certificate below. */
static void test_said_once(void **state)
{
	(void)state;
	give(pp.intermediate, P1);
	require(pp.intermediate, 0);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 1);
	assert_int_equal(pp.report.failures[0].cert, 1);
}

static void test_leaf_requires(void **state)
{
	(void)state;
	require(pp.leaf, 0);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_RFC5280, &pp.report);
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 0), 1);
	pp.leaf->ext.require_explicit = 1;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_RFC5280, &pp.report);
	assert_int_equal(pp.report.count, 0);
}

static void test_mapping(void **state)
{
	(void)state;
	give_all(P1, P2, P2);
	assert_false(holds());
	map(pp.intermediate, P1, P2);
	assert_true(holds());
	/* the relying party sees the policy of the CA's own domain */
	assert_true(holds_for(P1));
	assert_false(holds_for(P2));
	/* what was mapped away is not expected any more */
	pp.tsp->ext.policy_count = 0;
	give(pp.tsp, P1);
	assert_false(holds());
	map(pp.intermediate, P1, P1);
	pp.leaf->ext.policy_count = 0;
	give(pp.leaf, P1);
	assert_true(holds());
}

static void test_mapping_of_any(void **state)
{
	(void)state;
	give_all(ANY, P2, P2);
	map(pp.intermediate, P1, P2);
	assert_true(holds_for(P1));
	/* any-policy itself goes on for the policies that are not mapped */
	pp.leaf->ext.policy_count = pp.tsp->ext.policy_count = 0;
	give(pp.tsp, P3);
	give(pp.leaf, P3);
	assert_true(holds_for(P3));
	assert_false(holds_for(P1));
}

static void test_mapping_inhibited(void **state)
{
	(void)state;
	give_all(P1, P2, P2);
	map(pp.intermediate, P1, P2);
	validate_with(KVK_MANNER_RFC5280, ANY - 1, true, true, false);
	assert_int_equal(pp.report.count, 1);
	pp.intermediate->ext.policy_count = 0;
	pp.intermediate->ext.mapping_count = 0;
	give(pp.intermediate, P1);
	give(pp.intermediate, P2);
	map(pp.tsp, P2, P3);
	pp.leaf->ext.policy_count = 0;
	give(pp.leaf, P3);
	assert_true(holds());
	pp.intermediate->ext.has_policy_constraints = pp.intermediate->ext.has_inhibit_mapping =
		true;
	assert_false(holds());
	pp.intermediate->ext.inhibit_mapping = 1;
	assert_true(holds());
}

static void test_mapping_to_any(void **state)
{
	(void)state;
	give_all(P1, P1, P1);
	map(pp.tsp, P2, ANY);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_RFC5280, &pp.report);
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 1), 1);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 1), 1);
	/* once no policy is left, Java does not look */
	pp.intermediate->ext.has_policies = false;
	pp.intermediate->ext.policy_count = 0;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 0);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_RFC5280, &pp.report);
	assert_int_equal(pp.report.count, 1);
}

/* Measured: Java looks at mappings before it drops the policies that nobody wants. */
static void test_mapping_of_unwanted(void **state)
{
	(void)state;
	give_all(P1, P1, P1);
	map(pp.intermediate, ANY, P3);
	validate_with(KVK_MANNER_JAVA, P3, false, false, false);
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 2), 1);
}

static void test_critical_qualifiers(void **state)
{
	(void)state;
	give_all(P1, P1, P1);
	pp.leaf->ext.policies[0].qualifiers = (struct kvk_span){ (const uint8_t *)"\x30\0", 2 };
	pp.leaf->ext.policies_critical = true;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_RFC5280, &pp.report);
	assert_int_equal(pp.report.count, 0);
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 0), 1);
	/* measured: not where no policy is left, not for any-policy, not where not critical */
	pp.tsp->ext.has_policies = false;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 0);
	pp.tsp->ext.has_policies = true;
	pp.leaf->ext.policies_critical = false;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_JAVA, &pp.report);
	assert_int_equal(pp.report.count, 0);
}

static void expect_qualifier(struct kvk_span qualifiers, bool critical, unsigned failures)
{
	pp.leaf->ext.policies[0].qualifiers = qualifiers;
	pp.leaf->ext.policies_critical = critical;
	fake_validate(&pp.f, pp.leaf, KVK_MANNER_RFC5280, &pp.report);
	assert_int_equal(pp.report.count, failures);
	assert_int_equal(fake_failures(&pp.report, KVK_REASON_INVALID_POLICY, 0), failures);
}

/* "MUST be able to interpret this extension (including the optional qualifier), or MUST reject". */
static void test_unknown_qualifiers(void **state)
{
	/* PolicyQualifierInfo with id-qt-cps, id-qt-unotice, and another OID */
	static const uint8_t cps[] = { 0x30, 0x0f, 0x30, 0x0d, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05,
		0x05, 0x07, 0x02, 0x01, 0x16, 0x01, 'x' };
	static const uint8_t notice[] = { 0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08, 0x2b, 0x06, 0x01,
		0x05, 0x05, 0x07, 0x02, 0x02, 0x30, 0x00 };
	static const uint8_t other[] = { 0x30, 0x08, 0x30, 0x06, 0x06, 0x02, 0x2a, 0x03, 0x05,
		0x00 };

	(void)state;
	give_all(P1, P1, P1);
	expect_qualifier((struct kvk_span){ cps, sizeof(cps) }, true, 0);
	expect_qualifier((struct kvk_span){ notice, sizeof(notice) }, true, 0);
	expect_qualifier((struct kvk_span){ other, sizeof(other) }, false, 0);
	expect_qualifier((struct kvk_span){ other, sizeof(other) }, true, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_none_required, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(test_common, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(test_any, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_self_issued_any, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_self_issued_counts, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_require_explicit, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_said_once, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_leaf_requires, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(test_mapping, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_mapping_of_any, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_mapping_inhibited, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_mapping_to_any, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_mapping_of_unwanted, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_critical_qualifiers, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(
			test_unknown_qualifiers, policies_set_up, policies_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
