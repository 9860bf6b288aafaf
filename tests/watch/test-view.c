/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "watch/view.h"
#include "tests/inventory/scratch.h"

static void add(
	struct kvk_views *views, const char *name, enum kvk_exit code, int64_t days, bool keep)
{
	struct kvk_entry entry = entry_of(name, 1);
	struct kvk_entry_view *view;

	assert_int_equal(kvk_vec_push(&views->list, &view), KVK_OK);
	assert_int_equal(kvk_view_from(&entry, view), KVK_OK);
	view->code = code;
	view->days_left = days;
	if (days == INT64_MIN)
		view->has_certificate = false;
	kvk_views_count(views, keep);
}

static void the_most_urgent_comes_first(void **state)
{
	static const char *const order[] = { "d", "c", "x", "w", "b", "z", "a", "e" };
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	add(&views, "a", KVK_EXIT_OK, 70, true);
	add(&views, "b", KVK_EXIT_WARNING, 20, true);
	add(&views, "c", KVK_EXIT_CRITICAL, 5, true);
	add(&views, "d", KVK_EXIT_CRITICAL, -3, true);
	add(&views, "e", KVK_EXIT_OK, 300, true);
	add(&views, "w", KVK_EXIT_UNKNOWN, 9, true);
	add(&views, "x", KVK_EXIT_CRITICAL, 5, true);
	add(&views, "z", KVK_EXIT_OK, INT64_MIN, true);
	kvk_views_sort(&views);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		assert_string_equal(kvk_view_at(&views, i)->name, order[i]);
	assert_null(kvk_view_at(&views, 8));
	assert_int_equal(kvk_views_code(&views), KVK_EXIT_CRITICAL);
	kvk_views_free(&views);
}

static void what_is_not_kept_is_counted(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	assert_int_equal(kvk_views_code(&views), KVK_EXIT_OK);
	add(&views, "a", KVK_EXIT_OK, 70, false);
	add(&views, "b", KVK_EXIT_WARNING, 20, true);
	add(&views, "c", KVK_EXIT_UNKNOWN, 20, false);
	assert_int_equal(views.all, 3);
	assert_int_equal(views.list.count, 1);
	assert_string_equal(kvk_view_at(&views, 0)->name, "b");
	assert_int_equal(views.by_code[KVK_EXIT_OK], 1);
	assert_int_equal(views.by_code[KVK_EXIT_UNKNOWN], 1);
	assert_int_equal(kvk_views_code(&views), KVK_EXIT_UNKNOWN);
	kvk_views_free(&views);
}

static void codes_are_ordered_as_the_exit_codes_are(void **state)
{
	static const enum kvk_exit order[] = { KVK_EXIT_OK, KVK_EXIT_WARNING, KVK_EXIT_UNKNOWN,
		KVK_EXIT_CRITICAL };

	(void)state;
	for (size_t a = 0; a < 4; a++)
		for (size_t b = 0; b < 4; b++)
			assert_int_equal(kvk_exit_graver(order[a], order[b]), order[a > b ? a : b]);
}

static void a_replaced_dossier_is_not_verified_yet(void **state)
{
	struct kvk_entry old = entry_of("a", 1), new = entry_of("a", 2);
	struct kvk_entry_view view;

	(void)state;
	old.stage = KVK_STAGE_UPLOADED;
	old.dossier = true;
	new.certificate.not_after = 9 * KVK_DAY;
	assert_int_equal(kvk_view_from(&old, &view), KVK_OK);
	assert_true(kvk_view_unremarkable(&view));
	assert_int_equal(kvk_view_change(&view, &old.certificate, &new.certificate, 5), KVK_OK);
	assert_false(kvk_view_unremarkable(&view));
	assert_int_equal(view.stage, KVK_STAGE_RECEIVED);
	assert_int_equal(view.since, 5);
	assert_int_equal(view.not_after, 9 * KVK_DAY);
	assert_memory_equal(view.sha256, new.certificate.sha256, KVK_SHA256_SIZE);
	assert_memory_equal(view.change->known.sha256, old.certificate.sha256, KVK_SHA256_SIZE);
	kvk_view_free(&view);
	kvk_view_free(&view);
	/* A file that is only tracked stays what it was. */
	old.dossier = false;
	assert_int_equal(kvk_view_from(&old, &view), KVK_OK);
	assert_int_equal(kvk_view_change(&view, &old.certificate, &new.certificate, 5), KVK_OK);
	assert_int_equal(view.stage, KVK_STAGE_UPLOADED);
	kvk_view_free(&view);
	kvk_view_free(NULL);
}

static void every_action_and_state_has_its_word(void **state)
{
	(void)state;
	assert_string_equal(kvk_view_action_word(KVK_ACTION_NONE), "none");
	assert_string_equal(kvk_view_action_word(KVK_ACTION_FIND_FILE), "find-file");
	assert_string_equal(kvk_view_action_word(KVK_ACTION_FIND_FILE + 1), "");
	for (unsigned i = 0; i <= KVK_ACTION_FIND_FILE; i++)
		assert_string_not_equal(kvk_view_action_word(i), "");
	assert_string_equal(kvk_view_state_word(KVK_VIEW_NOT_YET_VALID), "not-yet-valid");
	assert_string_equal(kvk_view_state_text(KVK_VIEW_MISSING), "file missing");
	assert_string_equal(kvk_view_state_word(KVK_VIEW_STATE_COUNT), "");
	assert_string_equal(kvk_view_state_text(KVK_VIEW_STATE_COUNT), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_most_urgent_comes_first),
		cmocka_unit_test(what_is_not_kept_is_counted),
		cmocka_unit_test(codes_are_ordered_as_the_exit_codes_are),
		cmocka_unit_test(a_replaced_dossier_is_not_verified_yet),
		cmocka_unit_test(every_action_and_state_has_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
