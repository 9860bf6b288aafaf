/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/reader.h"

#include <stdlib.h>
#include <string.h>

#include "cases.h"

static enum kvk_err string(struct kvk_der *der)
{
	struct kvk_span out;
	unsigned tag;

	return kvk_der_string(der, &tag, &out);
}

static const struct bad_case bad[] = {
	{ "", string, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "0403616263", string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "0500", string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "1902 6162", string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "2c03 0c0161", string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "8c01 61", string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "0c0361", string, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	/* UTF8String: a lone octet, overlong, surrogate, beyond U+10FFFF, cut short */
	{ "0c0261e9", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "0c02c080", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "0c03eda080", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "0c04f4908080", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "0c02e282", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	/* PrintableString: * @ & _ NUL and Latin-1 */
	{ "13032a2e61", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "1303614062", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "130126", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "13015f", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "130100", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "1301e9", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "12023141", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "12012e", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "160180", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "1a0109", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	{ "1a017f", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	/* BMPString: odd, a surrogate alone or twice the first half; programs write pairs */
	{ "1e0161", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1e03006100", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1e02d83d", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1e02dc1a", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1e04d83dd83d", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1e04d83d0061", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1e04d83ddc1a", string, KVK_DER_BAD_STRING, 0, JAVA_READS },
	/* UniversalString: not a multiple of 4, beyond U+10FFFF, surrogate */
	{ "1c020061", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1c0400110000", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1c040000d800", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
	{ "1c04ffffffff", string, KVK_DER_BAD_STRING, 0, JAVA_REFUSES },
};

static void faults_are_named_and_placed(void **state)
{
	(void)state;
	run_bad_cases(bad, sizeof(bad) / sizeof(bad[0]));
}

static const struct {
	const char *hex;
	const char *text;
} good[] = {
	{ "0c00", "" },
	{ "0c0ee282ac20c3a9 f09f989a 20 6e6c 20", "\u20ac \u00e9\U0001f61a nl " },
	{ "1300", "" },
	{ "134a"
	  "4142434445464748494a4b4c4d4e4f505152535455565758595a"
	  "6162636465666768696a6b6c6d6e6f707172737475767778797a"
	  "30313233343536373839202728292b2c2d2e2f3a3d3f",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789 '()+,-./:=?" },
	{ "120c303132333435363738 392030", "0123456789 0" },
	{ "16057a7e40215f", "z~@!_" },
	{ "1602097f", "\t\x7f" },
	{ "1a03207e21", " ~!" },
	/* Teletex is taken for Latin-1, as all but the oldest programs write it */
	{ "140443616fe9", "Cao\u00e9" },
	{ "1e04006120ac", "a\u20ac" },
	{ "1e00", "" },
	{ "1e02fffd", "\ufffd" },
	{ "1c0800000061 0001f61a", "a\U0001f61a" },
};

static void texts_become_utf8(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct octets in = octets_of(good[i].hex);
		struct kvk_der_log log = { 0 };
		struct kvk_blob text = { 0 };
		struct kvk_der der;
		struct kvk_span content;
		unsigned tag = 0;

		print_message("case %zu: %s\n", i, good[i].hex);
		kvk_der_start(&der, span_of_octets(in), false, &log);
		assert_int_equal(kvk_der_string(&der, &tag, &content), KVK_OK);
		assert_int_equal(tag, in.p[0]);
		assert_true(kvk_der_is_string(tag));
		assert_true(kvk_der_at_end(&der));
		assert_int_equal(kvk_der_string_utf8(tag, content, &text), KVK_OK);
		assert_string_equal(kvk_blob_str(&text), good[i].text);
		kvk_blob_free(&text);
		free(in.p);
	}
}

static void what_was_let_pass_has_a_text(void **state)
{
	static const struct {
		unsigned tag;
		const char *hex;
		const char *text;
	} cases[] = {
		{ KVK_DER_PRINTABLE_STRING, "2a40", "*@" },
		{ KVK_DER_PRINTABLE_STRING, "61e9", "a\u00e9" },
		{ KVK_DER_PRINTABLE_STRING, "61e8", "a\u00e8" },
		{ KVK_DER_IA5_STRING, "ff", "\u00ff" },
		{ KVK_DER_NUMERIC_STRING, "41a0", "A\u00a0" },
		{ KVK_DER_BMP_STRING, "d83dde1a", "\U0001f61a" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i].hex);
		struct kvk_blob text = { 0 };

		assert_int_equal(kvk_blob_append_text(&text, "x"), KVK_OK);
		assert_int_equal(
			kvk_der_string_utf8(cases[i].tag, span_of_octets(in), &text), KVK_OK);
		/* it is appended */
		assert_int_equal(text.p[0], 'x');
		assert_string_equal(kvk_blob_str(&text) + 1, cases[i].text);
		kvk_blob_free(&text);
		free(in.p);
	}
}

static void what_has_no_text_is_refused(void **state)
{
	static const struct {
		unsigned tag;
		const char *hex;
	} cases[] = {
		{ KVK_DER_UTF8_STRING, "61e9" },
		{ KVK_DER_UTF8_STRING, "eda080" },
		{ KVK_DER_BMP_STRING, "61" },
		{ KVK_DER_BMP_STRING, "d83d" },
		{ KVK_DER_BMP_STRING, "d83d00" },
		{ KVK_DER_UNIVERSAL_STRING, "006100" },
		{ KVK_DER_UNIVERSAL_STRING, "00110000" },
		{ KVK_DER_OCTET_STRING, "61" },
		{ KVK_DER_CONTEXT(0), "61" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i].hex);
		struct kvk_blob text = { 0 };

		assert_int_equal(
			kvk_der_string_utf8(cases[i].tag, span_of_octets(in), &text), KVK_ERR_TEXT);
		assert_int_equal(text.n, 0);
		kvk_blob_free(&text);
		free(in.p);
	}
}

static void a_nul_inside_is_kept(void **state)
{
	struct octets in = octets_of("0c05 6100622e63");
	struct kvk_der_log log = { 0 };
	struct kvk_blob text = { 0 };
	struct kvk_der der;
	struct kvk_span content;
	unsigned tag;

	(void)state;
	kvk_der_start(&der, span_of_octets(in), false, &log);
	assert_int_equal(kvk_der_string(&der, &tag, &content), KVK_OK);
	assert_int_equal(content.n, 5);
	assert_int_equal(kvk_der_string_utf8(tag, content, &text), KVK_OK);
	assert_blob_hex(&text, "6100622e63");
	kvk_blob_free(&text);
	free(in.p);
}

static void other_tags_are_no_strings(void **state)
{
	unsigned count = 0;

	(void)state;
	for (unsigned tag = 0; tag < 256; tag++)
		count += kvk_der_is_string(tag) ? 1 : 0;
	assert_int_equal(count, 8);
	assert_false(kvk_der_is_string(KVK_DER_OCTET_STRING));
	assert_false(kvk_der_is_string(KVK_DER_UTC_TIME));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_named_and_placed),
		cmocka_unit_test(texts_become_utf8),
		cmocka_unit_test(what_was_let_pass_has_a_text),
		cmocka_unit_test(what_has_no_text_is_refused),
		cmocka_unit_test(a_nul_inside_is_kept),
		cmocka_unit_test(other_tags_are_no_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
