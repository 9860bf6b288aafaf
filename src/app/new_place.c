/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/new.h: where the dossier goes, and putting it there. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "app/complete.h"
#include "app/new.h"
#include "base/dir.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "base/time.h"
#include "dossier/exchange.h"
#include "dossier/files.h"
#include "dossier/folder.h"
#include "inventory/events.h"

/* What makes a folder a dossier already: nothing of it is ever written over. */
static const char *const dossier_files[] = { KVK_DOSSIER_FILES };

#define NEW_FILES (sizeof((const char *const[]){ KVK_DOSSIER_REQUESTED }) / sizeof(const char *))

/* Characters that a number takes behind a name, with its dash. */
#define NUMBER_SIZE 8

/* The files of a new dossier. */
struct files {
	struct kvk_folder_file list[NEW_FILES];
	size_t count;
	struct kvk_secret key;
	struct kvk_blob answers;
};

static bool is_dry(const struct kvk_new *run)
{
	return kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN);
}

static bool lies_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

static enum kvk_err refuse_out(struct kvk_error *why, const char *rule)
{
	return kvk_error_set(why, KVK_ERR_USAGE, "out: %s", rule);
}

/* --out lies outside home, where every folder is an entry of the inventory. */
static enum kvk_err check_outside(
	struct kvk_new_place *place, const char *option, struct kvk_error *why)
{
	struct kvk_home *home = &place->store.home;
	struct kvk_blob real = { .p = NULL };
	enum kvk_err err = KVK_OK;

	if (kvk_home_find(option, home) == KVK_OK &&
		kvk_path_resolve(&real, kvk_home_text(home)) == KVK_OK &&
		lies_in(kvk_blob_str(&place->folder), kvk_blob_str(&real)))
		err = refuse_out(why,
			_("the folder must be outside the home folder; without --out the dossier "
			  "is created there"));
	kvk_blob_free(&real);
	return err;
}

/* Whether the answer file that is used is the one that would be written. */
static bool is_answer_file(const struct kvk_new *run, const char *path)
{
	struct stat a, b;

	return run->answers_from != NULL && stat(run->answers_from, &a) == 0 &&
		stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Nothing of a dossier may be there, before keys are made or questions asked. */
static enum kvk_err check_unused(const struct kvk_new *run, struct kvk_error *why)
{
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < sizeof dossier_files / sizeof dossier_files[0]; i++) {
		KVK_TRY(kvk_path_join(&path, kvk_blob_str(&run->place.folder), dossier_files[i]));
		if (kvk_path_exists(kvk_blob_str(&path)) &&
			!is_answer_file(run, kvk_blob_str(&path)))
			KVK_TRY(kvk_error_set_file(why, KVK_ERR_EXISTS, kvk_blob_str(&path), 0));
	}
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err find_outside(
	struct kvk_new *run, const char *home, const char *path, struct kvk_error *why)
{
	struct kvk_new_place *place = &run->place;
	enum kvk_err err;
	struct stat st;

	place->outside = true;
	if (kvk_path_resolve(&place->folder, path) != KVK_OK)
		return refuse_out(why, _("this is not a valid folder name"));
	KVK_TRY(check_outside(place, home, why));
	if (stat(kvk_blob_str(&place->folder), &st) == 0 && !S_ISDIR(st.st_mode))
		KVK_TRY(kvk_error_set_file(why, KVK_ERR_EXISTS, kvk_blob_str(&place->folder), 0));
	KVK_TRY(check_unused(run, why));
out:
	return err;
}

/* The inventory keeps the absolute path. */
static enum kvk_err name_folder(struct kvk_new *run, struct kvk_error *why)
{
	struct kvk_new_place *place = &run->place;
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&place->store.home, KVK_HOME_DOSSIERS, run->order.name, &path));
	KVK_TRY(kvk_path_resolve(&place->folder, kvk_blob_str(&path)));
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, kvk_home_text(&place->store.home), 0);
	kvk_blob_free(&path);
	return err;
}

