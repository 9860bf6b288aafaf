/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/life.h"

#include <string.h>

#include "app/dossier_facts.h"
#include "app/entries.h"
#include "app/load.h"
#include "base/alloc.h"
#include "base/path.h"
#include "conf/datadir.h"
#include "dossier/files.h"

/* Goes past the events of a name, count of them at most; *passed is how many these were, and *event
 * the last one. */
static enum kvk_err pass_events(struct kvk_inventory *inventory, const char *name, size_t count,
	struct kvk_event *event, size_t *passed)
{
	enum kvk_err err = KVK_OK;

	for (*passed = 0; *passed < count; (*passed)++) {
		err = kvk_inventory_next_event(inventory, name, event->id, event);
		if (err != KVK_OK)
			break;
	}
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

/* The last ones. */
static enum kvk_err read_events(
	struct kvk_inventory *inventory, const char *name, struct kvk_life *out)
{
	struct kvk_event event = { .id = 0 }, *slot;
	size_t all;
	enum kvk_err err;

	KVK_TRY(pass_events(inventory, name, SIZE_MAX, &event, &all));
	event.id = 0;
	if (all > KVK_LIMIT_LIFE_EVENTS)
		KVK_TRY(pass_events(
			inventory, name, all - KVK_LIMIT_LIFE_EVENTS, &event, &out->earlier));
	while (out->events.count < KVK_LIMIT_LIFE_EVENTS) {
		err = kvk_inventory_next_event(inventory, name, event.id, &event);
		if (err != KVK_OK)
			return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
		KVK_TRY(kvk_vec_push(&out->events, &slot));
		*slot = event;
	}
out:
	return err;
}

/* Lists the files of a folder that are there. */
static enum kvk_err list_files(const char *folder, struct kvk_vec *out)
{
	static const char *const names[] = { KVK_DOSSIER_REQUESTED, KVK_DOSSIER_CERTIFICATE,
		KVK_DOSSIER_CHAIN, KVK_DOSSIER_UPLOAD };
	struct kvk_blob path = { 0 };
	enum kvk_err err = KVK_OK;
	char **slot;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		KVK_TRY(kvk_path_join(&path, folder, names[i]));
		if (!kvk_path_exists(kvk_blob_str(&path)))
			continue;
		KVK_TRY(kvk_vec_push(out, &slot));
		*slot = kvk_strdup(kvk_blob_str(&path));
		KVK_TRY(*slot != NULL ? KVK_OK : KVK_ERR_MEMORY);
	}
out:
	kvk_blob_free(&path);
	return err;
}

/* The public key of the certificate, in the file of the entry. */
static enum kvk_err read_key(struct kvk_inventory *inventory, struct kvk_life *life)
{
	struct kvk_contents *contents = NULL;
	const struct kvk_certificate *cert;
	struct kvk_error ignored = { "" };
	enum kvk_err err;

	KVK_TRY(kvk_load_tracked(inventory, life->entry.path, &contents, &ignored));
	cert = kvk_loaded_certificate(contents, life->entry.certificate.sha256);
	life->has_key = cert != NULL;
	if (cert != NULL)
		memcpy(life->spki_sha256, cert->spki_sha256, KVK_SHA256_SIZE);
out:
	kvk_unload_contents(contents);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* The answers of the dossier and the key of its request. */
static enum kvk_err read_dossier(const char *folder, struct kvk_life *life)
{
	struct kvk_dossier_facts facts = KVK_DOSSIER_FACTS_INIT;
	struct kvk_error ignored = { "" };
	enum kvk_err err = kvk_dossier_facts_read(folder, &facts, &ignored);

	if (err == KVK_OK) {
		life->has_key = true;
		memcpy(life->spki_sha256, facts.spki_sha256, KVK_SHA256_SIZE);
		life->answers = facts.answers;
		facts.answers = (struct kvk_answers){ 0 };
	}
	kvk_dossier_facts_free(&facts);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static enum kvk_err read_files(const struct kvk_store *store, struct kvk_life *life)
{
	struct kvk_blob folder = { 0 }, next = { 0 };
	struct kvk_error ignored = { "" };
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, life->entry.name, &folder));
	KVK_TRY(kvk_path_join(&next, kvk_blob_str(&folder), KVK_DOSSIER_NEXT));
	if (life->entry.dossier) {
		KVK_TRY(list_files(kvk_blob_str(&folder), &life->files));
		KVK_TRY(read_dossier(kvk_blob_str(&folder), life));
	}
	KVK_TRY(list_files(kvk_blob_str(&next), &life->files));
	if (!life->has_key && life->entry.certificate.present)
		KVK_TRY(read_key(store->inventory, life));
	err = kvk_presets_load(kvk_datadir(), &life->presets, &ignored);
	if (err != KVK_ERR_MEMORY)
		err = KVK_OK;
out:
	kvk_blob_free(&next);
	kvk_blob_free(&folder);
	return err;
}

enum kvk_err kvk_life_read(
	struct kvk_store *store, const char *name, struct kvk_life *out, struct kvk_error *why)
{
	struct kvk_entry entry;
	enum kvk_err err;

	KVK_TRY(kvk_store_find(store, name, &entry, why));
	KVK_TRY(kvk_entries_locate(&store->home, &entry, &out->entry));
	KVK_TRY(kvk_store_error(read_events(store->inventory, name, out), why));
	KVK_TRY(kvk_store_error(
		kvk_inventory_renewal_open(store->inventory, name, &out->renewal, NULL), why));
	KVK_TRY(read_files(store, out));
out:
	return err;
}

const char *kvk_life_tsp(const struct kvk_life *life)
{
	const char *id = kvk_answer(&life->answers, KVK_FIELD_TSP);
	const struct kvk_preset *preset = id != NULL ? kvk_preset_find(&life->presets, id) : NULL;

	return preset != NULL ? preset->name : id;
}

void kvk_life_free(struct kvk_life *life)
{
	for (size_t i = 0; i < life->files.count; i++)
		kvk_free(*(char **)kvk_vec_at(&life->files, i));
	kvk_vec_free(&life->files);
	kvk_vec_free(&life->events);
	kvk_answers_free(&life->answers);
	kvk_presets_free(&life->presets);
}
