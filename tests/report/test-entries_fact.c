/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/entries.h"
#include "report/news.h"
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

/* What is the matter, at a time after (before: negative) the end. */
static const char *fact(struct kvk_entry_view *view, kvk_time after)
{
	static struct kvk_blob out;

	view->at = END + after;
	view->days_left = kvk_time_days(view->at, view->ends);
	kvk_blob_clear(&out);
	assert_int_equal(kvk_entries_fact(view, &out), KVK_OK);
	return kvk_blob_str(&out);
}

static void within_a_day_of_the_end_hours_count(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/x/a.pem");
	char ca[] = "CA";

	(void)state;
	view->state = KVK_VIEW_EXPIRED;
	assert_non_null(
		strstr(fact(view, KVK_HOUR - 1), "less than an hour ago, on 15 January 2027"));
	assert_string_equal(fact(view, KVK_HOUR), "expired today, 1 hour ago, on 15 January 2027");
	assert_non_null(
		strstr(fact(view, 1 - KVK_HOUR), "in less than an hour, on 15 January 2027"));
	assert_string_equal(fact(view, 25 * KVK_HOUR), "expired 1 day ago, on 15 January 2027");
	assert_string_equal(fact(view, 48 * KVK_HOUR), "expired 2 days ago, on 15 January 2027");
	assert_string_equal(fact(view, -49 * KVK_HOUR), "expires in 2 days, on 15 January 2027");
	view->ends_by = ca;
	assert_string_equal(fact(view, 1),
		"the certificate of its CA 'CA' expired less than an hour ago, on 15 January 2027");
	assert_string_equal(fact(view, -20 * KVK_HOUR),
		"the certificate of its CA 'CA' expires in 20 hours, on 15 January 2027");
	view->ends_by = NULL;
	view->state = KVK_VIEW_MISSING;
	assert_string_equal(fact(view, -20 * KVK_HOUR),
		"its file is missing; expires in 20 hours, on 15 January 2027");
	assert_string_equal(fact(view, 20 * KVK_HOUR),
		"its file is missing; expired 20 hours ago, on 15 January 2027");
	view->state = KVK_VIEW_UNREADABLE;
	assert_string_equal(fact(view, KVK_HOUR),
		"its file cannot be read; expired 1 hour ago, on 15 January 2027");
	assert_string_equal(fact(view, 0),
		"its file cannot be read; expires in less than an hour, on 15 January 2027");
	kvk_views_free(&views);
}

/* A path in a command that people copy is one word of the shell. */
static void paths_in_commands_are_quoted(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/x/a $(id).pem");
	struct kvk_blob out = { 0 };
	char key[] = "/x/it's.key", by[] = "b";

	(void)state;
	view->action = KVK_ACTION_NONE;
	view->replaced_by = by;
	assert_int_equal(kvk_entries_action(view, &out), KVK_OK);
	assert_non_null(strstr(kvk_blob_str(&out), "track --keep \"/x/a \\$(id).pem\"'"));
	kvk_blob_clear(&out);
	view->action = KVK_ACTION_PROTECT_KEY;
	view->key_path = key;
	assert_int_equal(kvk_entries_action(view, &out), KVK_OK);
	assert_non_null(strstr(kvk_blob_str(&out), "chmod 600 \"/x/it's.key\"'"));
	view->key_path = view->replaced_by = NULL;
	kvk_views_free(&views);
	kvk_blob_free(&out);
}

/* What is said of the action, and of the fact. */
static const char *words(const struct kvk_entry_view *view, bool fact_too)
{
	static struct kvk_blob out;

	kvk_blob_clear(&out);
	if (fact_too) {
		assert_int_equal(kvk_entries_fact(view, &out), KVK_OK);
		assert_int_equal(kvk_blob_append_text(&out, "; "), KVK_OK);
	}
	assert_int_equal(kvk_entries_action(view, &out), KVK_OK);
	return kvk_blob_str(&out);
}

/* A renewal under way: what it waits for, since when, and until which day. */
static void a_renewal_that_was_not_verified_has_its_command(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/h/a/certificate.pem");
	char next[] = "/h/a/next";

	(void)state;
	view->next = next;
	view->next_since = END - 130 * KVK_DAY;
	view->next_delivered = true;
	view->action = KVK_ACTION_CHECK_DELIVERY;
	assert_string_equal(words(view, false),
		"some checks of the delivery of 7 September 2026 could not be completed: run "
		"'kvkcsr verify /h/a/next/upload.pem'");
	view->next = NULL;
	kvk_views_free(&views);
}

