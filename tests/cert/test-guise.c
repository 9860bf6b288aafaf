/* SPDX-License-Identifier: Apache-2.0 */
/* What files are that are no certificate files, and what can be got out of them. */
#include "config.h"

#include "cert/salvage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Base64 of the first octets of a certificate; more than the 64 digits that are looked for. */
#define BODY \
	"MIIFbjCCA9agAwIBAgIQQCAXJh6XaG/9y3/Gr+wDTzANBgkqhkiG9w0BAQsFADBg\n" \
	"MQswCQYDVQQGEwJOTDEhMB8GA1UECgwYUHJha3RpamsgVmVydHJvdXdlbiBCLlYu\n"
#define PEM "-----BEGIN CERTIFICATE-----\n" BODY "-----END CERTIFICATE-----\n"

#define ROW(octets, guise) \
	{ \
		octets, sizeof(octets) - 1, guise \
	}

static void each_kind_is_told(void **state)
{
	static const struct {
		const char *octets;
		size_t n;
		enum kvk_guise guise;
	} rows[] = {
		ROW("", KVK_GUISE_EMPTY),
		ROW("\xef\xbb\xbf\r\n", KVK_GUISE_EMPTY),
		ROW(PEM, KVK_GUISE_NONE),
		ROW("0\x82\x01\x02", KVK_GUISE_NONE),
		ROW("Dear sir,\nsee the attachment.\n", KVK_GUISE_NONE),
		ROW("\n<!DOCTYPE html><p>404</p>", KVK_GUISE_HTML),
		ROW("<HTML><body>", KVK_GUISE_HTML),
		ROW("<?xml version='1.0'?><a/>", KVK_GUISE_XML),
		ROW("PK\3\4........word/document.xml", KVK_GUISE_WORD),
		ROW("PK\3\4........[Content_Types].xml", KVK_GUISE_OFFICE),
		ROW("PK\3\4........cert.pem" PEM, KVK_GUISE_ZIP),
		ROW("%PDF-1.7", KVK_GUISE_PDF),
		ROW("\xd0\xcf\x11\xe0\xa1", KVK_GUISE_OLE),
		ROW("\x1f\x8b\x08", KVK_GUISE_GZIP),
		ROW("\xff\xfe-\0-\0", KVK_GUISE_UTF16),
		ROW("\0-\0-\0-", KVK_GUISE_UTF16),
		ROW("ssh-rsa AAAA", KVK_GUISE_OPENSSH_PUBLIC),
		ROW("-----BEGIN OPENSSH PRIVATE KEY-----\n", KVK_GUISE_OPENSSH_KEY),
		ROW("HTTP/1.1 200 OK\r\n\r\n", KVK_GUISE_HTTP),
		ROW("From: a\nMIME-Version: 1.0\n\n" PEM, KVK_GUISE_MAIL),
		ROW("dn: CN=x\nuserCertificate;binary:: MIIF\n", KVK_GUISE_LDIF),
		ROW("> -----BEGIN CERTIFICATE-----\n> MII\n", KVK_GUISE_QUOTED),
		ROW("  -----BEGIN CERTIFICATE-----\n  MII\n", KVK_GUISE_INDENTED),
		ROW("-----BEGIN CERTIFICATE-----\\nMII\\n", KVK_GUISE_LITERAL_NEWLINE),
		ROW("-----BEGIN X-----MII-----END X-----", KVK_GUISE_ONE_LINE),
		ROW("\xe2\x80\x94-BEGIN X\xe2\x80\x94-\n", KVK_GUISE_DASHES),
		ROW("----BEGIN X----\n", KVK_GUISE_HYPHENS),
		ROW("-----Original message-----\n" PEM, KVK_GUISE_OTHER_DASHES),
		ROW(BODY, KVK_GUISE_BASE64_CERTIFICATE),
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct kvk_span file = { (const uint8_t *)rows[i].octets, rows[i].n };

		assert_int_equal(kvk_guise_of(file), rows[i].guise);
	}
}

