/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures that openssl(1) made, of kinds that this program does not make itself. */
#include "config.h"

#include "crypto/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/crypto/help.h"

static struct kvk_verifier *verifier;

/*
 * A signature made by openssl(1): key options, signing options, AlgorithmIdentifier, what we say.
 */
static const struct {
	const char *key, *options, *algorithm;
	enum kvk_err err;
} foreign[] = {
	{ "EC -pkeyopt ec_paramgen_curve:P-521", "-sha512", "300a06082a8648ce3d040304", KVK_OK },
	{ "EC -pkeyopt ec_paramgen_curve:P-384", "-sha224", "300a06082a8648ce3d040301", KVK_OK },
	{ "EC -pkeyopt ec_paramgen_curve:P-256", "-sha1", "300906072a8648ce3d0401", KVK_OK },
	{ "EC -pkeyopt ec_paramgen_curve:secp256k1", "-sha256", "300a06082a8648ce3d040302",
		KVK_ERR_KEY },
	{ "RSA -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_keygen_pubexp:3", "-sha224",
		"300d06092a864886f70d01010e0500", KVK_OK },
	/* NULL left out where it belongs. */
	{ "RSA -pkeyopt rsa_keygen_bits:1024", "-sha256", "300b06092a864886f70d01010b", KVK_OK },
};

static void foreign_signatures_verify(void **state)
{
	size_t i;

	(void)state;
	need("openssl");
	put_file("data", kvk_span_of(DATA));
	for (i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		struct signature s;

		assert_int_equal(run("openssl genpkey -algorithm %s -out k.pem && "
				     "openssl pkey -in k.pem -pubout -outform DER -out p.der && "
				     "openssl dgst %s -sign k.pem -out sig data",
					 foreign[i].key, foreign[i].options),
			0);
		s = (struct signature){ get_file("p.der"), from_hex(foreign[i].algorithm),
			get_file("sig") };
		assert_int_equal(check(verifier, &s, DATA), foreign[i].err);
		if (foreign[i].err == KVK_OK)
			assert_int_equal(check(verifier, &s, "other"), KVK_ERR_SIGNATURE);
		drop(&s);
	}
}

static void ed448_verifies(void **state)
{
	struct signature s;

	(void)state;
	need("openssl");
	put_file("data", kvk_span_of(DATA));
	assert_int_equal(run("openssl genpkey -algorithm ED448 -out k.pem && "
			     "openssl pkey -in k.pem -pubout -outform DER -out p.der && "
			     "openssl pkeyutl -sign -rawin -inkey k.pem -in data -out sig"),
		0);
	s = (struct signature){ get_file("p.der"), from_hex("300506032b6571"), get_file("sig") };
	assert_int_equal(check(verifier, &s, DATA), KVK_OK);
	/* what stands in the last octet GnuTLS does not see */
	s.value.p[s.value.n - 1] ^= 1;
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
	s.value.p[s.value.n - 1] ^= 1;
	s.value.p[3] ^= 4;
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
	drop(&s);
}

static void dsa_with_own_parameters_verifies(void **state)
{
	struct signature s;

	(void)state;
	need("openssl");
	put_file("data", kvk_span_of(DATA));
	assert_int_equal(run("openssl genpkey -genparam -algorithm DSA -pkeyopt "
			     "dsa_paramgen_bits:1024 "
			     "-pkeyopt dsa_paramgen_q_bits:160 -out dsa.pem && "
			     "openssl genpkey -paramfile dsa.pem -out k.pem && "
			     "openssl pkey -in k.pem -pubout -outform DER -out p.der && "
			     "openssl dgst -sha1 -sign k.pem -out sig data"),
		0);
	s = (struct signature){ get_file("p.der"), from_hex("300906072a8648ce380403"),
		get_file("sig") };
	assert_int_equal(check(verifier, &s, DATA), KVK_OK);
	assert_int_equal(check(verifier, &s, "other"), KVK_ERR_SIGNATURE);
	drop(&s);
}

static void pss_is_checked_with_the_salt_of_the_parameters(void **state)
{
	static const int salts[] = { 0, 20, 32, 64, 100 };
	char algorithm[256];
	struct signature s;
	size_t i;

	(void)state;
	need("openssl");
	put_file("data", kvk_span_of(DATA));
	put_file("k.pem", kvk_span_of(KVK_TEST_RSA_A));
	assert_int_equal(run("openssl pkey -in k.pem -pubout -outform DER -out p.der"), 0);
	for (i = 0; i < sizeof(salts) / sizeof(salts[0]); i++) {
		assert_int_equal(run("openssl dgst -sha512 -sign k.pem -sigopt "
				     "rsa_padding_mode:pss "
				     "-sigopt rsa_pss_saltlen:%d -out sig data",
					 salts[i]),
			0);
		assert_true(snprintf(algorithm, sizeof(algorithm), PSS_512("%02x"), salts[i]) > 0);
		s = (struct signature){ get_file("p.der"), from_hex(algorithm), get_file("sig") };
		assert_int_equal(check(verifier, &s, DATA), KVK_OK);
		replace(&s.algorithm, PSS_512("21"));
		assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
		replace(&s.algorithm, PSS_256("20"));
		assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
		/* Longer than the modulus has room for. */
		replace(&s.algorithm, "3042" PSS "3035a00f" SHA512 MGF(SHA512) "a204020203e8");
		assert_int_equal(check(verifier, &s, DATA), KVK_ERR_SIGNATURE);
		drop(&s);
	}
}

/* A key bound to RSASSA-PSS with SHA-256 and a salt of at least 32 (RFC 4055 3.3). */
static void a_bound_key_is_held_to_its_parameters(void **state)
{
	struct signature s;

	(void)state;
	need("openssl");
	put_file("data", kvk_span_of(DATA));
	assert_int_equal(
		run("openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024 "
		    "-pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha256 "
		    "-pkeyopt rsa_pss_keygen_saltlen:32 -out k.pem && "
		    "openssl pkey -in k.pem -pubout -outform DER -out p.der && "
		    "openssl dgst -sha256 -sign k.pem -sigopt rsa_pss_saltlen:40 -out sig data"),
		0);
	s = (struct signature){ get_file("p.der"), from_hex(PSS_256("28")), get_file("sig") };
	assert_int_equal(check(verifier, &s, DATA), KVK_OK);
	assert_int_equal(check(verifier, &s, "other"), KVK_ERR_SIGNATURE);
	replace(&s.algorithm, PSS_256("14"));
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_ALGORITHM);
	replace(&s.algorithm, PSS_512("40"));
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_ALGORITHM);
	replace(&s.algorithm, "300d06092a864886f70d01010b0500");
	assert_int_equal(check(verifier, &s, DATA), KVK_ERR_ALGORITHM);
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
		cmocka_unit_test(foreign_signatures_verify),
		cmocka_unit_test(ed448_verifies),
		cmocka_unit_test(dsa_with_own_parameters_verifies),
		cmocka_unit_test(pss_is_checked_with_the_salt_of_the_parameters),
		cmocka_unit_test(a_bound_key_is_held_to_its_parameters),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
