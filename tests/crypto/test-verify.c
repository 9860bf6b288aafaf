/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/crypto/help.h"
#include "tests/support/alloc.h"
#include "tests/support/signings.h"

/* One verifier for all tests: a wrong entry of its cache would show. */
static struct kvk_verifier *verifier;

static const struct {
	const struct kvk_signing *signing;
	const char *pem;
	/* How openssl dgst checks it; NULL: with pkeyutl, as Ed25519 has no hash. */
	const char *options;
} schemes[] = {
	{ &kvk_signing_rsa_sha256, KVK_TEST_RSA_A, "-sha256" },
	{ &kvk_signing_rsa_sha384, KVK_TEST_RSA_A, "-sha384" },
	{ &kvk_signing_rsa_sha512, KVK_TEST_RSA_B, "-sha512" },
	{ &kvk_signing_rsa_pss_sha256, KVK_TEST_RSA_A,
		"-sha256 -sigopt rsa_padding_mode:pss "
		"-sigopt rsa_pss_saltlen:32" },
	{ &kvk_signing_rsa_pss_sha384, KVK_TEST_RSA_A,
		"-sha384 -sigopt rsa_padding_mode:pss "
		"-sigopt rsa_pss_saltlen:48" },
	{ &kvk_signing_rsa_pss_sha512, KVK_TEST_RSA_A,
		"-sha512 -sigopt rsa_padding_mode:pss "
		"-sigopt rsa_pss_saltlen:64 -sigopt rsa_mgf1_md:sha512" },
	{ &kvk_signing_ecdsa_sha256, KVK_TEST_P256, "-sha256" },
	{ &kvk_signing_ecdsa_sha384, KVK_TEST_P384, "-sha384" },
	{ &kvk_signing_ecdsa_sha384, KVK_TEST_P256, "-sha384" },
	{ &kvk_signing_ed25519, KVK_TEST_ED25519, NULL },
	{ &kvk_signing_rsa_sha1, KVK_TEST_RSA_A, "-sha1" },
	{ &kvk_signing_rsa_md5, KVK_TEST_RSA_A, "-md5" },
};

#define SCHEMES (sizeof(schemes) / sizeof(schemes[0]))

static void own_signatures_verify(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < SCHEMES; i++) {
		struct signature s = sign(schemes[i].signing, schemes[i].pem);

		assert_int_equal(check(verifier, &s, DATA), KVK_OK);
		assert_int_equal(check(verifier, &s, "what was not signed"), KVK_ERR_SIGNATURE);
		assert_int_equal(check(verifier, &s, ""), KVK_ERR_SIGNATURE);
		assert_int_equal(check(verifier, &s, DATA), KVK_OK);
		s.value.p[s.value.n - 1] ^= 1;
		assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
		s.value.p[s.value.n - 1] ^= 1;
		s.value.n--;
		assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
		s.value.n = 0;
		assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
		drop(&s);
	}
}

/* Two numbers in DER, and in no other way of writing them. */
static void pairs_are_read_strictly(void **state)
{
	struct signature s = sign(&kvk_signing_ecdsa_sha256, KVK_TEST_P256);
	struct kvk_blob exact = { .n = 0 };
	uint8_t longer[] = { 0x30, 0x81, 0 };

	(void)state;
	assert_int_equal(kvk_blob_append(&exact, kvk_span_of_blob(&s.value)), KVK_OK);
	longer[2] = exact.p[1];
	s.value.n = 0;
	assert_int_equal(kvk_blob_append(&s.value, (struct kvk_span){ longer, 3 }), KVK_OK);
	assert_int_equal(
		kvk_blob_append(&s.value, (struct kvk_span){ exact.p + 2, exact.n - 2 }), KVK_OK);
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
	s.value.n = 0;
	assert_int_equal(kvk_blob_append(&s.value, kvk_span_of_blob(&exact)), KVK_OK);
	assert_int_equal(check(verifier, &s, DATA), KVK_OK);
	assert_int_equal(kvk_blob_append_byte(&s.value, 0), KVK_OK);
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
	kvk_blob_free(&exact);
	drop(&s);
}

