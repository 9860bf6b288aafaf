/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "cert/crl_body.h"
#include "tests/support/alloc.h"

/* Five octets that begin as a CRL does. */
#define DER "\x30\x03\x02\x01\x07"
#define BASE64 "MAMCAQc="
#define BLOCK "-----BEGIN X509 CRL-----\n" BASE64 "\n-----END X509 CRL-----\n"
#define OTHER "-----BEGIN CERTIFICATE-----\n" BASE64 "\n-----END CERTIFICATE-----\n"

static enum kvk_err decode(const char *text, struct kvk_blob *octets)
{
	assert_int_equal(kvk_blob_set(octets, kvk_span_of(text)), KVK_OK);
	return kvk_crl_body_decode(octets);
}

static void forms(void **state)
{
	static const char *const good[] = { DER, BLOCK, "a word before\r\n" BLOCK, OTHER BLOCK,
		BASE64, BASE64 "\r\n", "MAMC\nAQc", "\n MAMCAQc=" };
	struct kvk_blob octets = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		if (decode(good[i], &octets) != KVK_OK)
			fail_msg("row %zu", i);
		assert_true(kvk_span_is(kvk_span_of_blob(&octets), DER));
	}
	kvk_blob_free(&octets);
}

/* Something else stays as it is, so that it can be said what it is. */
static void something_else(void **state)
{
	static const char *const bad[] = { "", "\n", "<html></html>", "not found", "AAAA", OTHER,
		"-----BEGIN X509 CRL-----\n" BASE64 "\n",
		"-----BEGIN X509 CRL-----\n!\n-----END X509 CRL-----\n",
		"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "\x1f\x8b\x08" };
	struct kvk_blob octets = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (decode(bad[i], &octets) != KVK_ERR_FORMAT)
			fail_msg("row %zu", i);
		assert_true(kvk_span_is(kvk_span_of_blob(&octets), bad[i]));
	}
	kvk_blob_free(&octets);
}

static void large_ones(void **state)
{
	struct kvk_blob octets = { 0 };

	(void)state;
	assert_int_equal(kvk_blob_reserve(&octets, KVK_LIMIT_CRL_PEM + 1), KVK_OK);
	memset(octets.p, 'A', KVK_LIMIT_CRL_PEM + 1);
	memcpy(octets.p, BASE64, 7);
	octets.n = KVK_LIMIT_CRL_PEM + 1;
	assert_int_equal(kvk_crl_body_decode(&octets), KVK_ERR_LIMIT);
	octets.n--;
	assert_int_equal(kvk_crl_body_decode(&octets), KVK_OK);
	assert_int_equal(octets.n, KVK_LIMIT_CRL_PEM / 4 * 3);
	/* DER may be larger. */
	kvk_blob_free(&octets);
	assert_int_equal(kvk_blob_reserve(&octets, KVK_LIMIT_CRL_PEM + 1), KVK_OK);
	memset(octets.p, 0x30, KVK_LIMIT_CRL_PEM + 1);
	octets.n = KVK_LIMIT_CRL_PEM + 1;
	assert_int_equal(kvk_crl_body_decode(&octets), KVK_OK);
	kvk_blob_free(&octets);
}

static void memory_that_ends(void **state)
{
	struct kvk_blob octets = { 0 };

	(void)state;
	assert_int_equal(kvk_blob_set(&octets, kvk_span_of(BASE64)), KVK_OK);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_crl_body_decode(&octets), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_true(kvk_span_is(kvk_span_of_blob(&octets), BASE64));
	kvk_blob_free(&octets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms),
		cmocka_unit_test(something_else),
		cmocka_unit_test(large_ones),
		cmocka_unit_test(memory_that_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
