/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/api_key.h"

#include <stdlib.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"

/* Where the key of each register may be. */
static const struct {
	/* Settings; NULL: there is none. */
	const char *value, *file;
	const char *credential;
} places[KVK_REGISTER_COUNT] = {
	[KVK_REGISTER_TRADE] = { "kvk.api_key", "kvk.api_key_file", "kvk-api-key" },
	[KVK_REGISTER_OIN] = { NULL, "oin.api_key_file", "oin-api-key" },
};

/* The path of a credential; empty where systemd gives none of this name. */
static enum kvk_err find_credential(enum kvk_register which, struct kvk_blob *out)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	enum kvk_err err;

	if (folder == NULL || folder[0] != '/')
		return KVK_OK;
	KVK_TRY(kvk_path_join(out, folder, places[which].credential));
	if (!kvk_path_exists(kvk_blob_str(out)))
		kvk_blob_clear(out);
out:
	return err;
}

static const char *setting(const struct kvk_settings *settings, const char *name)
{
	return name != NULL ? kvk_setting_string(settings, name) : NULL;
}

bool kvk_api_key_is_set(const struct kvk_settings *settings, enum kvk_register which)
{
	struct kvk_blob credential = { 0 };
	bool is_set = setting(settings, places[which].value) != NULL ||
		setting(settings, places[which].file) != NULL;

	/* Without memory there is none, which a run that goes on will notice. */
	if (!is_set && find_credential(which, &credential) == KVK_OK)
		is_set = credential.n > 0;
	kvk_blob_free(&credential);
	return is_set;
}

/* How many octets the one line has; 0 where it is no key: visible characters of ASCII. */
static size_t length_of_key(struct kvk_span text)
{
	size_t n = text.n;

	while (n > 0 && (text.p[n - 1] == '\n' || text.p[n - 1] == '\r'))
		n--;
	for (size_t i = 0; i < n; i++)
		if (text.p[i] <= 0x20 || text.p[i] >= 0x7f)
			return 0;
	return n;
}

static enum kvk_err read_file(
	const char *path, unsigned flags, struct kvk_secret *out, struct kvk_error *why)
{
	char safe[256];
	size_t n;
	enum kvk_err err = kvk_file_read_secret(path, KVK_LIMIT_API_KEY, flags, out);

	if (err == KVK_ERR_MEMORY)
		return err;
	if (err != KVK_OK) {
		(void)kvk_error_set_file(why, err, path, KVK_LIMIT_API_KEY);
		return KVK_ERR_CONFIG;
	}
	n = length_of_key(kvk_secret_span(out));
	if (n == 0)
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("'%s' must contain one line: the API key"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	kvk_secret_cut(out, n);
	return KVK_OK;
}

static enum kvk_err read_value(const char *value, struct kvk_secret *out, struct kvk_error *why)
{
	const struct kvk_span text = kvk_span_of(value);

	if (text.n == 0 || length_of_key(text) != text.n)
		return kvk_error_set(why, KVK_ERR_CONFIG, _("kvk.api_key is not an API key"));
	return kvk_secret_copy(out, text);
}

/* The stronger file of the configuration wins, and in one file the name of a file. */
static bool is_stronger(const struct kvk_settings *settings, const char *value, const char *file)
{
	const struct kvk_conf *of_value = kvk_setting_layer(settings, value);
	const struct kvk_conf *of_file = kvk_setting_layer(settings, file);

	return of_value != NULL && of_value != of_file &&
		(of_file == NULL || settings->layers[0] == of_value);
}

enum kvk_err kvk_api_key_read(const struct kvk_settings *settings, enum kvk_register which,
	struct kvk_secret *out, struct kvk_error *why)
{
	const char *value = places[which].value, *file = places[which].file;
	struct kvk_blob credential = { 0 };
	enum kvk_err err;

	if (value != NULL && is_stronger(settings, value, file))
		return read_value(kvk_setting_string(settings, value), out, why);
	if (kvk_setting_string(settings, file) != NULL)
		return read_file(kvk_setting_string(settings, file), KVK_FILE_PRIVATE, out, why);
	KVK_TRY(find_credential(which, &credential));
	/* Others cannot enter the folder of a credential, whatever the mode of the file is. */
	if (credential.n > 0)
		err = read_file(kvk_blob_str(&credential), KVK_FILE_TRUSTED, out, why);
	else
		err = KVK_ERR_NOT_FOUND;
out:
	kvk_blob_free(&credential);
	return err;
}

enum kvk_err kvk_api_keys_check(const struct kvk_settings *settings, struct kvk_error *why)
{
	struct kvk_secret key = { 0 };
	struct kvk_error inner = { "" };
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < KVK_REGISTER_COUNT; i++) {
		if (!kvk_api_key_is_set(settings, (enum kvk_register)i))
			continue;
		KVK_TRY(kvk_api_key_read(settings, (enum kvk_register)i, &key, &inner));
	}
out:
	kvk_secret_free(&key);
	if (err == KVK_ERR_CONFIG)
		(void)kvk_error_set(why, err, _("the API key cannot be used: %s"), inner.text);
	return err;
}
