/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/crypto/help.h"

static const struct {
	const char *pem;
	enum kvk_key_type type;
	unsigned bits;
	enum kvk_oid curve;
	const char *text;
} keys[] = {
	{ KVK_TEST_RSA_A, KVK_KEY_RSA, 2048, KVK_OID_UNKNOWN, "RSA 2048" },
	{ KVK_TEST_RSA_1024, KVK_KEY_RSA, 1024, KVK_OID_UNKNOWN, "RSA 1024" },
	{ KVK_TEST_P256, KVK_KEY_ECDSA, 256, KVK_OID_CURVE_P256, "ECDSA P-256" },
	{ KVK_TEST_P384, KVK_KEY_ECDSA, 384, KVK_OID_CURVE_P384, "ECDSA P-384" },
	{ KVK_TEST_ED25519, KVK_KEY_ED25519, 256, KVK_OID_UNKNOWN, "Ed25519" },
};

static void assert_text(const struct kvk_key_info *info, const char *text)
{
	struct kvk_blob out = { .n = 0 };

	assert_int_equal(kvk_key_info_describe(info, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), text);
	kvk_blob_free(&out);
}

static void own_keys_are_described(void **state)
{
	struct kvk_key_info info;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct kvk_key *key = key_of(keys[i].pem);
		struct kvk_blob spki = spki_of(key);

		assert_int_equal(kvk_key_info_read(kvk_span_of_blob(&spki), &info), KVK_OK);
		assert_int_equal(info.type, keys[i].type);
		assert_int_equal(info.bits, keys[i].bits);
		assert_int_equal(info.curve, keys[i].curve);
		assert_text(&info, keys[i].text);
		if (info.type == KVK_KEY_RSA) {
			assert_int_equal(info.exponent, 65537);
			assert_int_equal(info.exponent_bits, 17);
			assert_int_equal(info.modulus.n, keys[i].bits / 8);
		}
		kvk_blob_free(&spki);
		kvk_key_free(key);
	}
}

/* openssl(1) makes the kinds that this program does not. */
static void foreign_keys_are_described(void **state)
{
	static const struct {
		const char *options, *text;
	} kinds[] = {
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:P-521", "ECDSA P-521" },
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:secp224r1", "ECDSA P-224" },
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1", "ECDSA 256 (other curve)" },
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:secp160r1", "ECDSA 160 (other curve)" },
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP192r1",
			"ECDSA 192 (other curve)" },
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:sect571k1", "ECDSA 571 (other curve)" },
		{ "-algorithm ED448", "Ed448" },
		{ "-algorithm X25519", "of an unknown type" },
		{ "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024", "RSASSA-PSS 1024" },
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit",
			"ECDSA (other curve)" },
	};
	struct kvk_key_info info;
	size_t i;

	(void)state;
	need("openssl");
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct kvk_blob spki;

		assert_int_equal(run("openssl genpkey %s -out k.pem && "
				     "openssl pkey -in k.pem -pubout -outform DER -out k.der",
					 kinds[i].options),
			0);
		spki = get_file("k.der");
		assert_int_equal(kvk_key_info_read(kvk_span_of_blob(&spki), &info), KVK_OK);
		assert_text(&info, kinds[i].text);
		kvk_blob_free(&spki);
	}
}

static unsigned bits_of_curve(const char *oid)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob spki = { .n = 0 };
	struct kvk_key_info info;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_EC_PUBLIC_KEY);
	kvk_der_put_oid_text(&w, oid);
	kvk_der_close(&w);
	kvk_der_put_bits(&w, kvk_span_of("\x04"));
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &spki), KVK_OK);
	assert_int_equal(kvk_key_info_read(kvk_span_of_blob(&spki), &info), KVK_OK);
	kvk_blob_free(&spki);
	return info.bits;
}

