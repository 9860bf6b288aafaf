/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "base/path.h"
#include "inventory/events.h"
#include "tests/app/made.h"

#define NAME "api.voorbeeld.nl"
#define DOSSIER "home/dossiers/" NAME
#define NEW_FILES "answers.cfg key.pem request.pem"

static struct kvk_new run;
/* Whether the next folder cannot get its name. */
static bool no_place;

enum kvk_err __wrap_kvk_exchange_place(const char *folder, struct kvk_error *why);
enum kvk_err __real_kvk_exchange_place(const char *folder, struct kvk_error *why);

enum kvk_err __wrap_kvk_exchange_place(const char *folder, struct kvk_error *why)
{
	if (!no_place)
		return __real_kvk_exchange_place(folder, why);
	no_place = false;
	return KVK_ERR_WRITE;
}

static int unmake(void **state)
{
	kvk_new_free(&run);
	return scratch_remove(state);
}

/* Starts a run with one more answer, whose value is a path below the scratch folder. */
static void start_with(const char *field, const char *path)
{
	char answer[160];

	snprintf(answer, sizeof answer, "%s=%s", field, below(path));
	made_order(&run, answer);
}

/* Starts one in place of the last. */
static void start_again(const char *extra)
{
	kvk_new_free(&run);
	made_order(&run, extra);
}

static void find_place(enum kvk_err wanted)
{
	struct kvk_error why = { "" };

	assert_int_equal(kvk_new_find_place(&run, below("home"), &why), wanted);
	assert_int_equal(why.text[0] != '\0', wanted != KVK_OK);
}

static void make_and_store(enum kvk_err wanted)
{
	struct kvk_error why = { "" };

	assert_int_equal(kvk_new_make_key(&run, &why), KVK_OK);
	assert_int_equal(kvk_new_make_request(&run, &why), KVK_OK);
	assert_int_equal(kvk_new_store(&run, &why), wanted);
}

static mode_t mode_of(const char *name)
{
	struct stat st;

	assert_int_equal(stat(below(name), &st), 0);
	return st.st_mode & 07777;
}

static void a_dossier_is_an_entry_with_three_files(void **state)
{
	struct kvk_entry entry;

	(void)state;
	made_dossier(&run);
	assert_string_equal(list_below(DOSSIER), NEW_FILES);
	assert_int_equal(mode_of(DOSSIER "/key.pem"), 0600);
	assert_int_equal(mode_of(DOSSIER), 0700);
	assert_int_equal(kvk_inventory_find(run.place.store.inventory, NAME, &entry), KVK_OK);
	assert_true(entry.dossier);
	assert_int_equal(entry.stage, KVK_STAGE_REQUESTED);
	assert_false(entry.certificate.present);
	assert_true(entry.certificate.holder.known);
	assert_string_equal(entry.certificate.holder.cn, run.order.domain.name);
	assert_string_equal(entry.certificate.holder.number, run.order.oin.text);
	assert_int_equal(entry.lead_days, run.order.preset->lead_days);
}

static void a_place_that_is_taken_is_refused_before_a_key_is_made(void **state)
{
	struct kvk_entry entry = entry_of(NAME, 7);

	(void)state;
	made_dossier(&run);
	start_again(NULL);
	find_place(KVK_ERR_EXISTS);
	/* the entry alone, and the folder alone */
	start_again("name=entry");
	/* the domain has an entry, unless somebody wants another */
	find_place(KVK_ERR_EXISTS);
	start_again("name=entry");
	run.second = true;
	find_place(KVK_OK);
	snprintf(entry.name, sizeof entry.name, "entry");
	assert_int_equal(kvk_inventory_add(run.place.store.inventory, &entry), KVK_OK);
	start_again("name=entry");
	run.second = true;
	find_place(KVK_ERR_EXISTS);
	assert_int_equal(mkdir(below("home/dossiers/folder"), 0700), 0);
	start_again("name=folder");
	run.second = true;
	find_place(KVK_ERR_EXISTS);
}

