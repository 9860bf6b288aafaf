/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "base/path.h"
#include "names/oin.h"

#define SYSTEM_SETTINGS "/etc/kvkcsr.cfg"

const struct kvk_conf_row kvk_settings_schema[] = {
	{ "kvk", KVK_CONF_GROUP, 0, 0, N_("the KVK API"), NULL },
	{ "kvk.base_url", KVK_CONF_STRING, 0, 0, N_("address of the KVK API"),
		"https://api.kvk.nl/api/" },
	{ "kvk.api_key", KVK_CONF_STRING, 0, 0,
		N_("API key (the file must be readable only by you)"), NULL },
	{ "kvk.api_key_file", KVK_CONF_STRING, 0, 0, N_("file that contains the API key"), NULL },
	{ "oin", KVK_CONF_GROUP, 0, 0, N_("the OIN register"), NULL },
	{ "oin.base_url", KVK_CONF_STRING, 0, 0, N_("address of the OIN register"),
		"https://oinregister.logius.nl/api/v1/" },
	{ "account", KVK_CONF_GROUP, 0, 0, N_("your account at the portal"), NULL },
	{ "account.kvk", KVK_CONF_DIGITS, 0, 0, N_("KVK number of the account, 8 digits"), NULL },
	{ "account.oin", KVK_CONF_DIGITS, 0, 0,
		N_("OIN (number of a government organisation) of the account, 20 digits"), NULL },
	{ "account.party", KVK_CONF_STRING, 0, 0,
		N_("kind of organisation: 'market' or 'government'"), NULL },
	{ "net", KVK_CONF_GROUP, 0, 0, N_("the network"), NULL },
	{ "net.allow_private", KVK_CONF_BOOLEAN, 0, 0,
		N_("allow private IP addresses, and http in base_url"), "false" },
	{ "net.connect_timeout", KVK_CONF_INTEGER, 1, 300, N_("connection timeout in seconds"),
		"5" },
	{ "net.total_timeout", KVK_CONF_INTEGER, 1, 3600,
		N_("timeout for a complete response in seconds"), "15" },
	{ "net.proxy", KVK_CONF_STRING, 0, 0, N_("proxy server"), NULL },
	{ "check", KVK_CONF_GROUP, 0, 0, N_("when 'check' warns"), NULL },
	{ "check.warning_days", KVK_CONF_INTEGERS, 1, 3650,
		N_("days before the expiry date at which 'check' warns (default for lifetimes "
		   "under 200 days: fractions of the lifetime)"),
		"60, 30" },
	{ "check.critical_days", KVK_CONF_INTEGERS, 1, 3650,
		N_("days before the expiry date at which the state becomes critical (default for "
		   "lifetimes under 200 days: a fraction of the lifetime)"),
		"14, 7, 1" },
	{ NULL, KVK_CONF_STRING, 0, 0, NULL, NULL },
};

/* $XDG_CONFIG_HOME/kvkcsr/kvkcsr.cfg or ~/.config/kvkcsr/kvkcsr.cfg; empty where neither variable
 * is set. */
static enum kvk_err own_path(struct kvk_blob *out)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	kvk_blob_clear(out);
	if (base != NULL && base[0] == '/')
		return kvk_blob_append_format(out, "%s/kvkcsr/kvkcsr.cfg", base);
	if (home != NULL && home[0] == '/')
		return kvk_blob_append_format(out, "%s/.config/kvkcsr/kvkcsr.cfg", home);
	return KVK_OK;
}

/* An API key in a file that others may read is everybody's. */
static enum kvk_err check_private(
	const struct kvk_conf *conf, const char *path, struct kvk_error *why)
{
	char safe[256];

	if (!kvk_conf_has(conf, "kvk.api_key") || kvk_conf_is_private(conf))
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_CONFIG,
		_("'%s' contains an API key but can be read by others; make it private with: chmod "
		  "600"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

static bool is_number(const struct kvk_conf *conf, const char *name, size_t digits)
{
	const char *text = kvk_conf_string(conf, name);

	return !kvk_conf_has(conf, name) || (text != NULL && strlen(text) == digits);
}

/* That they are digits, in quotes, was checked. */
static enum kvk_err check_account(
	const struct kvk_conf *conf, const char *path, struct kvk_error *why)
{
	const char *party = kvk_conf_string(conf, "account.party");
	char safe[256];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	if (!is_number(conf, "account.kvk", KVK_NUMBER_DIGITS))
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("'%s': account.kvk: a KVK number has 8 digits"), safe);
	if (!is_number(conf, "account.oin", KVK_OIN_DIGITS))
		return kvk_error_set(
			why, KVK_ERR_CONFIG, _("'%s': account.oin: an OIN has 20 digits"), safe);
	if (party != NULL && strcmp(party, "market") != 0 && strcmp(party, "government") != 0)
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("'%s': account.party must be 'market' or 'government'"), safe);
	return KVK_OK;
}

