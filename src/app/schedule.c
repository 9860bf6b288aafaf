/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/schedule.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/schedule_render.h"
#include "base/ascii.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/path.h"
#include "base/tool.h"

#define SYSTEM_UNITS "/etc/systemd/system"
#define CRON_FILE "/etc/cron.d/kvkcsr"
#define TEST_UNIT "kvkcsr-test@.service"

/* The hours that are left free, in minutes after midnight, the ends included. */
#define NIGHT_BEGINS (1 * 60)
#define NIGHT_ENDS (4 * 60)
/* By how many minutes systemd may be late besides (AccuracySec). */
#define ACCURACY 1

enum kvk_err kvk_schedule_time(const char *text, int *minutes)
{
	if (strlen(text) != 5 || text[2] != ':')
		return KVK_ERR_ARGUMENT;
	for (size_t i = 0; i < 5; i++)
		if (i != 2 && !kvk_is_digit((uint8_t)text[i]))
			return KVK_ERR_ARGUMENT;
	*minutes = atoi(text) * 60 + atoi(text + 3);
	if (atoi(text) > 23 || atoi(text + 3) > 59)
		return KVK_ERR_ARGUMENT;
	if (*minutes + KVK_SCHEDULE_DELAY + ACCURACY >= NIGHT_BEGINS && *minutes <= NIGHT_ENDS)
		return KVK_ERR_REFUSED;
	return KVK_OK;
}

/* The folder of the user's units. KVK_ERR_NOT_FOUND where the environment names none. */
static enum kvk_err user_units(struct kvk_blob *out)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (base != NULL && base[0] == '/')
		return kvk_path_join(out, base, "systemd/user");
	if (home != NULL && home[0] == '/')
		return kvk_path_join(out, home, ".config/systemd/user");
	return KVK_ERR_NOT_FOUND;
}

/* Where units exist until the computer is switched off. */
static enum kvk_err passing_units(bool user, struct kvk_blob *out)
{
	const char *base = getenv("XDG_RUNTIME_DIR");

	if (!user)
		return kvk_blob_set(out, kvk_span_of("/run/systemd/system"));
	if (base != NULL && base[0] == '/')
		return kvk_path_join(out, base, "systemd/user");
	return KVK_ERR_NOT_FOUND;
}

enum kvk_err kvk_schedule_paths(
	enum kvk_schedule_kind kind, struct kvk_schedule *out, struct kvk_error *why)
{
	static const char *const units[] = { KVK_SCHEDULE_CHECK, KVK_SCHEDULE_TIMER,
		KVK_SCHEDULE_FAILED };
	struct kvk_blob folder = { 0 };
	enum kvk_err err;

	out->kind = kind;
	if (kind == KVK_SCHEDULE_CRON) {
		out->count = 1;
		return kvk_blob_set(&out->files[0].path, kvk_span_of(CRON_FILE));
	}
	err = kind == KVK_SCHEDULE_USER ? user_units(&folder) :
					  kvk_blob_set(&folder, kvk_span_of(SYSTEM_UNITS));
	if (err == KVK_ERR_NOT_FOUND)
		kvk_error_set(why, err,
			_("neither XDG_CONFIG_HOME nor HOME names a folder for your units"));
	KVK_TRY(err);
	for (size_t i = 0; i < KVK_SCHEDULE_FILES; i++)
		KVK_TRY(kvk_path_join(&out->files[i].path, kvk_blob_str(&folder), units[i]));
	out->count = KVK_SCHEDULE_FILES;
	/* Where there is no such folder there is no systemd that could test. */
	err = passing_units(kind == KVK_SCHEDULE_USER, &folder);
	if (err == KVK_OK)
		KVK_TRY(kvk_path_join(&out->test.path, kvk_blob_str(&folder), TEST_UNIT));
	else if (err == KVK_ERR_NOT_FOUND)
		err = KVK_OK;
out:
	kvk_blob_free(&folder);
	return err;
}

/* What fills the templates, and is freed with free_words(). */
struct words {
	struct kvk_blob program, path, arguments, environment, writable, confinement;
};

