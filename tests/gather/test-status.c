/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which addresses of a certificate are asked whether it was revoked, in which order, and what is
 * done with what they give.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "gather/status_text.h"
#include "practice/issue_list.h"
#include "tests/gather/pki.h"

/* The keys. */
enum { ROOT, TSP, LEAF, OTHER };

#define OCSP "http://ocsp.example.nl/"
#define LDAP "ldap://crl.example.nl/cn=1"
#define FIRST "HTTP://crl.example.nl/1.crl"
#define SECOND "http://crl.example.nl/2.crl"

static const struct kvk_net_answer failed = { .reason = KVK_NET_TIME_OUT };
static const struct kvk_net_answer refused = { .reason = KVK_NET_ADDRESS_REFUSED };

static const struct kvk_net_answer came = { .reason = KVK_NET_OK, .status = 200 };
static const struct kvk_net_answer unchanged = { .reason = KVK_NET_OK, .status = 304 };

/* What the fetcher knows of each address, and whether it knows it. */
static struct {
	struct kvk_fetched fetched;
	bool known;
} addresses[4];
/* The addresses in the order in which they were asked, each once. */
static char asked[256];
/* An address was to be asked anew. */
static bool anew;

static enum kvk_err look(
	void *context, const struct kvk_question *question, const struct kvk_fetched **out)
{
	(void)context;
	*out = NULL;
	anew = anew || question->anew;
	if (strstr(asked, question->url) == NULL) {
		assert_true(strlen(asked) + strlen(question->url) + 2 < sizeof asked);
		strcat(asked, question->url);
		strcat(asked, " ");
	}
	for (size_t i = 0; i < 4; i++)
		if (addresses[i].known && strcmp(addresses[i].fetched.url, question->url) == 0)
			*out = &addresses[i].fetched;
	assert_true(question->ocsp == (question->body.n > 0));
	return KVK_OK;
}

static const struct kvk_fetcher fetcher = { .look = look };

/* An address that gave nothing, or a CRL. */
static void know(size_t i, const char *url, const struct kvk_net_answer *answer, int crl)
{
	size_t count;
	const struct kvk_crl_candidate *crls = kvk_crls_array(&pki.crls, &count);

	addresses[i].known = true;
	addresses[i].fetched = (struct kvk_fetched){ .url = url, .answer = answer };
	if (crl < 0)
		return;
	assert_true((size_t)crl < count);
	addresses[i].fetched.crl = crls[crl].crl;
	addresses[i].fetched.from = KVK_FETCHED_NETWORK;
}

/* A leaf with a responder, and one distribution point with three addresses. */
static void be_asked_about(struct kvk_issue *issue)
{
	struct kvk_der_writer w = { .depth = 0 };

	pki_be_a_leaf(issue);
	kvk_issue_aia(issue, OCSP, NULL);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(LDAP));
	kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(FIRST));
	kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(SECOND));
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_CRL_POINTS, false, &w);
}

static const struct kvk_certificate *root, *leaf;

/* signer: the key with which the leaf is signed. */
static void start(unsigned signer)
{
	memset(addresses, 0, sizeof addresses);
	asked[0] = '\0';
	root = pki_certify("Root", ROOT, "Root", ROOT, NULL);
	leaf = pki_certify("leaf", LEAF, "Root", signer, be_asked_about);
	pki_trust(root);
	pki.fetcher = &fetcher;
}

static const struct kvk_status *gather(void)
{
	pki_put((const struct kvk_certificate *[]){ leaf, NULL });
	pki_gather();
	return &pki.facts.certs[0].status;
}

static void test_order(void **state)
{
	const struct kvk_status *status;

	(void)state;
	start(ROOT);
	pki_revoke("Root", ROOT, NULL);
	(void)gather();
	assert_true(pki.facts.pending);
	assert_string_equal(asked, OCSP " ");
	know(0, OCSP, &failed, -1);
	know(1, LDAP, &refused, -1);
	(void)gather();
	assert_true(pki.facts.pending);
	assert_string_equal(asked, OCSP " " LDAP " " FIRST " ");
	know(2, FIRST, NULL, 0);
	status = gather();
	assert_false(pki.facts.pending);
	assert_string_equal(asked, OCSP " " LDAP " " FIRST " ");
	assert_int_equal(status->answer.state, KVK_REVOCATION_GOOD);
	assert_int_equal(status->by, KVK_BY_CRL);
	assert_string_equal(status->fetched->url, FIRST);
	assert_int_equal(status->attempt_count, 3);
}

/* A CRL that another key has signed is of no use, and not in the way of the next one. */
static void test_unusable(void **state)
{
	const struct kvk_status *status;
	struct kvk_error why;

	(void)state;
	start(ROOT);
	pki_revoke("Root", OTHER, NULL);
	pki_revoke("Root", ROOT, leaf);
	know(0, OCSP, &failed, -1);
	know(1, LDAP, &refused, -1);
	know(2, FIRST, NULL, 0);
	know(3, SECOND, NULL, 1);
	status = gather();
	assert_int_equal(status->answer.state, KVK_REVOCATION_REVOKED);
	assert_string_equal(status->fetched->url, SECOND);
	assert_int_equal(status->attempts[2].why, KVK_WHY_CRL_SIGNATURE);
	kvk_attempt_error_set(&status->attempts[2], &why);
	assert_non_null(strstr(why.text, FIRST));
	kvk_attempt_error_set(&status->attempts[3], &why);
	assert_string_equal(why.text, "");
}

