/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/practice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cert/certificate.h"
#include "tests/crypto/help.h"
#include "tests/practice/delivery.h"
#include "tests/support/alloc.h"
#include "tests/support/shapes.h"
#include "tests/support/tsp.h"

static struct kvk_practice *tsp_of(
	enum kvk_practice_shape shape, const char *const pems[], const char *seed)
{
	struct kvk_practice_options options = {
		.profile = shape_profile(shape), .now = DELIVERY_NOW, .seed = kvk_span_of(seed)
	};
	struct kvk_practice *tsp;
	int i;

	for (i = 0; i < KVK_PRACTICE_LEVELS; i++)
		options.keys[i] = key_of(pems[i]);
	assert_int_equal(kvk_practice_new(&options, &tsp), KVK_OK);
	return tsp;
}

static const char *const rsa[] = { KVK_TEST_RSA_A, KVK_TEST_RSA_B, KVK_TEST_RSA_C };
static const char *const ec[] = { KVK_TEST_P384, KVK_TEST_P256, KVK_TEST_ED25519 };

static struct kvk_blob leaf_of(struct kvk_practice *tsp)
{
	struct kvk_key *key = key_of(KVK_TEST_RSA_D);
	struct kvk_blob spki = spki_of(key), der = { .n = 0 };
	struct kvk_issue issue;

	assert_int_equal(
		kvk_practice_leaf(tsp,
			&(struct kvk_practice_leaf){ .spki = kvk_span_of_blob(&spki) }, &issue),
		KVK_OK);
	assert_int_equal(kvk_practice_sign(tsp, KVK_PRACTICE_TSP, &issue, &der), KVK_OK);
	kvk_issue_free(&issue);
	kvk_key_free(key);
	kvk_blob_free(&spki);
	return der;
}

/*
 * What openssl(1) says of a leaf under this TSP, with all CRLs asked for, at the time of the
 * tests.
 */
static int openssl_verify(struct kvk_practice *tsp, const struct kvk_blob *leaf)
{
	struct kvk_blob root = { .n = 0 }, chain = { .n = 0 }, crls = { .n = 0 }, end = { .n = 0 };
	int rc;

	assert_int_equal(kvk_practice_pem("CERTIFICATE",
				 kvk_practice_certificate(tsp, KVK_PRACTICE_ROOT), &root),
		KVK_OK);
	assert_int_equal(kvk_practice_pem("CERTIFICATE", kvk_span_of_blob(leaf), &end), KVK_OK);
	assert_int_equal(
		kvk_practice_chain_pem(tsp, (struct kvk_span){ NULL, 0 }, false, &chain), KVK_OK);
	assert_int_equal(kvk_practice_crls_pem(tsp, &crls), KVK_OK);
	put_file("root.pem", kvk_span_of_blob(&root));
	put_file("chain.pem", kvk_span_of_blob(&chain));
	put_file("crls.pem", kvk_span_of_blob(&crls));
	put_file("leaf.pem", kvk_span_of_blob(&end));
	rc = run("openssl verify -attime 1795348800 -x509_strict -crl_check_all -purpose sslclient "
		 "-CAfile root.pem -untrusted chain.pem -CRLfile crls.pem leaf.pem");
	kvk_blob_free(&root);
	kvk_blob_free(&chain);
	kvk_blob_free(&crls);
	kvk_blob_free(&end);
	return rc;
}

static void openssl_accepts_every_shape(void **state)
{
	static const enum kvk_practice_shape shapes[] = { KVK_PRACTICE_G4, KVK_PRACTICE_G1,
		KVK_PRACTICE_EV };
	size_t i;

	(void)state;
	need("openssl");
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct kvk_practice *tsp = tsp_of(shapes[i], rsa, "a");
		struct kvk_practice *other = tsp_of(shapes[i], ec, "a");
		struct kvk_blob leaf = leaf_of(tsp), ec_leaf = leaf_of(other);

		assert_int_equal(openssl_verify(tsp, &leaf), 0);
		assert_int_not_equal(openssl_verify(tsp, &ec_leaf), 0);
		assert_int_equal(openssl_verify(other, &ec_leaf), 0);
		leaf.p[leaf.n - 1] ^= 1;
		assert_int_not_equal(openssl_verify(tsp, &leaf), 0);
		kvk_blob_free(&leaf);
		kvk_blob_free(&ec_leaf);
		kvk_practice_free(tsp);
		kvk_practice_free(other);
	}
}

static void assert_attribute(const struct kvk_name *name, enum kvk_oid oid, const char *text)
{
	const struct kvk_attribute *attribute = kvk_name_find(name, oid, 0);

	assert_non_null(attribute);
	assert_true(kvk_span_is(attribute->value, text));
}

