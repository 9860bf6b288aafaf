/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/new.h: where the dossier goes. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "app/complete.h"
#include "app/new_part.h"
#include "base/dir.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "dossier/files.h"
#include "dossier/folder.h"

/* What makes a folder a dossier already: nothing of it is ever written over. */
static const char *const dossier_files[] = { KVK_DOSSIER_FILES };

/* Characters that a number takes after a name, with its dash. */
#define NUMBER_SIZE 8

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

bool kvk_new_is_answer_file(const struct kvk_new *run, const char *path)
{
	return run->answers_from != NULL && kvk_path_is_same(run->answers_from, path);
}

/* Nothing of a dossier may be there, before keys are made or questions asked. */
static enum kvk_err check_unused(const struct kvk_new *run, struct kvk_error *why)
{
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < sizeof dossier_files / sizeof dossier_files[0]; i++) {
		KVK_TRY(kvk_path_join(&path, kvk_blob_str(&run->place.folder), dossier_files[i]));
		if (kvk_path_exists(kvk_blob_str(&path)) &&
			!kvk_new_is_answer_file(run, kvk_blob_str(&path)))
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
static enum kvk_err refuse_folder(
	const char *folder, const char *name, bool entered, struct kvk_error *why)
{
	char safe[256];

	if (entered)
		return kvk_error_set_file(why, KVK_ERR_EXISTS, folder, 0);
	return kvk_error_set(why, KVK_ERR_EXISTS,
		_("'%s' already exists but is not in the inventory; to enter it, run 'kvkcsr adopt "
		  "%s', or choose another NAME"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(folder)), name);
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

/* What to do about an entry: renew its certificate, or give up what was never delivered. */
static enum kvk_err refuse_domain(
	const char *domain, const struct kvk_entry *entry, struct kvk_error *why)
{
	if (entry->stage == KVK_STAGE_REQUESTED)
		return kvk_error_set(why, KVK_ERR_EXISTS,
			_("'%s' already has an entry, '%s', which has no certificate yet; to "
			  "create another request, run 'kvkcsr new' on a terminal or add --out "
			  "DIR; if the first request was a mistake, give it up with 'kvkcsr "
			  "untrack %s'; to renew its certificate later, run 'kvkcsr renew %s'"),
			domain, entry->name, entry->name, entry->name);
	return kvk_error_set(why, KVK_ERR_EXISTS,
		_("'%s' already has an entry, '%s'; to renew its certificate, run 'kvkcsr renew "
		  "%s'; to create another request, run 'kvkcsr new' on a terminal or add --out "
		  "DIR; to give the entry up first, run 'kvkcsr untrack %s'"),
		domain, entry->name, entry->name, entry->name);
}

enum kvk_err kvk_new_check_domain(const struct kvk_new *run, struct kvk_error *why)
{
	const char *domain = run->order.domain.name;
	struct kvk_entry entry;
	enum kvk_err err;

	if (run->second || domain[0] == '\0')
		return KVK_OK;
	err = kvk_inventory_find_domain(run->place.store.inventory, domain, &entry);
	if (err != KVK_OK)
		return err == KVK_ERR_NOT_FOUND ? KVK_OK : kvk_store_error(err, why);
	return refuse_domain(domain, &entry, why);
}

/* The first name that is free: the one that was given, or else the domain, or that with a number.
 */
static enum kvk_err find_name(const struct kvk_new *run, struct kvk_inventory *inventory,
	const char *domain, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	const char *given = kvk_answer(&run->answers, KVK_FIELD_NAME);
	const char *base = given != NULL ? given : domain;
	struct kvk_entry entry;
	enum kvk_err err;

	kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "%s", base);
	for (unsigned number = 2; number <= KVK_LIMIT_ENTRIES; number++) {
		err = kvk_inventory_find(inventory, name, &entry);
		if (err != KVK_OK)
			return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
		kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "%.*s-%u",
			(int)(KVK_LIMIT_ENTRY_NAME - NUMBER_SIZE), base, number);
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
		err = kvk_inventory_find(store.inventory, domain, out);
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
		KVK_TRY(kvk_new_check_domain(run, why));
	if (kvk_path_exists(kvk_blob_str(&place->folder)))
		KVK_TRY(refuse_folder(kvk_blob_str(&place->folder), run->order.name, entered, why));
	if (entered)
		err = kvk_error_set(why, KVK_ERR_EXISTS,
			_("the inventory already has an entry '%s'; choose another NAME"),
			run->order.name);
	else if (!is_dry(run))
		err = kvk_new_check_domain(run, why);
out:
	return err;
}

enum kvk_err kvk_new_made(const struct kvk_new *run, enum kvk_err err, struct kvk_error *why)
{
	if (err == KVK_OK)
		return err;
	if (why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, kvk_blob_str(&run->place.folder), 0);
	return err == KVK_ERR_MEMORY ? err : KVK_ERR_CREATE;
}

enum kvk_err kvk_new_refuse_renewal(const char *name, struct kvk_error *why)
{
	return kvk_error_set(why, KVK_ERR_EXISTS,
		_("a renewal of '%s' is under way; to give it up, run 'kvkcsr untrack %s --next'"),
		name, name);
}

enum kvk_err kvk_new_find_place(struct kvk_new *run, const char *home, struct kvk_error *why)
{
	const char *path = kvk_answer(&run->answers, KVK_FIELD_OUT);
	enum kvk_err err;

	KVK_TRY(path != NULL ? find_outside(run, home, path, why) : find_inside(run, home, why));
	/* Before a key is made for nothing. */
	KVK_TRY(kvk_new_made(run, kvk_folder_look(kvk_blob_str(&run->place.folder), why), why));
out:
	return err;
}