/* Those that Java 17 reads by name, as it lists them, and neighbours that it does not. */
static void curves_have_sizes(void **state)
{
	(void)state;
	assert_int_equal(bits_of_curve("1.2.840.10045.3.1.7"), 256);
	assert_int_equal(bits_of_curve("1.3.132.0.10"), 256);
	assert_int_equal(bits_of_curve("1.3.132.0.39"), 571);
	assert_int_equal(bits_of_curve("1.3.36.3.3.2.8.1.1.7"), 256);
	assert_int_equal(bits_of_curve("1.3.36.3.3.2.8.1.1.13"), 512);
	assert_int_equal(bits_of_curve("1.2.840.10045.3.0.20"), 431);
	assert_int_equal(bits_of_curve("1.3.132.0.11"), 0);
	assert_int_equal(bits_of_curve("1.3.132.0.40"), 0);
	assert_int_equal(bits_of_curve("1.3.132.1.10"), 0);
	assert_int_equal(bits_of_curve("1.3.36.3.3.2.8.1.1.8"), 0);
	assert_int_equal(bits_of_curve("1.3.36.3.3.2.8.1.1"), 0);
}

static enum kvk_err read_hex(const char *hex, struct kvk_key_info *out)
{
	struct kvk_blob der = from_hex(hex);
	enum kvk_err err = kvk_key_info_read(kvk_span_of_blob(&der), out);

	/* What was borrowed goes with the bytes. */
	out->modulus = (struct kvk_span){ NULL, 0 };
	kvk_blob_free(&der);
	return err;
}

#define RSA "300d06092a864886f70d0101010500"
#define DSA "06072a8648ce380401"

static void strange_keys_are_read_or_refused(void **state)
{
	struct kvk_key_info info;

	(void)state;
	/* Modulus 0x8f, exponent 3. */
	assert_int_equal(read_hex("301b" RSA "030a00 3007 0202008f 020103", &info), KVK_OK);
	assert_true(info.bits == 8 && info.exponent == 3 && info.exponent_bits == 2);
	/* An exponent of 65 bits is measured and not kept. */
	assert_int_equal(
		read_hex("3023" RSA "031200 300f 0202008f 0209010000000000000001", &info), KVK_OK);
	assert_true(info.exponent_bits == 65 && info.exponent == 0);
	/* Zero has no bits. */
	assert_int_equal(read_hex("301a" RSA "030900 3006 020100 020100", &info), KVK_OK);
	assert_true(info.bits == 0 && info.exponent == 0 && info.exponent_bits == 0);
	/* Negative, trailing bytes inside and outside, nothing inside. */
	assert_int_equal(read_hex("301a" RSA "030900 3006 02018f 020103", &info), KVK_ERR_DER);
	assert_int_equal(
		read_hex("301d" RSA "030c00 3009 0202008f 020103 0500", &info), KVK_ERR_DER);
	assert_int_equal(read_hex("301b" RSA "030a00 3007 0202008f 020103 00", &info), KVK_ERR_DER);
	assert_int_equal(read_hex("3012" RSA "030100", &info), KVK_ERR_DER);
	assert_int_equal(read_hex("", &info), KVK_ERR_DER);
	/* DSA that inherits its parameters, and DSA with its own small ones. */
	assert_int_equal(read_hex("3011 3009" DSA "0304000201 05", &info), KVK_OK);
	assert_true(info.type == KVK_KEY_DSA && info.inherits_parameters && info.bits == 0);
	assert_text(&info, "DSA");
	assert_int_equal(
		read_hex("301d 3015" DSA "300a 0202 00ff 0201 0b 0201 02 0304000201 05", &info),
		KVK_OK);
	assert_true(!info.inherits_parameters && info.bits == 8 && info.subgroup_bits == 4);
	assert_text(&info, "DSA 8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_keys_are_described),
		cmocka_unit_test(curves_have_sizes),
		cmocka_unit_test(foreign_keys_are_described),
		cmocka_unit_test(strange_keys_are_read_or_refused),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