static void each_has_its_words(void **state)
{
	(void)state;
	assert_string_equal(kvk_guise_text(KVK_GUISE_NONE), "");
	assert_string_equal(kvk_guise_action(KVK_GUISE_NONE, KVK_GUISE_FOR_ANYTHING), "");
	for (int guise = KVK_GUISE_NONE + 1; guise < KVK_GUISE_COUNT; guise++) {
		assert_true(strlen(kvk_guise_text((enum kvk_guise)guise)) > 0);
		assert_true(strlen(kvk_guise_action(
				    (enum kvk_guise)guise, KVK_GUISE_FOR_ANYTHING)) > 0);
	}
}

/* A key is no certificate, whatever is done to it. */
static void what_helps_is_for_what_is_wanted(void **state)
{
	static const enum kvk_guise keys[] = { KVK_GUISE_OPENSSH_KEY, KVK_GUISE_OPENSSH_PUBLIC,
		KVK_GUISE_PUTTY };
	const char *const certificate = "use the file with the certificate that the TSP sent";

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		assert_string_equal(
			kvk_guise_action(keys[i], KVK_GUISE_FOR_CERTIFICATE), certificate);
		assert_non_null(strstr(kvk_guise_action(keys[i], KVK_GUISE_FOR_REQUEST),
			"BEGIN CERTIFICATE REQUEST"));
		assert_non_null(
			strstr(kvk_guise_action(keys[i], KVK_GUISE_FOR_REVOCATION), "(CRL)"));
		assert_null(strstr(kvk_guise_action(keys[i], KVK_GUISE_FOR_KEY), "TSP"));
	}
	assert_null(strstr(kvk_guise_action(KVK_GUISE_BASE64_CERTIFICATE, KVK_GUISE_FOR_KEY),
		"a line before"));
	assert_string_equal(kvk_guise_action(KVK_GUISE_ZIP, KVK_GUISE_FOR_KEY),
		kvk_guise_action(KVK_GUISE_ZIP, KVK_GUISE_FOR_CERTIFICATE));
}

static void check(const char *octets, size_t n, const char *expected)
{
	const struct kvk_span file = { (const uint8_t *)octets, n };
	const enum kvk_guise guise = kvk_guise_of(file);
	struct kvk_blob out = { 0 };

	assert_true(kvk_guise_is_salvageable(guise));
	assert_int_equal(kvk_salvage(file, guise, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), expected);
	kvk_blob_free(&out);
}

#define CHECK(octets, expected) check(octets, sizeof(octets) - 1, expected)

static void text_is_repaired(void **state)
{
	(void)state;
	CHECK("> > -----BEGIN X-----\n> > MII=\n> > -----END X-----\n",
		"-----BEGIN X-----\nMII=\n-----END X-----\n");
	CHECK("\t -----BEGIN X-----\n \xc2\xa0MII=\n -----END X-----\n",
		"-----BEGIN X-----\nMII=\n-----END X-----\n");
	CHECK("\xe2\x80\x94-BEGIN X\xe2\x80\x94\xe2\x80\x94\nMII=\n\xe2\x80\x93-END X-\n",
		"-----BEGIN X-----\nMII=\n-----END X-----\n");
	CHECK("-----BEGIN X-----\\nMII=\\r\\n-----END X-----\\n",
		"-----BEGIN X-----\nMII=\n\n-----END X-----\n");
	CHECK("-----Original message-----\n-----BEGIN X-----\nMII=\n-----END X-----\n",
		"-----BEGIN X-----\nMII=\n-----END X-----\n");
	CHECK("\xff\xfe>\0-\0-\0B\0", ">--B");
	CHECK("MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"
	      "-----BEGIN X-----\nM=3D=\nII\n-----END X-----\n",
		"MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"
		"-----BEGIN X-----\nM=II\n-----END X-----\n\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_told),
		cmocka_unit_test(each_has_its_words),
		cmocka_unit_test(what_helps_is_for_what_is_wanted),
		cmocka_unit_test(text_is_repaired),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
