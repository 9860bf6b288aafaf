/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/crl_issue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "cert/crl.h"
#include "tests/crypto/help.h"
#include "tests/support/issue_odd.h"

static struct kvk_span octets(const char *text, size_t n)
{
	return (struct kvk_span){ (const uint8_t *)text, n };
}

/* As issuer C=NL will do. */
#define NAME "\x30\x0d\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x13\x02NL"

static enum kvk_err make(const struct kvk_crl_issue *issue, struct kvk_blob *der)
{
	struct kvk_key *key = key_of(KVK_TEST_P256);
	enum kvk_err err = kvk_crl_sign(issue, octets(NAME, sizeof(NAME) - 1), key, der);

	kvk_key_free(key);
	return err;
}

static void start(struct kvk_crl_issue *issue)
{
	kvk_crl_issue_start(issue);
	issue->signing = &kvk_signing_ecdsa_sha256;
	issue->this_update = KVK_DAY;
	issue->next_update = 2 * KVK_DAY;
}

static void all_parts_are_read_back(void **state)
{
	struct kvk_blob der = { .n = 0 };
	struct kvk_crl_issue issue;
	struct kvk_crl_entry entry;
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der walk;
	struct kvk_crl crl;
	bool more;

	(void)state;
	start(&issue);
	kvk_crl_revoke(&issue, octets("\x05", 1), KVK_HOUR, KVK_REVOKED_SUPERSEDED);
	kvk_crl_revoke(&issue, octets("\x00\x80", 2), 2 * KVK_HOUR, -1);
	kvk_crl_number(&issue, 300);
	kvk_crl_aki(&issue, octets("key", 3));
	kvk_crl_idp(&issue, "http://a.example/x.crl", 2, 0x06);
	assert_int_equal(make(&issue, &der), KVK_OK);
	assert_int_equal(kvk_crl_read(kvk_span_of_blob(&der), &crl), KVK_OK);
	assert_int_equal(crl.version, 2);
	assert_int_equal(crl.this_update, KVK_DAY);
	assert_true(crl.has_next_update && crl.next_update == 2 * KVK_DAY);
	assert_true(crl.has_number && kvk_span_equal(crl.number, octets("\x01\x2c", 2)));
	assert_true(kvk_span_is(crl.aki_key_id, "key"));
	assert_true(crl.has_idp && crl.only_ca && !crl.only_user && !crl.indirect);
	assert_true(crl.has_only_reasons && crl.only_reasons == 0x06);
	assert_true(kvk_span_is(crl.idp_point.uri, "http://a.example/x.crl"));
	kvk_crl_walk(&crl, &log, &walk);
	assert_int_equal(kvk_crl_next(&walk, &entry, &more), KVK_OK);
	assert_true(more && kvk_span_equal(entry.serial, octets("\x05", 1)));
	assert_int_equal(entry.date, KVK_HOUR);
	assert_true(entry.has_reason && entry.reason == KVK_REVOKED_SUPERSEDED);
	assert_int_equal(kvk_crl_next(&walk, &entry, &more), KVK_OK);
	assert_true(more && entry.serial.n == 2 && !entry.has_reason);
	assert_int_equal(kvk_crl_next(&walk, &entry, &more), KVK_OK);
	assert_false(more);
	kvk_crl_free(&crl);
	kvk_crl_issue_free(&issue);
	kvk_blob_free(&der);
}

static void parts_are_left_out(void **state)
{
	struct kvk_blob der = { .n = 0 };
	struct kvk_crl_issue issue;
	struct kvk_crl crl;

	(void)state;
	start(&issue);
	issue.no_next_update = true;
	kvk_crl_number(&issue, 1);
	kvk_crl_delta(&issue, 1);
	kvk_crl_drop(&issue, KVK_OID_EXT_CRL_NUMBER);
	assert_int_equal(make(&issue, &der), KVK_OK);
	assert_int_equal(kvk_crl_read(kvk_span_of_blob(&der), &crl), KVK_OK);
	assert_true(!crl.has_next_update && !crl.has_number && crl.has_delta_base);
	assert_int_equal(crl.entries.n, 0);
	issue.version = 1;
	kvk_crl_free(&crl);
	assert_int_equal(make(&issue, &der), KVK_OK);
	assert_int_equal(kvk_crl_read(kvk_span_of_blob(&der), &crl), KVK_OK);
	assert_int_equal(crl.version, 1);
	assert_int_equal(crl.count, 0);
	kvk_crl_free(&crl);
	kvk_crl_extension(&issue, "geen oid", false, octets("", 0));
	assert_int_equal(make(&issue, &der), KVK_ERR_ARGUMENT);
	kvk_crl_issue_free(&issue);
	kvk_blob_free(&der);
}

static void a_damaged_signature_does_not_verify(void **state)
{
	struct kvk_blob der = { .n = 0 }, spki;
	struct kvk_key *key = key_of(KVK_TEST_P256);
	struct kvk_crl_issue issue;
	struct kvk_verifier *verifier;
	struct kvk_crl crl;
	int damage;

	(void)state;
	spki = spki_of(key);
	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	start(&issue);
	for (damage = KVK_DAMAGE_NONE; damage <= KVK_DAMAGE_SHORT; damage++) {
		issue.damage = (enum kvk_damage)damage;
		assert_int_equal(make(&issue, &der), KVK_OK);
		assert_int_equal(kvk_crl_read(kvk_span_of_blob(&der), &crl), KVK_OK);
		assert_int_equal(kvk_verify(verifier, kvk_span_of_blob(&spki), crl.algorithm,
					 crl.tbs, crl.signature),
			damage ? KVK_ERR_SIGNATURE : KVK_OK);
		kvk_crl_free(&crl);
	}
	kvk_crl_issue_free(&issue);
	kvk_verifier_free(verifier);
	kvk_key_free(key);
	kvk_blob_free(&spki);
	kvk_blob_free(&der);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_parts_are_read_back),
		cmocka_unit_test(parts_are_left_out),
		cmocka_unit_test(a_damaged_signature_does_not_verify),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
