/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "names/domain.h"

static void expect(const char *typed, const char *name, const char *registrable, unsigned changes)
{
	struct kvk_domain domain;
	struct kvk_error why = { "" };

	if (kvk_domain_read(kvk_span_of(typed), false, &domain, &why) != KVK_OK)
		fail_msg("'%s' is refused: %s", typed, why.text);
	assert_string_equal(domain.name, name);
	assert_string_equal(domain.registrable, registrable);
	assert_int_equal(domain.changes, changes);
	assert_false(domain.practice);
}

static void refuse(const char *typed, const char *rule)
{
	struct kvk_domain domain;
	struct kvk_error why = { "" };

	if (kvk_domain_read(kvk_span_of(typed), false, &domain, &why) != KVK_ERR_REFUSED)
		fail_msg("'%s' is not refused", typed);
	if (strstr(why.text, rule) == NULL)
		fail_msg("'%s' says '%s', not '%s'", typed, why.text, rule);
}

static void host_names_stay_as_they_are(void **state)
{
	(void)state;
	expect("api.example.nl", "api.example.nl", "example.nl", 0);
	expect("a-1.b.co.uk", "a-1.b.co.uk", "b.co.uk", 0);
	expect("1.example.com", "1.example.com", "example.com", 0);
	expect("kvk.nl", "kvk.nl", "kvk.nl", 0);
	/* *.ck is in the list: its second level is a suffix. */
	expect("www.firma.co.ck", "www.firma.co.ck", "firma.co.ck", 0);
}

static void changes_are_made_and_told(void **state)
{
	(void)state;
	expect("https://kvk.nl", "kvk.nl", "kvk.nl", KVK_DOMAIN_FROM_URL);
	expect("HTTPS://KVK.nl:8443/pad?x#y", "kvk.nl", "kvk.nl",
		KVK_DOMAIN_FROM_URL | KVK_DOMAIN_LOWERED);
	expect("http://kvk.nl/", "kvk.nl", "kvk.nl", KVK_DOMAIN_FROM_URL);
	expect(" api.Example.nl.\n", "api.example.nl", "example.nl",
		KVK_DOMAIN_TRIMMED | KVK_DOMAIN_LOWERED | KVK_DOMAIN_DOT_DROPPED);
}

static void international_names_become_a_labels(void **state)
{
	(void)state;
	expect("caf\xc3\xa9.nl", "xn--caf-dma.nl", "xn--caf-dma.nl", KVK_DOMAIN_TO_ASCII);
	/* The same with a combining accent: NFC comes first. */
	expect("cafe\xcc\x81.nl", "xn--caf-dma.nl", "xn--caf-dma.nl", KVK_DOMAIN_TO_ASCII);
	expect("xn--caf-dma.nl", "xn--caf-dma.nl", "xn--caf-dma.nl", 0);
	/* German sharp s is a separate letter without UTS 46. */
	expect("stra\xc3\x9f"
	       "e.de",
		"xn--strae-oqa.de", "xn--strae-oqa.de", KVK_DOMAIN_TO_ASCII);
	refuse("CAF\xc3\x89.nl", "IDN");
	refuse("xn--a.nl", "IDN");
	refuse("xn--zzzzzzzz9999.nl", "IDN");
	/* Zero-width space, right-to-left override, fraction slash, full-width dot. */
	refuse("a\xe2\x80\x8b"
	       "b.nl",
		"IDN");
	refuse("a\xe2\x80\xae"
	       "b.nl",
		"IDN");
	refuse("kvk.nl\xe2\x81\x84x.nl", "IDN");
	refuse("kvk\xef\xbc\x8enl", "IDN");
}

static void other_things_are_named(void **state)
{
	(void)state;
	refuse("", "host name is required");
	refuse(" ", "host name is required");
	refuse("https://", "host name is required");
	refuse("*.example.nl", "wildcard");
	refuse("api.*.nl", "wildcard");
	refuse("192.0.2.1", "IP address");
	refuse("https://192.0.2.1/", "IP address");
	refuse("68750110", "KVK number");
	refuse("00000001823288444000", "OIN");
	refuse("12345", "is a number");
	refuse("::1", "IP address");
	refuse("[2001:db8::1]", "IP address");
	refuse("http://[2001:db8::1]:443/", "IP address");
	refuse("api.example.nl:8443", "port");
	refuse("https://u:p@example.nl/", "user name");
	refuse("info@example.nl", "mail address");
	refuse("a.example.nl, b.example.nl", "more than one");
	refuse("a.example.nl b.example.nl", "more than one");
	refuse("my_host.example.nl", "underscore");
	refuse("ftp://example.nl", "https://");
	refuse("example.nl/pad", "https://");
	refuse("api.example.nl\\", "letters, digits");
	refuse("\xff\xfe.nl", "UTF-8");
}

