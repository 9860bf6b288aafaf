/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/entries.h: the table of `status`, which fits the width that there is. */
#include "config.h"

#include "report/entries.h"

#include <string.h>

#include "base/format.h"
#include "base/wrap.h"
#include "report/rows.h"

/* Blanks between two columns. */
#define GAP 2u
/* Entries whose next action is below the table, where it does not fit into it. */
#define ADVISED 10u
/* Room for a next action in brief, with its NUL. */
#define BRIEF_SIZE 96

enum column { NAME, STATE, DAYS, UNTIL, NEXT, COLUMNS };

/* The columns: how wide each is, and which are left out because there is no room for them. */
struct table {
	unsigned width[COLUMNS];
	bool left_out[COLUMNS];
	/* What did not fit. */
	struct kvk_rows advice;
	size_t advised, unadvised;
};

/* What a row says, but for its name. */
struct cells {
	char days[24], until[KVK_TIME_TEXT_SIZE];
	const char *state, *next;
	char brief[BRIEF_SIZE];
};

static unsigned columns_of(const char *text)
{
	return kvk_wrap_columns(kvk_span_of(text));
}

/* What there is to do later, with nothing to do now. */
static const char *brief_nothing(const struct kvk_entry_view *view, char out[static BRIEF_SIZE])
{
	char day[KVK_TIME_TEXT_SIZE];

	if (view->start_by == 0)
		return _("nothing to do");
	kvk_format(
		out, BRIEF_SIZE, _("start the renewal by %s"), kvk_date_text(view->start_by, day));
	return out;
}

/* The next action in a few words, static or in out; *whole: there is no more to it. */
static const char *brief_action(
	const struct kvk_entry_view *view, bool *whole, char out[static BRIEF_SIZE])
{
	*whole = false;
	switch (view->action) {
	case KVK_ACTION_NONE:
		*whole = view->replaced_by == NULL;
		return brief_nothing(view, out);
	case KVK_ACTION_WAIT:
		return _("wait for the TSP");
	case KVK_ACTION_ASK_TSP:
		return _("ask the TSP");
	case KVK_ACTION_CHECK_DELIVERY:
		return view->delivery == KVK_DELIVERY_ADOPTED ? _("record the upload") :
								_("verify the delivery");
	case KVK_ACTION_REPEAT_DELIVERY:
		return view->delivery == KVK_DELIVERY_REJECTED ? _("delivery rejected") :
								 _("accept it again");
	case KVK_ACTION_PROTECT_KEY:
		return _("protect the key");
	case KVK_ACTION_CHECK_REVOCATION:
		return _("check revocation");
	case KVK_ACTION_UPLOAD:
		return _("upload to KVK");
	case KVK_ACTION_DEPLOY:
		return _("deploy it");
	case KVK_ACTION_RENEW:
	case KVK_ACTION_REPLACE:
		return view->ca ? _("replace the file") : _("renew it");
	case KVK_ACTION_FIND_FILE:
		break;
	}
	return view->state == KVK_VIEW_MISSING ? _("put the file back") : _("check the file");
}

static void cells_of(const struct kvk_entry_view *view, struct cells *out)
{
	bool whole;

	KVK_FORMAT(out->days, "-");
	KVK_FORMAT(out->until, "-");
	if (view->has_certificate) {
		KVK_FORMAT(out->days, "%lld", (long long)view->days_left);
		kvk_date_text(view->ends, out->until);
	}
	out->state = kvk_view_state_text(view->state);
	out->next = brief_action(view, &whole, out->brief);
}

static void widen(unsigned *width, const char *text)
{
	const unsigned columns = columns_of(text);

	if (columns > *width)
		*width = columns;
}

/* What all columns but that of the names take, with the gaps between them. */
static unsigned rest_of(const struct table *table)
{
	unsigned width = 0;

	for (enum column i = STATE; i < COLUMNS; i++)
		if (!table->left_out[i])
			width += GAP + table->width[i];
	return width;
}

/*
 * Makes the columns fit: the least important is left out until the names have room enough, and
 * then they are shortened to the room that they have.
 */
static void fit(struct table *table, unsigned width)
{
	static const struct {
		enum column column;
		/* What the names may be shortened to before it goes. */
		unsigned name;
	} order[] = { { UNTIL, 24 }, { DAYS, 16 }, { NEXT, 8 } };
	unsigned rest;

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		const unsigned longest = table->width[NAME];
		const unsigned name = longest < order[i].name ? longest : order[i].name;

		table->left_out[order[i].column] = name + rest_of(table) > width;
	}
	rest = rest_of(table);
	if (table->width[NAME] + rest > width)
		table->width[NAME] = width > rest + 1 ? width - rest : 1;
}

