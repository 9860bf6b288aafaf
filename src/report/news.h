/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a message says that goes to people by a channel: its subject and its text, in 76 columns.
 * Which form a channel gives them, and who gets them, is decided in notify/.
 */
#ifndef KVKCSR_REPORT_NEWS_H
#define KVKCSR_REPORT_NEWS_H

#include "report/page.h"
#include "watch/view.h"

/* The columns of a message. */
#define KVK_NEWS_WIDTH 76u

/* Borrows everything. */
struct kvk_news {
	/* struct kvk_entry_view *: what the message is about; may be empty. */
	const struct kvk_vec *views;
	/* All entries of the inventory. */
	size_t all;
	/* Names of the other channels that are notified, with commas between them; "" where there
	 * is none. */
	const char *others;
	/* A sentence for each channel that failed, a line each, and their names with commas; ""
	 * where none did. */
	const char *failures, *failed;
	/* Where it comes from. */
	const char *host, *home;
	/* Commands to copy name the home. */
	bool home_named;
	/* The text around it: a template (report/template.h) with the places notices, failures,
	 * others, version, host and home. */
	struct kvk_span frame;
};

/* Words that are about no entry, in the frame; only host, home and frame of news are used. */
enum kvk_err kvk_news_words(const struct kvk_news *news, const char *words, struct kvk_blob *out,
	struct kvk_error *why);
/* The names of the entries, a line each. */
enum kvk_err kvk_news_names(const struct kvk_news *news, struct kvk_blob *out);
/* One line without its end, the program's name and the most urgent entry first. KVK_ERR_MEMORY. */
enum kvk_err kvk_news_subject(const struct kvk_news *news, struct kvk_blob *out);
/* The whole text. KVK_ERR_CONFIG where the frame is wrong, with why; KVK_ERR_MEMORY. */
enum kvk_err kvk_news_text(
	const struct kvk_news *news, struct kvk_blob *out, struct kvk_error *why);

#endif
