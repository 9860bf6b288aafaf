/* SPDX-License-Identifier: Apache-2.0 */
/* What Java's validator makes of CRLs where the RFC says otherwise, as measured with JDK 17. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/revocation/crls.h"
#include "tests/support/crl_issue.h"

/* Asks with the certificates of the path available, as verify does. */
static void ask_java(void)
{
	struct kvk_crl_input in = input_of(leaf, tsp);

	in.manner = KVK_MANNER_JAVA;
	in.pool = f.pool;
	in.pool_count = f.pool_count;
	f.signatures.checked = 0;
	f.signatures.remembered = 0;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
}

static void expect_java(enum kvk_revocation state, enum kvk_revocation_why why)
{
	ask_java();
	assert_int_equal(answer.state, state);
	assert_int_equal(answer.why, why);
}

static void expect_java_good(void)
{
	expect_java(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
}

static void expect_java_revoked(void)
{
	expect_java(KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
}

static void expect_java_open(enum kvk_revocation_why why)
{
	expect_java(KVK_REVOCATION_UNDETERMINED, why);
}

static void start_over(void)
{
	count = 0;
	kvk_crl_issue_free(&issue);
	kvk_crl_issue_start(&issue);
	issue.signing = &kvk_signing_ed25519;
	issue.this_update = FAKE_NOW - KVK_DAY;
	issue.next_update = FAKE_NOW + KVK_DAY;
}

/* A CA without keyUsage may not sign CRLs until its own path and status say that it is a CA. */
static void test_no_key_usage(void **state)
{
	(void)state;
	tsp->ext.has_key_usage = false;
	finish("Tsp", 3);
	expect_java_open(KVK_WHY_CRL_SIGN);
	finish("Root", 1);
	expect_java_good();
	kvk_crl_revoke(&issue, tsp->serial, 0, -1);
	count = 1;
	finish("Root", 1);
	expect_java_open(KVK_WHY_CRL_SIGN);
}

/* A CRL whose key identifier is not the leaf's is one of another signer. */
static void test_key_identifier(void **state)
{
	struct kvk_certificate *signer;

	(void)state;
	leaf->ext.has_aki = true;
	leaf->ext.aki_key_id = kvk_span_of("\x07");
	kvk_crl_aki(&issue, kvk_span_of("\x08"));
	finish("Tsp", 3);
	expect_good(KVK_MANNER_RFC5280);
	expect_java_open(KVK_WHY_CRL_SIGNER);
	/* not even where that signer is the issuer after all, and is not revoked */
	tsp->ext.has_ski = true;
	tsp->ext.ski = kvk_span_of("\x08");
	finish("Root", 1);
	expect_java_open(KVK_WHY_CRL_SIGNER);
	/* another certificate of that name, with that key identifier */
	signer = fake_ca(&f, "Tsp", "Root", 7, 1);
	signer->ext.has_ski = true;
	signer->ext.ski = kvk_span_of("\x08");
	made[0].signature[0] = 7;
	expect_java_good();
	made[0].signature[0] = 3;
	f.pool_count--;
	expect_java_open(KVK_WHY_CRL_SIGNER);
	/* what the issuer calls its key is not asked for */
	leaf->ext.aki_key_id = kvk_span_of("\x08");
	tsp->ext.ski = kvk_span_of("\x07");
	expect_java_good();
	/* no key identifier in the leaf: nothing to go by */
	leaf->ext.has_aki = false;
	leaf->ext.aki_key_id = (struct kvk_span){ 0 };
	expect_java_good();
}

/* One such CRL that nobody is found for spoils the others, unless they had said all before. */
static void test_abandoned(void **state)
{
	(void)state;
	leaf->ext.has_aki = true;
	leaf->ext.aki_key_id = kvk_span_of("\x07");
	kvk_crl_aki(&issue, kvk_span_of("\x07"));
	finish("Tsp", 3);
	expect_java_good();
	kvk_crl_aki(&issue, kvk_span_of("\x08"));
	issue.this_update = FAKE_NOW - KVK_HOUR;
	finish("Tsp", 3);
	expect_java_open(KVK_WHY_CRL_SIGNER);
	made[1].crl.this_update = FAKE_NOW - 2 * KVK_DAY;
	expect_java_good();
}

/* Nothing counts before all reasons are covered, bit 0 with them; not even an entry. */
static void test_all_reasons(void **state)
{
	(void)state;
	kvk_crl_idp(&issue, NULL, 0, 0x1fe);
	revoke_leaf(FAKE_NOW - KVK_DAY, KVK_REVOKED_SUPERSEDED);
	finish("Tsp", 3);
	expect_revoked(KVK_MANNER_RFC5280);
	expect_java_open(KVK_WHY_CRL_REASONS);
	made[0].crl.only_reasons |= 1;
	expect_java_revoked();
}

/* Of the critical extensions only the issuing distribution point is known. */
static void test_critical(void **state)
{
	(void)state;
	kvk_crl_idp(&issue, NULL, 0, 0);
	finish("Tsp", 3);
	expect_java_good();
	start_over();
	kvk_crl_extension(&issue, "2.5.29.20", true, kvk_span_of("\x02\x01\x05"));
	finish("Tsp", 3);
	expect_good(KVK_MANNER_RFC5280);
	expect_java_open(KVK_WHY_CRL_CRITICAL);
}

/* A delta CRL whose indicator is not critical is a CRL like any other. */
static void test_delta(void **state)
{
	(void)state;
	kvk_crl_extension(&issue, "2.5.29.27", false, kvk_span_of("\x02\x01\x05"));
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	finish("Tsp", 3);
	expect_java_revoked();
	start_over();
	kvk_crl_delta(&issue, 5);
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	finish("Tsp", 3);
	expect_java_open(KVK_WHY_CRL_SCOPE);
}

/* Gives the last entry an extension. */
static void add_to_entry(const char *oid, bool critical, struct kvk_span value)
{
	struct kvk_crl_revoked *last = kvk_vec_at(&issue.revoked, issue.revoked.count - 1);
	struct kvk_der_writer w = { 0 };
	struct kvk_blob made_extension = { 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(&w, oid);
	if (critical)
		kvk_der_put_boolean(&w, true);
	kvk_der_put(&w, KVK_DER_OCTET_STRING, value);
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &made_extension), KVK_OK);
	assert_int_equal(
		kvk_blob_append(&last->extensions, kvk_span_of_blob(&made_extension)), KVK_OK);
	kvk_blob_free(&made_extension);
}

#define INVALIDITY \
	"\x18\x0f" \
	"20250101000000Z"

/* An entry with a critical extension beyond reason and issuer: Java gives up, with no reason. */
static void test_entry_critical(void **state)
{
	(void)state;
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	add_to_entry("2.5.29.24", true, kvk_span_of(INVALIDITY));
	finish("Tsp", 3);
	expect_revoked(KVK_MANNER_RFC5280);
	expect_java_open(KVK_WHY_CRL_CRITICAL);
	/* of somebody else it does no harm */
	start_over();
	kvk_crl_revoke(&issue, kvk_span_of("\x63"), 0, -1);
	add_to_entry("1.3.6.1.4.1.32473.7", true, kvk_span_of("\x05"));
	finish("Tsp", 3);
	expect_open(KVK_MANNER_RFC5280, KVK_WHY_CRL_CRITICAL);
	expect_java_good();
}

/* Of two entries the last counts; an extension twice in one entry makes the CRL unreadable. */
static void test_twice(void **state)
{
	(void)state;
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	revoke_leaf(FAKE_NOW + KVK_DAY, -1);
	finish("Tsp", 3);
	expect_revoked(KVK_MANNER_RFC5280);
	expect_java_good();
	start_over();
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	add_to_entry("2.5.29.24", false, kvk_span_of(INVALIDITY));
	add_to_entry("2.5.29.24", false, kvk_span_of(INVALIDITY));
	finish("Tsp", 3);
	expect_open(BOTH, KVK_WHY_CRL_UNREADABLE);
}

/* certificateIssuer: its first name has to be a directory name, in any entry. */
static void test_certificate_issuer(void **state)
{
	(void)state;
	kvk_crl_revoke(&issue, kvk_span_of("\x63"), 0, -1);
	add_to_entry("2.5.29.29", true, kvk_span_of("\x30\x04\x82\x02nl"));
	finish("Tsp", 3);
	expect(KVK_MANNER_RFC5280, KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_CRITICAL);
	expect_java_open(KVK_WHY_CRL_UNREADABLE);
}

/* Entries are looked up by the printed name of the issuer: another case is another issuer. */
static void test_case(void **state)
{
	(void)state;
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	finish("TSP", 3);
	expect_revoked(KVK_MANNER_RFC5280);
	expect_java_good();
}

/* A distribution point extension without any: then there is not even the implied one. */
static void test_no_points(void **state)
{
	(void)state;
	finish("Tsp", 3);
	expect_java_good();
	leaf->ext.has_crl_points = true;
	expect_good(KVK_MANNER_RFC5280);
	expect_java_open(KVK_WHY_NO_CRL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_no_key_usage),
		TEST(test_key_identifier),
		TEST(test_abandoned),
		TEST(test_all_reasons),
		TEST(test_critical),
		TEST(test_delta),
		TEST(test_entry_critical),
		TEST(test_twice),
		TEST(test_certificate_issuer),
		TEST(test_case),
		TEST(test_no_points),
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}
