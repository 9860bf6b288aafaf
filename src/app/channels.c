/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/channels.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/channel_secret.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "conf/datadir.h"
#include "net/mail.h"
#include "notify/program.h"

/* The names of credentials in a systemd unit. */
#define MAIL_CREDENTIAL "mail-password"
#define WEBHOOK_CREDENTIAL "webhook-secret"

#define LANGUAGE "en"

/* The file that sets something in a group, whose name ends with a dot; NULL where nothing is. */
static const char *origin_of(const struct kvk_settings *settings, const char *group)
{
	const char *origin = NULL;

	for (const struct kvk_conf_row *row = kvk_settings_schema; row->name != NULL; row++)
		if (origin == NULL && row->type != KVK_CONF_GROUP &&
			strncmp(row->name, group, strlen(group)) == 0)
			origin = kvk_setting_origin(settings, row->name);
	return origin;
}

static bool is_set(const struct kvk_settings *settings, const char *group)
{
	return origin_of(settings, group) != NULL;
}

/* A setting that its channel, some of which is set, cannot do without, and how it is written. */
static enum kvk_err missing(const struct kvk_settings *settings, const char *name,
	const char *example, struct kvk_error *why)
{
	char group[64], safe[256];

	KVK_FORMAT(group, "%.*s", (int)(strrchr(name, '.') + 1 - name), name);
	return kvk_error_set(why, KVK_ERR_CONFIG,
		_("'%s' has other settings of this channel, but not %s; add it, for example: %s"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(origin_of(settings, group))), name,
		example);
}

/* The options of a channel: those of the network, with a CA file of its own where it has one. */
static enum kvk_err read_options(const struct kvk_settings *settings,
	const struct kvk_channels *channels, const char *ca_file, struct kvk_net_options *out,
	struct kvk_error *why)
{
	const char *own = kvk_setting_string(settings, ca_file);
	enum kvk_err err = KVK_OK;

	*out = channels->net.options;
	if (own == NULL)
		goto out;
	KVK_TRY(kvk_net_settings_check_ca(ca_file, own, why));
	out->ca_file = own;
out:
	return err;
}

static struct kvk_event_channel *add(
	struct kvk_channels *channels, const char *name, const char *where)
{
	struct kvk_event_channel *channel = &channels->list[channels->count];

	channels->names[channels->count++] = name;
	channel->name = name;
	channel->where = where;
	return channel;
}

/* Appends the members of a list of addresses, a line each. */
static enum kvk_err append_list(
	const struct kvk_settings *settings, const char *name, struct kvk_blob *out)
{
	const struct kvk_conf *layer = kvk_setting_layer(settings, name);
	const size_t count = layer != NULL ? kvk_conf_count(layer, name) : 0;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < count; i++)
		KVK_TRY(kvk_blob_append_format(out, "%s\n", kvk_conf_string_at(layer, name, i)));
out:
	return err;
}

/* Where mail goes, for people. */
static enum kvk_err describe_mail(struct kvk_channels *channels)
{
	const struct kvk_channel_mail *mail = &channels->mail;
	struct kvk_blob to = { 0 };
	char safe[256];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i + 1 < channels->recipients.n; i++)
		KVK_TRY(channels->recipients.p[i] == '\n' ?
				kvk_blob_append_text(&to, ", ") :
				kvk_blob_append_byte(&to, channels->recipients.p[i]));
	err = kvk_blob_append_format(&channels->mail_where, _("%s, sent with %s"),
		kvk_blob_str(&to),
		kvk_escape_to(safe, sizeof safe,
			kvk_span_of(mail->smtp != NULL ? mail->smtp : mail->sendmail)));
out:
	kvk_blob_free(&to);
	return err;
}

