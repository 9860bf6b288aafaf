/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/history.h"

#include <string.h>

#include "base/path.h"

#define INVENTORY_FILE "inventory.db"

static enum kvk_err add_upload(void *context, const uint8_t *sha256, kvk_time at)
{
	struct kvk_history *history = context;
	uint8_t *slot;
	enum kvk_err err;

	(void)at;
	KVK_TRY(kvk_vec_push(&history->uploads, &slot));
	memcpy(slot, sha256, KVK_SHA256_SIZE);
out:
	return err;
}

enum kvk_err kvk_history_read(struct kvk_inventory *inventory, struct kvk_history *out)
{
	out->known = true;
	return kvk_inventory_each_upload(inventory, add_upload, out);
}

enum kvk_err kvk_history_of_home(
	const struct kvk_home *home, struct kvk_history *out, struct kvk_error *why)
{
	struct kvk_inventory *inventory = NULL;
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	if (home->path.n == 0)
		return KVK_OK;
	KVK_TRY(kvk_home_part(home, INVENTORY_FILE, &path, why));
	if (!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	KVK_TRY(kvk_inventory_open(kvk_home_text(home), false, &inventory, why));
	KVK_TRY(kvk_history_read(inventory, out));
out:
	kvk_inventory_close(inventory);
	kvk_blob_free(&path);
	return err;
}

void kvk_history_forget(struct kvk_history *history, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	uint8_t(*const uploads)[KVK_SHA256_SIZE] = history->uploads.items;
	size_t kept = 0;

	for (size_t i = 0; i < history->uploads.count; i++)
		if (memcmp(uploads[i], sha256, KVK_SHA256_SIZE) != 0)
			memmove(uploads[kept++], uploads[i], KVK_SHA256_SIZE);
	history->uploads.count = kept;
}

void kvk_history_apply(const struct kvk_history *history, struct kvk_case *asked)
{
	asked->history_known = history->known;
	asked->history = history->uploads.items;
	asked->history_count = history->uploads.count;
}

void kvk_history_free(struct kvk_history *history)
{
	kvk_vec_free(&history->uploads);
}