/* A folder that is there: a dossier, or what a run left that was killed before its entry. */
static enum kvk_err refuse_folder(const char *folder, bool entered, struct kvk_error *why)
{
	char safe[256];

	if (entered)
		return kvk_error_set_file(why, KVK_ERR_EXISTS, folder, 0);
	return kvk_error_set(why, KVK_ERR_EXISTS,
		_("'%s' already exists but is not in the inventory; if it is left from an "
		  "interrupted run, move it away, or choose another NAME"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(folder)));
}

/* Whether there is an entry of that name. A dry run makes no inventory where there is none. */
static enum kvk_err find_entry(const struct kvk_new *run, bool *entered, struct kvk_error *why)
{
	struct kvk_inventory *inventory = run->place.store.inventory;
	struct kvk_entry entry;
	enum kvk_err err = KVK_ERR_NOT_FOUND;

	if (inventory != NULL)
		err = kvk_inventory_find(inventory, run->order.name, &entry);
	*entered = err == KVK_OK;
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : kvk_store_error(err, why);
}

/* Whether the domain may have this entry: a second one would be beside the first unseen. */
static enum kvk_err check_domain(const struct kvk_new *run, struct kvk_error *why)
{
	const char *domain = run->order.domain.name;
	struct kvk_entry entry;
	enum kvk_err err;

	if (run->second || domain[0] == '\0')
		return KVK_OK;
	err = kvk_inventory_find_domain(run->place.store.inventory, domain, &entry);
	if (err != KVK_OK)
		return err == KVK_ERR_NOT_FOUND ? KVK_OK : kvk_store_error(err, why);
	return kvk_error_set(why, KVK_ERR_EXISTS,
		_("'%s' already has an entry, '%s'; to create another request, run 'kvkcsr new' on "
		  "a terminal or add --out DIR, or, if '%s' is no longer in use, run 'kvkcsr "
		  "untrack %s' first"),
		domain, entry.name, entry.name, entry.name);
}

/* The first name that is free: the one that was given, the domain, or that with a number. */
static enum kvk_err find_name(const struct kvk_new *run, struct kvk_inventory *inventory,
	const char *domain, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	const char *given = kvk_answer(&run->answers, KVK_FIELD_NAME);
	struct kvk_entry entry;
	enum kvk_err err;

	kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "%s", given != NULL ? given : domain);
	if (given != NULL)
		return KVK_OK;
	for (unsigned number = 2; number <= KVK_LIMIT_ENTRIES; number++) {
		err = kvk_inventory_find(inventory, name, &entry);
		if (err != KVK_OK)
			return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
		kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "%.*s-%u",
			(int)(KVK_LIMIT_ENTRY_NAME - NUMBER_SIZE), domain, number);
	}
	return KVK_ERR_LIMIT;
}

enum kvk_err kvk_new_find_domain(const struct kvk_new *run, const char *home, const char *domain,
	struct kvk_entry *out, char name[static KVK_LIMIT_ENTRY_NAME + 1], struct kvk_error *why)
{
	struct kvk_store store = { .inventory = NULL };
	enum kvk_err err;

	if (is_dry(run) || kvk_answer(&run->answers, KVK_FIELD_OUT) != NULL)
		return KVK_ERR_NOT_FOUND;
	KVK_TRY(kvk_store_look(home, &store, why));
	KVK_TRY(store.inventory != NULL ? KVK_OK : KVK_ERR_NOT_FOUND);
	err = kvk_inventory_find_domain(store.inventory, domain, out);
	if (err == KVK_ERR_NOT_FOUND)
		goto out;
	KVK_TRY(kvk_store_error(err, why));
	KVK_TRY(kvk_store_error(find_name(run, store.inventory, domain, name), why));
out:
	kvk_store_close(&store);
	return err;
}

static enum kvk_err find_inside(struct kvk_new *run, const char *home, struct kvk_error *why)
{
	struct kvk_new_place *place = &run->place;
	bool entered;
	enum kvk_err err;

