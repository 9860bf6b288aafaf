/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "tests/path/fake.h"

static struct fake f;

static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	fake_start(&f);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fake_free(&f);
	return 0;
}

/* Gives a certificate key identifiers; NULL leaves one out. */
static void identify(struct kvk_certificate *c, const char *ski, const char *aki)
{
	c->ext.has_ski = ski != NULL;
	c->ext.ski = kvk_span_of(ski);
	c->ext.has_aki = aki != NULL;
	c->ext.aki_key_id = kvk_span_of(aki);
}

static void test_in_any_order(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	struct kvk_certificate *root = fake_ca(&f, "Root", "Root", 1, 1);
	struct kvk_certificate *intermediate = fake_ca(&f, "Intermediate", "Root", 2, 1);
	struct kvk_certificate *tsp = fake_ca(&f, "Tsp", "Intermediate", 3, 2);
	struct kvk_path path;

	(void)state;
	(void)root;
	fake_offer(&f, leaf);
	fake_offer(&f, tsp);
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, 3);
	assert_ptr_equal(path.certs[0].certificate, leaf);
	assert_ptr_equal(path.certs[1].certificate, tsp);
	assert_ptr_equal(path.certs[2].certificate, intermediate);
	assert_ptr_equal(path.anchor, &f.anchor);
	assert_true(path.proven);
	assert_false(path.exhausted);
	/* one signature a link, nothing tried in vain */
	assert_int_equal(f.signatures.checked, 3);
}

static void test_other_signer(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 9);
	struct kvk_path path;
	struct kvk_path_report report;

	(void)state;
	fake_ca(&f, "Tsp", "Root", 3, 1);
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, 2);
	assert_ptr_equal(path.anchor, &f.anchor);
	assert_false(path.proven);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 1);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_SIGNATURE, 0), 1);
	assert_false(report.failures[0].undetermined);
}

/* The anchor's name with another key is another CA, whatever its certificate claims. */
static void test_forged_root(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	struct kvk_certificate *tsp = fake_ca(&f, "Tsp", "Root", 3, 8);
	struct kvk_certificate *forged = fake_ca(&f, "Root", "Root", 8, 8);
	struct kvk_path path;
	struct kvk_path_report report;

	(void)state;
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_null(path.anchor);
	assert_false(path.proven);
	assert_int_equal(path.count, 3);
	assert_ptr_equal(path.certs[2].certificate, forged);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_NO_TRUST_ANCHOR, path.count), 1);
	/* without its certificate, recognised by the key identifier */
	f.pool_count = 1;
	identify(tsp, NULL, "forged");
	f.anchor.ski = kvk_span_of("real");
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_null(path.anchor);
	assert_int_equal(path.count, 2);
	/* where nothing tells them apart, the signature is wrong */
	identify(tsp, NULL, NULL);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 1);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_SIGNATURE, 1), 1);
}

static void test_missing_link(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	struct kvk_path path;
	struct kvk_path_report report;

	(void)state;
	fake_ca(&f, "Intermediate", "Root", 2, 1);
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, 1);
	assert_null(path.anchor);
	assert_true(path.link_missing);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_NO_TRUST_ANCHOR, 1), 1);
	assert_int_equal(fake_failures(&report, KVK_REASON_NAME_CHAINING, 0), 1);
	/* without the intermediate nothing points at the anchor: only that is said */
	f.pool_count = 0;
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 1);
}

/* Of several issuers: the one with the key, then the one that is valid. */
static void test_choice(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	struct kvk_certificate *other_key = fake_ca(&f, "Tsp", "Root", 7, 1);
	struct kvk_certificate *expired = fake_ca(&f, "Tsp", "Root", 3, 1);
	struct kvk_certificate *good = fake_ca(&f, "Tsp", "Root", 3, 1);
	struct kvk_path path;

	(void)state;
	(void)other_key;
	expired->not_after = FAKE_NOW - 1;
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_ptr_equal(path.certs[1].certificate, good);
	/* the key identifier saves signatures */
	identify(leaf, NULL, "k");
	identify(good, "k", NULL);
	f.signatures.checked = f.signatures.remembered = 0;
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_ptr_equal(path.certs[1].certificate, good);
	assert_int_equal(f.signatures.checked, 2);
	/* an expired one is better than none */
	good->not_after = FAKE_NOW - 1;
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, 2);
	assert_true(path.proven);
}

/* A wrong key identifier does not keep the RFC's reader away; Java takes it for another anchor. */
static void test_wrong_identifier(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Root", 4, 1);
	struct kvk_path path;

	(void)state;
	identify(leaf, NULL, "other");
	f.anchor.ski = kvk_span_of("root");
	fake_build(&f, leaf, KVK_MANNER_RFC5280, &path);
	assert_true(path.proven);
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_null(path.anchor);
}

