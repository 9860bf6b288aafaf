/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/news.h: the subject of a message. What is the matter is said in brief, in
 * sentences of their own: those of the text (report/entries.h) have dates, paths and reasons.
 */
#include "config.h"

#include "report/news.h"

#include <string.h>

#include "base/escape.h"
#include "base/when.h"

static bool is_today(const struct kvk_entry_view *view)
{
	char at[KVK_WHEN_SIZE], end[KVK_WHEN_SIZE];

	return strcmp(kvk_when_day(view->at, at), kvk_when_day(view->ends, end)) == 0;
}

/* A number of days or hours that is left, or has passed since the end. */
struct distance {
	unsigned long days, hours;
	/* Hours count, since it is less than a day. */
	bool near;
	bool over;
};

static struct distance distance_of(const struct kvk_entry_view *view)
{
	const kvk_time left = view->ends - view->at, distance = left < 0 ? -left : left;

	return (struct distance){
		.days = (unsigned long)(distance / KVK_DAY),
		.hours = (unsigned long)(distance / KVK_HOUR),
		.near = distance < KVK_DAY,
		.over = left < 0,
	};
}

static enum kvk_err append_hours(
	const char *name, const struct distance *to, bool today, struct kvk_blob *out)
{
	if (today)
		return kvk_blob_append_format(
			out, to->over ? _("%s expired today") : _("%s expires today"), name);
	if (to->hours == 0)
		return kvk_blob_append_format(out,
			to->over ? _("%s expired less than an hour ago") :
				   _("%s expires in less than an hour"),
			name);
	return kvk_blob_append_format(out,
		to->over ? kvk_ngettext("%s expired %lu hour ago", "%s expired %lu hours ago",
				   to->hours) :
			   kvk_ngettext(
				   "%s expires in %lu hour", "%s expires in %lu hours", to->hours),
		name, to->hours);
}

static enum kvk_err append_ca_hours(
	const char *name, const char *ca, const struct distance *to, struct kvk_blob *out)
{
	if (to->hours == 0)
		return kvk_blob_append_format(out,
			to->over ? _("%s: the certificate of its CA '%s' expired less than an hour "
				     "ago") :
				   _("%s: the certificate of its CA '%s' expires in less than an "
				     "hour"),
			name, ca);
	return kvk_blob_append_format(out,
		to->over ? kvk_ngettext("%s: the certificate of its CA '%s' expired %lu hour ago",
				   "%s: the certificate of its CA '%s' expired %lu hours ago",
				   to->hours) :
			   kvk_ngettext("%s: the certificate of its CA '%s' expires in %lu hour",
				   "%s: the certificate of its CA '%s' expires in %lu hours",
				   to->hours),
		name, ca, to->hours);
}

/* The certificate of a CA on the path ends first. */
static enum kvk_err append_ca_end(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const struct distance to = distance_of(view);
	char ca[KVK_ENTRY_ENDS_BY_SIZE * 4];

	kvk_escape_to(ca, sizeof ca, kvk_span_of(view->ends_by));
	if (to.near)
		return append_ca_hours(view->name, ca, &to, out);
	return kvk_blob_append_format(out,
		to.over ?
			kvk_ngettext("%s: the certificate of its CA '%s' expired %lu day ago",
				"%s: the certificate of its CA '%s' expired %lu days ago",
				to.days) :
			kvk_ngettext("%s: the certificate of its CA '%s' expires in %lu day",
				"%s: the certificate of its CA '%s' expires in %lu days", to.days),
		view->name, ca, to.days);
}

static enum kvk_err append_end(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const struct distance to = distance_of(view);
	char begin[KVK_WHEN_SIZE];

	if (view->state == KVK_VIEW_NOT_YET_VALID)
		return kvk_blob_append_format(out, _("%s is not valid before %s"), view->name,
			kvk_when_day(view->not_before, begin));
	if (view->ends_by != NULL)
		return append_ca_end(view, out);
	if (to.near)
		return append_hours(view->name, &to, is_today(view), out);
	return kvk_blob_append_format(out,
		to.over ?
			kvk_ngettext("%s expired %lu day ago", "%s expired %lu days ago", to.days) :
			kvk_ngettext("%s expires in %lu day", "%s expires in %lu days", to.days),
		view->name, to.days);
}

static enum kvk_err append_revocation(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE], ca[KVK_ENTRY_ENDS_BY_SIZE * 4];

	kvk_when_day(view->details->since, since);
	if (view->revocation != KVK_STATUS_REVOKED)
		return kvk_blob_append_format(out,
			_("%s: since %s it could not be determined whether it was revoked"),
			view->name, since);
	if (strcmp(view->details->by, KVK_ENDS_BY_LEAF) == 0)
		return kvk_blob_append_format(out, _("%s was revoked on %s"), view->name, since);
	kvk_escape_to(ca, sizeof ca, kvk_span_of(view->details->by));
	return kvk_blob_append_format(out,
		_("%s: the certificate of its CA '%s' was revoked on %s"), view->name, ca, since);
}

