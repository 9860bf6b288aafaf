/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/rows.h"

#include <string.h>

#include "base/escape.h"
#include "base/wrap.h"

/* Blanks between a label and its text. */
#define GAP 2u

/* A row is kept as its kind, its label with a NUL, and its text with a NUL. */
enum kind { ROW_TEXT = 't', ROW_EXACT = 'x', ROW_GAP = 'g', ROW_HEADING = 'h' };

struct row {
	enum kind kind;
	const char *label, *text;
};

static void add(struct kvk_page *page, struct kvk_rows *rows, const struct row *row)
{
	KVK_PAGE_TRY(page, kvk_blob_append_byte(&rows->rows, (uint8_t)row->kind));
	KVK_PAGE_TRY(page, kvk_blob_append_text(&rows->rows, row->label));
	KVK_PAGE_TRY(page, kvk_blob_append_byte(&rows->rows, 0));
	KVK_PAGE_TRY(page, kvk_blob_append_text(&rows->rows, row->text));
	KVK_PAGE_TRY(page, kvk_blob_append_byte(&rows->rows, 0));
}

/* Takes the next row from what is left of them. */
static bool next(struct kvk_span *left, struct row *out)
{
	const char *at = (const char *)left->p;
	size_t n;

	if (left->n == 0)
		return false;
	out->kind = (enum kind)at[0];
	out->label = at + 1;
	out->text = out->label + strlen(out->label) + 1;
	n = (size_t)(out->text - at) + strlen(out->text) + 1;
	left->p += n;
	left->n -= n;
	return true;
}

void kvk_rows_add(struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *text)
{
	add(page, rows, &(struct row){ ROW_TEXT, label, text });
}

void kvk_rows_add_exact(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *text)
{
	add(page, rows, &(struct row){ ROW_EXACT, label, text });
}

void kvk_rows_add_path(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *path)
{
	struct kvk_blob safe = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&safe, kvk_span_of(path)));
	kvk_rows_add_exact(page, rows, label, kvk_blob_str(&safe));
	kvk_blob_free(&safe);
}

void kvk_rows_end(struct kvk_page *page, struct kvk_rows *rows, const char *label)
{
	kvk_rows_add(page, rows, label, kvk_blob_str(&rows->text));
	kvk_blob_clear(&rows->text);
}

void kvk_rows_add_gap(struct kvk_page *page, struct kvk_rows *rows)
{
	add(page, rows, &(struct row){ ROW_GAP, "", "" });
}

void kvk_rows_add_heading(struct kvk_page *page, struct kvk_rows *rows, const char *text)
{
	if (page->out->n > 0 || rows->rows.n > 0)
		kvk_rows_add_gap(page, rows);
	add(page, rows, &(struct row){ ROW_HEADING, "", text });
}

/* The column of the texts: after the longest of the labels that leave half of the line to them. */
static unsigned text_column(const struct kvk_rows *rows, unsigned margin, unsigned most)
{
	struct kvk_span left = kvk_span_of_blob(&rows->rows);
	unsigned column = margin;
	struct row row;

	while (next(&left, &row)) {
		const unsigned end = margin + kvk_wrap_columns(kvk_span_of(row.label)) + GAP;

		if (row.label[0] != '\0' && end > column && end <= most)
			column = end;
	}
	return column;
}

static void write_row(
	struct kvk_page *page, const struct row *row, unsigned margin, unsigned column)
{
	const unsigned end = margin + kvk_wrap_columns(kvk_span_of(row->label)) + GAP;

	kvk_page_append_blanks(page, margin);
	if (row->text[0] == '\0') {
		kvk_page_append(page, "%s\n", row->label);
		return;
	}
	if (row->label[0] != '\0' && end > column) {
		kvk_page_append(page, "%s\n", row->label);
		kvk_page_append_blanks(page, column);
	} else {
		kvk_page_append_padded(page, row->label, column - margin);
	}
	if (row->kind == ROW_EXACT)
		kvk_page_append(page, "%s\n", row->text);
	else
		kvk_page_append_flow(page, column, column, row->text);
}

void kvk_rows_write(struct kvk_page *page, struct kvk_rows *rows, unsigned margin)
{
	struct kvk_span left = { 0 };
	unsigned column = margin;
	struct row row;

	/* After an error the last row may be cut short. */
	if (page->err == KVK_OK) {
		left = kvk_span_of_blob(&rows->rows);
		column = text_column(rows, margin, kvk_page_text_width(page) / 2);
	}
	while (next(&left, &row)) {
		if (row.kind == ROW_GAP)
			kvk_page_append_text(page, "\n");
		else if (row.kind == ROW_HEADING)
			kvk_page_append_paragraph(page, 0, row.text);
		else
			write_row(page, &row, margin, column);
	}
	kvk_blob_free(&rows->rows);
	kvk_blob_free(&rows->text);
}
