/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that say one thing and mean another (H02 to H04): bytes after a NUL, string types that
 * hide what they hold, letters that look like others, marks that turn text round. Each is evaluated
 * whole; what people and programs get to see holds none of it as it stands.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "report/verdict.h"
#include "tests/hostile/measure.h"

static struct measure w;

static int tear_down(void **state)
{
	(void)state;
	measure_free(&w);
	return 0;
}

static bool is_warned(const char *id)
{
	for (size_t i = 0; i < w.verdict.warning_count; i++)
		if (strcmp(w.verdict.warnings[i].id, id) == 0)
			return true;
	return false;
}

static bool is_message(unsigned number)
{
	for (size_t i = 0; i < w.verdict.message_count; i++)
		if (w.verdict.messages[i] == number)
			return true;
	return false;
}

/* Text and JSON of the verdict: printable ASCII, but for letters that harm nobody. */
static void check_shown(const char *wanted)
{
	const struct kvk_verdict_style style = { .file = "a.pem", .all = true };
	struct kvk_blob out = { 0 };
	json_t *document;

	assert_int_equal(kvk_verdict_text(&w.facts, &w.verdict, &style, &out), KVK_OK);
	for (size_t i = 0; i < out.n; i++)
		assert_true(out.p[i] >= 0x20 || out.p[i] == '\n');
	assert_null(strstr(kvk_blob_str(&out), "\nFORGED"));
	if (wanted != NULL && strstr(kvk_blob_str(&out), wanted) == NULL)
		fail_msg("'%s' is not in: %s", wanted, kvk_blob_str(&out));
	kvk_blob_clear(&out);
	assert_int_equal(kvk_verdict_json(&w.facts, &w.verdict, &style, false, &out), KVK_OK);
	for (size_t i = 0; i + 1 < out.n; i++)
		assert_true(out.p[i] >= 0x20 && out.p[i] < 0x7f);
	/* whoever reads it in C must not lose what follows a NUL */
	assert_null(strstr(kvk_blob_str(&out), "\\u0000"));
	document = json_loadb((const char *)out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(document);
	json_decref(document);
	kvk_blob_free(&out);
}

/* Evaluates a leaf that has one attribute as given besides a good CN and SAN. */
static void evaluate_attribute(const char *oid, unsigned tag, struct kvk_span value)
{
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;

	measure_free(&w);
	measure_ca(&issue, "Root");
	measure_sign(&issue, "Root", &w.anchor);
	measure_leaf(&issue, "api.example.nl");
	kvk_issue_name_raw(&issue, oid, tag, value);
	measure_sign(&issue, "Root", &der);
	measure_add(&w, &der);
	measure_evaluate(&w);
	assert_non_null(w.facts.leaf);
}

#define BYTES(text) ((struct kvk_span){ (const uint8_t *)(text), sizeof(text) - 1 })

static void harmful_characters(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "x\nFORGED", "x\\x0aFORGED" },
		{ "x\r\x1b[2J", "x\\x0d\\x1b[2J" },
		{ "\x07\x08\x7f", "\\x07\\x08\\x7f" },
		{ "a\xc2\x9b"
		  "31m",
			"a\\u{009b}31m" },
		{ "a\xc2\x85z", "a\\u{0085}z" },
		{ "a\xe2\x80\xa8z", "a\\u{2028}z" },
		{ "a\xe2\x80\xaez", "a\\u{202e}z" },
		{ "a\xe2\x81\xa6z", "a\\u{2066}z" },
		{ "a\xd8\x9cz", "a\\u{061c}z" },
		{ "a\xe2\x80\x8bz", "a\\u{200b}z" },
		{ "a\xe2\x80\x8dz", "a\\u{200d}z" },
		{ "a\xef\xbb\xbfz", "a\\u{feff}z" },
		{ "a\xc2\xadz", "a\\u{00ad}z" },
		{ "a\xf3\xa0\x81\x81z", "a\\u{e0041}z" },
		{ "a\xe3\x85\xa4z", "a\\u{3164}z" },
		{ "a\xee\x80\x80z", "a\\u{e000}z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		evaluate_attribute("2.5.4.10", KVK_DER_UTF8_STRING, kvk_span_of(cases[i].text));
		check_shown(cases[i].shown);
		assert_true(is_warned("risky-name"));
	}
}

