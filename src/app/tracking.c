/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/tracking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"

/* Above this no number is tried behind a name: more entries than an inventory takes. */
#define NUMBERS (1u << 20)
/* Characters that a number takes, with its dash. */
#define NUMBER_SIZE 8

static enum kvk_err keep(
	struct kvk_tracking *t, const char *path, const struct kvk_watched *watched)
{
	struct kvk_blob absolute = { 0 };
	struct kvk_found *found;
	/* What keeps certificates in versions moves a link; the renewed one will be behind it. */
	enum kvk_err err = kvk_path_plain(&absolute, path);

	if (err == KVK_OK && absolute.n >= KVK_ENTRY_PATH_SIZE)
		err = KVK_ERR_LIMIT;
	if (err == KVK_OK)
		err = kvk_vec_push(&t->batch, &found);
	if (err == KVK_OK) {
		found->watched = *watched;
		found->path = kvk_strdup(kvk_blob_str(&absolute));
		err = found->path != NULL ? KVK_OK : KVK_ERR_MEMORY;
	}
	kvk_blob_free(&absolute);
	return err;
}

enum kvk_err kvk_tracking_add(struct kvk_tracking *tracking, const char *path, bool *file)
{
	struct kvk_watched watched;
	enum kvk_err err = kvk_watch_read(path, &watched);

	*file = true;
	if (err == KVK_OK)
		err = keep(tracking, path, &watched);
	if (err != KVK_OK || tracking->batch.count < KVK_TRACKING_BATCH)
		return err;
	*file = false;
	return kvk_tracking_store(tracking);
}

static void numbered(const char *base, unsigned number, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	snprintf(name, KVK_LIMIT_ENTRY_NAME + 1, "%.*s-%u",
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

/*
 * Finds a number above one that is taken whose name is free: leaps forward to one that is, then
 * halves the gap. With a hundred thousand certificates of one name, trying one after the other
 * would never end.
 */
static enum kvk_err find_number(
	struct kvk_inventory *inventory, const char *base, unsigned taken, unsigned *out)
{
	unsigned unused = taken + 1;
	enum kvk_err err;

	while ((err = check_number(inventory, base, unused)) == KVK_ERR_EXISTS) {
		taken = unused;
		unused *= 2;
		if (unused > NUMBERS)
			return err;
	}
	while (err == KVK_OK && unused - taken > 1) {
		unsigned middle = taken + (unused - taken) / 2;

		err = check_number(inventory, base, middle);
		if (err == KVK_ERR_EXISTS) {
			taken = middle;
			err = KVK_OK;
		} else {
			unused = middle;
		}
	}
	*out = unused;
	return err;
}

/* The name for an entry: given, else that of the certificate, else that of the file. */
static void choose_name(const struct kvk_tracking *t, const struct kvk_found *found,
	char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	snprintf(name, KVK_LIMIT_ENTRY_NAME + 1, "%s",
		t->name != NULL ? t->name : found->watched.name);
	if (name[0] == '\0')
		kvk_entry_name_from(strrchr(found->path, '/') + 1, name);
	if (name[0] == '\0')
		snprintf(name, KVK_LIMIT_ENTRY_NAME + 1, "certificate");
}

static enum kvk_err add_new(
	struct kvk_tracking *t, const struct kvk_found *found, struct kvk_entry *entry)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	enum kvk_err err;

	memset(entry, 0, sizeof *entry);
	entry->stage = KVK_STAGE_TRACKED;
	entry->since = t->now;
	entry->certificate = found->watched.certificate;
	snprintf(entry->path, sizeof entry->path, "%s", found->path);
	choose_name(t, found, name);
	memcpy(entry->name, name, sizeof name);
	err = kvk_inventory_add(t->inventory, entry);
	if (err != KVK_ERR_EXISTS || t->name != NULL)
		return err;
	if (strcmp(name, t->numbered_name) != 0) {
		memcpy(t->numbered_name, name, sizeof name);
		t->number = 1;
	}
	err = find_number(t->inventory, name, t->number, &t->number);
	if (err != KVK_OK)
		return err;
	numbered(name, t->number, entry->name);
	return kvk_inventory_add(t->inventory, entry);
}

/* Records one certificate, or brings the entry that is there up to date. */
static enum kvk_err record(
	struct kvk_tracking *t, const struct kvk_found *found, struct kvk_entry *entry, bool *known)
{
	enum kvk_err err = kvk_inventory_find_path(t->inventory, found->path, entry);

	*known = err == KVK_OK;
	if (err == KVK_ERR_NOT_FOUND)
		return add_new(t, found, entry);
	/* What a dossier holds is the business of accept and check. */
	if (err != KVK_OK || entry->dossier)
		return err;
	entry->certificate = found->watched.certificate;
	return kvk_inventory_update(t->inventory, entry);
}

static void clear_batch(struct kvk_tracking *t)
{
	for (size_t i = 0; i < t->batch.count; i++)
		kvk_free(((struct kvk_found *)kvk_vec_at(&t->batch, i))->path);
	t->batch.count = 0;
}

/* Stores the batch in a transaction that the caller opened. */
static enum kvk_err store_all(
	struct kvk_tracking *t, struct kvk_tracked_counts *counts, struct kvk_blob *report)
{
	struct kvk_entry entry;
	enum kvk_err err = KVK_OK;
	bool known;

	for (size_t i = 0; err == KVK_OK && i < t->batch.count; i++) {
		err = record(t, kvk_vec_at(&t->batch, i), &entry, &known);
		if (err != KVK_OK)
			break;
		counts->known += known;
		counts->recorded += !known;
		if (known)
			memcpy(t->known_name, entry.name, sizeof t->known_name);
		else if (t->json)
			err = kvk_report_tracked_item(&entry, t->report.n + report->n == 0, report);
		else
			err = kvk_report_tracked(&entry, report);
	}
	return err;
}

enum kvk_err kvk_tracking_store(struct kvk_tracking *tracking)
{
	struct kvk_tracked_counts counts = tracking->counts;
	struct kvk_blob report = { 0 };
	enum kvk_err err = kvk_inventory_begin(tracking->inventory);

	if (err == KVK_OK) {
		err = store_all(tracking, &counts, &report);
		if (err == KVK_OK)
			err = kvk_inventory_commit(tracking->inventory);
		else
			kvk_inventory_rollback(tracking->inventory);
	}
	clear_batch(tracking);
	if (err == KVK_OK) {
		tracking->counts = counts;
		err = kvk_blob_append(&tracking->report, kvk_span_of_blob(&report));
	}
	kvk_blob_free(&report);
	return err;
}

void kvk_tracking_free(struct kvk_tracking *tracking)
{
	clear_batch(tracking);
	kvk_vec_free(&tracking->batch);
	kvk_blob_free(&tracking->report);
}