static void measure(const struct kvk_views *views, unsigned width, struct table *table)
{
	struct cells cells;

	widen(&table->width[NAME], _("NAME"));
	widen(&table->width[STATE], _("STATE"));
	widen(&table->width[DAYS], _("DAYS"));
	widen(&table->width[UNTIL], _("UNTIL"));
	widen(&table->width[NEXT], _("NEXT"));
	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		cells_of(view, &cells);
		widen(&table->width[NAME], view->name);
		widen(&table->width[STATE], cells.state);
		widen(&table->width[DAYS], cells.days);
		widen(&table->width[UNTIL], cells.until);
		widen(&table->width[NEXT], cells.next);
	}
	fit(table, width);
}

/* A name (ASCII) of at most width characters; in one that is too long its middle is left out. */
static void append_name(struct kvk_page *page, const char *name, unsigned width)
{
	static const char dots[] = "...";
	const unsigned n = (unsigned)strlen(name), kept = width > 3 ? width - 3 : 0;

	if (n <= width) {
		kvk_page_append_padded(page, name, width);
		return;
	}
	kvk_page_append(page, "%.*s%.*s%s", (int)(kept - kept / 2), name, (int)width, dots,
		name + n - kept / 2);
}

/* A cell that follows another; numbers are set to the right. */
static void append_cell(
	struct kvk_page *page, const struct table *table, enum column column, const char *text)
{
	const unsigned width = table->width[column], used = columns_of(text);

	if (table->left_out[column])
		return;
	kvk_page_append_blanks(page, GAP);
	if (column == DAYS && used < width)
		kvk_page_append_blanks(page, width - used);
	kvk_page_append_padded(page, text, column == DAYS || column == NEXT ? 0 : width);
}

static void advise(struct kvk_page *page, struct table *table, const char *name, const char *action)
{
	if (table->advised++ < ADVISED)
		kvk_rows_add(page, &table->advice, name, action);
	else
		table->unadvised++;
}

/* The next action: in full where it fits, else in brief, and in full below the table. */
static void append_next(
	struct kvk_page *page, struct table *table, const struct kvk_entry_view *view)
{
	const unsigned before = table->width[NAME] + rest_of(table) - table->width[NEXT];
	const bool shown = !table->left_out[NEXT];
	struct kvk_blob action = { 0 };
	char room[BRIEF_SIZE];
	bool whole;
	const char *brief = brief_action(view, &whole, room);
	const char *full;

	KVK_PAGE_TRY(page, kvk_entries_action(view, &action));
	full = kvk_blob_str(&action);
	if (shown && before + columns_of(full) <= kvk_page_width(page)) {
		append_cell(page, table, NEXT, full);
	} else {
		append_cell(page, table, NEXT, brief);
		if (view->replaced_by != NULL ||
			(view->action != KVK_ACTION_NONE && !(shown && whole)))
			advise(page, table, view->name, full);
	}
	kvk_blob_free(&action);
}

static const char *colour_of(enum kvk_exit code)
{
	static const char *const colours[] = { "\033[32m", "\033[33m", "\033[31m", "\033[35m" };

	return colours[code & 3];
}

static void append_row(
	struct kvk_page *page, struct table *table, const struct kvk_entry_view *view)
{
	struct cells cells;

	cells_of(view, &cells);
	append_name(page, view->name, table->width[NAME]);
	if (page->paper.colour)
		kvk_page_append_text(page, colour_of(view->code));
	append_cell(page, table, STATE, cells.state);
	if (page->paper.colour)
		kvk_page_append_text(page, "\033[0m");
	append_cell(page, table, DAYS, cells.days);
	append_cell(page, table, UNTIL, cells.until);
	append_next(page, table, view);
	kvk_page_append_text(page, "\n");
}

static void append_headings(struct kvk_page *page, const struct table *table)
{
	kvk_page_append_padded(page, _("NAME"), table->width[NAME]);
	append_cell(page, table, STATE, _("STATE"));
	append_cell(page, table, DAYS, _("DAYS"));
	append_cell(page, table, UNTIL, _("UNTIL"));
	append_cell(page, table, NEXT, _("NEXT"));
	kvk_page_append_text(page, "\n");
}

static void append_advice(struct kvk_page *page, struct table *table)
{
	if (table->advised > 0)
		kvk_page_append_text(page, "\n");
	kvk_rows_write(page, &table->advice, 0);
	if (table->unadvised > 0)
		kvk_page_append_sentence(page,
			kvk_ngettext("and %zu more entry: 'kvkcsr status NAME' explains an entry, "
				     "'kvkcsr status --json' lists everything.",
				"and %zu more entries: 'kvkcsr status NAME' explains an entry, "
				"'kvkcsr status --json' lists everything.",
				table->unadvised),
			table->unadvised);
}

enum kvk_err kvk_entries_text(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct table table = { 0 };

	measure(views, kvk_page_width(&page), &table);
	append_headings(&page, &table);
	for (size_t i = 0; i < views->list.count; i++)
		append_row(&page, &table, kvk_view_at(views, i));
	append_advice(&page, &table);
	return page.err;
}
