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

/* RFC 5280 6.3.3 (c), (h), (i), (j): which delta counts, and which of several entries. */

static void expect_with_pool(enum kvk_revocation state, enum kvk_revocation_why why)
{
	struct kvk_crl_input in = input_of(leaf, tsp);

	f.signatures.checked = f.signatures.remembered = 0;
	in.pool = f.pool;
	in.pool_count = f.pool_count;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
	assert_int_equal(answer.state, state);
	assert_int_equal(answer.why, why);
}

/* A complete CRL, by key 3, and a delta that lists the leaf, by another. */
static void complete_and_delta(unsigned signer)
{
	count = 0;
	kvk_crl_number(&issue, 5);
	finish("Tsp", 3);
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	kvk_crl_number(&issue, 6);
	kvk_crl_delta(&issue, 5);
	finish("Tsp", signer);
}

/* A delta is checked with the key that signed the complete CRL, and no other of the same CA. */
static void test_same_key(void **state)
{
	(void)state;
	fake_ca(&f, "Tsp", "Root", 7, 1);
	finish("Root", 1);
	complete_and_delta(3);
	expect_with_pool(KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	complete_and_delta(7);
	expect_with_pool(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
	/* and so it does not bring the complete CRL up to date either */
	made[0].crl.next_update = FAKE_NOW - 1;
	expect_with_pool(KVK_REVOCATION_UNDETERMINED, KVK_WHY_CRL_STALE);
}

/* The authority key identifiers match, also where they name the issuer and not the key. */
static void test_key_identifiers(void **state)
{
	static const uint8_t by_serial[] = { 0x30, 0x03, 0x82, 0x01, 0x07 };
	const struct kvk_span aki = { by_serial, sizeof(by_serial) };

	(void)state;
	complete_and_delta(3);
	expect_revoked(KVK_MANNER_RFC5280);
	made[0].crl.aki_key_id = kvk_span_of("a");
	made[1].crl.aki_key_id = kvk_span_of("b");
	expect_good(KVK_MANNER_RFC5280);
	made[1].crl.aki_key_id = kvk_span_of("a");
	expect_revoked(KVK_MANNER_RFC5280);
	/* what only one of them has in another form is no match */
	made[0].crl.aki_key_id = made[1].crl.aki_key_id = (struct kvk_span){ 0 };
	made[1].crl.all[made[1].crl.count++] =
		(struct kvk_extension){ .oid = KVK_OID_EXT_AKI, .value = aki };
	expect_good(KVK_MANNER_RFC5280);
	made[0].crl.all[made[0].crl.count++] =
		(struct kvk_extension){ .oid = KVK_OID_EXT_AKI, .value = aki };
	expect_revoked(KVK_MANNER_RFC5280);
}

/* Two entries for one certificate: what takes it off the list does not hide what keeps it on. */
static void test_two_entries(void **state)
{
	(void)state;
	for (int last = 0; last <= 1; last++) {
		count = 0;
		kvk_crl_number(&issue, 5);
		finish("Tsp", 3);
		if (last)
			revoke_leaf(FAKE_NOW - KVK_DAY, KVK_REVOKED_REMOVE_FROM_CRL);
		revoke_leaf(FAKE_NOW - KVK_DAY, KVK_REVOKED_KEY_COMPROMISE);
		if (!last)
			revoke_leaf(FAKE_NOW - KVK_DAY, KVK_REVOKED_REMOVE_FROM_CRL);
		kvk_crl_number(&issue, 6);
		kvk_crl_delta(&issue, 5);
		finish("Tsp", 3);
		f.signatures.remembered = 0;
		expect_revoked(KVK_MANNER_RFC5280);
		assert_int_equal(answer.reason, KVK_REVOKED_KEY_COMPROMISE);
	}
	/* Java keeps the last entry, here one whose date is not there yet */
	count = 0;
	revoke_leaf(FAKE_NOW - KVK_DAY, -1);
	revoke_leaf(FAKE_NOW + KVK_DAY, -1);
	finish("Tsp", 3);
	f.signatures.remembered = 0;
	expect_revoked(KVK_MANNER_RFC5280);
	expect_good(KVK_MANNER_JAVA);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_same_key),
		TEST(test_key_identifiers),
		TEST(test_two_entries),
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}
