/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRLs and distribution points that are made to cost time: an answer that names the budget, and
 * costs no more than what the budget is meant to buy, which is measured beside it: a slow or busy
 * machine slows down both.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "revocation/crl_listing.h"
#include "revocation/crl_scope.h"
#include "revocation/crl_status.h"
#include "tests/path/fake.h"
#include "tests/support/cost.h"

static struct fake f;
static struct kvk_crl lists[KVK_LIMIT_CRLS];
static struct kvk_crl_candidate candidates[KVK_LIMIT_CRLS];
static struct kvk_blob point_names, list_names;
static struct kvk_certificate *leaf, *tsp;
static const uint8_t three[] = { 3 }, four[] = { 4 }, nine[] = { 9 };
static const uint8_t ed25519[] = { 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70 };

/* GeneralNames of as many directory names or URIs as are read, none of which two lists share. */
static void put_names(struct kvk_blob *out, const char *end, bool directories)
{
	struct kvk_der_writer w = { 0 };
	char text[200];

	for (unsigned i = 0; i < KVK_LIMIT_GENERAL_NAMES; i++) {
		snprintf(text, sizeof(text), "http://www.example.nl/%0150u/%s", i, end);
		if (!directories) {
			kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(text));
			continue;
		}
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(4));
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_open(&w, KVK_DER_SET);
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w, KVK_OID_CN);
		kvk_der_put_text(&w, text);
		for (unsigned n = 0; n < 4; n++)
			kvk_der_close(&w);
	}
	assert_int_equal(kvk_der_write_done(&w, out), KVK_OK);
}

static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	memset(lists, 0, sizeof(lists));
	fake_start(&f);
	leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	tsp = fake_ca(&f, "Tsp", "Root", 3, 1);
	for (size_t i = 0; i < KVK_LIMIT_CRLS; i++) {
		struct kvk_crl *crl = &lists[i];

		crl->version = 2;
		crl->issuer = tsp->subject;
		crl->this_update = FAKE_NOW - KVK_DAY;
		crl->next_update = FAKE_NOW + KVK_DAY;
		crl->has_next_update = true;
		crl->tbs = (struct kvk_span){ &((const uint8_t *)lists)[i], 1 };
		crl->algorithm = (struct kvk_span){ ed25519, sizeof(ed25519) };
		crl->signature = (struct kvk_span){ three, 1 };
		candidates[i].crl = crl;
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	kvk_blob_free(&point_names);
	kvk_blob_free(&list_names);
	fake_free(&f);
	return 0;
}

/* Every distribution point of the leaf against every CRL. */
static void points_times_lists(bool directories)
{
	put_names(&point_names, "a", directories);
	put_names(&list_names, "b", directories);
	for (size_t i = 0; i < KVK_LIMIT_POINTS; i++)
		leaf->ext.crl_points[i].full_name = kvk_span_of_blob(&point_names);
	leaf->ext.crl_point_count = KVK_LIMIT_POINTS;
	for (size_t i = 0; i < KVK_LIMIT_CRLS; i++) {
		lists[i].has_idp = true;
		lists[i].idp_point.full_name = kvk_span_of_blob(&list_names);
	}
}

struct asked {
	struct kvk_crl_input in;
	struct kvk_revocation_answer answer;
};

static void ask_once(void *context)
{
	struct asked *asked = context;

	f.signatures.checked = f.signatures.remembered = 0;
	assert_int_equal(kvk_crl_status(&asked->in, &asked->answer), KVK_OK);
}

/* Spends a whole budget on names that are told apart by their last character. */
static void spend(void *context)
{
	struct kvk_crl_budget budget = { .comparisons = KVK_LIMIT_CRL_COMPARISONS };
	const struct kvk_name *names = context;

	while (!budget.exhausted)
		assert_false(kvk_crl_same_name(&names[0], &names[1], KVK_MANNER_RFC5280, &budget));
}

static double cost_of_budget(void)
{
	static const char *const texts[] = {
		"A certification authority with an ordinary name G1",
		"a certification authority with an ordinary name G2",
	};
	struct kvk_name names[2];
	double ms;

	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(kvk_name_parse(fake_name(&f, texts[i]), false, &names[i]), KVK_OK);
	ms = cost_of(spend, names);
	for (unsigned i = 0; i < 2; i++)
		kvk_name_free(&names[i]);
	return ms;
}

static double ask(enum kvk_manner manner, struct kvk_revocation_answer *out)
{
	struct asked asked = {
		.in = {
			.certificate = leaf,
			.issuer = tsp,
			.anchor = &f.anchor,
			.crls = candidates,
			.crl_count = KVK_LIMIT_CRLS,
			.at = FAKE_NOW,
			.manner = manner,
			.signatures = &f.signatures,
			.pool = f.pool,
			.pool_count = f.pool_count,
		},
	};
	const double ms = cost_of(ask_once, &asked);

	*out = asked.answer;
	print_message("%.2f ms, %u signatures, %s\n", ms, f.signatures.checked,
		kvk_revocation_why_id(out->why));
	return ms;
}

static void expect_within(double budgets, enum kvk_revocation state, enum kvk_revocation_why why)
{
	const double ms = cost_of_budget();
	struct kvk_revocation_answer answer;

	print_message("a budget: %.2f ms\n", ms);
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		assert_true(ask((enum kvk_manner)m, &answer) < budgets * ms);
		assert_int_equal(answer.state, state);
		assert_int_equal(answer.why, why);
	}
}

