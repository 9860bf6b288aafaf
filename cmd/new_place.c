/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/dir.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/time.h"
#include "cmd/new.h"
#include "cmd/step.h"
#include "cli/terminal.h"
#include "dossier/files.h"
#include "dossier/folder.h"

/* What makes a folder a dossier already: nothing of it is ever written over. */
static const char *const dossier_files[] = { KVK_DOSSIER_FILES };

#define DOSSIER_FILE_COUNT (sizeof dossier_files / sizeof dossier_files[0])

static bool lies_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

static enum kvk_exit refuse_out(const char *rule)
{
	kvk_warn("out: %s", rule);
	return KVK_EXIT_USAGE;
}

/* --out lies outside home, where every folder is an entry of the inventory. */
static enum kvk_exit check_outside(struct kvk_new *run)
{
	struct kvk_home home = { .path = { .p = NULL } };
	struct kvk_blob real = { .p = NULL };
	enum kvk_exit code = KVK_EXIT_OK;
	enum kvk_err err;

	err = kvk_home_find(run->config.common.home, &home);
	kvk_warn_home(&home);
	if (err == KVK_OK && kvk_path_resolve(&real, kvk_home_text(&home)) == KVK_OK &&
		lies_in(kvk_blob_str(&run->place.folder), kvk_blob_str(&real)))
		code = refuse_out(_("it has to lie outside home; without --out the dossier goes "
				    "there"));
	kvk_blob_free(&real);
	kvk_home_free(&home);
	return code;
}

/* Whether the answer file that is used is the one that would be written. */
static bool is_answer_file(const struct kvk_new *run, const char *path)
{
	struct stat a, b;

	return run->config.answers != NULL && stat(run->config.answers, &a) == 0 &&
		stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Nothing of a dossier may be there, before keys are made or questions asked. */
static enum kvk_exit check_free(const struct kvk_new *run)
{
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err = KVK_OK;
	enum kvk_exit code = KVK_EXIT_OK;

	for (size_t i = 0; code == KVK_EXIT_OK && i < DOSSIER_FILE_COUNT; i++) {
		err = kvk_path_join(&path, kvk_blob_str(&run->place.folder), dossier_files[i]);
		if (err == KVK_OK && kvk_path_exists(kvk_blob_str(&path)) &&
			!is_answer_file(run, kvk_blob_str(&path)))
			err = KVK_ERR_EXISTS;
		if (err != KVK_OK) {
			kvk_warn_error(err, kvk_blob_str(&path));
			code = kvk_exit_of(err);
		}
	}
	kvk_blob_free(&path);
	return code;
}

static enum kvk_exit find_outside(struct kvk_new *run, const char *out)
{
	const char *folder;
	enum kvk_err err;
	struct stat st;
	enum kvk_exit code;

	run->place.outside = true;
	err = kvk_path_resolve(&run->place.folder, out);
	if (err != KVK_OK)
		return refuse_out(_("it is not the name of a folder"));
	folder = kvk_blob_str(&run->place.folder);
	code = check_outside(run);
	if (code != KVK_EXIT_OK)
		return code;
	if (stat(folder, &st) == 0 && !S_ISDIR(st.st_mode)) {
		kvk_warn_error(KVK_ERR_EXISTS, folder);
		return KVK_EXIT_CREATE;
	}
	return check_free(run);
}

/* A folder that is there: a dossier, or what a run left that was killed before its entry. */
static enum kvk_exit tell_exists(const char *folder, bool entered)
{
	char safe[256];

	if (entered)
		kvk_warn_error(KVK_ERR_EXISTS, folder);
	else
		kvk_warn(_("'%s' exists already, but is no entry of the inventory; move it away if "
			   "an interrupted run left it, or give another NAME"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(folder)));
	return KVK_EXIT_CREATE;
}

static bool is_dry_run(const struct kvk_new *run)
{
	return kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN);
}

static enum kvk_err find_entry(struct kvk_new *run, struct kvk_entry *out)
{
	struct kvk_inventory *inventory = run->place.store.inventory;

	/* A dry run makes no inventory where there is none. */
	if (inventory == NULL)
		return KVK_ERR_NOT_FOUND;
	return kvk_inventory_find(inventory, run->order.name, out);
}

static enum kvk_exit find_inside(struct kvk_new *run)
{
	struct kvk_new_place *place = &run->place;
	const char *home = run->config.common.home;
	struct kvk_blob path = { .p = NULL };
	struct kvk_entry entry;
	enum kvk_err err;
	enum kvk_exit code;

	code = is_dry_run(run) ? kvk_step_store_look(home, &place->store) :
				 kvk_step_store_open(home, true, &place->store);
	if (code != KVK_GO_ON)
		return code;
	err = kvk_home_path(&place->store.home, KVK_HOME_DOSSIERS, run->order.name, &path);
	/* The inventory keeps the absolute path. */
	if (err == KVK_OK)
		err = kvk_path_resolve(&place->folder, kvk_blob_str(&path));
	kvk_blob_free(&path);
	if (err != KVK_OK) {
		kvk_warn_error(err, kvk_home_text(&place->store.home));
		return kvk_exit_of(err);
	}
	err = find_entry(run, &entry);
	if (err != KVK_OK && err != KVK_ERR_NOT_FOUND)
		return kvk_step_inventory(err);
	if (kvk_path_exists(kvk_blob_str(&place->folder)))
		return tell_exists(kvk_blob_str(&place->folder), err == KVK_OK);
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_EXIT_OK;
	kvk_warn(_("the inventory has an entry '%s' already; give this one another NAME"),
		run->order.name);
	return KVK_EXIT_CREATE;
}

