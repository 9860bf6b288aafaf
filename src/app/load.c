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
#include "watch/locked.h"

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

/* Opens a tracked PKCS#12 file. */
static enum kvk_err open_tracked(struct kvk_inventory *inventory, const char *path,
	struct kvk_blob *bytes, struct kvk_error *why)
{
	enum kvk_err err = kvk_locked_open(inventory, path, bytes);
	struct kvk_blob word = { 0 };
	char safe[256];

	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		goto out;
	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(path)));
	err = kvk_error_set(why, KVK_ERR_PASSPHRASE,
		_("'%s' cannot be opened with the passphrase file that was recorded for it; run "
		  "'kvkcsr track %s --pass-file FILE'"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), kvk_blob_str(&word));
out:
	kvk_blob_free(&word);
	return err;
}

/* Reads a file, and what is in it with one of the readers of cert/contents.h. */
static enum kvk_err load(struct kvk_inventory *inventory, const char *path, size_t max,
	enum kvk_err (*read)(struct kvk_blob *bytes, struct kvk_contents *out),
	struct kvk_contents **out, struct kvk_error *why)
{
	struct kvk_contents *contents = kvk_calloc(1, sizeof *contents);
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	if (contents == NULL)
		return kvk_error_set_file(why, KVK_ERR_MEMORY, path, 0);
	KVK_TRY(kvk_load_bytes(path, max, &bytes, why));
	if (inventory != NULL)
		KVK_TRY(open_tracked(inventory, path, &bytes, why));
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
	return load(NULL, path, max, kvk_contents_read, out, why);
}

enum kvk_err kvk_load_openssl(
	const char *path, size_t max, struct kvk_contents **out, struct kvk_error *why)
{
	return load(NULL, path, max, kvk_contents_read_openssl, out, why);
}

enum kvk_err kvk_load_tracked(struct kvk_inventory *inventory, const char *path,
	struct kvk_contents **out, struct kvk_error *why)
{
	return load(inventory, path, KVK_LIMIT_FILE, kvk_contents_read_openssl, out, why);
}

enum kvk_err kvk_load_no_certificate(enum kvk_err err, const char *path,
	const struct kvk_contents *contents, struct kvk_error *why)
{
	struct kvk_finding finding;
	char safe[256];

	kvk_finding_start(&finding, &kvk_rule_no_certificate);
	kvk_checks_bad_block(contents, &finding);
	return kvk_error_set(why, err, _("no certificate in '%s': %s; %s"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), finding.found,
		_(kvk_rule_hint(&finding)));
}

const struct kvk_certificate *kvk_loaded_certificate(
	const struct kvk_contents *contents, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	const struct kvk_certificate *cert;

	for (size_t i = 0; (cert = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (memcmp(cert->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return cert;
	return NULL;
}

void kvk_unload_contents(struct kvk_contents *contents)
{
	if (contents != NULL)
		kvk_contents_free(contents);
	kvk_free(contents);
}
