/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/load.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"

enum kvk_err kvk_load_bytes(
	const char *path, size_t max, struct kvk_blob *out, struct kvk_error *why)
{
	enum kvk_err err;

	errno = 0;
	if (strcmp(path, "-") == 0)
		err = kvk_fd_read(STDIN_FILENO, max, out);
	else
		err = kvk_file_read(path, max, 0, out);
	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, max);
}

/* Reads a file, and what is in it with one of the readers of cert/contents.h. */
static enum kvk_err load(const char *path, size_t max,
	enum kvk_err (*read)(struct kvk_blob *bytes, struct kvk_contents *out),
	struct kvk_contents **out, struct kvk_error *why)
{
	struct kvk_contents *contents = kvk_calloc(1, sizeof *contents);
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	if (contents == NULL)
		return kvk_error_set_file(why, KVK_ERR_MEMORY, path, 0);
	KVK_TRY(kvk_load_bytes(path, max, &bytes, why));
	err = read(&bytes, contents);
	if (err != KVK_OK) {
		(void)kvk_error_set_file(
			why, err, path, kvk_contents_limit(kvk_span_of_blob(&bytes)));
		goto out;
	}
	*out = contents;
	contents = NULL;
out:
	kvk_blob_free(&bytes);
	kvk_unload_contents(contents);
	return err;
}

enum kvk_err kvk_load_contents(
	const char *path, size_t max, struct kvk_contents **out, struct kvk_error *why)
{
	return load(path, max, kvk_contents_read, out, why);
}

enum kvk_err kvk_load_openssl(
	const char *path, size_t max, struct kvk_contents **out, struct kvk_error *why)
{
	return load(path, max, kvk_contents_read_openssl, out, why);
}

void kvk_unload_contents(struct kvk_contents *contents)
{
	if (contents != NULL)
		kvk_contents_free(contents);
	kvk_free(contents);
}
