/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/revocation/crls.h"
#include "tests/support/crl_issue.h"

static void expect_with_pool(enum kvk_revocation state, enum kvk_revocation_why why)
{
	struct kvk_crl_input in = input_of(leaf, tsp);

	f.signatures.checked = 0;
	in.pool = f.pool;
	in.pool_count = f.pool_count;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	assert_int_equal(answer.state, state);
	assert_int_equal(answer.why, why);
}

/* A CA with a separate key for CRLs. */
static void test_separate_key(void **state)
{
	struct kvk_certificate *signer;

	(void)state;
	signer = fake_ca(&f, "Tsp", "Root", 7, 1);
	signer->ext.ca = false;
	signer->ext.key_usage = KVK_KU_CRL_SIGN;
	finish("Tsp", 7);
	expect_open(BOTH, KVK_WHY_CRL_SIGNATURE);
	/* the signer's own status is on the root's CRL, which is not there */
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_SIGNER);
	finish("Root", 1);
	expect_with_pool(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
	signer->ext.key_usage = KVK_KU_DIGITAL_SIGNATURE;
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_SIGN);
	signer->ext.key_usage = KVK_KU_CRL_SIGN;
	signer->not_after = FAKE_NOW - 1;
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_SIGNER);
	signer->not_after = FAKE_NOW;
	fake_sign(&f, signer, 9);
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_SIGNER);
	fake_sign(&f, signer, 1);
	count = 1;
	kvk_crl_revoke(&issue, signer->serial, 0, -1);
	finish("Root", 1);
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_SIGNER);
}

/* Signers that vouch for one another in every possible way: an answer, and in time. */
static void test_tangle(void **state)
{
	struct timespec start, end;
	double ms;

	(void)state;
	for (unsigned i = 0; i < 20; i++)
		fake_ca(&f, "Tsp", i % 2 ? "Root" : "Tsp", 7, i % 2 ? 1 : 7);
	for (int i = 0; i < CRLS; i++) {
		kvk_crl_idp(&issue, NULL, 0, (uint32_t)2 << i);
		finish("Tsp", 7);
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
	clock_gettime(CLOCK_MONOTONIC, &end);
	ms = (double)(end.tv_sec - start.tv_sec) * 1e3 +
		(double)(end.tv_nsec - start.tv_nsec) / 1e6;
	assert_true(ms < 500);
}

/* A CRL for several issuers. */
static void test_indirect(void **state)
{
	struct kvk_certificate *signer = fake_ca(&f, "Crls", "Root", 7, 1);
	struct kvk_crl_point *point;

	(void)state;
	(void)signer;
	finish("Root", 1);
	kvk_crl_idp(&issue, NULL, 4, 0);
	/* an entry without certificateIssuer is about the CRL's issuer, not about the TSP */
	revoke_leaf(0, -1);
	finish("Crls", 7);
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_NO_CRL);
	point = give_point(leaf);
	point->crl_issuer = directory("Someone");
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_NO_CRL);
	point->crl_issuer = directory("Crls");
	expect_with_pool(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
	/* one that does not say that it is indirect is not */
	made[1].crl.indirect = false;
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_NO_CRL);
}

/* In an indirect CRL the issuer of a certificate holds for the entries that follow. */
static void test_certificate_issuer(void **state)
{
	struct kvk_certificate *signer = fake_ca(&f, "Crls", "Root", 7, 1);
	struct kvk_der_writer w = { 0 };
	struct kvk_crl_revoked *first;
	struct kvk_blob value = { 0 };

	(void)state;
	(void)signer;
	finish("Root", 1);
	give_point(leaf)->crl_issuer = directory("Crls");
	kvk_crl_idp(&issue, NULL, 4, 0);
	kvk_crl_revoke(&issue, kvk_span_of("\x63"), 0, -1);
	revoke_leaf(0, -1);
	/*
	 * SEQUENCE { 2.5.29.29, critical, OCTET STRING { GeneralNames { Tsp } } } on the first
	 * entry
	 */
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_EXT_CERTIFICATE_ISSUER);
	kvk_der_put_boolean(&w, true);
	kvk_der_open(&w, KVK_DER_OCTET_STRING);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, directory("Tsp"));
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &value), KVK_OK);
	first = kvk_vec_at(&issue.revoked, 0);
	assert_int_equal(kvk_blob_append(&first->extensions, kvk_span_of_blob(&value)), KVK_OK);
	finish("Crls", 7);
	expect_with_pool(KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	/* in a CRL that is not indirect it is a critical extension that has no place there */
	leaf->ext.crl_point_count = 0;
	revoke_leaf(0, -1);
	first = kvk_vec_at(&issue.revoked, 0);
	assert_int_equal(kvk_blob_append(&first->extensions, kvk_span_of_blob(&value)), KVK_OK);
	finish("Tsp", 3);
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_CRITICAL);
	kvk_blob_free(&value);
}

/* Deltas (only in the RFC's manner). */
static void test_delta(void **state)
{
	(void)state;
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	kvk_crl_number(&issue, 9);
	kvk_crl_delta(&issue, 5);
	finish("Tsp", 3);
	expect_open(BOTH, KVK_WHY_CRL_SCOPE);
	kvk_crl_number(&issue, 5);
	finish("Tsp", 3);
	expect_revoked(KVK_MANNER_RFC5280);
	expect_good(KVK_MANNER_JAVA);
	/* a complete CRL older than the delta's base, or newer than the delta */
	count = 1;
	kvk_crl_number(&issue, 4);
	finish("Tsp", 3);
	expect_good(BOTH);
	count = 1;
	kvk_crl_number(&issue, 9);
	finish("Tsp", 3);
	expect_good(BOTH);
	/* numbers are numbers, not octets */
	count = 1;
	made[0].crl.number = kvk_span_of("\x01\x01");
	made[0].crl.delta_base = kvk_span_of("\x05");
	kvk_crl_number(&issue, 0xff);
	finish("Tsp", 3);
	expect_revoked(KVK_MANNER_RFC5280);
	/* signed by someone else it is worth nothing */
	made[0].signature[0] = 9;
	f.signatures.remembered = 0;
	expect_good(KVK_MANNER_RFC5280);
}

static void test_delta_removes(void **state)
{
	(void)state;
	revoke_leaf(FAKE_NOW - KVK_DAY, KVK_REVOKED_HOLD);
	kvk_crl_number(&issue, 5);
	issue.next_update = FAKE_NOW - KVK_HOUR;
	finish("Tsp", 3);
	expect_open(BOTH, KVK_WHY_CRL_STALE);
	revoke_leaf(FAKE_NOW - KVK_HOUR, KVK_REVOKED_REMOVE_FROM_CRL);
	kvk_crl_number(&issue, 6);
	kvk_crl_delta(&issue, 5);
	finish("Tsp", 3);
	/* the delta brings the old complete CRL up to date */
	expect_good(KVK_MANNER_RFC5280);
	expect_open(KVK_MANNER_JAVA, KVK_WHY_CRL_STALE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_separate_key),
		TEST(test_tangle),
		TEST(test_indirect),
		TEST(test_certificate_issuer),
		TEST(test_delta),
		TEST(test_delta_removes),
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}