	KVK_TRY(is_dry(run) ? kvk_store_look(home, &place->store, why) :
			      kvk_store_open(home, true, &place->store, why));
	KVK_TRY(name_folder(run, why));
	if (!is_dry(run))
		KVK_TRY(kvk_complete_delivery(&place->store, run->order.name, why));
	KVK_TRY(find_entry(run, &entered, why));
	if (entered)
		KVK_TRY(check_domain(run, why));
	if (kvk_path_exists(kvk_blob_str(&place->folder)))
		KVK_TRY(refuse_folder(kvk_blob_str(&place->folder), entered, why));
	if (entered)
		err = kvk_error_set(why, KVK_ERR_EXISTS,
			_("the inventory already has an entry '%s'; choose another NAME"),
			run->order.name);
	else if (!is_dry(run))
		err = check_domain(run, why);
out:
	return err;
}

/* What came of looking at the folder or making it; why holds more where it is known. */
static enum kvk_err made(const struct kvk_new *run, enum kvk_err err, struct kvk_error *why)
{
	if (err == KVK_OK)
		return err;
	if (why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, kvk_blob_str(&run->place.folder), 0);
	return err == KVK_ERR_MEMORY ? err : KVK_ERR_CREATE;
}

enum kvk_err kvk_new_find_place(struct kvk_new *run, const char *home, struct kvk_error *why)
{
	const char *path = kvk_answer(&run->answers, KVK_FIELD_OUT);
	enum kvk_err err;

	KVK_TRY(path != NULL ? find_outside(run, home, path, why) : find_inside(run, home, why));
	/* Before a key is made for nothing. */
	KVK_TRY(made(run, kvk_folder_look(kvk_blob_str(&run->place.folder), why), why));
out:
	return err;
}

static void add_file(struct files *files, const char *name, mode_t mode, struct kvk_span bytes)
{
	files->list[files->count++] = (struct kvk_folder_file){ name, mode, bytes };
}

/* Writes key and answers, and lists the files. */
static enum kvk_err make_files(struct kvk_new *run, struct files *files)
{
	struct kvk_new_place *place = &run->place;
	const char *folder = kvk_blob_str(&place->folder);
	enum kvk_err err;

	if (run->key != NULL && !kvk_new_key_in_token(run)) {
		KVK_TRY(kvk_key_pem(
			run->key, run->order.encrypt_key ? &run->pass : NULL, &files->key));
		KVK_TRY(kvk_path_join(&place->key_file, folder, KVK_DOSSIER_KEY));
		add_file(files, KVK_DOSSIER_KEY, 0600, kvk_secret_span(&files->key));
	}
	KVK_TRY(kvk_path_join(&place->request_file, folder, KVK_DOSSIER_REQUEST));
	add_file(files, KVK_DOSSIER_REQUEST, 0644, kvk_span_of_blob(&run->request_pem));
	KVK_TRY(kvk_order_write_answers(&run->order, &run->answers, &files->answers));
	KVK_TRY(kvk_path_join(&place->answers_file, folder, KVK_DOSSIER_ANSWERS));
	if (!is_answer_file(run, kvk_blob_str(&place->answers_file)))
		add_file(files, KVK_DOSSIER_ANSWERS, 0644, kvk_span_of_blob(&files->answers));
out:
	return err;
}

/* Runs that were killed may have left a key that nobody knows of, beside the folder or in it. */
static void sweep(const char *folder)
{
	static const char *const made_files[] = { KVK_DOSSIER_REQUESTED };
	const size_t count = sizeof made_files / sizeof made_files[0];
	struct kvk_blob above = { .p = NULL };

	if (kvk_blob_append(&above, kvk_path_parent(kvk_span_of(folder))) == KVK_OK)
		kvk_folder_sweep(kvk_blob_str(&above), made_files, count);
	kvk_folder_sweep(folder, made_files, count);
	kvk_file_sweep(folder);
	kvk_blob_free(&above);
}

