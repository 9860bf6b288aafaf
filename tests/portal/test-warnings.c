/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each warning on facts made by hand: that it comes where it should, and, with the good sample,
 * that it does not come where it should not. A count fails when a warning has no case.
 */
#include "config.h"

#include "tests/portal/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct sample sample;
static struct kvk_warning warnings[KVK_WARNINGS_MAX];

static size_t warn(void (*change)(struct sample *s))
{
	size_t count;

	sample_make(&sample);
	change(&sample);
	assert_int_equal(kvk_warnings(&sample.facts, warnings, &count), KVK_OK);
	return count;
}

static bool among(size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(warnings[i].id, id) == 0)
			return true;
	return false;
}

static const char *text_of(size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(warnings[i].id, id) == 0)
			return warnings[i].text;
	return NULL;
}

/* Case number i of all lists, or NULL. */
static const struct sample_warning *case_at(size_t i)
{
	const struct sample_warning *const lists[] = { cases_warnings, cases_warnings_form,
		cases_warnings_register };

	for (size_t list = 0; list < sizeof(lists) / sizeof(lists[0]); list++)
		for (const struct sample_warning *c = lists[list]; c->id != NULL; c++)
			if (i-- == 0)
				return c;
	return NULL;
}

static void every_case(void **state)
{
	const struct sample_warning *c;

	(void)state;
	for (size_t i = 0; (c = case_at(i)) != NULL; i++) {
		size_t count = warn(c->change);

		if (!among(count, c->id))
			fail_msg("%s does not come (case %zu)", c->id, i);
		for (size_t w = 0; w < count; w++) {
			assert_true(strlen(warnings[w].hint) > 0);
			assert_null(strchr(warnings[w].text, '\n'));
			assert_null(strstr(warnings[w].text, "\xe2\x80\xae"));
		}
	}
}

static void near_misses(void **state)
{
	(void)state;
	for (const struct sample_warning *c = cases_no_warnings; c->id != NULL; c++) {
		size_t count = warn(c->change);

		if (among(count, c->id))
			fail_msg("%s comes (near miss %td)", c->id, c - cases_no_warnings);
	}
}

static void every_warning_has_a_case(void **state)
{
	const char *id;

	(void)state;
	for (size_t w = 0; (id = kvk_warnings_id(w)) != NULL; w++) {
		const struct sample_warning *c;
		bool found = false;

		assert_true(w < KVK_WARNINGS_MAX);
		for (size_t i = 0; (c = case_at(i)) != NULL; i++)
			found |= strcmp(c->id, id) == 0;
		if (!found)
			fail_msg("%s has no case", id);
	}
}

static void same(struct sample *s)
{
	s->asked.account.trade_name = "voorbeeld  B.V.";
	s->evidence.own_key = s->own_key;
	s->facts.name = "delivery.PEM";
}

static void on_stdin(struct sample *s)
{
	s->facts.name = NULL;
}

/* An EV certificate has no policy of PKIoverheid. */
static void ev_policy(struct sample *s)
{
	sample_ev(s);
	s->facts.leaf_server_policy = false;
	s->facts.client_auth_end_count = 0;
}

/* One name, written twice. */
static void name_twice(struct sample *s)
{
	sample_dns(s, "api.voorbeeld.nl", "API.voorbeeld.nl");
}

/* A curve that is written out has no known size. */
static void other_curve(struct sample *s)
{
	s->leaf.key.type = KVK_KEY_ECDSA;
	s->leaf.key.bits = 0;
}

/* The very certificate: message 15 says enough. */
static void same_upload(struct sample *s)
{
	memcpy(s->uploaded[0], s->leaf.sha256, KVK_SHA256_SIZE);
	memcpy(s->uploaded[1], s->leaf.spki_sha256, KVK_SHA256_SIZE);
	s->evidence.uploaded_keys = s->uploaded;
	s->evidence.uploaded_key_count = 2;
}

static void thirty_days(struct sample *s)
{
	s->asked.at = s->leaf.not_after - 30 * KVK_DAY;
}

static void the_good_have_none(void **state)
{
	(void)state;
	assert_int_equal(warn(same), 0);
	assert_int_equal(warn(on_stdin), 0);
	assert_int_equal(warn(thirty_days), 0);
	assert_int_equal(warn(ev_policy), 0);
	assert_int_equal(warn(sample_government), 0);
	assert_int_equal(warn(name_twice), 0);
	assert_int_equal(warn(same_upload), 0);
}

/* What names the file is text from outside. */
static void hostile_name(struct sample *s)
{
	s->facts.name = "a\033[2Jb.txt";
}

static void curve_without_size(void **state)
{
	(void)state;
	assert_null(strstr(text_of(warn(other_curve), "weak-curve"), " 0 "));
}

static void unreadable(struct sample *s)
{
	s->facts.name = "delivery.txt";
	s->contents.java = KVK_JAVA_FAILS;
}

static void pem_txt(struct sample *s)
{
	s->facts.name = "delivery.pem.txt";
}

static void p7b_in_der(struct sample *s)
{
	s->facts.name = "delivery.p7b";
	s->contents.form = KVK_FORM_PKCS7;
}

