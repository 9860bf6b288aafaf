/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fault/mixed.h"

#include <string.h>

#include "dossier/files.h"

/* The length of the path that a line of a file begins with; 0 for another line. */
static size_t path_of(const char *line)
{
	const size_t n = strcspn(line, " \n");

	return memchr(line, '/', n) != NULL ? n : 0;
}

/* Appends the lines of the files that are in a folder itself, whose path ends with a slash. */
static enum kvk_err append_files(
	const struct kvk_blob *kept, struct kvk_span folder, struct kvk_blob *out)
{
	const char *line = kvk_blob_str(kept);
	enum kvk_err err = KVK_OK;

	for (size_t n; *line != '\0'; line += n) {
		const size_t path = path_of(line);

		n = strcspn(line, "\n");
		n += line[n] == '\n';
		if (path > folder.n && memcmp(line, folder.p, folder.n) == 0 &&
			memchr(line + folder.n, '/', path - folder.n) == NULL &&
			memchr(line + path + 1, ' ', n - path - 1) != NULL)
			KVK_TRY(kvk_blob_append(
				out, (struct kvk_span){ (const uint8_t *)line, n }));
	}
out:
	return err;
}

/* Whether the files of a folder are others than at a moment. */
static enum kvk_err differs(const struct state *left, const struct state *moment,
	struct kvk_span folder, bool *different)
{
	struct kvk_blob now = { 0 }, then = { 0 };
	enum kvk_err err;

	KVK_TRY(append_files(&left->kept, folder, &now));
	KVK_TRY(append_files(&moment->kept, folder, &then));
	*different = !kvk_span_equal(kvk_span_of_blob(&now), kvk_span_of_blob(&then));
out:
	kvk_blob_free(&then);
	kvk_blob_free(&now);
	return err;
}

enum kvk_err mixed_find(const struct state *left, const struct state *before,
	const struct state *after, bool *mixed)
{
	static const char name[] = "/" KVK_DOSSIER_CERTIFICATE " ";
	const char *line = kvk_blob_str(&left->kept);
	enum kvk_err err = KVK_OK;

	*mixed = false;
	while (!*mixed && (line = strstr(line, name)) != NULL) {
		const char *start = line;
		struct kvk_span folder;

		while (start > kvk_blob_str(&left->kept) && start[-1] != '\n')
			start--;
		folder = (struct kvk_span){ (const uint8_t *)start, (size_t)(line + 1 - start) };
		line += sizeof name - 1;
		KVK_TRY(differs(left, before, folder, mixed));
		if (*mixed)
			KVK_TRY(differs(left, after, folder, mixed));
	}
out:
	return err;
}
