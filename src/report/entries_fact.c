/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/entries.h: what is the matter with an entry. */
#include "config.h"

#include "report/entries.h"

#include <string.h>

#include "base/escape.h"
#include "base/when.h"

/* The hours between a moment and the end. */
static unsigned long hours_of(const struct kvk_entry_view *view)
{
	const kvk_time left = view->ends - view->at;

	return (unsigned long)((left < 0 ? -left : left) / KVK_HOUR);
}

/* Whether the end is within a day, so that hours count. */
static bool is_near(const struct kvk_entry_view *view)
{
	return view->days_left == 0 || view->days_left == -1;
}

/* Within an hour of the end. */
static enum kvk_err append_minutes(
	const struct kvk_entry_view *view, bool today, const char *end, struct kvk_blob *out)
{
	if (today)
		return kvk_blob_append_format(out,
			view->at > view->ends ? _("expired today, less than an hour ago, on %s") :
						_("expires today, in less than an hour, on %s"),
			end);
	return kvk_blob_append_format(out,
		view->at > view->ends ? _("expired less than an hour ago, on %s") :
					_("expires in less than an hour, on %s"),
		end);
}

/* Within a day of the end, hours count. */
static enum kvk_err append_hours(
	const struct kvk_entry_view *view, const char *end, struct kvk_blob *out)
{
	const bool over = view->at > view->ends;
	const unsigned long hours = hours_of(view);
	char day[KVK_WHEN_SIZE];
	bool today;

	today = strcmp(kvk_when_day(view->at, day), end) == 0;
	if (hours == 0)
		return append_minutes(view, today, end, out);
	if (!today)
		return kvk_blob_append_format(out,
			over ? kvk_ngettext("expired %lu hour ago, on %s",
				       "expired %lu hours ago, on %s", hours) :
			       kvk_ngettext("expires in %lu hour, on %s",
				       "expires in %lu hours, on %s", hours),
			hours, end);
	return kvk_blob_append_format(out,
		over ? kvk_ngettext("expired today, %lu hour ago, on %s",
			       "expired today, %lu hours ago, on %s", hours) :
		       kvk_ngettext("expires today, in %lu hour, on %s",
			       "expires today, in %lu hours, on %s", hours),
		hours, end);
}

/* The same of the certificate of a CA on the path. */
static enum kvk_err append_ca_hours(
	const struct kvk_entry_view *view, const char *ca, const char *end, struct kvk_blob *out)
{
	const bool over = view->at > view->ends;
	const unsigned long hours = hours_of(view);

	if (hours == 0)
		return kvk_blob_append_format(out,
			over ? _("the certificate of its CA '%s' expired less than an hour ago, "
				 "on %s") :
			       _("the certificate of its CA '%s' expires in less than an hour, on "
				 "%s"),
			ca, end);
	return kvk_blob_append_format(out,
		over ? kvk_ngettext("the certificate of its CA '%s' expired %lu hour ago, on %s",
			       "the certificate of its CA '%s' expired %lu hours ago, on %s",
			       hours) :
		       kvk_ngettext("the certificate of its CA '%s' expires in %lu hour, on %s",
			       "the certificate of its CA '%s' expires in %lu hours, on %s", hours),
		ca, hours, end);
}

/* When the certificate of a CA on the path ends, before the entry's own. */
static enum kvk_err append_ca_dates(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	char ca[KVK_ENTRY_ENDS_BY_SIZE * 4];

	kvk_escape_to(ca, sizeof ca, kvk_span_of(view->ends_by));
	if (is_near(view))
		return append_ca_hours(view, ca, end, out);
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext("the certificate of its CA '%s' expired %lu day ago, on %s",
				"the certificate of its CA '%s' expired %lu days ago, on %s", days),
			ca, days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("the certificate of its CA '%s' expires in %lu day, on %s",
			"the certificate of its CA '%s' expires in %lu days, on %s", days),
		ca, days, end);
}

/* "expires in 12 days, on 4 December 2026". */
static enum kvk_err append_dates(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	char begin[KVK_WHEN_SIZE];

	if (view->state == KVK_VIEW_NOT_YET_VALID) {
		kvk_when_day(view->not_before, begin);
		return kvk_blob_append_format(out, _("not valid before %s"), begin);
	}
	if (view->ends_by != NULL)
		return append_ca_dates(view, days, end, out);
	if (is_near(view))
		return append_hours(view, end, out);
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext(
				"expired %lu day ago, on %s", "expired %lu days ago, on %s", days),
			days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("expires in %lu day, on %s", "expires in %lu days, on %s", days), days,
		end);
}

