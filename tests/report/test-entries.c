/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/alloc.h"
#include "report/tracked.h"
#include "report/entries.h"
#include "tests/inventory/scratch.h"

/* 2027-01-15T08:00:00Z. */
#define END ((kvk_time)1800000000 * KVK_SECOND)

static struct kvk_entry_view *add(struct kvk_views *views, const char *name, const char *path)
{
	struct kvk_entry entry = entry_of(name, 0xab);
	struct kvk_entry_view *view;

	strcpy(entry.path, path);
	entry.certificate.not_after = END;
	assert_int_equal(kvk_vec_push(&views->list, &view), KVK_OK);
	assert_int_equal(kvk_view_from(&entry, view), KVK_OK);
	kvk_views_count(views, true);
	return view;
}

static void assert_field(json_t *entry, const char *name, const char *text)
{
	assert_string_equal(json_string_value(json_object_get(entry, name)), text);
}

static void json_holds_every_field_and_stays_json(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_blob out = { 0 };
	struct kvk_entry_view *view = add(&views, "a", "/x/\xff\x1b[2J\"\n.pem");
	json_t *root, *entry;

	(void)state;
	view->days_left = -3;
	view->state = KVK_VIEW_EXPIRED;
	view->action = KVK_ACTION_REPLACE;
	view->notified = true;
	strcpy(view->threshold, "expired");
	add(&views, "b", "/b")->has_certificate = false;
	assert_int_equal(kvk_entries_json(&views, END, &out), KVK_OK);
	root = json_loads(kvk_blob_str(&out), 0, NULL);
	assert_non_null(root);
	assert_string_equal(json_object_iter_key(json_object_iter(root)), "schema");
	assert_field(root, "at", "2027-01-15T08:00:00Z");
	entry = json_array_get(json_object_get(root, "entries"), 0);
	assert_field(entry, "name", "a");
	assert_field(entry, "state", "expired");
	assert_field(entry, "not_after", "2027-01-15T08:00:00Z");
	assert_int_equal(json_integer_value(json_object_get(entry, "days_left")), -3);
	assert_field(entry, "threshold", "expired");
	assert_field(entry, "revocation", "not-checked");
	assert_field(entry, "action", "replace");
	assert_field(entry, "path", "/x/\\xff\\x1b[2J\"\\x0a.pem");
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(entry, "notified"), 0)), "stdout");
	entry = json_array_get(json_object_get(root, "entries"), 1);
	assert_true(json_is_null(json_object_get(entry, "not_after")));
	assert_true(json_is_null(json_object_get(entry, "days_left")));
	assert_true(json_is_null(json_object_get(entry, "sha256")));
	assert_true(json_is_null(json_object_get(entry, "threshold")));
	assert_int_equal(json_array_size(json_object_get(entry, "notified")), 0);
	json_decref(root);
	kvk_blob_free(&out);
	kvk_views_free(&views);
}

static void no_entries_are_json_too(void **state)
{
	const struct kvk_views views = KVK_VIEWS_INIT;
	const struct kvk_tracked_counts counts = { 0 };
	struct kvk_blob out = { 0 }, list = { 0 };
	json_t *root;

	(void)state;
	assert_int_equal(kvk_entries_json(&views, END, &out), KVK_OK);
	root = json_loads(kvk_blob_str(&out), 0, NULL);
	assert_int_equal(json_array_size(json_object_get(root, "entries")), 0);
	assert_true(json_is_array(json_object_get(root, "entries")));
	json_decref(root);
	kvk_blob_clear(&out);
	assert_int_equal(kvk_report_tracked_json(&list, &counts, &out), KVK_OK);
	root = json_loads(kvk_blob_str(&out), 0, NULL);
	assert_true(json_is_array(json_object_get(root, "recorded")));
	json_decref(root);
	kvk_blob_free(&out);
}

static const char *notice(struct kvk_entry_view *view, int64_t days, int code)
{
	static struct kvk_blob out;

	view->days_left = days;
	view->code = code;
	kvk_blob_clear(&out);
	assert_int_equal(kvk_entries_notice(view, &out), KVK_OK);
	return kvk_blob_str(&out);
}

static void a_notice_says_what_until_when_and_what_to_do(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/x/a\033.pem");

	(void)state;
	view->state = KVK_VIEW_EXPIRING;
	view->action = KVK_ACTION_RENEW;
	assert_string_equal(notice(view, 30, 1),
		"WARNING: a: expires in 30 days, on 2027-01-15\n"
		"    order the next certificate now: kvkcsr new\n");
	assert_non_null(strstr(notice(view, 1, 2), "CRITICAL: a: expires in 1 day, on"));
	assert_non_null(strstr(notice(view, 0, 2), "expires in 0 days"));
	view->state = KVK_VIEW_EXPIRED;
	assert_non_null(strstr(notice(view, -1, 2), "a: expired 1 day ago, on 2027-01-15"));
	assert_non_null(strstr(notice(view, -2, 2), "a: expired 2 days ago"));
	view->state = KVK_VIEW_MISSING;
	view->action = KVK_ACTION_FIND_FILE;
	assert_string_equal(notice(view, 9, 3),
		"UNKNOWN: a: its file is gone; expires in 9 days, on 2027-01-15\n"
		"    put '/x/a\\x1b.pem' back, or: kvkcsr untrack a\n");
	view->has_certificate = false;
	assert_non_null(strstr(notice(view, 0, 3), "a: its file is gone\n"));
	kvk_views_free(&views);
}

/* Every action has its words, and those about a dossier name the file for the portal. */
static void every_action_has_words(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/home/dossiers/a/certificate.pem");
	struct kvk_blob out = { 0 };

	(void)state;
	for (enum kvk_view_action action = KVK_ACTION_NONE; action <= KVK_ACTION_FIND_FILE;
		action++) {
		view->action = action;
		kvk_blob_clear(&out);
		assert_int_equal(kvk_entries_action(view, &out), KVK_OK);
		assert_true(out.n > 5);
		if (action == KVK_ACTION_UPLOAD || action == KVK_ACTION_CHECK_DELIVERY)
			assert_non_null(strstr(kvk_blob_str(&out), " /home/dossiers/a/upload.pem"));
	}
	kvk_blob_free(&out);
	kvk_views_free(&views);
}

static void the_plugin_line_is_one_line(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_blob out = { 0 };
	char name[8] = "a";

	(void)state;
	for (int i = 0; i < 60; i++) {
		name[0] = (char)('a' + i % 26);
		name[1] = (char)('a' + i / 26);
		add(&views, name, "/x\n|y")->code = 2;
	}
	views.by_code[0] = 0;
	views.by_code[2] = 60;
	assert_int_equal(kvk_entries_plugin(&views, &out), KVK_OK);
	assert_memory_equal(out.p, "KVKCSR CRITICAL: 0 of 60 fine - aa ", 35);
	assert_ptr_equal(strchr(kvk_blob_str(&out), '\n'), out.p + out.n - 1);
	assert_ptr_equal(strchr(kvk_blob_str(&out), '|'), strrchr(kvk_blob_str(&out), '|'));
	assert_non_null(strstr(kvk_blob_str(&out), " 'xb'="));
	assert_null(strstr(kvk_blob_str(&out), " 'yb'="));
	kvk_blob_free(&out);
	kvk_views_free(&views);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_holds_every_field_and_stays_json),
		cmocka_unit_test(no_entries_are_json_too),
		cmocka_unit_test(a_notice_says_what_until_when_and_what_to_do),
		cmocka_unit_test(every_action_has_words),
		cmocka_unit_test(the_plugin_line_is_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
