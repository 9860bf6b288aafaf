/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/oid.h"
#include "tests/support/alloc.h"

#include <stdlib.h>
#include <string.h>

#include "cases.h"

static void the_columns_of_the_list_agree(void **state)
{
	(void)state;
	for (unsigned i = KVK_OID_UNKNOWN + 1; i < KVK_OID_COUNT; i++) {
		enum kvk_oid oid = (enum kvk_oid)i;
		struct kvk_span octets = kvk_oid_octets(oid);
		struct kvk_blob encoded = { 0 };
		char text[KVK_LIMIT_OID_TEXT];

		print_message("%s\n", kvk_oid_dotted(oid));
		assert_int_equal(kvk_oid_encode(kvk_oid_dotted(oid), &encoded), KVK_OK);
		assert_true(kvk_span_equal(kvk_span_of_blob(&encoded), octets));
		assert_string_equal(kvk_oid_text(octets, text), kvk_oid_dotted(oid));
		assert_true(strlen(kvk_oid_name(oid)) > 0);
		assert_string_equal(kvk_oid_label(octets, text), kvk_oid_name(oid));
		kvk_blob_free(&encoded);
	}
}

static void each_of_the_list_is_found_and_is_unique(void **state)
{
	(void)state;
	for (unsigned i = KVK_OID_UNKNOWN + 1; i < KVK_OID_COUNT; i++) {
		struct kvk_span octets = kvk_oid_octets((enum kvk_oid)i);

		assert_int_equal(kvk_oid_find(octets), i);
		for (unsigned j = 0; j < KVK_OID_COUNT; j++)
			assert_int_equal(kvk_oid_is(octets, (enum kvk_oid)j), i == j);
		for (unsigned j = KVK_OID_UNKNOWN + 1; j < i; j++)
			assert_string_not_equal(
				kvk_oid_name((enum kvk_oid)i), kvk_oid_name((enum kvk_oid)j));
	}
}

static void others_are_not_found(void **state)
{
	/* cut, longer, changed, and one that shares its end with commonName */
	static const char *const others[] = {
		"",
		"55",
		"5504",
		"55040300",
		"550463",
		"560403",
		"2a0403",
		"ff",
		"2b06010401",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct octets in = octets_of(others[i]);

		assert_int_equal(kvk_oid_find(span_of_octets(in)), KVK_OID_UNKNOWN);
		assert_false(kvk_oid_is(span_of_octets(in), KVK_OID_CN));
		free(in.p);
	}
	assert_int_equal(kvk_oid_find((struct kvk_span){ 0 }), KVK_OID_UNKNOWN);
	assert_false(kvk_oid_is((struct kvk_span){ 0 }, KVK_OID_UNKNOWN));
}

static void unknown_has_neither_octets_nor_text(void **state)
{
	const enum kvk_oid none[] = { KVK_OID_UNKNOWN, KVK_OID_COUNT, (enum kvk_oid)5000 };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_int_equal(kvk_oid_octets(none[i]).n, 0);
		assert_string_equal(kvk_oid_dotted(none[i]), "");
		assert_string_equal(kvk_oid_name(none[i]), "");
	}
}

static const struct {
	const char *dotted;
	const char *hex;
} good[] = {
	{ "0.0", "00" },
	{ "0.39", "27" },
	{ "1.0", "28" },
	{ "1.39", "4f" },
	{ "2.0", "50" },
	{ "2.39", "77" },
	{ "2.47", "7f" },
	{ "2.48", "8100" },
	{ "2.999.3", "883703" },
	{ "1.2.840.113549", "2a864886f70d" },
	{ "1.3.6.1.4.1.11129.2.4.9", "2b06010401d679020409" },
	{ "1.2.0.127.128.16383.16384", "2a007f8100ff7f818000" },
	{ "1.2.18446744073709551615", "2a81ffffffffffffffff7f" },
	{ "2.18446744073709551535", "81ffffffffffffffff7f" },
};

static void encodes_and_shows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct kvk_blob out = { 0 };
		char text[KVK_LIMIT_OID_TEXT];

		print_message("%s\n", good[i].dotted);
		assert_int_equal(kvk_blob_append_text(&out, "what was there"), KVK_OK);
		assert_int_equal(kvk_oid_encode(good[i].dotted, &out), KVK_OK);
		assert_blob_hex(&out, good[i].hex);
		assert_string_equal(kvk_oid_text(kvk_span_of_blob(&out), text), good[i].dotted);
		assert_string_equal(kvk_oid_label(kvk_span_of_blob(&out), text), good[i].dotted);
		kvk_blob_free(&out);
	}
}

/* 63 arcs after the first two, each of one octet: as many octets as there may be, and one more. */
#define TEN ".1.1.1.1.1.1.1.1.1.1"
#define SIXTY_FOUR_OCTETS "1.2" TEN TEN TEN TEN TEN TEN ".1.1.1"

