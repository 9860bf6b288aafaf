/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/scan.h: one file. */
#include "config.h"

#include "app/scan.h"

#include <string.h>

#include "base/file.h"
#include "watch/locked.h"

enum kvk_err kvk_scan_pass(struct kvk_scan *scan, enum kvk_passed kind, const char *path)
{
	scan->passed[kind]++;
	return scan->names >> kind & 1 ? kvk_finds_note(scan->finds, kind, path) : KVK_OK;
}

enum kvk_err kvk_scan_unreadable(struct kvk_scan *scan, enum kvk_err err, const char *path,
	const struct kvk_watched_file *file)
{
	scan->unreadable_count++;
	if (scan->unreadable != NULL)
		scan->unreadable(scan->context, err, path, file);
	return KVK_OK;
}

/* Whether a file can hold a certificate at all: PEM, or DER. Spares most of them the reading. */
static bool looks_promising(const struct kvk_blob *bytes)
{
	return bytes->n > 0 &&
		(bytes->p[0] == 0x30 || memmem(bytes->p, bytes->n, "-----", 5) != NULL);
}

/* What is in a file decides. */
static enum kvk_err sort_out(struct kvk_scan *scan, const struct kvk_scanned *scanned,
	const struct kvk_watched_file *file)
{
	if (file->damaged)
		return kvk_scan_unreadable(scan, KVK_ERR_FORMAT, scanned->path, file);
	if (file->ends > 0)
		return scan->found(scan->context, scanned);
	return kvk_scan_pass(
		scan, file->list.count > 0 ? KVK_PASSED_CA : KVK_PASSED_NONE, scanned->path);
}

static enum kvk_err read_bytes(
	struct kvk_scan *scan, const char *path, bool beside_target, struct kvk_blob *bytes)
{
	struct kvk_watched_file file = KVK_WATCHED_FILE_INIT;
	const struct kvk_scanned scanned = { path, &file, beside_target };
	bool known = false;
	enum kvk_err err;

	if (!looks_promising(bytes))
		return kvk_scan_pass(scan, KVK_PASSED_NONE, path);
	if (scan->is_known != NULL)
		KVK_TRY(scan->is_known(scan->context, path, bytes, &known));
	if (known)
		return KVK_OK;
	if (kvk_locked(bytes))
		return kvk_scan_pass(scan, KVK_PASSED_LOCKED, path);
	err = kvk_watched_file_read(bytes, &file);
	if (err == KVK_ERR_LIMIT)
		return kvk_scan_pass(scan, KVK_PASSED_LARGE, path);
	KVK_TRY(err);
	err = sort_out(scan, &scanned, &file);
out:
	kvk_watched_file_free(&file);
	return err;
}

enum kvk_err kvk_scan_file(struct kvk_scan *scan, const char *path, bool beside_target)
{
	struct kvk_blob bytes = { 0 };
	bool watched = false;
	enum kvk_err err;

	if (scan->files++ >= KVK_LIMIT_SCAN)
		return KVK_ERR_LIMIT;
	if (scan->is_watched != NULL)
		KVK_TRY(scan->is_watched(scan->context, path, &watched));
	if (watched)
		goto out;
	err = kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes);
	switch (err) {
	case KVK_OK:
		err = read_bytes(scan, path, beside_target, &bytes);
		break;
	case KVK_ERR_MEMORY:
		break;
	case KVK_ERR_LIMIT:
		err = kvk_scan_pass(scan, KVK_PASSED_LARGE, path);
		break;
	case KVK_ERR_NOT_FOUND:
		/* It went away meanwhile. */
		err = KVK_OK;
		break;
	default:
		err = kvk_scan_unreadable(scan, err, path, NULL);
		break;
	}
out:
	kvk_blob_free(&bytes);
	return err;
}