/* So does a serial number, if the anchor's certificate is available; measured with Java 17. */
static void test_wrong_serial(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Root", 4, 1);
	struct kvk_certificate *root = fake_ca(&f, "Root", "Root", 1, 1);
	struct kvk_path path;

	(void)state;
	root->serial = kvk_span_of("\x05");
	leaf->ext.has_aki = true;
	leaf->ext.aki_serial = kvk_span_of("\x06");
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_true(path.proven);
	f.anchor.certificate = root;
	fake_build(&f, leaf, KVK_MANNER_RFC5280, &path);
	assert_true(path.proven);
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_null(path.anchor);
	leaf->ext.aki_serial = kvk_span_of("\x05");
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_true(path.proven);
}

static void test_anchor_is_leaf(void **state)
{
	struct kvk_certificate *root = fake_ca(&f, "Root", "Root", 1, 1);
	struct kvk_path path;

	(void)state;
	fake_build(&f, root, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, 1);
	assert_true(path.proven);
}

/* Cross-certificates that lead in a circle. */
static void test_loop(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "A", 4, 2);
	struct kvk_path path;

	(void)state;
	fake_ca(&f, "A", "B", 2, 3);
	fake_ca(&f, "B", "A", 3, 2);
	fake_ca(&f, "A", "A", 2, 2);
	fake_build(&f, leaf, KVK_MANNER_RFC5280, &path);
	assert_null(path.anchor);
	assert_in_range(path.count, 2, 3);
	/* a way out is found, wherever it hangs */
	fake_ca(&f, "B", "Root", 3, 1);
	fake_build(&f, leaf, KVK_MANNER_RFC5280, &path);
	assert_true(path.proven);
	assert_int_equal(path.count, 3);
}

static void test_deep(void **state)
{
	struct kvk_certificate *leaf;
	struct kvk_path_report report;
	struct kvk_path path;
	char subject[8], issuer[8] = "Root";

	(void)state;
	for (unsigned i = 0; i < KVK_LIMIT_DEPTH; i++) {
		snprintf(subject, sizeof(subject), "C%u", i);
		leaf = fake_ca(&f, subject, issuer, i + 2, i + 1);
		snprintf(issuer, sizeof(issuer), "%s", subject);
	}
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, KVK_LIMIT_DEPTH);
	assert_true(path.proven);
	/* one more is an answer, not a crash */
	leaf = fake_leaf(&f, "Leaf", issuer, 40, KVK_LIMIT_DEPTH + 1);
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, KVK_LIMIT_DEPTH);
	assert_null(path.anchor);
	assert_true(path.exhausted);
	assert_false(path.link_missing);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_NO_TRUST_ANCHOR, KVK_LIMIT_DEPTH), 1);
	for (size_t i = 0; i < report.count; i++)
		assert_true(report.failures[i].undetermined && report.failures[i].exhausted);
}

/* Many certificates of one name, all signing one another: the search ends, and in time. */
static void test_tangle(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Same", 60, 7);
	struct timespec start, end;
	struct kvk_path path;
	double ms;

	(void)state;
	for (unsigned i = 0; i < 15; i++)
		fake_ca(&f, i % 2 ? "Same" : "same", "SAME", 10 + i, 10 + (i + 1) % 15);
	fake_sign(&f, leaf, 12);
	clock_gettime(CLOCK_MONOTONIC, &start);
	fake_build(&f, leaf, KVK_MANNER_RFC5280, &path);
	clock_gettime(CLOCK_MONOTONIC, &end);
	assert_null(path.anchor);
	assert_true(path.exhausted);
	assert_true(path.count > 1);
	assert_true(f.signatures.checked <= f.signatures.budget);
	ms = (double)(end.tv_sec - start.tv_sec) * 1e3 +
		(double)(end.tv_nsec - start.tv_nsec) / 1e6;
	assert_true(ms < 500);
}

static void test_budget(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	struct kvk_path_report report;
	struct kvk_path path;

	(void)state;
	fake_ca(&f, "Tsp", "Root", 3, 1);
	f.signatures.budget = 1;
	fake_build(&f, leaf, KVK_MANNER_JAVA, &path);
	assert_int_equal(path.count, 2);
	assert_true(path.exhausted);
	assert_false(path.proven);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_true(report.exhausted);
	assert_int_equal(report.count, 1);
	assert_int_equal(report.failures[0].reason, KVK_REASON_INVALID_SIGNATURE);
	assert_true(report.failures[0].undetermined && report.failures[0].exhausted);
}

static void test_no_leaf(void **state)
{
	const struct kvk_build_input in = { .signatures = &f.signatures };
	struct kvk_path path;

	(void)state;
	assert_int_equal(kvk_path_build(&in, &path), KVK_ERR_ARGUMENT);
	assert_int_equal(path.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_in_any_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_other_signer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_forged_root, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_missing_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_choice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_wrong_identifier, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_wrong_serial, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_anchor_is_leaf, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_loop, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_deep, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_tangle, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_budget, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_leaf, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
