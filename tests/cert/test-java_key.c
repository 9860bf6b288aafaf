/* SPDX-License-Identifier: Apache-2.0 */
/* What Java 17 reads was measured with its CertificateFactory. */
#include "config.h"

#include "cert/java.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "made.h"

static bool reads_rsa(unsigned bits, uint64_t exponent, unsigned exponent_bits)
{
	const struct kvk_key_info key = {
		.type = KVK_KEY_RSA,
		.bits = bits,
		.exponent = exponent,
		.exponent_bits = exponent_bits,
	};

	return kvk_java_reads_key(&key, (struct kvk_span){ NULL, 0 });
}

static void rsa_keys_have_bounds(void **state)
{
	(void)state;
	assert_true(reads_rsa(2048, 65537, 17));
	assert_true(reads_rsa(2048, 3, 2));
	assert_false(reads_rsa(2048, 1, 1));
	assert_false(reads_rsa(2048, 0, 0));
	/* octets count */
	assert_true(reads_rsa(505, 3, 2));
	assert_false(reads_rsa(504, 3, 2));
	assert_true(reads_rsa(16384, 3, 2));
	assert_false(reads_rsa(16385, 3, 2));
	/* long exponents */
	assert_true(reads_rsa(3072, 0, 65));
	assert_false(reads_rsa(3073, 0, 65));
	assert_true(reads_rsa(4096, UINT64_MAX, 64));
	assert_false(reads_rsa(1024, 0, 1025));
}

static bool reads(enum kvk_key_type type, unsigned bits, uint8_t first, size_t n)
{
	const struct kvk_key_info key = { .type = type, .bits = bits };
	uint8_t octets[160] = { first };

	return kvk_java_reads_key(&key, (struct kvk_span){ octets, n });
}

static void points_have_the_size_of_their_curve(void **state)
{
	(void)state;
	assert_true(reads(KVK_KEY_ECDSA, 256, 4, 65));
	assert_false(reads(KVK_KEY_ECDSA, 256, 4, 64));
	assert_false(reads(KVK_KEY_ECDSA, 256, 2, 33));
	assert_false(reads(KVK_KEY_ECDSA, 256, 4, 0));
	assert_true(reads(KVK_KEY_ECDSA, 521, 4, 133));
	/* a curve that is written out, left out, or of a name that nobody knows */
	assert_false(reads(KVK_KEY_ECDSA, 0, 4, 65));
	assert_true(reads(KVK_KEY_ED25519, 256, 1, 32));
	assert_false(reads(KVK_KEY_ED25519, 256, 1, 0));
	assert_true(reads(KVK_KEY_ED448, 456, 1, 57));
	assert_true(reads(KVK_KEY_OTHER, 0, 1, 0));
}

static bool reads_algorithm(const char *octets, size_t n)
{
	return kvk_java_reads_algorithm((struct kvk_span){ (const uint8_t *)octets, n });
}

static void pss_has_one_trailer(void **state)
{
	(void)state;
	assert_true(reads_algorithm("\x30\x12\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a\x30\x05"
				    "\xa3\x03\x02\x01\x01",
		20));
	assert_false(reads_algorithm("\x30\x12\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a\x30\x05"
				     "\xa3\x03\x02\x01\x02",
		20));
	/* MD5 as hash, and as hash of the mask */
	assert_false(reads_algorithm("\x30\x1d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a\x30\x10"
				     "\xa0\x0e\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05"
				     "\x05\x00",
		31));
	assert_false(reads_algorithm("\x30\x2a\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a\x30\x1d"
				     "\xa1\x1b\x30\x19\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08"
				     "\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00",
		44));
	/* no parameters at all */
	assert_true(reads_algorithm("\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", 13));
	/* ecdsa-with-SHA256 */
	assert_true(reads_algorithm("\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02", 12));
}

/* A mask generation of this OID with a hash of this one, in hexadecimal. */
static bool reads_mask(const char *mask, const char *hash)
{
	char text[160];
	struct made der;
	bool reads;

	snprintf(text, sizeof(text), "30(a1(30(06(%s)30(06(%s)))))", mask, hash);
	der = made_of(text);
	reads = kvk_java_reads_pss(made_span(&der));
	made_free(&der);
	return reads;
}

static bool reads_pss(const char *text)
{
	struct made der = made_of(text);
	const bool reads = kvk_java_reads_pss(made_span(&der));

	made_free(&der);
	return reads;
}

/* Measured with AlgorithmParameters.getInstance("RSASSA-PSS"). */
static void pss_parameters(void **state)
{
	(void)state;
	assert_true(reads_mask("2a864886f70d010108", "2b0e03021a"));
	assert_true(reads_mask("2a864886f70d010108", "608648016503040201"));
	assert_true(reads_mask("2a864886f70d010108", "60864801650304020a"));
	/* SHAKE128, an unknown hash, another mask generation */
	assert_false(reads_mask("2a864886f70d010108", "60864801650304020b"));
	assert_false(reads_mask("2a864886f70d010108", "2a0304"));
	assert_false(reads_mask("2a0304", "608648016503040201"));
	assert_false(reads_pss("30(a1(30(06(2a864886f70d010108)0500)))"));
	assert_false(reads_pss("30(a1(30(06(2a864886f70d010108))))"));
	assert_true(reads_pss("30()"));
	assert_true(reads_pss("30(a2(020120)a0(30(06(2a0304))))"));
	assert_true(reads_pss("30(a2(0201200500))"));
	assert_true(reads_pss("30(a2(02047fffffff))"));
	assert_false(reads_pss("30(a2(02050080000000))"));
	assert_false(reads_pss("30(a2(0201ff))"));
	assert_false(reads_pss("30(a2(0a0120))"));
	assert_false(reads_pss("30(a0())"));
	assert_false(reads_pss("30(a3(020102))"));
	assert_false(reads_pss("30(a4(020101))"));
	assert_false(reads_pss("30(020101)"));
	assert_false(reads_pss("31()"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rsa_keys_have_bounds),
		cmocka_unit_test(points_have_the_size_of_their_curve),
		cmocka_unit_test(pss_has_one_trailer),
		cmocka_unit_test(pss_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