/* A file in trouble, where the certificate of a CA on the path ends first. */
static enum kvk_err append_trouble_of_ca(
	const struct kvk_entry_view *view, const char *end, struct kvk_blob *out)
{
	const bool gone = view->state == KVK_VIEW_MISSING, over = view->days_left < 0;
	char ca[KVK_ENTRY_ENDS_BY_SIZE * 4];

	kvk_escape_to(ca, sizeof ca, kvk_span_of(view->ends_by));
	if (gone)
		return kvk_blob_append_format(out,
			over ? _("its file is missing; the certificate of its CA '%s' expired on "
				 "%s") :
			       _("its file is missing; the certificate of its CA '%s' expires on "
				 "%s"),
			ca, end);
	return kvk_blob_append_format(out,
		over ? _("its file cannot be read; the certificate of its CA '%s' expired on %s") :
		       _("its file cannot be read; the certificate of its CA '%s' expires on %s"),
		ca, end);
}

static enum kvk_err append_gone_hours(
	const struct kvk_entry_view *view, const char *end, struct kvk_blob *out)
{
	const bool over = view->at > view->ends;
	const unsigned long hours = hours_of(view);

	if (hours == 0)
		return kvk_blob_append_format(out,
			over ? _("its file is missing; expired less than an hour ago, on %s") :
			       _("its file is missing; expires in less than an hour, on %s"),
			end);
	return kvk_blob_append_format(out,
		over ? kvk_ngettext("its file is missing; expired %lu hour ago, on %s",
			       "its file is missing; expired %lu hours ago, on %s", hours) :
		       kvk_ngettext("its file is missing; expires in %lu hour, on %s",
			       "its file is missing; expires in %lu hours, on %s", hours),
		hours, end);
}

static enum kvk_err append_gone(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	if (!view->has_certificate)
		return kvk_blob_append_text(out, _("its file is missing"));
	if (is_near(view))
		return append_gone_hours(view, end, out);
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext("its file is missing; expired %lu day ago, on %s",
				"its file is missing; expired %lu days ago, on %s", days),
			days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("its file is missing; expires in %lu day, on %s",
			"its file is missing; expires in %lu days, on %s", days),
		days, end);
}

static enum kvk_err append_unreadable_hours(
	const struct kvk_entry_view *view, const char *end, struct kvk_blob *out)
{
	const bool over = view->at > view->ends;
	const unsigned long hours = hours_of(view);

	if (hours == 0)
		return kvk_blob_append_format(out,
			over ? _("its file cannot be read; expired less than an hour ago, on %s") :
			       _("its file cannot be read; expires in less than an hour, on %s"),
			end);
	return kvk_blob_append_format(out,
		over ? kvk_ngettext("its file cannot be read; expired %lu hour ago, on %s",
			       "its file cannot be read; expired %lu hours ago, on %s", hours) :
		       kvk_ngettext("its file cannot be read; expires in %lu hour, on %s",
			       "its file cannot be read; expires in %lu hours, on %s", hours),
		hours, end);
}

static enum kvk_err append_unreadable(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	if (!view->has_certificate)
		return kvk_blob_append_text(out, _("its file cannot be read"));
	if (is_near(view))
		return append_unreadable_hours(view, end, out);
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext("its file cannot be read; expired %lu day ago, on %s",
				"its file cannot be read; expired %lu days ago, on %s", days),
			days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("its file cannot be read; expires in %lu day, on %s",
			"its file cannot be read; expires in %lu days, on %s", days),
		days, end);
}

static enum kvk_err append_trouble(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	if (view->has_certificate && view->ends_by != NULL)
		return append_trouble_of_ca(view, end, out);
	return view->state == KVK_VIEW_MISSING ? append_gone(view, days, end, out) :
						 append_unreadable(view, days, end, out);
}

