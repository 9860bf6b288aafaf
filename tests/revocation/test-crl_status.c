/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/revocation/crls.h"
#include "tests/support/crl_issue.h"

static void test_good_and_revoked(void **state)
{
	(void)state;
	expect_open(BOTH, KVK_WHY_NO_CRL);
	assert_int_equal(answer.crl, -1);
	kvk_crl_revoke(&issue, kvk_span_of("\x63"), FAKE_NOW - KVK_DAY, -1);
	finish("Tsp", 3);
	expect_good(BOTH);
	count = 0;
	kvk_crl_revoke(&issue, kvk_span_of("\x63"), FAKE_NOW - KVK_DAY, -1);
	revoke_leaf(FAKE_NOW - KVK_HOUR, KVK_REVOKED_KEY_COMPROMISE);
	finish("Tsp", 3);
	expect_revoked(BOTH);
	assert_int_equal(answer.crl, 0);
	assert_true(answer.date == FAKE_NOW - KVK_HOUR);
	assert_true(answer.has_reason);
	assert_int_equal(answer.reason, KVK_REVOKED_KEY_COMPROMISE);
}

/* Serial numbers are octets: no prefix, no sign, no leading zero. */
static void test_serials(void **state)
{
	static const uint8_t serial[] = { 0x00, 0x80, 0x01 };
	static const uint8_t prefix[] = { 0x00, 0x80 };
	static const uint8_t longer[] = { 0x00, 0x80, 0x01, 0x00 };
	static const uint8_t negative[] = { 0x80, 0x01 };
	static const uint8_t padded[] = { 0x00, 0x00, 0x00, 0x80, 0x01 };

	(void)state;
	leaf->serial = (struct kvk_span){ .p = serial, .n = sizeof(serial) };
	kvk_crl_revoke(&issue, (struct kvk_span){ .p = prefix, .n = sizeof(prefix) }, 0, -1);
	kvk_crl_revoke(&issue, (struct kvk_span){ .p = longer, .n = sizeof(longer) }, 0, -1);
	kvk_crl_revoke(&issue, (struct kvk_span){ .p = negative, .n = sizeof(negative) }, 0, -1);
	finish("Tsp", 3);
	expect_good(BOTH);
	count = 0;
	kvk_crl_revoke(&issue, leaf->serial, 0, -1);
	finish("Tsp", 3);
	expect_revoked(BOTH);
	/* written with octets too many it is the same number, to Java too */
	count = 0;
	kvk_crl_revoke(&issue, (struct kvk_span){ .p = padded, .n = sizeof(padded) }, 0, -1);
	finish("Tsp", 3);
	expect_revoked(BOTH);
}

/* Nobody else speaks for the TSP. */
static void test_whose(void **state)
{
	(void)state;
	finish("Other", 3);
	expect_open(BOTH, KVK_WHY_NO_CRL);
	finish("Tsp", 9);
	expect_open(BOTH, KVK_WHY_CRL_SIGNATURE);
	assert_int_equal(answer.crl, 1);
	finish("tsp", 3);
	expect_good(BOTH);
}

static void test_signature_open(void **state)
{
	(void)state;
	finish("Tsp", FAKE_UNHANDLED);
	expect_open(BOTH, KVK_WHY_CRL_ALGORITHM);
	f.signatures.remembered = 0;
	f.signatures.budget = f.signatures.checked;
	expect_open(BOTH, KVK_WHY_BUDGET);
}

static void test_may_sign(void **state)
{
	(void)state;
	finish("Tsp", 3);
	tsp->ext.key_usage = KVK_KU_KEY_CERT_SIGN;
	expect_open(BOTH, KVK_WHY_CRL_SIGN);
	tsp->ext.has_key_usage = false;
	expect_good(KVK_MANNER_RFC5280);
}

/* Of an anchor nothing but name and key counts. */
static void test_anchor_signs(void **state)
{
	struct kvk_crl_input in;

	(void)state;
	finish("Root", 1);
	in = input_of(tsp, NULL);
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	assert_int_equal(answer.state, KVK_REVOCATION_GOOD);
	in.anchor = NULL;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	assert_int_equal(answer.state, KVK_REVOCATION_UNDETERMINED);
}

