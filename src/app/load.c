/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/load.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "portal/checks.h"
#include "portal/rules.h"

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

enum kvk_err kvk_load_no_certificate(enum kvk_err err, const char *path,
	const struct kvk_contents *contents, struct kvk_error *why)
{
	struct kvk_finding finding;
	char safe[256];

	kvk_finding_start(&finding, &kvk_rule_no_certificate);
	kvk_checks_kind_of_file(contents, &finding);
	return kvk_error_set(why, err, _("no certificate in '%s': %s; %s"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), finding.found,
		_(kvk_rule_hint(&finding)));
}

void kvk_unload_contents(struct kvk_contents *contents)
{
	if (contents != NULL)
		kvk_contents_free(contents);
	kvk_free(contents);
}
