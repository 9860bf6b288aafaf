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
	entry.certificate.ends = END;
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
	const struct kvk_vec silenced = KVK_SILENCED_INIT;
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
	assert_int_equal(kvk_report_tracked_json(&list, &counts, &silenced, &out), KVK_OK);
	root = json_loads(kvk_blob_str(&out), 0, NULL);
	assert_true(json_is_array(json_object_get(root, "recorded")));
	assert_true(json_is_array(json_object_get(root, "replaced")));
	json_decref(root);
	kvk_blob_free(&out);
}

static const char *notice(struct kvk_entry_view *view, int64_t days, int code)
{
	static const struct kvk_paper paper = { .width = 80 };
	static struct kvk_blob out;

	view->days_left = days;
	/* Within a day the test says when it is. */
	if (days != 0 && days != -1)
		view->at = view->ends - days * KVK_DAY;
	view->code = code;
	kvk_blob_clear(&out);
	assert_int_equal(kvk_entries_notice(view, &paper, &out), KVK_OK);
	return kvk_blob_str(&out);
}

static void a_notice_says_what_until_when_and_what_to_do(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/x/a\033.pem");
	char ca[] = "A \033 CA";

	(void)state;
	view->state = KVK_VIEW_EXPIRING;
	view->action = KVK_ACTION_RENEW;
	assert_string_equal(notice(view, 30, 1),
		"WARNING: a: expires in 30 days, on 15 January 2027\n"
		"    order the next certificate now: run 'kvkcsr renew a'\n");
	assert_non_null(strstr(notice(view, 1, 2), "CRITICAL: a: expires in 1 day, on"));
	view->at = END - 5 * KVK_HOUR;
	assert_non_null(
		strstr(notice(view, 0, 2), "a: expires today, in 5 hours, on 15 January 2027"));
	view->at = END - 20 * KVK_HOUR;
	assert_non_null(strstr(notice(view, 0, 2), "a: expires in 20 hours, on 15 January 2027"));
	view->state = KVK_VIEW_EXPIRED;
	view->at = END + 3 * KVK_HOUR;
	assert_non_null(
		strstr(notice(view, -1, 2), "a: expired today, 3 hours ago, on 15 January 2027"));
	view->at = END + 20 * KVK_HOUR;
	assert_non_null(strstr(notice(view, -1, 2), "a: expired 20 hours ago, on 15 January 2027"));
	view->ends_by = ca;
	assert_non_null(strstr(notice(view, -5, 2), "CA 'A \\x1b CA' expired 5 days ago"));
	view->ends_by = NULL;
	assert_non_null(strstr(notice(view, -2, 2), "a: expired 2 days ago"));
	view->state = KVK_VIEW_MISSING;
	view->action = KVK_ACTION_FIND_FILE;
	assert_string_equal(notice(view, 9, 3),
		"UNKNOWN: a: its file is missing; expires in 9 days, on 15 January 2027\n"
		"    put '/x/a\\x1b.pem' back, or run 'kvkcsr untrack a'\n");
	view->state = KVK_VIEW_UNREADABLE;
	assert_non_null(strstr(notice(view, 1, 3), "cannot be read; expires in 1 day, on 15 J"));
	assert_non_null(strstr(notice(view, -5, 3), "cannot be read; expired 5 days ago, on 15 J"));
	view->ends_by = ca;
	assert_non_null(strstr(notice(view, 1, 3),
		"a: its file cannot be read; the certificate of its CA 'A \\x1b CA'"));
	view->state = KVK_VIEW_MISSING;
	assert_non_null(strstr(notice(view, -1, 3),
		"a: its file is missing; the certificate of its CA 'A \\x1b CA'"));
	view->ends_by = NULL;
	view->state = KVK_VIEW_UNREADABLE;
	view->has_certificate = false;
	assert_non_null(strstr(notice(view, 0, 3), "a: its file cannot be read\n"));
	view->state = KVK_VIEW_MISSING;
	assert_non_null(strstr(notice(view, 0, 3), "a: its file is missing\n"));
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
			assert_non_null(strstr(kvk_blob_str(&out), "/home/dossiers/a/upload.pem'"));
	}
	kvk_blob_free(&out);
	kvk_views_free(&views);
}

