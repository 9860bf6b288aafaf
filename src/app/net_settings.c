/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/net_settings.h"

#include "app/load.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/limits.h"
#include "crypto/hash.h"
#include "net/proxy.h"

/* Here, and not whenever a configuration is opened: libcurl is loaded for it. */
static enum kvk_err check_proxy(const struct kvk_settings *settings, struct kvk_error *why)
{
	const char *proxy = kvk_setting_string(settings, "net.proxy");
	struct kvk_error inner = { "" };
	char safe[256];
	enum kvk_err err = proxy != NULL ? kvk_net_proxy_check(proxy, &inner) : KVK_OK;

	if (err != KVK_ERR_CONFIG)
		return err;
	return kvk_error_set(why, err, "%s:%u: %s",
		kvk_escape_to(
			safe, sizeof safe, kvk_span_of(kvk_setting_origin(settings, "net.proxy"))),
		kvk_conf_line(kvk_setting_layer(settings, "net.proxy"), "net.proxy"), inner.text);
}

static enum kvk_err read_proxy_auth(
	const struct kvk_settings *settings, struct kvk_net_settings *out, struct kvk_error *why)
{
	const char *path = kvk_setting_string(settings, "net.proxy_auth_file");
	struct kvk_error inner = { "" };
	enum kvk_err err;

	if (path == NULL)
		return KVK_OK;
	err = kvk_net_proxy_auth_read(path, &out->proxy_auth, &inner);
	if (err == KVK_OK)
		out->options.proxy_auth = &out->proxy_auth;
	return kvk_setting_set_error(err, "net.proxy_auth_file", &inner, why);
}

static enum kvk_err read_no_proxy(const struct kvk_settings *settings, struct kvk_net_settings *out)
{
	const struct kvk_conf *layer = kvk_setting_layer(settings, "net.no_proxy");
	const size_t count = layer != NULL ? kvk_conf_count(layer, "net.no_proxy") : 0;

	if (count == 0)
		return KVK_OK;
	out->no_proxy = kvk_calloc(count, sizeof *out->no_proxy);
	if (out->no_proxy == NULL)
		return KVK_ERR_MEMORY;
	for (size_t i = 0; i < count; i++)
		out->no_proxy[i] = kvk_conf_string_at(layer, "net.no_proxy", i);
	out->options.no_proxy = out->no_proxy;
	out->options.no_proxy_count = count;
	return KVK_OK;
}

enum kvk_err kvk_net_settings_check_ca(const char *name, const char *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	struct kvk_error inner = { "" };
	char safe[256];
	enum kvk_err err;

	KVK_TRY(kvk_setting_set_error(
		kvk_load_openssl(path, KVK_LIMIT_FILE, &contents, &inner), name, &inner, why));
	if (contents->form != KVK_FORM_PEM || kvk_contents_certificate_count(contents) == 0)
		err = kvk_error_set(why, KVK_ERR_CONFIG,
			_("%s: '%s' contains no certificate in PEM form"), name,
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
out:
	kvk_unload_contents(contents);
	return err;
}

/* For pauses only: where there are no random octets, they are all the same. */
static uint32_t roll(void)
{
	uint32_t dice = 0;

	(void)kvk_random((uint8_t *)&dice, sizeof dice);
	return dice;
}

void kvk_net_settings_steady(struct kvk_net_options *options)
{
	options->clock = kvk_time_monotonic;
	options->dice = roll;
}

enum kvk_err kvk_net_settings_read(
	const struct kvk_settings *settings, struct kvk_net_settings *out, struct kvk_error *why)
{
	struct kvk_net_options *options = &out->options;
	enum kvk_err err;

	options->allow_private = kvk_setting_boolean(settings, "net.allow_private", false);
	options->connect_timeout =
		kvk_setting_integer(settings, "net.connect_timeout", 0) * KVK_SECOND;
	options->total_timeout = kvk_setting_integer(settings, "net.total_timeout", 0) * KVK_SECOND;
	options->run_timeout = kvk_setting_integer(settings, "net.run_timeout", 0) * KVK_SECOND;
	options->proxy = kvk_setting_string(settings, "net.proxy");
	options->ca_file = kvk_setting_string(settings, "net.ca_file");
	KVK_TRY(check_proxy(settings, why));
	KVK_TRY(read_proxy_auth(settings, out, why));
	KVK_TRY(read_no_proxy(settings, out));
	if (options->ca_file != NULL)
		KVK_TRY(kvk_net_settings_check_ca("net.ca_file", options->ca_file, why));
out:
	return err;
}

void kvk_net_settings_free(struct kvk_net_settings *net)
{
	kvk_secret_free(&net->proxy_auth);
	kvk_free(net->no_proxy);
	*net = (struct kvk_net_settings){ .no_proxy = NULL };
}
