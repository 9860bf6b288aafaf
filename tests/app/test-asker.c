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

static void be_a_leaf(struct kvk_issue *issue)
{
	pki_be_a_leaf(issue);
	kvk_issue_crl_point(issue, TSP_URL);
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
}

/* What a source says of the certificate of a file, with the lists of the cache. */
static struct kvk_entry_revocation ask(const struct kvk_certificate *leaf)
{
	const struct kvk_certificate *const anchors[] = { pki.anchors[0], pki.anchors[1] };
	struct kvk_asker asker = {
		.settings = &settings, .home = &home, .at = PKI_NOW, .offline = true
	};
	const struct kvk_revocation_source *source = kvk_asker_source(&asker);
	struct kvk_entry entry = { .id = 1 };
	struct kvk_entry_revocation answer = { 0 }, none = { 0 };
	struct kvk_error why = { "" };

	/* The first question, of a file that is not there, opens what asking takes. */
	assert_int_equal(source->ask(source->context, &entry, 1, &none, &why), KVK_OK);
	kvk_trust_free(&asker.tools->trust);
	assert_int_equal(
		kvk_trust_from_certificates(anchors, pki.anchor_count, &asker.tools->trust),
		KVK_OK);
	put("cert.pem", kvk_span_of_blob(&pki.file));
	strcpy(entry.path, below("cert.pem"));
	memcpy(entry.certificate.sha256, leaf->sha256, KVK_SHA256_SIZE);
	assert_int_equal(source->ask(source->context, &entry, 1, &answer, &why), KVK_OK);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_better_path_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			where_none_is_better_it_is_revoked, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, pki_load, pki_unload);
}
