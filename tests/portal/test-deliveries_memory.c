/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running out of memory at every request in turn, once or for good, from the bytes of a delivery to
 * the verdict: an error each time, never another verdict.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/portal/evaluated.h"
#include "tests/support/alloc.h"

/* More requests than one delivery makes. */
#define REQUESTS_MAX 20000

static struct evaluated j;
static struct kvk_verdict whole;
static struct delivery delivery;

static void assert_same_verdict(long n)
{
	if (j.verdict.outcome != whole.outcome || j.verdict.warning_count != whole.warning_count)
		fail_msg("request %ld: another verdict", n);
	for (unsigned i = 0; i < KVK_RULE_COUNT; i++)
		if (j.verdict.findings[i].result != whole.findings[i].result ||
			strcmp(j.verdict.findings[i].found, whole.findings[i].found) != 0)
			fail_msg("request %ld: rule %u says '%s'", n, i + 1,
				j.verdict.findings[i].found);
}

/* Lets the n-th request fail; whether there was one. */
static bool try_request(long n, void (*fail_after)(long n))
{
	enum kvk_err err;

	fail_after(n);
	err = evaluate_again(&j, &delivery.upload, &delivery.crls_pem);
	fail_after(-1);
	if (err == KVK_OK)
		assert_same_verdict(n);
	else
		assert_int_equal(err, KVK_ERR_MEMORY);
	return err != KVK_OK;
}

static void expect_errors(const char *fault, void (*fail_after)(long n))
{
	const struct kvk_account account = { .kvk = "68750110" };
	const char *const faults[] = { fault, NULL };
	struct delivery_options options = { .kvk = "68750110" };
	long n = 0;

	evaluate(&j, &options, fault, &account, NULL, 0);
	whole = j.verdict;
	options.faults = fault[0] != '\0' ? faults : NULL;
	assert_int_equal(delivery_make(&options, &delivery), KVK_OK);
	while (n < REQUESTS_MAX && try_request(n, fail_after))
		n++;
	assert_true(n > 10 && n < REQUESTS_MAX);
	delivery_free(&delivery);
	evaluated_free(&j);
}

static void one_request_fails(void **state)
{
	static const char *const faults[] = { "", "bmp-subject", "tsp-renamed", "names-permitted",
		"crl-other-scope", "revoked", "leaf-only" };

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		expect_errors(faults[i], kvk_alloc_fail_once_after);
}

static void memory_runs_out(void **state)
{
	(void)state;
	expect_errors("", kvk_alloc_fail_after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_request_fails),
		cmocka_unit_test(memory_runs_out),
	};

	return cmocka_run_group_tests(tests, evaluated_load, evaluated_unload);
}
