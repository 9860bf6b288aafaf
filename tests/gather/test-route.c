/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of several paths is taken, and who may have signed a CRL. What Java does with each of these
 * files was measured with version 17: its builder takes the path that holds.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/gather/pki.h"

/* The keys. */
enum { ROOT, TSP, NEW, LEAF, ROOT2 };

static const struct kvk_certificate *root, *leaf;

static void start(void)
{
	root = pki_certify("Root", ROOT, "Root", ROOT, NULL);
	leaf = pki_certify("leaf", LEAF, "Tsp", TSP, pki_be_a_leaf);
	pki_trust(root);
	pki_revoke("Tsp", TSP, NULL);
}

/* The leaf and two certificates of its CA, in either order: the path goes by way of the good one.
 */
static void expect_way(const struct kvk_certificate *good, const struct kvk_certificate *bad)
{
	for (int first = 0; first < 2; first++) {
		pki_put((const struct kvk_certificate *[]){
			leaf, first ? good : bad, first ? bad : good, NULL });
		pki_gather();
		assert_int_equal(pki.facts.path.count, 2);
		assert_memory_equal(
			pki.facts.path.certs[1].certificate->sha256, good->sha256, KVK_SHA256_SIZE);
		assert_int_equal(pki.facts.certs[0].status.answer.state, KVK_REVOCATION_GOOD);
		assert_int_equal(pki.facts.certs[1].status.answer.state, KVK_REVOCATION_GOOD);
		assert_int_equal(pki.facts.other_path, !first);
	}
}

static void test_reissued(void **state)
{
	const struct kvk_certificate *old, *new;

	(void)state;
	start();
	old = pki_certify("Tsp", TSP, "Root", ROOT, NULL);
	new = pki_certify("Tsp", TSP, "Root", ROOT, NULL);
	pki_revoke("Root", ROOT, old);
	expect_way(new, old);
}

static void test_reissued_after_expiry(void **state)
{
	const struct kvk_certificate *old, *new;

	(void)state;
	start();
	old = pki_certify("Tsp", TSP, "Root", ROOT, pki_be_expired);
	new = pki_certify("Tsp", TSP, "Root", ROOT, NULL);
	pki_revoke("Root", ROOT, NULL);
	expect_way(new, old);
}

static void test_cross_without_crl(void **state)
{
	const struct kvk_certificate *cross, *own;

	(void)state;
	start();
	pki_trust(pki_certify("Root 2", ROOT2, "Root 2", ROOT2, NULL));
	cross = pki_certify("Tsp", TSP, "Root 2", ROOT2, NULL);
	own = pki_certify("Tsp", TSP, "Root", ROOT, NULL);
	pki_revoke("Root", ROOT, NULL);
	expect_way(own, cross);
}

/* The portal sees the file alone: what stands beside it rescues nothing that the file refutes. */
static void test_better_beside_the_file(void **state)
{
	const struct kvk_certificate *old;

	(void)state;
	start();
	old = pki_certify("Tsp", TSP, "Root", ROOT, NULL);
	pki_revoke("Root", ROOT, old);
	pki_put((const struct kvk_certificate *[]){ leaf, old, NULL });
	pki_give(pki_certify("Tsp", TSP, "Root", ROOT, NULL));
	pki_gather();
	assert_int_equal(pki.facts.certs[1].status.answer.state, KVK_REVOCATION_REVOKED);
}

/*
 * Where no path is good, the one of which it is not known is taken, not the one that was revoked;
 * neither is said to be better than the other.
 */
static void test_no_good_way(void **state)
{
	const struct kvk_certificate *old, *other;

	(void)state;
	start();
	pki_trust(pki_certify("Root 2", ROOT2, "Root 2", ROOT2, NULL));
	old = pki_certify("Tsp", TSP, "Root", ROOT, NULL);
	other = pki_certify("Tsp", TSP, "Root 2", ROOT2, NULL);
	pki_revoke("Root", ROOT, old);
	for (int first = 0; first < 2; first++) {
		pki_put((const struct kvk_certificate *[]){
			leaf, first ? other : old, first ? old : other, NULL });
		pki_gather();
		assert_int_equal(pki.facts.path.count, 2);
		assert_int_equal(
			pki.facts.certs[1].status.answer.state, KVK_REVOCATION_UNDETERMINED);
		assert_false(pki.facts.other_path);
	}
}

static unsigned looks;

static enum kvk_err count_looks(
	void *context, const struct kvk_question *question, const struct kvk_fetched **out)
{
	static const struct kvk_net_answer failed = { .reason = KVK_NET_TIME_OUT };
	static struct kvk_fetched nothing;

	(void)context;
	nothing = (struct kvk_fetched){ .url = question->url, .answer = &failed };
	*out = &nothing;
	looks++;
	return KVK_OK;
}

static void name_a_crl(struct kvk_issue *issue)
{
	pki_be_a_leaf(issue);
	kvk_issue_crl_point(issue, "http://crl.example.nl/1.crl");
}

