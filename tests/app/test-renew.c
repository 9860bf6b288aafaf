/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/accept.h"
#include "app/complete.h"
#include "app/renew.h"
#include "app/untrack.h"
#include "app/uploaded.h"
#include "base/dir.h"
#include "base/path.h"
#include "dossier/pair.h"
#include "dossier/promote.h"
#include "inventory/events.h"
#include "tests/app/made.h"

#define NAME "api.voorbeeld.nl"
#define DOSSIER "home/dossiers/" NAME
#define NEXT DOSSIER "/next"
#define BESIDE DOSSIER "/.next.next"
#define FILES "answers.cfg certificate.pem chain.pem key.pem next received request.pem upload.pem"

/* The run that made the dossier, and two that renew it. */
static struct kvk_new made, first, second;
static struct kvk_renewal first_of, second_of;

/* What another command does while a delivery is evaluated, and before a new folder gets its name;
 * NULL: nothing. */
static void (*meanwhile)(void), (*before_place)(void);

static void run_once(void (**step)(void))
{
	void (*const other)(void) = *step;

	*step = NULL;
	if (other != NULL)
		other();
}

enum kvk_err __wrap_kvk_incoming_evaluate(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *evaluator,
	struct kvk_evaluation **out, struct kvk_error *why);
enum kvk_err __real_kvk_incoming_evaluate(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *evaluator,
	struct kvk_evaluation **out, struct kvk_error *why);
enum kvk_err __wrap_kvk_exchange_place(const char *folder, struct kvk_error *why);
enum kvk_err __real_kvk_exchange_place(const char *folder, struct kvk_error *why);

enum kvk_err __wrap_kvk_incoming_evaluate(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *evaluator,
	struct kvk_evaluation **out, struct kvk_error *why)
{
	run_once(&meanwhile);
	return __real_kvk_incoming_evaluate(incoming, leaf, evaluator, out, why);
}

enum kvk_err __wrap_kvk_exchange_place(const char *folder, struct kvk_error *why)
{
	run_once(&before_place);
	return __real_kvk_exchange_place(folder, why);
}

/* A dossier with a certificate. */
static int make(void **state)
{
	struct kvk_entry entry;

	if (scratch_make(state) != 0)
		return -1;
	made_dossier(&made);
	if (kvk_inventory_find(made.place.store.inventory, NAME, &entry) != KVK_OK)
		return -1;
	entry.certificate.present = true;
	return kvk_inventory_update(made.place.store.inventory, &entry) != KVK_OK;
}

static int unmake(void **state)
{
	kvk_new_free(&second);
	kvk_new_free(&first);
	kvk_new_free(&made);
	second = first = (struct kvk_new){ 0 };
	return scratch_remove(state);
}

static void find(struct kvk_new *run, struct kvk_renewal *renewal, enum kvk_err wanted)
{
	struct kvk_error why = { "" };

	made_order(run, NULL);
	run->at = DELIVERY_NOW;
	assert_int_equal(kvk_renew_find(run, below("home"), NAME, renewal, &why), wanted);
	assert_int_equal(why.text[0] != '\0', wanted != KVK_OK);
	snprintf(run->order.name, sizeof run->order.name, "%s", NAME);
}

static void make_and_store(struct kvk_new *run, enum kvk_err wanted)
{
	struct kvk_error why = { "" };

	assert_int_equal(kvk_new_make_key(run, &why), KVK_OK);
	assert_int_equal(kvk_new_make_request(run, &why), KVK_OK);
	assert_int_equal(kvk_new_store(run, &why), wanted);
	assert_int_equal(why.text[0] != '\0', wanted != KVK_OK);
}

