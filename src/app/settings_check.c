/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/settings_check.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "names/endpoint.h"
#include "names/oin.h"

/* An API key in a file that others may read is everybody's. */
static enum kvk_err check_private(
	const struct kvk_conf *conf, const char *safe, struct kvk_error *why)
{
	if (!kvk_conf_has(conf, "kvk.api_key") || kvk_conf_is_private(conf))
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_CONFIG,
		_("'%s' contains an API key but can be read by others; make it private with: chmod "
		  "600"),
		safe);
}

static bool is_number(const struct kvk_conf *conf, const char *name, size_t digits)
{
	const char *text = kvk_conf_string(conf, name);

	return !kvk_conf_has(conf, name) || (text != NULL && strlen(text) == digits);
}

/* That they are digits, in quotes, was checked. */
static enum kvk_err check_account(
	const struct kvk_conf *conf, const char *safe, struct kvk_error *why)
{
	const char *party = kvk_conf_string(conf, "account.party");

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

/* A pattern, a range or an address would be compared with hosts and never be equal to one. */
static bool is_host_or_domain(const char *text)
{
	if (text[0] == '[')
		return text[strlen(text) - 1] == ']';
	return text[0] != '\0' && strpbrk(text, "*/: \t,") == NULL;
}

static enum kvk_err check_no_proxy(
	const struct kvk_conf *conf, const char *safe, struct kvk_error *why)
{
	char shown[128];

	for (size_t i = 0; i < kvk_conf_count(conf, "net.no_proxy"); i++) {
		const char *text = kvk_conf_string_at(conf, "net.no_proxy", i);

		if (!is_host_or_domain(text))
			return kvk_error_set(why, KVK_ERR_CONFIG,
				_("%s:%u: net.no_proxy: '%s' is neither a host nor a domain; a "
				  "domain, such as example.nl, includes all hosts in it"),
				safe, kvk_conf_line(conf, "net.no_proxy"),
				kvk_escape_to(shown, sizeof shown, kvk_span_of(text)));
	}
	return KVK_OK;
}

/* It becomes a part of an address. */
static enum kvk_err check_version(
	const struct kvk_conf *conf, const char *safe, struct kvk_error *why)
{
	const char *text = kvk_conf_has(conf, "kvk.search_version") ?
		kvk_conf_string(conf, "kvk.search_version") :
		"v2";

	if (text[0] == 'v' && strlen(text) <= 3 && kvk_all_digits(kvk_span_of(text + 1)) &&
		text[1] != '\0')
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_CONFIG,
		_("'%s': kvk.search_version must be a version such as 'v2'"), safe);
}

/* An API key goes there, which nobody on the way may read. */
static enum kvk_err check_registers(
	const struct kvk_conf *conf, const char *safe, struct kvk_error *why)
{
	static const char *const names[] = { "kvk.base_url", "oin.base_url" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *url = kvk_conf_string(conf, names[i]);

		if (url != NULL && !kvk_endpoint_is_private(url))
			return kvk_error_set(why, KVK_ERR_CONFIG,
				_("%s:%u: %s must begin with https:// and hold no user name, "
				  "because "
				  "an API key is sent there"),
				safe, kvk_conf_line(conf, names[i]), names[i]);
	}
	return KVK_OK;
}

enum kvk_err kvk_settings_check(
	const struct kvk_conf *conf, const char *path, struct kvk_error *why)
{
	char safe[256];
	enum kvk_err err;

	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	KVK_TRY(check_private(conf, safe, why));
	KVK_TRY(check_account(conf, safe, why));
	KVK_TRY(check_no_proxy(conf, safe, why));
	KVK_TRY(check_version(conf, safe, why));
	KVK_TRY(check_registers(conf, safe, why));
	KVK_TRY(kvk_settings_check_notify(conf, safe, why));
out:
	return err;
}
