/* SPDX-License-Identifier: Apache-2.0 */
/* Which of several paths `check` asks about; the rest of it is in tests/net/check.bats. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "app/asker_tools.h"
#include "net/cache.h"
#include "tests/gather/pki.h"
#include "tests/inventory/scratch.h"

/* The keys. */
enum { ROOT, ROOT2, TSP, LEAF };

#define ROOT_URL "http://crl.example.nl/root.crl"
#define ROOT2_URL "http://crl.example.nl/root2.crl"
#define TSP_URL "http://crl.example.nl/tsp.crl"

static const struct kvk_settings settings;
static struct kvk_home home;

static int set_up(void **state)
{
	scratch_make(state);
	kvk_blob_append_text(&home.path, scratch);
	return pki_set_up(state);
}

static int tear_down(void **state)
{
	pki_tear_down(state);
	kvk_home_free(&home);
	return scratch_remove(state);
}

static void name_root(struct kvk_issue *issue)
{
	kvk_issue_crl_point(issue, ROOT_URL);
}

static void name_root2(struct kvk_issue *issue)
{
	kvk_issue_crl_point(issue, ROOT2_URL);
}

/* Where the list of the leaf is that is made next. */
static const char *leaf_url = TSP_URL;

static void be_a_leaf(struct kvk_issue *issue)
{
	pki_be_a_leaf(issue);
	kvk_issue_crl_point(issue, leaf_url);
}

/* Puts a list into the cache, by which a certificate is revoked, or none (NULL). */
static void keep(
	const char *url, const char *issuer, unsigned signer, const struct kvk_certificate *revoked)
{
	struct kvk_blob folder = { 0 };
	struct kvk_net_cached kept = { .fetched = 1 };
	const struct kvk_crl_candidate *crls;
	size_t count;

	pki_revoke(issuer, signer, revoked);
	crls = kvk_crls_array(&pki.crls, &count);
	kept.octets = crls[count - 1].crl->der;
	assert_int_equal(kvk_home_path(&home, KVK_HOME_CACHE, NULL, &folder), KVK_OK);
	assert_int_equal(
		kvk_net_cache_put(kvk_blob_str(&folder), url, (struct kvk_span){ NULL, 0 }, &kept),
		KVK_OK);
	kvk_blob_free(&folder);
	kvk_crls_free(&pki.crls);
}

/* What asks with the anchors that are trusted and the lists of the cache. */
static struct kvk_asker open_asker(void)
{
	const struct kvk_certificate *const anchors[] = { pki.anchors[0], pki.anchors[1] };
	struct kvk_asker asker = {
		.settings = &settings, .home = &home, .at = PKI_NOW, .offline = true
	};
	const struct kvk_revocation_source *source = kvk_asker_source(&asker);
	const struct kvk_entry entry = { .id = 1 };
	struct kvk_entry_revocation none = { 0 };
	struct kvk_error why = { "" };

	/* The first question, of a file that is not there, opens what asking takes. */
	assert_int_equal(source->ask(source->context, &entry, 1, &none, &why), KVK_OK);
	kvk_trust_free(&asker.tools->trust);
	assert_int_equal(
		kvk_trust_from_certificates(anchors, pki.anchor_count, &asker.tools->trust),
		KVK_OK);
	return asker;
}

/* Writes the file that was made, and empties it; the entry of it. */
static struct kvk_entry put_entry(const char *file, const struct kvk_certificate *leaf)
{
	struct kvk_entry entry = { .id = 1 };

	put(file, kvk_span_of_blob(&pki.file));
	kvk_blob_free(&pki.file);
	strcpy(entry.path, below(file));
	memcpy(entry.certificate.sha256, leaf->sha256, KVK_SHA256_SIZE);
	return entry;
}

/* What a source says of the certificate of a file, with the lists of the cache. */
static struct kvk_entry_revocation ask(const struct kvk_certificate *leaf)
{
	struct kvk_asker asker = open_asker();
	struct kvk_entry entry = put_entry("cert.pem", leaf);
	struct kvk_entry_revocation answer = { 0 };
	struct kvk_error why = { "" };

	assert_int_equal(asker.source.ask(&asker, &entry, 1, &answer, &why), KVK_OK);
	kvk_asker_free(&asker);
	return answer;
}

/* A certificate of the CA was revoked; another one was, too, or was not. */
static struct kvk_entry_revocation ask_across(bool both)
{
	const struct kvk_certificate *leaf, *old, *cross;

	leaf = pki_certify("leaf", LEAF, "Tsp", TSP, be_a_leaf);
	old = pki_certify("Tsp", TSP, "Root", ROOT, name_root);
	cross = pki_certify("Tsp", TSP, "Root 2", ROOT2, name_root2);
	pki_trust(pki_certify("Root", ROOT, "Root", ROOT, NULL));
	pki_trust(pki_certify("Root 2", ROOT2, "Root 2", ROOT2, NULL));
	pki_put((const struct kvk_certificate *[]){ leaf, old, cross, NULL });
	keep(TSP_URL, "Tsp", TSP, NULL);
	keep(ROOT_URL, "Root", ROOT, old);
	keep(ROOT2_URL, "Root 2", ROOT2, both ? cross : NULL);
	return ask(leaf);
}

