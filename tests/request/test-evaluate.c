/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "request/evaluate.h"
#include "tests/crypto/keys.h"
#include "tests/request/elsewhere.h"
#include "tests/request/help.h"
#include "tests/support/signings.h"

static const struct help_elsewhere good = {
	.subject = { { KVK_OID_C, "NL" }, { KVK_OID_O, "Voorbeeld B.V." },
		{ KVK_OID_SERIAL_NUMBER, "00000003687501100000" },
		{ KVK_OID_CN, "api.voorbeeld.nl" } },
	.dns = { "api.voorbeeld.nl" },
	.key_usage = KVK_KU_DIGITAL_SIGNATURE,
	.signing = &kvk_signing_ecdsa_sha256,
	.key = KVK_TEST_P256,
};

struct evaluated {
	struct kvk_answers answers;
	struct kvk_order order;
	struct kvk_review review;
	struct kvk_blob der;
	struct kvk_csr csr;
	enum kvk_err err;
};

static int begin(void **state)
{
	*state = calloc(1, sizeof(struct evaluated));
	return *state == NULL;
}

static int end(void **state)
{
	struct evaluated *j = *state;

	kvk_csr_free(&j->csr);
	kvk_blob_free(&j->der);
	kvk_review_free(&j->review);
	kvk_answers_free(&j->answers);
	free(j);
	return 0;
}

static void evaluate(struct evaluated *j, const struct help_elsewhere *e)
{
	help_answer(&j->answers, "csr=x.pem", (char *)NULL);
	help_write_request(e, &j->der);
	assert_int_equal(kvk_csr_read(kvk_span_of_blob(&j->der), &j->csr), KVK_OK);
	j->err = kvk_request_evaluate(&j->csr, &j->answers, help_presets(), &j->order, &j->review);
}

static void expect_fault(struct evaluated *j, enum kvk_field field, const char *id)
{
	assert_int_equal(j->err, KVK_ERR_REFUSED);
	if (!help_said(&j->review, KVK_REVIEW_FINDING, field, id))
		fail_msg("no fault '%s' of '%s'", id, kvk_field_name(field));
}

static void expect_advice(struct evaluated *j, enum kvk_field field, const char *id)
{
	assert_int_equal(j->err, KVK_OK);
	if (!help_said(&j->review, KVK_REVIEW_WARNING, field, id))
		fail_msg("no advice '%s' of '%s'", id, kvk_field_name(field));
}

static void a_good_request(void **state)
{
	struct evaluated *j = *state;

	evaluate(j, &good);
	assert_int_equal(j->err, KVK_OK);
	assert_string_equal(j->order.domain.name, "api.voorbeeld.nl");
	assert_string_equal(j->order.kvk_number, "68750110");
	assert_string_equal(j->order.organisation, "Voorbeeld B.V.");
	assert_int_equal(j->order.key_type, KVK_KEY_ECDSA);
}

static void it_says_what_was_wanted(void **state)
{
	struct evaluated *j = *state;

	help_answer(&j->answers, "kvk=68750110", "domain=api.voorbeeld.nl",
		"organisation=Voorbeeld B.V.", (char *)NULL);
	evaluate(j, &good);
	assert_int_equal(j->err, KVK_OK);
}

static void another_kvk_number(void **state)
{
	struct evaluated *j = *state;

	help_answer(&j->answers, "kvk=12345678", (char *)NULL);
	evaluate(j, &good);
	expect_fault(j, KVK_FIELD_OIN, "differs");
}

static void the_bare_kvk_number_will_do(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.subject[2].value = "68750110";
	help_answer(&j->answers, "kvk=68750110", (char *)NULL);
	evaluate(j, &e);
	assert_int_equal(j->err, KVK_OK);
}

static void another_domain(void **state)
{
	struct evaluated *j = *state;

	help_answer(&j->answers, "domain=www.voorbeeld.nl", (char *)NULL);
	evaluate(j, &good);
	expect_fault(j, KVK_FIELD_DOMAIN, "differs");
	expect_fault(j, KVK_FIELD_DOMAIN, "san-differs");
}

static void another_organisation(void **state)
{
	struct evaluated *j = *state;

	help_answer(&j->answers, "organisation=Een Ander", (char *)NULL);
	evaluate(j, &good);
	expect_fault(j, KVK_FIELD_ORGANISATION, "differs");
}

static void a_wrong_answer_is_not_the_requests_fault(void **state)
{
	struct evaluated *j = *state;

	help_answer(&j->answers, "kvk=1234", (char *)NULL);
	evaluate(j, &good);
	assert_int_equal(j->err, KVK_ERR_USAGE);
	assert_true(help_said(&j->review, KVK_REVIEW_FINDING, KVK_FIELD_KVK, "kvk-number"));
}

static void wildcards(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.subject[3].value = e.dns[0] = "*.voorbeeld.nl";
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_DOMAIN, "domain");
}