static enum kvk_err make_entry(const struct kvk_new *run, struct kvk_entry *out)
{
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err;

	*out = (struct kvk_entry){ .dossier = true, .stage = KVK_STAGE_REQUESTED };
	memcpy(out->name, run->order.name, sizeof out->name);
	out->certificate.holder.known = true;
	KVK_FORMAT(out->certificate.holder.cn, "%s", run->order.domain.name);
	KVK_FORMAT(out->certificate.holder.number, "%s", run->order.oin.text);
	if (run->order.preset != NULL)
		out->lead_days = run->order.preset->lead_days;
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&run->place.folder), KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(path.n < sizeof out->path ? KVK_OK : KVK_ERR_LIMIT);
	memcpy(out->path, kvk_blob_str(&path), path.n + 1);
	KVK_TRY(kvk_time_now(&out->since));
out:
	kvk_blob_free(&path);
	return err;
}

/* The entry, and the folder with all that is in it, under the name that it has until the entry is
 * stored. */
static enum kvk_err store_both(struct kvk_new *run, const struct files *files, const char *beside,
	struct kvk_entry *entry, struct kvk_error *why)
{
	struct kvk_inventory *inventory = run->place.store.inventory;
	enum kvk_err err;

	KVK_TRY(kvk_store_error(make_entry(run, entry), why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(inventory), why));
	KVK_TRY(check_domain(run, why));
	err = kvk_inventory_add(inventory, entry);
	KVK_TRY(err == KVK_ERR_EXISTS ? made(run, err, why) : kvk_store_error(err, why));
	KVK_TRY(kvk_store_error(kvk_inventory_note_event(inventory, entry->name, entry->since,
					"new", KVK_HAPPENED_REQUESTED, NULL),
		why));
	KVK_TRY(made(run, kvk_exchange_drop(kvk_blob_str(&run->place.folder)), why));
	KVK_TRY(made(run, kvk_folder_make(beside, files->list, files->count, why), why));
	err = kvk_inventory_commit(inventory);
	if (err != KVK_OK)
		(void)kvk_exchange_drop(kvk_blob_str(&run->place.folder));
	KVK_TRY(kvk_store_error(err, why));
out:
	if (err != KVK_OK)
		kvk_inventory_rollback(inventory);
	return err;
}

/*
 * The folder gets its name when the entry is stored: a folder without an entry would hold the only
 * copy of a key that nobody watches. What a crash leaves between the two, kvk_complete_delivery()
 * completes.
 */
static enum kvk_err store_inside(
	struct kvk_new *run, const struct files *files, struct kvk_error *why)
{
	const char *folder = kvk_blob_str(&run->place.folder);
	struct kvk_blob beside = { .p = NULL };
	struct kvk_entry entry;
	enum kvk_err err;

	KVK_TRY(kvk_exchange_name(folder, &beside));
	KVK_TRY(store_both(run, files, kvk_blob_str(&beside), &entry, why));
	err = kvk_exchange_place(folder, why);
	/* A name that could not be brought to the disk is there all the same. */
	if (err != KVK_OK && !kvk_path_exists(folder)) {
		if (kvk_inventory_remove(run->place.store.inventory, entry.name) == KVK_OK)
			(void)kvk_exchange_drop(folder);
	}
	err = made(run, err, why);
out:
	kvk_blob_free(&beside);
	return err;
}

enum kvk_err kvk_new_store(struct kvk_new *run, struct kvk_error *why)
{
	const char *folder = kvk_blob_str(&run->place.folder);
	struct files files = { .count = 0 };
	enum kvk_err err;

	KVK_TRY(make_files(run, &files));
	sweep(folder);
	if (run->place.outside)
		KVK_TRY(made(run, kvk_folder_fill(folder, files.list, files.count, why), why));
	else
		KVK_TRY(store_inside(run, &files, why));
out:
	kvk_blob_free(&files.answers);
	kvk_secret_free(&files.key);
	return err;
}
