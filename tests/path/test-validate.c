/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "tests/path/fake.h"

static struct fake f;
static struct kvk_certificate *leaf, *tsp, *intermediate;
static struct kvk_path_report report;

/* Root signs Intermediate signs Tsp signs Leaf. */
static int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	fake_start(&f);
	leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	tsp = fake_ca(&f, "Tsp", "Intermediate", 3, 2);
	intermediate = fake_ca(&f, "Intermediate", "Root", 2, 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fake_free(&f);
	return 0;
}

/* The only failure, or the first of those at one certificate; in both manners. */
static void expect_one(enum kvk_reason reason, size_t cert)
{
	for (int manner = KVK_MANNER_RFC5280; manner <= KVK_MANNER_JAVA; manner++) {
		fake_validate(&f, leaf, (enum kvk_manner)manner, &report);
		assert_int_equal(report.count, 1);
		assert_int_equal(report.failures[0].reason, reason);
		assert_int_equal(report.failures[0].cert, cert);
		assert_non_null(report.failures[0].field);
	}
}

static void expect_none(void)
{
	for (int manner = KVK_MANNER_RFC5280; manner <= KVK_MANNER_JAVA; manner++) {
		fake_validate(&f, leaf, (enum kvk_manner)manner, &report);
		assert_int_equal(report.count, 0);
		assert_false(report.exhausted || report.names_open || report.policies_open);
	}
}

static void test_valid(void **state)
{
	(void)state;
	expect_none();
	/* no key usage at all lets a CA sign */
	tsp->ext.has_key_usage = false;
	expect_none();
}

static void test_time(void **state)
{
	(void)state;
	leaf->not_after = FAKE_NOW;
	leaf->not_before = FAKE_NOW;
	expect_none();
	leaf->not_after = FAKE_NOW - 1;
	leaf->not_before = FAKE_NOW - 1;
	expect_one(KVK_REASON_EXPIRED, 0);
	assert_string_equal(report.failures[0].field, "notAfter");
	assert_string_equal(report.failures[0].found, "2026-11-22T11:59:59Z");
	leaf->not_after = leaf->not_before = FAKE_NOW + 1;
	expect_one(KVK_REASON_NOT_YET_VALID, 0);
	/* both at once are both reported */
	leaf->not_after = FAKE_NOW - 1;
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 2);
}

static void test_ca(void **state)
{
	(void)state;
	tsp->ext.ca = false;
	expect_one(KVK_REASON_NOT_CA_CERT, 1);
	tsp->ext.has_basic_constraints = false;
	expect_one(KVK_REASON_NOT_CA_CERT, 1);
	tsp->ext.has_basic_constraints = tsp->ext.ca = true;
	tsp->version = 1;
	expect_one(KVK_REASON_NOT_CA_CERT, 1);
	tsp->version = 3;
	tsp->ext.key_usage = KVK_KU_CRL_SIGN | KVK_KU_DIGITAL_SIGNATURE;
	expect_one(KVK_REASON_INVALID_KEY_USAGE, 1);
}

static void test_path_length(void **state)
{
	struct kvk_certificate *again;

	(void)state;
	tsp->ext.has_path_length = true;
	expect_none();
	intermediate->ext.has_path_length = true;
	expect_one(KVK_REASON_PATH_TOO_LONG, 1);
	intermediate->ext.path_length = 1;
	expect_none();
	/* a self-issued certificate does not count */
	again = fake_ca(&f, "Tsp", "Tsp", 7, 3);
	fake_sign(&f, leaf, 7);
	expect_none();
	/* but its own path length does */
	again->ext.has_path_length = true;
	expect_none();
	/* a length beyond all reason is none */
	intermediate->ext.path_length = UINT64_MAX;
	expect_none();
}

static void test_critical(void **state)
{
	static const uint8_t unknown[] = { 0x2a, 0x03 };

	(void)state;
	leaf->ext.count = 1;
	leaf->ext.all[0].type = (struct kvk_span){ .p = unknown, .n = sizeof(unknown) };
	expect_none();
	leaf->ext.all[0].critical = true;
	expect_one(KVK_REASON_UNRECOGNIZED_CRIT_EXT, 0);
	assert_string_equal(report.failures[0].found, "1.2.3");
	/* what is processed may be critical */
	leaf->ext.all[0].oid = KVK_OID_EXT_EKU;
	expect_none();
	/* measured: Java has nobody who processes critical distribution points */
	leaf->ext.all[0].oid = KVK_OID_EXT_CRL_POINTS;
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(report.count, 0);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_UNRECOGNIZED_CRIT_EXT, 0), 1);
	leaf->ext.all[0].oid = KVK_OID_EXT_QC_STATEMENTS;
	expect_one(KVK_REASON_UNRECOGNIZED_CRIT_EXT, 0);
}

