/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "app/accept.h"
#include "tests/app/made.h"

#define NAME "api.voorbeeld.nl"
#define DOSSIER "home/dossiers/" NAME
#define NEW_FILES "answers.cfg key.pem request.pem"

/* The run that made the dossier; its store and its request are used on. */
static struct kvk_new made;
static struct kvk_acceptance acceptance;

static int make(void **state)
{
	if (scratch_make(state) != 0)
		return -1;
	made_dossier(&made);
	acceptance = (struct kvk_acceptance)KVK_ACCEPTANCE_INIT;
	return 0;
}

static int unmake(void **state)
{
	kvk_acceptance_free(&acceptance);
	kvk_new_free(&made);
	return scratch_remove(state);
}

/* Takes a file into the dossier; what came before is forgotten. */
static void take(const char *name, const char *file, enum kvk_err wanted)
{
	const char *const files[] = { below(file) };
	const struct kvk_accept_order order = {
		.name = name, .files = { files, 1 }, .asked = made_case()
	};
	struct kvk_error why = { "" };

	kvk_acceptance_free(&acceptance);
	acceptance = (struct kvk_acceptance)KVK_ACCEPTANCE_INIT;
	assert_int_equal(kvk_accept(&made.place.store, &order, &acceptance, &why), wanted);
	assert_int_equal(why.text[0] != '\0', wanted != KVK_OK);
}

static struct kvk_entry stored(void)
{
	struct kvk_entry entry;

	assert_int_equal(kvk_inventory_find(made.place.store.inventory, NAME, &entry), KVK_OK);
	return entry;
}

static const struct {
	const char *fault;
	enum kvk_outcome outcome;
	enum kvk_entry_stage stage;
	/* What is in the dossier then. */
	const char *files;
} deliveries[] = {
	{ "no-client-auth", KVK_REJECT, KVK_STAGE_REQUESTED,
		"answers.cfg key.pem received request.pem" },
	{ "no-tsp-crl", KVK_UNDETERMINED, KVK_STAGE_RECEIVED,
		"answers.cfg certificate.pem chain.pem key.pem received request.pem upload.pem" },
	{ NULL, KVK_ACCEPT, KVK_STAGE_VERIFIED,
		"answers.cfg archive certificate.pem chain.pem key.pem received request.pem "
		"upload.pem" },
};

/* One after the other into one dossier: the good one takes the place of the undetermined one. */
static void what_the_portal_would_refuse_is_not_put_in_force(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof deliveries / sizeof deliveries[0]; i++) {
		struct kvk_entry entry;

		made_delivery("new.pem", deliveries[i].fault, kvk_span_of_blob(&made.request_der));
		take(NAME, "new.pem", KVK_OK);
		assert_int_equal(acceptance.accepted, KVK_ACCEPTED_EVALUATED);
		assert_int_equal(acceptance.evaluation->verdict.outcome, deliveries[i].outcome);
		assert_true(acceptance.incoming.files[0].kept);
		assert_string_equal(list_below(DOSSIER), deliveries[i].files);
		entry = stored();
		assert_int_equal(entry.stage, deliveries[i].stage);
		assert_int_equal(entry.certificate.present, deliveries[i].outcome != KVK_REJECT);
		if (entry.certificate.present)
			assert_memory_equal(
				entry.certificate.sha256, acceptance.leaf->sha256, KVK_SHA256_SIZE);
	}
}

static void the_same_again_changes_nothing(void **state)
{
	struct kvk_entry before;

	(void)state;
	made_delivery("new.pem", NULL, kvk_span_of_blob(&made.request_der));
	take(NAME, "new.pem", KVK_OK);
	before = stored();
	take(NAME, "new.pem", KVK_OK);
	assert_int_equal(acceptance.accepted, KVK_ACCEPTED_HELD);
	/* A CRL was given, which might have said something else. */
	assert_non_null(acceptance.evaluation);
	assert_int_equal(acceptance.evaluation->verdict.outcome, KVK_ACCEPT);
	assert_int_equal(stored().since, before.since);
	assert_string_equal(list_below(DOSSIER "/archive"), "");
}

static void a_certificate_of_another_key_is_not_kept(void **state)
{
	const struct kvk_span none = { NULL, 0 };

	(void)state;
	made_delivery("new.pem", NULL, none);
	take(NAME, "new.pem", KVK_OK);
	assert_int_equal(acceptance.accepted, KVK_ACCEPTED_OTHER_KEY);
	assert_non_null(acceptance.leaf);
	assert_string_equal(list_below(DOSSIER), NEW_FILES);
	assert_int_equal(stored().stage, KVK_STAGE_REQUESTED);
}

static void only_a_dossier_takes_a_delivery(void **state)
{
	struct kvk_entry watched = entry_of("watched", 7);

	(void)state;
	assert_int_equal(kvk_inventory_add(made.place.store.inventory, &watched), KVK_OK);
	made_delivery("new.pem", NULL, kvk_span_of_blob(&made.request_der));
	take("watched", "new.pem", KVK_ERR_USAGE);
	take("unknown", "new.pem", KVK_ERR_USAGE);
	take(NAME, "missing.pem", KVK_ERR_NOT_FOUND);
	assert_int_equal(acceptance.accepted, KVK_ACCEPTED_NOT);
	assert_string_equal(list_below(DOSSIER), NEW_FILES);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_the_portal_would_refuse_is_not_put_in_force),
		TEST(the_same_again_changes_nothing),
		TEST(a_certificate_of_another_key_is_not_kept),
		TEST(only_a_dossier_takes_a_delivery),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