static enum kvk_err append_key(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	return kvk_blob_append_format(out,
		view->key_unsure ? _("%s: everyone can read a private key beside it") :
				   _("%s: everyone can read its private key"),
		view->name);
}

/* Somebody is waited for since a moment; one of later than now says nothing but that. */
static bool has_days(const struct kvk_entry_view *view, kvk_time since, unsigned long *days)
{
	*days = since <= view->at ? (unsigned long)((view->at - since) / KVK_DAY) : 0;
	return since <= view->at;
}

static enum kvk_err append_clock(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	return kvk_blob_append_format(
		out, _("%s: the clock of this computer may be wrong"), view->name);
}

static enum kvk_err append_renewal(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	unsigned long days;

	if (!has_days(view, view->next_since, &days))
		return append_clock(view, out);
	if (view->next_delivered)
		return kvk_blob_append_format(out,
			kvk_ngettext(
				"%s: its renewal was accepted %lu day ago and is not uploaded yet",
				"%s: its renewal was accepted %lu days ago and is not uploaded yet",
				days),
			view->name, days);
	if (view->action == KVK_ACTION_REPEAT_DELIVERY)
		return kvk_blob_append_format(out,
			kvk_ngettext("%s: its renewal was requested %lu day ago and no certificate "
				     "was accepted",
				"%s: its renewal was requested %lu days ago and no certificate was "
				"accepted",
				days),
			view->name, days);
	return kvk_blob_append_format(out,
		kvk_ngettext("%s: its renewal was requested %lu day ago and no certificate was "
			     "delivered",
			"%s: its renewal was requested %lu days ago and no certificate was "
			"delivered",
			days),
		view->name, days);
}

static enum kvk_err append_first(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	unsigned long days;

	if (!has_days(view, view->since, &days))
		return append_clock(view, out);
	if (view->has_certificate)
		return kvk_blob_append_format(out,
			kvk_ngettext("%s was accepted %lu day ago and is not uploaded yet",
				"%s was accepted %lu days ago and is not uploaded yet", days),
			view->name, days);
	if (view->delivery != KVK_DELIVERY_NONE)
		return kvk_blob_append_format(out,
			kvk_ngettext(
				"%s: no certificate was accepted within %lu day of the request",
				"%s: no certificate was accepted within %lu days of the request",
				days),
			view->name, days);
	return kvk_blob_append_format(out,
		kvk_ngettext("%s: no certificate was delivered within %lu day of the request",
			"%s: no certificate was delivered within %lu days of the request", days),
		view->name, days);
}

/* In the order of kvk_entries_fact(). */
static enum kvk_err append_fact(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const bool quiet = view->event[0] == '\0';

	if (view->replaced_by != NULL)
		return kvk_blob_append_format(
			out, _("%s is replaced by '%s'"), view->name, view->replaced_by);
	if (view->state == KVK_VIEW_MISSING)
		return kvk_blob_append_format(out, _("%s: its file is missing"), view->name);
	if (view->state == KVK_VIEW_UNREADABLE)
		return kvk_blob_append_format(out, _("%s: its file cannot be read"), view->name);
	if (view->state == KVK_VIEW_REVOKED || (view->undetermined && quiet))
		return append_revocation(view, out);
	if (view->key_path != NULL && quiet)
		return append_key(view, out);
	if (strcmp(view->threshold, KVK_EVENT_RENEWAL_LATE) == 0 ||
		strcmp(view->threshold, KVK_EVENT_RENEWAL_READY) == 0)
		return append_renewal(view, out);
	if (!view->has_certificate || strcmp(view->threshold, KVK_EVENT_NOT_UPLOADED) == 0)
		return append_first(view, out);
	return append_end(view, out);
}

/* What is new of it, the gravest first. */
static enum kvk_err append_news(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	if (view->notified)
		return append_fact(view, out);
	if (view->undetermined_news)
		return append_revocation(view, out);
	return view->key_news ? append_key(view, out) : append_fact(view, out);
}

enum kvk_err kvk_news_subject(const struct kvk_news *news, struct kvk_blob *out)
{
	const size_t count = news->views->count;
	struct kvk_blob fact = { 0 };
	enum kvk_err err;

	if (count == 0)
		return kvk_blob_append_format(
			out, _("%s: a channel failed: %s"), PACKAGE_NAME, news->failed);
	KVK_TRY(append_news(
		*(const struct kvk_entry_view *const *)kvk_vec_at(news->views, 0), &fact));
	/* Translators: "kvkcsr", a sentence about the most urgent entry, and how many there are. */
	KVK_TRY(kvk_blob_append_format(out,
		kvk_ngettext("%s: %s (%zu of %zu entry)", "%s: %s (%zu of %zu entries)", news->all),
		PACKAGE_NAME, kvk_blob_str(&fact), count, news->all));
out:
	kvk_blob_free(&fact);
	return err;
}
