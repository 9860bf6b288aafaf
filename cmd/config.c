/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "app/channels.h"
#include "app/api_key.h"
#include "app/net_settings.h"
#include "app/trusted.h"
#include "base/i18n.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "report/setting_views.h"

/* What is shown in place of a secret. */
#define HIDDEN "(set, not shown)"

struct config_config {
	struct kvk_common common;
};

static const struct kvk_option options[] = {
	OPT_CONFIG(struct config_config),
	OPT_JSON(struct config_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "config",
	.synopsis = N_("[OPTION]..."),
	.summary = N_("show the configuration in use, and check it"),
	.details = N_("The files that are read are named first. The settings follow in the "
		      "form of a configuration file, each with the file that sets it; a setting "
		      "that no file sets is a comment. If a file contains a mistake, its line and "
		      "the reason are shown, "
		      "and the exit "
		      "status is 78. The files that the settings name are checked as well."),
	.options = options,
};

/* The addresses of services such as chats are passwords, too. */
static bool is_secret(const char *name)
{
	static const char *const names[] = { "kvk.api_key", "notify.webhook.url",
		"notify.heartbeat.url" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* A webhook without its address, which is a secret, would be a mistake. */
static bool needs_secret(const char *name)
{
	static const char group[] = "notify.webhook.";

	return strncmp(name, group, sizeof group - 1) == 0;
}

/* The members of a list, separated by commas; layer is NULL where no file has it. */
static enum kvk_err list_text(
	const struct kvk_conf *layer, const struct kvk_conf_row *row, struct kvk_blob *out)
{
	const size_t count = layer != NULL ? kvk_conf_count(layer, row->name) : 0;
	enum kvk_err err = KVK_OK;

	if (layer == NULL && row->fallback != NULL)
		return kvk_blob_append_text(out, row->fallback);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			KVK_TRY(kvk_blob_append_text(out, ", "));
		KVK_TRY(row->type == KVK_CONF_STRINGS ?
				kvk_blob_append_text(out, kvk_conf_string_at(layer, row->name, i)) :
				kvk_blob_append_format(
					out, "%lld", kvk_conf_integer_at(layer, row->name, i)));
	}
out:
	return err;
}

/* The value in force as text, empty where there is none; not escaped. */
static enum kvk_err value_text(
	const struct kvk_settings *settings, const struct kvk_conf_row *row, struct kvk_blob *out)
{
	const struct kvk_conf *layer = kvk_setting_layer(settings, row->name);
	const char *text;

	kvk_blob_clear(out);
	switch (row->type) {
	case KVK_CONF_INTEGER:
		return kvk_blob_append_format(
			out, "%lld", kvk_setting_integer(settings, row->name, 0));
	case KVK_CONF_BOOLEAN:
		return kvk_blob_append_text(
			out, kvk_setting_boolean(settings, row->name, false) ? "true" : "false");
	case KVK_CONF_INTEGERS:
	case KVK_CONF_STRINGS:
		return list_text(layer, row, out);
	default:
		text = kvk_setting_string(settings, row->name);
		if (text == NULL)
			return KVK_OK;
		return kvk_blob_append_text(out, is_secret(row->name) ? HIDDEN : text);
	}
}

/* A list as a file has it. */
static enum kvk_err append_list(const struct kvk_conf *layer, const struct kvk_conf_row *row,
	const char *value, struct kvk_blob *out)
{
	const size_t count = layer != NULL ? kvk_conf_count(layer, row->name) : 0;
	enum kvk_err err;

	if (row->type == KVK_CONF_INTEGERS || count == 0)
		return kvk_blob_append_format(out, "[ %s ]", value);
	KVK_TRY(kvk_blob_append_text(out, "[ "));
	for (size_t i = 0; i < count; i++) {
		KVK_TRY(kvk_blob_append_text(out, i > 0 ? ", " : ""));
		KVK_TRY(kvk_conf_append_quoted(out, kvk_conf_string_at(layer, row->name, i)));
	}
	KVK_TRY(kvk_blob_append_text(out, " ]"));
out:
	return err;
}

/* The setting as a file has it, with dots for a value that there is not or that is not shown. */
static enum kvk_err append_line(
	const struct kvk_conf *layer, const struct kvk_conf_row *row, struct kvk_setting_view *view)
{
	const bool open = view->hidden || (layer == NULL && row->fallback == NULL);
	const char *value = open ? "..." : kvk_blob_str(&view->value);
	const char *dot = strrchr(row->name, '.');
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&view->line, "%s = ", dot != NULL ? dot + 1 : row->name));
	if (row->type == KVK_CONF_STRINGS && open)
		KVK_TRY(kvk_blob_append_text(&view->line, "[ \"...\" ]"));
	else if (row->type == KVK_CONF_STRINGS || row->type == KVK_CONF_INTEGERS)
		KVK_TRY(append_list(layer, row, value, &view->line));
	else if (row->type == KVK_CONF_INTEGER || row->type == KVK_CONF_BOOLEAN)
		KVK_TRY(kvk_blob_append_text(&view->line, value));
	else
		KVK_TRY(kvk_conf_append_quoted(&view->line, value));
	KVK_TRY(kvk_blob_append_text(&view->line, ";"));
out:
	return err;
}

