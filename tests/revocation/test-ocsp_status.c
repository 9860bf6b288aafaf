/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "tests/revocation/ocsps.h"

/* RFC 6960: sections 2.2, 3.2, 4.1.1, 4.2.2. */

static void good(void)
{
	ocsp_expect_alone(KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
}

static void unusable(void)
{
	ocsp_expect_alone(KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP);
}

static void test_certificate_id(void **state)
{
	(void)state;
	good();
	ocsp_make.entries[0].hash = KVK_HASH_SHA256;
	good();
	ocsp_make.entries[0].other_name = true;
	unusable();
	ocsp_make.entries[0].other_key = true;
	unusable();
	ocsp_make.entries[0].other_serial = true;
	unusable();
	ocsp_make.count = 0;
	unusable();
}

/* The name of the issuer, written in other letters: in the certificate, or by the issuer. */
static void test_issuer_name(void **state)
{
	const struct kvk_span written = ocsp_issuer.certificate.subject.der;
	uint8_t other[64];

	(void)state;
	assert_true(written.n <= sizeof(other));
	memcpy(other, written.p, written.n);
	other[written.n - 1] ^= 0x20;
	ocsp_finish();
	ocsp_issuer.certificate.subject.der.p = other;
	ocsp_ask_last(KVK_MANNER_RFC5280);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_GOOD);
	/* measured with Java 17 */
	ocsp_ask_last(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_UNDETERMINED);
	ocsp_issuer.certificate.subject.der = written;
	ocsp_ask_last(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_GOOD);
}

static void test_responder_id(void **state)
{
	(void)state;
	ocsp_make.by_name = true;
	good();
	/* the issuer signs in somebody else's name */
	ocsp_make.claimed = &ocsp_leaf;
	unusable();
	ocsp_make.claimed = &ocsp_leaf;
	ocsp_make.by_name = true;
	unusable();
	ocsp_make.signer = &ocsp_leaf;
	unusable();
}