static void a_renewal_has_its_words(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/h/a/certificate.pem");
	char next[] = "/h/a/next";

	(void)state;
	view->next = next;
	view->at = END - 100 * KVK_DAY;
	view->next_since = view->at - 30 * KVK_DAY;
	view->action = KVK_ACTION_WAIT;
	assert_string_equal(words(view, false),
		"a renewal is under way, waiting for the TSP since 7 September 2026; when the "
		"certificate arrives, run 'kvkcsr accept a FILE'");
	view->switch_at = view->at + KVK_DAY;
	assert_non_null(strstr(words(view, false), "2026, to take over on 8 October 2026; when"));
	view->action = KVK_ACTION_ASK_TSP;
	strcpy(view->threshold, KVK_EVENT_RENEWAL_LATE);
	assert_string_equal(words(view, true),
		"its renewal was requested 30 days ago and no certificate was delivered; nothing "
		"received for the renewal that was requested on 7 September 2026: ask the TSP, "
		"then run 'kvkcsr accept a FILE'");
	view->next_delivered = true;
	view->action = KVK_ACTION_UPLOAD;
	strcpy(view->threshold, KVK_EVENT_RENEWAL_READY);
	assert_string_equal(words(view, true),
		"its renewal was accepted 30 days ago and is not uploaded yet; the renewal is "
		"ready: on 8 October 2026, upload '/h/a/next/upload.pem' to the KVK portal, "
		"configure your server to use the new key and certificate at the same moment, then "
		"run 'kvkcsr uploaded a'");
	/* Its day has passed, and then the certificate has expired as well. */
	view->at += 2 * KVK_DAY;
	assert_non_null(strstr(words(view, false),
		"is ready: upload '/h/a/next/upload.pem' to the KVK portal now (the switch was "
		"planned for 8 October 2026), configure"));
	view->state = KVK_VIEW_EXPIRED;
	assert_non_null(strstr(words(view, false),
		"the certificate has expired: upload '/h/a/next/upload.pem' to the KVK portal now "
		"(the switch was planned for 8 October 2026), configure"));
	view->switch_at = 0;
	assert_non_null(strstr(words(view, false), "upload.pem' to the KVK portal now, configure"));
	view->state = KVK_VIEW_VALID;
	assert_non_null(strstr(words(view, false), "is ready: upload '/h/a/next/upload.pem' to"));
	view->next_delivered = false;
	view->delivery = KVK_DELIVERY_REJECTED;
	view->delivery_at = view->at;
	view->action = KVK_ACTION_REPEAT_DELIVERY;
	assert_string_equal(words(view, true),
		"its renewal was requested 32 days ago and no certificate was accepted; the "
		"delivery of 9 October 2026 for the renewal was rejected: run 'kvkcsr accept a "
		"FILE' again to see what to do about it");
	view->at = view->next_since - KVK_DAY;
	assert_non_null(strstr(words(view, true),
		"its renewal was requested on 7 September 2026, which is later than the clock of "
		"this computer; check the clock"));
	view->next = NULL;
	kvk_views_free(&views);
}

/* What comes later is said, too. */
static void what_comes_later_has_its_words(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a", "/h/a/certificate.pem");

	(void)state;
	view->action = KVK_ACTION_NONE;
	view->start_by = END - 30 * KVK_DAY;
	assert_string_equal(
		words(view, false), "nothing to do; start the renewal by 16 December 2026");
	view->action = KVK_ACTION_DEPLOY;
	assert_string_equal(words(view, false),
		"deploy it: configure your server to use the certificate and its key, then run "
		"'kvkcsr "
		"uploaded a --deployed'");
	view->action = KVK_ACTION_RENEW;
	view->g1_end = END;
	assert_string_equal(words(view, false),
		"order the next certificate now; it becomes a G4, because PKIoverheid ends G1 on "
		"15 January 2027: run 'kvkcsr renew a'");
	kvk_views_free(&views);
}

/* The subject of a message about this entry, the first of three, at a time after the end. */
static const char *subject(struct kvk_entry_view *view, kvk_time after)
{
	static struct kvk_blob out;
	struct kvk_vec views = KVK_VEC_INIT(const struct kvk_entry_view *, 1);
	const struct kvk_news news = { .views = &views, .all = 3 };
	const struct kvk_entry_view **slot;

	view->at = END + after;
	view->days_left = kvk_time_days(view->at, view->ends);
	assert_int_equal(kvk_vec_push(&views, &slot), KVK_OK);
	*slot = view;
	kvk_blob_clear(&out);
	assert_int_equal(kvk_news_subject(&news, &out), KVK_OK);
	kvk_vec_free(&views);
	return kvk_blob_str(&out);
}

static void the_subject_of_a_message_is_a_sentence(void **state)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view = add(&views, "a.nl", "/x/a.pem");
	char ca[] = "Foo CA, second one", key[] = "/x/a, b.key";

	(void)state;
	view->notified = true;
	assert_string_equal(
		subject(view, -30 * KVK_DAY), "kvkcsr: a.nl expires in 30 days (1 of 3 entries)");
	assert_string_equal(
		subject(view, -KVK_DAY), "kvkcsr: a.nl expires in 1 day (1 of 3 entries)");
	assert_string_equal(
		subject(view, -KVK_HOUR), "kvkcsr: a.nl expires today (1 of 3 entries)");
	view->ends_by = ca;
	assert_string_equal(subject(view, 2 * KVK_DAY),
		"kvkcsr: a.nl: the certificate of its CA 'Foo CA, second one' expired 2 days ago "
		"(1 of 3 entries)");
	view->ends_by = NULL;
	view->state = KVK_VIEW_MISSING;
	assert_string_equal(subject(view, 0), "kvkcsr: a.nl: its file is missing (1 of 3 entries)");
	view->state = KVK_VIEW_VALID;
	view->notified = false;
	view->key_news = true;
	view->key_path = key;
	assert_string_equal(subject(view, 0),
		"kvkcsr: a.nl: everyone can read its private key (1 of 3 entries)");
	view->key_path = NULL;
	kvk_views_free(&views);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(within_a_day_of_the_end_hours_count),
		cmocka_unit_test(paths_in_commands_are_quoted),
		cmocka_unit_test(a_renewal_has_its_words),
		cmocka_unit_test(a_renewal_that_was_not_verified_has_its_command),
		cmocka_unit_test(what_comes_later_has_its_words),
		cmocka_unit_test(the_subject_of_a_message_is_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
