/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <stdio.h>

#include "base/dir.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/path.h"
#include "app/store.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "report/changes.h"

/* Numbers that are tried behind a name of the archive that is taken. */
#define NAME_TRIES 1000

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
	.summary = N_("stop watching an entry; a dossier moves to the archive"),
	.details =
		N_("Nothing is deleted: a dossier moves, with its key, to archive/ in the home,\n"
		   "and a file that was only watched stays where it is."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
};

/* archive/NAME, or archive/NAME-2 and so on where that is taken. */
static enum kvk_err archive_path(
	const struct kvk_store *store, const char *name, struct kvk_blob *out)
{
	struct kvk_blob folder = { 0 };
	enum kvk_err err = kvk_home_path(&store->home, KVK_HOME_ARCHIVE, NULL, &folder);
	size_t bare;

	if (err == KVK_OK)
		err = kvk_dir_make(kvk_blob_str(&folder), 0700);
	if (err == KVK_OK)
		err = kvk_path_join(out, kvk_blob_str(&folder), name);
	bare = out->n;
	for (unsigned i = 2; err == KVK_OK && i < NAME_TRIES && kvk_path_exists(kvk_blob_str(out));
		i++) {
		out->n = bare;
		err = kvk_blob_format(out, "-%u", i);
	}
	kvk_blob_free(&folder);
	return err;
}

/* Moves the dossier's folder, *to says where; one that is gone already is fine, and *to empty. */
static enum kvk_exit archive(const struct kvk_store *store, const char *name, struct kvk_blob *to)
{
	struct kvk_blob from = { 0 };
	enum kvk_exit code = KVK_GO_ON;
	enum kvk_err err = kvk_home_path(&store->home, KVK_HOME_DOSSIERS, name, &from);

	if (err == KVK_OK && !kvk_path_exists(kvk_blob_str(&from)))
		goto out;
	if (err == KVK_OK)
		err = archive_path(store, name, to);
	if (err == KVK_OK && rename(kvk_blob_str(&from), kvk_blob_str(to)) != 0)
		err = KVK_ERR_WRITE;
	if (err != KVK_OK) {
		kvk_warn_error(err, to->n > 0 ? kvk_blob_str(to) : kvk_blob_str(&from));
		code = KVK_EXIT_CREATE;
	}
out:
	kvk_blob_free(&from);
	return code;
}

static enum kvk_err report(const struct untrack_config *config, const char *name,
	const struct kvk_blob *folder, struct kvk_blob *out)
{
	struct kvk_blob safe = { 0 };
	enum kvk_err err = KVK_OK;

	if (config->common.json)
		return kvk_report_untracked_json(
			name, folder->n > 0 ? kvk_blob_str(folder) : NULL, out);
	if (folder->n > 0)
		err = kvk_escape(&safe, kvk_span_of_blob(folder));
	if (err == KVK_OK && folder->n > 0)
		err = kvk_blob_format(
			out, _("the dossier was moved to '%s'\n"), kvk_blob_str(&safe));
	kvk_blob_free(&safe);
	return err == KVK_OK ? kvk_blob_format(out, _("'%s' is no longer watched\n"), name) : err;
}

static enum kvk_exit untrack(
	const struct untrack_config *config, struct kvk_store *store, const char *name)
{
	struct kvk_entry entry;
	struct kvk_blob folder = { 0 };
	struct kvk_blob out = { 0 };
	enum kvk_exit code;
	enum kvk_err err;

	KVK_STEP(kvk_store_find(store, name, &entry));
	if (entry.dossier)
		KVK_STEP(archive(store, entry.name, &folder));
	code = KVK_EXIT_OK;
	err = kvk_inventory_remove(store->inventory, entry.name);
	if (err != KVK_OK && err != KVK_ERR_NOT_FOUND)
		code = kvk_store_error(err);
	else if (report(config, entry.name, &folder, &out) != KVK_OK || !kvk_write(&out))
		code = KVK_EXIT_UNKNOWN;
out:
	kvk_blob_free(&out);
	kvk_blob_free(&folder);
	return code;
}

enum kvk_exit kvk_cmd_untrack(struct kvk_run *run)
{
	struct untrack_config config = { 0 };
	struct kvk_store store = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_store_open(config.common.home, false, &store));
	code = untrack(&config, &store, run->arguments[0]);
out:
	kvk_store_close(&store);
	return code;
}