static void test_statuses(void **state)
{
	(void)state;
	ocsp_make.entries[0].status = KVK_OCSP_REVOKED;
	ocsp_make.entries[0].reason = KVK_REVOKED_KEY_COMPROMISE;
	ocsp_expect_alone(KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	assert_true(ocsp_answer.has_reason);
	assert_int_equal(ocsp_answer.reason, KVK_REVOKED_KEY_COMPROMISE);
	assert_int_equal(ocsp_answer.date, OCSP_NOW - 2 * KVK_DAY);
	ocsp_make.entries[0].status = KVK_OCSP_UNKNOWN;
	ocsp_expect_alone(KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP_UNKNOWN);
	for (unsigned status = 1; status <= 6; status++) {
		ocsp_make.status = status;
		unusable();
	}
}

/* What is revoked stays revoked: a reason or a version that the RFC does not have changes nothing.
 */
static void test_revoked_anyway(void **state)
{
	static const int reasons[] = { 7, 11, 77, 127, 128, 255, 256, 0x1234 };

	(void)state;
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		ocsp_make.entries[0].status = KVK_OCSP_REVOKED;
		ocsp_make.entries[0].reason = reasons[i];
		ocsp_expect_alone(KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
		assert_int_equal(ocsp_answer.reason, KVK_REVOKED_UNSPECIFIED);
	}
	for (int version = 0; version < 4; version++) {
		ocsp_make.entries[0].status = KVK_OCSP_REVOKED;
		ocsp_make.version = version;
		ocsp_expect_alone(KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	}
}

/* Measured with Java 17: what is revoked from tomorrow, or from this moment on, is good today. */
static void test_revoked_later(void **state)
{
	static const struct {
		kvk_time later;
		enum kvk_revocation java;
	} rows[] = {
		{ 2 * KVK_DAY - KVK_SECOND, KVK_REVOCATION_REVOKED },
		{ 2 * KVK_DAY, KVK_REVOCATION_GOOD },
		{ 3 * KVK_DAY, KVK_REVOCATION_GOOD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ocsp_start();
		ocsp_make.entries[0].status = KVK_OCSP_REVOKED;
		ocsp_make.entries[0].later = rows[i].later;
		ocsp_finish();
		ocsp_ask_last(KVK_MANNER_JAVA);
		assert_int_equal(ocsp_answer.state, rows[i].java);
		assert_int_equal(ocsp_answer.planned, rows[i].java == KVK_REVOCATION_GOOD);
		assert_int_equal(ocsp_answer.date, OCSP_NOW - 2 * KVK_DAY + rows[i].later);
		ocsp_ask_last(KVK_MANNER_RFC5280);
		assert_int_equal(ocsp_answer.state, KVK_REVOCATION_REVOKED);
	}
}

/* Two entries about the leaf, in either order; nothing about others counts. */
static void two(enum kvk_ocsp_status a, enum kvk_ocsp_status b, enum kvk_revocation state,
	enum kvk_revocation_why why)
{
	for (unsigned i = 0; i < 2; i++) {
		ocsp_make.count = 3;
		ocsp_make.entries[1] = ocsp_make.entries[2] = ocsp_make.entries[0];
		ocsp_make.entries[0].status = KVK_OCSP_REVOKED;
		ocsp_make.entries[0].other_serial = true;
		ocsp_make.entries[1].status = i == 0 ? a : b;
		ocsp_make.entries[2].status = i == 0 ? b : a;
		ocsp_expect_alone(state, why);
	}
}

/* An entry that is past its end plans nothing for one that is not. */
static void test_stale_beside_good(void **state)
{
	(void)state;
	ocsp_start();
	ocsp_make.count = 2;
	ocsp_make.entries[1] = ocsp_make.entries[0];
	ocsp_make.entries[1].status = KVK_OCSP_REVOKED;
	ocsp_make.entries[1].next_update = OCSP_NOW - KVK_DAY;
	ocsp_finish();
	ocsp_ask_last(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_GOOD);
	assert_false(ocsp_answer.planned);
}

static void test_worst_wins(void **state)
{
	(void)state;
	two(KVK_OCSP_GOOD, KVK_OCSP_GOOD, KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
	two(KVK_OCSP_GOOD, KVK_OCSP_REVOKED, KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	two(KVK_OCSP_UNKNOWN, KVK_OCSP_REVOKED, KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	two(KVK_OCSP_GOOD, KVK_OCSP_UNKNOWN, KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP_UNKNOWN);
}

static void test_times(void **state)
{
	static const kvk_time skew[] = {
		[KVK_MANNER_RFC5280] = KVK_MINUTE, [KVK_MANNER_JAVA] = KVK_LIMIT_CLOCK_SKEW_MS
	};
	const kvk_time second = 1000;

	(void)state;
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		const struct {
			kvk_time from, to;
			bool open, fine;
		} cases[] = {
			{ OCSP_NOW + skew[m], OCSP_NOW + KVK_DAY, false, true },
			{ OCSP_NOW + skew[m] + second, OCSP_NOW + KVK_DAY, false, false },
			{ OCSP_NOW - KVK_DAY, OCSP_NOW - skew[m], false, true },
			{ OCSP_NOW - KVK_DAY, OCSP_NOW - skew[m] - second, false, false },
			/* the end before the beginning, measured with Java 17 */
			{ OCSP_NOW, OCSP_NOW - second, false, m == KVK_MANNER_JAVA },
			/* newer information is there all the time (2.4): only for a while */
			{ OCSP_NOW - KVK_LIMIT_CLOCK_SKEW_MS, 0, true, true },
			{ OCSP_NOW - KVK_LIMIT_CLOCK_SKEW_MS - second, 0, true, false },
		};

		for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
			ocsp_make.entries[0].this_update = cases[i].from;
			ocsp_make.entries[0].next_update = cases[i].to;
			ocsp_make.entries[0].no_next_update = cases[i].open;
			ocsp_finish();
			ocsp_ask_last((enum kvk_manner)m);
			assert_int_equal(ocsp_answer.state == KVK_REVOCATION_GOOD, cases[i].fine);
		}
	}
}

static void test_critical(void **state)
{
	(void)state;
	ocsp_make.entries[0].critical = true;
	unusable();
	ocsp_make.critical = true;
	unusable();
	/* an entry that cannot be used hides no other, but Java reads all entries or none */
	for (int other = 0; other < 2; other++) {
		ocsp_make.count = 2;
		ocsp_make.entries[1] = ocsp_make.entries[0];
		ocsp_make.entries[0].critical = true;
		ocsp_make.entries[0].other_serial = other == 1;
		ocsp_finish();
		ocsp_ask_last(KVK_MANNER_RFC5280);
		assert_int_equal(ocsp_answer.state, KVK_REVOCATION_GOOD);
		ocsp_ask_last(KVK_MANNER_JAVA);
		assert_int_equal(ocsp_answer.state, KVK_REVOCATION_UNDETERMINED);
		assert_int_equal(ocsp_answer.flaws, KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_CRITICAL));
		ocsp_start();
	}
}

static void test_nonce(void **state)
{
	(void)state;
	ocsp_make.nonce = "0123456789abcdef";
	good();
	ocsp_input.nonce = kvk_span_of("0123456789abcdef");
	ocsp_make.nonce = "0123456789abcdef";
	good();
	ocsp_make.nonce = "0123456789abcdeg";
	unusable();
	/* answers that are made ahead of time have none (RFC 5019 4.1) */
	good();
}

static void test_signature(void **state)
{
	struct ocsp_person *other;

	(void)state;
	other = ocsp_certify("Issuer", &ocsp_issuer, NULL);
	ocsp_make.signer = other;
	unusable();
	/* the name of the issuer with another key, without the EKU */
	ocsp_make.signer = ocsp_make.claimed = other;
	ocsp_make.certificates[ocsp_make.certificate_count++] = other;
	ocsp_make.by_name = true;
	unusable();
}

/* Measured with Java 17: it knows no critical extension of a response, the nonce neither. */
static void test_critical_nonce(void **state)
{
	(void)state;
	ocsp_make.nonce = "0123456789abcdef";
	ocsp_make.nonce_critical = true;
	ocsp_finish();
	ocsp_ask_last(KVK_MANNER_RFC5280);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_GOOD);
	ocsp_ask_last(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_UNDETERMINED);
	assert_int_equal(ocsp_answer.why, KVK_WHY_OCSP);
	assert_int_equal(ocsp_answer.flaws, KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_CRITICAL));
}

static void expect_flaw(enum kvk_ocsp_flaw flaw)
{
	const struct kvk_revocation_answer crl = { .state = KVK_REVOCATION_GOOD, .crl = 0 };
	struct kvk_revocation_answer both;
	const unsigned flaws = flaw != KVK_OCSP_FLAW_NONE ? KVK_OCSP_FLAW_BIT(flaw) : 0;

	ocsp_finish();
	ocsp_ask_last(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.flaws, flaws);
	/* it is not forgotten over a CRL */
	kvk_revocation_combine(&ocsp_answer, &crl, &both);
	assert_int_equal(both.state, KVK_REVOCATION_GOOD);
	assert_int_equal(both.flaws, flaws);
	assert_int_equal(strlen(kvk_ocsp_flaw_text(flaw)) > 0, flaw != KVK_OCSP_FLAW_NONE);
}

static void test_flaws(void **state)
{
	(void)state;
	expect_flaw(KVK_OCSP_FLAW_NONE);
	/* about another certificate */
	ocsp_make.entries[0].other_serial = true;
	expect_flaw(KVK_OCSP_FLAW_NONE);
	ocsp_make.entries[0].next_update = OCSP_NOW - KVK_DAY;
	expect_flaw(KVK_OCSP_FLAW_STALE);
	ocsp_make.signer = &ocsp_leaf;
	expect_flaw(KVK_OCSP_FLAW_SIGNATURE);
	ocsp_make.status = 4;
	expect_flaw(KVK_OCSP_FLAW_REFUSED);
	ocsp_make.status = 6;
	expect_flaw(KVK_OCSP_FLAW_UNAUTHORIZED);
	ocsp_make.status = 3;
	expect_flaw(KVK_OCSP_FLAW_LATER);
	ocsp_make.critical = true;
	expect_flaw(KVK_OCSP_FLAW_CRITICAL);
	ocsp_make.entries[0].status = KVK_OCSP_UNKNOWN;
	expect_flaw(KVK_OCSP_FLAW_UNKNOWN);
	ocsp_input.answers = (const struct kvk_ocsp_candidate[]){ { .ocsp = NULL } };
	ocsp_input.answer_count = 1;
	ocsp_ask(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.flaws, KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_UNREADABLE));
}

/* Each flaw is named, and the response that decided is known. */
static void test_several_flaws(void **state)
{
	(void)state;
	ocsp_make.entries[0].next_update = OCSP_NOW - KVK_DAY;
	ocsp_finish();
	ocsp_make.status = 3;
	ocsp_finish();
	ocsp_ask(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_UNDETERMINED);
	assert_int_equal(ocsp_answer.ocsp, -1);
	ocsp_finish();
	ocsp_ask(KVK_MANNER_JAVA);
	assert_int_equal(ocsp_answer.state, KVK_REVOCATION_GOOD);
	assert_int_equal(ocsp_answer.ocsp, 2);
	assert_int_equal(ocsp_answer.flaws,
		KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_STALE) | KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_LATER));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_certificate_id, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_issuer_name, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_responder_id, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_statuses, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_revoked_anyway, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_flaws, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_several_flaws, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_critical_nonce, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_revoked_later, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_worst_wins, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(
			test_stale_beside_good, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_times, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_critical, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_nonce, ocsp_set_up, ocsp_tear_down),
		cmocka_unit_test_setup_teardown(test_signature, ocsp_set_up, ocsp_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
