/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "app/channels.h"
#include "app/store.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/word.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "report/channel_lines.h"

/* The channels that take messages, and the heartbeat. */
#define CHANNELS (KVK_EVENT_CHANNELS + 1)
/* Characters of the name of a unit, as systemd has them. */
#define UNIT_SIZE 256
#define SUBJECT_SIZE (UNIT_SIZE + 64)
/* What the line in cron's file names instead of a unit. */
#define CRON "cron"

struct notify_config {
	struct kvk_common common;
};

/* One run. */
struct notify {
	const struct notify_config *config;
	struct kvk_store *store;
	struct kvk_channels *channels;
	struct kvk_events events;
	/* What is shown, and the explanations that it points to. */
	struct kvk_channel_line lines[CHANNELS];
	struct kvk_error why[CHANNELS];
	size_t count;
};

enum action { LIST, TEST, FAILED, ACTIONS };

static const struct kvk_option options[] = {
	OPT_HOME(struct notify_config),
	OPT_CONFIG(struct notify_config),
	OPT_JSON(struct notify_config),
	OPT_END,
};

static enum kvk_exit check(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "notify",
	.synopsis = N_("list|test|failed [CHANNEL|UNIT]"),
	.summary = N_("list the channels that 'check' notifies, and test them"),
	.details = N_("The configuration sets who is notified, and how: notify.mail, "
		      "notify.webhook, notify.command and notify.heartbeat (see kvkcsr.cfg(5)).\n\n"
		      "  kvkcsr notify list\n"
		      "  kvkcsr notify test mail\n"
		      "  kvkcsr notify failed UNIT\n\n"
		      "'test' sends a test message the way a notification is sent. 'failed' tells "
		      "every channel except the heartbeat that a systemd unit has failed; it is "
		      "for OnFailure=."),
	.options = options,
	.minimum = 1,
	.maximum = 2,
	.check = check,
};

static const char *const actions[ACTIONS] = {
	[LIST] = "list",
	[TEST] = "test",
	[FAILED] = "failed",
};

static enum action action_of(const char *name)
{
	return (enum action)kvk_word_index(name, actions, ACTIONS);
}

static enum kvk_exit check(const void *config, char **arguments)
{
	char safe[64];

	(void)config;
	if (action_of(arguments[0]) != ACTIONS)
		return KVK_GO_ON;
	return kvk_usage_error(&usage, _("unknown action '%s'; it is list, test or failed"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(arguments[0])));
}

/* Whether the action has what it needs. */
static enum kvk_exit check_count(enum action action, size_t count)
{
	if (action == LIST && count > 1)
		return kvk_usage_error(&usage, _("list takes no argument"));
	if (action == TEST && count < 2)
		return kvk_usage_error(&usage,
			_("'test' requires the name of a channel, which 'kvkcsr notify list' "
			  "shows"));
	if (action == FAILED && count < 2)
		return kvk_usage_error(&usage, _("'failed' requires the name of a systemd unit"));
	return KVK_GO_ON;
}

/* When something last happened to a channel; 0: never. */
static kvk_time noted(const struct notify *notify, const char *what, const char *channel)
{
	kvk_time at;

	if (notify->store->inventory == NULL ||
		kvk_inventory_channel_noted(notify->store->inventory, what, channel, &at) != KVK_OK)
		return 0;
	return at;
}

static void add_line(struct notify *notify, const char *name, const char *where)
{
	notify->lines[notify->count++] = (struct kvk_channel_line){
		.name = name,
		.where = where,
		.worked = noted(notify, "worked", name),
		.failed = noted(notify, "failed", name),
	};
}

static enum kvk_exit list(struct notify *notify)
{
	const struct kvk_channels *channels = notify->channels;
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	for (size_t i = 0; i < channels->count; i++)
		add_line(notify, channels->list[i].name, channels->list[i].where);
	if (channels->has_heartbeat)
		add_line(notify, KVK_CHANNEL_HEARTBEAT, channels->heartbeat.shown);
	err = notify->config->common.json ?
		kvk_channel_lines_json(notify->lines, notify->count, &out) :
		kvk_channel_lines_text(notify->lines, notify->count, &paper, &out);
	return kvk_step_write(err, &out, KVK_EXIT_OK);
}

/* Keeps what became of a message, and warns where it did not arrive. */
static enum kvk_exit settle(struct notify *notify, enum kvk_err err)
{
	struct kvk_channel_line *line = &notify->lines[notify->count - 1];
	struct kvk_error *why = &notify->why[notify->count - 1];

	if (err == KVK_OK)
		return KVK_EXIT_OK;
	if (why->text[0] == '\0')
		(void)kvk_error_set(why, err, "%s", kvk_error_text(err));
	line->error = why->text;
	kvk_warn("%s: %s", line->name, why->text);
	return KVK_EXIT_UNKNOWN;
}

/* Sends words on one channel. */
static enum kvk_exit say(struct notify *notify, const struct kvk_event_channel *channel,
	const char *subject, const char *text)
{
	add_line(notify, channel->name, channel->where);
	return settle(notify,
		kvk_events_send_words(
			&notify->events, channel, subject, text, &notify->why[notify->count - 1]));
}

static enum kvk_exit write_sent(struct notify *notify, enum kvk_exit code)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	err = notify->config->common.json ?
		kvk_channel_sent_json(notify->lines, notify->count, &out) :
		kvk_channel_sent_text(notify->lines, notify->count, &paper, &out);
	return kvk_step_write(err, &out, code);
}

static enum kvk_exit call_heartbeat(struct notify *notify)
{
	const struct kvk_notification *notification = &notify->events.notification;
	enum kvk_err err;

