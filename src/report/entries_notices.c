/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/entries.h: all that is new in a run. */
#include "config.h"

#include "report/entries.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

/* By key, and then as they come. */
static int compare_keys(const void *a, const void *b)
{
	const struct kvk_entry_view *x = *(const struct kvk_entry_view *const *)a;
	const struct kvk_entry_view *y = *(const struct kvk_entry_view *const *)b;
	const int order = memcmp(x->key_sha256, y->key_sha256, KVK_SHA256_SIZE);

	return order != 0 ? order : (x > y) - (x < y);
}

static const struct kvk_entry_view *at(const struct kvk_vec *views, size_t i)
{
	return *(const struct kvk_entry_view *const *)kvk_vec_at(views, i);
}

/* Finds the views whose keys are news, sorted: many certificates may lie beside one key. */
static enum kvk_err sort_keys(const struct kvk_vec *views, struct kvk_vec *out)
{
	const struct kvk_entry_view **slot;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->count; i++) {
		if (!at(views, i)->key_news)
			continue;
		KVK_TRY(kvk_vec_push(out, &slot));
		*slot = at(views, i);
	}
	if (out->count > 1)
		qsort(out->items, out->count, out->item_size, compare_keys);
out:
	return err;
}

/* Whether a view is the first of those with its key. */
static bool is_first(const struct kvk_vec *keys, const struct kvk_entry_view *view)
{
	const struct kvk_entry_view *const *all = keys->items;
	const struct kvk_entry_view *const *found =
		bsearch(&view, all, keys->count, keys->item_size, compare_keys);

	return found != NULL &&
		(found == all ||
			memcmp(found[-1]->key_sha256, view->key_sha256, KVK_SHA256_SIZE) != 0);
}

/* A command of ours, to be copied into a shell; in two lines where one would be too long. */
static enum kvk_err append_command(const char *command, const char *argument, const char *options,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	static const char begin[] = "    kvkcsr ";
	const size_t n = strlen(begin) + strlen(command) + strlen(argument) + strlen(options);

	return kvk_blob_append_format(out, "%s%s%s%s%s\n", begin, command, argument,
		n > paper->width && options[0] != '\0' ? " \\\n       " : "", options);
}

/* Once a year: whether it is still the business of whoever reads this. */
static enum kvk_err append_question(const struct kvk_entry_view *view,
	const struct kvk_paper *paper, const char *options, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob path = { 0 };

	KVK_PAGE_TRY(&page, kvk_escape_shell(&path, kvk_span_of(view->path)));
	if (view->stage != KVK_STAGE_TRACKED) {
		kvk_page_append_paragraph(
			&page, 4, _("Are you still responsible for this certificate?"));
	} else if (view->state == KVK_VIEW_MISSING || view->state == KVK_VIEW_UNREADABLE) {
		/* Which 'track' could not read either. */
		kvk_page_append_paragraph(&page, 4,
			_("Are you still responsible for this certificate? If nobody uses it any "
			  "more, end its messages with this command:"));
		KVK_PAGE_TRY(&page, append_command("untrack ", view->name, options, paper, out));
	} else {
		kvk_page_append_paragraph(&page, 4,
			_("Are you still responsible for this certificate? If somebody else is, "
			  "change the recipient of its messages with this command:"));
		KVK_PAGE_TRY(&page,
			append_command(
				"track --to ADDRESS ", kvk_blob_str(&path), options, paper, out));
	}
	kvk_blob_free(&path);
	return page.err;
}

static bool is_ordered_again(const struct kvk_entry_view *view)
{
	return view->has_certificate && !view->ca &&
		(view->action == KVK_ACTION_RENEW || view->action == KVK_ACTION_REPLACE);
}

/* All that is new of one entry; in a message, where options is not NULL, with commands to copy, and
 * an empty line. */
static enum kvk_err append_news(const struct kvk_vec *keys, const struct kvk_entry_view *view,
	const struct kvk_paper *paper, const char *options, struct kvk_blob *out)
{
	const bool message = options != NULL;
	const size_t before = out->n;
	enum kvk_err err = KVK_OK;

	if (view->notified)
		KVK_TRY(kvk_entries_notice(view, paper, out));
	if (view->notified && message && is_ordered_again(view))
		KVK_TRY(append_command("renew ", view->name, options, paper, out));
	if (view->undetermined_news)
		KVK_TRY(kvk_entries_undetermined_notice(view, paper, out));
	if (view->key_news && is_first(keys, view))
		KVK_TRY(kvk_entries_key_notice(view, paper, out));
	if (message && view->owner_question)
		KVK_TRY(append_question(view, paper, options, out));
	if (message && out->n > before)
		KVK_TRY(kvk_blob_append_text(out, "\n"));
out:
	return err;
}

enum kvk_err kvk_entries_news(const struct kvk_vec *views, const struct kvk_paper *paper,
	const char *options, struct kvk_blob *out)
{
	struct kvk_vec keys = KVK_VEC_INIT(const struct kvk_entry_view *, KVK_LIMIT_ENTRIES);
	enum kvk_err err;

	KVK_TRY(sort_keys(views, &keys));
	for (size_t i = 0; i < views->count; i++)
		KVK_TRY(append_news(&keys, at(views, i), paper, options, out));
out:
	kvk_vec_free(&keys);
	return err;
}

/* Where the summary counts more than was shown: what was reported earlier. */
static enum kvk_err append_earlier(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	size_t n = 0;

	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->code != KVK_EXIT_OK && !view->notified && !view->undetermined_news &&
			!view->key_news)
			n++;
	}
	if (n > 0)
		kvk_page_append_sentence(&page,
			kvk_ngettext("%zu of them was reported earlier; 'kvkcsr status' shows it",
				"%zu of them were reported earlier; 'kvkcsr status' shows them",
				(unsigned long)n),
			n);
	return page.err;
}

enum kvk_err kvk_entries_notices(const struct kvk_views *views, const struct kvk_paper *paper,
	bool always, struct kvk_blob *out)
{
	struct kvk_vec all = KVK_VEC_INIT(const struct kvk_entry_view *, KVK_LIMIT_ENTRIES);
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view **slot;

		KVK_TRY(kvk_vec_push(&all, &slot));
		*slot = kvk_view_at(views, i);
	}
	KVK_TRY(kvk_entries_news(&all, paper, NULL, out));
	if (out->n > 0 || always) {
		KVK_TRY(kvk_entries_summary(views, paper, out));
		KVK_TRY(append_earlier(views, paper, out));
	}
	if (always)
		KVK_TRY(kvk_entries_without_path(views, paper, out));
out:
	kvk_vec_free(&all);
	return err;
}
