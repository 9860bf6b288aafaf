/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "names/host.h"

#define SPAN(text) kvk_span_of(text)

static size_t labels_of(const char *name)
{
	struct kvk_span last = { 0 };

	return kvk_host_labels(kvk_span_of(name), &last);
}

static void labels_of_domain_names(void **state)
{
	static const char longest[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	static const char *const none[] = { "", ".", "a.", ".a", "a..b", "-a.nl", "a-.nl", "a_b.nl",
		"*.a.nl", "a b.nl", "caf\xc3\xa9.nl" };
	char name[260];
	struct kvk_span last;

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(labels_of(none[i]), 0);
	/* Nothing at all, as an empty value in DER is. */
	assert_int_equal(kvk_host_labels((struct kvk_span){ 0 }, &last), 0);
	assert_int_equal(labels_of("localhost"), 1);
	assert_int_equal(kvk_host_labels(kvk_span_of("API-1.a.127"), &last), 3);
	assert_true(kvk_span_is(last, "127"));
	assert_int_equal(strlen(longest), 63);
	snprintf(name, sizeof(name), "%s.nl", longest);
	assert_int_equal(labels_of(name), 2);
	snprintf(name, sizeof(name), "a%s.nl", longest);
	assert_int_equal(labels_of(name), 0);
	/* 253 characters are a name, 254 are none. */
	snprintf(name, sizeof(name), "%s.%s.%s.%.61s", longest, longest, longest, longest);
	assert_int_equal(labels_of(name), 4);
	snprintf(name, sizeof(name), "%s.%s.%s.%.62s", longest, longest, longest, longest);
	assert_int_equal(labels_of(name), 0);
}

static void full_names(void **state)
{
	(void)state;
	assert_true(kvk_host_is_name(SPAN("api.example.nl")));
	assert_true(kvk_host_is_name(SPAN("1.example.n1")));
	assert_false(kvk_host_is_name(SPAN("localhost")));
	assert_false(kvk_host_is_name(SPAN("10.0.0.1")));
	assert_false(kvk_host_is_name(SPAN("*.example.nl")));
	assert_false(kvk_host_is_name(SPAN("api.example.nl.")));
	assert_false(kvk_host_is_name(SPAN("")));
}

static void characters(void **state)
{
	(void)state;
	assert_true(kvk_host_is_ldh(SPAN("")));
	assert_true(kvk_host_is_ldh(SPAN("-aZ9-")));
	assert_false(kvk_host_is_ldh(SPAN("a.b")));
	assert_false(kvk_host_is_ldh(SPAN("a_b")));
	assert_true(kvk_host_is_loose(SPAN("")));
	assert_true(kvk_host_is_loose(SPAN("*.a_b.example-1.nl.")));
	assert_false(kvk_host_is_loose(SPAN("a b")));
	assert_false(kvk_host_is_loose(SPAN("a:80")));
	assert_false(kvk_host_is_loose((struct kvk_span){ (const uint8_t *)"a\0b", 3 }));
}

static void the_dot_at_the_end(void **state)
{
	(void)state;
	assert_true(kvk_span_is(kvk_host_without_root(SPAN("a.nl.")), "a.nl"));
	assert_true(kvk_span_is(kvk_host_without_root(SPAN("a.nl")), "a.nl"));
	assert_true(kvk_span_is(kvk_host_without_root(SPAN(".")), "."));
	assert_true(kvk_span_is(kvk_host_without_root(SPAN("")), ""));
}

static void hosts_below_a_domain(void **state)
{
	(void)state;
	assert_true(kvk_host_is_below(SPAN("API.Example.nl"), SPAN("example.NL")));
	assert_true(kvk_host_is_below(SPAN("example.nl"), SPAN("example.nl")));
	assert_false(kvk_host_is_below(SPAN("badexample.nl"), SPAN("example.nl")));
	assert_false(kvk_host_is_below(SPAN("nl"), SPAN("example.nl")));
}

static void wildcards(void **state)
{
	(void)state;
	assert_true(kvk_host_is_wildcard(SPAN("*.a")));
	assert_false(kvk_host_is_wildcard(SPAN("*.")));
	assert_false(kvk_host_is_wildcard(SPAN("a.*.nl")));
	assert_true(kvk_span_is(kvk_host_without_wildcard(SPAN("*.a.nl")), "a.nl"));
	assert_true(kvk_span_is(kvk_host_without_wildcard(SPAN("a.nl")), "a.nl"));
	assert_true(kvk_host_matches(SPAN("API.example.nl"), SPAN("api.Example.nl")));
	assert_true(kvk_host_matches(SPAN("*.example.nl"), SPAN("api.Example.nl")));
	assert_true(kvk_host_matches(SPAN("*.example.nl"), SPAN("*.example.nl")));
	assert_false(kvk_host_matches(SPAN("*.example.nl"), SPAN("example.nl")));
	assert_false(kvk_host_matches(SPAN("*.example.nl"), SPAN("a.b.example.nl")));
	assert_false(kvk_host_matches(SPAN("api.example.nl"), SPAN("*.example.nl")));
	assert_false(kvk_host_matches(SPAN("*."), SPAN("a.")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_of_domain_names),
		cmocka_unit_test(full_names),
		cmocka_unit_test(characters),
		cmocka_unit_test(the_dot_at_the_end),
		cmocka_unit_test(hosts_below_a_domain),
		cmocka_unit_test(wildcards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