/* The second looked before the first stored, and stores before the first has named its folder. */
static void of_two_at_once_the_first_keeps_its_key(void **state)
{
	struct kvk_blob before = { 0 }, after = { 0 };

	(void)state;
	find(&first, &first_of, KVK_OK);
	find(&second, &second_of, KVK_OK);
	make_and_store(&first, KVK_OK);
	get(NEXT "/key.pem", &before);
	assert_int_equal(rename(below(NEXT), below(BESIDE)), 0);
	make_and_store(&second, KVK_ERR_EXISTS);
	assert_false(kvk_path_exists(below(NEXT)));
	get(BESIDE "/key.pem", &after);
	assert_string_equal(kvk_blob_str(&after), kvk_blob_str(&before));
	kvk_blob_free(&after);
	kvk_blob_free(&before);
}

/* An entry of the same name is another one. */
static void a_renewal_ends_with_its_entry(void **state)
{
	struct kvk_store *store = &made.place.store;
	struct kvk_blob archived = { 0 };
	struct kvk_error why = { "" };

	(void)state;
	find(&first, &first_of, KVK_OK);
	make_and_store(&first, KVK_OK);
	find(&second, &second_of, KVK_ERR_EXISTS);
	assert_int_equal(kvk_untrack(store, NAME, DELIVERY_NOW, &archived, &why), KVK_OK);
	kvk_new_free(&first);
	made_dossier(&first);
	assert_int_equal(
		kvk_untrack_next(store, NAME, DELIVERY_NOW, &archived, &why), KVK_ERR_USAGE);
	kvk_blob_free(&archived);
}

/* Takes a delivery for a request, with this fault of a leaf (NULL: none). */
static void take(const struct kvk_new *run, const char *fault, enum kvk_err wanted)
{
	const char *const files[] = { below("delivery.pem") };
	const struct kvk_accept_order order = {
		.name = NAME, .files = { files, 1 }, .asked = made_case()
	};
	struct kvk_acceptance acceptance = KVK_ACCEPTANCE_INIT;
	struct kvk_error why = { "" };

	made_delivery("delivery.pem", fault, kvk_span_of_blob(&run->request_der));
	assert_int_equal(kvk_accept(&made.place.store, &order, &acceptance, &why), wanted);
	assert_int_equal(why.text[0] != '\0', wanted != KVK_OK);
	assert_int_equal(acceptance.stored, wanted == KVK_OK);
	kvk_acceptance_free(&acceptance);
}

static void note_upload(enum kvk_err wanted)
{
	struct kvk_uploaded uploaded = KVK_UPLOADED_INIT;
	struct kvk_error why = { "" };

	uploaded.at = DELIVERY_NOW;
	assert_int_equal(kvk_uploaded_note(&made.place.store, NAME, &uploaded, &why), wanted);
	kvk_report_silenced_free(&uploaded.silenced);
}

/* A certificate in use, and a renewal of it without one. */
static void start_renewal(void)
{
	take(&made, NULL, KVK_OK);
	note_upload(KVK_OK);
	find(&first, &first_of, KVK_OK);
	make_and_store(&first, KVK_OK);
}

static struct kvk_entry stored(void)
{
	struct kvk_entry entry;

	assert_int_equal(kvk_inventory_find(made.place.store.inventory, NAME, &entry), KVK_OK);
	return entry;
}

static void upload(void)
{
	note_upload(KVK_OK);
}

static void begin_another(void)
{
	struct kvk_blob archived = { 0 };
	struct kvk_error why = { "" };

	assert_int_equal(
		kvk_untrack_next(&made.place.store, NAME, DELIVERY_NOW, &archived, &why), KVK_OK);
	kvk_blob_free(&archived);
	find(&second, &second_of, KVK_OK);
	make_and_store(&second, KVK_OK);
}

/* Its key is in the archive, and the folder is that of another renewal. */
static void a_request_that_lost_its_folder_is_not_shown(void **state)
{
	(void)state;
	find(&first, &first_of, KVK_OK);
	before_place = begin_another;
	make_and_store(&first, KVK_ERR_CREATE);
	assert_true(kvk_path_exists(below("home/archive/" NAME "/key.pem")));
	assert_true(kvk_path_exists(below(NEXT "/key.pem")));
}

