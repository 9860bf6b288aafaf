/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "path/name_match.h"

enum { OUT = KVK_MATCH_OUTSIDE, IN = KVK_MATCH_INSIDE, HUH = KVK_MATCH_UNHANDLED };

static enum kvk_match match(enum kvk_general_kind kind, struct kvk_span name,
	struct kvk_span subtree, enum kvk_manner manner, bool excluded)
{
	const struct kvk_constrained_name n = { .name = { .kind = kind, .value = name } };
	const struct kvk_general_name s = { .kind = kind, .value = subtree };

	return kvk_name_match(&n, &s, manner, excluded);
}

/* A constraint, a name, and what the RFC's reader (permitted, excluded) and Java say. */
struct row {
	const char *subtree, *name;
	int permitted, excluded, java;
};

static void check_rows(enum kvk_general_kind kind, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct kvk_span subtree = kvk_span_of(rows[i].subtree),
				name = kvk_span_of(rows[i].name);

		assert_int_equal(
			match(kind, name, subtree, KVK_MANNER_RFC5280, false), rows[i].permitted);
		assert_int_equal(
			match(kind, name, subtree, KVK_MANNER_RFC5280, true), rows[i].excluded);
		assert_int_equal(match(kind, name, subtree, KVK_MANNER_JAVA, false), rows[i].java);
		assert_int_equal(match(kind, name, subtree, KVK_MANNER_JAVA, true), rows[i].java);
	}
}

/* The column for Java was measured with Java 17. */
static void test_dns(void **state)
{
	static const struct row rows[] = {
		{ "a.nl", "a.nl", IN, IN, IN },
		{ "a.nl", "b.a.nl", IN, IN, IN },
		{ "A.NL", "b.a.nl", IN, IN, IN },
		{ "a.nl", "B.A.Nl", IN, IN, IN },
		{ "a.nl", "aa.nl", OUT, OUT, OUT },
		{ "a.nl", "nl", OUT, OUT, OUT },
		{ "a.nl", "*.a.nl", IN, IN, IN },
		{ "a.nl", "a.nl.", IN, IN, OUT },
		{ "a.nl.", "a.nl", IN, IN, OUT },
		{ "", "a.nl", IN, IN, HUH },
		{ "a.nl", "", OUT, OUT, HUH },
		/* a wildcard may stand for what is excluded, one label deep */
		{ "x.a.nl", "*.a.nl", OUT, IN, OUT },
		{ "x.a.nl", "f*.A.nl", OUT, IN, OUT },
		{ "y.x.a.nl", "*.a.nl", OUT, OUT, OUT },
		{ "x.b.nl", "*.a.nl", OUT, OUT, OUT },
		{ "x.a.nl", "z.a.nl", OUT, OUT, OUT },
		/* a leading dot: no meaning in the RFC, one label more in Java */
		{ ".a.nl", "a.nl", OUT, IN, OUT },
		{ ".a.nl", "b.a.nl", OUT, IN, IN },
		{ ".a.nl", "c.b.a.nl", OUT, IN, IN },
	};
	struct kvk_span nul = { .p = (const uint8_t *)"x\0.a.nl", .n = 7 };

	(void)state;
	check_rows(KVK_GENERAL_DNS, rows, sizeof(rows) / sizeof(rows[0]));
	assert_int_equal(
		match(KVK_GENERAL_DNS, nul, kvk_span_of("a.nl"), KVK_MANNER_RFC5280, false), HUH);
}

static void test_email(void **state)
{
	static const struct row rows[] = {
		{ "x@a.nl", "x@a.nl", IN, IN, IN },
		{ "x@a.nl", "x@A.NL", IN, IN, IN },
		{ "x@a.nl", "X@a.nl", OUT, OUT, IN },
		{ "x@a.nl", "xx@a.nl", OUT, OUT, OUT },
		{ "a.nl", "x@a.nl", IN, IN, IN },
		{ "a.nl", "x@b.a.nl", OUT, OUT, OUT },
		{ "a.nl", "x@aa.nl", OUT, OUT, OUT },
		{ "a.nl", "x@a.nl@b.nl", OUT, OUT, OUT },
		{ ".a.nl", "x@b.a.nl", IN, IN, IN },
		{ ".a.nl", "x@a.nl", OUT, OUT, OUT },
		/* a dot at the end hides nobody */
		{ "a.nl", "x@a.nl.", IN, IN, OUT },
		{ "a.nl.", "x@a.nl", IN, IN, OUT },
		{ "x@a.nl", "x@a.nl.", IN, IN, OUT },
		{ "a.nl", "x@[192.0.2.1]", HUH, HUH, OUT },
		{ "a.nl", "x@", HUH, HUH, OUT },
		{ "a.nl", "a.nl", HUH, HUH, IN },
		{ "", "x@a.nl", HUH, HUH, HUH },
		{ ".", "x@a.nl", HUH, HUH, HUH },
	};

	(void)state;
	check_rows(KVK_GENERAL_EMAIL, rows, sizeof(rows) / sizeof(rows[0]));
	assert_int_equal(
		match(KVK_GENERAL_EMAIL,
			(struct kvk_span){ .p = (const uint8_t *)"x@b.nl\0.a.nl", .n = 12 },
			kvk_span_of(".a.nl"), KVK_MANNER_RFC5280, false),
		HUH);
}