/* Letters that look like plain ones stay readable, and are warned about. */
static void letters_that_look_like_others(void **state)
{
	static const char *const texts[] = { "K\xd0\xb0mer", "\xd0\x9a\xd0\xa0\xd0\x9d",
		"\xce\x9fmega", "\xef\xbc\xab\xef\xbc\xb6\xef\xbc\xab", "\xf0\x9d\x90\x8avk",
		"K\xe1\x8f\x99k", "\xe2\x93\x9avk", "V\xc9\xa1z", "\xea\x93\x9avk",
		"\xe2\x84\xaavk" };
	static const char *const good[] = { "Kamer", "Caf\xc3\xa9 \xc3\x84", "\xc5\x81ukasz",
		"V & Z (2)" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		evaluate_attribute("2.5.4.10", KVK_DER_UTF8_STRING, kvk_span_of(texts[i]));
		assert_true(is_warned("risky-name"));
		check_shown(NULL);
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		evaluate_attribute("2.5.4.10", KVK_DER_UTF8_STRING, kvk_span_of(good[i]));
		assert_false(is_warned("risky-name"));
		check_shown(good[i]);
	}
}

static void bytes_behind_a_nul(void **state)
{
	(void)state;
	evaluate_attribute("2.5.4.10", KVK_DER_UTF8_STRING, BYTES("Kamer\0evil"));
	check_shown("Kamer\\x00evil");
	assert_true(is_warned("risky-name"));
	/* a number followed by something is not a number */
	evaluate_attribute("2.5.4.5", KVK_DER_PRINTABLE_STRING, BYTES("00000003687501100000\0"));
	check_shown(NULL);
	assert_true(is_message(4) || is_message(29) || is_message(31));
	evaluate_attribute("2.5.4.5", KVK_DER_PRINTABLE_STRING,
		BYTES("68750110\0"
		      "1"));
	check_shown(NULL);
	assert_true(is_message(4) || is_message(29) || is_message(31));
}

/* A dNSName with a NUL is no domain name, and is not taken for the part before it. */
static void a_nul_in_a_domain_name(void **state)
{
	static const uint8_t name[] = "\x82\x14"
				      "api.example.nl\0.evil";
	struct kvk_blob der = { 0 };
	struct kvk_issue issue;

	(void)state;
	measure_ca(&issue, "Root");
	measure_sign(&issue, "Root", &w.anchor);
	measure_leaf(&issue, "api.example.nl");
	kvk_issue_san(&issue, (struct kvk_span){ name, sizeof(name) - 1 });
	measure_sign(&issue, "Root", &der);
	measure_add(&w, &der);
	measure_evaluate(&w);
	check_shown(NULL);
	/* the certificate is not read at all, as Java does, or CN is not in subjectAltName */
	assert_true(is_message(3) || is_message(11));
}

/* String types with contents that they cannot have: shown as hex or escaped, never dropped. */
static void odd_string_types(void **state)
{
	static const struct {
		unsigned tag;
		const char *text;
		size_t n;
	} cases[] = {
		{ KVK_DER_UTF8_STRING, "a\xff\xfe", 3 },
		{ KVK_DER_UTF8_STRING, "\xc0\x8a\x46", 3 },
		{ KVK_DER_UTF8_STRING, "\xed\xa0\x80", 3 },
		{ KVK_DER_BMP_STRING, "\0a\0", 3 },
		{ KVK_DER_BMP_STRING, "\xd8\0\0a", 4 },
		{ KVK_DER_BMP_STRING, "\0\x1b\0\x0a\0F\0O", 8 },
		{ KVK_DER_UNIVERSAL_STRING, "\0\0\0\x0a", 4 },
		{ KVK_DER_UNIVERSAL_STRING, "\x7f\xff\xff\xff", 4 },
		{ KVK_DER_UNIVERSAL_STRING, "\0\0\0", 3 },
		{ KVK_DER_TELETEX_STRING, "a\x9b\x1b[2J", 6 },
		{ KVK_DER_IA5_STRING, "a\xe9\x0a", 3 },
		{ KVK_DER_PRINTABLE_STRING, "a\x0a@", 3 },
		{ KVK_DER_NUMERIC_STRING, "a\x1b", 2 },
		{ KVK_DER_OCTET_STRING, "\x1b[2J", 4 },
		{ KVK_DER_INTEGER, "\x0a", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const uint8_t *bytes = (const uint8_t *)cases[i].text;

		evaluate_attribute(
			"2.5.4.10", cases[i].tag, (struct kvk_span){ bytes, cases[i].n });
		check_shown("O=");
		assert_int_not_equal(w.verdict.outcome, KVK_ACCEPT);
	}
}

#define CASE(function) cmocka_unit_test_teardown(function, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(harmful_characters),
		CASE(letters_that_look_like_others),
		CASE(bytes_behind_a_nul),
		CASE(a_nul_in_a_domain_name),
		CASE(odd_string_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