static enum kvk_err read_password(
	const struct kvk_settings *settings, struct kvk_channels *channels, struct kvk_error *why)
{
	bool found;
	enum kvk_err err;

	channels->mail.user = kvk_setting_string(settings, "notify.mail.user");
	if (channels->mail.user == NULL)
		return KVK_OK;
	KVK_TRY(kvk_channel_secret_read(settings, "notify.mail.pass_file", MAIL_CREDENTIAL,
		&channels->password, &found, why));
	channels->mail.password = &channels->password;
	if (!found)
		err = kvk_error_set(why, KVK_ERR_CONFIG,
			_("notify.mail.user is set, but no password: set notify.mail.pass_file, or "
			  "pass the credential '%s' to the unit"),
			MAIL_CREDENTIAL);
out:
	return err;
}

static enum kvk_err read_mail(
	const struct kvk_settings *settings, struct kvk_channels *channels, struct kvk_error *why)
{
	const char *starttls = kvk_setting_string(settings, "notify.mail.starttls");
	struct kvk_channel_mail *mail = &channels->mail;
	struct kvk_event_channel *channel;
	struct kvk_error inner = { "" };
	char safe[256];
	enum kvk_err err;

	if (!is_set(settings, "notify.mail."))
		return KVK_OK;
	mail->from = kvk_setting_string(settings, "notify.mail.from");
	mail->smtp = kvk_setting_string(settings, "notify.mail.smtp");
	mail->starttls = starttls == NULL || strcmp(starttls, "none") != 0;
	mail->sendmail = kvk_setting_string(settings, "notify.mail.sendmail");
	if (mail->from == NULL)
		return missing(
			settings, "notify.mail.from", "from = \"kvkcsr@voorbeeld.nl\";", why);
	if ((mail->smtp == NULL) == (mail->sendmail == NULL))
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("'%s': notify.mail requires either 'smtp' or 'sendmail', and not both; "
			  "for example: smtp = \"smtp://mail.voorbeeld.nl:587\";"),
			kvk_escape_to(safe, sizeof safe,
				kvk_span_of(origin_of(settings, "notify.mail."))));
	KVK_TRY(read_options(settings, channels, "notify.mail.ca_file", &mail->options, why));
	KVK_TRY(read_password(settings, channels, why));
	if (mail->smtp != NULL)
		KVK_TRY(kvk_net_mail_check(
			&(struct kvk_net_mail){
				.url = mail->smtp, .starttls = mail->starttls, .user = mail->user },
			why));
	KVK_TRY(append_list(settings, "notify.mail.to", &channels->recipients));
	if (channels->recipients.n == 0)
		KVK_TRY(append_list(settings, "notify.fallback", &channels->recipients));
	if (channels->recipients.n == 0)
		return missing(
			settings, "notify.mail.to", "to = [ \"beheer@voorbeeld.nl\" ];", why);
	if (mail->smtp == NULL)
		KVK_TRY(kvk_setting_set_error(kvk_program_check(mail->sendmail, &inner),
			"notify.mail.sendmail", &inner, why));
	KVK_TRY(describe_mail(channels));
	channel = add(channels, KVK_CHANNEL_MAIL, kvk_blob_str(&channels->mail_where));
	channel->context = mail;
	channel->recipients = kvk_blob_str(&channels->recipients);
	channel->compose = kvk_channel_mail_compose;
	channel->send = kvk_channel_mail_send;
out:
	return err;
}

/* Scheme and host of an address that may hold a secret; escaped. */
static void show_address(const char *url, char *out, size_t size)
{
	const char *host = strstr(url, "://") + 3;
	const size_t n = (size_t)(host - url) + strcspn(host, "/?#");
	char safe[256];

	kvk_escape_to(safe, sizeof safe, (struct kvk_span){ (const uint8_t *)url, n });
	kvk_format(out, size, url[n] == '\0' ? "%s" : "%s/...", safe);
}

