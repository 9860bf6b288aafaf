/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "tests/crypto/help.h"
#include "tests/support/alloc.h"

static const char *const all_keys[] = {
	KVK_TEST_RSA_A,
	KVK_TEST_RSA_1024,
	KVK_TEST_P256,
	KVK_TEST_P384,
	KVK_TEST_ED25519,
};

#define ALL_KEYS (sizeof(all_keys) / sizeof(all_keys[0]))

static struct kvk_secret secret_of(const char *text)
{
	struct kvk_secret out = { .n = 0 };

	assert_int_equal(kvk_secret_copy(&out, kvk_span_of(text)), KVK_OK);
	return out;
}

static void assert_same_public_key(const struct kvk_key *a, const struct kvk_key *b)
{
	struct kvk_blob spki_a = spki_of(a), spki_b = spki_of(b);

	assert_true(kvk_span_equal(kvk_span_of_blob(&spki_a), kvk_span_of_blob(&spki_b)));
	kvk_blob_free(&spki_a);
	kvk_blob_free(&spki_b);
}

/* Reads a file of the scratch folder and compares its public key. */
static void assert_file_is(const char *name, const char *pass, const struct kvk_key *wanted)
{
	struct kvk_secret secret = secret_of(pass);
	struct kvk_blob file = get_file(name);
	struct kvk_key *key;

	assert_int_equal(
		kvk_key_read(kvk_span_of_blob(&file), pass ? &secret : NULL, &key), KVK_OK);
	assert_same_public_key(key, wanted);
	kvk_key_free(key);
	kvk_blob_free(&file);
	kvk_secret_free(&secret);
}

static enum kvk_err read_file(const char *name, const char *pass)
{
	struct kvk_secret secret = secret_of(pass);
	struct kvk_blob file = get_file(name);
	struct kvk_key *key;
	enum kvk_err err;

	err = kvk_key_read(kvk_span_of_blob(&file), pass ? &secret : NULL, &key);
	assert_true((err == KVK_OK) == (key != NULL));
	kvk_key_free(key);
	kvk_blob_free(&file);
	kvk_secret_free(&secret);
	return err;
}

/* Under valgrind larger keys and passphrases take minutes. */
static bool is_quick(void)
{
	return getenv("KVK_SMALL_KEYS") != NULL;
}

static void every_form_of_openssl_is_read(void **state)
{
	size_t i;

	(void)state;
	need("openssl");
	for (i = 0; i < ALL_KEYS; i++) {
		struct kvk_key *key = key_of(all_keys[i]);

		put_file("k.pem", kvk_span_of(all_keys[i]));
		assert_int_equal(run("openssl pkcs8 -topk8 -nocrypt -in k.pem -outform DER -out "
				     "k.der"),
			0);
		assert_file_is("k.der", NULL, key);
		assert_int_equal(run("openssl pkcs8 -topk8 -in k.pem -passout pass:geheim -out "
				     "e.pem"),
			0);
		assert_file_is("e.pem", "geheim", key);
		assert_int_equal(run("openssl pkcs8 -topk8 -in k.pem -passout pass:geheim "
				     "-outform DER -v2 aes128 -v2prf hmacWithSHA1 -out e.der"),
			0);
		assert_file_is("e.der", "geheim", key);
		kvk_key_free(key);
	}
}