static void nothing_is_left_where_the_entry_cannot_be_added(void **state)
{
	struct kvk_entry entry = entry_of(NAME, 7);

	(void)state;
	made_order(&run, NULL);
	find_place(KVK_OK);
	/* another run was faster */
	assert_int_equal(kvk_inventory_add(run.place.store.inventory, &entry), KVK_OK);
	make_and_store(KVK_ERR_CREATE);
	assert_false(kvk_path_exists(below(DOSSIER)));
}

/* The history only grows, and claims no request that was not made. */
static void what_failed_is_said_in_the_history(void **state)
{
	struct kvk_event event = { .id = 0 };
	struct kvk_entry entry;

	(void)state;
	made_order(&run, NULL);
	find_place(KVK_OK);
	no_place = true;
	make_and_store(KVK_ERR_CREATE);
	assert_int_equal(
		kvk_inventory_find(run.place.store.inventory, NAME, &entry), KVK_ERR_NOT_FOUND);
	assert_int_equal(
		kvk_inventory_next_event(run.place.store.inventory, NAME, 0, &event), KVK_OK);
	assert_string_equal(event.what, "requested");
	assert_int_equal(
		kvk_inventory_next_event(run.place.store.inventory, NAME, event.id, &event),
		KVK_OK);
	assert_string_equal(event.what, "failed");
	start_again(NULL);
	find_place(KVK_OK);
	make_and_store(KVK_OK);
	assert_true(kvk_path_exists(below(DOSSIER)));
}

static void a_dry_run_makes_no_home(void **state)
{
	(void)state;
	made_order(&run, "dry-run=true");
	find_place(KVK_OK);
	assert_string_equal(list_below(""), "");
}

static void outside_of_home_there_is_no_entry(void **state)
{
	(void)state;
	start_with("out", "elsewhere");
	find_place(KVK_OK);
	make_and_store(KVK_OK);
	assert_string_equal(list_below("elsewhere"), NEW_FILES);
	assert_false(kvk_path_exists(below("home")));
	/* once more into the same folder */
	kvk_new_free(&run);
	start_with("out", "elsewhere");
	find_place(KVK_ERR_EXISTS);
}

static void outside_is_not_inside(void **state)
{
	(void)state;
	assert_int_equal(mkdir(below("home"), 0700), 0);
	start_with("out", "home/mine");
	find_place(KVK_ERR_USAGE);
	kvk_new_free(&run);
	start_with("out", "home-of-mine");
	find_place(KVK_OK);
}

static void a_request_from_elsewhere_is_taken_as_it_is(void **state)
{
	struct kvk_blob pem = { 0 };
	struct kvk_new second = { 0 };
	struct kvk_error why = { "" };
	bool has_key = true;

	(void)state;
	made_dossier(&run);
	assert_int_equal(
		kvk_new_read_request(&second, below(DOSSIER "/request.pem"), &has_key, &why),
		KVK_OK);
	assert_false(has_key);
	assert_true(kvk_span_equal(
		kvk_span_of_blob(&second.request_der), kvk_span_of_blob(&run.request_der)));
	kvk_new_free(&second);
	second = (struct kvk_new){ 0 };
	get(DOSSIER "/key.pem", &pem);
	put("both.pem", kvk_span_of_blob(&pem));
	assert_int_equal(
		kvk_new_read_request(&second, below("both.pem"), &has_key, &why), KVK_ERR_REFUSED);
	assert_true(has_key);
	assert_string_not_equal(why.text, "");
	kvk_new_free(&second);
	kvk_blob_free(&pem);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, unmake)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_dossier_is_an_entry_with_three_files),
		TEST(a_place_that_is_taken_is_refused_before_a_key_is_made),
		TEST(nothing_is_left_where_the_entry_cannot_be_added),
		TEST(what_failed_is_said_in_the_history),
		TEST(a_dry_run_makes_no_home),
		TEST(outside_of_home_there_is_no_entry),
		TEST(outside_is_not_inside),
		TEST(a_request_from_elsewhere_is_taken_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