static bool names_policy(const struct kvk_certificate *c, struct kvk_span oid)
{
	for (size_t i = 0; i < c->ext.policy_count; i++)
		if (kvk_span_equal(c->ext.policies[i].oid, oid))
			return true;
	return false;
}

static void leaves_have_the_fields_of_their_shape(void **state)
{
	static const struct {
		enum kvk_practice_shape shape;
		const char *serial, *policy;
		bool organisation_id, qc;
		unsigned days;
	} shapes[] = {
		{ KVK_PRACTICE_G4, "00000003687501100000", "2.16.528.1.1003.1.2.44.15.35.11", true,
			true, 397 },
		{ KVK_PRACTICE_G1, "00000003687501100000", "2.16.528.1.1003.1.2.8.6", false, false,
			397 },
		{ KVK_PRACTICE_EV, "68750110", "2.23.140.1.1", false, false, 199 },
	};
	struct kvk_certificate cert;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct kvk_practice *tsp = tsp_of(shapes[i].shape, rsa, "a");
		struct kvk_blob leaf = leaf_of(tsp), policy = { .n = 0 };

		assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&leaf), &cert), KVK_OK);
		assert_attribute(&cert.subject, KVK_OID_CN, "api.example.nl");
		assert_attribute(&cert.subject, KVK_OID_O, "Voorbeeld B.V.");
		assert_attribute(&cert.subject, KVK_OID_SERIAL_NUMBER, shapes[i].serial);
		assert_int_equal(kvk_name_count(&cert.subject, KVK_OID_ORGANIZATION_IDENTIFIER),
			shapes[i].organisation_id);
		assert_int_equal(kvk_oid_encode(shapes[i].policy, &policy), KVK_OK);
		assert_true(names_policy(&cert, kvk_span_of_blob(&policy)));
		assert_true(kvk_extensions_have_eku(&cert.ext, KVK_OID_EKU_CLIENT_AUTH));
		assert_int_equal(cert.ext.has_qc_statements, shapes[i].qc);
		assert_true(cert.ext.has_ski && cert.ext.has_aki && !cert.ext.ca);
		assert_true(kvk_span_equal(
			cert.ext.aki_key_id, kvk_practice_key_id(tsp, KVK_PRACTICE_TSP)));
		assert_int_equal(cert.serial.n, 20);
		assert_int_equal(
			(cert.not_after + KVK_SECOND - cert.not_before) / KVK_DAY, shapes[i].days);
		assert_true(cert.not_before < DELIVERY_NOW && DELIVERY_NOW < cert.not_after);
		kvk_certificate_free(&cert);
		kvk_blob_free(&policy);
		kvk_blob_free(&leaf);
		kvk_practice_free(tsp);
	}
}

static void cas_say_practice_and_have_the_shape_of_g4(void **state)
{
	struct kvk_practice *tsp = tsp_of(KVK_PRACTICE_G4, rsa, "a");
	struct kvk_certificate cert;
	struct kvk_scheme scheme;
	int level;

	(void)state;
	for (level = 0; level < KVK_PRACTICE_LEVELS; level++) {
		const struct kvk_attribute *cn;

		assert_int_equal(kvk_certificate_read(kvk_practice_certificate(
							      tsp, (enum kvk_practice_level)level),
					 &cert),
			KVK_OK);
		cn = kvk_name_find(&cert.subject, KVK_OID_CN, 0);
		assert_memory_equal(cn->value.p, "KVKCSR PRACTICE ", 16);
		assert_int_equal(kvk_scheme_read(cert.algorithm, &scheme), KVK_OK);
		assert_true(scheme.pss && scheme.hash == KVK_HASH_SHA512 && scheme.salt == 64);
		assert_int_equal(cert.key.type, KVK_KEY_RSA);
		assert_true(cert.ext.ca && (cert.ext.key_usage & KVK_KU_CRL_SIGN));
		assert_int_equal(cert.ext.has_path_length, level == KVK_PRACTICE_TSP);
		assert_int_equal(kvk_certificate_self_issued(&cert), level == KVK_PRACTICE_ROOT);
		kvk_certificate_free(&cert);
	}
	kvk_practice_free(tsp);
}