static void test_uri(void **state)
{
	static const struct row rows[] = {
		{ "a.nl", "http://a.nl/", IN, IN, IN },
		{ "a.nl", "HTTP://A.NL", IN, IN, IN },
		{ "a.nl", "http://a.nl:80/x?y#z", IN, IN, IN },
		{ "a.nl", "http://u@a.nl?x", IN, IN, IN },
		{ "a.nl", "http://a.nl#b.nl", IN, IN, IN },
		{ "a.nl", "http://a.nl@b.nl/", OUT, OUT, OUT },
		{ "a.nl", "http://b.nl/a.nl", OUT, OUT, OUT },
		{ "a.nl", "ldap://b.a.nl/x", OUT, OUT, OUT },
		{ ".a.nl", "http://b.a.nl/", IN, IN, IN },
		{ ".a.nl", "http://a.nl/", OUT, OUT, OUT },
		/* without a host name: refused */
		{ "a.nl", "urn:a.nl", HUH, HUH, HUH },
		{ "a.nl", "http:///a.nl", HUH, HUH, HUH },
		{ "a.nl", "a.nl", HUH, HUH, HUH },
		{ "a.nl", "http:/", HUH, HUH, HUH },
		{ "a.nl", "http://192.0.2.1/", HUH, HUH, OUT },
		{ "a.nl", "http://[2001:db8::1]/", HUH, HUH, OUT },
		{ "a.nl", "http://[", HUH, HUH, OUT },
		{ ".a.nl", "http://a_b.a.nl/", IN, IN, HUH },
		{ "", "http://a.nl/", HUH, HUH, HUH },
	};
	struct kvk_span nul = { .p = (const uint8_t *)"http://a.nl\0.b.nl/", .n = 18 };

	(void)state;
	check_rows(KVK_GENERAL_URI, rows, sizeof(rows) / sizeof(rows[0]));
	assert_int_equal(
		match(KVK_GENERAL_URI, nul, kvk_span_of("a.nl"), KVK_MANNER_RFC5280, false), HUH);
	assert_int_equal(match(KVK_GENERAL_URI, kvk_span_of("http://b.a.nl/"),
				 kvk_span_of(".a.nl."), KVK_MANNER_RFC5280, true),
		IN);
}

static struct kvk_span octets(const char *text, size_t n)
{
	return (struct kvk_span){ .p = (const uint8_t *)text, .n = n };
}