static void older_forms_are_read(void **state)
{
	struct kvk_key *rsa = key_of(KVK_TEST_RSA_A), *ec = key_of(KVK_TEST_P256);

	(void)state;
	need("openssl");
	put_file("r.pem", kvk_span_of(KVK_TEST_RSA_A));
	put_file("c.pem", kvk_span_of(KVK_TEST_P256));
	assert_int_equal(run("openssl rsa -traditional -in r.pem -out r1.pem"), 0);
	assert_file_is("r1.pem", NULL, rsa);
	assert_int_equal(run("openssl rsa -traditional -in r.pem -outform DER -out r1.der"), 0);
	assert_file_is("r1.der", NULL, rsa);
	assert_int_equal(run("openssl rsa -traditional -aes256 -passout pass:geheim -in r.pem "
			     "-out r2.pem"),
		0);
	assert_file_is("r2.pem", "geheim", rsa);
	assert_int_equal(read_file("r2.pem", NULL), KVK_ERR_PASSPHRASE);
	assert_int_equal(read_file("r2.pem", "verkeerd"), KVK_ERR_PASSPHRASE);
	/*
	 * SEC 1, with the parameters in a block of their own in front, as "openssl ecparam" does.
	 */
	assert_int_equal(run("openssl ec -in c.pem -out c1.pem && openssl ecparam -name P-256 "
			     "-out p.pem "
			     "&& cat p.pem c1.pem > c2.pem"),
		0);
	assert_file_is("c2.pem", NULL, ec);
	/* Text and a certificate-like block in front. */
	assert_int_equal(run("(echo Bag Attributes; cat p.pem r.pem) > r3.pem"), 0);
	assert_file_is("r3.pem", NULL, rsa);
	kvk_key_free(rsa);
	kvk_key_free(ec);
}

static void passphrases_are_asked_for(void **state)
{
	(void)state;
	need("openssl");
	put_file("k.pem", kvk_span_of(KVK_TEST_P256));
	assert_int_equal(run("openssl pkcs8 -topk8 -in k.pem -passout pass:geheim -out e.pem"), 0);
	assert_int_equal(read_file("e.pem", NULL), KVK_ERR_PASSPHRASE);
	assert_int_equal(read_file("e.pem", "verkeerd"), KVK_ERR_PASSPHRASE);
	assert_int_equal(read_file("e.pem", ""), KVK_ERR_PASSPHRASE);
	assert_int_equal(read_file("e.pem", "geheim"), KVK_OK);
}

static double seconds(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void rounds_are_counted_before_they_are_done(void **state)
{
	static const struct {
		const char *hex;
		enum kvk_err err;
	} cases[] = {
		/* PBES1: 10,000,001 rounds, 2^31 - 1, 2^63 - 1, a negative number. */
		{ "301e 3017 06092a864886f70d01050a 300a 0402 0102 0204 00989681 0403 010203",
			KVK_ERR_LIMIT },
		{ "301e 3017 06092a864886f70d01050a 300a 0402 0102 0204 7fffffff 0403 010203",
			KVK_ERR_LIMIT },
		{ "3022 301b 06092a864886f70d01050a 300e 0402 0102 0208 7fffffffffffffff 0403 "
		  "010203",
			KVK_ERR_LIMIT },
		{ "301e 3017 06092a864886f70d01050a 300a 0402 0102 0204 80000000 0403 010203",
			KVK_ERR_LIMIT },
		/* PBES2 with PBKDF2: 2^31 - 1 rounds, one level deeper. */
		{ "302d 3026 06092a864886f70d01050d 3019 3017 06092a864886f70d01050c 300a 0402 0102"
		  "0204 7fffffff 0403 010203",
			KVK_ERR_LIMIT },
		/* 1000 rounds: done, and nothing comes out. */
		{ "301c 3015 06092a864886f70d01050a 3008 0402 0102 0202 03e8 0403 010203",
			KVK_ERR_KEY },
	};
	struct kvk_secret pass = secret_of("geheim");
	struct kvk_key *key;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_blob der = from_hex(cases[i].hex);
		double start = seconds();

		assert_int_equal(kvk_key_read(kvk_span_of_blob(&der), &pass, &key), cases[i].err);
		assert_null(key);
		assert_true(seconds() - start < 1);
		kvk_blob_free(&der);
	}
	kvk_secret_free(&pass);
}

