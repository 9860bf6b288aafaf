/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/recipients.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/vec.h"

/* The next of the lines, without its end; *lines goes on behind it. */
static bool next_line(const char **lines, struct kvk_span *line)
{
	if (**lines == '\0')
		return false;
	*line = (struct kvk_span){ (const uint8_t *)*lines, strcspn(*lines, "\n") };
	*lines += line->n + ((*lines)[line->n] == '\n');
	return true;
}

bool kvk_recipients_has(const char *lines, struct kvk_span line)
{
	struct kvk_span one;

	while (next_line(&lines, &one))
		if (kvk_span_equal(one, line))
			return true;
	return false;
}

static enum kvk_err append_line(struct kvk_blob *out, struct kvk_span line)
{
	return kvk_blob_append_format(out, "%.*s\n", (int)line.n, (const char *)line.p);
}

enum kvk_err kvk_recipients_add(struct kvk_blob *out, const char *lines)
{
	struct kvk_span line;
	enum kvk_err err = KVK_OK;

	while (next_line(&lines, &line))
		if (!kvk_recipients_has(kvk_blob_str(out), line))
			KVK_TRY(append_line(out, line));
out:
	return err;
}

static int compare(const void *a, const void *b)
{
	const struct kvk_span *x = a, *y = b;

	return kvk_span_compare(*x, *y);
}

enum kvk_err kvk_recipients_sort(struct kvk_blob *out, const char *lines)
{
	struct kvk_vec sorted = KVK_VEC_INIT(struct kvk_span, KVK_LIMIT_RECIPIENTS);
	struct kvk_span line, *slot;
	enum kvk_err err = KVK_OK;

	while (next_line(&lines, &line)) {
		KVK_TRY(kvk_vec_push(&sorted, &slot));
		*slot = line;
	}
	if (sorted.count > 1)
		qsort(sorted.items, sorted.count, sorted.item_size, compare);
	for (size_t i = 0; i < sorted.count; i++)
		KVK_TRY(append_line(out, *(struct kvk_span *)kvk_vec_at(&sorted, i)));
out:
	kvk_vec_free(&sorted);
	return err;
}
