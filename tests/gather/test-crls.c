/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/crls.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "tests/practice/delivery.h"
#include "tests/support/shapes.h"

static struct delivery delivery;

static int make(void **state)
{
	const struct delivery_options options = { .shape = KVK_PRACTICE_G1 };

	(void)state;
	return delivery_make(&options, &delivery) == KVK_OK ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	delivery_free(&delivery);
	return 0;
}

static void add(struct kvk_crls *crls, struct kvk_span bytes, enum kvk_err want)
{
	struct kvk_blob copy = { 0 };

	assert_int_equal(kvk_blob_append(&copy, bytes), KVK_OK);
	assert_int_equal(kvk_crls_add(crls, &copy, "file"), want);
	if (want == KVK_OK)
		assert_null(copy.p);
	kvk_blob_free(&copy);
}

/* How many candidates there are, and how many of them could be read. */
static void count(const struct kvk_crls *crls, size_t all, size_t usable)
{
	size_t n, good = 0;
	const struct kvk_crl_candidate *array = kvk_crls_array(crls, &n);

	for (size_t i = 0; i < n; i++) {
		good += array[i].crl != NULL;
		assert_string_equal(array[i].label, "file");
	}
	assert_int_equal(n, all);
	assert_int_equal(good, usable);
}

static void pem_and_der(void **state)
{
	struct kvk_crls crls = { 0 };

	(void)state;
	add(&crls, kvk_span_of_blob(&delivery.crls_pem), KVK_OK);
	count(&crls, 3, 3);
	add(&crls, kvk_span_of_blob(&delivery.crl[0]), KVK_OK);
	count(&crls, 4, 4);
	kvk_crls_free(&crls);
}

/* What is offered as an answer and cannot be used must not vanish. */
static void something_else_stays(void **state)
{
	struct kvk_crls crls = { 0 };
	struct kvk_span cut = kvk_span_of_blob(&delivery.crl[0]);

	(void)state;
	add(&crls, kvk_span_of("<html>not found</html>"), KVK_OK);
	count(&crls, 1, 0);
	add(&crls, kvk_span_of_blob(&delivery.chain_pem), KVK_OK);
	count(&crls, 3, 0);
	cut.n--;
	add(&crls, cut, KVK_OK);
	count(&crls, 4, 0);
	add(&crls, kvk_span_of_blob(&delivery.leaf), KVK_OK);
	count(&crls, 5, 0);
	add(&crls, kvk_span_of("-----BEGIN X509 CRL-----\n!!!!\n-----END X509 CRL-----\n"), KVK_OK);
	count(&crls, 6, 0);
	add(&crls, kvk_span_of(""), KVK_OK);
	count(&crls, 7, 0);
	kvk_crls_free(&crls);
}

static void no_more_than_the_limit(void **state)
{
	struct kvk_crls crls = { 0 };

	(void)state;
	for (size_t i = 0; i < KVK_LIMIT_CRLS; i++)
		add(&crls, kvk_span_of_blob(&delivery.crl[0]), KVK_OK);
	add(&crls, kvk_span_of_blob(&delivery.crl[0]), KVK_ERR_LIMIT);
	count(&crls, KVK_LIMIT_CRLS, KVK_LIMIT_CRLS);
	kvk_crls_free(&crls);
}

/* A file in PEM is decoded in memory, and so may be less large than one in DER. */
static void text_has_a_limit_of_its_own(void **state)
{
	static uint8_t text[KVK_LIMIT_CRL_PEM + 1];
	struct kvk_crls crls = { 0 };

	(void)state;
	memset(text, 'x', sizeof text);
	add(&crls, (struct kvk_span){ text, sizeof text }, KVK_ERR_LIMIT);
	count(&crls, 0, 0);
	add(&crls, (struct kvk_span){ text, sizeof text - 1 }, KVK_OK);
	count(&crls, 1, 0);
	text[0] = 0x30;
	add(&crls, (struct kvk_span){ text, sizeof text }, KVK_OK);
	count(&crls, 2, 0);
	kvk_crls_free(&crls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pem_and_der),
		cmocka_unit_test(something_else_stays),
		cmocka_unit_test(no_more_than_the_limit),
		cmocka_unit_test(text_has_a_limit_of_its_own),
	};

	return cmocka_run_group_tests(tests, make, unmake);
}
