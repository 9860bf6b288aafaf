/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/contents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "made.h"

#define CA(serial) \
	MADE_SIGNED(MADE_V3 "02('" serial "')" MADE_SHA256_RSA MADE_NAME("I") \
			    MADE_DATES MADE_NAME("S") MADE_KEY MADE_EXTENSIONS( \
				    MADE_EXTENSION(MADE_BC, MADE_CRITICAL, "30(0101ff)")), \
		MADE_SHA256_RSA)
#define LEAF MADE_CERTIFICATE(MADE_V3, "")

static void read_file(const char *text, struct kvk_decoded *decoded, struct kvk_contents *out)
{
	struct made der = made_of(text);
	struct kvk_blob bytes = { 0 };

	assert_int_equal(kvk_blob_append(&bytes, made_span(&der)), KVK_OK);
	assert_int_equal(kvk_contents_read_with(&bytes, decoded, out), KVK_OK);
	made_free(&der);
}

static void a_ca_is_decoded_once_and_outlives_its_file(void **state)
{
	static struct kvk_decoded decoded;
	struct kvk_contents first = { 0 }, second = { 0 };
	const struct kvk_certificate *ca;

	(void)state;
	read_file(CA("a"), &decoded, &first);
	assert_int_equal(decoded.count, 1);
	kvk_contents_free(&first);
	read_file(LEAF CA("a"), &decoded, &second);
	assert_int_equal(decoded.count, 1);
	ca = kvk_contents_certificate(&second, 1, NULL);
	assert_ptr_equal(ca, decoded.all[0].certificate);
	assert_true(kvk_span_is(ca->serial, "a"));
	assert_ptr_equal(ca->der.p, decoded.all[0].der.p);
	assert_ptr_not_equal(kvk_contents_certificate(&second, 0, NULL), ca);
	kvk_contents_free(&second);
	assert_true(kvk_span_is(decoded.all[0].certificate->serial, "a"));
	kvk_decoded_free(&decoded);
	assert_int_equal(decoded.count, 0);
}

/* Only the octets count: another serial number is another certificate. */
static void another_ca_is_another(void **state)
{
	static struct kvk_decoded decoded;
	struct kvk_contents contents = { 0 };

	(void)state;
	read_file(CA("a") CA("b") CA("a"), &decoded, &contents);
	assert_int_equal(decoded.count, 2);
	assert_true(kvk_span_is(kvk_contents_certificate(&contents, 1, NULL)->serial, "b"));
	assert_ptr_equal(kvk_contents_certificate(&contents, 2, NULL), decoded.all[0].certificate);
	assert_true(contents.remarks & 1u << KVK_REMARK_DUPLICATE);
	kvk_contents_free(&contents);
	kvk_decoded_free(&decoded);
}

static void a_full_store_takes_up_nothing_and_still_finds(void **state)
{
	static struct kvk_decoded decoded;
	struct kvk_contents contents = { 0 };
	char text[] = CA("?");
	char *place = strchr(text, '?');

	(void)state;
	for (unsigned i = 0; i < KVK_LIMIT_DECODED + 3; i++) {
		*place = (char)('0' + i);
		if (*place == '\'')
			continue;
		read_file(text, &decoded, &contents);
		assert_int_equal(kvk_contents_certificate_count(&contents), 1);
		kvk_contents_free(&contents);
	}
	assert_int_equal(decoded.count, KVK_LIMIT_DECODED);
	read_file(CA("1"), &decoded, &contents);
	assert_ptr_equal(kvk_contents_certificate(&contents, 0, NULL), decoded.all[1].certificate);
	kvk_contents_free(&contents);
	kvk_decoded_free(&decoded);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ca_is_decoded_once_and_outlives_its_file),
		cmocka_unit_test(another_ca_is_another),
		cmocka_unit_test(a_full_store_takes_up_nothing_and_still_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
