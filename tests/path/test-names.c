/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/path/fake.h"

/* A path with constraints in the middle. */
static struct fake f;
static struct kvk_certificate *leaf, *tsp, *intermediate;
static struct kvk_path_report report;
static struct kvk_blob subtrees[4];
static size_t subtree_lists;

static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	fake_start(&f);
	subtree_lists = 0;
	leaf = fake_leaf(&f, "leaf.example", "Tsp", 4, 3);
	tsp = fake_ca(&f, "Tsp", "Intermediate", 3, 2);
	intermediate = fake_ca(&f, "Intermediate", "Root", 2, 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < subtree_lists; i++)
		kvk_blob_free(&subtrees[i]);
	fake_free(&f);
	return 0;
}

static struct kvk_span octets(const char *text, size_t n)
{
	return (struct kvk_span){ .p = (const uint8_t *)text, .n = n };
}

/* A list of DNS subtrees, n times the same. */
static struct kvk_span dns_list(const char *domain, size_t n)
{
	struct kvk_der_writer w = { 0 };

	assert_true(subtree_lists < sizeof(subtrees) / sizeof(subtrees[0]));
	for (size_t i = 0; i < n; i++) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put(&w, KVK_DER_CONTEXT(2), kvk_span_of(domain));
		kvk_der_close(&w);
	}
	memset(&subtrees[subtree_lists], 0, sizeof(subtrees[0]));
	assert_int_equal(kvk_der_write_done(&w, &subtrees[subtree_lists]), KVK_OK);
	return kvk_span_of_blob(&subtrees[subtree_lists++]);
}

/* A list of one directory name, or of an otherName. */
static struct kvk_span list_of(unsigned tag, struct kvk_span content)
{
	struct kvk_der_writer w = { 0 };

	assert_true(subtree_lists < sizeof(subtrees) / sizeof(subtrees[0]));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, tag, content);
	kvk_der_close(&w);
	memset(&subtrees[subtree_lists], 0, sizeof(subtrees[0]));
	assert_int_equal(kvk_der_write_done(&w, &subtrees[subtree_lists]), KVK_OK);
	return kvk_span_of_blob(&subtrees[subtree_lists++]);
}

static void constrain(
	struct kvk_certificate *c, struct kvk_span permitted, struct kvk_span excluded)
{
	c->ext.has_name_constraints = true;
	c->ext.permitted = permitted;
	c->ext.excluded = excluded;
}

static void give_dns(struct kvk_certificate *c, const char *name)
{
	c->ext.has_san = true;
	c->ext.sans[c->ext.san_count++] =
		(struct kvk_general_name){ .kind = KVK_GENERAL_DNS, .value = kvk_span_of(name) };
}

static void validate(void)
{
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
}

static const struct kvk_span nothing;

static void test_permitted(void **state)
{
	(void)state;
	constrain(intermediate, dns_list("example", 1), nothing);
	give_dns(leaf, "a.example");
	validate();
	assert_int_equal(report.count, 0);
	give_dns(leaf, "a.test");
	validate();
	assert_int_equal(report.count, 1);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	assert_string_equal(report.failures[0].field, "nameConstraints.permittedSubtrees");
	assert_string_equal(report.failures[0].found, "a.test");
	/* a form of name that is not constrained is free */
	leaf->ext.sans[1].kind = KVK_GENERAL_URI;
	validate();
	assert_int_equal(report.count, 0);
}

/* A name must lie within what every CA above permits. */
static void test_intersection(void **state)
{
	(void)state;
	constrain(intermediate, dns_list("example", 1), nothing);
	constrain(tsp, dns_list("a.example", 1), nothing);
	give_dns(leaf, "a.example");
	validate();
	assert_int_equal(report.count, 0);
	leaf->ext.sans[0].value = kvk_span_of("b.example");
	validate();
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	/* disjoint subtrees permit nothing, not everything */
	tsp->ext.permitted = dns_list("test", 1);
	for (int i = 0; i < 2; i++) {
		leaf->ext.sans[0].value = kvk_span_of(i == 0 ? "x.example" : "x.test");
		validate();
		assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	}
}

