/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Field by field, what kvk_certificate_read() says is what GnuTLS says: over certificates that
 * GnuTLS makes here, over the cases of the other tests, and over real ones where this machine has
 * them.
 */
#include "config.h"

#include "cert/certificate.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "base/file.h"
#include "cases.h"
#include "cert/contents.h"
#include "compare.h"
#include "java_refuses.h"
#include "made.h"

/* What this program refuses although Java reads it, each with the reason; nothing else may be. */
static struct refused {
	const char *folder;
	enum kvk_der_remark remark;
	const char *why;
	bool met;
} refused[] = {
	{ "java/odd-year-0000", KVK_DER_BAD_TIME, "a year before 1", false },
};

/* How many certificates only GnuTLS reads, but for those that Java refuses, too. */
static unsigned unread;

/* Sorts out a certificate that only GnuTLS reads. */
static void note_unread(const char *path)
{
	const enum kvk_der_remark remark = compared_certificate.log.remark;
	const char *text = kvk_der_remark_text(remark);

	if (java_refuses(path)) {
		print_message("%s: Java refuses it, too: %s\n", path, text);
		return;
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		if (strstr(path, refused[i].folder) == NULL || remark != refused[i].remark)
			continue;
		print_message("%s: refused, as is known: %s\n", path, refused[i].why);
		refused[i].met = true;
		return;
	}
	print_message("%s: only GnuTLS reads it: %s\n", path, text);
	unread++;
}

static void compare_file(const char *path)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob file = { 0 };

	if (kvk_file_read(path, KVK_LIMIT_FILE, 0, &file) != KVK_OK)
		return;
	assert_int_equal(kvk_contents_read(&file, &contents), KVK_OK);
	for (size_t i = 0; i < contents.blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents.blocks, i);

		if (block->kind == KVK_BLOCK_CERTIFICATE && block->der.n > 0 &&
			!compare_certificate(path, block->der))
			note_unread(path);
	}
	kvk_contents_free(&contents);
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (type == FTW_F)
		compare_file(path);
	return 0;
}

/* Every file below a folder, where there is one. */
static void compare_folder(const char *folder)
{
	compared = 0;
	unread = 0;
	if (nftw(folder, visit, 16, FTW_PHYS) != 0) {
		print_message("there is no %s here\n", folder);
		skip();
	}
	print_message("%s: %u certificates compared\n", folder, compared);
}

static void cases_of_the_other_tests(void **state)
{
	(void)state;
	compared = 0;
	for (const struct cert_case *c = certificate_cases; c->name != NULL; c++) {
		struct made der = made_of(c->der);

		/* what is let pass for Java's sake GnuTLS reads in its own way */
		if (c->err == KVK_OK && c->tolerated == KVK_DER_OK)
			assert_true(compare_certificate(c->name, made_span(&der)));
		made_free(&der);
	}
	assert_true(compared >= 20);
}

/* A certificate with everything that GnuTLS can set. */
static void set_fields(gnutls_x509_crt_t crt)
{
	static const char serial[] = "\x00\xf0\x01\x02";

	assert_int_equal(gnutls_x509_crt_set_version(crt, 3), 0);
	assert_int_equal(gnutls_x509_crt_set_serial(crt, serial, 4), 0);
	assert_int_equal(gnutls_x509_crt_set_activation_time(crt, 1767225600), 0);
	assert_int_equal(gnutls_x509_crt_set_expiration_time(crt, 2556144000), 0);
	assert_int_equal(
		gnutls_x509_crt_set_dn(crt, "C=NL,O=Voorbeeld B.V.,CN=api.example.nl", NULL), 0);
	assert_int_equal(gnutls_x509_crt_set_basic_constraints(crt, 1, 2), 0);
	assert_int_equal(
		gnutls_x509_crt_set_key_usage(crt,
			GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN | GNUTLS_KEY_DECIPHER_ONLY),
		0);
	assert_int_equal(gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0), 0);
	assert_int_equal(gnutls_x509_crt_set_key_purpose_oid(crt, "1.2.3.4.99999", 0), 0);
	assert_int_equal(gnutls_x509_crt_set_subject_alt_name(
				 crt, GNUTLS_SAN_DNSNAME, "api.example.nl", 14, GNUTLS_FSAN_APPEND),
		0);
	assert_int_equal(gnutls_x509_crt_set_subject_alt_name(
				 crt, GNUTLS_SAN_IPADDRESS, "\x7f\0\0\1", 4, GNUTLS_FSAN_APPEND),
		0);
	assert_int_equal(gnutls_x509_crt_set_subject_key_id(crt, "\1\2\3", 3), 0);
	assert_int_equal(gnutls_x509_crt_set_authority_key_id(crt, "\4\5", 2), 0);
	assert_int_equal(gnutls_x509_crt_set_crl_dist_points(
				 crt, GNUTLS_SAN_URI, "http://a.example.nl/c", 0),
		0);
}

static void certificates_made_by_gnutls(void **state)
{
	static const gnutls_pk_algorithm_t types[] = { GNUTLS_PK_RSA, GNUTLS_PK_ECDSA,
		GNUTLS_PK_EDDSA_ED25519 };
	static const unsigned bits[] = { 2048, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP384R1),
		GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_ED25519) };

	(void)state;
	compared = 0;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		gnutls_x509_privkey_t key;
		gnutls_x509_crt_t crt;
		gnutls_datum_t der;

		assert_int_equal(gnutls_x509_privkey_init(&key), 0);
		assert_int_equal(gnutls_x509_crt_init(&crt), 0);
		assert_int_equal(gnutls_x509_privkey_generate(key, types[i], bits[i], 0), 0);
		set_fields(crt);
		assert_int_equal(gnutls_x509_crt_set_key(crt, key), 0);
		assert_int_equal(gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA512, 0), 0);
		assert_int_equal(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der), 0);
		assert_true(compare_certificate("GnuTLS", (struct kvk_span){ der.data, der.size }));
		assert_int_equal(compared_certificate.log.tolerated, 0);
		gnutls_free(der.data);
		gnutls_x509_crt_deinit(crt);
		gnutls_x509_privkey_deinit(key);
	}
	assert_int_equal(compared, 3);
}

static void certificates_of_the_system(void **state)
{
	(void)state;
	compare_folder("/etc/ssl/certs");
	assert_int_equal(unread, 0);
}

static void certificates_of_the_shared_data(void **state)
{
	const char *top = getenv("top_srcdir");
	char folder[4096], file[4200];

	(void)state;
	assert_true(snprintf(folder, sizeof(folder), "%s/../shared/data", top != NULL ? top : ".") <
		(int)sizeof(folder));
	compare_folder(folder);
	assert_true(compared > 100);
	assert_int_equal(unread, 0);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		snprintf(file, sizeof(file), "%s/%s/upload.pem", folder, refused[i].folder);
		if (!refused[i].met && access(file, R_OK) == 0)
			fail_msg("%s is read now: take it off the list", refused[i].folder);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_of_the_other_tests),
		cmocka_unit_test(certificates_made_by_gnutls),
		cmocka_unit_test(certificates_of_the_system),
		cmocka_unit_test(certificates_of_the_shared_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