/* The lines of the table of `status` at a width. */
static const char *table(const struct kvk_views *views, unsigned width)
{
	const struct kvk_paper paper = { .width = width };
	static struct kvk_blob out;

	kvk_blob_clear(&out);
	assert_int_equal(kvk_entries_text(views, &paper, &out), KVK_OK);
	return kvk_blob_str(&out);
}

static void set(struct kvk_entry_view *view, enum kvk_view_state state, enum kvk_view_action action,
	int64_t days)
{
	view->state = state;
	view->action = action;
	view->days_left = days;
	view->since = END;
}

static void the_table_says_all_where_there_is_room(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	set(add(&views, "a.nl", "/h/a.nl/certificate.pem"), KVK_VIEW_VALID, KVK_ACTION_UPLOAD, 90);
	set(add(&views, "b.nl", "/b.pem"), KVK_VIEW_EXPIRED, KVK_ACTION_REPLACE, -3);
	assert_string_equal(table(&views, 132),
		"NAME  STATE    DAYS  UNTIL       NEXT\n"
		"a.nl  valid      90  2027-01-15  upload '/h/a.nl/upload.pem' to the KVK portal, "
		"then run 'kvkcsr uploaded a.nl'\n"
		"b.nl  expired    -3  2027-01-15  no longer valid: order a new certificate with "
		"'kvkcsr renew b.nl'\n");
	kvk_views_free(&views);
}

/* In brief in the table, and in full below it; a brief text that says all is not told again. */
static void the_table_is_brief_where_there_is_none(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	set(add(&views, "a.nl", "/h/a.nl/certificate.pem"), KVK_VIEW_VALID, KVK_ACTION_UPLOAD, 90);
	set(add(&views, "b.nl", "/b.pem"), KVK_VIEW_EXPIRED, KVK_ACTION_REPLACE, -3);
	assert_string_equal(table(&views, 60),
		"NAME  STATE    DAYS  UNTIL       NEXT\n"
		"a.nl  valid      90  2027-01-15  upload to KVK\n"
		"b.nl  expired    -3  2027-01-15  renew it\n"
		"\n"
		"a.nl  upload '/h/a.nl/upload.pem' to the KVK portal, then\n"
		"      run 'kvkcsr uploaded a.nl'\n"
		"b.nl  no longer valid: order a new certificate with\n"
		"      'kvkcsr renew b.nl'\n");
	kvk_views_free(&views);
}

/* Nobody but the CA itself can order it. */
static void the_certificate_of_a_ca_is_not_renewed(void **state)
{
	static const enum kvk_view_action actions[] = { KVK_ACTION_RENEW, KVK_ACTION_REPLACE };
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "ca", "/ca.pem");

	(void)state;
	view->ca = true;
	for (int i = 0; i < 2; i++) {
		set(view, i == 0 ? KVK_VIEW_EXPIRING : KVK_VIEW_EXPIRED, actions[i], 1 - 4 * i);
		assert_null(strstr(table(&views, 60), "kvkcsr renew"));
		assert_non_null(strstr(table(&views, 60), "replace the file"));
		assert_null(strstr(notice(view, 1, 1), "kvkcsr renew"));
	}
	kvk_views_free(&views);
}

