/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <stdint.h>

#include "app/adopt.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "dossier/files.h"
#include "dossier/stray.h"
#include "report/adopted.h"

struct adopt_config {
	struct kvk_common common;
	kvk_time now;
};

static const struct kvk_option options[] = {
	OPT_HOME(struct adopt_config),
	OPT_JSON(struct adopt_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "adopt",
	.synopsis = N_("[OPTION]... [NAME]..."),
	.summary = N_("enter dossiers that are not in the inventory"),
	.details = N_("If the inventory was lost, or a backup without it was restored, the "
		      "dossiers (the folders that hold a request, its key and its certificate) are "
		      "still in dossiers/ in the home folder. 'kvkcsr adopt' enters them again: "
		      "all of them, or only those with the given NAMEs. Their files stay "
		      "as they are; what an interrupted command left unfinished is completed. "
		      "Whether a certificate "
		      "was uploaded is no longer known; 'kvkcsr uploaded NAME' records it. Tracked "
		      "files are tracked again with 'kvkcsr track'."),
	.options = options,
	.minimum = 0,
	.maximum = SIZE_MAX,
};

/* What one run writes. */
struct result {
	const struct adopt_config *config;
	struct kvk_blob out;
	size_t count;
	enum kvk_err err;
};

static void begin(struct result *result)
{
	if (result->config->common.json)
		result->err = kvk_report_adopted_begin(&result->out);
}

static void add(struct result *result, const struct kvk_adopted *adopted)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	const struct kvk_report_adopted report = {
		.entry = &adopted->entry,
		.known = adopted->known,
		.renewal = adopted->renewal,
	};

	if (result->err != KVK_OK)
		return;
	result->err = result->config->common.json ?
		kvk_report_adopted_item(&report, result->count == 0, &result->out) :
		kvk_report_adopted_text(&report, &paper, &result->out);
	result->count++;
}

/* One dossier; one that cannot be read does not keep the others. */
static enum kvk_exit adopt(struct kvk_store *store, const char *name, struct result *result)
{
	struct kvk_adopted adopted;
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_adopt(store, name, result->config->now, &adopted, &why);

	if (err == KVK_OK)
		add(result, &adopted);
	return err == KVK_OK ? KVK_EXIT_OK : kvk_step(err, &why);
}

/* All that have no entry. */
static enum kvk_exit adopt_strays(struct kvk_store *store, struct result *result)
{
	struct kvk_vec names = KVK_STRAY_NAMES_INIT;
	enum kvk_exit code = KVK_EXIT_OK;
	struct kvk_blob dossiers = { 0 };
	struct kvk_error why = { "" };
	char safe[256];
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, NULL, &dossiers));
	KVK_TRY(kvk_strays_list(store->inventory, kvk_blob_str(&dossiers), &names));
	if (names.count == 0)
		kvk_warn(_("every dossier in '%s' has an entry in the inventory"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&dossiers)));
	for (size_t i = 0; i < names.count; i++)
		code = kvk_exit_graver(code, adopt(store, kvk_vec_at(&names, i), result));
out:
	if (err != KVK_OK)
		code = kvk_step(kvk_error_set_file(&why, err, kvk_blob_str(&dossiers), 0), &why);
	kvk_vec_free(&names);
	kvk_blob_free(&dossiers);
	return code;
}

enum kvk_exit kvk_cmd_adopt(struct kvk_run *run)
{
	struct adopt_config config = { 0 };
	struct result result = { .config = &config };
	struct kvk_store store = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_now(&config.now));
	code = kvk_step(kvk_adopt_open(config.common.home, &store, &why), &why);
	kvk_warn_home(&store.home);
	KVK_STEP(code);
	begin(&result);
	code = KVK_EXIT_OK;
	for (size_t i = 0; i < run->count; i++)
		code = kvk_exit_graver(code, adopt(&store, run->arguments[i], &result));
	if (run->count == 0)
		code = adopt_strays(&store, &result);
	if (config.common.json && result.err == KVK_OK)
		result.err = kvk_report_adopted_end(&result.out);
	code = kvk_exit_graver(code, kvk_step_write(result.err, &result.out, KVK_EXIT_OK));
out:
	kvk_store_close(&store);
	return code;
}