/* All settings with their values; groups are only the frame of others. */
static enum kvk_err collect(const struct kvk_settings *settings, struct kvk_vec *views)
{
	enum kvk_err err = KVK_OK;

	for (const struct kvk_conf_row *row = kvk_settings_schema; row->name != NULL; row++) {
		struct kvk_setting_view *view;

		if (row->type == KVK_CONF_GROUP)
			continue;
		KVK_TRY(kvk_vec_push(views, &view));
		view->name = row->name;
		view->file = kvk_setting_origin(settings, row->name);
		view->summary = _(row->summary);
		view->hidden = view->file != NULL && is_secret(row->name);
		view->comment = view->file == NULL || view->hidden || needs_secret(row->name);
		KVK_TRY(value_text(settings, row, &view->value));
		KVK_TRY(append_line(kvk_setting_layer(settings, row->name), row, view));
	}
out:
	return err;
}

static enum kvk_exit show(const struct config_config *config, const struct kvk_settings *settings,
	enum kvk_net_rule rule)
{
	struct kvk_vec views = KVK_VEC_INIT(struct kvk_setting_view, KVK_SETTING_VIEWS);
	const struct kvk_paper paper = kvk_step_paper(NULL);
	const struct kvk_setting_files files = {
		.read = settings->paths,
		.read_count = settings->count,
		.absent = settings->absent,
		.absent_count = settings->absent_count,
	};
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	KVK_TRY(collect(settings, &views));
	KVK_TRY(config->common.json ? kvk_setting_views_json(&views, rule, &out) :
				      kvk_setting_views_text(&views, &files, rule, &paper, &out));
	if (!kvk_write(&out))
		err = KVK_ERR_WRITE;
out:
	kvk_blob_free(&out);
	kvk_setting_views_free(&views);
	return err == KVK_OK ? KVK_EXIT_OK : KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_cmd_config(struct kvk_run *run)
{
	struct config_config config = { 0 };
	struct kvk_net_settings net = { .no_proxy = NULL };
	struct kvk_channels channels = { .count = 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step(kvk_net_settings_read(&run->settings, &net, &why), &why));
	KVK_STEP(kvk_step(kvk_api_keys_check(&run->settings, &why), &why));
	KVK_STEP(kvk_step(kvk_trusted_check(&run->settings, &why), &why));
	KVK_STEP(kvk_step(kvk_channels_read(&run->settings, &channels, &why), &why));
	code = show(&config, &run->settings, kvk_net_rule(&net.options));
out:
	kvk_channels_free(&channels);
	kvk_net_settings_free(&net);
	return code;
}
