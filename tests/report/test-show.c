/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/show.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/text.h"
#include "tests/cert/cases.h"
#include "tests/cert/made.h"

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
	assert_shows(MADE_WITH_ONE(MADE_KU, "", "030106"), "keyUsage                030106");
	assert_shows(MADE_WITH_ONE(MADE_KU, "", "030100"), "none");
	assert_shows(
		MADE_WITH_ONE(MADE_PM, "", "30(30(06(2a03)06(2a04)))"), "1.2.3 counts as 1.2.4");
	assert_shows(MADE_WITH_ONE(MADE_PC, MADE_CRITICAL, "30(800100810102)"),
		"a policy is needed after 0 certificates, no policy is\n");
	assert_shows(MADE_WITH_ONE(MADE_ANY, "", "020104"), "anyPolicy does not count after 4");
	assert_shows(MADE_WITH_ONE(MADE_SAN, "",
			     "30(82('a' 00 0a '.nl')87(00000000000000000000000000000001))"),
		"DNS a\\x00\\x0a.nl, IP ::1");
	assert_shows(MADE_WITH_ONE(MADE_CP, "", "30(30(06(2a03)))"), "1.2.3");
	assert_shows(MADE_WITH_ONE("2a0304", "", "0102"), "1.2.3.4");
	assert_shows(MADE_WITH_ONE(MADE_AKI, "", "30(a1(82('x'))82(0506))"), "serial number 0506");
	assert_shows(MADE_WITH_ONE("2b06010505070103", "",
			     "30(30(06(2b06010505070b02)30(06(04008bec490102))))"),
		"the subject is a legal person");
}

static void uses_are_in_words(void **state)
{
	(void)state;
	assert_shows(MADE_WITH_ONE(MADE_EKU, "", "30(06(2b06010505070302))"),
		"logging on to services (client), as KVK asks");
	assert_shows(
		MADE_WITH_ONE(MADE_EKU, "", "30(06(2b06010505070301))"), "it cannot log on to KVK");
	assert_shows(MADE_WITH_ONE(MADE_EKU, "", "30(06(2b06010505070303))"), "other uses than");
	assert_shows(MADE_CERTIFICATE(MADE_V3, ""), "any use");
	assert_shows(MADE_CERTIFICATE("", ""), "1 (KVK asks for version 3)");
}

static void deviations_and_faults_are_said(void **state)
{
	(void)state;
	assert_shows(MADE_WITH_ONE(MADE_BC, "010100", "30()"), "a default value is written out");
	assert_shows("30(30(a0(020102)0500)3080)", "cannot be read");
	assert_shows(CSR, "the algorithm is not supported");
	assert_shows(CSR, "extKeyUsage");
	assert_shows("", "empty");
	/* the name of the file is not the program's own either */
	assert_shows("", "file\\x0a: empty");
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
	assert_non_null(strstr(kvk_blob_str(&text), "aaaa...\n"));
	assert_non_null(strstr(kvk_blob_str(&text), "(300 bytes in all)"));
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
		cmocka_unit_test(uses_are_in_words),
		cmocka_unit_test(deviations_and_faults_are_said),
		cmocka_unit_test(long_values_are_cut_and_say_so),
		cmocka_unit_test(out_of_memory_is_an_error),
		cmocka_unit_test(nothing_to_show_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
