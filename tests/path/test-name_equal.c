/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "path/name_equal.h"

/* A name under construction: attributes, each in its own RDN unless joined. */
struct attribute {
	enum kvk_oid oid;
	unsigned tag;
	const char *value;
	size_t n;
	bool joined;
};

struct named {
	struct kvk_blob der;
	struct kvk_name name;
};

static void put_attribute(struct kvk_der_writer *w, const struct attribute *a)
{
	struct kvk_span value = { .p = (const uint8_t *)a->value,
		.n = a->n > 0 ? a->n : strlen(a->value) };

	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, a->oid);
	kvk_der_put(w, a->tag, value);
	kvk_der_close(w);
}

/* Makes a name of attributes; the last one has a NULL value. */
static void make(struct named *out, const struct attribute *a)
{
	struct kvk_der_writer w = { 0 };

	memset(out, 0, sizeof(*out));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	while (a->value != NULL) {
		kvk_der_open(&w, KVK_DER_SET);
		do {
			put_attribute(&w, a);
			a++;
		} while (a->value != NULL && a->joined);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &out->der), KVK_OK);
	assert_int_equal(kvk_name_parse(kvk_span_of_blob(&out->der), true, &out->name), KVK_OK);
}

static void unmake(struct named *named)
{
	kvk_name_free(&named->name);
	kvk_blob_free(&named->der);
}

static bool same(const struct attribute *a, const struct attribute *b, enum kvk_manner manner)
{
	struct kvk_known_name ka, kb;
	struct named na, nb;
	bool equal;

	make(&na, a);
	make(&nb, b);
	ka = (struct kvk_known_name){ .name = &na.name };
	kb = (struct kvk_known_name){ .name = &nb.name };
	equal = kvk_name_equal(&na.name, &nb.name, manner);
	/* it is an equivalence */
	assert_int_equal(equal, kvk_name_equal(&nb.name, &na.name, manner));
	assert_true(kvk_name_equal(&na.name, &na.name, manner));
	/* and by digest the same */
	assert_int_equal(equal, kvk_known_name_equal(&ka, &kb, manner));
	assert_int_equal(equal, kvk_known_name_equal(&kb, &ka, manner));
	unmake(&na);
	unmake(&nb);
	return equal;
}

/* Compares two values of one attribute. */
static bool same_value(enum kvk_oid oid, unsigned tag_a, const char *a, unsigned tag_b,
	const char *b, enum kvk_manner manner)
{
	const struct attribute one[] = { { .oid = oid, .tag = tag_a, .value = a }, { 0 } };
	const struct attribute two[] = { { .oid = oid, .tag = tag_b, .value = b }, { 0 } };

	return same(one, two, manner);
}

enum { PRINTABLE = KVK_DER_PRINTABLE_STRING, UTF8 = KVK_DER_UTF8_STRING, IA5 = KVK_DER_IA5_STRING };

static bool same_utf8(const char *a, const char *b, enum kvk_manner manner)
{
	return same_value(KVK_OID_CN, UTF8, a, UTF8, b, manner);
}

static void test_case_and_type(void **state)
{
	(void)state;
	for (int manner = KVK_MANNER_RFC5280; manner <= KVK_MANNER_JAVA; manner++) {
		enum kvk_manner m = (enum kvk_manner)manner;

		assert_true(same_value(KVK_OID_CN, PRINTABLE, "Kamer BV", UTF8, "kAMER bv", m));
		assert_true(same_utf8("\xc3\x89\xc3\xa9n", "\xc3\xa9\xc3\x89N", m));
		/* composed and decomposed, full width, ligature, sharp s */
		assert_true(same_utf8("\xc3\xa9", "e\xcc\x81", m));
		assert_true(same_utf8("\xef\xbc\xa1", "a", m));
		assert_true(same_utf8("\xc3\x9f", "SS", m));
		assert_true(same_utf8("\xce\xa3", "\xcf\x82", m));
		assert_true(same_utf8("\xd0\x96", "\xd0\xb6", m));
		assert_false(same_utf8("Kamer", "Kammer", m));
		assert_false(same_utf8("Kamer", "Kame", m));
		assert_false(same_utf8("e", "\xc3\xa9", m));
	}
}