static void a_delivery_is_stored_beside_its_own_key_only(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	start_renewal();
	meanwhile = begin_another;
	take(&first, NULL, KVK_ERR_REFUSED);
	assert_string_equal(list_below(NEXT), "answers.cfg key.pem request.pem");
	take(&second, NULL, KVK_OK);
	meanwhile = upload;
	take(&made, "unknown-extension", KVK_ERR_REFUSED);
	assert_false(kvk_path_exists(below(NEXT)));
	assert_int_equal(kvk_pair_check(below(DOSSIER), &why), KVK_OK);
}

/* Whatever went before, a mixture gets no place. */
static void a_certificate_of_another_key_is_refused(void **state)
{
	const struct delivery_options options = { 0 };
	const struct kvk_delivery_note note = { .stage = KVK_STAGE_VERIFIED };
	struct delivery foreign = { 0 };
	struct kvk_delivery delivery = { .issuer_count = 0 };
	struct kvk_blob request = { 0 };
	struct kvk_error why = { "" };

	(void)state;
	start_renewal();
	take(&first, NULL, KVK_OK);
	assert_int_equal(delivery_make(&options, &foreign), KVK_OK);
	delivery.leaf = kvk_span_of_blob(&foreign.leaf);
	assert_int_equal(
		kvk_delivery_put_in_force(below(DOSSIER), &delivery, &note, &why), KVK_ERR_REFUSED);
	delivery_free(&foreign);
	get(DOSSIER "/request.pem", &request);
	put(NEXT "/request.pem", kvk_span_of_blob(&request));
	kvk_blob_free(&request);
	note_upload(KVK_ERR_REFUSED);
	assert_string_equal(list_below(DOSSIER), FILES);
	assert_int_equal(kvk_pair_check(below(DOSSIER), &why), KVK_OK);
	assert_int_equal(stored().stage, KVK_STAGE_UPLOADED);
}

/* A run that was killed before the exchange leaves a folder; what came before is not forgotten. */
static void an_accept_that_was_killed_erases_nothing(void **state)
{
	struct kvk_store *store = &made.place.store;
	struct kvk_error why = { "" };
	struct kvk_entry entry;

	(void)state;
	start_renewal();
	take(&first, NULL, KVK_OK);
	entry = stored();
	entry.delivery = KVK_DELIVERY_REJECTED;
	entry.delivery_at = DELIVERY_NOW + KVK_DAY;
	assert_int_equal(kvk_inventory_update(store->inventory, &entry), KVK_OK);
	assert_int_equal(kvk_dir_make(below(BESIDE), 0700), KVK_OK);
	assert_int_equal(kvk_complete_delivery(store, NAME, &why), KVK_OK);
	assert_false(kvk_path_exists(below(BESIDE)));
	assert_int_equal(stored().delivery, KVK_DELIVERY_REJECTED);
	/* Nor is a certificate that was damaged since a reason to stop. */
	put_text(NEXT "/certificate.pem", "damaged");
	assert_int_equal(kvk_dir_make(below(BESIDE), 0700), KVK_OK);
	assert_int_equal(kvk_complete_delivery(store, NAME, &why), KVK_OK);
	assert_false(kvk_path_exists(below(BESIDE)));
}

/* `uploaded --deployed` that was killed behind the exchange. */
static void what_is_deployed_stays_so(void **state)
{
	struct kvk_store *store = &made.place.store;
	struct kvk_delivery_note note;
	struct kvk_error why = { "" };
	struct kvk_entry entry;
	bool noted;

	(void)state;
	start_renewal();
	take(&first, NULL, KVK_OK);
	entry = stored();
	entry.kept = true;
	assert_int_equal(kvk_inventory_update(store->inventory, &entry), KVK_OK);
	assert_int_equal(kvk_delivery_note_read(below(NEXT), &note), KVK_OK);
	note.stage = KVK_STAGE_UPLOADED;
	note.deployed = true;
	assert_int_equal(kvk_promote(below(DOSSIER), &note, &why), KVK_OK);
	assert_int_equal(kvk_complete_delivery(store, NAME, &why), KVK_OK);
	entry = stored();
	assert_int_equal(entry.stage, KVK_STAGE_UPLOADED);
	assert_false(entry.deploy);
	assert_false(entry.kept);
	assert_int_equal(kvk_inventory_has_event(store->inventory, NAME, note.since,
				 KVK_HAPPENED_DEPLOYED, entry.certificate.serial, &noted),
		KVK_OK);
	assert_true(noted);
}

