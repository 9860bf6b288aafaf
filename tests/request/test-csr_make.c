/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "crypto/verify.h"
#include "request/csr_make.h"
#include "request/evaluate.h"
#include "tests/crypto/keys.h"
#include "tests/request/help.h"
#include "tests/support/alloc.h"

struct made {
	struct kvk_answers answers;
	struct kvk_order order;
	struct kvk_review review;
	struct kvk_key *key;
	struct kvk_blob der;
	struct kvk_csr csr;
};

static int begin(void **state)
{
	*state = calloc(1, sizeof(struct made));
	return *state == NULL;
}

static int end(void **state)
{
	struct made *m = *state;

	kvk_csr_free(&m->csr);
	kvk_blob_free(&m->der);
	kvk_key_free(m->key);
	kvk_review_free(&m->review);
	kvk_answers_free(&m->answers);
	free(m);
	return 0;
}

/* Makes a request with a fixed key and the answers so far. */
static void make(struct made *m, const char *key)
{
	struct kvk_blob spki = { .p = NULL };
	struct kvk_error why = { "" };
	struct kvk_key_info info;

	help_answer(&m->answers, "key=x", (char *)NULL);
	assert_int_equal(help_settle(&m->answers, &m->order, &m->review), KVK_OK);
	assert_int_equal(kvk_key_read(kvk_span_of(key), NULL, &m->key), KVK_OK);
	assert_int_equal(kvk_key_spki(m->key, &spki), KVK_OK);
	assert_int_equal(kvk_key_info_read(kvk_span_of_blob(&spki), &info), KVK_OK);
	assert_int_equal(kvk_order_use_key(&m->order, &m->answers, &info, &m->review), KVK_OK);
	if (kvk_csr_make(&m->order, m->key, &m->der, &why) != KVK_OK)
		fail_msg("%s", why.text);
	assert_int_equal(kvk_csr_read(kvk_span_of_blob(&m->der), &m->csr), KVK_OK);
	assert_true(kvk_span_equal(m->csr.spki, kvk_span_of_blob(&spki)));
	kvk_blob_free(&spki);
}

static void expect_scheme(struct made *m, const char *words)
{
	struct kvk_verifier *verifier;
	struct kvk_blob text = { .p = NULL };

	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	assert_int_equal(
		kvk_verify(verifier, m->csr.spki, m->csr.algorithm, m->csr.info, m->csr.signature),
		KVK_OK);
	kvk_verifier_free(verifier);
	assert_int_equal(kvk_scheme_describe(m->csr.algorithm, &text), KVK_OK);
	if (strstr(kvk_blob_str(&text), words) == NULL)
		fail_msg("signed with '%s', not '%s'", kvk_blob_str(&text), words);
	kvk_blob_free(&text);
}

static void expect_attribute(const struct made *m, size_t i, enum kvk_oid oid, const char *value)
{
	struct kvk_blob text = { .p = NULL };

	assert_int_equal(m->csr.subject.attributes[i].oid, oid);
	assert_int_equal(kvk_attribute_text(&m->csr.subject.attributes[i], &text), KVK_OK);
	assert_string_equal(kvk_blob_str(&text), value);
	kvk_blob_free(&text);
}