/* Where the two manners differ, or where the order of the steps tells; measured with Java 17. */
static void test_folding(void **state)
{
	static const struct {
		const char *a, *b;
		bool java, rfc5280;
	} rows[] = {
		/* marks in another order, a final sigma, Georgian, Deseret, Cherokee */
		{ "a\xcc\xa3\xcc\x82", "A\xcc\x82\xcc\xa3", true, true },
		{ "\xce\x91\xce\xa3", "\xce\xb1\xcf\x82", true, true },
		{ "\xe1\xb2\x90", "\xe1\x83\x90", true, true },
		{ "\xf0\x90\x90\x80", "\xf0\x90\x90\xa8", true, true },
		{ "\xea\xad\xb0", "\xe1\x8e\xa0", true, true },
		/* a capital sharp s */
		{ "\xe1\xba\x9e", "ss", false, true },
		/* before a comma of the name Java writes a backslash, before a full-width one not
		 */
		{ "a\xef\xbc\x8c", "a,", false, true },
		{ "\xef\xbc\x83", "#", false, true },
		{ "a\xef\xbc\x83", "a#", true, true },
		{ "\xc3\xa9,+<>;\"\\#", "\xc3\x89,+<>;\"\\#", true, true },
		/* a diaeresis of its own begins with a space */
		{ "a \xc2\xa8", "a\xc2\xa8", false, true },
		/* word joiner, a space of another kind */
		{ "\xc3\xa9\xe2\x81\xa0", "\xc3\xa9", false, true },
		{ "\xc3\xa9\xe2\x80\x83x", "\xc3\xa9 x", true, true },
		{ "\xc3\xa9\xe2\x80\x83 x", "\xc3\xa9 x", false, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (same_utf8(rows[i].a, rows[i].b, KVK_MANNER_JAVA) != rows[i].java)
			fail_msg("'%s' and '%s' in Java", rows[i].a, rows[i].b);
		if (same_utf8(rows[i].a, rows[i].b, KVK_MANNER_RFC5280) != rows[i].rfc5280)
			fail_msg("'%s' and '%s' in RFC 5280", rows[i].a, rows[i].b);
	}
}

/* What both begin with does not hide what follows, and blanks at its end still count. */
static void test_common_beginning(void **state)
{
	(void)state;
	for (int manner = KVK_MANNER_RFC5280; manner <= KVK_MANNER_JAVA; manner++) {
		enum kvk_manner m = (enum kvk_manner)manner;

		assert_true(same_utf8("Kamer van  Koophandel", "Kamer van KOOPHANDEL ", m));
		assert_true(same_utf8(" Kamer  B.V.", " Kamer b.v.", m));
		assert_true(same_utf8("Kamer  ", "Kamer", m));
		assert_false(same_utf8("Kamer van", "Kamervan", m));
		assert_false(same_utf8("Kamer \xc3\xa9", "Kamer\xc3\xa9", m));
		assert_false(same_utf8("Kamer van Koophandel", "Kamer van Koophandels", m));
		assert_false(same_utf8("Kamer van e", "Kamer van \xc3\xa9", m));
		assert_true(same_value(KVK_OID_CN, PRINTABLE, "Kamer 1", UTF8, "Kamer  1", m));
		/* no UTF-8 */
		assert_false(
			same_value(KVK_OID_CN, UTF8, "Kamer \xff", PRINTABLE, "Kamer \xff", m));
	}
}

static void test_white_space(void **state)
{
	(void)state;
	for (int manner = KVK_MANNER_RFC5280; manner <= KVK_MANNER_JAVA; manner++) {
		enum kvk_manner m = (enum kvk_manner)manner;

		assert_true(same_utf8("  a   b ", "a b", m));
		assert_true(same_utf8("   ", "", m));
		assert_false(same_utf8("a b", "ab", m));
	}
	/*
	 * Java collapses blanks only; RFC 4518 takes all white space for blanks and drops what is
	 * invisible
	 */
	assert_true(same_utf8("a\t\tb", "a b", KVK_MANNER_RFC5280));
	assert_false(same_utf8("a\t\tb", "a b", KVK_MANNER_JAVA));
	assert_true(same_utf8("a\xc2\xad"
			      "b",
		"ab", KVK_MANNER_RFC5280));
	assert_false(same_utf8("a\xc2\xad"
			       "b",
		"ab", KVK_MANNER_JAVA));
	assert_true(same_utf8("a\xe2\x80\x8b"
			      "b",
		"ab", KVK_MANNER_RFC5280));
	assert_false(same_utf8("a\xe2\x80\x8b"
			       "b",
		"ab", KVK_MANNER_JAVA));
}

static void test_java_keywords(void **state)
{
	(void)state;
	/*
	 * measured with Java 17: only RFC 2253 keywords and only Printable and UTF8 compare as text
	 */
	static const enum kvk_oid text[] = { KVK_OID_CN, KVK_OID_C, KVK_OID_L, KVK_OID_ST,
		KVK_OID_O, KVK_OID_OU, KVK_OID_STREET, KVK_OID_UID, KVK_OID_DC };
	static const enum kvk_oid coded[] = { KVK_OID_SERIAL_NUMBER,
		KVK_OID_ORGANIZATION_IDENTIFIER, KVK_OID_TITLE, KVK_OID_EMAIL, KVK_OID_SURNAME };

	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		assert_true(same_value(text[i], PRINTABLE, "ab", UTF8, "AB", KVK_MANNER_JAVA));
	for (size_t i = 0; i < sizeof(coded) / sizeof(coded[0]); i++) {
		assert_false(same_value(coded[i], PRINTABLE, "ab", UTF8, "ab", KVK_MANNER_JAVA));
		assert_false(same_value(coded[i], UTF8, "ab", UTF8, "AB", KVK_MANNER_JAVA));
		assert_true(same_value(coded[i], UTF8, "ab", UTF8, "ab", KVK_MANNER_JAVA));
		assert_true(same_value(coded[i], PRINTABLE, "ab", UTF8, "AB", KVK_MANNER_RFC5280));
	}
	assert_false(same_value(KVK_OID_CN, IA5, "ab", UTF8, "ab", KVK_MANNER_JAVA));
	/* measured: letters are made large and then small: the dotless i gets a dot */
	assert_true(same_value(KVK_OID_CN, UTF8, "\xc4\xb1", UTF8, "I", KVK_MANNER_JAVA));
	assert_false(same_value(KVK_OID_CN, UTF8, "\xc4\xb1", UTF8, "i", KVK_MANNER_RFC5280));
	assert_true(same_value(KVK_OID_CN, IA5, "ab", UTF8, "AB", KVK_MANNER_RFC5280));
}

static void test_wide_strings(void **state)
{
	(void)state;
	const struct attribute utf8[] = { { .oid = KVK_OID_CN, .tag = UTF8, .value = "\xc3\xa9" },
		{ 0 } };
	const struct attribute bmp[] = {
		{ .oid = KVK_OID_CN, .tag = KVK_DER_BMP_STRING, .value = "\0\xc9", .n = 2 }, { 0 }
	};
	const struct attribute universal[] = { { .oid = KVK_OID_CN,
						       .tag = KVK_DER_UNIVERSAL_STRING,
						       .value = "\0\0\0\xc9",
						       .n = 4 },
		{ 0 } };
	const struct attribute teletex[] = {
		{ .oid = KVK_OID_CN, .tag = KVK_DER_TELETEX_STRING, .value = "\xc9" }, { 0 }
	};
	/* a surrogate is no text, so the encodings are compared */
	const struct attribute half[] = {
		{ .oid = KVK_OID_CN, .tag = KVK_DER_BMP_STRING, .value = "\xd8\x01", .n = 2 }, { 0 }
	};
	const struct attribute nul[] = {
		{ .oid = KVK_OID_CN, .tag = UTF8, .value = "a\0b", .n = 3 }, { 0 }
	};
	const struct attribute longer[] = {
		{ .oid = KVK_OID_CN, .tag = UTF8, .value = "a\0c", .n = 3 }, { 0 }
	};

	assert_true(same(utf8, bmp, KVK_MANNER_RFC5280));
	assert_true(same(utf8, universal, KVK_MANNER_RFC5280));
	assert_true(same(utf8, teletex, KVK_MANNER_RFC5280));
	assert_false(same(utf8, bmp, KVK_MANNER_JAVA));
	assert_false(same(half, utf8, KVK_MANNER_RFC5280));
	assert_false(same(nul, longer, KVK_MANNER_RFC5280));
	assert_false(same(nul, longer, KVK_MANNER_JAVA));
}

static void test_structure(void **state)
{
	(void)state;
	const struct attribute ab[] = { { .oid = KVK_OID_O, .tag = UTF8, .value = "a" },
		{ .oid = KVK_OID_CN, .tag = UTF8, .value = "b" }, { 0 } };
	const struct attribute ba[] = { { .oid = KVK_OID_CN, .tag = UTF8, .value = "b" },
		{ .oid = KVK_OID_O, .tag = UTF8, .value = "a" }, { 0 } };
	const struct attribute set[] = { { .oid = KVK_OID_O, .tag = UTF8, .value = "a" },
		{ .oid = KVK_OID_CN, .tag = UTF8, .value = "b", .joined = true }, { 0 } };
	const struct attribute set_turned[] = { { .oid = KVK_OID_CN, .tag = UTF8, .value = "B" },
		{ .oid = KVK_OID_O, .tag = UTF8, .value = "A", .joined = true }, { 0 } };
	const struct attribute twice[] = { { .oid = KVK_OID_CN, .tag = UTF8, .value = "b" },
		{ .oid = KVK_OID_CN, .tag = UTF8, .value = "c", .joined = true }, { 0 } };
	const struct attribute twice_b[] = { { .oid = KVK_OID_CN, .tag = UTF8, .value = "b" },
		{ .oid = KVK_OID_CN, .tag = UTF8, .value = "B", .joined = true }, { 0 } };

	assert_false(same(ab, ba, KVK_MANNER_RFC5280));
	assert_false(same(ab, set, KVK_MANNER_RFC5280));
	assert_true(same(set, set_turned, KVK_MANNER_RFC5280));
	assert_true(same(set, set_turned, KVK_MANNER_JAVA));
	assert_false(same(twice, twice_b, KVK_MANNER_RFC5280));
}

static bool within(const struct kvk_name *name, const struct kvk_name *base)
{
	bool out = false;

	assert_int_equal(kvk_name_within(name, base, KVK_MANNER_RFC5280, &out), KVK_OK);
	return out;
}

static void test_within(void **state)
{
	(void)state;
	const struct attribute base[] = { { .oid = KVK_OID_C, .tag = PRINTABLE, .value = "NL" },
		{ 0 } };
	const struct attribute below[] = { { .oid = KVK_OID_C, .tag = PRINTABLE, .value = "nl" },
		{ .oid = KVK_OID_CN, .tag = UTF8, .value = "x" }, { 0 } };
	const struct attribute part[] = { { .oid = KVK_OID_C, .tag = PRINTABLE, .value = "NL" },
		{ .oid = KVK_OID_O, .tag = UTF8, .value = "x", .joined = true }, { 0 } };
	const struct attribute none[] = { { 0 } };
	struct named nb, nx, np, ne;

	make(&nb, base);
	make(&nx, below);
	make(&np, part);
	make(&ne, none);
	assert_true(within(&nx.name, &nb.name));
	assert_false(within(&nb.name, &nx.name));
	/* a subtree ends between relative names, not within one */
	assert_false(within(&np.name, &nb.name));
	assert_true(within(&nb.name, &ne.name));
	assert_false(within(&ne.name, &nb.name));
	unmake(&nb);
	unmake(&nx);
	unmake(&np);
	unmake(&ne);
}

static void test_long_names(void **state)
{
	(void)state;
	char lower[KVK_LIMIT_NAME_FOLD + 1], upper[KVK_LIMIT_NAME_FOLD + 1];

	memset(lower, 'a', sizeof(lower));
	memset(upper, 'A', sizeof(upper));
	lower[KVK_LIMIT_NAME_FOLD] = upper[KVK_LIMIT_NAME_FOLD] = '\0';
	assert_false(same_utf8(lower, upper, KVK_MANNER_RFC5280));
	assert_true(same_utf8(lower, lower, KVK_MANNER_RFC5280));
	lower[900] = upper[900] = '\0';
	assert_true(same_utf8(lower, upper, KVK_MANNER_RFC5280));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_case_and_type),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_common_beginning),
		cmocka_unit_test(test_white_space),
		cmocka_unit_test(test_java_keywords),
		cmocka_unit_test(test_wide_strings),
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_within),
		cmocka_unit_test(test_long_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
