/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/crl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cases.h"
#include "made.h"

#define NEXT "17('260103030405Z')"
#define CRL(rest) \
	MADE_SIGNED("020101" MADE_SHA256_RSA MADE_NAME("Issuer") "17('260102030405Z')" rest, \
		MADE_SHA256_RSA)

static struct kvk_crl crl;

static void read_crl(struct made *der, const char *text)
{
	*der = made_of(text);
	memset(&crl, 0xa5, sizeof(crl));
	assert_int_equal(kvk_crl_read(made_span(der), &crl), KVK_OK);
}

static void every_case_is_evaluated(void **state)
{
	(void)state;
	for (const struct cert_case *c = crl_cases; c->name != NULL; c++) {
		struct made der = made_of(c->der);
		enum kvk_err err;

		memset(&crl, 0xa5, sizeof(crl));
		err = kvk_crl_read(made_span(&der), &crl);
		if (err != c->err || crl.log.remark != c->remark)
			fail_msg("%s: %s, '%s'", c->name, kvk_error_name(err),
				kvk_der_remark_text(crl.log.remark));
		if (err == KVK_OK)
			kvk_crl_free(&crl);
		made_free(&der);
	}
}

static void fields_are_read(void **state)
{
	char text[KVK_TIME_TEXT_SIZE];
	struct made der;

	(void)state;
	read_crl(&der,
		CRL(NEXT "a0(30(" MADE_EXTENSION("551d14", "", "02(0102)")
				MADE_EXTENSION(MADE_AKI, "", "30(80(0a0b))") "))"));
	assert_int_equal(crl.version, 2);
	assert_true(kvk_span_is(crl.issuer.attributes[0].value, "Issuer"));
	assert_string_equal(kvk_time_text(crl.this_update, text), "2026-01-02T03:04:05Z");
	assert_true(crl.has_next_update);
	assert_string_equal(kvk_time_text(crl.next_update, text), "2026-01-03T03:04:05Z");
	assert_int_equal(crl.entries.n, 0);
	assert_true(crl.has_number);
	assert_int_equal(crl.number.n, 2);
	assert_memory_equal(crl.aki_key_id.p, "\x0a\x0b", 2);
	assert_false(crl.has_idp || crl.has_delta_base || crl.unknown_critical);
	assert_int_equal(crl.count, 2);
	assert_memory_equal(crl.signature.p, "\xa1\xa2\xa3\xa4", 4);
	assert_ptr_equal(crl.tbs.p + crl.tbs.n, crl.algorithm.p);
	kvk_crl_free(&crl);
	made_free(&der);
}

static void issuing_distribution_point(void **state)
{
	struct made der;

	(void)state;
	read_crl(&der,
		CRL(NEXT "a0(30(" MADE_EXTENSION("551d1c", MADE_CRITICAL,
			"30(a0(a0(86('http://a.nl/c')))8201ff 83020640 8401ff)") "))"));
	assert_true(crl.has_idp && crl.only_ca && crl.indirect && crl.has_only_reasons);
	assert_false(crl.only_user || crl.only_attribute || crl.unknown_critical);
	assert_int_equal(crl.only_reasons, 1 << 1);
	assert_true(kvk_span_is(crl.idp_point.uri, "http://a.nl/c"));
	kvk_crl_free(&crl);
	made_free(&der);
}

static void what_is_unknown_and_critical_is_said(void **state)
{
	struct made der;

	(void)state;
	read_crl(&der, CRL(NEXT "a0(30(" MADE_EXTENSION("2a0304", MADE_CRITICAL, "00") "))"));
	assert_true(crl.unknown_critical);
	kvk_crl_free(&crl);
	made_free(&der);
	read_crl(&der, CRL(NEXT "a0(30(" MADE_EXTENSION("2a0304", "", "00") "))"));
	assert_false(crl.unknown_critical);
	kvk_crl_free(&crl);
	made_free(&der);
	/* known in certificates, but not in CRLs */
	read_crl(&der, CRL(NEXT "a0(30(" MADE_EXTENSION(MADE_BC, MADE_CRITICAL, "30()") "))"));
	assert_true(crl.unknown_critical);
	kvk_crl_free(&crl);
	made_free(&der);
}