static void openssl_takes_our_signatures(void **state)
{
	size_t i;

	(void)state;
	need("openssl");
	put_file("data", kvk_span_of(DATA));
	for (i = 0; i < SCHEMES; i++) {
		struct signature s = sign(schemes[i].signing, schemes[i].pem);

		put_file("sig", kvk_span_of_blob(&s.value));
		put_file("k.pem", kvk_span_of(schemes[i].pem));
		assert_int_equal(run("openssl pkey -in k.pem -pubout -out p.pem"), 0);
		if (schemes[i].options)
			assert_int_equal(run("openssl dgst %s -verify p.pem -signature sig data",
						 schemes[i].options),
				0);
		else
			assert_int_equal(run("openssl pkeyutl -verify -rawin -pubin -inkey p.pem "
					     "-sigfile sig -in data"),
				0);
		drop(&s);
	}
}

static void what_cannot_be_handled_is_an_algorithm_error(void **state)
{
	static const char *const algorithms[] = {
		/* MGF1 over another hash, both ways round. */
		("3041" PSS "3034a00f" SHA512 MGF(SHA256) "a203020140"),
		("3041" PSS "3034a00f" SHA256 MGF(SHA512) "a203020140"),
		/* Another trailer, defaults (SHA-1), no parameters. */
		("3046" PSS "3039a00f" SHA512 MGF(SHA512) "a203020140a303020102"),
		("300d" PSS "3000"),
		("300b" PSS),
		/* MD2, MD4, ECDSA with an RSA key, Ed25519, one that nobody knows, and no DER. */
		"300d06092a864886f70d0101020500",
		"300d06092a864886f70d0101030500",
		"300a06082a8648ce3d040302",
		"300506032b6570",
		"3008 06032a0304 020105",
		"3000",
		"",
	};
	struct signature s = sign(&kvk_signing_rsa_pss_sha512, KVK_TEST_RSA_A);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
		replace(&s.algorithm, algorithms[i]);
		assert_int_equal(check(verifier, &s, DATA), KVK_ERR_ALGORITHM);
	}
	/* PKCS#1 named, PSS made; and the key still does both. */
	replace(&s.algorithm, "300d06092a864886f70d01010d0500");
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
	replace(&s.algorithm, PSS_512("40"));
	assert_int_equal(check(verifier, &s, DATA), KVK_OK);
	drop(&s);
}

/* An RSA key with this modulus (bytes of 0xff and a last octet) and exponent. */
static struct kvk_blob rsa_spki(size_t octets, uint8_t last, const char *exponent_hex)
{
	struct kvk_blob exponent = from_hex(exponent_hex), modulus = { .n = 0 }, out = { .n = 0 };
	struct kvk_der_writer w = { .depth = 0 };
	size_t i;

	for (i = 0; i + 1 < octets; i++)
		assert_int_equal(kvk_blob_append_byte(&modulus, 0xff), KVK_OK);
	assert_int_equal(kvk_blob_append_byte(&modulus, last), KVK_OK);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_RSA);
	kvk_der_put_null(&w);
	kvk_der_close(&w);
	kvk_der_open_bits(&w);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_unsigned(&w, kvk_span_of_blob(&modulus));
	kvk_der_put_unsigned(&w, kvk_span_of_blob(&exponent));
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &out), KVK_OK);
	kvk_blob_free(&exponent);
	kvk_blob_free(&modulus);
	return out;
}

static void costly_keys_are_refused_at_once(void **state)
{
	static const struct {
		size_t octets;
		uint8_t last;
		const char *exponent;
		enum kvk_err err;
	} keys[] = {
		{ 1025, 0xff, "010001", KVK_ERR_LIMIT },
		{ 30000, 0xff, "010001", KVK_ERR_LIMIT },
		{ 256, 0xff, "010000000000000001", KVK_ERR_LIMIT },
		{ 256, 0xff, "00", KVK_ERR_KEY },
		{ 256, 0xff, "01", KVK_ERR_KEY },
		{ 256, 0xff, "02", KVK_ERR_KEY },
		{ 256, 0xff, "010000", KVK_ERR_KEY },
		{ 256, 0xfe, "010001", KVK_ERR_KEY },
		{ 1, 0x00, "010001", KVK_ERR_KEY },
		/* Bearable ones are computed with. */
		{ 1024, 0xff, "ffffffffffffffff", KVK_ERR_SIGNATURE },
		{ 256, 0xff, "03", KVK_ERR_SIGNATURE },
	};
	struct signature s = sign(&kvk_signing_rsa_sha256, KVK_TEST_RSA_A);
	clock_t start = clock();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		kvk_blob_free(&s.spki);
		s.spki = rsa_spki(keys[i].octets, keys[i].last, keys[i].exponent);
		assert_int_equal(check(verifier, &s, DATA), keys[i].err);
	}
	assert_true(clock() - start < CLOCKS_PER_SEC);
	replace(&s.spki, "3000");
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_KEY);
	drop(&s);
}

