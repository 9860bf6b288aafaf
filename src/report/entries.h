/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries of the inventory as people and programs read them: `status`, `check`, the
 * monitoring-plugin line. Everything is appended to a blob; nothing is decided here.
 */
#ifndef KVKCSR_REPORT_ENTRIES_H
#define KVKCSR_REPORT_ENTRIES_H

#include "report/page.h"
#include "watch/view.h"

/*
 * A table of one line each with a heading: name, state, days left, until when, next action. Where
 * it does not fit the width, the next action is in brief there and in full below the table for the
 * first few entries, then columns are left out, and names are shortened. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_entries_text(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *out);
/* The notice about one entry: what, until when, what to do. */
enum kvk_err kvk_entries_notice(
	const struct kvk_entry_view *view, const struct kvk_paper *paper, struct kvk_blob *out);
/* The notice that everybody can read its key. */
enum kvk_err kvk_entries_key_notice(
	const struct kvk_entry_view *view, const struct kvk_paper *paper, struct kvk_blob *out);
/* The notice that nobody could say whether its certificate was revoked. */
enum kvk_err kvk_entries_undetermined_notice(
	const struct kvk_entry_view *view, const struct kvk_paper *paper, struct kvk_blob *out);
/*
 * The notices about all that is new: what each entry is about, what could not be determined, and
 * each key that everybody can read once, however many certificates lie beside it. Ends with the
 * summary where there are any, or always.
 */
enum kvk_err kvk_entries_notices(const struct kvk_views *views, const struct kvk_paper *paper,
	bool always, struct kvk_blob *out);
/*
 * The same of some views (struct kvk_entry_view *) without a summary. In a message, where options
 * is not NULL, with the command that orders the next certificate, on a line of its own with these
 * options behind it, and an empty line after each entry.
 */
enum kvk_err kvk_entries_news(const struct kvk_vec *views, const struct kvk_paper *paper,
	const char *options, struct kvk_blob *out);
/* "entries: 3, fine: 2, ...". */
enum kvk_err kvk_entries_summary(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *out);
/* One JSON document with all entries. */
enum kvk_err kvk_entries_json(const struct kvk_views *views, kvk_time at, struct kvk_blob *out);
/* How many are not checked for revocation because no path leads to a trusted root, and the
 * first of them; nothing where there are none. */
enum kvk_err kvk_entries_without_path(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *out);
/* The line of a monitoring plugin with performance data; the views are sorted. */
enum kvk_err kvk_entries_plugin(const struct kvk_views *views, struct kvk_blob *out);
/* The same where nothing could be assessed; why is one line, and escaped. */
enum kvk_err kvk_entries_plugin_failed(const char *why, struct kvk_blob *out);
/* What is the matter with it, in words: when it ends, that its file is gone, what it waits for. */
enum kvk_err kvk_entries_fact(const struct kvk_entry_view *view, struct kvk_blob *out);
/* That everybody can read its key. */
enum kvk_err kvk_entries_key_fact(const struct kvk_entry_view *view, struct kvk_blob *out);
/* That its certificate was revoked; since when nobody can say whether it was, and why. Only of one
 * with details. */
enum kvk_err kvk_entries_revocation_fact(const struct kvk_entry_view *view, struct kvk_blob *out);
/* What is to be done next, in words. */
enum kvk_err kvk_entries_action(const struct kvk_entry_view *view, struct kvk_blob *out);

#endif
