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

#define PASS "geheim"

static enum kvk_err read_file(struct kvk_span file, struct kvk_pkcs12_contents *out)
{
	struct kvk_secret pass = { .n = 0 };
	enum kvk_err err;

	assert_int_equal(kvk_secret_copy(&pass, kvk_span_of(PASS)), KVK_OK);
	err = kvk_pkcs12_read(file, &pass, out);
	kvk_secret_free(&pass);
	return err;
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
	struct kvk_pkcs12_contents contents = { .count = 0 };
	gnutls_datum_t file = make_hidden_key();

	(void)state;
	assert_int_equal(
		read_file((struct kvk_span){ file.data, file.size }, &contents), KVK_ERR_LIMIT);
	kvk_pkcs12_contents_free(&contents);
	gnutls_free(file.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rounds_in_what_is_encrypted_are_checked_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