/* Reads a template: of the data directory by its name, or of the user by its path. */
static enum kvk_err read_template(
	const char *folder, const char *name, struct kvk_blob *out, struct kvk_error *why)
{
	const bool own = name[0] == '/';
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(own ? kvk_blob_append_text(&path, name) :
		      kvk_blob_append_format(&path, "%s/%s/%s", kvk_datadir(), folder, name));
	err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_TEMPLATE, 0, out);
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), KVK_LIMIT_TEMPLATE);
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err read_body(
	const struct kvk_settings *settings, struct kvk_channels *channels, struct kvk_error *why)
{
	const char *name = kvk_setting_string(settings, "notify.webhook.template");
	struct kvk_error inner = { "" };
	char file[64];

	if (name[0] != '/')
		KVK_FORMAT(file, "%s.json", name);
	return kvk_setting_set_error(
		read_template("webhook", name[0] == '/' ? name : file, &channels->body, &inner),
		"notify.webhook.template", &inner, why);
}

/* Whether the template can be filled in: before there is anything to send. */
static enum kvk_err check_body(struct kvk_channel_webhook *webhook, struct kvk_error *why)
{
	const struct kvk_message nothing = { "", "", "", "", 0, "", "", "" };
	struct kvk_error inner = { "" };
	struct kvk_blob body = { 0 };
	const enum kvk_err err = kvk_channel_webhook_compose(webhook, &nothing, &body, &inner);

	kvk_blob_free(&body);
	return kvk_setting_set_error(err, "notify.webhook.template", &inner, why);
}

static enum kvk_err read_webhook(
	const struct kvk_settings *settings, struct kvk_channels *channels, struct kvk_error *why)
{
	struct kvk_channel_webhook *webhook = &channels->webhook;
	struct kvk_event_channel *channel;
	bool found;
	enum kvk_err err;

	if (!is_set(settings, "notify.webhook."))
		return KVK_OK;
	webhook->url = kvk_setting_string(settings, "notify.webhook.url");
	if (webhook->url == NULL)
		return missing(settings, "notify.webhook.url",
			"url = \"https://chat.voorbeeld.nl/hook\";", why);
	show_address(webhook->url, channels->webhook_shown, sizeof channels->webhook_shown);
	webhook->shown = channels->webhook_shown;
	KVK_TRY(read_options(settings, channels, "notify.webhook.ca_file", &webhook->options, why));
	KVK_TRY(read_body(settings, channels, why));
	webhook->frame = kvk_span_of_blob(&channels->body);
	KVK_TRY(check_body(webhook, why));
	KVK_TRY(kvk_channel_secret_read(settings, "notify.webhook.secret_file", WEBHOOK_CREDENTIAL,
		&channels->secret, &found, why));
	webhook->secret = found ? &channels->secret : NULL;
	channel = add(channels, KVK_CHANNEL_WEBHOOK, webhook->shown);
	channel->context = webhook;
	channel->compose = kvk_channel_webhook_compose;
	channel->send = kvk_channel_webhook_send;
out:
	return err;
}

static enum kvk_err read_command(
	const struct kvk_settings *settings, struct kvk_channels *channels, struct kvk_error *why)
{
	static const char name[] = "notify.command.argv";
	const struct kvk_conf *layer = kvk_setting_layer(settings, name);
	const size_t count = layer != NULL ? kvk_conf_count(layer, name) : 0;
	struct kvk_event_channel *channel;
	struct kvk_error inner = { "" };
	enum kvk_err err;

	if (!is_set(settings, "notify.command."))
		return KVK_OK;
	if (count == 0)
		return missing(settings, name, "argv = [ \"/usr/local/bin/notify\" ];", why);
	channels->argv = kvk_calloc(count + 1, sizeof *channels->argv);
	if (channels->argv == NULL)
		return KVK_ERR_MEMORY;
	for (size_t i = 0; i < count; i++)
		channels->argv[i] = kvk_conf_string_at(layer, name, i);
	KVK_TRY(kvk_setting_set_error(
		kvk_program_check(channels->argv[0], &inner), name, &inner, why));
	channels->command = (struct kvk_channel_command){
		.argv = channels->argv,
		.timeout = kvk_setting_integer(settings, "notify.command.timeout", 0) * KVK_SECOND,
	};
	kvk_escape_to(channels->command_where, sizeof channels->command_where,
		kvk_span_of(channels->argv[0]));
	channel = add(channels, KVK_CHANNEL_COMMAND, channels->command_where);
	channel->context = &channels->command;
	channel->compose = kvk_channel_command_compose;
	channel->send = kvk_channel_command_send;
out:
	return err;
}