static void expect(enum kvk_revocation state, enum kvk_revocation_why why)
{
	expect_within(6, state, why);
}

static void test_points_times_lists(void **state)
{
	(void)state;
	points_times_lists(false);
	expect(KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
}

static void test_directory_names(void **state)
{
	(void)state;
	points_times_lists(true);
	expect(KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
}

/* As many CRLs as a run takes, and an ordinary certificate: no budget is exceeded. */
static void test_honest(void **state)
{
	(void)state;
	put_names(&point_names, "a", false);
	leaf->ext.crl_point_count = 1;
	leaf->ext.crl_points[0].full_name = kvk_span_of_blob(&point_names);
	for (size_t i = 1; i < KVK_LIMIT_CRLS; i++)
		lists[i].issuer = i % 2 ? leaf->subject : f.anchor.name;
	expect(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
}

/* Half complete, half deltas, of which every pair might fit. */
static void test_deltas(void **state)
{
	struct kvk_revocation_answer answer;

	(void)state;
	points_times_lists(false);
	for (size_t i = 0; i < KVK_LIMIT_CRLS; i++) {
		lists[i].idp_point.full_name = lists[i].idp_point.relative_name =
			(struct kvk_span){ 0 };
		lists[i].has_only_reasons = true;
		lists[i].only_reasons = 2;
		lists[i].has_number = true;
		lists[i].number = (struct kvk_span){ four, 1 };
		if (i % 2) {
			lists[i].has_delta_base = true;
			lists[i].delta_base = (struct kvk_span){ four, 1 };
			lists[i].number = (struct kvk_span){ nine, 1 };
		}
	}
	assert_true(ask(KVK_MANNER_RFC5280, &answer) < cost_of_budget());
	assert_int_equal(answer.state, KVK_REVOCATION_UNDETERMINED);
	assert_true(f.signatures.checked <= KVK_LIMIT_SIGNATURES);
}

/*
 * Certificates of which each might have signed each CRL, but for a name that is different in its
 * last character alone, or for a status that nobody knows; in Java's manner all CRLs are looked at
 * because they cannot be read.
 */
static void many_signers(char last, double budgets)
{
	static const uint8_t garbage[] = { 0xff };
	char name[900];

	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	leaf = fake_leaf(&f, "Leaf", name, 4, 3);
	tsp = fake_ca(&f, name, "Root", 3, 1);
	leaf->ext.has_aki = true;
	leaf->ext.aki_key_id = (struct kvk_span){ four, 1 };
	leaf->ext.has_crl_points = true;
	leaf->ext.crl_point_count = KVK_LIMIT_POINTS;
	name[0] = 'X';
	name[sizeof(name) - 2] = last;
	while (f.count < FAKE_MAX) {
		struct kvk_certificate *other = fake_ca(&f, name, "Root", 9, 1);

		other->ext.has_ski = true;
		other->ext.ski = (struct kvk_span){ nine, 1 };
	}
	for (size_t i = 0; i < KVK_LIMIT_CRLS; i++) {
		lists[i].issuer = tsp->subject;
		lists[i].has_aki = true;
		lists[i].aki_key_id = (struct kvk_span){ nine, 1 };
		lists[i].signature = (struct kvk_span){ nine, 1 };
		lists[i].entries = (struct kvk_span){ garbage, sizeof(garbage) };
	}
	expect_within(budgets, KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
}

static void test_names_of_signers(void **state)
{
	(void)state;
	many_signers('y', 6);
}

static void test_paths_of_signers(void **state)
{
	(void)state;
	many_signers('x', 1);
}

/* An entry whose certificateIssuer is a name of this number. */
static void put_entry(struct kvk_der_writer *w, unsigned issuer)
{
	char text[16];

	snprintf(text, sizeof(text), "CA %u", issuer);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(w, 7);
	kvk_der_put_time(w, FAKE_NOW - KVK_DAY);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_EXT_CERTIFICATE_ISSUER);
	kvk_der_put_boolean(w, true);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(4));
	f.name_count = 8;
	kvk_der_put_raw(w, fake_name(&f, text));
	kvk_blob_free(&f.names[8]);
	for (unsigned i = 0; i < 6; i++)
		kvk_der_close(w);
}

/* An indirect CRL in which every entry names another issuer, or some of a few in turn. */
static void test_certificate_issuers(void **state)
{
	static const unsigned few[] = { 5, 8 };
	const size_t entries = KVK_LIMIT_CRL_COMPARISONS + 1;

	(void)state;
	for (unsigned run = 0; run < 3; run++) {
		struct kvk_der_writer w = { 0 };
		struct kvk_blob all = { 0 };
		struct kvk_crl_listing listing;

		for (unsigned i = 0; i < entries; i++)
			put_entry(&w, run < 2 ? i % few[run] : i);
		assert_int_equal(kvk_der_write_done(&w, &all), KVK_OK);
		lists[0].entries = kvk_span_of_blob(&all);
		for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
			kvk_crl_listing_find(&lists[0], leaf, (enum kvk_manner)m, &listing);
			assert_int_equal(listing.exhausted, run == 2);
			assert_int_equal(listing.unreadable, run == 2);
			assert_false(listing.listed);
		}
		/* The others are clean, but this one may revoke. */
		if (run == 2)
			expect_within(12, KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
		kvk_blob_free(&all);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_points_times_lists),
		TEST(test_directory_names),
		TEST(test_honest),
		TEST(test_deltas),
		TEST(test_names_of_signers),
		TEST(test_paths_of_signers),
		TEST(test_certificate_issuers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
