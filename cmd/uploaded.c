/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "app/silenced.h"
#include "app/uploaded.h"
#include "base/i18n.h"
#include "cli/options.h"
#include "cmd/step.h"
#include "report/uploaded.h"

struct uploaded_config {
	struct kvk_common common;
	struct kvk_time_option at;
	bool deployed;
};

static const struct kvk_option options[] = {
	OPT_TIME(struct uploaded_config, at, "at", 0, N_("TIME"),
		N_("time of the upload (default: now)")),
	OPT_FLAG(struct uploaded_config, deployed, "deployed", 0,
		N_("the server already uses the certificate")),
	OPT_HOME(struct uploaded_config),
	OPT_JSON(struct uploaded_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "uploaded",
	.synopsis = N_("[OPTION]... NAME"),
	.summary = N_("record that a certificate was uploaded to the portal"),
	.details = N_(
		"'kvkcsr verify' then reports that the portal would refuse the same "
		"certificate (message 15). An entry for the same name and number that ends earlier "
		"counts as replaced: a message says so, and nothing more is reported about it.\n\n"
		"If a renewal is under way ('kvkcsr renew'), it takes the place of the "
		"certificate in use, whose files move to archive/ in the dossier. Use the "
		"new key and certificate on your server at the same moment."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
};

static enum kvk_exit write_result(
	const struct uploaded_config *config, const struct kvk_uploaded *uploaded)
{
	const struct kvk_report_uploaded report = {
		.entry = &uploaded->entry,
		.promoted = uploaded->promoted,
		.again = uploaded->again,
		.had = uploaded->had,
		.silenced = &uploaded->silenced,
	};
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob out = { 0 };

	return kvk_step_write(config->common.json ? kvk_report_uploaded_json(&report, &out) :
						    kvk_report_uploaded_text(&report, &paper, &out),
		&out, KVK_EXIT_OK);
}

enum kvk_exit kvk_cmd_uploaded(struct kvk_run *run)
{
	struct kvk_uploaded uploaded = KVK_UPLOADED_INIT;
	struct uploaded_config config = { 0 };
	struct kvk_store store = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_at(&config.at));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	uploaded.at = config.at.time;
	uploaded.dated = config.at.has;
	uploaded.deployed = config.deployed;
	KVK_STEP(kvk_step(kvk_uploaded_note(&store, run->arguments[0], &uploaded, &why), &why));
	code = write_result(&config, &uploaded);
	if (code == KVK_EXIT_OK)
		code = kvk_step_named(store.inventory, &uploaded.silenced, config.at.time, code);
out:
	kvk_report_silenced_free(&uploaded.silenced);
	kvk_store_close(&store);
	return code;
}