/* An extension that is kept as unknown because it cannot be read, though it is not critical. */
static void test_unreadable(void **state)
{
	static const enum kvk_oid needed[] = { KVK_OID_EXT_BASIC_CONSTRAINTS, KVK_OID_EXT_KEY_USAGE,
		KVK_OID_EXT_EKU, KVK_OID_EXT_SAN, KVK_OID_EXT_NAME_CONSTRAINTS,
		KVK_OID_EXT_POLICIES, KVK_OID_EXT_POLICY_MAPPINGS, KVK_OID_EXT_POLICY_CONSTRAINTS,
		KVK_OID_EXT_INHIBIT_ANY_POLICY };

	(void)state;
	leaf->ext.count = 1;
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		leaf->ext.all[0].type = kvk_oid_octets(needed[i]);
		fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
		assert_int_equal(report.count, 1);
		assert_int_equal(fake_failures(&report, KVK_REASON_UNSPECIFIED, 0), 1);
		fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
		assert_int_equal(report.count, 0);
	}
	/* where to ask for issuers is nothing that validation hangs on */
	leaf->ext.all[0].type = kvk_oid_octets(KVK_OID_EXT_AIA);
	expect_none();
}

/* From the CA end down, and within a certificate in Java's order. */
static void test_order(void **state)
{
	static const enum kvk_reason order[] = { KVK_REASON_NOT_YET_VALID,
		KVK_REASON_INVALID_KEY_USAGE, KVK_REASON_NOT_CA_CERT, KVK_REASON_EXPIRED,
		KVK_REASON_UNRECOGNIZED_CRIT_EXT, KVK_REASON_EXPIRED,
		KVK_REASON_INVALID_SIGNATURE };
	static const size_t certs[] = { 2, 1, 1, 1, 1, 0, 0 };

	(void)state;
	intermediate->not_before = FAKE_NOW + 1;
	tsp->ext.key_usage = KVK_KU_CRL_SIGN;
	tsp->ext.ca = false;
	tsp->not_after = 0;
	tsp->ext.count = 1;
	tsp->ext.all[0].critical = true;
	leaf->not_after = 0;
	fake_sign(&f, leaf, 9);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, sizeof(order) / sizeof(order[0]));
	for (size_t i = 0; i < report.count; i++) {
		assert_int_equal(report.failures[i].reason, order[i]);
		assert_int_equal(report.failures[i].cert, certs[i]);
	}
	assert_ptr_equal(kvk_path_failure_find(&report, KVK_REASON_EXPIRED), &report.failures[3]);
	assert_null(kvk_path_failure_find(&report, KVK_REASON_REVOKED));
}

/* sha1WithRSAEncryption and md5WithRSAEncryption, ecdsa-with-SHA256. */
static const uint8_t sha1[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
	0x01, 0x05, 0x05, 0x00 };
static const uint8_t md5[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
	0x01, 0x04, 0x05, 0x00 };

static void sign_with(struct kvk_certificate *c, const uint8_t *algorithm, size_t n)
{
	c->algorithm = (struct kvk_span){ .p = algorithm, .n = n };
}

static void test_algorithm(void **state)
{
	(void)state;
	sign_with(leaf, sha1, sizeof(sha1));
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(report.count, 0);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_ALGORITHM_CONSTRAINED, 0), 1);
	assert_true(report.failures[0].beyond_java);
	assert_string_equal(report.failures[0].field, "signatureAlgorithm");
	sign_with(leaf, md5, sizeof(md5));
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 1);
	assert_false(report.failures[0].beyond_java);
	/* what Java refuses before it verifies is not also called unverifiable */
	fake_sign(&f, leaf, FAKE_UNHANDLED);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 1);
	assert_int_equal(report.failures[0].reason, KVK_REASON_ALGORITHM_CONSTRAINED);
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_SIGNATURE, 0), 1);
	assert_true(report.failures[0].undetermined);
}

/* What Java says of a signature that no program can handle, where it does not matter which. */
static void expect_wrong(const uint8_t *algorithm, size_t n, bool wrong)
{
	sign_with(leaf, algorithm, n);
	fake_sign(&f, leaf, FAKE_UNHANDLED);
	fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_SIGNATURE, 0), 1);
	assert_true(report.failures[0].undetermined);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_INVALID_SIGNATURE, 0), 1);
	assert_int_equal(report.failures[0].undetermined, !wrong);
}

/* A key on the curve whose OID ends so: 1.3.132.0.33 is P-224, 1.3.132.0.34 is P-384. */
static const uint8_t p224_key[] = { 0x30, 0x16, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce,
	0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x21, 0x03, 0x02, 0x00, 0x04 };
static const uint8_t p384_key[] = { 0x30, 0x16, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce,
	0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x02, 0x00, 0x04 };

