/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "app/lookup.h"
#include "base/i18n.h"
#include "cli/environment.h"
#include "cmd/step.h"

struct lookup_config {
	struct kvk_common common;
};

static const struct kvk_option options[] = {
	OPT_CONFIG(struct lookup_config),
	OPT_JSON(struct lookup_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "lookup",
	.synopsis = N_("[OPTION]... NUMBER"),
	.summary = N_("look a number up in the trade register and the OIN register"),
	.details = N_("NUMBER is a KVK number (8 digits), an RSIN (tax number, 9 digits), an OIN "
		      "(number of a government body, 20 digits) or an HRN (20 digits made from the "
		      "KVK number). Each register requires an API key, which the configuration "
		      "names.\n\n"
		      "  kvkcsr lookup 68750110\n\n"
		      "Exit status: 0 found and active, 1 found and not active, 2 not found, 3 "
		      "could not be determined."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
};

static enum kvk_exit write_result(
	const struct lookup_config *config, const struct kvk_lookup *lookup)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob out = { 0 };

	return kvk_step_write(config->common.json ? kvk_report_lookup_json(lookup, &out) :
						    kvk_report_lookup_text(lookup, &paper, &out),
		&out, kvk_lookup_exit(lookup));
}

static enum kvk_exit find_kind(const char *number, enum kvk_lookup_kind *out)
{
	struct kvk_error why = { "" };

	if (kvk_lookup_kind(number, out, &why) == KVK_OK)
		return KVK_GO_ON;
	return kvk_usage_error(&usage, "%s", why.text);
}

enum kvk_exit kvk_cmd_lookup(struct kvk_run *run)
{
	struct lookup_config config = { .common = { .json = false } };
	const struct kvk_online_order order = {
		.settings = &run->settings,
		.proxy_variable = kvk_environment_proxy(),
	};
	struct kvk_online *online = NULL;
	struct kvk_lookup lookup;
	enum kvk_lookup_kind kind;
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(find_kind(run->arguments[0], &kind));
	KVK_STEP(kvk_step(kvk_online_open(&order, &online), &why));
	KVK_STEP(kvk_step(kvk_lookup_ask(online, run->arguments[0], kind, &lookup, &why), &why));
	code = write_result(&config, &lookup);
out:
	kvk_online_close(online);
	return code;
}