static enum kvk_err read_heartbeat(
	const struct kvk_settings *settings, struct kvk_channels *channels, struct kvk_error *why)
{
	struct kvk_channel_webhook *heartbeat = &channels->heartbeat;

	channels->has_heartbeat = is_set(settings, "notify.heartbeat.");
	if (!channels->has_heartbeat)
		return KVK_OK;
	heartbeat->url = kvk_setting_string(settings, "notify.heartbeat.url");
	if (heartbeat->url == NULL)
		return missing(settings, "notify.heartbeat.url",
			"url = \"https://monitor.voorbeeld.nl/ping\";", why);
	show_address(heartbeat->url, channels->heartbeat_shown, sizeof channels->heartbeat_shown);
	heartbeat->shown = channels->heartbeat_shown;
	heartbeat->options = channels->net.options;
	return KVK_OK;
}

/* The text of messages, in the language of the channels. */
static enum kvk_err read_frame(
	const struct kvk_settings *settings, struct kvk_channels *channels, struct kvk_error *why)
{
	const char *language = kvk_setting_string(settings, "notify.mail.language");
	struct kvk_error inner = { "" };
	char file[16];

	if (language == NULL)
		language = kvk_setting_string(settings, "notify.language");
	KVK_FORMAT(file, "%s.txt", language != NULL ? language : LANGUAGE);
	return kvk_setting_set_error(read_template("mail", file, &channels->frame, &inner),
		"notify.language", &inner, why);
}

enum kvk_err kvk_channels_read(
	const struct kvk_settings *settings, struct kvk_channels *out, struct kvk_error *why)
{
	enum kvk_err err;

	if (!is_set(settings, "notify."))
		return KVK_OK;
	if (gethostname(out->host, sizeof out->host - 1) != 0)
		KVK_FORMAT(out->host, "localhost");
	KVK_TRY(kvk_net_settings_read(settings, &out->net, why));
	kvk_net_settings_steady(&out->net.options);
	KVK_TRY(read_command(settings, out, why));
	KVK_TRY(read_webhook(settings, out, why));
	KVK_TRY(read_mail(settings, out, why));
	KVK_TRY(read_heartbeat(settings, out, why));
	if (out->count > 0)
		KVK_TRY(read_frame(settings, out, why));
out:
	return err;
}

const struct kvk_event_channel *kvk_channels_find(
	const struct kvk_channels *channels, const char *name)
{
	for (size_t i = 0; i < channels->count; i++)
		if (strcmp(channels->list[i].name, name) == 0)
			return &channels->list[i];
	return NULL;
}

void kvk_channels_events(
	const struct kvk_channels *channels, const struct kvk_home *home, struct kvk_events *out)
{
	out->channels = channels->list;
	out->count = channels->count;
	out->host = channels->host;
	out->home = kvk_home_text(home);
	out->home_named = !home->usual;
	out->frame = kvk_span_of_blob(&channels->frame);
}

void kvk_channels_free(struct kvk_channels *channels)
{
	kvk_net_settings_free(&channels->net);
	kvk_secret_free(&channels->password);
	kvk_secret_free(&channels->secret);
	kvk_blob_free(&channels->frame);
	kvk_blob_free(&channels->body);
	kvk_blob_free(&channels->recipients);
	kvk_blob_free(&channels->mail_where);
	kvk_free(channels->argv);
	*channels = (struct kvk_channels){ .count = 0 };
}
