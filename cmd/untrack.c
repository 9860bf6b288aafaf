/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <stdint.h>

#include "app/untrack.h"
#include "base/i18n.h"
#include "cli/options.h"
#include "cmd/step.h"
#include "report/untracked.h"

struct untrack_config {
	struct kvk_common common;
	kvk_time now;
	bool next;
};

static const struct kvk_option options[] = {
	OPT_FLAG(struct untrack_config, next, "next", 0,
		N_("give up the renewal only; the certificate in use stays tracked")),
	OPT_HOME(struct untrack_config),
	OPT_JSON(struct untrack_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "untrack",
	.synopsis = N_("[OPTION]... NAME|FOLDER/..."),
	.summary = N_("stop tracking certificates; their dossiers are archived"),
	.details = N_("Each NAME is handled on its own: if one cannot be untracked, the others "
		      "still are. Nothing is deleted. A dossier (the folder that holds a request, "
		      "its key and its certificate) moves to archive/ in the home folder. Any "
		      "other file stays where it is, and is not added again by 'kvkcsr check'. A "
		      "name with a slash is a tracked folder: it is no longer searched, and all "
		      "entries below it are removed."),
	.options = options,
	.minimum = 1,
	.maximum = SIZE_MAX,
};

/* A line for each of several names, also where it could not be done; of one name a document, and
 * nothing where it could not. */
static enum kvk_err render(const struct untrack_config *config, bool several,
	const struct kvk_report_untracked *untracked, struct kvk_blob *out)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);

	if (config->common.json && several)
		return kvk_report_untracked_line(untracked, out);
	if (untracked->error != NULL)
		return KVK_OK;
	return config->common.json ? kvk_report_untracked_json(untracked, out) :
				     kvk_report_untracked_text(untracked, &paper, out);
}

static enum kvk_exit untrack(const struct untrack_config *config, struct kvk_store *store,
	const char *name, bool several)
{
	struct kvk_report_untracked untracked = {
		.name = name,
		.next = config->next,
		.is_folder = !config->next && kvk_untrack_names_folder(name),
	};
	struct kvk_blob archived = { 0 }, out = { 0 };
	struct kvk_error why = { "" };
	enum kvk_err err = untracked.is_folder ?
		kvk_untrack_folder(store, name, config->now, &untracked.below, &why) :
		config->next ? kvk_untrack_next(store, name, config->now, &archived, &why) :
			       kvk_untrack(store, name, config->now, &archived, &why);
	enum kvk_exit code = kvk_step(err, &why), written;

	if (err != KVK_OK)
		untracked.error = why.text[0] != '\0' ? why.text : kvk_error_text(err);
	if (archived.n > 0)
		untracked.folder = kvk_blob_str(&archived);
	err = render(config, several, &untracked, &out);
	written = kvk_step_write(err, &out, KVK_EXIT_OK);
	kvk_blob_free(&archived);
	return code == KVK_GO_ON ? written : kvk_exit_graver(code, written);
}

enum kvk_exit kvk_cmd_untrack(struct kvk_run *run)
{
	struct untrack_config config = { 0 };
	struct kvk_store store = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_now(&config.now));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	code = KVK_EXIT_OK;
	for (size_t i = 0; i < run->count; i++)
		code = kvk_exit_graver(
			code, untrack(&config, &store, run->arguments[i], run->count > 1));
out:
	kvk_store_close(&store);
	return code;
}
