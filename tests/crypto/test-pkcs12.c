/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/pkcs12.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <gnutls/abstract.h>
#include <gnutls/pkcs12.h>
#include <cmocka.h>

#include "tests/crypto/help.h"
#include "tests/practice/delivery.h"

#define PASS "correct horse"

/* INTEGERs: the rounds of a file of ours, the most that are done, and one more. */
static const uint8_t written[] = { 0x02, 0x03, 0x03, 0x0d, 0x40 };
static const uint8_t bearable[] = { 0x02, 0x03, 0x0f, 0x42, 0x40 };
static const uint8_t unbearable[] = { 0x02, 0x03, 0x0f, 0x42, 0x41 };

static struct delivery made;
static struct kvk_secret pass;

static int make(void **state)
{
	const struct delivery_options options = { .days = 30 };

	(void)state;
	assert_int_equal(kvk_secret_copy(&pass, kvk_span_of(PASS)), KVK_OK);
	return delivery_make(&options, &made) == KVK_OK ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	kvk_secret_free(&pass);
	delivery_free(&made);
	return 0;
}

/* A file with the key, the leaf and its issuer. */
static struct kvk_blob file(bool legacy)
{
	const struct kvk_span certificates[] = { kvk_span_of_blob(&made.leaf),
		kvk_span_of_blob(&made.ca[KVK_PRACTICE_LEVELS - 1]) };
	struct kvk_key *key = key_of(KVK_TEST_RSA_D);
	const struct kvk_pkcs12 pkcs12 = {
		.key = key,
		.certificates = certificates,
		.count = 2,
		.name = "api.example.nl",
		.legacy = legacy,
	};
	struct kvk_blob out = { 0 };

	assert_int_equal(kvk_pkcs12_write(&pkcs12, &pass, &out), KVK_OK);
	kvk_key_free(key);
	return out;
}

static enum kvk_err read_with(const struct kvk_blob *bytes, const char *word)
{
	struct kvk_pkcs12_contents contents = { .count = 0 };
	struct kvk_secret other = { .n = 0 };
	enum kvk_err err;

	assert_int_equal(kvk_secret_copy(&other, kvk_span_of(word)), KVK_OK);
	err = kvk_pkcs12_read(kvk_span_of_blob(bytes), &other, &contents);
	kvk_pkcs12_contents_free(&contents);
	kvk_secret_free(&other);
	return err;
}

/* The last number of rounds in a file, which is that of its MAC. */
static uint8_t *rounds_of_mac(struct kvk_blob *bytes)
{
	uint8_t *found = NULL;

	for (size_t i = 0; i + sizeof written <= bytes->n; i++)
		if (memcmp(bytes->p + i, written, sizeof written) == 0)
			found = bytes->p + i;
	assert_non_null(found);
	return found;
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	for (int legacy = 0; legacy < 2; legacy++) {
		struct kvk_pkcs12_contents contents = { .count = 0 };
		struct kvk_key *key = key_of(KVK_TEST_RSA_D);
		struct kvk_blob bytes = file(legacy != 0), spki = spki_of(key);

		assert_int_equal(
			kvk_pkcs12_read(kvk_span_of_blob(&bytes), &pass, &contents), KVK_OK);
		assert_int_equal(contents.count, 2);
		assert_true(kvk_span_equal(
			kvk_span_of_blob(&contents.certificates[0]), kvk_span_of_blob(&made.leaf)));
		assert_true(
			kvk_span_equal(kvk_span_of_blob(&contents.spki), kvk_span_of_blob(&spki)));
		kvk_pkcs12_contents_free(&contents);
		kvk_key_free(key);
		kvk_blob_free(&spki);
		kvk_blob_free(&bytes);
	}
}

static void a_wrong_passphrase_is_told_from_a_wrong_file(void **state)
{
	struct kvk_blob bytes = file(false);

	(void)state;
	assert_int_equal(read_with(&bytes, "incorrect horse"), KVK_ERR_PASSPHRASE);
	assert_int_equal(read_with(&bytes, ""), KVK_ERR_PASSPHRASE);
	assert_int_equal(read_with(&made.leaf, PASS), KVK_ERR_FORMAT);
	bytes.n /= 2;
	assert_int_equal(read_with(&bytes, PASS), KVK_ERR_FORMAT);
	bytes.n = 0;
	assert_int_equal(read_with(&bytes, PASS), KVK_ERR_FORMAT);
	kvk_blob_free(&bytes);
}