/* The certificates of the fake world have keys for Ed25519. */
static void test_what_java_cannot_verify(void **state)
{
	static const uint8_t ecdsa[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04,
		0x03, 0x02 };
	static const uint8_t pss[] = { 0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
		0x01, 0x01, 0x0a };
	static const uint8_t pss_null[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7,
		0x0d, 0x01, 0x01, 0x0a, 0x05, 0x00 };
	static const uint8_t unknown[] = { 0x30, 0x05, 0x06, 0x03, 0x2a, 0x03, 0x04 };

	(void)state;
	expect_wrong(ecdsa, sizeof(ecdsa), true);
	expect_wrong(pss, sizeof(pss), true);
	expect_wrong(pss_null, sizeof(pss_null), true);
	expect_wrong(unknown, sizeof(unknown), false);
	tsp->spki = (struct kvk_span){ p224_key, sizeof(p224_key) };
	expect_wrong(ecdsa, sizeof(ecdsa), true);
	tsp->spki = (struct kvk_span){ p384_key, sizeof(p384_key) };
	expect_wrong(ecdsa, sizeof(ecdsa), false);
}

/* A key for nothing: Java says so before it looks at the size of the key. */
static void test_usage_before_size(void **state)
{
	(void)state;
	leaf->ext.has_key_usage = true;
	leaf->ext.key_usage = KVK_KU_DECIPHER_ONLY;
	leaf->key.type = KVK_KEY_RSA;
	leaf->key.bits = 512;
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, 2);
	assert_int_equal(report.failures[0].reason, KVK_REASON_INVALID_KEY_USAGE);
	assert_int_equal(report.failures[1].reason, KVK_REASON_ALGORITHM_CONSTRAINED);
}

static void set_key(struct kvk_key_info *key, enum kvk_key_type type, unsigned bits)
{
	key->type = type;
	key->bits = bits;
}

static void test_key_size(void **state)
{
	static const struct {
		enum kvk_key_type type;
		unsigned bits;
		/* 0 fine, 1 beyond Java, 2 refused by Java. */
		int want;
	} rows[] = {
		{ KVK_KEY_RSA, 2048, 0 },
		{ KVK_KEY_RSA, 2047, 1 },
		{ KVK_KEY_RSA, 1024, 1 },
		{ KVK_KEY_RSA, 1023, 2 },
		{ KVK_KEY_RSA_PSS, 512, 2 },
		{ KVK_KEY_DSA, 1024, 0 },
		{ KVK_KEY_DSA, 1023, 2 },
		{ KVK_KEY_ECDSA, 224, 0 },
		{ KVK_KEY_ECDSA, 192, 2 },
		{ KVK_KEY_ED25519, 0, 0 },
		{ KVK_KEY_OTHER, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		set_key(&leaf->key, rows[i].type, rows[i].bits);
		fake_validate(&f, leaf, KVK_MANNER_RFC5280, &report);
		assert_int_equal(report.count, 0);
		fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
		assert_int_equal(report.count, rows[i].want > 0);
		if (rows[i].want > 0)
			assert_int_equal(report.failures[0].beyond_java, rows[i].want == 1);
	}
	/* the anchor's key signs, so Java looks at it; nobody is cautious about a root */
	set_key(&leaf->key, KVK_KEY_ED25519, 256);
	set_key(&f.anchor.key, KVK_KEY_RSA, 1024);
	expect_none();
	set_key(&f.anchor.key, KVK_KEY_RSA, 1016);
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(fake_failures(&report, KVK_REASON_ALGORITHM_CONSTRAINED, 2), 1);
}

/* More failures than a report holds do no harm. */
static void test_many_failures(void **state)
{
	(void)state;
	for (size_t i = 0; i < LISTS_EXTENSIONS; i++) {
		leaf->ext.all[i].critical = tsp->ext.all[i].critical = true;
		intermediate->ext.all[i].critical = true;
	}
	leaf->ext.count = tsp->ext.count = intermediate->ext.count = LISTS_EXTENSIONS;
	fake_validate(&f, leaf, KVK_MANNER_JAVA, &report);
	assert_int_equal(report.count, KVK_PATH_FAILURES);
}

static void test_argument(void **state)
{
	const struct kvk_path_input in = { .signatures = &f.signatures };
	const struct kvk_path none = { 0 };

	(void)state;
	assert_int_equal(kvk_path_validate(&none, &in, &report), KVK_ERR_ARGUMENT);
	assert_string_equal(kvk_reason_name(KVK_REASON_NO_TRUST_ANCHOR), "NO_TRUST_ANCHOR");
	assert_string_equal(kvk_reason_name(KVK_REASON_COUNT), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_valid, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_ca, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_path_length, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_critical, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unreadable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_algorithm, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_what_java_cannot_verify, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_key_size, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_usage_before_size, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_many_failures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_argument, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