static void test_ip(void **state)
{
	struct kvk_span net = octets("\x0a\x00\x00\x00\xff\x00\x00\x00", 8);
	struct kvk_span all = octets("\0\0\0\0\0\0\0\0", 8);
	struct kvk_span v6 = octets("\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	struct kvk_span v4 = octets("\x0a\1\2\3", 4);

	(void)state;
	assert_int_equal(match(KVK_GENERAL_IP, v4, net, KVK_MANNER_RFC5280, false), IN);
	assert_int_equal(
		match(KVK_GENERAL_IP, octets("\x0b\1\2\3", 4), net, KVK_MANNER_RFC5280, false),
		OUT);
	assert_int_equal(match(KVK_GENERAL_IP, v6, all, KVK_MANNER_RFC5280, false), OUT);
	/* no range: 10.*.3.0, and a mask of zeros and then ones */
	assert_int_equal(match(KVK_GENERAL_IP, v4, octets("\x0a\0\3\0\xff\0\xff\0", 8),
				 KVK_MANNER_RFC5280, true),
		HUH);
	assert_int_equal(match(KVK_GENERAL_IP, v4, octets("\0\0\0\3\0\0\0\xff", 8),
				 KVK_MANNER_RFC5280, true),
		HUH);
	assert_int_equal(match(KVK_GENERAL_IP, v4, octets("\x0a\1\2\0\xff\xff\xfe\0", 8),
				 KVK_MANNER_RFC5280, false),
		IN);
	assert_int_equal(match(KVK_GENERAL_IP, v4, octets("\x0a\1\2\3\xff\xff\xff\xff", 8),
				 KVK_MANNER_RFC5280, false),
		IN);
	/* measured: Java compares as many octets as the mask has */
	assert_int_equal(match(KVK_GENERAL_IP, v6, all, KVK_MANNER_JAVA, false), IN);
	assert_int_equal(
		match(KVK_GENERAL_IP, octets("\x0a\1\2", 3), net, KVK_MANNER_RFC5280, false), HUH);
	assert_int_equal(
		match(KVK_GENERAL_IP, v4, octets("\x0a\0\0\0", 4), KVK_MANNER_RFC5280, false), HUH);
}

static void test_other_forms(void **state)
{
	struct kvk_span a = kvk_span_of("\x2a\x03"), b = kvk_span_of("\x2a\x03\x04");

	(void)state;
	assert_int_equal(match(KVK_GENERAL_REGISTERED_ID, a, a, KVK_MANNER_RFC5280, false), IN);
	assert_int_equal(match(KVK_GENERAL_REGISTERED_ID, b, a, KVK_MANNER_RFC5280, true), HUH);
	assert_int_equal(match(KVK_GENERAL_OTHER, a, a, KVK_MANNER_RFC5280, false), HUH);
	assert_int_equal(match(KVK_GENERAL_X400, a, a, KVK_MANNER_RFC5280, true), HUH);
	assert_int_equal(match(KVK_GENERAL_DIRECTORY, a, a, KVK_MANNER_RFC5280, true), HUH);
}

/* Which constraints apply to an otherName: those of its type, and for one type those of mail. */
static void test_other_names(void **state)
{
	static const uint8_t utf8_mailbox[] = "\x06\x08\x2b\x06\x01\x05\x05\x07\x08\x09\xa0\x0c"
					      "\x0c\x0a\xc3\xa9t\xc3\xa9@a.nl";
	const struct kvk_general_name a = { KVK_GENERAL_OTHER,
		octets("\x06\x01\x2a\xa0\x02\x05\x00", 7) },
				      b = { KVK_GENERAL_OTHER,
					      octets("\x06\x01\x2b\xa0\x02\x05\x00", 7) },
				      dns = { KVK_GENERAL_DNS, kvk_span_of("a.nl") };
	const struct kvk_general_name mailbox = { KVK_GENERAL_OTHER,
		{ utf8_mailbox, sizeof(utf8_mailbox) - 1 } };
	struct kvk_general_name mail;

	(void)state;
	assert_true(kvk_name_match_same_form(&a, &a, KVK_MANNER_RFC5280));
	assert_false(kvk_name_match_same_form(&a, &b, KVK_MANNER_RFC5280));
	assert_true(kvk_name_match_same_form(&a, &b, KVK_MANNER_JAVA));
	assert_false(kvk_name_match_same_form(&a, &dns, KVK_MANNER_JAVA));
	assert_false(kvk_name_match_mailbox(&a, &mail));
	assert_false(kvk_name_match_mailbox(&dns, &mail));
	assert_true(kvk_name_match_mailbox(&mailbox, &mail));
	assert_int_equal(mail.kind, KVK_GENERAL_EMAIL);
	assert_true(kvk_span_is(mail.value, "\xc3\xa9t\xc3\xa9@a.nl"));
	assert_int_equal(
		match(KVK_GENERAL_EMAIL, mail.value, kvk_span_of("a.nl"), KVK_MANNER_RFC5280, true),
		IN);
}

/* Measured with Java 17: IPAddressName.constrains(). */
static void test_ip_java(void **state)
{
	static const struct {
		const char *name;
		size_t name_size;
		const char *net;
		size_t net_size;
		int java;
	} rows[] = {
		{ "\x0a\0\0\1", 4, "\x0a\0\0\0\xff\0\0\0", 8, IN },
		/* bits beside the mask */
		{ "\x0a\0\0\1", 4, "\x0a\1\2\3\xff\0\0\0", 8, OUT },
		{ "\x0a\1\2\3", 4, "\x0a\1\2\3\xff\0\0\0", 8, OUT },
		/* networks as names */
		{ "\x0a\1\1\1\xff\xff\xff\xff", 8, "\x0a\0\0\0\xff\0\0\0", 8, IN },
		{ "\x0a\1\0\0\xff\xff\0\0", 8, "\x0a\0\0\0\xff\0\0\0", 8, IN },
		{ "\x0a\0\0\0\xff\0\0\0", 8, "\x0a\0\0\0\xff\0\0\0", 8, IN },
		{ "\x0b\0\0\0\xff\0\0\0", 8, "\x0a\0\0\0\xff\0\0\0", 8, OUT },
		{ "\0\0\0\0\xf0\0\0\0", 8, "\x0a\0\0\0\xff\0\0\0", 8, OUT },
		{ "\x08\0\0\0\xf0\0\0\0", 8, "\x0a\0\0\0\xff\0\0\0", 8, IN },
		{ "\x0a\1\1\1\xff\xff\xff\0", 8, "\x0b\0\0\0\xff\0\0\0", 8, IN },
		{ "\x0a\1\1\1\xff\xff\xff\xff", 8, "\x0a\1\1\1", 4, OUT },
		{ "\x0a\1\1\1", 4, "\x0a\1\1\1", 4, IN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const int found =
			(int)match(KVK_GENERAL_IP, octets(rows[i].name, rows[i].name_size),
				octets(rows[i].net, rows[i].net_size), KVK_MANNER_JAVA, false);

		if (found != rows[i].java)
			fail_msg("row %zu: %d", i, found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dns),
		cmocka_unit_test(test_email),
		cmocka_unit_test(test_uri),
		cmocka_unit_test(test_ip),
		cmocka_unit_test(test_ip_java),
		cmocka_unit_test(test_other_forms),
		cmocka_unit_test(test_other_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