/* Had they been done, the MAC would have been found to be another. */
static void too_many_rounds_are_refused_before_they_are_done(void **state)
{
	struct kvk_blob bytes = file(false);
	uint8_t *rounds = rounds_of_mac(&bytes);

	(void)state;
	memcpy(rounds, bearable, sizeof bearable);
	assert_int_equal(read_with(&bytes, PASS), KVK_ERR_PASSPHRASE);
	memcpy(rounds, unbearable, sizeof unbearable);
	assert_int_equal(read_with(&bytes, PASS), KVK_ERR_LIMIT);
	kvk_blob_free(&bytes);
}

/* So are those of each encryption, of which there are two before the MAC. */
static void the_rounds_of_each_part_count(void **state)
{
	struct kvk_blob bytes = file(false);
	unsigned parts = 0;

	(void)state;
	for (size_t i = 0; i + sizeof written <= bytes.n; i++) {
		if (memcmp(bytes.p + i, written, sizeof written) != 0)
			continue;
		parts++;
		memcpy(bytes.p + i, unbearable, sizeof unbearable);
		assert_int_equal(read_with(&bytes, PASS), KVK_ERR_LIMIT);
		memcpy(bytes.p + i, written, sizeof written);
	}
	assert_true(parts >= 3);
	kvk_blob_free(&bytes);
}

/*
 * Makes the rounds of the first PBKDF2 in a value more than 8 million: seconds of work. Its INTEGER
 * of three octets follows the salt (RFC 8018 appendix A.2).
 */
static void raise_rounds(uint8_t *der, size_t n)
{
	static const uint8_t pbkdf2[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c };
	uint8_t *p = memmem(der, n, pbkdf2, sizeof pbkdf2);
	const uint8_t many[] = { 0x02, 0x03, 0x7f, 0xff, 0xff };

	assert_non_null(p);
	p += sizeof pbkdf2 + 2;
	assert_int_equal(p[0], 0x04);
	p += 2 + p[1];
	assert_int_equal(p[0], 0x02);
	assert_int_equal(p[1], 3);
	memcpy(p, many, sizeof many);
}

/* A key that is encrypted, with too many rounds, in a bag that is encrypted as well. */
static gnutls_datum_t make_hidden_key(void)
{
	const gnutls_datum_t pem = { (unsigned char *)(uintptr_t)KVK_TEST_RSA_A,
		sizeof KVK_TEST_RSA_A - 1 };
	gnutls_datum_t der = { .data = NULL }, file = { .data = NULL };
	gnutls_pkcs12_bag_t bag;
	gnutls_x509_privkey_t key;
	gnutls_pkcs12_t pkcs12;

	assert_int_equal(gnutls_x509_privkey_init(&key), 0);
	assert_int_equal(gnutls_x509_privkey_import(key, &pem, GNUTLS_X509_FMT_PEM), 0);
	assert_int_equal(gnutls_x509_privkey_export2_pkcs8(
				 key, GNUTLS_X509_FMT_DER, PASS, GNUTLS_PKCS_PBES2_AES_256, &der),
		0);
	raise_rounds(der.data, der.size);
	assert_int_equal(gnutls_pkcs12_bag_init(&bag), 0);
	assert_true(gnutls_pkcs12_bag_set_data(bag, GNUTLS_BAG_PKCS8_ENCRYPTED_KEY, &der) >= 0);
	assert_int_equal(gnutls_pkcs12_bag_encrypt(bag, PASS, GNUTLS_PKCS_PBES2_AES_256), 0);
	assert_int_equal(gnutls_pkcs12_init(&pkcs12), 0);
	assert_int_equal(gnutls_pkcs12_set_bag(pkcs12, bag), 0);
	assert_int_equal(gnutls_pkcs12_generate_mac(pkcs12, PASS), 0);
	assert_int_equal(gnutls_pkcs12_export2(pkcs12, GNUTLS_X509_FMT_DER, &file), 0);
	gnutls_pkcs12_deinit(pkcs12);
	gnutls_pkcs12_bag_deinit(bag);
	gnutls_x509_privkey_deinit(key);
	gnutls_free(der.data);
	return file;
}

static void rounds_in_what_is_encrypted_are_checked_too(void **state)
{
	gnutls_datum_t made_by = make_hidden_key();
	struct kvk_blob bytes = { 0 };

	(void)state;
	assert_int_equal(
		kvk_blob_append(&bytes, (struct kvk_span){ made_by.data, made_by.size }), KVK_OK);
	assert_int_equal(read_with(&bytes, PASS), KVK_ERR_LIMIT);
	kvk_blob_free(&bytes);
	gnutls_free(made_by.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(a_wrong_passphrase_is_told_from_a_wrong_file),
		cmocka_unit_test(too_many_rounds_are_refused_before_they_are_done),
		cmocka_unit_test(the_rounds_of_each_part_count),
		cmocka_unit_test(rounds_in_what_is_encrypted_are_checked_too),
	};

	return cmocka_run_group_tests(tests, make, unmake);
}