/* A tracked file may hold several certificates, each with an entry. */
static void the_certificate_of_the_entry_is_renewed(void **state)
{
	static const char *const domains[] = { "a.voorbeeld.nl", "b.voorbeeld.nl" };
	uint8_t sha256[KVK_SHA256_SIZE], other[KVK_SHA256_SIZE] = { 0 };
	struct kvk_blob file = { 0 };
	struct kvk_new like = { 0 };
	struct kvk_error why = { "" };

	(void)state;
	for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++) {
		const struct delivery_options options = { .domain = domains[i] };
		struct delivery delivery = { 0 };

		assert_int_equal(delivery_make(&options, &delivery), KVK_OK);
		assert_int_equal(
			kvk_blob_append(&file, kvk_span_of_blob(&delivery.upload)), KVK_OK);
		assert_int_equal(kvk_sha256(kvk_span_of_blob(&delivery.leaf), sha256), KVK_OK);
		delivery_free(&delivery);
	}
	put("several.pem", kvk_span_of_blob(&file));
	assert_int_equal(kvk_new_read_like(&like, below("several.pem"), sha256, &why), KVK_OK);
	assert_string_equal(kvk_answer(&like.answers, KVK_FIELD_DOMAIN), domains[1]);
	assert_int_equal(
		kvk_new_read_like(&like, below("several.pem"), other, &why), KVK_ERR_FORMAT);
	kvk_new_free(&like);
	kvk_blob_free(&file);
}

/* The name outlives the entry, and so does what happened. */
static void what_is_untracked_with_its_folder_says_so(void **state)
{
	struct kvk_store *store = &made.place.store;
	struct kvk_inventory *inventory = store->inventory;
	struct kvk_entry below_it = entry_of("below", 7);
	struct kvk_blob archived = { 0 };
	struct kvk_error why = { "" };
	bool noted;

	(void)state;
	snprintf(below_it.path, sizeof below_it.path, "%s", below("certs/a.pem"));
	assert_int_equal(kvk_inventory_add(inventory, &below_it), KVK_OK);
	assert_int_equal(kvk_inventory_add_folder(inventory, below("certs")), KVK_OK);
	/* Nobody would know of the renewal any more. */
	assert_int_equal(kvk_dir_make(below("home/dossiers/below/next"), 0700), KVK_OK);
	assert_int_equal(
		kvk_untrack(store, below("certs"), DELIVERY_NOW, &archived, &why), KVK_ERR_USAGE);
	assert_int_equal(rmdir(below("home/dossiers/below/next")), 0);
	assert_int_equal(kvk_untrack(store, below("certs"), DELIVERY_NOW, &archived, &why), KVK_OK);
	assert_int_equal(kvk_inventory_has_event(inventory, "below", DELIVERY_NOW,
				 KVK_HAPPENED_UNTRACKED, below_it.certificate.serial, &noted),
		KVK_OK);
	assert_true(noted);
	assert_int_equal(kvk_inventory_has_event(
				 inventory, NAME, DELIVERY_NOW, KVK_HAPPENED_UNTRACKED, "", &noted),
		KVK_OK);
	assert_false(noted);
	kvk_blob_free(&archived);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(of_two_at_once_the_first_keeps_its_key),
		TEST(a_renewal_ends_with_its_entry),
		TEST(a_request_that_lost_its_folder_is_not_shown),
		TEST(a_delivery_is_stored_beside_its_own_key_only),
		TEST(a_certificate_of_another_key_is_refused),
		TEST(an_accept_that_was_killed_erases_nothing),
		TEST(what_is_deployed_stays_so),
		TEST(the_certificate_of_the_entry_is_renewed),
		TEST(what_is_untracked_with_its_folder_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
