/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/encode.h"

/* Of "abc": RFC 1321 A.5, FIPS 180-4 examples. */
static const struct {
	enum kvk_hash hash;
	const char *hex;
} abc[] = {
	{ KVK_HASH_MD5, "900150983cd24fb0d6963f7d28e17f72" },
	{ KVK_HASH_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d" },
	{ KVK_HASH_SHA224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7" },
	{ KVK_HASH_SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ KVK_HASH_SHA384,
		"cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
		"8086072ba1e7cc2358baeca134c825a7" },
	{ KVK_HASH_SHA512,
		"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
		"2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
};

static void assert_hex(const uint8_t *bytes, size_t n, const char *hex)
{
	struct kvk_blob text = { .n = 0 };

	assert_int_equal(kvk_hex(&text, (struct kvk_span){ bytes, n }, 0), KVK_OK);
	assert_string_equal(kvk_blob_str(&text), hex);
	kvk_blob_free(&text);
}

static void values_are_those_of_the_standards(void **state)
{
	uint8_t value[KVK_HASH_SIZE_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(abc) / sizeof(abc[0]); i++) {
		assert_int_equal(kvk_hash_size(abc[i].hash), strlen(abc[i].hex) / 2);
		assert_int_equal(kvk_hash_bytes(abc[i].hash, kvk_span_of("abc"), value), KVK_OK);
		assert_hex(value, kvk_hash_size(abc[i].hash), abc[i].hex);
	}
	assert_int_equal(kvk_sha256(kvk_span_of(NULL), value), KVK_OK);
	assert_hex(value, KVK_SHA256_SIZE,
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(kvk_hash_name(KVK_HASH_SHA384), "SHA-384");
}

/* RFC 4231, test case 2. */
static void hmac_is_that_of_the_standard(void **state)
{
	uint8_t value[KVK_SHA256_SIZE];

	(void)state;
	assert_int_equal(kvk_hmac_sha256(kvk_span_of("Jefe"),
				 kvk_span_of("what do ya want for nothing?"), value),
		KVK_OK);
	assert_hex(value, KVK_SHA256_SIZE,
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void no_hash_is_refused(void **state)
{
	uint8_t value[KVK_HASH_SIZE_MAX];

	(void)state;
	assert_int_equal(
		kvk_hash_bytes(KVK_HASH_NONE, kvk_span_of("abc"), value), KVK_ERR_ALGORITHM);
	assert_int_equal(kvk_hash_size(KVK_HASH_NONE), 0);
}

static void random_octets_differ(void **state)
{
	uint8_t a[32] = { 0 }, b[32] = { 0 };
	const uint8_t zero[32] = { 0 };

	(void)state;
	assert_int_equal(kvk_random(a, sizeof(a)), KVK_OK);
	assert_int_equal(kvk_random(b, sizeof(b)), KVK_OK);
	assert_memory_not_equal(a, b, sizeof(a));
	assert_memory_not_equal(a, zero, sizeof(a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_those_of_the_standards),
		cmocka_unit_test(hmac_is_that_of_the_standard),
		cmocka_unit_test(no_hash_is_refused),
		cmocka_unit_test(random_octets_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