static void what_is_no_key_is_told(void **state)
{
	static const char *const texts[] = {
		"",
		"geen sleutel",
		"-----BEGIN PRIVATE KEY-----\n",
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
		"-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n",
		"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
		("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n"
		 "-----END ENCRYPTED PRIVATE KEY-----\n"),
		"0\200",
		"0\003\002\001\005",
	};
	struct kvk_secret pass = secret_of("geheim");
	struct kvk_key *key;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(kvk_key_read(kvk_span_of(texts[i]), &pass, &key), KVK_ERR_FORMAT);
		assert_null(key);
	}
	kvk_secret_free(&pass);
}

/* A bit of the private exponent is wrong: the numbers make no key. */
static void broken_numbers_are_refused(void **state)
{
	struct kvk_blob der;
	struct kvk_key *key;

	(void)state;
	need("openssl");
	put_file("k.pem", kvk_span_of(KVK_TEST_RSA_A));
	assert_int_equal(run("openssl rsa -traditional -in k.pem -outform DER -out k.der"), 0);
	der = get_file("k.der");
	/* version, modulus (256 octets), exponent: well inside the first prime. */
	der.p[700] ^= 0x10;
	assert_int_equal(kvk_key_read(kvk_span_of_blob(&der), NULL, &key), KVK_ERR_KEY);
	assert_null(key);
	kvk_blob_free(&der);
}

static void written_keys_are_read_by_all(void **state)
{
	const size_t count = is_quick() ? 1 : ALL_KEYS;
	struct kvk_secret pass = secret_of("ge heim \xc3\xa9"), pem = { .n = 0 };
	size_t i;

	(void)state;
	need("openssl");
	for (i = 0; i < count; i++) {
		struct kvk_key *key = key_of(all_keys[i]);
		struct kvk_blob spki = spki_of(key);

		put_file("spki.der", kvk_span_of_blob(&spki));
		assert_int_equal(kvk_key_pem(key, NULL, &pem), KVK_OK);
		put_file("plain.pem", kvk_secret_span(&pem));
		assert_file_is("plain.pem", NULL, key);
		assert_int_equal(run("openssl pkey -in plain.pem -pubout -outform DER -out p.der "
				     "&& "
				     "cmp p.der spki.der"),
			0);
		assert_int_equal(kvk_key_pem(key, &pass, &pem), KVK_OK);
		assert_null(memmem(pem.p, pem.n, "BEGIN PRIVATE", 13));
		put_file("enc.pem", kvk_secret_span(&pem));
		assert_file_is("enc.pem", "ge heim \xc3\xa9", key);
		assert_int_equal(read_file("enc.pem", "geheim"), KVK_ERR_PASSPHRASE);
		put_file("pass", kvk_secret_span(&pass));
		assert_int_equal(run("openssl pkey -in enc.pem -passin file:pass -pubout -outform "
				     "DER "
				     "-out p.der && cmp p.der spki.der"),
			0);
		assert_int_not_equal(run("openssl pkey -in enc.pem -passin pass:x -noout"), 0);
		kvk_blob_free(&spki);
		kvk_key_free(key);
	}
	assert_int_equal(run("openssl asn1parse -in enc.pem | grep -q aes-256-cbc && "
			     "openssl asn1parse -in enc.pem | grep -q hmacWithSHA256"),
		0);
	kvk_secret_free(&pass);
	kvk_secret_free(&pem);
}

static void certtool_reads_an_encrypted_key(void **state)
{
	struct kvk_secret pass = secret_of("geheim"), pem = { .n = 0 };
	struct kvk_key *key = key_of(KVK_TEST_P256);

	(void)state;
	need("certtool");
	assert_int_equal(kvk_key_pem(key, &pass, &pem), KVK_OK);
	put_file("enc.pem", kvk_secret_span(&pem));
	assert_int_equal(run("certtool --key-info --infile enc.pem --password geheim"), 0);
	kvk_key_free(key);
	kvk_secret_free(&pass);
	kvk_secret_free(&pem);
}

