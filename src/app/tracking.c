/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/tracking.h"

#include <string.h>

#include "app/silenced.h"
#include "app/store.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "base/walk.h"

/* Above this no number is tried behind a name: more entries than an inventory takes. */
#define NUMBERS (1u << 20)
/* Characters that a number takes, with its dash. */
#define NUMBER_SIZE 8

/* What keeps certificates in versions moves a link; the renewed one will be behind it. */
static enum kvk_err make_absolute(const char *path, char **out)
{
	struct kvk_blob absolute = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_plain(&absolute, path));
	if (absolute.n >= KVK_ENTRY_PATH_SIZE) {
		err = KVK_ERR_LIMIT;
		goto out;
	}
	*out = kvk_strdup(kvk_blob_str(&absolute));
	if (*out == NULL)
		err = KVK_ERR_MEMORY;
out:
	kvk_blob_free(&absolute);
	return err;
}

/* Reads a file into the batch. The errors of kvk_watched_read() and of the inventory. */
static enum kvk_err read_file(struct kvk_tracking *t, const char *path)
{
	struct kvk_watched watched;
	struct kvk_found *found;
	struct kvk_entry entry;
	char *absolute = NULL;
	enum kvk_err err;

	KVK_TRY(make_absolute(path, &absolute));
	err = kvk_inventory_next_at(t->inventory, absolute, 0, &entry);
	if (err == KVK_ERR_NOT_FOUND)
		entry.certificate.present = false;
	else if (err != KVK_OK)
		goto out;
	KVK_TRY(kvk_watched_read(path, &entry.certificate, &watched));
	KVK_TRY(kvk_vec_push(&t->batch, &found));
	*found = (struct kvk_found){ .path = absolute, .watched = watched };
	absolute = NULL;
out:
	kvk_free(absolute);
	return err;
}

static void numbered(const char *base, unsigned number, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "%.*s-%u",
		(int)(KVK_LIMIT_ENTRY_NAME - NUMBER_SIZE), base, number);
}

/* KVK_ERR_EXISTS where a name with this number is taken, KVK_OK where it is not. */
static enum kvk_err check_number(struct kvk_inventory *inventory, const char *base, unsigned number)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	struct kvk_entry entry;
	enum kvk_err err;

	numbered(base, number, name);
	err = kvk_inventory_find(inventory, name, &entry);
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	return err == KVK_OK ? KVK_ERR_EXISTS : err;
}

/* The first number above one that is taken to which a leap comes whose name is free. */
static enum kvk_err leap(
	struct kvk_inventory *inventory, const char *base, unsigned *taken, unsigned *unused)
{
	for (*unused = *taken + 1; *unused <= NUMBERS; *unused *= 2) {
		enum kvk_err err = check_number(inventory, base, *unused);

		if (err != KVK_ERR_EXISTS)
			return err;
		*taken = *unused;
	}
	return KVK_ERR_EXISTS;
}

/*
 * Finds a number above one that is taken whose name is free: leaps forward to one that is, then
 * halves the gap. With a hundred thousand certificates of one name, trying one after the other
 * would never end.
 */
static enum kvk_err find_number(
	struct kvk_inventory *inventory, const char *base, unsigned taken, unsigned *out)
{
	unsigned unused;
	enum kvk_err err;

	KVK_TRY(leap(inventory, base, &taken, &unused));
	while (unused - taken > 1) {
		unsigned middle = taken + (unused - taken) / 2;

		err = check_number(inventory, base, middle);
		if (err == KVK_ERR_EXISTS)
			taken = middle;
		else if (err == KVK_OK)
			unused = middle;
		else
			goto out;
	}
	err = KVK_OK;
	*out = unused;
out:
	return err;
}

/* The name for an entry: given, else that of the certificate, else that of the file. */
static void choose_name(const struct kvk_tracking *t, const struct kvk_found *found,
	char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "%s",
		t->name != NULL ? t->name : found->watched.name);
	if (name[0] == '\0')
		kvk_watched_name(strrchr(found->path, '/') + 1, name);
	if (name[0] == '\0')
		kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "certificate");
}

