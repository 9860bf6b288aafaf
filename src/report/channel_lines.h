/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The channels of the configuration as `notify list` shows them, and what `notify test` and
 * `notify failed` brought about. Nothing here is a secret (notify/channel.h).
 */
#ifndef KVKCSR_REPORT_CHANNEL_LINES_H
#define KVKCSR_REPORT_CHANNEL_LINES_H

#include "report/page.h"

/* A channel. Borrows its texts. */
struct kvk_channel_line {
	const char *name;
	/* Where it goes; already escaped. */
	const char *where;
	/* When something was last delivered, and when that last failed; 0: never. */
	kvk_time worked, failed;
	/* Why nothing could be delivered now; NULL: it was delivered. */
	const char *error;
};

/* Channels, one line each: the name, where it goes, when it last worked. KVK_ERR_MEMORY. */
enum kvk_err kvk_channel_lines_text(const struct kvk_channel_line *lines, size_t count,
	const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_channel_lines_json(
	const struct kvk_channel_line *lines, size_t count, struct kvk_blob *out);
/* What was delivered just now, one line each; and as JSON, with what was not. */
enum kvk_err kvk_channel_sent_text(const struct kvk_channel_line *lines, size_t count,
	const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_channel_sent_json(
	const struct kvk_channel_line *lines, size_t count, struct kvk_blob *out);

#endif