static void free_words(struct words *words)
{
	kvk_blob_free(&words->program);
	kvk_blob_free(&words->path);
	kvk_blob_free(&words->arguments);
	kvk_blob_free(&words->environment);
	kvk_blob_free(&words->writable);
	kvk_blob_free(&words->confinement);
}

/* A control character would end a line, and be another setting. */
static enum kvk_err check_path(const char *path, struct kvk_error *why)
{
	char safe[256];

	if (!kvk_text_is_risky(kvk_span_of(path)))
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_ARGUMENT,
		_("'%s' contains a character that cannot be written to a unit or to a file for "
		  "cron"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

/* Appends an option and its value, which is a path. */
static enum kvk_err append_option(const struct kvk_schedule_order *order, const char *name,
	const char *path, struct kvk_blob *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(check_path(path, why));
	KVK_TRY(kvk_blob_append_format(out, " %s ", name));
	KVK_TRY(order->kind == KVK_SCHEDULE_CRON ? kvk_schedule_quote_cron(out, path) :
						   kvk_schedule_quote_argument(out, path));
out:
	return err;
}

/* A variable by which the program finds the user's own configuration. */
static enum kvk_err append_variable(const char *name, struct kvk_blob *out, struct kvk_error *why)
{
	const char *value = getenv(name);
	struct kvk_blob whole = { 0 };
	enum kvk_err err = KVK_OK;

	if (value == NULL || value[0] != '/')
		return KVK_OK;
	KVK_TRY(check_path(value, why));
	KVK_TRY(kvk_blob_append_format(&whole, "%s=%s", name, value));
	KVK_TRY(kvk_blob_append_text(out, "Environment="));
	KVK_TRY(kvk_schedule_quote_setting(out, kvk_blob_str(&whole)));
	KVK_TRY(kvk_blob_append_text(out, "\n"));
out:
	kvk_blob_free(&whole);
	return err;
}

/*
 * The configuration that is in force now, and whose channels are tested now, is the one that the
 * check reads: the one file, or else those that the program finds by itself.
 */
static enum kvk_err find_configuration(
	const struct kvk_schedule_order *order, struct words *words, struct kvk_error *why)
{
	const struct kvk_settings *settings = order->settings;
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	if (order->config != NULL || settings->count == 1) {
		KVK_TRY(kvk_path_absolute(
			&path, order->config != NULL ? order->config : settings->paths[0]));
		KVK_TRY(append_option(
			order, "--config", kvk_blob_str(&path), &words->arguments, why));
	} else {
		KVK_TRY(append_variable("HOME", &words->environment, why));
		KVK_TRY(append_variable("XDG_CONFIG_HOME", &words->environment, why));
	}
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err find_words(
	const struct kvk_schedule_order *order, struct words *words, struct kvk_error *why)
{
	const bool cron = order->kind == KVK_SCHEDULE_CRON;
	const char *home = kvk_home_text(order->home);
	struct kvk_blob self = { 0 }, writable = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_tool_self(&self));
	KVK_TRY(check_path(kvk_blob_str(&self), why));
	KVK_TRY(kvk_schedule_quote_path(&words->path, kvk_blob_str(&self)));
	KVK_TRY(cron ? kvk_schedule_quote_cron(&words->program, kvk_blob_str(&self)) :
		       kvk_schedule_quote_argument(&words->program, kvk_blob_str(&self)));
	KVK_TRY(append_option(order, "--home", home, &words->arguments, why));
	KVK_TRY(find_configuration(order, words, why));
	/* It may be made later. */
	KVK_TRY(kvk_blob_append_format(&writable, "-%s", home));
	KVK_TRY(kvk_schedule_quote_setting(&words->writable, kvk_blob_str(&writable)));
out:
	kvk_blob_free(&writable);
	kvk_blob_free(&self);
	return err;
}

static enum kvk_err make_units(const struct kvk_schedule_order *order, struct words *words,
	struct kvk_schedule *out, struct kvk_error *why)
{
	static const char *const templates[] = { "check.service", "check.timer", "failed.service" };
	const int minutes = order->minutes >= 0 ? order->minutes : KVK_SCHEDULE_TIME;
	char time[16], delay[16];
	struct kvk_schedule_value values[] = {
		{ "writable", kvk_blob_str(&words->writable) },
		{ "program", kvk_blob_str(&words->program) },
		{ "program_path", kvk_blob_str(&words->path) },
		{ "arguments", kvk_blob_str(&words->arguments) },
		{ "environment", kvk_blob_str(&words->environment) },
		{ "time", time },
		{ "delay", delay },
		{ "confinement", "" },
		{ NULL, NULL },
	};
	enum kvk_err err;

	kvk_format(time, sizeof time, "%02d:%02d", minutes / 60, minutes % 60);
	kvk_format(delay, sizeof delay, "%d", KVK_SCHEDULE_DELAY);
	KVK_TRY(kvk_schedule_render(
		order->kind == KVK_SCHEDULE_USER ? "confinement-user" : "confinement-system",
		values, &words->confinement, why));
	/* The templates end the line themselves. */
	words->confinement.p[--words->confinement.n] = '\0';
	values[sizeof values / sizeof *values - 2].value = kvk_blob_str(&words->confinement);
	for (size_t i = 0; i < out->count; i++)
		KVK_TRY(kvk_schedule_render(templates[i], values, &out->files[i].text, why));
	KVK_TRY(kvk_schedule_render("test.service", values, &out->test.text, why));
out:
	return err;
}

/* Other minutes for other computers (FNV-1a of their names), since cron delays nothing. */
static int spread(int range)
{
	char name[256] = "";
	unsigned hash = 2166136261u;

	(void)gethostname(name, sizeof name - 1);
	for (const char *p = name; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * 16777619u;
	return (int)(hash % (unsigned)range);
}

static enum kvk_err make_cron(const struct kvk_schedule_order *order, const struct words *words,
	struct kvk_schedule *out, struct kvk_error *why)
{
	const int minutes = order->minutes >= 0 ? order->minutes :
						  KVK_SCHEDULE_TIME + spread(KVK_SCHEDULE_DELAY);
	char minute[16], hour[16];
	const struct kvk_schedule_value values[] = {
		{ "program", kvk_blob_str(&words->program) },
		{ "arguments", kvk_blob_str(&words->arguments) },
		{ "quiet", order->quiet ? " --quiet" : "" },
		{ "minute", minute },
		{ "hour", hour },
		{ NULL, NULL },
	};

	kvk_format(minute, sizeof minute, "%d", minutes % 60);
	kvk_format(hour, sizeof hour, "%d", minutes / 60);
	return kvk_schedule_render("cron", values, &out->files[0].text, why);
}

enum kvk_err kvk_schedule_make(
	const struct kvk_schedule_order *order, struct kvk_schedule *out, struct kvk_error *why)
{
	struct words words = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_schedule_paths(order->kind, out, why));
	KVK_TRY(find_words(order, &words, why));
	KVK_TRY(order->kind == KVK_SCHEDULE_CRON ? make_cron(order, &words, out, why) :
						   make_units(order, &words, out, why));
out:
	free_words(&words);
	return err;
}

void kvk_schedule_free(struct kvk_schedule *schedule)
{
	for (size_t i = 0; i < KVK_SCHEDULE_FILES; i++) {
		kvk_blob_free(&schedule->files[i].path);
		kvk_blob_free(&schedule->files[i].text);
	}
	kvk_blob_free(&schedule->test.path);
	kvk_blob_free(&schedule->test.text);
	memset(schedule, 0, sizeof *schedule);
}

void kvk_schedule_channels(const struct kvk_settings *settings, struct kvk_schedule_channels *out)
{
	static const struct {
		const char *channel, *setting;
	} settings_of[] = {
		{ "mail", "notify.mail.smtp" },
		{ "webhook", "notify.webhook.url" },
		{ "command", "notify.command.argv" },
	};

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < sizeof settings_of / sizeof *settings_of; i++)
		if (kvk_setting_layer(settings, settings_of[i].setting) != NULL)
			out->names[out->count++] = settings_of[i].channel;
	out->sendmail = kvk_setting_layer(settings, "notify.mail.sendmail") != NULL &&
		kvk_setting_layer(settings, "notify.mail.smtp") == NULL;
}