static void test_nothing_came(void **state)
{
	const struct kvk_status *status;
	struct kvk_error why;

	(void)state;
	start(ROOT);
	know(0, OCSP, &failed, -1);
	know(1, FIRST, &failed, -1);
	know(2, SECOND, &refused, -1);
	know(3, LDAP, &refused, -1);
	status = gather();
	assert_int_equal(status->answer.state, KVK_REVOCATION_UNDETERMINED);
	assert_true(kvk_status_lacks_network(status));
	assert_string_equal(kvk_status_why_word(status), "time-out");
	kvk_status_error_set(status, &why);
	assert_non_null(strstr(why.text, FIRST));
	assert_true(kvk_attempt_is_wanted(&status->attempts[0]));
	assert_false(kvk_attempt_is_wanted(&status->attempts[1]));
	assert_true(kvk_attempt_is_wanted(&status->attempts[2]));
	assert_false(kvk_attempt_is_wanted(&status->attempts[3]));
}

/* The server is asked once more where a copy in the cache is of no use, and not where it gave the
 * list itself, or nothing. */
static void test_anew(void **state)
{
	static const struct {
		enum kvk_fetched_from from;
		const struct kvk_net_answer *answer;
		bool anew;
	} cases[] = {
		{ KVK_FETCHED_CACHE, NULL, true },
		{ KVK_FETCHED_NETWORK, &unchanged, true },
		{ KVK_FETCHED_NETWORK, &came, false },
		{ KVK_FETCHED_CACHE, &failed, false },
	};

	(void)state;
	start(ROOT);
	pki_revoke("Root", OTHER, NULL);
	pki_revoke("Root", ROOT, NULL);
	know(0, OCSP, &failed, -1);
	know(1, LDAP, &refused, -1);
	know(3, SECOND, &failed, -1);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		know(2, FIRST, cases[i].answer, 0);
		addresses[2].fetched.from = cases[i].from;
		anew = false;
		assert_int_equal(gather()->attempt_count, 4);
		assert_int_equal(anew, cases[i].anew);
		/* Not where it is of use. */
		know(2, FIRST, cases[i].answer, 1);
		addresses[2].fetched.from = cases[i].from;
		anew = false;
		assert_int_equal(gather()->answer.state, KVK_REVOCATION_GOOD);
		assert_false(anew);
	}
}

/* Another network helps where an address was not reached, and only there. */
static void test_lacks_network(void **state)
{
	static const struct {
		enum kvk_net_reason reason;
		bool lacks;
	} cases[] = {
		{ KVK_NET_NAME_NOT_FOUND, true },
		{ KVK_NET_CONNECTION, true },
		{ KVK_NET_TIME_OUT, true },
		{ KVK_NET_TLS, true },
		{ KVK_NET_HTTP_STATUS, true },
		{ KVK_NET_NOT_ASKED, true },
		{ KVK_NET_ADDRESS_REFUSED, false },
		{ KVK_NET_TOO_LARGE, false },
		{ KVK_NET_NOT_EXPECTED, false },
	};

	(void)state;
	start(ROOT);
	pki_revoke("Root", OTHER, NULL);
	know(0, OCSP, &refused, -1);
	know(1, LDAP, &refused, -1);
	know(2, FIRST, NULL, 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kvk_net_answer answer = { .reason = cases[i].reason };
		const struct kvk_status *status;

		know(3, SECOND, &answer, -1);
		status = gather();
		assert_int_equal(status->answer.state, KVK_REVOCATION_UNDETERMINED);
		assert_int_equal(status->attempt_count, 4);
		assert_int_equal(kvk_status_lacks_network(status), cases[i].lacks);
	}
}

/* No address of a certificate is asked that nobody we trust has signed. */
static void test_not_signed(void **state)
{
	(void)state;
	start(OTHER);
	(void)gather();
	assert_false(pki.facts.path.proven);
	assert_non_null(pki.facts.path.anchor);
	assert_false(pki.facts.pending);
	assert_string_equal(asked, "");
}

/* What was given is enough. */
static void test_given(void **state)
{
	const struct kvk_status *status;
	struct kvk_signatures signatures = { .budget = 0 };
	struct kvk_path path;
	struct kvk_status_input input = { .path = &path, .at = PKI_NOW, .fetcher = &fetcher };
	struct kvk_status out;
	bool pending;

	(void)state;
	start(ROOT);
	pki_revoke("Root", ROOT, NULL);
	know(0, OCSP, &failed, -1);
	know(1, LDAP, &refused, -1);
	know(2, FIRST, NULL, 0);
	status = gather();
	assert_int_equal(status->answer.state, KVK_REVOCATION_GOOD);
	/* The same path, with the CRL given; its signature is remembered. */
	asked[0] = '\0';
	path = pki.facts.path;
	signatures = pki.signatures;
	input.signatures = &signatures;
	input.crls = kvk_crls_array(&pki.crls, &input.crl_count);
	assert_int_equal(kvk_status_find(&input, 0, &out, &pending), KVK_OK);
	assert_false(pending);
	assert_int_equal(out.answer.state, KVK_REVOCATION_GOOD);
	assert_int_equal(out.by, KVK_BY_CRL);
	assert_null(out.fetched);
	assert_string_equal(asked, "");
	/* `check` asks CRLs before OCSP, and OCSP not at all where it asked enough. */
	input.crl_count = 0;
	input.crls_first = true;
	assert_int_equal(kvk_status_find(&input, 0, &out, &pending), KVK_OK);
	assert_string_equal(asked, LDAP " " FIRST " ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_unusable, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_nothing_came, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_anew, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_lacks_network, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_not_signed, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_given, pki_set_up, pki_tear_down),
	};

	return cmocka_run_group_tests(tests, pki_load, pki_unload);
}
