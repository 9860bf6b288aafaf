/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fault/received.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

/* The most messages of one point. */
#define LINES 64

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

enum kvk_err received_clear(const char *path)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		return KVK_ERR_OPEN;
	kvk_fd_close(fd);
	return KVK_OK;
}

enum kvk_err received_read(const char *path, struct kvk_blob *out)
{
	struct kvk_blob text = { 0 };
	char *lines[LINES], *rest, *line;
	size_t count = 0;
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &text));
	rest = text.n > 0 ? (char *)text.p : NULL;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (line[0] != '\0' && count < LINES)
			lines[count++] = line;
	if (count > 1)
		qsort(lines, count, sizeof lines[0], compare);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || strcmp(lines[i - 1], lines[i]) != 0)
			KVK_TRY(kvk_blob_append_format(out, "%s\n", lines[i]));
out:
	kvk_blob_free(&text);
	return err;
}

/* How many lines are of the channel with which one begins. */
static unsigned count_channel(const struct kvk_blob *lines, const char *channel)
{
	const size_t n = strcspn(channel, " ") + 1;
	const char *line = kvk_blob_str(lines);
	unsigned count = 0;

	for (; *line != '\0'; line += strcspn(line, "\n") + 1)
		count += strncmp(line, channel, n) == 0;
	return count;
}

const char *received_wrong(
	const struct kvk_blob *wanted, const struct kvk_blob *got, bool forgotten)
{
	const char *line = kvk_blob_str(wanted);

	for (; *line != '\0'; line += strcspn(line, "\n") + 1) {
		if (count_channel(got, line) < count_channel(wanted, line))
			return "a message is lost";
		if (!forgotten && count_channel(got, line) > count_channel(wanted, line))
			return "a repeat is not the same message";
	}
	return NULL;
}
