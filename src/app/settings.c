/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/settings.h"

#include <stdlib.h>
#include <string.h>

#include "app/settings_check.h"
#include "base/alloc.h"
#include "base/path.h"

#define SYSTEM_SETTINGS "/etc/kvkcsr.cfg"

const struct kvk_conf_row kvk_settings_schema[] = {
	{ "kvk", KVK_CONF_GROUP, 0, 0, N_("the KVK API"), NULL },
	{ "kvk.base_url", KVK_CONF_STRING, 0, 0, N_("address of the KVK API"),
		"https://api.kvk.nl/api/" },
	{ "kvk.search_version", KVK_CONF_STRING, 0, 0,
		N_("version of the search (Zoeken) of the KVK API"), "v2" },
	{ "kvk.api_key", KVK_CONF_STRING, 0, 0,
		N_("API key (the file must be readable only by you)"), NULL },
	{ "kvk.api_key_file", KVK_CONF_STRING, 0, 0,
		N_("file that contains the API key for the KVK API"), NULL },
	{ "oin", KVK_CONF_GROUP, 0, 0, N_("the OIN register"), NULL },
	{ "oin.base_url", KVK_CONF_STRING, 0, 0, N_("address of the OIN register"),
		"https://oinregister.logius.nl/api/v1/" },
	{ "oin.api_key_file", KVK_CONF_STRING, 0, 0,
		N_("file that contains the API key for the OIN register"), NULL },
	{ "account", KVK_CONF_GROUP, 0, 0, N_("your account at the portal"), NULL },
	{ "account.kvk", KVK_CONF_DIGITS, 0, 0, N_("KVK number of the account, 8 digits"), NULL },
	{ "account.oin", KVK_CONF_DIGITS, 0, 0,
		N_("OIN (number of a government organisation) of the account, 20 digits"), NULL },
	{ "account.party", KVK_CONF_STRING, 0, 0,
		N_("kind of organisation: 'market' or 'government'"), NULL },
	{ "net", KVK_CONF_GROUP, 0, 0, N_("the network"), NULL },
	{ "net.allow_private", KVK_CONF_BOOLEAN, 0, 0,
		N_("allow any IP address and port for addresses in certificates"), "false" },
	{ "net.connect_timeout", KVK_CONF_INTEGER, 1, 300, N_("connection timeout in seconds"),
		"5" },
	{ "net.total_timeout", KVK_CONF_INTEGER, 1, 3600,
		N_("timeout for a complete response in seconds"), "15" },
	{ "net.run_timeout", KVK_CONF_INTEGER, 1, 3600,
		N_("timeout in seconds for everything that one run fetches"), "30" },
	{ "net.proxy", KVK_CONF_STRING, 0, 0,
		N_("address of a proxy server, such as http://proxy.example.nl:3128"), NULL },
	{ "net.proxy_auth_file", KVK_CONF_STRING, 0, 0,
		N_("file that contains the user name and password for the proxy, as "
		   "'user:password'"),
		NULL },
	{ "net.no_proxy", KVK_CONF_STRINGS, 0, 0,
		N_("hosts and domains that are reached without the proxy"), NULL },
	{ "net.ca_file", KVK_CONF_STRING, 0, 0,
		N_("file with CA certificates (PEM) to trust for https, besides those of the "
		   "system"),
		NULL },
	{ "trust", KVK_CONF_GROUP, 0, 0, N_("certificates that are trusted or known"), NULL },
	{ "trust.system_store", KVK_CONF_STRING, 0, 0,
		N_("file with the root certificates of the system (PEM), for EV certificates"),
		"/etc/ssl/certs/ca-certificates.crt" },
	{ "trust.ca_list", KVK_CONF_STRING, 0, 0,
		N_("list of further CA certificates that complete a delivery"), NULL },
	{ "check", KVK_CONF_GROUP, 0, 0, N_("when 'check' warns"), NULL },
	{ "check.revocation", KVK_CONF_BOOLEAN, 0, 0,
		N_("'check' asks whether certificates have been revoked"), "true" },
	{ "check.warning_days", KVK_CONF_INTEGERS, 1, 3650,
		N_("days before the expiry date at which 'check' warns (default for lifetimes "
		   "under 200 days: fractions of the lifetime)"),
		"60, 30" },
	{ "check.critical_days", KVK_CONF_INTEGERS, 1, 3650,
		N_("days before the expiry date at which the state becomes critical (default for "
		   "lifetimes under 200 days: a fraction of the lifetime)"),
		"14, 7, 1" },
	{ "notify", KVK_CONF_GROUP, 0, 0, N_("who is notified of what 'check' finds"), NULL },
	{ "notify.language", KVK_CONF_STRING, 0, 0, N_("language of the messages"), "en" },
	{ "notify.fallback", KVK_CONF_STRINGS, 0, 0,
		N_("mail addresses for entries that have no other recipient"), NULL },
	{ "notify.mail", KVK_CONF_GROUP, 0, 0, N_("messages by mail"), NULL },
	{ "notify.mail.to", KVK_CONF_STRINGS, 0, 0,
		N_("mail addresses for entries without recipients of their own"), NULL },
	{ "notify.mail.from", KVK_CONF_STRING, 0, 0, N_("mail address of the sender"), NULL },
	{ "notify.mail.smtp", KVK_CONF_STRING, 0, 0,
		N_("mail server, such as smtp://mail.example.nl:587 or "
		   "smtps://mail.example.nl"),
		NULL },
	{ "notify.mail.starttls", KVK_CONF_STRING, 0, 0,
		N_("with smtp://: 'required' for STARTTLS, or 'none' to send everything "
		   "unencrypted"),
		"required" },
	{ "notify.mail.user", KVK_CONF_STRING, 0, 0, N_("user name for the mail server"), NULL },
	{ "notify.mail.pass_file", KVK_CONF_STRING, 0, 0,
		N_("file that contains the password for the mail server"), NULL },
	{ "notify.mail.ca_file", KVK_CONF_STRING, 0, 0,
		N_("file with CA certificates (PEM) to trust for the mail server, besides those of "
		   "the system (default: net.ca_file)"),
		NULL },
	{ "notify.mail.language", KVK_CONF_STRING, 0, 0,
		N_("language of messages by mail (default: notify.language)"), NULL },
	{ "notify.mail.sendmail", KVK_CONF_STRING, 0, 0,
		N_("program that sends mail, instead of a mail server"), NULL },
	{ "notify.webhook", KVK_CONF_GROUP, 0, 0, N_("messages to a web address"), NULL },
	{ "notify.webhook.url", KVK_CONF_STRING, 0, 0, N_("address to post messages to"), NULL },
	{ "notify.webhook.template", KVK_CONF_STRING, 0, 0,
		N_("form of the message: 'generic', 'adaptive-card', or a file of your own"),
		"generic" },
	{ "notify.webhook.secret_file", KVK_CONF_STRING, 0, 0,
		N_("file that contains the secret for the signature of messages"), NULL },
	{ "notify.webhook.ca_file", KVK_CONF_STRING, 0, 0,
		N_("file with CA certificates (PEM) to trust for the webhook, besides those of "
		   "the system (default: net.ca_file)"),
		NULL },
	{ "notify.command", KVK_CONF_GROUP, 0, 0, N_("messages to a program of your own"), NULL },
	{ "notify.command.argv", KVK_CONF_STRINGS, 0, 0,
		N_("the program, with its absolute path, and its arguments"), NULL },
	{ "notify.command.timeout", KVK_CONF_INTEGER, 1, 3600,
		N_("time limit for the program in seconds"), "60" },
	{ "notify.heartbeat", KVK_CONF_GROUP, 0, 0,
		N_("a service that notices if no run is complete"), NULL },
	{ "notify.heartbeat.url", KVK_CONF_STRING, 0, 0,
		N_("address to call after each complete run of 'check'"), NULL },
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

static enum kvk_err add_absent(struct kvk_settings *settings, const char *path)
{
	char *copy = kvk_strdup(path);

	if (copy == NULL)
		return KVK_ERR_MEMORY;
	settings->absent[settings->absent_count++] = copy;
	return KVK_OK;
}

static enum kvk_err add_layer(
	struct kvk_settings *settings, const char *path, unsigned flags, struct kvk_error *why)
{
	struct kvk_conf *conf = NULL;
	char *copy;
	enum kvk_err err;

	if ((flags & KVK_CONF_QUIET_MISSING) != 0 && !kvk_path_exists(path))
		return add_absent(settings, path);
	KVK_TRY(kvk_conf_open(path, kvk_settings_schema, flags, &conf, why));
	KVK_TRY(kvk_settings_check(conf, path, why));
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
	for (size_t i = 0; i < settings->absent_count; i++)
		kvk_free(settings->absent[i]);
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

enum kvk_err kvk_setting_set_error(
	enum kvk_err err, const char *name, const struct kvk_error *inner, struct kvk_error *why)
{
	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return err;
	return kvk_error_set(why, KVK_ERR_CONFIG, "%s: %s", name,
		inner->text[0] != '\0' ? inner->text : kvk_error_text(err));
}