static void refuses_what_is_no_identifier(void **state)
{
	static const struct {
		const char *dotted;
		enum kvk_err err;
	} cases[] = {
		{ "", KVK_ERR_ARGUMENT },
		{ "1", KVK_ERR_ARGUMENT },
		{ "1.", KVK_ERR_ARGUMENT },
		{ ".1.2", KVK_ERR_ARGUMENT },
		{ "1..2", KVK_ERR_ARGUMENT },
		{ "1.2.", KVK_ERR_ARGUMENT },
		{ "1.2.3 ", KVK_ERR_ARGUMENT },
		{ " 1.2.3", KVK_ERR_ARGUMENT },
		{ "1.2.-3", KVK_ERR_ARGUMENT },
		{ "1.2.+3", KVK_ERR_ARGUMENT },
		{ "1.2.03", KVK_ERR_ARGUMENT },
		{ "01.2", KVK_ERR_ARGUMENT },
		{ "1.2.x", KVK_ERR_ARGUMENT },
		{ "1,2,3", KVK_ERR_ARGUMENT },
		{ "3.1", KVK_ERR_ARGUMENT },
		{ "0.40", KVK_ERR_ARGUMENT },
		{ "1.40", KVK_ERR_ARGUMENT },
		{ "1.2.0x10", KVK_ERR_ARGUMENT },
		{ "1.2.18446744073709551616", KVK_ERR_LIMIT },
		{ "1.2.99999999999999999999999999", KVK_ERR_LIMIT },
		{ "2.18446744073709551536", KVK_ERR_LIMIT },
		{ SIXTY_FOUR_OCTETS ".1", KVK_ERR_LIMIT },
		{ NULL, KVK_ERR_ARGUMENT },
	};
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("case %zu\n", i);
		assert_int_equal(kvk_oid_encode(cases[i].dotted, &out), cases[i].err);
		assert_int_equal(out.n, 0);
	}
	assert_int_equal(kvk_oid_encode(SIXTY_FOUR_OCTETS, &out), KVK_OK);
	assert_int_equal(out.n, KVK_LIMIT_OID);
	kvk_blob_free(&out);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_oid_encode("1.2.3", &out), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	kvk_blob_free(&out);
}

static void shows_what_cannot_be_shown_as_question_marks(void **state)
{
	static const char *const cases[][2] = {
		/* 2^64 as the third arc, as the second, and far more */
		{ "2a8280808080808080808000", "1.2.?" },
		{ "828080808080808080800003", "2.?.3" },
		{ "2affffffffffffffffffffffff7f05", "1.2.?.5" },
		/* what the reader refuses */
		{ "", "?" },
		{ "80", "?" },
		{ "2a80", "?" },
		{ "2a81", "?" },
		{ "2a8001", "?" },
	};
	char text[KVK_LIMIT_OID_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i][0]);

		assert_string_equal(kvk_oid_text(span_of_octets(in), text), cases[i][1]);
		free(in.p);
	}
}

static void the_longest_text_fits(void **state)
{
	uint8_t octets[KVK_LIMIT_OID + 1];
	char text[KVK_LIMIT_OID_TEXT];

	(void)state;
	memset(octets, 0x7f, sizeof(octets));
	kvk_oid_text((struct kvk_span){ octets, KVK_LIMIT_OID }, text);
	assert_int_equal(strlen(text), 4 * KVK_LIMIT_OID);
	assert_string_equal(text + strlen(text) - 8, ".127.127");
	assert_int_equal(strncmp(text, "2.47.127.", 9), 0);
	/* longer ones are refused by the reader */
	assert_string_equal(kvk_oid_text((struct kvk_span){ octets, sizeof(octets) }, text), "?");
}

static void below_an_arc(void **state)
{
	struct octets higher = octets_of("2a86");
	struct octets lower = octets_of("2a8648");
	struct kvk_blob arc = { 0 };
	struct kvk_blob oid = { 0 };

	(void)state;
	assert_int_equal(kvk_oid_encode("2.16.528.1.1003.1", &arc), KVK_OK);
	assert_int_equal(kvk_oid_encode("2.16.528.1.1003.1.2.8.6", &oid), KVK_OK);
	assert_true(kvk_oid_below(kvk_span_of_blob(&oid), kvk_span_of_blob(&arc)));
	assert_true(kvk_oid_below(kvk_span_of_blob(&arc), kvk_span_of_blob(&arc)));
	assert_false(kvk_oid_below(kvk_span_of_blob(&arc), kvk_span_of_blob(&oid)));
	assert_int_equal(kvk_oid_encode("2.16.528.1.1003.2", &oid), KVK_OK);
	assert_false(kvk_oid_below(kvk_span_of_blob(&oid), kvk_span_of_blob(&arc)));
	/* an arc that only begins with the same digits */
	assert_int_equal(kvk_oid_encode("2.16.528.1.1003.128", &oid), KVK_OK);
	assert_false(kvk_oid_below(kvk_span_of_blob(&oid), kvk_span_of_blob(&arc)));
	assert_false(kvk_oid_below(kvk_span_of_blob(&oid), (struct kvk_span){ 0 }));
	assert_true(kvk_oid_below(span_of_octets(lower), span_of_octets(higher)));
	assert_false(kvk_oid_below(span_of_octets(higher), span_of_octets(lower)));
	kvk_blob_free(&arc);
	kvk_blob_free(&oid);
	free(higher.p);
	free(lower.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_columns_of_the_list_agree),
		cmocka_unit_test(each_of_the_list_is_found_and_is_unique),
		cmocka_unit_test(others_are_not_found),
		cmocka_unit_test(unknown_has_neither_octets_nor_text),
		cmocka_unit_test(encodes_and_shows),
		cmocka_unit_test(refuses_what_is_no_identifier),
		cmocka_unit_test(shows_what_cannot_be_shown_as_question_marks),
		cmocka_unit_test(the_longest_text_fits),
		cmocka_unit_test(below_an_arc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