/* Stores an entry whose name is taken under the next number that is free. */
static enum kvk_err add_numbered(struct kvk_tracking *t, struct kvk_entry *entry)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	enum kvk_err err;

	memcpy(name, entry->name, sizeof name);
	if (strcmp(name, t->numbered_name) != 0) {
		memcpy(t->numbered_name, name, sizeof name);
		t->number = 1;
	}
	KVK_TRY(find_number(t->inventory, name, t->number, &t->number));
	numbered(name, t->number, entry->name);
	KVK_TRY(kvk_inventory_add(t->inventory, entry));
out:
	return err;
}

static enum kvk_err add_new(
	struct kvk_tracking *t, const struct kvk_found *found, struct kvk_entry *entry)
{
	enum kvk_err err;

	memset(entry, 0, sizeof *entry);
	entry->stage = KVK_STAGE_TRACKED;
	entry->since = t->now;
	entry->kept = t->keep;
	entry->certificate = found->watched.certificate;
	KVK_FORMAT(entry->path, "%s", found->path);
	choose_name(t, found, entry->name);
	err = kvk_inventory_add(t->inventory, entry);
	KVK_TRY(err == KVK_ERR_EXISTS && t->name == NULL ? add_numbered(t, entry) : err);
	KVK_TRY(kvk_silenced_find(t->inventory, entry, t->now, &t->silenced));
out:
	return err;
}

/* Brings an entry up to date with what its file holds now. */
static enum kvk_err refresh(
	struct kvk_tracking *t, const struct kvk_found *found, struct kvk_entry *entry)
{
	const struct kvk_entry_certificate *now = &found->watched.certificate;
	const bool other = memcmp(entry->certificate.sha256, now->sha256, KVK_SHA256_SIZE) != 0 ||
		!entry->certificate.holder.known;
	enum kvk_err err = KVK_OK;

	if (entry->certificate.ends != now->ends)
		KVK_TRY(kvk_inventory_notified_forget_ends(t->inventory, entry->id));
	entry->certificate = *now;
	entry->kept = entry->kept || t->keep;
	KVK_TRY(kvk_inventory_update(t->inventory, entry));
	if (other)
		KVK_TRY(kvk_silenced_find(t->inventory, entry, t->now, &t->silenced));
out:
	return err;
}

/* What a dossier holds is the business of accept and check. */
static enum kvk_err keep_dossier(struct kvk_tracking *t, struct kvk_entry *entry)
{
	if (!t->keep || entry->kept)
		return KVK_OK;
	entry->kept = true;
	return kvk_inventory_update(t->inventory, entry);
}

/* Records one certificate, or brings the entry that is there up to date. */
static enum kvk_err record(struct kvk_tracking *t, struct kvk_found *found, struct kvk_entry *entry)
{
	enum kvk_err err = kvk_inventory_next_at(t->inventory, found->path, 0, entry);

	found->known = err == KVK_OK;
	if (err == KVK_ERR_NOT_FOUND)
		return add_new(t, found, entry);
	KVK_TRY(err);
	err = entry->dossier ? keep_dossier(t, entry) : refresh(t, found, entry);
out:
	return err;
}

/* Stores the batch in one transaction. */
static enum kvk_err store_all(struct kvk_tracking *t)
{
	const size_t named = t->silenced.count;
	struct kvk_entry entry;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(t->inventory));
	for (size_t i = 0; i < t->batch.count; i++) {
		struct kvk_found *found = kvk_vec_at(&t->batch, i);

		KVK_TRY(record(t, found, &entry));
		memcpy(found->name, entry.name, sizeof found->name);
	}
	KVK_TRY(kvk_inventory_commit(t->inventory));
out:
	if (err != KVK_OK) {
		kvk_inventory_rollback(t->inventory);
		kvk_report_silenced_drop(&t->silenced, named);
	}
	return err;
}

/* Counts what is stored, and says what is new. */
static enum kvk_err announce(struct kvk_tracking *t, const struct kvk_found *found)
{
	const struct kvk_tracked tracked = {
		.name = found->name,
		.path = found->path,
		.not_after = found->watched.certificate.not_after,
	};

