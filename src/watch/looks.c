/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/looks.h"

#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "inventory/pass_files.h"
#include "watch/locked.h"

static void forget(struct kvk_looks *looks)
{
	kvk_blob_clear(&looks->path);
	kvk_watched_file_free(&looks->file);
	looks->entries.count = 0;
	looks->any_rest = false;
}

void kvk_looks_free(struct kvk_looks *looks)
{
	forget(looks);
	kvk_vec_free(&looks->entries);
	kvk_blob_free(&looks->path);
}

/* Matches the entries whose certificates are known, in the order of looks->entries. */
static enum kvk_err match(struct kvk_looks *looks, const struct kvk_vec *known)
{
	const struct kvk_entry_certificate **list = kvk_calloc(known->count + 1, sizeof(*list));
	size_t *matches = kvk_calloc(known->count + 1, sizeof *matches);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (list == NULL || matches == NULL)
		goto out;
	for (size_t i = 0; i < known->count; i++)
		list[i] = kvk_vec_at(known, i);
	kvk_watched_match(&looks->file, list, known->count, matches);
	for (size_t i = 0; i < KVK_LIMIT_BLOCKS; i++)
		looks->rest[i] = i < looks->file.ends;
	for (size_t i = 0; i < known->count; i++) {
		((struct kvk_look *)kvk_vec_at(&looks->entries, i))->match = matches[i];
		if (matches[i] != KVK_WATCHED_NONE)
			looks->rest[matches[i]] = false;
	}
	for (size_t i = 0; i < looks->file.ends; i++)
		looks->any_rest = looks->any_rest || looks->rest[i];
	err = KVK_OK;
out:
	kvk_free(matches);
	kvk_free(list);
	return err;
}

/* All entries of the file, and what is known of each. */
static enum kvk_err match_entries(struct kvk_looks *looks, const char *path)
{
	struct kvk_vec known = KVK_VEC_INIT(struct kvk_entry_certificate, KVK_LIMIT_ENTRIES);
	struct kvk_entry_certificate *certificate;
	struct kvk_entry entry = { .id = 0 };
	struct kvk_look *look;
	enum kvk_err err;

	for (;;) {
		err = kvk_inventory_next_at(looks->inventory, path, entry.id, &entry);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		if (entry.dossier || !entry.certificate.present)
			continue;
		KVK_TRY(kvk_vec_push(&known, &certificate));
		*certificate = entry.certificate;
		KVK_TRY(kvk_vec_push(&looks->entries, &look));
		*look = (struct kvk_look){ entry.id, KVK_WATCHED_NONE };
	}
	KVK_TRY(match(looks, &known));
out:
	kvk_vec_free(&known);
	return err;
}

/* What is in a file; where a passphrase opens it, with that. */
static enum kvk_err read_certificates(
	struct kvk_looks *looks, const char *path, struct kvk_blob *bytes)
{
	struct kvk_blob pass_file = { 0 };
	enum kvk_err err = KVK_OK;

	if (kvk_locked(bytes))
		err = kvk_inventory_pass_file(looks->inventory, path, &pass_file);
	if (err != KVK_ERR_NOT_FOUND)
		KVK_TRY(err);
	err = kvk_locked_file_read(bytes, kvk_blob_str(&pass_file), &looks->file, NULL);
	/* The file itself is there, and was read. */
	if (err == KVK_ERR_NOT_FOUND || err == KVK_ERR_OPEN || err == KVK_ERR_READ ||
		err == KVK_ERR_NOT_REGULAR || err == KVK_ERR_ARGUMENT)
		err = KVK_ERR_PASSPHRASE;
out:
	kvk_blob_free(&pass_file);
	return err;
}

/* Reads a file that is not the one that was read last. */
static enum kvk_err read_file(struct kvk_looks *looks, const char *path, struct kvk_blob *bytes)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_sha256(kvk_span_of_blob(bytes), sha256));
	if (looks->path.n > 0 && strcmp(kvk_blob_str(&looks->path), path) == 0 &&
		memcmp(looks->file.sha256, sha256, sizeof sha256) == 0)
		goto out;
	forget(looks);
	KVK_TRY(read_certificates(looks, path, bytes));
	KVK_TRY(match_entries(looks, path));
	KVK_TRY(kvk_blob_append_text(&looks->path, path));
out:
	if (err != KVK_OK)
		forget(looks);
	return err;
}

/* The number of the certificate of an entry; one that was taken out meanwhile stands alone. */
static size_t find_match(const struct kvk_looks *looks, const struct kvk_entry *entry)
{
	const struct kvk_entry_certificate *known = &entry->certificate;
	size_t found;

	for (size_t i = 0; i < looks->entries.count; i++) {
		const struct kvk_look *look = kvk_vec_at(&looks->entries, i);

		if (look->id == entry->id)
			return look->match;
	}
	kvk_watched_match(&looks->file, &known, 1, &found);
	return found;
}

static enum kvk_err take_match(
	const struct kvk_looks *looks, const struct kvk_entry *entry, struct kvk_watched *out)
{
	const size_t found = find_match(looks, entry);

	if (found == KVK_WATCHED_NONE)
		return KVK_ERR_FORMAT;
	*out = *kvk_watched_at(&looks->file, found);
	if (looks->any_rest)
		memset(out->certificate.file_sha256, 0, KVK_SHA256_SIZE);
	return KVK_OK;
}

enum kvk_err kvk_looks_read(
	struct kvk_looks *looks, const struct kvk_entry *entry, struct kvk_watched *out, bool *read)
{
	struct kvk_blob bytes = { 0 };
	bool unchanged, private_key = false;
	enum kvk_err err;

	if (read != NULL)
		*read = false;
	if (entry->dossier)
		return kvk_watched_read(entry->path, &entry->certificate, out);
	memset(out, 0, sizeof *out);
	KVK_TRY(kvk_file_read(entry->path, KVK_LIMIT_FILE, 0, &bytes));
	private_key = kvk_watched_has_key(&bytes);
	KVK_TRY(kvk_watched_unchanged(&bytes, &entry->certificate, &unchanged));
	out->certificate = entry->certificate;
	if (unchanged)
		goto out;
	KVK_TRY(read_file(looks, entry->path, &bytes));
	if (read != NULL)
		*read = true;
	err = take_match(looks, entry, out);
out:
	out->private_key = private_key;
	kvk_blob_free(&bytes);
	return err;
}