/* A renewal that is of a later day than today: no number of days can be told. */
static enum kvk_err append_next_of_later(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE];

	kvk_when_day(view->next_since, since);
	return kvk_blob_append_format(out,
		view->next_delivered ?
			_("its renewal was accepted on %s, which is later than the clock of this "
			  "computer; check the clock") :
			_("its renewal was requested on %s, which is later than the clock of this "
			  "computer; check the clock"),
		since);
}

/* How long a renewal waits for somebody. */
static enum kvk_err append_next_waiting(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const unsigned long days = (unsigned long)((view->at - view->next_since) / KVK_DAY);

	if (view->at < view->next_since)
		return append_next_of_later(view, out);
	if (view->next_delivered)
		return kvk_blob_append_format(out,
			kvk_ngettext("its renewal was accepted %lu day ago and is not uploaded yet",
				"its renewal was accepted %lu days ago and is not uploaded yet",
				days),
			days);
	if (view->action == KVK_ACTION_REPEAT_DELIVERY)
		return kvk_blob_append_format(out,
			kvk_ngettext("its renewal was requested %lu day ago and no certificate was "
				     "accepted",
				"its renewal was requested %lu days ago and no certificate was "
				"accepted",
				days),
			days);
	return kvk_blob_append_format(out,
		kvk_ngettext("its renewal was requested %lu day ago and no certificate was "
			     "delivered",
			"its renewal was requested %lu days ago and no certificate was delivered",
			days),
		days);
}

/* The same of a first order and its delivery. */
static enum kvk_err append_of_later(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE];

	kvk_when_day(view->since, since);
	return kvk_blob_append_format(out,
		view->has_certificate ?
			_("it was accepted on %s, which is later than the clock of this computer; "
			  "check the clock") :
			_("it was requested on %s, which is later than the clock of this computer; "
			  "check the clock"),
		since);
}

/* What waits for somebody, and for how long. */
static enum kvk_err append_waiting(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const unsigned long days = (unsigned long)((view->at - view->since) / KVK_DAY);

	if (view->at < view->since)
		return append_of_later(view, out);
	if (!view->has_certificate && view->delivery != KVK_DELIVERY_NONE)
		return kvk_blob_append_format(out,
			kvk_ngettext("no certificate was accepted within %lu day of the request",
				"no certificate was accepted within %lu days of the request", days),
			days);
	if (!view->has_certificate)
		return kvk_blob_append_format(out,
			kvk_ngettext("no certificate was delivered within %lu day of the request",
				"no certificate was delivered within %lu days of the request",
				days),
			days);
	return kvk_blob_append_format(out,
		kvk_ngettext("accepted %lu day ago and not uploaded yet",
			"accepted %lu days ago and not uploaded yet", days),
		days);
}

enum kvk_err kvk_entries_key_fact(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape(&path, kvk_span_of(view->key_path)));
	KVK_TRY(kvk_blob_append_format(out,
		view->key_unsure ?
			_("'%s', beside this certificate, can be read by everyone (mode %04o)") :
			_("everyone can read its private key '%s' (mode %04o)"),
		kvk_blob_str(&path), view->key_mode));
out:
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_entries_fact(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	/* Whole days either way; days_left is rounded down. */
	const kvk_time left = view->ends - view->at;
	const unsigned long days = (unsigned long)((left < 0 ? -left : left) / KVK_DAY);
	char end[KVK_WHEN_SIZE];

	if (view->replaced_by != NULL)
		return kvk_blob_append_format(out,
			_("replaced by '%s'; nothing more is reported about it"),
			view->replaced_by);
	kvk_when_day(view->ends, end);
	if (view->state == KVK_VIEW_MISSING || view->state == KVK_VIEW_UNREADABLE)
		return append_trouble(view, days, end, out);
	if (view->state == KVK_VIEW_REVOKED || (view->undetermined && view->event[0] == '\0'))
		return kvk_entries_revocation_fact(view, out);
	if (view->key_path != NULL && view->event[0] == '\0')
		return kvk_entries_key_fact(view, out);
	if (strcmp(view->threshold, KVK_EVENT_RENEWAL_LATE) == 0 ||
		strcmp(view->threshold, KVK_EVENT_RENEWAL_READY) == 0)
		return append_next_waiting(view, out);
	if (!view->has_certificate || strcmp(view->threshold, KVK_EVENT_NOT_UPLOADED) == 0)
		return append_waiting(view, out);
	return append_dates(view, days, end, out);
}