static void empty_or_cut_passphrases_are_refused(void **state)
{
	struct kvk_secret pass = { .n = 0 }, pem = { .n = 0 };
	struct kvk_key *key = key_of(KVK_TEST_P256);

	(void)state;
	assert_int_equal(kvk_key_pem(key, &pass, &pem), KVK_ERR_PASSPHRASE);
	assert_int_equal(
		kvk_secret_copy(&pass, (struct kvk_span){ (const uint8_t *)"a\0b", 3 }), KVK_OK);
	assert_int_equal(kvk_key_pem(key, &pass, &pem), KVK_ERR_PASSPHRASE);
	assert_null(pem.p);
	kvk_secret_free(&pass);
	kvk_key_free(key);
}

static void keys_are_made(void **state)
{
	static const struct {
		enum kvk_key_type type;
		unsigned bits, made;
	} kinds[] = {
		{ KVK_KEY_ECDSA, 256, 256 },
		{ KVK_KEY_ED25519, 0, 256 },
		{ KVK_KEY_ECDSA, 384, 384 },
		{ KVK_KEY_RSA, 2048, 2048 },
	};
	const size_t count = is_quick() ? 2 : sizeof(kinds) / sizeof(kinds[0]);
	struct kvk_key_info info;
	struct kvk_key *key;
	size_t i;

	(void)state;
	for (i = 0; i < count; i++) {
		struct kvk_blob spki;

		assert_int_equal(kvk_key_generate(kinds[i].type, kinds[i].bits, &key), KVK_OK);
		spki = spki_of(key);
		assert_int_equal(kvk_key_info_read(kvk_span_of_blob(&spki), &info), KVK_OK);
		assert_int_equal(info.type, kinds[i].type);
		assert_int_equal(info.bits, kinds[i].made);
		if (info.type == KVK_KEY_RSA)
			assert_int_equal(info.exponent, 65537);
		kvk_blob_free(&spki);
		kvk_key_free(key);
	}
}

static void weak_keys_are_not_made(void **state)
{
	struct kvk_key *key;

	(void)state;
	assert_int_equal(kvk_key_generate(KVK_KEY_RSA, 2047, &key), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_key_generate(KVK_KEY_RSA, 8193, &key), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_key_generate(KVK_KEY_ECDSA, 224, &key), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_key_generate(KVK_KEY_ECDSA, 521, &key), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_key_generate(KVK_KEY_DSA, 2048, &key), KVK_ERR_ARGUMENT);
	assert_null(key);
}

/* Every request for memory fails once: an error comes back, and nothing else happens. */
static void lack_of_memory_is_an_error(void **state)
{
	struct kvk_secret pass = secret_of("geheim");
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	(void)state;
	for (n = 0; err && n < 1000; n++) {
		struct kvk_secret pem = { .n = 0 };
		struct kvk_key *key;

		kvk_alloc_fail_after(n);
		err = kvk_key_read(kvk_span_of(KVK_TEST_P256), NULL, &key);
		if (!err)
			err = kvk_key_pem(key, is_quick() ? NULL : &pass, &pem);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		kvk_key_free(key);
		kvk_secret_free(&pem);
	}
	assert_int_equal(err, KVK_OK);
	assert_true(n > 5);
	kvk_secret_free(&pass);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_openssl_is_read),
		cmocka_unit_test(older_forms_are_read),
		cmocka_unit_test(passphrases_are_asked_for),
		cmocka_unit_test(rounds_are_counted_before_they_are_done),
		cmocka_unit_test(what_is_no_key_is_told),
		cmocka_unit_test(broken_numbers_are_refused),
		cmocka_unit_test(written_keys_are_read_by_all),
		cmocka_unit_test(certtool_reads_an_encrypted_key),
		cmocka_unit_test(empty_or_cut_passphrases_are_refused),
		cmocka_unit_test(keys_are_made),
		cmocka_unit_test(weak_keys_are_not_made),
		cmocka_unit_test(lack_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
