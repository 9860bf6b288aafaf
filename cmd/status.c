/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "base/i18n.h"
#include "cmd/entries.h"
#include "cmd/options.h"
#include "cmd/terminal.h"
#include "report/entries.h"

struct status_config {
	struct kvk_common common;
	struct kvk_time_option at;
};

static const struct kvk_option options[] = {
	{ "at", 0, KVK_OPTION_TIME, N_("TIME"), N_("show it as it stands then; without it, now"),
		offsetof(struct status_config, at), NULL, 0, 0 },
	KVK_ROW_HOME(struct status_config),
	KVK_ROW_CONFIG(struct status_config),
	KVK_ROW_COLOR(struct status_config),
	KVK_ROW_JSON(struct status_config),
	KVK_ROW_END,
};

static const struct kvk_usage usage = {
	.name = "status",
	.synopsis = N_("[OPTION]..."),
	.summary = N_("every entry in one line, the most urgent first"),
	.details = N_("Changes nothing and tells nobody. The exit code is that of the most\n"
		      "urgent entry: 0 fine, 1 warning, 2 critical or expired, 3 a file could\n"
		      "not be read."),
	.options = options,
};

static int show(const struct status_config *config, const struct kvk_views *views)
{
	int code = kvk_views_code(views);
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_OK;

	if (config->common.json)
		err = kvk_report_entries_json(views, config->at.time, &out);
	else if (views->all > 0)
		err = kvk_report_status(views, kvk_colour(config->common.color), &out);
	if (err != KVK_OK || !kvk_write(&out))
		code = KVK_EXIT_UNKNOWN;
	kvk_blob_free(&out);
	return code;
}

int kvk_cmd_status(int argc, char **argv)
{
	struct status_config config = { 0 };
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_threshold_days days;
	struct kvk_store store = { 0 };
	size_t count;
	int code = kvk_options_parse(&usage, argc, argv, &config, &count);

	if (code != KVK_GO_ON)
		return code;
	if (!config.at.has && kvk_time_now(&config.at.time) != KVK_OK)
		return KVK_EXIT_UNKNOWN;
	code = kvk_entries_thresholds(config.common.config, &days);
	if (code == KVK_EXIT_OK)
		code = kvk_store_open(config.common.home, false, &store);
	if (code == KVK_EXIT_OK)
		code = kvk_entries_assess(&store, &days, config.at.time, true, &views);
	if (code == KVK_EXIT_OK)
		code = show(&config, &views);
	kvk_views_free(&views);
	kvk_store_close(&store);
	return code;
}