/* More keys than the cache holds, several times around, each with PKCS#1 and two salts. */
static void the_cache_confuses_nothing(void **state)
{
	struct signature pkcs1 = sign(&kvk_signing_rsa_sha512, KVK_TEST_RSA_A);
	struct signature pss = sign(&kvk_signing_rsa_pss_sha512, KVK_TEST_RSA_A);
	struct signature other = sign(&kvk_signing_rsa_pss_sha512, KVK_TEST_RSA_B);
	unsigned i;

	(void)state;
	for (i = 0; i < 3 * KVK_LIMIT_KEY_CACHE; i++) {
		struct signature filler = sign(&kvk_signing_rsa_pss_sha512, KVK_TEST_RSA_C);
		char exponent[16];

		kvk_blob_free(&filler.spki);
		assert_true(snprintf(exponent, sizeof(exponent), "%06x", 65537 + 2 * i) > 0);
		filler.spki = rsa_spki(256, 0xff, exponent);
		assert_int_equal(check(verifier, &filler, DATA), KVK_ERR_SIGNATURE);
		drop(&filler);
		assert_int_equal(check(verifier, &pkcs1, DATA), KVK_OK);
		assert_int_equal(check(verifier, &pss, DATA), KVK_OK);
		assert_int_equal(check(verifier, &other, DATA), KVK_OK);
		replace(&pss.algorithm, PSS_512("20"));
		assert_int_equal(check(verifier, &pss, DATA), KVK_ERR_SIGNATURE);
		replace(&pss.algorithm, PSS_512("40"));
	}
	/* One's signature under the other's key. */
	assert_int_equal(kvk_verify(verifier, kvk_span_of_blob(&other.spki),
				 kvk_span_of_blob(&pss.algorithm), kvk_span_of(DATA),
				 kvk_span_of_blob(&pss.value)),
		KVK_ERR_SIGNATURE);
	drop(&pkcs1);
	drop(&pss);
	drop(&other);
}

static void a_key_signs_only_what_fits_it(void **state)
{
	struct kvk_key *rsa = key_of(KVK_TEST_RSA_A), *ec = key_of(KVK_TEST_P256);
	struct kvk_blob out = { .n = 0 };

	(void)state;
	assert_int_equal(kvk_key_sign(rsa, &kvk_signing_ecdsa_sha256, kvk_span_of(DATA), &out),
		KVK_ERR_ALGORITHM);
	assert_int_equal(kvk_key_sign(ec, &kvk_signing_rsa_sha256, kvk_span_of(DATA), &out),
		KVK_ERR_ALGORITHM);
	assert_int_equal(
		kvk_key_sign(ec, &kvk_signing_ed25519, kvk_span_of(DATA), &out), KVK_ERR_ALGORITHM);
	assert_int_equal(out.n, 0);
	kvk_key_free(rsa);
	kvk_key_free(ec);
	kvk_blob_free(&out);
}

static void lack_of_memory_is_an_error(void **state)
{
	struct signature s = sign(&kvk_signing_rsa_pss_sha512, KVK_TEST_RSA_A);
	enum kvk_err err = KVK_ERR_MEMORY;
	struct kvk_verifier *own;
	long n;

	(void)state;
	for (n = 0; err && n < 100; n++) {
		kvk_alloc_fail_after(n);
		err = kvk_verifier_new(&own);
		if (!err)
			err = kvk_verify(own, kvk_span_of_blob(&s.spki),
				kvk_span_of_blob(&s.algorithm), kvk_span_of(DATA),
				kvk_span_of_blob(&s.value));
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		kvk_verifier_free(own);
	}
	assert_int_equal(err, KVK_OK);
	assert_int_equal(n, 3);
	drop(&s);
}

static int set_up(void **state)
{
	return kvk_verifier_new(&verifier) ? -1 : scratch_make(state);
}

static int tear_down(void **state)
{
	kvk_verifier_free(verifier);
	return scratch_remove(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_signatures_verify),
		cmocka_unit_test(pairs_are_read_strictly),
		cmocka_unit_test(openssl_takes_our_signatures),
		cmocka_unit_test(what_cannot_be_handled_is_an_algorithm_error),
		cmocka_unit_test(costly_keys_are_refused_at_once),
		cmocka_unit_test(the_cache_confuses_nothing),
		cmocka_unit_test(a_key_signs_only_what_fits_it),
		cmocka_unit_test(lack_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