static void entries_are_walked(void **state)
{
	struct kvk_der_log log = { 0 };
	struct kvk_crl_entry entry;
	struct kvk_der walk;
	struct made der;
	bool more;

	(void)state;
	read_crl(&der,
		CRL(NEXT
			"30(30(020105 17('260101000000Z'))"
			"30(02020080 17('260101000001Z')30(30(06(551d15)04(0a0106))"
			"30(06(551d1d)" MADE_CRITICAL "04(30(a4(" MADE_NAME(
				"other") "))))))"
					 "30(020107 17('260101000000Z')30(30(06(2a03)" MADE_CRITICAL
					 "04(00)))))"));
	kvk_crl_walk(&crl, &log, &walk);
	assert_int_equal(kvk_crl_next(&walk, &entry, &more), KVK_OK);
	assert_true(more);
	assert_int_equal(entry.serial.n, 1);
	assert_int_equal(entry.serial.p[0], 5);
	assert_false(entry.has_reason || entry.unknown_critical);
	assert_int_equal(kvk_crl_next(&walk, &entry, &more), KVK_OK);
	assert_true(more);
	assert_memory_equal(entry.serial.p, "\x00\x80", 2);
	assert_true(entry.has_reason);
	assert_int_equal(entry.reason, KVK_REVOKED_HOLD);
	assert_int_equal(entry.certificate_issuer.p[0], 0xa4);
	assert_int_equal(kvk_crl_next(&walk, &entry, &more), KVK_OK);
	assert_true(more && entry.unknown_critical);
	assert_int_equal(entry.certificate_issuer.n, 0);
	assert_int_equal(kvk_crl_next(&walk, &entry, &more), KVK_OK);
	assert_false(more);
	kvk_crl_free(&crl);
	made_free(&der);
}

static void a_malformed_entry_is_a_fault(void **state)
{
	static const char *const entries[] = {
		"30()",
		"30(020105)",
		"30(020105 17('260101000000Z')30()0500)",
		"30(020105 17('260101000000Z')30(30(06(551d15)04(0a00))))",
		"0500",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		struct made der = made_format(CRL(NEXT "30(%s)"), entries[i]);
		struct kvk_der_log log = { 0 };
		struct kvk_crl_entry entry;
		struct kvk_der walk;
		bool more;

		assert_int_equal(kvk_crl_read(made_span(&der), &crl), KVK_OK);
		kvk_crl_walk(&crl, &log, &walk);
		if (kvk_crl_next(&walk, &entry, &more) != KVK_ERR_DER)
			fail_msg("entry %s is read", entries[i]);
		assert_int_not_equal(log.remark, KVK_DER_OK);
		kvk_crl_free(&crl);
		made_free(&der);
	}
}

static void reasons_have_names(void **state)
{
	(void)state;
	assert_string_equal(kvk_crl_reason_name(KVK_REVOKED_KEY_COMPROMISE), "keyCompromise");
	assert_string_equal(kvk_crl_reason_name(KVK_REVOKED_AA_COMPROMISE), "aACompromise");
	assert_string_equal(kvk_crl_reason_name((enum kvk_crl_reason)7), "unspecified");
	assert_string_equal(kvk_crl_reason_name((enum kvk_crl_reason)99), "unspecified");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_is_evaluated),
		cmocka_unit_test(fields_are_read),
		cmocka_unit_test(issuing_distribution_point),
		cmocka_unit_test(what_is_unknown_and_critical_is_said),
		cmocka_unit_test(entries_are_walked),
		cmocka_unit_test(a_malformed_entry_is_a_fault),
		cmocka_unit_test(reasons_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