static void test_times(void **state)
{
	static const struct {
		kvk_time this_update, next_update;
		int rfc, java;
	} rows[] = {
		{ 0, 0, KVK_WHY_DETERMINED, KVK_WHY_DETERMINED },
		{ 1, KVK_HOUR, KVK_WHY_CRL_EARLY, KVK_WHY_DETERMINED },
		{ 15 * KVK_MINUTE, KVK_HOUR, KVK_WHY_CRL_EARLY, KVK_WHY_DETERMINED },
		{ 15 * KVK_MINUTE + 1, KVK_HOUR, KVK_WHY_CRL_EARLY, KVK_WHY_CRL_EARLY },
		{ -KVK_DAY, -1, KVK_WHY_CRL_STALE, KVK_WHY_DETERMINED },
		{ -KVK_DAY, -15 * KVK_MINUTE, KVK_WHY_CRL_STALE, KVK_WHY_DETERMINED },
		{ -KVK_DAY, -15 * KVK_MINUTE - 1, KVK_WHY_CRL_STALE, KVK_WHY_CRL_STALE },
	};
	struct kvk_crl *crl = finish("Tsp", 3);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		crl->this_update = FAKE_NOW + rows[i].this_update;
		crl->next_update = FAKE_NOW + rows[i].next_update;
		ask(KVK_MANNER_RFC5280);
		assert_int_equal(answer.why, rows[i].rfc);
		ask(KVK_MANNER_JAVA);
		assert_int_equal(answer.why, rows[i].java);
	}
	crl->next_update = FAKE_NOW + KVK_DAY;
	crl->this_update = FAKE_NOW - KVK_DAY;
	crl->has_next_update = false;
	expect_open(BOTH, KVK_WHY_CRL_STALE);
}

/*
 * Measured with Java 17: an entry counts from its date on; removeFromCRL has no meaning in a
 * complete CRL.
 */
static void test_entry_dates(void **state)
{
	(void)state;
	revoke_leaf(FAKE_NOW, -1);
	finish("Tsp", 3);
	expect_revoked(KVK_MANNER_RFC5280);
	expect_good(KVK_MANNER_JAVA);
	assert_true(answer.planned);
	assert_int_equal(answer.date, FAKE_NOW);
	count = 0;
	revoke_leaf(FAKE_NOW - 1000, KVK_REVOKED_REMOVE_FROM_CRL);
	finish("Tsp", 3);
	expect_good(KVK_MANNER_RFC5280);
	expect_revoked(KVK_MANNER_JAVA);
	count = 0;
	revoke_leaf(FAKE_NOW - 1000, KVK_REVOKED_HOLD);
	finish("Tsp", 3);
	expect_revoked(BOTH);
}

static void test_critical(void **state)
{
	(void)state;
	kvk_crl_extension(&issue, "1.2.3.4", true, kvk_span_of("\x05\x00"));
	revoke_leaf(0, -1);
	finish("Tsp", 3);
	expect_open(BOTH, KVK_WHY_CRL_CRITICAL);
	count = 0;
	kvk_crl_extension(&issue, "1.2.3.4", false, kvk_span_of("\x05\x00"));
	finish("Tsp", 3);
	expect_good(BOTH);
}

static void test_kinds(void **state)
{
	(void)state;
	kvk_crl_idp(&issue, NULL, 1, 0);
	finish("Tsp", 3);
	expect_good(BOTH);
	leaf->ext.has_basic_constraints = leaf->ext.ca = true;
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	count = 0;
	kvk_crl_idp(&issue, NULL, 2, 0);
	finish("Tsp", 3);
	expect_good(BOTH);
	leaf->ext.ca = false;
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	count = 0;
	kvk_crl_idp(&issue, NULL, 5, 0);
	finish("Tsp", 3);
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
}

static void test_distribution_point(void **state)
{
	(void)state;
	kvk_crl_idp(&issue, "http://crl.example/a", 0, 0);
	finish("Tsp", 3);
	/* the CRL is of a part, and the certificate does not say of which it is */
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	give_point(leaf)->full_name = uri("http://crl.example/b");
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	give_point(leaf)->full_name = uri("HTTP://CRL.example/a");
	expect_good(BOTH);
	leaf->ext.crl_points[1].full_name = uri("http://crl.example/A");
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	/* a complete CRL serves every point */
	count = 0;
	finish("Tsp", 3);
	expect_good(BOTH);
}

/*
 * A point for some reasons leaves the others open; the RFC then asks the point that is implied,
 * Java does not.
 */
