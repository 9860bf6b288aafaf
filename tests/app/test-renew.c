/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "app/renew.h"
#include "app/untrack.h"
#include "base/path.h"
#include "tests/app/made.h"

#define NAME "api.voorbeeld.nl"
#define NEXT "home/dossiers/" NAME "/next"
#define BESIDE "home/dossiers/" NAME "/.next.next"

/* The run that made the dossier, and two that renew it. */
static struct kvk_new made, first, second;
static struct kvk_renewal first_of, second_of;

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(of_two_at_once_the_first_keeps_its_key),
		TEST(a_renewal_ends_with_its_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