/* Lists the files of the dossier; returns how many. */
static size_t list_files(const struct kvk_new *run, struct kvk_folder_file files[static 3])
{
	struct kvk_blob path = { .p = NULL };
	size_t count = 0;

	if (run->key_pem.n > 0)
		files[count++] = (struct kvk_folder_file){ KVK_DOSSIER_KEY, 0600,
			kvk_secret_span(&run->key_pem) };
	files[count++] = (struct kvk_folder_file){ KVK_DOSSIER_REQUEST, 0644,
		kvk_span_of_blob(&run->request_pem) };
	if (kvk_path_join(&path, kvk_blob_str(&run->place.folder), KVK_DOSSIER_ANSWERS) == KVK_OK &&
		!is_answer_file(run, kvk_blob_str(&path)))
		files[count++] = (struct kvk_folder_file){ KVK_DOSSIER_ANSWERS, 0644,
			kvk_span_of_blob(&run->answers_cfg) };
	kvk_blob_free(&path);
	return count;
}

static enum kvk_exit tell_folder_error(
	const struct kvk_new *run, enum kvk_err err, const struct kvk_error *why)
{
	if (why->text[0] != '\0')
		kvk_warn("%s", why->text);
	else
		kvk_warn_error(err, kvk_blob_str(&run->place.folder));
	return err == KVK_ERR_MEMORY ? KVK_EXIT_UNKNOWN : KVK_EXIT_CREATE;
}

enum kvk_exit kvk_new_find_place(struct kvk_new *run)
{
	const char *out = kvk_answer(&run->answers, KVK_FIELD_OUT);
	enum kvk_exit code = out != NULL ? find_outside(run, out) : find_inside(run);
	struct kvk_error why = { "" };
	enum kvk_err err;

	if (code != KVK_EXIT_OK)
		return code;
	/* Before a key is made for nothing. */
	err = kvk_folder_look(kvk_blob_str(&run->place.folder), &why);
	return err == KVK_OK ? KVK_EXIT_OK : tell_folder_error(run, err, &why);
}

/* A run that was killed may have left a key behind that nobody knows of. */
static void sweep(const struct kvk_home *home, kvk_time now)
{
	struct kvk_blob dossiers = { .p = NULL };

	if (kvk_home_path(home, KVK_HOME_DOSSIERS, NULL, &dossiers) == KVK_OK)
		kvk_folder_sweep(kvk_blob_str(&dossiers), now);
	kvk_blob_free(&dossiers);
}

/* Folder and entry in one transaction: the folder appears just before the entry becomes visible. */
static enum kvk_exit store_inside(
	struct kvk_new *run, const struct kvk_folder_file *files, size_t count)
{
	struct kvk_inventory *inventory = run->place.store.inventory;
	const char *folder = kvk_blob_str(&run->place.folder);
	struct kvk_entry entry = { .dossier = true, .stage = KVK_STAGE_REQUESTED };
	struct kvk_error why = { "" };
	enum kvk_err err;

	memcpy(entry.name, run->order.name, sizeof entry.name);
	if (snprintf(entry.path, sizeof entry.path, "%s/" KVK_DOSSIER_CERTIFICATE, folder) >=
		(int)sizeof entry.path)
		return kvk_step_inventory(KVK_ERR_LIMIT);
	err = kvk_time_now(&entry.since);
	if (err == KVK_OK) {
		sweep(&run->place.store.home, entry.since);
		err = kvk_inventory_begin(inventory);
	}
	if (err != KVK_OK)
		return kvk_step_inventory(err);
	err = kvk_inventory_add(inventory, &entry);
	if (err == KVK_OK) {
		err = kvk_folder_make(folder, files, count, &why);
		if (err != KVK_OK) {
			kvk_inventory_rollback(inventory);
			return tell_folder_error(run, err, &why);
		}
		err = kvk_inventory_commit(inventory);
		if (err != KVK_OK)
			(void)kvk_dir_remove(folder);
	}
	if (err == KVK_OK)
		return KVK_EXIT_OK;
	kvk_inventory_rollback(inventory);
	return err == KVK_ERR_EXISTS ? tell_folder_error(run, err, &why) : kvk_step_inventory(err);
}

enum kvk_exit kvk_new_store(struct kvk_new *run)
{
	struct kvk_folder_file files[3];
	size_t count = list_files(run, files);
	struct kvk_error why = { "" };
	enum kvk_err err;

	if (!run->place.outside)
		return store_inside(run, files, count);
	err = kvk_folder_fill(kvk_blob_str(&run->place.folder), files, count, &why);
	return err == KVK_OK ? KVK_EXIT_OK : tell_folder_error(run, err, &why);
}
