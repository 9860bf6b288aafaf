/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "tests/revocation/ocsps.h"
#include "tests/support/cost.h"
#include "tests/support/crl_issue.h"

/* RFC 6960 4.2.2.2: who may answer. */

#define EXACT "1.3.6.1.5.5.7.3.9"
#define NOCHECK "1.3.6.1.5.5.7.48.1.5"

static void without_nocheck(struct kvk_issue *issue)
{
	kvk_issue_eku(issue, (const char *[]){ EXACT, NULL });
}

static void among_others(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	kvk_issue_eku(issue, (const char *[]){ "1.3.6.1.5.5.7.3.2", EXACT, NULL });
}

static void any_usage(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	kvk_issue_eku(issue, (const char *[]){ "2.5.29.37.0", NULL });
}

static void longer_usage(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	kvk_issue_eku(issue, (const char *[]){ EXACT ".1", NULL });
}

static void no_usage(struct kvk_issue *issue)
{
	kvk_issue_extension(issue, NOCHECK, false, kvk_span_of("\x05"));
}

static void expired(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	issue->not_after = OCSP_NOW - 1000;
}

static void not_yet(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	issue->not_before = OCSP_NOW + 1000;
}

static void be_a_ca(struct kvk_issue *issue)
{
	kvk_issue_basic_constraints(issue, true, -1);
}

static void for_keys_only(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	kvk_issue_key_usage(issue, KVK_KU_KEY_ENCIPHERMENT);
}

static void for_signatures(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE);
}

static void unknown_critical(struct kvk_issue *issue)
{
	ocsp_delegate(issue);
	kvk_issue_extension(issue, "1.2.3.4", true, kvk_span_of("\x05"));
}

/* An answer of this responder, which comes along with it. */
static void answer_by(const struct ocsp_person *responder)
{
	ocsp_make.signer = ocsp_make.claimed = responder;
	ocsp_make.certificates[ocsp_make.certificate_count++] = responder;
}

static void expect(void (*change)(struct kvk_issue *issue), const struct ocsp_person *above,
	bool rfc, bool java)
{
	const struct ocsp_person *responder = ocsp_certify("Responder", above, change);

	answer_by(responder);
	ocsp_finish();
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		ocsp_ask_last((enum kvk_manner)m);
		assert_int_equal(ocsp_answer.state == KVK_REVOCATION_GOOD,
			m == KVK_MANNER_JAVA ? java : rfc);
	}
}

static void test_usage(void **state)
{
	(void)state;
	expect(ocsp_delegate, &ocsp_issuer, true, true);
	expect(among_others, &ocsp_issuer, true, true);
	expect(any_usage, &ocsp_issuer, false, false);
	expect(longer_usage, &ocsp_issuer, false, false);
	expect(no_usage, &ocsp_issuer, false, false);
}

static void test_validity(void **state)
{
	(void)state;
	expect(expired, &ocsp_issuer, false, false);
	expect(not_yet, &ocsp_issuer, false, false);
}

/* RFC 5280 4.2.1.3 and 4.2: what Java does not look at in a responder. */
static void test_extensions(void **state)
{
	(void)state;
	expect(for_signatures, &ocsp_issuer, true, true);
	expect(for_keys_only, &ocsp_issuer, false, true);
	expect(unknown_critical, &ocsp_issuer, false, true);
}

/* Named by somebody else: a sister CA, one below the issuer, or one of the issuer's name. */
static void test_issued_directly(void **state)
{
	const struct ocsp_person *other, *below;

	(void)state;
	other = ocsp_certify("Issuer", &ocsp_leaf, be_a_ca);
	below = ocsp_certify("Below", &ocsp_issuer, be_a_ca);
	expect(ocsp_delegate, other, false, false);
	expect(ocsp_delegate, below, false, false);
	expect(ocsp_delegate, &ocsp_leaf, false, false);
}