	if (found->known) {
		t->counts.known++;
		memcpy(t->known_name, found->name, sizeof t->known_name);
		return KVK_OK;
	}
	t->counts.recorded++;
	return t->recorded != NULL ? t->recorded(t->context, &tracked) : KVK_OK;
}

static void clear_batch(struct kvk_tracking *t)
{
	for (size_t i = 0; i < t->batch.count; i++)
		kvk_free(((struct kvk_found *)kvk_vec_at(&t->batch, i))->path);
	t->batch.count = 0;
}

static enum kvk_err set_store_error(
	const struct kvk_tracking *t, enum kvk_err err, struct kvk_error *why)
{
	if (err == KVK_ERR_EXISTS && t->name != NULL)
		return kvk_error_set(why, err,
			_("the name '%s' is already in use; choose another one with --name"),
			t->name);
	if (err == KVK_ERR_LIMIT)
		return kvk_error_set(why, KVK_ERR_CREATE,
			_("an inventory can hold at most %u entries"), KVK_LIMIT_ENTRIES);
	return kvk_store_error(err, why);
}

/* Stores what waits, whole or not at all. */
static enum kvk_err store(struct kvk_tracking *t, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(store_all(t));
	for (size_t i = 0; i < t->batch.count; i++)
		KVK_TRY(announce(t, kvk_vec_at(&t->batch, i)));
out:
	clear_batch(t);
	return set_store_error(t, err, why);
}

enum kvk_err kvk_tracking_add_file(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why)
{
	enum kvk_err err = read_file(tracking, path);
	char safe[256];

	if (err == KVK_OK)
		return store(tracking, why);
	if (err != KVK_ERR_FORMAT)
		return kvk_error_set_file(why, err, path, KVK_LIMIT_FILE);
	return kvk_error_set(why, err, _("'%s' contains no readable certificate"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

/* One walk over a folder. */
struct walk {
	struct kvk_tracking *tracking;
	struct kvk_error *why;
	/* It ended because of us, and why says so. */
	bool failed;
};

static enum kvk_err skip_unreadable(struct kvk_tracking *t, enum kvk_err err, const char *path)
{
	if (t->unreadable != NULL)
		t->unreadable(t->context, err, path);
	t->counts.unreadable++;
	return KVK_OK;
}

static enum kvk_err end_walk(struct walk *walk, enum kvk_err err)
{
	walk->failed = err != KVK_OK;
	return err;
}

/* A file of a folder: what holds no certificate is passed over. */
static enum kvk_err visit(void *context, const char *path, enum kvk_err walked)
{
	struct walk *walk = context;
	struct kvk_tracking *t = walk->tracking;
	enum kvk_err err;

	if (walked != KVK_OK)
		return skip_unreadable(t, walked, path);
	err = read_file(t, path);
	switch (err) {
	case KVK_OK:
		return t->batch.count == KVK_TRACKING_BATCH ? end_walk(walk, store(t, walk->why)) :
							      KVK_OK;
	case KVK_ERR_MEMORY:
		return end_walk(walk, kvk_store_error(err, walk->why));
	case KVK_ERR_OPEN:
	case KVK_ERR_READ:
		return skip_unreadable(t, err, path);
	default:
		t->counts.passed_over++;
		return KVK_OK;
	}
}

static enum kvk_err walk_folder(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why)
{
	struct walk walk = { .tracking = tracking, .why = why };
	enum kvk_err err = kvk_walk_folder(path, visit, &walk);
	char safe[256];

	if (err == KVK_OK || walk.failed)
		return err;
	if (err != KVK_ERR_LIMIT)
		return kvk_error_set_file(why, err, path, 0);
	return kvk_error_set(why, err, _("'%s' holds more than %u files"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), KVK_LIMIT_FOLDER);
}

enum kvk_err kvk_tracking_add_folder(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why)
{
	enum kvk_err err = walk_folder(tracking, path, why);
	/* What was read before something went wrong is recorded all the same. */
	enum kvk_err stored = store(tracking, err == KVK_OK ? why : NULL);

	return err == KVK_OK ? stored : err;
}

void kvk_tracking_free(struct kvk_tracking *tracking)
{
	clear_batch(tracking);
	kvk_vec_free(&tracking->batch);
	kvk_report_silenced_free(&tracking->silenced);
}