static enum kvk_err add_layer(
	struct kvk_settings *settings, const char *path, unsigned flags, struct kvk_error *why)
{
	struct kvk_conf *conf = NULL;
	char *copy;
	enum kvk_err err;

	if ((flags & KVK_CONF_QUIET_MISSING) != 0 && !kvk_path_exists(path))
		return KVK_OK;
	KVK_TRY(kvk_conf_open(path, kvk_settings_schema, flags, &conf, why));
	KVK_TRY(check_private(conf, path, why));
	KVK_TRY(check_account(conf, path, why));
	copy = kvk_strdup(path);
	if (copy == NULL) {
		err = KVK_ERR_MEMORY;
		goto out;
	}
	settings->layers[settings->count] = conf;
	settings->paths[settings->count++] = copy;
	conf = NULL;
out:
	kvk_conf_free(conf);
	return err;
}

enum kvk_err kvk_settings_open(const char *path, struct kvk_settings *out, struct kvk_error *why)
{
	const unsigned flags = KVK_CONF_TRUSTED | KVK_CONF_QUIET_MISSING;
	struct kvk_blob own = { 0 };
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	if (path != NULL)
		return add_layer(out, path, KVK_CONF_TRUSTED, why);
	KVK_TRY(own_path(&own));
	if (own.n > 0)
		KVK_TRY(add_layer(out, kvk_blob_str(&own), flags, why));
	KVK_TRY(add_layer(out, SYSTEM_SETTINGS, flags, why));
out:
	kvk_blob_free(&own);
	return err;
}

void kvk_settings_free(struct kvk_settings *settings)
{
	if (settings == NULL)
		return;
	for (size_t i = 0; i < settings->count; i++) {
		kvk_conf_free(settings->layers[i]);
		kvk_free(settings->paths[i]);
	}
	memset(settings, 0, sizeof *settings);
}

static const struct kvk_conf_row *row_of(const char *name)
{
	for (const struct kvk_conf_row *row = kvk_settings_schema; row->name != NULL; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

static const char *fallback_of(const char *name)
{
	const struct kvk_conf_row *row = row_of(name);

	return row != NULL ? row->fallback : NULL;
}

const struct kvk_conf *kvk_setting_layer(const struct kvk_settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->count; i++)
		if (kvk_conf_has(settings->layers[i], name))
			return settings->layers[i];
	return NULL;
}

const char *kvk_setting_origin(const struct kvk_settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->count; i++)
		if (kvk_conf_has(settings->layers[i], name))
			return settings->paths[i];
	return NULL;
}

const char *kvk_setting_string(const struct kvk_settings *settings, const char *name)
{
	const struct kvk_conf *layer = kvk_setting_layer(settings, name);

	return layer != NULL ? kvk_conf_string(layer, name) : fallback_of(name);
}

long long kvk_setting_integer(
	const struct kvk_settings *settings, const char *name, long long otherwise)
{
	const struct kvk_conf *layer = kvk_setting_layer(settings, name);
	const char *fallback = fallback_of(name);

	if (layer != NULL)
		return kvk_conf_integer(layer, name, otherwise);
	return fallback != NULL ? strtoll(fallback, NULL, 10) : otherwise;
}

bool kvk_setting_boolean(const struct kvk_settings *settings, const char *name, bool otherwise)
{
	const struct kvk_conf *layer = kvk_setting_layer(settings, name);
	const char *fallback = fallback_of(name);

	if (layer != NULL)
		return kvk_conf_boolean(layer, name, otherwise);
	return fallback != NULL ? strcmp(fallback, "true") == 0 : otherwise;
}
