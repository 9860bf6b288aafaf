/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/settings_check.h: the settings of the channels. */
#include "config.h"

#include "app/settings_check.h"

#include <string.h>

#include "base/escape.h"
#include "base/limits.h"
#include "names/mailbox.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
/* The characters of a host name, or of an IPv6 address between brackets. */
#define HOST LETTERS DIGITS ".-_"
#define HOST_IPV6 LETTERS DIGITS ":."

/* The part behind a prefix, or NULL. */
static const char *behind(const char *text, const char *prefix)
{
	const size_t n = strlen(prefix);

	return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

/* What follows a host with its port, or NULL where there is none. */
static const char *behind_host(const char *text)
{
	size_t n = strspn(text, HOST), digits;

	if (text[0] == '[') {
		n = 1 + strspn(text + 1, HOST_IPV6);
		if (n == 1 || text[n++] != ']')
			return NULL;
	}
	if (n == 0 || text[n] != ':')
		return n > 0 ? text + n : NULL;
	digits = strspn(text + n + 1, DIGITS);
	return digits > 0 && digits <= 5 ? text + n + 1 + digits : NULL;
}

static bool is_mail_server(const char *text)
{
	const char *host = behind(text, "smtp://"), *rest;

	if (host == NULL)
		host = behind(text, "smtps://");
	rest = host != NULL ? behind_host(host) : NULL;
	return rest != NULL && (rest[0] == '\0' || strcmp(rest, "/") == 0);
}

/* An address without user name, blanks or controls. */
static bool is_web_address(const char *text)
{
	const char *host = behind(text, "https://"), *rest;

	if (host == NULL)
		host = behind(text, "http://");
	rest = host != NULL ? behind_host(host) : NULL;
	if (rest == NULL || strlen(text) > KVK_LIMIT_URL || strchr("/?#", rest[0]) == NULL)
		return false;
	for (; *rest != '\0'; rest++)
		if ((unsigned char)*rest <= ' ' || (unsigned char)*rest >= 0x7f)
			return false;
	return true;
}

static bool is_encryption(const char *text)
{
	return strcmp(text, "required") == 0 || strcmp(text, "none") == 0;
}

static bool is_language(const char *text)
{
	return strcmp(text, "en") == 0;
}

static bool is_template(const char *text)
{
	return text[0] == '/' || strcmp(text, "generic") == 0 || strcmp(text, "adaptive-card") == 0;
}

static bool is_absolute(const char *text)
{
	return text[0] == '/';
}

/* What a value must be. */
static const struct rule {
	const char *name;
	bool (*is_valid)(const char *text);
	const char *wanted;
	/* It may hold a secret, and is not shown. */
	bool secret;
} rules[] = {
	{ "notify.mail.from", kvk_mailbox_valid, N_("it must be a mail address"), false },
	{ "notify.mail.smtp", is_mail_server,
		N_("it must be a mail server, as in smtp://mail.example.nl:587 or "
		   "smtps://mail.example.nl"),
		false },
	{ "notify.mail.starttls", is_encryption, N_("it must be 'required' or 'none'"), false },
	{ "notify.mail.pass_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.mail.ca_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.mail.sendmail", is_absolute, N_("the path must be absolute"), false },
	{ "notify.mail.language", is_language,
		N_("there are no texts in this language, only in 'en'"), false },
	{ "notify.language", is_language, N_("there are no texts in this language, only in 'en'"),
		false },
	{ "notify.webhook.url", is_web_address,
		N_("it must be an address that begins with https:// or http://, without a user "
		   "name"),
		true },
	{ "notify.webhook.template", is_template,
		N_("it must be 'generic', 'adaptive-card' or an absolute path"), false },
	{ "notify.webhook.secret_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.webhook.ca_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.heartbeat.url", is_web_address,
		N_("it must be an address that begins with https:// or http://, without a user "
		   "name"),
		true },
};

static enum kvk_err refuse(const struct kvk_conf *conf, const struct rule *rule, const char *safe,
	const char *value, struct kvk_error *why)
{
	const unsigned line = kvk_conf_line(conf, rule->name);
	char shown[128];

	if (rule->secret)
		return kvk_error_set(why, KVK_ERR_CONFIG, "%s:%u: %s: %s", safe, line, rule->name,
			_(rule->wanted));
	kvk_escape_to(shown, sizeof shown, kvk_span_of(value));
	return kvk_error_set(why, KVK_ERR_CONFIG, "%s:%u: %s: '%s': %s", safe, line, rule->name,
		shown, _(rule->wanted));
}

static enum kvk_err check_addresses(
	const struct kvk_conf *conf, const char *name, const char *safe, struct kvk_error *why)
{
	const struct rule rule = { name, kvk_mailbox_valid, N_("it must be a mail address"),
		false };

	if (kvk_conf_count(conf, name) > KVK_LIMIT_RECIPIENTS)
		return kvk_error_set(why, KVK_ERR_CONFIG, _("%s:%u: %s has more than %u addresses"),
			safe, kvk_conf_line(conf, name), name, KVK_LIMIT_RECIPIENTS);
	for (size_t i = 0; i < kvk_conf_count(conf, name); i++) {
		const char *text = kvk_conf_string_at(conf, name, i);

		if (!kvk_mailbox_valid(text))
			return refuse(conf, &rule, safe, text, why);
	}
	return KVK_OK;
}

enum kvk_err kvk_settings_check_notify(
	const struct kvk_conf *conf, const char *safe, struct kvk_error *why)
{
	enum kvk_err err;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		const struct rule *rule = &rules[i];
		const char *text =
			kvk_conf_has(conf, rule->name) ? kvk_conf_string(conf, rule->name) : NULL;

		if (text != NULL && !rule->is_valid(text))
			return refuse(conf, rule, safe, text, why);
	}
	KVK_TRY(check_addresses(conf, "notify.mail.to", safe, why));
	KVK_TRY(check_addresses(conf, "notify.fallback", safe, why));
out:
	return err;
}