static void test_point_reasons(void **state)
{
	struct kvk_crl_point *point = give_point(leaf);

	(void)state;
	point->full_name = uri("http://crl.example/a");
	point->has_reasons = true;
	point->reasons = 0x02;
	finish("Tsp", 3);
	expect_good(KVK_MANNER_RFC5280);
	expect_open(KVK_MANNER_JAVA, KVK_WHY_CRL_REASONS);
}

/* A name relative to the issuer's, on both sides. */
static void test_relative_name(void **state)
{
	struct kvk_der_writer w = { 0 };
	struct kvk_blob rdn = { 0 };
	struct kvk_crl *crl;

	(void)state;
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_CN);
	kvk_der_put_text(&w, "part");
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &rdn), KVK_OK);
	kvk_crl_idp(&issue, NULL, 1, 0);
	crl = finish("Tsp", 3);
	crl->idp_point.relative_name = kvk_span_of_blob(&rdn);
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	give_point(leaf)->relative_name = kvk_span_of_blob(&rdn);
	expect_good(BOTH);
	kvk_blob_free(&rdn);
}

/* Reasons add up. Measured: Java counts the unused bit too, so parts never make a whole. */
static void test_reasons(void **state)
{
	(void)state;
	kvk_crl_idp(&issue, NULL, 0, 0x06);
	finish("Tsp", 3);
	expect_open(BOTH, KVK_WHY_CRL_REASONS);
	kvk_crl_idp(&issue, NULL, 0, 0x1f8);
	finish("Tsp", 3);
	expect_good(KVK_MANNER_RFC5280);
	expect_open(KVK_MANNER_JAVA, KVK_WHY_CRL_REASONS);
	/* revoked for one reason is revoked */
	kvk_crl_idp(&issue, NULL, 0, 0x1f8);
	revoke_leaf(FAKE_NOW - KVK_DAY, KVK_REVOKED_SUPERSEDED);
	count = 1;
	finish("Tsp", 3);
	expect_revoked(KVK_MANNER_RFC5280);
}

/* The newest CRL is asked, in whatever order they come. */
static void test_newest_first(void **state)
{
	(void)state;
	revoke_leaf(FAKE_NOW - 2 * KVK_DAY, KVK_REVOKED_HOLD);
	issue.this_update = FAKE_NOW - 2 * KVK_DAY;
	finish("Tsp", 3);
	finish("Tsp", 3);
	crls[count++].crl = NULL;
	expect_good(BOTH);
	count = 0;
	finish("Tsp", 3);
	made[0].crl.this_update = FAKE_NOW - 3 * KVK_DAY;
	revoke_leaf(FAKE_NOW - 2 * KVK_DAY, KVK_REVOKED_HOLD);
	finish("Tsp", 3);
	expect_revoked(BOTH);
	assert_int_equal(answer.crl, 1);
}

static void test_unreadable(void **state)
{
	(void)state;
	crls[count++].crl = NULL;
	expect_open(BOTH, KVK_WHY_CRL_UNREADABLE);
	assert_int_equal(answer.crl, 0);
	/* entries that end in the middle say nothing about what they do not hold */
	revoke_leaf(0, -1);
	finish("Tsp", 3)->entries.n--;
	expect_open(BOTH, KVK_WHY_CRL_UNREADABLE);
}

static void test_words(void **state)
{
	(void)state;
	for (int i = 0; i < KVK_REVOCATION_WHY_COUNT; i++) {
		assert_non_null(kvk_revocation_why_id((enum kvk_revocation_why)i));
		assert_true(kvk_revocation_why_text((enum kvk_revocation_why)i)[0] != '\0');
	}
	assert_string_equal(kvk_revocation_why_id(KVK_WHY_CRL_SIGNER), "crl-signer");
	assert_string_equal(kvk_revocation_why_id(KVK_REVOCATION_WHY_COUNT), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_good_and_revoked),
		TEST(test_serials),
		TEST(test_whose),
		TEST(test_signature_open),
		TEST(test_may_sign),
		TEST(test_anchor_signs),
		TEST(test_times),
		TEST(test_entry_dates),
		TEST(test_critical),
		TEST(test_kinds),
		TEST(test_distribution_point),
		TEST(test_point_reasons),
		TEST(test_relative_name),
		TEST(test_reasons),
		TEST(test_newest_first),
		TEST(test_unreadable),
		TEST(test_words),
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}
