/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/show.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "tests/cert/cases.h"
#include "tests/cert/made.h"
#include "tests/support/alloc.h"

#define CSR \
	MADE_SIGNED("020100" MADE_NAME("a") MADE_KEY \
		"a0(30(06(2a864886f70d01090e)31(30(" MADE_EXTENSION( \
			MADE_EKU, "", "30(06(2b06010505070302))") "))))", \
		MADE_SHA256_RSA)

static struct kvk_contents contents;
static struct kvk_show show;

static void look(const char *der_text)
{
	struct made der = made_of(der_text);
	struct kvk_blob file = { 0 };

	assert_int_equal(kvk_blob_append(&file, made_span(&der)), KVK_OK);
	assert_int_equal(kvk_contents_read(&file, &contents), KVK_OK);
	made_free(&der);
	show = (struct kvk_show){ .file = "file\n", .contents = &contents };
	assert_int_equal(kvk_time_parse("2026-11-22T12:00:00Z", &show.at), KVK_OK);
}

static void assert_safe(const struct kvk_blob *text)
{
	assert_true(kvk_utf8_valid(kvk_span_of_blob(text)));
	for (size_t i = 0; i < text->n; i++)
		assert_true(text->p[i] == '\n' || (text->p[i] >= 0x20 && text->p[i] != 0x7f));
}

static void assert_shows(const char *der, const char *part)
{
	struct kvk_blob text = { 0 };

	look(der);
	assert_int_equal(kvk_show_text(&show, &text), KVK_OK);
	assert_safe(&text);
	if (strstr(kvk_blob_str(&text), part) == NULL)
		fail_msg("no '%s' in:\n%s", part, kvk_blob_str(&text));
	kvk_blob_free(&text);
	kvk_contents_free(&contents);
}

/* Whatever a file holds, the text cannot steer a terminal and the JSON is JSON. */
static void every_case_can_be_shown(void **state)
{
	const struct cert_case *const lists[] = { certificate_cases, crl_cases };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (const struct cert_case *c = lists[i]; c->name != NULL; c++) {
			struct kvk_blob text = { 0 };

			look(c->der);
			assert_int_equal(kvk_show_text(&show, &text), KVK_OK);
			assert_safe(&text);
			kvk_blob_clear(&text);
			assert_int_equal(kvk_show_json(&show, &text), KVK_OK);
			assert_safe(&text);
			assert_int_equal(text.p[0], '{');
			kvk_blob_free(&text);
			kvk_contents_free(&contents);
		}
}

static void extensions_are_in_words(void **state)
{
	(void)state;
	assert_shows(MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff)"), "any number of CAs");
	assert_shows(MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff020100)"),
		"[critical] a CA, with no CA below it");
	assert_shows(MADE_WITH_ONE(MADE_KU, "", "030106"), "\n    keyUsage  030106\n");
	assert_shows(MADE_WITH_ONE(MADE_KU, "", "030100"), "none");
	assert_shows(
		MADE_WITH_ONE(MADE_PM, "", "30(30(06(2a03)06(2a04)))"), "1.2.3 counts as 1.2.4");
	assert_shows(MADE_WITH_ONE(MADE_PC, MADE_CRITICAL, "30(800100810102)"),
		"    policyConstraints  [critical] a policy is required after 0 certificates\n"
		"                       policies are not mapped after 2 certificates\n");
	assert_shows(MADE_WITH_ONE(MADE_PC, MADE_CRITICAL, "30(800101)"),
		"a policy is required after 1 certificate\n");
	assert_shows(MADE_WITH_ONE(MADE_ANY, "", "020104"), "anyPolicy is ignored after 4");
	assert_shows(MADE_WITH_ONE(MADE_SAN, "",
			     "30(82('a' 00 0a '.nl')87(00000000000000000000000000000001))"),
		"    subjectAltName  DNS a\\x00\\x0a.nl\n                    IP ::1\n");
	assert_shows(MADE_WITH_ONE(MADE_CP, "", "30(30(06(2a03)))"), "1.2.3");
	assert_shows(MADE_WITH_ONE("2a0304", "", "0102"), "1.2.3.4");
	assert_shows(MADE_WITH_ONE(MADE_AKI, "", "30(a1(82('x'))82(0506))"),
		"    authorityKeyIdentifier  serial number of the issuer's certificate: 0506\n"
		"                            issuer of the issuer's certificate: DNS x\n");
	assert_shows(MADE_WITH_ONE("2b06010505070103", "",
			     "30(30(06(2b06010505070b02)30(06(04008bec490102))))"),
		"the subject is a legal person");
}