/* The date goes first, then the days, then the next action; names lose their middle. */
static void the_table_fits_its_width(void **state)
{
	static const char name[] = "long-name.department.voorbeeld.nl-2";
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	set(add(&views, name, "/a.pem"), KVK_VIEW_NOT_YET_VALID, KVK_ACTION_NONE, 1234);
	set(add(&views, "b.nl", "/b.pem"), KVK_VIEW_VALID, KVK_ACTION_NONE, 5);
	/* 48 columns beside the names: 35 are left to them, as many as the longest has. */
	assert_string_equal(table(&views, 83),
		"NAME                                 STATE          DAYS  UNTIL       NEXT\n"
		"long-name.department.voorbeeld.nl-2  not yet valid  1234  2027-01-15  nothing to "
		"do\n"
		"b.nl                                 valid             5  2027-01-15  nothing to "
		"do\n");
	assert_string_equal(table(&views, 72),
		"NAME                      STATE          DAYS  UNTIL       NEXT\n"
		"long-name.d...beeld.nl-2  not yet valid  1234  2027-01-15  nothing to do\n"
		"b.nl                      valid             5  2027-01-15  nothing to do\n");
	/* Fewer than 24 would be left: the date goes. */
	assert_string_equal(table(&views, 71),
		"NAME                                 STATE          DAYS  NEXT\n"
		"long-name.department.voorbeeld.nl-2  not yet valid  1234  nothing to do\n"
		"b.nl                                 valid             5  nothing to do\n");
	assert_string_equal(table(&views, 52),
		"NAME              STATE          DAYS  NEXT\n"
		"long-na...d.nl-2  not yet valid  1234  nothing to do\n"
		"b.nl              valid             5  nothing to do\n");
	/* Fewer than 16: the days go. */
	assert_string_equal(table(&views, 40),
		"NAME        STATE          NEXT\n"
		"long...l-2  not yet valid  nothing to do\n"
		"b.nl        valid          nothing to do\n");
	kvk_views_free(&views);
}

static void only_the_first_entries_are_advised(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	char name[8] = "a";
	const char *text;

	(void)state;
	for (int i = 0; i < 12; i++) {
		name[0] = (char)('a' + i);
		set(add(&views, name, "/x"), KVK_VIEW_REQUESTED, KVK_ACTION_WAIT, 0);
	}
	text = table(&views, 60);
	assert_non_null(strstr(
		text, "run 'kvkcsr accept j FILE'\nand 2 more entries: 'kvkcsr status NAME'"));
	assert_null(strstr(text, "accept k"));
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
	((struct kvk_entry_view *)kvk_vec_at(&views.list, 1))->state = KVK_VIEW_REPLACED;
	views.by_code[0] = 0;
	views.by_code[2] = 60;
	views.blind = true;
	views.blind_why = "cannot read '/a|b'";
	views.without_path = 2;
	strcpy(views.first_without_path, "ba");
	assert_int_equal(kvk_entries_plugin(&views, &out), KVK_OK);
	assert_memory_equal(out.p, "KVKCSR CRITICAL: 0 of 60 fine - aa: ", 36);
	assert_non_null(strstr(kvk_blob_str(&out),
		"; in a tracked folder: cannot read '/a/b'; 2 certificates are not checked for "
		"revocation, because their chains do not lead to a trusted root; 'ba' is the "
		"first | entries="));
	assert_ptr_equal(strchr(kvk_blob_str(&out), '\n'), out.p + out.n - 1);
	assert_ptr_equal(strchr(kvk_blob_str(&out), '|'), strrchr(kvk_blob_str(&out), '|'));
	assert_non_null(strstr(kvk_blob_str(&out), " 'xb'="));
	assert_null(strstr(kvk_blob_str(&out), " 'ba'="));
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
		cmocka_unit_test(the_table_says_all_where_there_is_room),
		cmocka_unit_test(the_table_is_brief_where_there_is_none),
		cmocka_unit_test(the_certificate_of_a_ca_is_not_renewed),
		cmocka_unit_test(the_table_fits_its_width),
		cmocka_unit_test(only_the_first_entries_are_advised),
		cmocka_unit_test(the_plugin_line_is_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
