/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "tests/path/policies.h"

/* Chains that would make a policy tree grow without bound: an answer, and in time. */
static void test_growth(void **state)
{
	static uint8_t many[LISTS_POLICIES][3];
	struct kvk_certificate *c = NULL;
	struct timespec start, end;
	double ms;

	(void)state;
	pp.f.pool_count = 0;
	for (size_t i = 0; i < LISTS_POLICIES; i++)
		memcpy(many[i], (const uint8_t[]){ 0x2a, 0x05, (uint8_t)i }, 3);
	for (unsigned level = 0; level < 8; level++) {
		static const char *const names[] = { "Root", "A", "B", "C", "D", "E", "F", "G",
			"Tsp" };

		c = fake_ca(&pp.f, names[level + 1], names[level], level == 7 ? 3 : 10 + level,
			level == 0 ? 1 : 9 + level);
		for (int i = 0; i < (int)LISTS_POLICIES - 1; i++) {
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
	give(pp.leaf, ANY);
	clock_gettime(CLOCK_MONOTONIC, &start);
	validate_with(KVK_MANNER_RFC5280, P1, true, false, false);
	clock_gettime(CLOCK_MONOTONIC, &end);
	ms = (double)(end.tv_sec - start.tv_sec) * 1e3 +
		(double)(end.tv_nsec - start.tv_nsec) / 1e6;
	assert_true(ms < 500);
	assert_true(
		pp.report.count == 0 || pp.report.failures[0].reason == KVK_REASON_INVALID_POLICY);
}

/* A level without room: undetermined, never valid. */
static void test_overflow(void **state)
{
	static uint8_t many[3][KVK_LIMIT_MAPPINGS][3];
	static const char *const names[] = { "Root", "A", "B", "C", "D", "E", "F", "G", "Tsp" };
	static uint8_t more[8][LISTS_POLICIES][3];

	(void)state;
	(void)many;
	pp.f.pool_count = 0;
	for (unsigned level = 0; level < 8; level++) {
		struct kvk_certificate *c;

		c = fake_ca(&pp.f, names[level + 1], names[level], level == 7 ? 3 : 10 + level,
			level == 0 ? 1 : 9 + level);
		/*
		 * new policies on each level, below any-policy, and all of the level above besides
		 */
		for (int i = 0; i < (int)LISTS_POLICIES - 1; i++) {
			memcpy(more[level][i],
				(const uint8_t[]){ 0x2a, (uint8_t)(0x10 + level), (uint8_t)i }, 3);
			give(c, P1);
			c->ext.policies[i].oid = (struct kvk_span){ .p = more[level][i], .n = 3 };
		}
		give(c, ANY);
	}
	give(pp.leaf, P1);
	validate_with(KVK_MANNER_RFC5280, ANY - 1, false, false, false);
	assert_true(pp.report.exhausted && pp.report.policies_open);
	assert_int_equal(pp.report.count, 1);
	assert_int_equal(pp.report.failures[0].reason, KVK_REASON_INVALID_POLICY);
	assert_true(pp.report.failures[0].undetermined && pp.report.failures[0].exhausted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_growth, policies_set_up, policies_tear_down),
		cmocka_unit_test_setup_teardown(test_overflow, policies_set_up, policies_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
