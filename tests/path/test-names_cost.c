/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name constraints that are made to cost time, over directory names, which cost most: an answer
 * that names the budget, both readers together within 50 milliseconds. And no name is too long
 * to be held against a constraint.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/path/fake.h"
#include "tests/support/cost.h"

enum { CAS = KVK_LIMIT_DEPTH - 1 };

static struct fake f;
static struct kvk_certificate *leaf, *cas[CAS];
static struct kvk_path_report report;
static struct kvk_blob subtrees, names[LISTS_SANS];

static int set_up(void **state)
{
	char subject[16], issuer[16] = "Root";

	(void)state;
	memset(&f, 0, sizeof(f));
	fake_start(&f);
	for (unsigned i = 0; i < CAS; i++) {
		snprintf(subject, sizeof(subject), "CA %u", i);
		cas[i] = fake_ca(&f, subject, issuer, i + 2, i + 1);
		snprintf(issuer, sizeof(issuer), "%s", subject);
	}
	leaf = fake_leaf(&f, "Leaf", issuer, 60, CAS + 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	kvk_blob_free(&subtrees);
	for (size_t i = 0; i < LISTS_SANS; i++)
		kvk_blob_free(&names[i]);
	fake_free(&f);
	return 0;
}

/* A name of one organisation. */
static void put_name(struct kvk_der_writer *w, const char *text)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SET);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_O);
	kvk_der_put(w, KVK_DER_UTF8_STRING, kvk_span_of(text));
	for (unsigned i = 0; i < 3; i++)
		kvk_der_close(w);
}

static void put_subtree(struct kvk_der_writer *w, const char *text)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(4));
	put_name(w, text);
	kvk_der_close(w);
	kvk_der_close(w);
}

/* Letters that are taken apart, white space, and something at the end. */
static const char *slow(size_t letters, bool upper, unsigned end)
{
	static char text[60000];
	size_t n = 0;

	while (n < letters * 3) {
		memcpy(text + n, upper ? "\xc3\x84 " : "\xc3\xa4 ", 3);
		n += 3;
	}
	snprintf(text + n, sizeof(text) - n, "%u", end);
	return text;
}

static void give_names(size_t count, size_t letters)
{
	for (size_t i = 0; i < count; i++) {
		struct kvk_der_writer w = { 0 };

		put_name(&w, slow(letters, false, 1000 + (unsigned)i));
		assert_int_equal(kvk_der_write_done(&w, &names[i]), KVK_OK);
		leaf->ext.sans[i] = (struct kvk_general_name){ .kind = KVK_GENERAL_DIRECTORY,
			.value = kvk_span_of_blob(&names[i]) };
	}
	leaf->ext.has_san = true;
	leaf->ext.san_count = count;
}

static void exclude(size_t count, size_t letters)
{
	struct kvk_der_writer w = { 0 };

	for (size_t i = 0; i < count; i++)
		put_subtree(&w, slow(letters, true, (unsigned)i));
	assert_int_equal(kvk_der_write_done(&w, &subtrees), KVK_OK);
	for (size_t i = 0; i < CAS; i++) {
		cas[i]->ext.has_name_constraints = true;
		cas[i]->ext.excluded = kvk_span_of_blob(&subtrees);
	}
}

/* Both readers, as for a delivery. */
static void validate_both(void *context)
{
	(void)context;
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
}

static void validate_in_time(void)
{
	const double ms = cost_of(validate_both, NULL);

	print_message("%.1f ms\n", ms);
	assert_true(ms < cost_limit(50));
}

static void expect_budget(void)
{
	validate_in_time();
	assert_true(report.exhausted && report.names_open);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	for (size_t i = 0; i < report.count; i++) {
		assert_int_equal(report.failures[i].reason, KVK_REASON_INVALID_NAME);
		assert_true(report.failures[i].undetermined);
		assert_true(report.failures[i].exhausted);
	}
}

static void test_many_names(void **state)
{
	(void)state;
	give_names(LISTS_SANS, 60);
	exclude(LISTS_SUBTREES, 60);
	expect_budget();
}

static void test_small_names(void **state)
{
	(void)state;
	give_names(LISTS_SANS, 1);
	exclude(LISTS_SUBTREES, 1);
	expect_budget();
}

static void test_long_names(void **state)
{
	(void)state;
	give_names(3, 7000);
	exclude(3, 7000);
	expect_budget();
}

/* A subject padded beyond what is folded for chaining lies within the constraint all the same. */
static void test_long_name_is_constrained(void **state)
{
	struct kvk_der_writer w = { 0 };
	static char text[2100];

	(void)state;
	memset(text, ' ', sizeof(text) - 1);
	memcpy(text + sizeof(text) - 7, "viCTIM", 6);
	put_name(&w, text);
	assert_int_equal(kvk_der_write_done(&w, &names[0]), KVK_OK);
	leaf->ext.has_san = true;
	leaf->ext.san_count = 1;
	leaf->ext.sans[0] = (struct kvk_general_name){ .kind = KVK_GENERAL_DIRECTORY,
		.value = kvk_span_of_blob(&names[0]) };
	put_subtree(&w, "Victim");
	assert_int_equal(kvk_der_write_done(&w, &subtrees), KVK_OK);
	cas[0]->ext.has_name_constraints = true;
	cas[0]->ext.excluded = kvk_span_of_blob(&subtrees);
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		fake_validate(&f, leaf, (enum kvk_manner)m, &report);
		assert_int_equal(report.count, 1);
		assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
		assert_false(report.failures[0].undetermined);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_many_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_small_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_long_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_long_name_is_constrained, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