static void rsa_with_pkcs1(void **state)
{
	struct made *m = *state;

	help_basic_answers(&m->answers);
	make(m, KVK_TEST_RSA_A);
	expect_scheme(m, "sha256WithRSAEncryption");
	assert_int_equal(m->csr.subject.count, 5);
	expect_attribute(m, 0, KVK_OID_C, "NL");
	expect_attribute(m, 1, KVK_OID_O, "Voorbeeld B.V.");
	expect_attribute(m, 2, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-68750110");
	expect_attribute(m, 3, KVK_OID_SERIAL_NUMBER, "00000003687501100000");
	expect_attribute(m, 4, KVK_OID_CN, "api.voorbeeld.nl");
	assert_int_equal(m->csr.ext.key_usage, KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_ENCIPHERMENT);
	assert_int_equal(m->csr.ext.eku_count, 2);
	assert_int_equal(m->csr.ext.san_count, 1);
	assert_true(kvk_span_is(m->csr.ext.sans[0].value, "api.voorbeeld.nl"));
	assert_false(m->csr.has_challenge_password);
}

/* RSASSA-PSS, and the public key stays plain rsaEncryption, as G4 wants it. */
static void rsa_with_pss(void **state)
{
	struct made *m = *state;

	help_basic_answers(&m->answers);
	help_answer(&m->answers, "signature=pss", (char *)NULL);
	make(m, KVK_TEST_RSA_A);
	expect_scheme(m, "RSASSA-PSS with SHA-512, salt 64");
	assert_int_equal(m->csr.key.type, KVK_KEY_RSA);
}

static void ecdsa(void **state)
{
	struct made *m = *state;

	help_basic_answers(&m->answers);
	help_answer(&m->answers, "client-only=true", (char *)NULL);
	make(m, KVK_TEST_P256);
	expect_scheme(m, "SHA256");
	assert_int_equal(m->csr.ext.key_usage, KVK_KU_DIGITAL_SIGNATURE);
	assert_int_equal(m->csr.ext.eku_count, 1);
	assert_true(kvk_oid_is(m->csr.ext.ekus[0], KVK_OID_EKU_CLIENT_AUTH));
}

static void ecdsa_of_384_bits(void **state)
{
	struct made *m = *state;

	help_basic_answers(&m->answers);
	make(m, KVK_TEST_P384);
	expect_scheme(m, "SHA384");
}

static void all_attributes(void **state)
{
	struct made *m = *state;

	help_answer(&m->answers, "domain=api.voorbeeld.nl", "oin=00000004194049711000",
		"kvk=68750110",
		"organisation=Gemeente S\xc3\xba"
		"dwest",
		"unit=Afdeling", "tsp=kpn", "locality=Sneek",
		"state=Frysl\xc3\xa2"
		"n",
		"party=government", (char *)NULL);
	make(m, KVK_TEST_RSA_A);
	assert_int_equal(m->csr.subject.count, 7);
	expect_attribute(m, 1, KVK_OID_ST,
		"Frysl\xc3\xa2"
		"n");
	expect_attribute(m, 2, KVK_OID_L, "Sneek");
	expect_attribute(m, 3, KVK_OID_O,
		"Gemeente S\xc3\xba"
		"dwest");
	expect_attribute(m, 4, KVK_OID_OU, "Afdeling");
	expect_attribute(m, 5, KVK_OID_SERIAL_NUMBER, "00000004194049711000");
}

/* What is checked after writing would find a request for something else. */
static void a_wrong_request_is_found(void **state)
{
	struct made *m = *state;
	struct kvk_error why = { "" };
	struct kvk_order other;

	help_basic_answers(&m->answers);
	make(m, KVK_TEST_RSA_A);
	assert_int_equal(kvk_request_check(&m->order, kvk_span_of_blob(&m->der), &why), KVK_OK);
	other = m->order;
	strcpy(other.organisation, "Een Ander");
	assert_int_equal(
		kvk_request_check(&other, kvk_span_of_blob(&m->der), &why), KVK_ERR_REFUSED);
	assert_non_null(strstr(why.text, ": O"));
	other = m->order;
	other.client_only = true;
	assert_int_equal(
		kvk_request_check(&other, kvk_span_of_blob(&m->der), NULL), KVK_ERR_REFUSED);
	other = m->order;
	other.pss = true;
	assert_int_equal(
		kvk_request_check(&other, kvk_span_of_blob(&m->der), NULL), KVK_ERR_REFUSED);
	m->der.p[m->der.n - 1] ^= 1;
	assert_int_equal(
		kvk_request_check(&m->order, kvk_span_of_blob(&m->der), NULL), KVK_ERR_SIGNATURE);
	m->der.n--;
	assert_int_equal(
		kvk_request_check(&m->order, kvk_span_of_blob(&m->der), NULL), KVK_ERR_DER);
}

/* Each request for memory fails in turn: an error that says so, and no leak. */
static void without_memory(void **state)
{
	struct made *m = *state;
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	help_basic_answers(&m->answers);
	make(m, KVK_TEST_P256);
	help_answer(&m->answers, "tsp=kpn", "locality=Sneek ", "domain=https://API.voorbeeld.nl",
		"key-type=dsa", (char *)NULL);
	for (n = 0; err == KVK_ERR_MEMORY && n < 1000; n++) {
		struct kvk_review review = { .list = { 0 } };
		struct kvk_order order;

		kvk_alloc_fail_after(n);
		err = kvk_order_settle(&m->answers, help_presets(), &order, &review);
		kvk_alloc_fail_after(-1);
		kvk_review_free(&review);
	}
	assert_int_equal(err, KVK_ERR_REFUSED);
	assert_true(n > 5);
	for (n = 0, err = KVK_ERR_MEMORY; err == KVK_ERR_MEMORY && n < 1000; n++) {
		kvk_alloc_fail_after(n);
		err = kvk_csr_make(&m->order, m->key, &m->der, NULL);
		kvk_alloc_fail_after(-1);
	}
	assert_int_equal(err, KVK_OK);
	assert_true(n > 5);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rsa_with_pkcs1),
		TEST(rsa_with_pss),
		TEST(ecdsa),
		TEST(ecdsa_of_384_bits),
		TEST(all_attributes),
		TEST(a_wrong_request_is_found),
		TEST(without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, help_stop);
}