/* The responder may stand anywhere among the certificates, but not at any length. */
static void test_many_certificates(void **state)
{
	const struct ocsp_person *responder = ocsp_certify("R", &ocsp_issuer, ocsp_delegate);

	(void)state;
	for (unsigned before = 1; before <= KVK_LIMIT_RESPONDERS; before++) {
		ocsp_make.signer = ocsp_make.claimed = responder;
		for (unsigned i = 0; i < before; i++)
			ocsp_make.certificates[i] = &ocsp_leaf;
		ocsp_make.certificates[before] = responder;
		ocsp_make.certificate_count = before + 1;
		if (before < KVK_LIMIT_RESPONDERS)
			ocsp_expect_alone(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
		else
			ocsp_expect_alone(KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
	}
}

/* What was left unread may revoke: a CRL that does not know of it does not accept. */
static void test_unread_beside_crl(void **state)
{
	const struct kvk_revocation_answer unread = {
		.state = KVK_REVOCATION_UNDETERMINED, .why = KVK_WHY_BUDGET, .crl = -1
	};
	struct kvk_revocation_answer crl = { .state = KVK_REVOCATION_GOOD }, both;

	(void)state;
	kvk_revocation_combine(&unread, &crl, &both);
	assert_int_equal(both.state, KVK_REVOCATION_UNDETERMINED);
	assert_int_equal(both.why, KVK_WHY_BUDGET);
	crl.state = KVK_REVOCATION_REVOKED;
	kvk_revocation_combine(&unread, &crl, &both);
	assert_int_equal(both.state, KVK_REVOCATION_REVOKED);
}

/* Without nocheck a CRL says whether the responder itself is revoked. */
static void test_status(void **state)
{
	const struct ocsp_person *r = ocsp_certify("R", &ocsp_issuer, without_nocheck);
	struct kvk_blob der = { 0 };
	struct kvk_crl crl;
	struct kvk_crl_candidate list = { .crl = &crl };
	struct kvk_crl_issue issue;

	(void)state;
	for (int revoked = -1; revoked <= 1; revoked++) {
		enum kvk_revocation java =
			revoked > 0 ? KVK_REVOCATION_UNDETERMINED : KVK_REVOCATION_GOOD;
		enum kvk_revocation rfc =
			revoked == 0 ? KVK_REVOCATION_GOOD : KVK_REVOCATION_UNDETERMINED;

		answer_by(r);
		kvk_crl_issue_start(&issue);
		issue.signing = &kvk_signing_ed25519;
		issue.this_update = OCSP_NOW - KVK_DAY;
		issue.next_update = OCSP_NOW + KVK_DAY;
		if (revoked > 0)
			kvk_crl_revoke(&issue, r->certificate.serial, OCSP_NOW - KVK_DAY, -1);
		assert_int_equal(kvk_crl_sign(&issue, ocsp_issuer.certificate.subject.der,
					 ocsp_issuer.key, &der),
			KVK_OK);
		kvk_crl_issue_free(&issue);
		assert_int_equal(kvk_crl_read(kvk_span_of_blob(&der), &crl), KVK_OK);
		ocsp_input.crls = &list;
		ocsp_input.crl_count = revoked >= 0;
		ocsp_finish();
		ocsp_ask_last(KVK_MANNER_RFC5280);
		assert_int_equal(ocsp_answer.state, rfc);
		ocsp_ask_last(KVK_MANNER_JAVA);
		assert_int_equal(ocsp_answer.state, java);
		kvk_crl_free(&crl);
	}
	kvk_blob_free(&der);
}

/* Answers about others cost no signatures, and one too many is an answer that says so. */
static void test_budget(void **state)
{
	(void)state;
	for (unsigned i = 0; i < OCSP_ANSWERS - 1; i++) {
		ocsp_make.entries[0].other_serial = true;
		ocsp_finish();
	}
	ocsp_finish();
	ocsp_expect(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
	assert_int_equal(ocsp_signatures.checked, 1);
	ocsp_signatures.budget = 0;
	ocsp_expect(KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
	/* the budget ends between the responder's certificate and the answer */
	answer_by(ocsp_certify("R", &ocsp_issuer, ocsp_delegate));
	ocsp_signatures.budget = 1;
	ocsp_expect_alone(KVK_REVOCATION_UNDETERMINED, KVK_WHY_BUDGET);
	ocsp_signatures.budget = 2;
	answer_by(ocsp_certify("R", &ocsp_issuer, ocsp_delegate));
	ocsp_expect_alone(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
}

static enum kvk_err all_good(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	(void)context;
	(void)spki;
	(void)algorithm;
	(void)data;
	(void)signature;
	return KVK_OK;
}

static void ask(void *context)
{
	(void)context;
	ocsp_ask(KVK_MANNER_RFC5280);
}

/*
 * As many answers as a run takes, each of as many entries as fit into one, all of them about this
 * serial number: a tenth of the 50 ms that ten certificates may take.
 */
static void test_many_entries(void **state)
{
	double ms;

	(void)state;
	ocsp_signatures.verify = all_good;
	for (unsigned i = 0; i < OCSP_ANSWERS; i++) {
		ocsp_make.count = 150;
		for (unsigned n = 0; n < ocsp_make.count; n++) {
			ocsp_make.entries[n] = ocsp_make.entries[0];
			ocsp_make.entries[n].hash = n % 2 ? KVK_HASH_SHA1 : KVK_HASH_SHA256;
			ocsp_make.entries[n].other_key = i % 2 && n > 0;
		}
		ocsp_finish();
	}
	ms = cost_of(ask, NULL);
	print_message("%.1f ms, %u signatures\n", ms, ocsp_signatures.checked);
	assert_true(ms < cost_limit(5));
	assert_int_equal(ocsp_signatures.checked, KVK_LIMIT_SIGNATURES);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_UNDETERMINED);
	assert_int_equal(ocsp_answer.why, KVK_WHY_BUDGET);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_usage, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_validity, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_extensions, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_issued_directly, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(
			test_many_certificates, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test(test_unread_beside_crl),
		cmocka_unit_test_setup_teardown(test_status, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_budget, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_many_entries, ocsp_set_up, ocsp_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
