/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a label and a text, as most results are written. The texts of a group begin in one
 * column, after the longest of its labels in the language in use. So rows are collected, and
 * written at the end of the group.
 */
#ifndef KVKCSR_REPORT_ROWS_H
#define KVKCSR_REPORT_ROWS_H

#include "report/page.h"

/* A group; an all-zero struct is an empty one. */
struct kvk_rows {
	/* The rows so far; for rows.c alone. */
	struct kvk_blob rows;
	/* The text of the next row, for kvk_rows_end(). */
	struct kvk_blob text;
};

/*
 * Adds a row. Label and text were escaped; a label "" goes on with what is above. The text is
 * wrapped where it is written.
 */
void kvk_rows_add(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *text);
/* The same, never broken, with all its blanks: a path or a command that is to be copied. */
void kvk_rows_add_exact(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *text);
/* The same of a path that was not escaped. */
void kvk_rows_add_path(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *path);
/* Adds a row of what is in rows->text, which is empty then. */
void kvk_rows_end(struct kvk_page *page, struct kvk_rows *rows, const char *label);
/* The same, of what printf makes. */
#define kvk_rows_format(page, group, label, ...) \
	do { \
		KVK_PAGE_TRY((page), kvk_blob_append_format(&(group)->text, __VA_ARGS__)); \
		kvk_rows_end((page), (group), (label)); \
	} while (0)
/* Adds an empty line; and a heading, which is not indented and has one before it unless the page
 * is empty. */
void kvk_rows_add_gap(struct kvk_page *page, struct kvk_rows *rows);
void kvk_rows_add_heading(struct kvk_page *page, struct kvk_rows *rows, const char *text);
/*
 * Writes the group, each row after so many blanks, and empties it, also where the page has an error
 * already. A label that would take more than half of the line is above its text.
 */
void kvk_rows_write(struct kvk_page *page, struct kvk_rows *rows, unsigned margin);

#endif
