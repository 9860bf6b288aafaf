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

static void add(struct kvk_views *views, const char *name, int code, int64_t days, bool keep)
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
	add(&views, "a", 0, 70, true);
	add(&views, "b", 1, 20, true);
	add(&views, "c", 2, 5, true);
	add(&views, "d", 2, -3, true);
	add(&views, "e", 0, 300, true);
	add(&views, "w", 3, 9, true);
	add(&views, "x", 2, 5, true);
	add(&views, "z", 0, INT64_MIN, true);
	kvk_views_sort(&views);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		assert_string_equal(kvk_view_at(&views, i)->name, order[i]);
	assert_null(kvk_view_at(&views, 8));
	assert_int_equal(kvk_views_code(&views), 2);
	kvk_views_free(&views);
}

static void what_is_not_kept_is_counted(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	assert_int_equal(kvk_views_code(&views), 0);
	add(&views, "a", 0, 70, false);
	add(&views, "b", 1, 20, true);
	add(&views, "c", 3, 20, false);
	assert_int_equal(views.all, 3);
	assert_int_equal(views.list.count, 1);
	assert_string_equal(kvk_view_at(&views, 0)->name, "b");
	assert_int_equal(views.by_code[0], 1);
	assert_int_equal(views.by_code[3], 1);
	assert_int_equal(kvk_views_code(&views), 3);
	kvk_views_free(&views);
}

static void codes_are_weighed_as_the_exit_codes_are(void **state)
{
	static const int order[] = { 0, 1, 3, 2 };

	(void)state;
	for (size_t a = 0; a < 4; a++)
		for (size_t b = 0; b < 4; b++)
			assert_int_equal(kvk_exit_graver(order[a], order[b]), order[a > b ? a : b]);
}

static void a_replaced_dossier_is_not_judged_yet(void **state)
{
	struct kvk_entry old = entry_of("a", 1), new = entry_of("a", 2);
	struct kvk_entry_view view;

	(void)state;
	old.stage = KVK_STAGE_UPLOADED;
	old.dossier = true;
	new.certificate.not_after = 9 * KVK_DAY;
	assert_int_equal(kvk_view_from(&old, &view), KVK_OK);
	assert_true(kvk_view_unremarkable(&view));
	assert_int_equal(kvk_view_replace(&view, &old.certificate, &new.certificate, 5), KVK_OK);
	assert_false(kvk_view_unremarkable(&view));
	assert_int_equal(view.stage, KVK_STAGE_RECEIVED);
	assert_int_equal(view.since, 5);
	assert_int_equal(view.not_after, 9 * KVK_DAY);
	assert_memory_equal(view.sha256, new.certificate.sha256, KVK_SHA256_SIZE);
	assert_memory_equal(
		view.replacement->known.sha256, old.certificate.sha256, KVK_SHA256_SIZE);
	kvk_view_free(&view);
	kvk_view_free(&view);
	/* A file that is only watched stays what it was. */
	old.dossier = false;
	assert_int_equal(kvk_view_from(&old, &view), KVK_OK);
	assert_int_equal(kvk_view_replace(&view, &old.certificate, &new.certificate, 5), KVK_OK);
	assert_int_equal(view.stage, KVK_STAGE_UPLOADED);
	kvk_view_free(&view);
	kvk_view_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_most_urgent_comes_first),
		cmocka_unit_test(what_is_not_kept_is_counted),
		cmocka_unit_test(codes_are_weighed_as_the_exit_codes_are),
		cmocka_unit_test(a_replaced_dossier_is_not_judged_yet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