/* The name that is advised makes sense. */
static void the_name_to_give(void **state)
{
	(void)state;
	assert_non_null(strstr(text_of(warn(pem_txt), "file-name-ending"), "'delivery.pem'"));
	assert_non_null(strstr(text_of(warn(p7b_in_der), "file-name-ending"), "accept"));
	assert_null(strstr(text_of(warn(unreadable), "file-name-ending"), "delivery"));
}

static void name_is_escaped(void **state)
{
	(void)state;
	assert_int_equal(warn(hostile_name), 1);
	assert_null(strchr(warnings[0].text, '\033'));
	assert_non_null(strstr(warnings[0].text, "'a\\x1b[2Jb.pem'"));
}

static void g1(struct sample *s)
{
	s->anchor.generation = "G1";
}

static void g1_without_day(struct sample *s)
{
	g1(s);
	s->facts.g1_end = NULL;
}

static void ev_without_days(struct sample *s)
{
	sample_ev(s);
	s->facts.client_auth_end_count = 0;
}

/* The days are those of the facts; without any there is nothing to warn of. */
static void days_are_handed_in(void **state)
{
	const char *text;

	(void)state;
	text = text_of(warn(g1), "g1-ends");
	assert_non_null(strstr(text, "12 November 2028"));
	text = text_of(warn(sample_ev), "ev-client-auth-ends");
	assert_non_null(strstr(text, "A CA on 10 February 2027, every public CA on 15 March 2027"));
	assert_null(text_of(warn(g1_without_day), "g1-ends"));
	assert_null(text_of(warn(ev_without_days), "ev-client-auth-ends"));
}

static void small_under_g1(struct sample *s)
{
	s->anchor.generation = "G1";
	s->leaf.key.bits = 2048;
}

static void a_key_that_g1_allows_is_no_fault_of_g4(void **state)
{
	(void)state;
	assert_non_null(strstr(text_of(warn(small_under_g1), "rsa-below-3072"), "enough for G1"));
}

static void much_is_wrong(struct sample *s)
{
	s->leaf.serial = (struct kvk_span){ (const uint8_t *)"", 1 };
	s->leaf.ext.key_usage |= KVK_KU_KEY_CERT_SIGN;
	s->tsp.ext.has_key_usage = false;
	s->leaf.log.tolerated = 1u << KVK_DER_TIME_FORM | 1u << KVK_DER_DEFAULT;
	s->facts.strict.count = 2;
	for (size_t i = 0; i < 2; i++)
		s->facts.strict.failures[i] = (struct kvk_path_failure){
			.reason = KVK_REASON_INVALID_POLICY,
			.cert = i,
			.field = "policies",
		};
}

/* The first thing found does not hide the others. */
static void all_is_told(void **state)
{
	size_t count = warn(much_is_wrong);

	(void)state;
	assert_string_equal(text_of(count, "rfc5280-form"),
		"your certificate: its serial number is not positive (4.1.2.2); its key usage "
		"allows signing certificates, but it is not a CA certificate (4.2.1.3); TSP CA: it "
		"is a CA certificate without a key usage (4.2.1.3)");
	assert_string_equal(text_of(count, "not-strict-der"),
		"certificate 1 of the file: a time is not written in the form that certificates "
		"use; a default value is encoded explicitly");
	assert_non_null(strstr(text_of(count, "rfc5280-path"),
		"your certificate: INVALID_POLICY, policies; "
		"TSP CA: INVALID_POLICY, policies"));
}

static void two_flaws(struct sample *s)
{
	s->facts.certs[0].status.answer.flaws = KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_STALE);
	s->facts.certs[1].status.answer.flaws = KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_SIGNATURE);
}

static void each_flaw_is_named(void **state)
{
	const char *text = text_of(warn(two_flaws), "ocsp-unusable");

	(void)state;
	assert_non_null(strstr(text, kvk_ocsp_flaw_text(KVK_OCSP_FLAW_STALE)));
	assert_non_null(strstr(text, kvk_ocsp_flaw_text(KVK_OCSP_FLAW_SIGNATURE)));
}

static void anchor_that_ends(struct sample *s)
{
	s->facts.path.count = 1;
	s->anchor.label = "Root \033";
	s->anchor.not_after = s->leaf.not_after - KVK_SECOND;
}

static void an_anchor_is_named(void **state)
{
	(void)state;
	assert_non_null(strstr(text_of(warn(anchor_that_ends), "outlives-issuer"), "'Root \\x1b'"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_good_have_none),
		cmocka_unit_test(every_case),
		cmocka_unit_test(near_misses),
		cmocka_unit_test(every_warning_has_a_case),
		cmocka_unit_test(the_name_to_give),
		cmocka_unit_test(name_is_escaped),
		cmocka_unit_test(curve_without_size),
		cmocka_unit_test(days_are_handed_in),
		cmocka_unit_test(a_key_that_g1_allows_is_no_fault_of_g4),
		cmocka_unit_test(all_is_told),
		cmocka_unit_test(each_flaw_is_named),
		cmocka_unit_test(an_anchor_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