/* Extensions that nobody decodes on the road to the portal. */
static void others_are_in_words(void **state)
{
	(void)state;
	assert_shows(MADE_WITH_ONE(MADE_IAN, "", "30(86('http://a.nl'))"),
		"issuerAltName  URI http://a.nl\n");
	assert_shows(MADE_WITH_ONE("2b0601050507010b", "",
			     "30(30(06(2b06010505073005)86('http://a.nl')))"),
		"certificates of this CA URI http://a.nl\n");
	assert_shows(MADE_WITH_ONE("2b06010505070118", "", "30(020105 020111)"),
		"    tlsFeature  the server must include an OCSP response (status_request), the\n"
		"                server must support TLS extension 17\n");
	assert_shows(MADE_WITH_ONE("6086480186f8420101", "", "03020780"),
		" client\n                      this extension is obsolete\n");
	assert_shows(MADE_WITH_ONE("2b06010401d679020403", MADE_CRITICAL, "0500"),
		"[critical] a precertificate");
	assert_shows(MADE_WITH_ONE("67810c0301", "", "30(13('NTR')13('NL')0c('68750110'))"),
		"NTRNL-68750110\n");
	assert_shows(MADE_WITH_ONE("67810c0301", "", "30(13('NTR')13('DE')80('BY')0c('1'))"),
		"NTRDE+BY-1\n");
	/* a log of 32 octets, 2026-11-22T12:00:00Z in milliseconds */
	assert_shows(MADE_WITH_ONE("2b06010401d679020402", "",
			     "04(002b0029 00"
			     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
			     "000001a20320a200)"),
		"entered on 2026-11-22T12:00:00Z in the public\n"
		"                                 log\n"
		"                                 "
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
	/* lists that say they are longer than they are, and shorter: in hex, nothing else */
	assert_shows(MADE_WITH_ONE("2b06010401d679020402", "", "04(0004ffff)"), " 04040004ffff\n");
	assert_shows(
		MADE_WITH_ONE("2b06010401d679020402", "", "04(0003ffff00)"), " 04050003ffff00\n");
	assert_shows(MADE_WITH_ONE("2b06010505070118", "", "30(020105 0500)"),
		"tlsFeature  30050201050500\n");
	assert_shows(MADE_WITH_ONE("2b06010505070103", "",
			     "30(30(06(04008e460101))30(06(04008e460106)30(06(04008e46010603))))"),
		"    qcStatements  qualified under EU law (QcCompliance)\n"
		"                  type (QcType): websites\n");
}

static void names_are_in_words(void **state)
{
	(void)state;
	assert_shows(
		MADE_WITH_ONE(MADE_SAN, "", "30(a0(06(2b060104018237140203)a0(0c('anna@a.nl'))))"),
		"otherName userPrincipalName 'anna@a.nl'\n");
	/* its text is from outside as well */
	assert_shows(MADE_WITH_ONE(MADE_SAN, "", "30(a0(06(2a03)a0(0c('a' 1b0a))))"),
		"otherName 1.2.3 'a\\x1b\\x0a'\n");
	assert_shows(
		MADE_WITH_ONE(MADE_SAN, "", "30(a0(06(2a03)a0(0500)))"), "otherName 1.2.3 0500\n");
	assert_shows(
		MADE_WITH_ONE(MADE_SAN, "", "30(a0(06(2a03)a0(0c(ff))))"), "otherName 1.2.3 ff\n");
	assert_shows(MADE_WITH_ONE(MADE_AKI, "", "30(a1(a4(" MADE_NAME("Above") "))82(05))"),
		" certificate: 05\n                            issuer of the issuer's certificate: "
		"directoryName\n                            CN=Above\n");
}

static void policies_have_their_qualifiers(void **state)
{
	static const char cps[] = "30(06(2b06010505070201)16('https://a.nl/'))";
	char der[512];

	(void)state;
	snprintf(der, sizeof der, MADE_WITH_ONE(MADE_CP, "", "30(30(06(2a03)30(%s)))"), cps);
	assert_shows(der,
		"    certificatePolicies  1.2.3\n"
		"                         - practice statement (CPS): https://a.nl/\n");
	assert_shows(MADE_WITH_ONE(MADE_CP, "",
			     "30(30(06(2a03)30(30(06(2b06010505070202)"
			     "30(30(0c('Board')30(020101 020102))0c('words' 0a))))))"),
		"- refers to notices of: 'Board', 1, 2\n"
		"                         - notice: 'words\\x0a'\n");
	assert_shows(MADE_WITH_ONE(MADE_CP, "", "30(30(06(2a03)30(30(06(2b06010505070202)0500))))"),
		"- userNotice 0500\n");
	assert_shows(MADE_WITH_ONE(MADE_CP, "", "30(30(06(2a03)30(30(06(2a04)0102))))"),
		"- 1.2.4 0102\n");
	assert_shows(MADE_WITH_ONE(MADE_CP, "", "30(30(06(551d2000))30(06(2a03)))"),
		"2.5.29.32.0 (any policy)\n                         1.2.3\n");
}

static void points_tell_everything(void **state)
{
	(void)state;
	assert_shows(MADE_WITH_ONE(MADE_CDP, "", "30(30(a0(a0(86('http://a.nl/a.crl')))))"),
		"cRLDistributionPoints  http://a.nl/a.crl\n");
	assert_shows(MADE_WITH_ONE(MADE_CDP, "",
			     "30(30(a0(a0(86('http://a.nl/a.crl')86('ldap://b.nl/b')))))"),
		"URI http://a.nl/a.crl, URI ldap://b.nl/b\n");
	assert_shows(MADE_WITH_ONE(MADE_CDP, "",
			     "30(30(a0(a0(86('http://a.nl/a')))81(0560)"
			     "a2(a4(" MADE_NAME("I") "))))"),
		"    cRLDistributionPoints  http://a.nl/a\n"
		"                           issuer of the list: directoryName CN=I\n"
		"                           only for these reasons: keyCompromise, cACompromise\n");
	assert_shows(MADE_WITH_ONE(MADE_CDP, "", "30(30(a2(a4(" MADE_NAME("I") "))))"),
		"no address\n                           issuer of the list: directoryName CN=I\n");
}

#define CRL(list) \
	MADE_SIGNED("020101" MADE_SHA256_RSA MADE_NAME("I") "17('261122000000Z')" \
							    "17('261123000000Z')a0(30(" list "))", \
		MADE_SHA256_RSA)

static void revoked_ones_have_a_reason(void **state)
{
	(void)state;
	assert_shows(MADE_SIGNED("020101" MADE_SHA256_RSA MADE_NAME(
					 "I") "17('261122000000Z')"
					      "30(30(020105 17('261121000000Z') "
					      "30(30(06(551d15)04(0a0101))))"
					      "30(020106 17('261121000000Z')))",
			     MADE_SHA256_RSA),
		"  revoked           2 certificates\n"
		"                    05, 2026-11-21T00:00:00Z, keyCompromise (someone else may\n"
		"                    have its key)\n"
		"                    06, 2026-11-21T00:00:00Z\n");
}

static void lists_have_extensions(void **state)
{
	(void)state;
	assert_shows(CRL(MADE_EXTENSION("551d14", "", "02020102")), "\n  number            258\n");
	assert_shows(CRL(MADE_EXTENSION("551d14", "", "0209ffffffffffffffffff")),
		"number            ff");
	assert_shows(CRL(MADE_EXTENSION("551d23", "", "30(80(a1a2))")),
		"authorityKeyIdentifier  a1a2\n");
	assert_shows(CRL(MADE_EXTENSION(
			     "551d1c", MADE_CRITICAL, "30(a0(a0(86('http://a.nl/a.crl')))8201ff)")),
		"issuingDistributionPoint  [critical] http://a.nl/a.crl\n");
	assert_shows(CRL(MADE_EXTENSION("551d1c", MADE_CRITICAL, "30(8201ff)")), "see 'scope'\n");
	assert_shows(CRL(MADE_EXTENSION("551d1b", MADE_CRITICAL, "020105")),
		"changes since list number: 5\n");
	assert_shows(CRL(MADE_EXTENSION("551d2e", "", "30(30(a0(a0(86('http://a.nl/d')))))")),
		"freshestCRL  URI http://a.nl/d\n");
	assert_shows(CRL(MADE_EXTENSION("551d2e", "", "30(30(a2(a4(" MADE_NAME("I") "))))")),
		"freshestCRL  3014");
	assert_shows(
		CRL(MADE_EXTENSION("2a0304", MADE_CRITICAL, "0102")), "1.2.3.4  [critical] 0102\n");
}

static void uses_are_in_words(void **state)
{
	(void)state;
	assert_shows(MADE_WITH_ONE(MADE_EKU, "", "30(06(2b06010505070302))"),
		"purpose         client authentication (clientAuth), which KVK requires\n");
	assert_shows(
		MADE_WITH_ONE(MADE_EKU, "", "30(06(2b06010505070301))"), "serverAuth) only: it");
	assert_shows(MADE_WITH_ONE(MADE_EKU, "", "30(06(2b06010505070303))"),
		"neither client authentication nor");
	assert_shows(MADE_CERTIFICATE(MADE_V3, ""), "not restricted: there is no extKeyUsage");
	assert_shows(MADE_CERTIFICATE("", ""), "1 (KVK requires version 3)");
}

static void deviations_and_faults_are_said(void **state)
{
	(void)state;
	assert_shows(
		MADE_WITH_ONE(MADE_BC, "010100", "30()"), "a default value is encoded explicitly");
	assert_shows("30(30(a0(020102)0500)3080)", "cannot be read");
	assert_shows(CSR, "the algorithm is not supported");
	assert_shows(CSR, "extKeyUsage");
	assert_shows(CSR, "client authentication (clientAuth), which KVK requires");
	assert_shows("", "format      empty, 0 bytes\n");
	/* the name of the file is not the program's own either */
	assert_shows("", "file\\x0a\n  format");
}

static void long_values_are_cut_and_say_so(void **state)
{
	struct made der;
	char hex[2 * 300 + 1];
	struct kvk_blob text = { 0 }, file = { 0 };

	(void)state;
	memset(hex, 'a', sizeof(hex) - 1);
	hex[sizeof(hex) - 1] = '\0';
	der = made_format(MADE_CERTIFICATE(MADE_V3, "a3(30(30(06(2a0304)04(%s))))"), hex);
	assert_int_equal(kvk_blob_append(&file, made_span(&der)), KVK_OK);
	assert_int_equal(kvk_contents_read(&file, &contents), KVK_OK);
	show = (struct kvk_show){ .file = "x", .contents = &contents };
	assert_int_equal(kvk_show_text(&show, &text), KVK_OK);
	assert_non_null(strstr(kvk_blob_str(&text),
		"\n             aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa... (300 bytes in all)\n"));
	kvk_blob_free(&text);
	kvk_contents_free(&contents);
	made_free(&der);
}

/* With the n-th request for memory refused, for each n until all goes well. */
static void out_of_memory_is_an_error(void **state)
{
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	(void)state;
	look(MADE_WITH_ONE(MADE_SAN, "", "30(82('a.nl'))") CSR);
	for (n = 0; n < 1000 && err != KVK_OK; n++) {
		struct kvk_blob text = { 0 };

		kvk_alloc_fail_after(n);
		err = kvk_show_text(&show, &text);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		kvk_blob_free(&text);
	}
	assert_true(n > 5 && n < 1000);
	kvk_contents_free(&contents);
}

static void nothing_to_show_is_known(void **state)
{
	static const struct {
		const char *der;
		bool anything;
	} cases[] = {
		{ "", false },
		{ "30(0500)", false },
		{ "30(30(a0(020102)0500))", false },
		{ "30(020103 30(06(2a864886f70d010701)a0(04())))", false },
		{ CSR, true },
		{ MADE_CERTIFICATE("", ""), true },
		{ "30(020100 30(06(2b6570)) 04(0402 0102))", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		look(cases[i].der);
		assert_int_equal(kvk_show_has_anything(&contents), cases[i].anything);
		kvk_contents_free(&contents);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_can_be_shown),
		cmocka_unit_test(extensions_are_in_words),
		cmocka_unit_test(others_are_in_words),
		cmocka_unit_test(names_are_in_words),
		cmocka_unit_test(policies_have_their_qualifiers),
		cmocka_unit_test(points_tell_everything),
		cmocka_unit_test(revoked_ones_have_a_reason),
		cmocka_unit_test(lists_have_extensions),
		cmocka_unit_test(uses_are_in_words),
		cmocka_unit_test(deviations_and_faults_are_said),
		cmocka_unit_test(long_values_are_cut_and_say_so),
		cmocka_unit_test(out_of_memory_is_an_error),
		cmocka_unit_test(nothing_to_show_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
