/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/channel_secret.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"

/* The variable in which systemd names the folder of LoadCredential=. */
#define CREDENTIALS "CREDENTIALS_DIRECTORY"

/* Cuts the line end of a secret; KVK_ERR_FORMAT where it is empty or has several lines. */
static enum kvk_err cut_line(const char *path, struct kvk_secret *secret, struct kvk_error *why)
{
	size_t n = secret->n;
	char safe[256];

	if (n > 0 && secret->p[n - 1] == '\n')
		n--;
	if (n > 0 && secret->p[n - 1] == '\r')
		n--;
	kvk_secret_cut(secret, n);
	if (n > 0 && memchr(secret->p, '\n', n) == NULL && memchr(secret->p, '\0', n) == NULL)
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_FORMAT, _("'%s' must contain one line: the secret"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

enum kvk_err kvk_channel_secret_read(const struct kvk_settings *settings, const char *name,
	const char *credential, struct kvk_secret *out, bool *found, struct kvk_error *why)
{
	const char *path = kvk_setting_string(settings, name), *folder = getenv(CREDENTIALS);
	struct kvk_blob joined = { 0 };
	struct kvk_error inner = { "" };
	enum kvk_err err = KVK_OK;

	*found = false;
	if (path == NULL && folder != NULL && folder[0] == '/') {
		KVK_TRY(kvk_path_join(&joined, folder, credential));
		if (kvk_path_exists(kvk_blob_str(&joined)))
			path = kvk_blob_str(&joined);
	}
	if (path == NULL)
		goto out;
	err = kvk_file_read_secret(path, KVK_LIMIT_CHANNEL_SECRET, KVK_FILE_PRIVATE, out);
	if (err != KVK_OK)
		(void)kvk_error_set_file(&inner, err, path, KVK_LIMIT_CHANNEL_SECRET);
	else
		err = cut_line(path, out, &inner);
	err = kvk_setting_set_error(err, name, &inner, why);
	*found = err == KVK_OK;
out:
	kvk_blob_free(&joined);
	return err;
}
