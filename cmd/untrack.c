/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "app/untrack.h"
#include "base/i18n.h"
#include "cli/options.h"
#include "cmd/step.h"
#include "report/untracked.h"

struct untrack_config {
	struct kvk_common common;
};

static const struct kvk_option options[] = {
	OPT_HOME(struct untrack_config),
	OPT_JSON(struct untrack_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "untrack",
	.synopsis = N_("[OPTION]... NAME"),
	.summary = N_("stop tracking a certificate; its dossier is archived"),
	.details = N_("Nothing is deleted. A dossier (the folder that holds a request, its key and "
		      "its certificate) moves to archive/ in the home folder. Any other file stays "
		      "where it is."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
};

static enum kvk_exit write_result(
	const struct untrack_config *config, const char *name, const struct kvk_blob *archived)
{
	const char *folder = archived->n > 0 ? kvk_blob_str(archived) : NULL;
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob out = { 0 };

	return kvk_step_write(config->common.json ?
			kvk_report_untracked_json(name, folder, &out) :
			kvk_report_untracked_text(name, folder, &paper, &out),
		&out, KVK_EXIT_OK);
}

enum kvk_exit kvk_cmd_untrack(struct kvk_run *run)
{
	struct untrack_config config = { 0 };
	struct kvk_store store = { 0 };
	struct kvk_blob archived = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	KVK_STEP(kvk_step(kvk_untrack(&store, run->arguments[0], &archived, &why), &why));
	code = write_result(&config, run->arguments[0], &archived);
out:
	kvk_blob_free(&archived);
	kvk_store_close(&store);
	return code;
}