static void serials_come_from_the_seed(void **state)
{
	struct kvk_practice *one = tsp_of(KVK_PRACTICE_G1, rsa, "a");
	struct kvk_practice *same = tsp_of(KVK_PRACTICE_G1, rsa, "a");
	struct kvk_practice *other = tsp_of(KVK_PRACTICE_G1, rsa, "b");
	struct kvk_blob a = leaf_of(one), again = leaf_of(one), b = leaf_of(same),
			c = leaf_of(other);
	struct kvk_certificate ca, cb, cc, cagain;

	(void)state;
	/* PKCS#1 signatures have no randomness: all is the same. */
	assert_true(kvk_span_equal(kvk_span_of_blob(&a), kvk_span_of_blob(&b)));
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&a), &ca), KVK_OK);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&again), &cagain), KVK_OK);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&b), &cb), KVK_OK);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&c), &cc), KVK_OK);
	assert_false(kvk_span_equal(ca.serial, cagain.serial));
	assert_false(kvk_span_equal(ca.serial, cc.serial));
	assert_true(ca.serial.p[0] >= 0x40 && ca.serial.p[0] < 0x80);
	kvk_certificate_free(&ca);
	kvk_certificate_free(&cagain);
	kvk_certificate_free(&cb);
	kvk_certificate_free(&cc);
	kvk_blob_free(&a);
	kvk_blob_free(&again);
	kvk_blob_free(&b);
	kvk_blob_free(&c);
	kvk_practice_free(one);
	kvk_practice_free(same);
	kvk_practice_free(other);
}

static void a_replaced_ca_is_the_one_that_signs(void **state)
{
	struct kvk_practice *tsp = tsp_of(KVK_PRACTICE_G4, rsa, "a");
	struct kvk_issue issue;
	struct kvk_blob leaf;
	int level;

	(void)state;
	need("openssl");
	for (level = 0; level < KVK_PRACTICE_LEVELS; level++) {
		assert_int_equal(
			kvk_practice_ca_issue(tsp, (enum kvk_practice_level)level, &issue), KVK_OK);
		kvk_issue_name_set(&issue, KVK_OID_CN, "KVKCSR PRACTICE renamed");
		kvk_issue_name(&issue, KVK_OID_OU, level == 0 ? "a" : level == 1 ? "b" : "c");
		assert_int_equal(
			kvk_practice_ca_replace(tsp, (enum kvk_practice_level)level, &issue),
			KVK_OK);
		kvk_issue_free(&issue);
	}
	leaf = leaf_of(tsp);
	assert_int_equal(openssl_verify(tsp, &leaf), 0);
	assert_int_equal(kvk_practice_ca_issue(tsp, KVK_PRACTICE_TSP, &issue), KVK_OK);
	issue.not_after = issue.not_before;
	assert_int_equal(kvk_practice_ca_replace(tsp, KVK_PRACTICE_TSP, &issue), KVK_OK);
	assert_int_not_equal(openssl_verify(tsp, &leaf), 0);
	kvk_issue_free(&issue);
	kvk_blob_free(&leaf);
	kvk_practice_free(tsp);
}

static void keys_are_made_where_none_are_given(void **state)
{
	struct kvk_practice_options options = { .now = DELIVERY_NOW, .rsa_bits = 2048 };
	struct kvk_certificate cert;
	struct kvk_practice *tsp;

	(void)state;
	options.keys[KVK_PRACTICE_ROOT] = key_of(KVK_TEST_RSA_A);
	options.keys[KVK_PRACTICE_TSP] = key_of(KVK_TEST_RSA_C);
	assert_int_equal(kvk_practice_new(&options, &tsp), KVK_OK);
	assert_int_equal(kvk_certificate_read(
				 kvk_practice_certificate(tsp, KVK_PRACTICE_INTERMEDIATE), &cert),
		KVK_OK);
	assert_int_equal(cert.key.bits, 2048);
	kvk_certificate_free(&cert);
	kvk_practice_free(tsp);
	options = (struct kvk_practice_options){ .now = DELIVERY_NOW, .rsa_bits = 512 };
	assert_int_equal(kvk_practice_new(&options, &tsp), KVK_ERR_ARGUMENT);
	assert_null(tsp);
	kvk_practice_free(NULL);
}

static void lack_of_memory_is_an_error(void **state)
{
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	(void)state;
	for (n = 0; err && n < 5000; n += 3) {
		struct kvk_practice_options options = { .now = DELIVERY_NOW };
		struct kvk_practice *tsp;
		int i;

		for (i = 0; i < KVK_PRACTICE_LEVELS; i++)
			options.keys[i] = key_of(KVK_TEST_P256);
		kvk_alloc_fail_after(n);
		err = kvk_practice_new(&options, &tsp);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		kvk_practice_free(tsp);
	}
	assert_int_equal(err, KVK_OK);
	assert_true(n > 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(openssl_accepts_every_shape),
		cmocka_unit_test(leaves_have_the_fields_of_their_shape),
		cmocka_unit_test(cas_say_practice_and_have_the_shape_of_g4),
		cmocka_unit_test(serials_come_from_the_seed),
		cmocka_unit_test(a_replaced_ca_is_the_one_that_signs),
		cmocka_unit_test(keys_are_made_where_none_are_given),
		cmocka_unit_test(lack_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
