/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
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

/* Says of each path what its second certificate is; the first byte of its serial number. */
static unsigned evaluated;
static bool stop;

static enum kvk_err evaluate(
	void *context, const struct kvk_path *path, unsigned *failures, bool *more)
{
	const unsigned *of_serial = context;

	evaluated++;
	assert_true(path->proven);
	*failures = of_serial[path->certs[1].certificate->serial.p[0]];
	*more = !stop;
	return KVK_OK;
}

static const struct kvk_certificate *chosen(
	const struct kvk_certificate *leaf, const unsigned *of_serial, bool *exhausted)
{
	const struct kvk_build_input in = {
		.leaf = leaf,
		.candidates = f.pool,
		.candidate_count = f.pool_count,
		.anchors = &f.anchor,
		.anchor_count = 1,
		.at = FAKE_NOW,
		.signatures = &f.signatures,
		.evaluate = evaluate,
		.evaluate_context = (void *)(uintptr_t)of_serial,
	};
	struct kvk_path path;

	evaluated = 0;
	assert_int_equal(kvk_path_build(&in, &path), KVK_OK);
	assert_int_equal(path.count, 2);
	assert_ptr_equal(path.anchor, &f.anchor);
	*exhausted = path.exhausted;
	return path.certs[1].certificate;
}

/* Cross-certificates for one name and key: the one with which the path is valid is found. */
static void test_evaluated(void **state)
{
	struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3), *tsp[12];
	unsigned of_serial[FAKE_MAX] = { 0 };
	bool exhausted;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		tsp[i] = fake_ca(&f, "Tsp", "Root", 3, 1);
		of_serial[tsp[i]->serial.p[0]] = 3 - (unsigned)i;
	}
	of_serial[tsp[2]->serial.p[0]] = 0;
	assert_ptr_equal(chosen(leaf, of_serial, &exhausted), tsp[2]);
	assert_false(exhausted);
	/* none is valid: the one with the fewest failures, of equals the first */
	of_serial[tsp[2]->serial.p[0]] = 2;
	assert_ptr_equal(chosen(leaf, of_serial, &exhausted), tsp[1]);
	assert_int_equal(evaluated, 3);
	assert_false(exhausted);
	/* the evaluation has seen enough */
	stop = true;
	assert_ptr_equal(chosen(leaf, of_serial, &exhausted), tsp[0]);
	assert_true(exhausted);
	stop = false;
	/* and so has the builder in the end */
	for (size_t i = 3; i < 12; i++) {
		tsp[i] = fake_ca(&f, "Tsp", "Root", 3, 1);
		of_serial[tsp[i]->serial.p[0]] = i == 11 ? 0 : 3;
	}
	assert_ptr_equal(chosen(leaf, of_serial, &exhausted), tsp[1]);
	assert_int_equal(evaluated, KVK_LIMIT_PATHS);
	assert_true(exhausted);
}

/* A certificate that has expired does not make up for failures that were not counted. */
static void test_expired_is_evaluated_too(void **state)
{
	const struct kvk_certificate *leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	struct kvk_certificate *good = fake_ca(&f, "Tsp", "Root", 3, 1);
	struct kvk_certificate *expired = fake_ca(&f, "Tsp", "Root", 3, 1);
	unsigned of_serial[FAKE_MAX] = { 0 };
	bool exhausted;

	(void)state;
	expired->not_after = FAKE_NOW - KVK_DAY;
	of_serial[good->serial.p[0]] = 2;
	of_serial[expired->serial.p[0]] = 3;
	assert_ptr_equal(chosen(leaf, of_serial, &exhausted), good);
}

/* A chain of which every certificate was handed in four times is one path, and evaluated once. */
static void test_repeats(void **state)
{
	struct kvk_certificate *leaf, *c;
	unsigned of_serial[FAKE_MAX] = { 0 };
	struct kvk_build_input in = {
		.candidates = f.pool,
		.anchors = &f.anchor,
		.anchor_count = 1,
		.at = FAKE_NOW,
		.signatures = &f.signatures,
		.evaluate = evaluate,
		.evaluate_context = of_serial,
	};
	char subject[8], issuer[8] = "Root";
	struct kvk_path path;

	(void)state;
	for (unsigned i = 0; i < 9; i++) {
		snprintf(subject, sizeof(subject), "C%u", i);
		c = fake_ca(&f, subject, issuer, i + 2, i + 1);
		of_serial[c->serial.p[0]] = 1;
		for (unsigned n = 0; n < 3; n++)
			fake_offer(&f, c);
		snprintf(issuer, sizeof(issuer), "%s", subject);
	}
	leaf = fake_leaf(&f, "Leaf", issuer, 40, 10);
	in.leaf = leaf;
	in.candidate_count = f.pool_count;
	evaluated = 0;
	assert_int_equal(kvk_path_build(&in, &path), KVK_OK);
	assert_int_equal(path.count, 10);
	assert_true(path.proven);
	assert_false(path.exhausted);
	assert_int_equal(evaluated, 1);
	assert_int_equal(f.signatures.checked, 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_evaluated, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_expired_is_evaluated_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_repeats, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
