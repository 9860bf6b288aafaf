/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/crypto/help.h"

/* Keys of P-256 in the form of RFC 5915, with the generator of the curve or its negative. */
#define POINT_X "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
#define SEC1(number, y) \
	"3077 020101 0420" number "a00a 06082a8648ce3d030107 a144 034200 04" POINT_X y

/* The number 1, and the order of the curve less 1. */
static const char *const extremes[] = {
	SEC1("0000000000000000000000000000000000000000000000000000000000000001",
		"4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
	SEC1("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550",
		"b01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a"),
};

/*
 * RFC 5915 section 3: the number fills the width of the curve, also where it begins with zeros and
 * where its top bit is set. Strict readers refuse other widths.
 */
static void numbers_of_curves_fill_their_width(void **state)
{
	struct kvk_secret pem = { .n = 0 };
	struct kvk_key *key;
	size_t i;

	(void)state;
	need("openssl");
	for (i = 0; i < sizeof(extremes) / sizeof(extremes[0]); i++) {
		struct kvk_blob der = from_hex(extremes[i]);

		assert_int_equal(kvk_key_read(kvk_span_of_blob(&der), NULL, &key), KVK_OK);
		assert_int_equal(kvk_key_pem(key, NULL, &pem), KVK_OK);
		put_file("k.pem", kvk_secret_span(&pem));
		assert_int_equal(run("openssl pkey -in k.pem | cmp - k.pem"), 0);
		kvk_key_free(key);
		kvk_blob_free(&der);
	}
	kvk_secret_free(&pem);
}

/* Of any curve and any number, what is written is what openssl(1) writes, octet for octet. */
static void keys_are_written_as_openssl_writes_them(void **state)
{
	static const unsigned bits[] = { 256, 384 };
	struct kvk_secret pem = { .n = 0 };
	struct kvk_key *key;
	size_t i;

	(void)state;
	need("openssl");
	for (i = 0; i < 6; i++) {
		assert_int_equal(kvk_key_generate(KVK_KEY_ECDSA, bits[i % 2], &key), KVK_OK);
		assert_int_equal(kvk_key_pem(key, NULL, &pem), KVK_OK);
		put_file("k.pem", kvk_secret_span(&pem));
		assert_int_equal(run("openssl pkey -in k.pem | cmp - k.pem"), 0);
		kvk_key_free(key);
	}
	kvk_secret_free(&pem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_curves_fill_their_width),
		cmocka_unit_test(keys_are_written_as_openssl_writes_them),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