/* As verify does: the path that was revoked is not the one that counts. */
static void a_better_path_counts(void **state)
{
	(void)state;
	assert_int_equal(ask_across(false).status, KVK_STATUS_GOOD);
}

static void where_none_is_better_it_is_revoked(void **state)
{
	struct kvk_entry_revocation answer;

	(void)state;
	answer = ask_across(true);
	assert_int_equal(answer.status, KVK_STATUS_REVOKED);
	assert_string_equal(answer.by, "Tsp");
}

static void without_network_and_lists_nobody_is_asked(void **state)
{
	struct kvk_asker asker = { .settings = &settings, .home = &home, .at = PKI_NOW };

	(void)state;
	assert_non_null(kvk_asker_source(&asker));
	asker.offline = true;
	assert_null(kvk_asker_source(&asker));
	keep(ROOT_URL, "Root", ROOT, NULL);
	assert_non_null(kvk_asker_source(&asker));
}

static void name_a_responder(struct kvk_issue *issue)
{
	be_a_leaf(issue);
	kvk_issue_aia(issue, "http://ocsp.example.nl/", NULL);
}

/* One list serves many entries, so an OCSP responder is asked after it. */
static void lists_come_first(void **state)
{
	const struct kvk_certificate *leaf;
	struct kvk_entry_revocation answer;

	(void)state;
	leaf = pki_certify("leaf", LEAF, "Tsp", TSP, name_a_responder);
	pki_trust(pki_certify("Root", ROOT, "Root", ROOT, NULL));
	pki_put((const struct kvk_certificate *[]){
		leaf, pki_certify("Tsp", TSP, "Root", ROOT, name_root), NULL });
	keep(ROOT_URL, "Root", ROOT, NULL);
	answer = ask(leaf);
	assert_int_equal(answer.status, KVK_STATUS_UNKNOWN);
	assert_string_equal(answer.url, TSP_URL);
}

/* A CA with a list of its own, and a leaf of it. */
static struct kvk_entry one_of_many(const char *ca, const char *url, const char *file)
{
	const struct kvk_certificate *leaf;

	leaf_url = url;
	leaf = pki_certify("leaf", LEAF, ca, TSP, be_a_leaf);
	leaf_url = TSP_URL;
	pki_put((const struct kvk_certificate *[]){
		leaf, pki_certify(ca, TSP, "Root", ROOT, name_root), NULL });
	keep(url, ca, TSP, NULL);
	return put_entry(file, leaf);
}

/* Asks about all; how many are good. */
static unsigned count_good(struct kvk_asker *asker, const struct kvk_entry *entries,
	struct kvk_entry_revocation *answers, size_t count)
{
	struct kvk_error why = { "" };
	unsigned good = 0;

	memset(answers, 0, count * sizeof *answers);
	assert_int_equal(asker->source.ask(asker, entries, count, answers, &why), KVK_OK);
	assert_true(kvk_online_held(asker->tools->online) <= KVK_LIMIT_NET_HELD);
	for (size_t i = 0; i < count; i++)
		good += answers[i].status == KVK_STATUS_GOOD;
	return good;
}

/* Those of three CAs are more than a run holds at once, and so are two for one certificate. */
static void lists_make_room_for_each_other(void **state)
{
	struct kvk_entry entries[4];
	struct kvk_entry_revocation answers[4];
	struct kvk_asker asker;

	(void)state;
	pki_trust(pki_certify("Root", ROOT, "Root", ROOT, NULL));
	pki.filler = 20 * 1024 * 1024;
	entries[0] = one_of_many("Tsp 1", "http://crl.example.nl/1.crl", "1.pem");
	entries[1] = one_of_many("Tsp 2", "http://crl.example.nl/2.crl", "2.pem");
	entries[2] = one_of_many("Tsp 3", "http://crl.example.nl/3.crl", "3.pem");
	entries[3] = entries[0];
	pki.filler = 0;
	keep(ROOT_URL, "Root", ROOT, NULL);
	asker = open_asker();
	assert_int_equal(count_good(&asker, entries, answers, 4), 4);
	/* What was forgotten comes again. */
	assert_int_equal(count_good(&asker, entries, answers, 4), 4);
	kvk_asker_free(&asker);
	pki.filler = 30 * 1024 * 1024;
	keep(ROOT_URL, "Root", ROOT, NULL);
	asker = open_asker();
	assert_int_equal(count_good(&asker, entries, answers, 4), 0);
	assert_int_equal(answers[2].status, KVK_STATUS_UNKNOWN);
	assert_string_equal(answers[2].why, "not-asked");
	kvk_asker_free(&asker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_better_path_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			where_none_is_better_it_is_revoked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			without_network_and_lists_nobody_is_asked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lists_come_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lists_make_room_for_each_other, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, pki_load, pki_unload);
}