/* The only path is asked about once, although another one could be better. */
static void test_asked_once(void **state)
{
	static const struct kvk_fetcher fetcher = { .look = count_looks };

	(void)state;
	start();
	pki.fetcher = &fetcher;
	looks = 0;
	pki_put((const struct kvk_certificate *[]){
		pki_certify("leaf", LEAF, "Root", ROOT, name_a_crl), NULL });
	pki_gather();
	assert_true(pki.facts.path.proven);
	assert_int_equal(pki.facts.certs[0].status.answer.state, KVK_REVOCATION_UNDETERMINED);
	assert_int_equal(looks, 1);
}

/* What could not be taken in may be the anchor that is lacking. */
static void test_anchor_beyond_a_limit(void **state)
{
	const struct kvk_certificate *strange;

	(void)state;
	start();
	strange = pki_certify("leaf", LEAF, "Root 2", ROOT2, pki_be_a_leaf);
	for (int limited = 0; limited < 2; limited++) {
		pki.trust_limited = limited;
		pki_put((const struct kvk_certificate *[]){ strange, NULL });
		pki_gather();
		assert_null(pki.facts.path.anchor);
		assert_int_equal(pki.facts.path.exhausted, limited);
		assert_int_equal(pki.facts.trust_limited, limited);
	}
}

/* A CRL that the CA signed with its new key, of which there is a certificate somewhere. */
static void test_other_key_of_the_ca(void **state)
{
	const struct kvk_certificate *tsp, *new;

	(void)state;
	root = pki_certify("Root", ROOT, "Root", ROOT, NULL);
	leaf = pki_certify("leaf", LEAF, "Tsp", TSP, pki_be_a_leaf);
	tsp = pki_certify("Tsp", TSP, "Root", ROOT, NULL);
	new = pki_certify("Tsp", NEW, "Root", ROOT, NULL);
	pki_trust(root);
	pki_revoke("Root", ROOT, NULL);
	pki_revoke("Tsp", NEW, NULL);
	pki_put((const struct kvk_certificate *[]){ leaf, tsp, NULL });
	pki_gather();
	assert_int_equal(pki.facts.certs[0].status.answer.state, KVK_REVOCATION_UNDETERMINED);
	pki_put((const struct kvk_certificate *[]){ leaf, tsp, new, NULL });
	pki_gather();
	assert_int_equal(pki.facts.certs[0].status.answer.state, KVK_REVOCATION_GOOD);
	pki_give(new);
	pki_put((const struct kvk_certificate *[]){ leaf, tsp, NULL });
	pki_gather();
	assert_int_equal(pki.facts.certs[0].status.answer.state, KVK_REVOCATION_GOOD);
	pki_revoke("Tsp", NEW, leaf);
	pki_put((const struct kvk_certificate *[]){ leaf, tsp, NULL });
	pki_gather();
	assert_int_equal(pki.facts.certs[0].status.answer.state, KVK_REVOCATION_REVOKED);
}

static void constrain(struct kvk_issue *issue)
{
	/* permittedSubtrees [0]: the directory name CN=x */
	static const uint8_t names[] = { 0x30, 0x14, 0xa0, 0x12, 0x30, 0x10, 0xa4, 0x0e, 0x30, 0x0c,
		0x31, 0x0a, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x01, 'x' };
	/* requireExplicitPolicy [0] 0 */
	static const uint8_t policies[] = { 0x30, 0x03, 0x80, 0x01, 0x00 };

	kvk_issue_extension(issue, "2.5.29.30", true, (struct kvk_span){ names, sizeof(names) });
	kvk_issue_extension(
		issue, "2.5.29.36", true, (struct kvk_span){ policies, sizeof(policies) });
	kvk_issue_extension(issue, "1.2.3.4", true, kvk_span_of("x"));
}

static bool is_found(enum kvk_reason reason, size_t cert)
{
	const struct kvk_path_failure failure = { .reason = reason, .cert = cert };

	return kvk_path_failure_known(&pki.facts.anchored, &failure);
}

/* Java looks at nothing of an anchor but its name and its key. */
static void test_anchor_with_constraints(void **state)
{
	(void)state;
	root = pki_certify("Root", ROOT, "Root", ROOT, constrain);
	leaf = pki_certify("leaf", LEAF, "Root", ROOT, pki_be_a_leaf);
	pki_trust(root);
	pki_put((const struct kvk_certificate *[]){ leaf, NULL });
	pki_gather();
	assert_int_equal(pki.facts.report.count, 0);
	assert_int_equal(pki.facts.strict.count, 0);
	assert_true(is_found(KVK_REASON_INVALID_NAME, 0));
	assert_true(is_found(KVK_REASON_INVALID_POLICY, 0));
	assert_true(is_found(KVK_REASON_UNRECOGNIZED_CRIT_EXT, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reissued, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(
			test_reissued_after_expiry, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_cross_without_crl, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(
			test_better_beside_the_file, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_no_good_way, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(test_asked_once, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(
			test_anchor_beyond_a_limit, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(
			test_other_key_of_the_ca, pki_set_up, pki_tear_down),
		cmocka_unit_test_setup_teardown(
			test_anchor_with_constraints, pki_set_up, pki_tear_down),
	};

	return cmocka_run_group_tests(tests, pki_load, pki_unload);
}