	err = kvk_channel_heartbeat_call(&notify->channels->heartbeat, &notify->why[0]);
	if (notification->inventory != NULL)
		(void)kvk_events_note_sent(
			notification, KVK_CHANNEL_HEARTBEAT, err == KVK_OK, false);
	return settle(notify, err);
}

static enum kvk_exit test(struct notify *notify, const char *name)
{
	const struct kvk_event_channel *channel = kvk_channels_find(notify->channels, name);
	char subject[64], safe[64];
	enum kvk_exit code;

	if (channel != NULL) {
		KVK_FORMAT(subject, _("%s: test of the channel '%s'"), PACKAGE_NAME, name);
		code = say(notify, channel, subject,
			_("This is a test. No certificate is affected.\n\nNotifications from "
			  "'kvkcsr check' arrive in the same way.\n\n"));
		return write_sent(notify, code);
	}
	if (!notify->channels->has_heartbeat || strcmp(name, KVK_CHANNEL_HEARTBEAT) != 0)
		return kvk_usage_error(&usage,
			_("the channel '%s' is not set in the configuration, whose files 'kvkcsr "
			  "config' names; 'kvkcsr notify list' lists the channels that are set"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(name)));
	add_line(notify, KVK_CHANNEL_HEARTBEAT, notify->channels->heartbeat.shown);
	return write_sent(notify, call_heartbeat(notify));
}

/* What is said of a daily check that cron started. */
static enum kvk_err word_cron_failure(
	const struct notify *notify, char subject[static SUBJECT_SIZE], struct kvk_blob *text)
{
	struct kvk_blob home = { 0 };
	enum kvk_err err;

	kvk_format(subject, SUBJECT_SIZE, _("%s: the daily check failed"), PACKAGE_NAME);
	KVK_TRY(kvk_escape_shell(&home, kvk_span_of(notify->events.home)));
	KVK_TRY(kvk_blob_append_format(text,
		_("The daily check that cron runs failed, so certificates may not have been "
		  "checked. This shows why:\n\n    kvkcsr check --home %s\n\nUntil it is fixed, "
		  "nobody may be warned before a certificate expires.\n\n"),
		kvk_blob_str(&home)));
out:
	kvk_blob_free(&home);
	return err;
}

/* What is said of a unit of systemd. */
static enum kvk_err word_unit_failure(
	const char *unit, char subject[static SUBJECT_SIZE], struct kvk_blob *text)
{
	struct kvk_blob command = { 0 };
	char safe[UNIT_SIZE];
	enum kvk_err err;

	kvk_escape_to(safe, sizeof safe, kvk_span_of(unit));
	kvk_format(subject, SUBJECT_SIZE, _("%s: the unit '%s' failed"), PACKAGE_NAME, safe);
	KVK_TRY(kvk_escape_shell(&command, kvk_span_of(unit)));
	KVK_TRY(kvk_blob_append_format(text,
		_("The systemd unit '%s' failed, so certificates may not have been checked. This "
		  "shows why:\n\n    journalctl -u %s\n\nUntil it is fixed, nobody may be "
		  "warned before a certificate expires.\n\n"),
		safe, kvk_blob_str(&command)));
out:
	kvk_blob_free(&command);
	return err;
}

static enum kvk_exit failed(struct notify *notify, const char *unit)
{
	const struct kvk_channels *channels = notify->channels;
	char subject[SUBJECT_SIZE];
	struct kvk_blob text = { 0 };
	enum kvk_exit code = KVK_EXIT_OK;
	enum kvk_err err;

	KVK_TRY(strcmp(unit, CRON) == 0 ? word_cron_failure(notify, subject, &text) :
					  word_unit_failure(unit, subject, &text));
	for (size_t i = 0; i < channels->count; i++)
		code = kvk_exit_graver(
			code, say(notify, &channels->list[i], subject, kvk_blob_str(&text)));
	if (channels->count == 0) {
		kvk_warn(_("no channel is set in the configuration, whose files 'kvkcsr config' "
			   "names, "
			   "so nobody was notified"));
		code = KVK_EXIT_UNKNOWN;
	}
	code = write_sent(notify, code);
out:
	kvk_blob_free(&text);
	return err == KVK_OK ? code : kvk_step(err, &(struct kvk_error){ "" });
}

/*
 * Opens the inventory. That a unit failed is told in any case: an inventory that cannot be opened
 * may be the very reason, and would only keep when each channel worked.
 */
static enum kvk_exit look(const char *home, enum action action, struct kvk_store *store)
{
	const enum kvk_exit code = kvk_step_store_look(home, store);

	return action == FAILED ? KVK_GO_ON : code;
}

enum kvk_exit kvk_cmd_notify(struct kvk_run *run)
{
	struct notify_config config = { 0 };
	struct kvk_store store = { 0 };
	struct kvk_channels channels = { .count = 0 };
	struct notify notify = { .config = &config, .store = &store, .channels = &channels };
	struct kvk_error why = { "" };
	enum action action;
	kvk_time now;
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	action = action_of(run->arguments[0]);
	KVK_STEP(check_count(action, run->count));
	KVK_STEP(kvk_step_now(&now));
	KVK_STEP(kvk_step(kvk_channels_read(&run->settings, &channels, &why), &why));
	KVK_STEP(look(config.common.home, action, &store));
	kvk_channels_events(&channels, &store.home, &notify.events);
	notify.events.notification = (struct kvk_notification){
		.inventory = store.inventory,
		.at = now,
		.now = now,
	};
	if (action == TEST)
		code = test(&notify, run->arguments[1]);
	else if (action == FAILED)
		code = failed(&notify, run->arguments[1]);
	else
		code = list(&notify);
out:
	kvk_store_close(&store);
	kvk_channels_free(&channels);
	return code;
}