static void test_excluded(void **state)
{
	(void)state;
	constrain(intermediate, dns_list("example", 1), dns_list("bad.example", 1));
	give_dns(leaf, "good.example");
	validate();
	assert_int_equal(report.count, 0);
	give_dns(leaf, "x.BAD.example");
	validate();
	assert_int_equal(report.count, 1);
	assert_string_equal(report.failures[0].field, "nameConstraints.excludedSubtrees");
}

/*
 * Constraints speak of what is below, and self-issued certificates are passed over unless they are
 * last.
 */
static void test_whose_names(void **state)
{
	struct kvk_certificate *again;

	(void)state;
	constrain(tsp, dns_list("example", 1), nothing);
	give_dns(tsp, "elsewhere.test");
	validate();
	assert_int_equal(report.count, 0);
	constrain(intermediate, dns_list("example", 1), nothing);
	validate();
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 1), 1);
	intermediate->ext.has_name_constraints = false;
	again = fake_ca(&f, "Tsp", "Tsp", 7, 3);
	fake_sign(&f, leaf, 7);
	give_dns(again, "elsewhere.test");
	validate();
	assert_int_equal(report.count, 0);
}

static void test_directory(void **state)
{
	(void)state;
	constrain(intermediate, nothing,
		list_of(KVK_DER_CONTEXT_CONSTRUCTED(4), fake_name(&f, "LEAF.EXAMPLE")));
	validate();
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	assert_string_equal(report.failures[0].found, "C=NL, CN=leaf.example");
	constrain(intermediate,
		list_of(KVK_DER_CONTEXT_CONSTRUCTED(4), fake_name(&f, "Someone else")), nothing);
	validate();
	/* the TSP's own name is outside as well */
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 1), 1);
}

static void test_mail_in_subject(void **state)
{
	(void)state;
	constrain(intermediate, list_of(KVK_DER_CONTEXT(1), kvk_span_of("example")), nothing);
	leaf->subject.attributes[leaf->subject.count++] = (struct kvk_attribute){
		.oid = KVK_OID_EMAIL, .tag = KVK_DER_IA5_STRING, .value = kvk_span_of("x@test")
	};
	validate();
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	/* where there are alternative names, they alone count */
	give_dns(leaf, "a.test");
	validate();
	assert_int_equal(report.count, 0);
}

/* Measured with Java 17: without a DNS name among the alternative names, the common name is one. */
static void test_common_name(void **state)
{
	(void)state;
	constrain(intermediate, nothing, dns_list("example", 1));
	validate();
	assert_int_equal(report.count, 0);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
	give_dns(leaf, "a.test");
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 0);
}

static void test_unhandled(void **state)
{
	(void)state;
	constrain(intermediate, nothing,
		list_of(KVK_DER_CONTEXT_CONSTRUCTED(0), octets("\x06\x01\x2a\xa0\x02\x05\x00", 7)));
	give_dns(leaf, "a.example");
	validate();
	assert_int_equal(report.count, 0);
	leaf->ext.sans[0].kind = KVK_GENERAL_OTHER;
	validate();
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_NAME, 0), 1);
}

/* As many names and subtrees as a certificate may have: an answer in time, and no verdict. */
static void test_budget(void **state)
{
	struct timespec start, end;
	double ms;

	(void)state;
	constrain(intermediate, nothing,
		dns_list("a.rather.long.name.that.is.excluded.example", 256));
	constrain(tsp, nothing, dns_list("another.rather.long.name.that.is.excluded.example", 256));
	while (leaf->ext.san_count < KVK_LIMIT_SANS)
		give_dns(leaf, "x.rather.long.name.that.is.excluded.example");
	clock_gettime(CLOCK_MONOTONIC, &start);
	validate();
	clock_gettime(CLOCK_MONOTONIC, &end);
	ms = (double)(end.tv_sec - start.tv_sec) * 1e3 +
		(double)(end.tv_nsec - start.tv_nsec) / 1e6;
	assert_true(ms < 500);
	assert_true(report.exhausted && report.names_open);
	assert_int_equal(report.count, 1);
	assert_int_equal(report.failures[0].reason, KVK_REASON_INVALID_NAME);
	assert_true(report.failures[0].undetermined);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_permitted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_intersection, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_excluded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_whose_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_directory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_mail_in_subject, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_common_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unhandled, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_budget, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