static void labels_keep_their_rules(void **state)
{
	char name[160];

	(void)state;
	refuse("-a.example.nl", "hyphen");
	refuse("a-.example.nl", "hyphen");
	refuse("a..nl", "two dots");
	refuse(".a.nl", "two dots");
	refuse("a.nl..", "two dots");
	refuse("ab--c.nl", "RFC 5890");
	memset(name, 'a', 64);
	strcpy(name + 64, ".nl");
	refuse(name, "63");
}

static void a_name_of_64_characters_is_the_longest(void **state)
{
	/* 61 letters need two labels: 30, dot, 30, dot, nl. */
	char name[KVK_DOMAIN_MAX + 2];

	(void)state;
	memset(name, 'b', sizeof name);
	name[30] = '.';
	memcpy(name + KVK_DOMAIN_MAX - 3, ".nl", 4);
	expect(name, name, name + 31, 0);
	memset(name + 31, 'b', sizeof name - 31);
	memcpy(name + KVK_DOMAIN_MAX - 2, ".nl", 4);
	refuse(name, "65 characters");
}

static void suffixes_are_known(void **state)
{
	(void)state;
	refuse("nl", "full name");
	refuse("localhost", "full name");
	refuse("co.uk", "public suffix");
	refuse("server.local", "not in the public suffix list");
	refuse("server.intern", "not in the public suffix list");
	refuse("api.firma.invalid", "not in the public suffix list");
	refuse("expyuzz4wqqyqhjn.onion", "onion");
	refuse("api.voorbeeld.example", "testing only");
	refuse("api.voorbeeld.test", "testing only");
}

static void practice_names(void **state)
{
	struct kvk_domain domain;

	(void)state;
	assert_int_equal(
		kvk_domain_read(kvk_span_of("api.voorbeeld.example"), true, &domain, NULL), KVK_OK);
	assert_true(domain.practice);
	assert_string_equal(domain.registrable, "voorbeeld.example");
	assert_int_equal(kvk_domain_read(kvk_span_of("firma.test"), true, &domain, NULL), KVK_OK);
	assert_string_equal(domain.registrable, "firma.test");
	assert_int_equal(
		kvk_domain_read(kvk_span_of("a.local"), true, &domain, NULL), KVK_ERR_REFUSED);
}

static void a_nul_does_not_hide_the_rest(void **state)
{
	static const uint8_t bytes[] = "kvk.nl\0.evil.nl";
	struct kvk_domain domain;

	(void)state;
	assert_int_equal(
		kvk_domain_read((struct kvk_span){ bytes, sizeof bytes - 1 }, false, &domain, NULL),
		KVK_ERR_REFUSED);
}

/* Nothing that was typed reaches the message as it is. */
static void messages_are_escaped(void **state)
{
	struct kvk_domain domain;
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(
		kvk_domain_read(kvk_span_of("a\x1b[2J.nl"), false, &domain, &why), KVK_ERR_REFUSED);
	assert_null(strchr(why.text, '\x1b'));
	assert_non_null(strstr(why.text, "\\x1b"));
}

static void changes_are_told_in_words(void **state)
{
	struct kvk_domain domain = { .changes = KVK_DOMAIN_FROM_URL | KVK_DOMAIN_LOWERED };
	struct kvk_blob out = { .p = NULL };

	(void)state;
	assert_int_equal(kvk_domain_describe_changes(&domain, &out), KVK_OK);
	assert_string_equal(
		kvk_blob_str(&out), "host name taken from the URL, changed to lower case");
	kvk_blob_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(host_names_stay_as_they_are),
		cmocka_unit_test(changes_are_made_and_told),
		cmocka_unit_test(international_names_become_a_labels),
		cmocka_unit_test(other_things_are_named),
		cmocka_unit_test(labels_keep_their_rules),
		cmocka_unit_test(a_name_of_64_characters_is_the_longest),
		cmocka_unit_test(suffixes_are_known),
		cmocka_unit_test(practice_names),
		cmocka_unit_test(a_nul_does_not_hide_the_rest),
		cmocka_unit_test(messages_are_escaped),
		cmocka_unit_test(changes_are_told_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