static void a_wildcard_among_the_dns_names(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.dns[1] = "*.voorbeeld.nl";
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_DOMAIN, "dns-name");
}

static void no_client_authentication(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.no_client = true;
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_CLIENT_ONLY, "client-auth-missing");
}

static void no_usage_at_all_is_for_the_tsp_to_fill_in(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.no_eku = true;
	e.key_usage = 0;
	e.dns[0] = NULL;
	evaluate(j, &e);
	expect_advice(j, KVK_FIELD_CLIENT_ONLY, "eku-missing");
	expect_advice(j, KVK_FIELD_DOMAIN, "san-missing");
}

static void a_request_of_the_tsps_assistant(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	memset(e.subject, 0, sizeof e.subject);
	e.subject[0].oid = KVK_OID_CN;
	e.subject[0].value = "api.voorbeeld.nl";
	evaluate(j, &e);
	expect_advice(j, KVK_FIELD_OIN, "number-missing");
	expect_advice(j, KVK_FIELD_ORGANISATION, "missing");
}

static void usages_of_a_ca(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.ca = true;
	e.key_usage = KVK_KU_KEY_CERT_SIGN;
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_CSR, "asks-for-ca");
	expect_fault(j, KVK_FIELD_CSR, "key-usage-of-ca");
	expect_fault(j, KVK_FIELD_CSR, "key-usage");
}

static void addresses_are_no_names(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.ip = true;
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_DOMAIN, "other-san");
}

static void two_dns_names_get_a_word(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.dns[1] = "www.voorbeeld.nl";
	evaluate(j, &e);
	expect_advice(j, KVK_FIELD_DOMAIN, "several-dns-names");
}

static void keys_that_the_tsp_refuses(void **state)
{
	struct evaluated *j = *state;

	help_answer(&j->answers, "tsp=digicert", (char *)NULL);
	evaluate(j, &good);
	expect_fault(j, KVK_FIELD_KEY, "key-not-taken");
}

static void a_key_of_1024_bits(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.key = KVK_TEST_RSA_1024;
	e.signing = &kvk_signing_rsa_sha256;
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_KEY, "key-not-taken");
}

static void sha_1(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.key = KVK_TEST_RSA_A;
	e.signing = &kvk_signing_rsa_sha1;
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_SIGNATURE, "weak-hash");
}

static void a_wrong_signature(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;
	uint8_t *found;

	e.key = KVK_TEST_RSA_A;
	e.signing = &kvk_signing_rsa_sha256;
	help_write_request(&e, &j->der);
	found = memmem(j->der.p, j->der.n, "Voorbeeld B.V.", 14);
	assert_non_null(found);
	*found = 'W';
	assert_int_equal(kvk_csr_read(kvk_span_of_blob(&j->der), &j->csr), KVK_OK);
	help_answer(&j->answers, "csr=x.pem", (char *)NULL);
	j->err = kvk_request_evaluate(&j->csr, &j->answers, help_presets(), &j->order, &j->review);
	expect_fault(j, KVK_FIELD_CSR, "signature");
}

static void numbers_of_a_wrong_form(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.subject[2].value = "0000000368750110000";
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_OIN, "oin");
}

static void a_test_number(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.subject[2].value = "00000099123456789000";
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_OIN, "test-number");
}

static void an_rsin_does_not_hold_the_kvk_number(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.subject[2].value = "00000001820029336000";
	evaluate(j, &e);
	expect_fault(j, KVK_FIELD_OIN, "oin-without-kvk");
}

static void attributes_and_secrets_get_a_word(void **state)
{
	struct evaluated *j = *state;
	struct help_elsewhere e = good;

	e.subject[4].oid = KVK_OID_EMAIL;
	e.subject[4].value = "info@voorbeeld.nl";
	e.challenge = true;
	evaluate(j, &e);
	expect_advice(j, KVK_FIELD_CSR, "attribute-not-wanted");
	expect_advice(j, KVK_FIELD_CSR, "challenge-password");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_good_request),
		TEST(it_says_what_was_wanted),
		TEST(another_kvk_number),
		TEST(the_bare_kvk_number_will_do),
		TEST(another_domain),
		TEST(another_organisation),
		TEST(a_wrong_answer_is_not_the_requests_fault),
		TEST(wildcards),
		TEST(a_wildcard_among_the_dns_names),
		TEST(no_client_authentication),
		TEST(no_usage_at_all_is_for_the_tsp_to_fill_in),
		TEST(a_request_of_the_tsps_assistant),
		TEST(usages_of_a_ca),
		TEST(addresses_are_no_names),
		TEST(two_dns_names_get_a_word),
		TEST(keys_that_the_tsp_refuses),
		TEST(a_key_of_1024_bits),
		TEST(sha_1),
		TEST(a_wrong_signature),
		TEST(numbers_of_a_wrong_form),
		TEST(a_test_number),
		TEST(an_rsin_does_not_hold_the_kvk_number),
		TEST(attributes_and_secrets_get_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, help_stop);
}
