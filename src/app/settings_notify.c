/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/settings_check.h: the settings of the channels. */
#include "config.h"

#include "app/settings_check.h"

#include <string.h>

#include "base/escape.h"
#include "base/limits.h"
#include "names/endpoint.h"
#include "names/mailbox.h"

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
	{ "notify.mail.smtp", kvk_endpoint_is_mail_server,
		N_("it must be a mail server, as in smtp://mail.example.nl:587 or "
		   "smtps://mail.example.nl, without a user name and password, which 'user' and "
		   "'pass_file' set"),
		true },
	{ "notify.mail.starttls", is_encryption, N_("it must be 'required' or 'none'"), false },
	{ "notify.mail.pass_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.mail.ca_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.mail.sendmail", is_absolute, N_("the path must be absolute"), false },
	{ "notify.mail.language", is_language, N_("this language is not available, only 'en' is"),
		false },
	{ "notify.language", is_language, N_("this language is not available, only 'en' is"),
		false },
	{ "notify.webhook.url", kvk_endpoint_is_web,
		N_("it must be an address that begins with https:// or http://, without a user "
		   "name"),
		true },
	{ "notify.webhook.template", is_template,
		N_("it must be 'generic', 'adaptive-card' or an absolute path"), false },
	{ "notify.webhook.secret_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.webhook.ca_file", is_absolute, N_("the path must be absolute"), false },
	{ "notify.heartbeat.url", kvk_endpoint_is_web,
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
		return kvk_error_set(why, KVK_ERR_CONFIG,
			kvk_ngettext("%s:%u: %s has more than %u address",
				"%s:%u: %s has more than %u addresses", KVK_LIMIT_RECIPIENTS),
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
