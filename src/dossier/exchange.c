/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "dossier/files.h"
#include "dossier/tree.h"

#define NEXT ".next"
#define LAST ".last"

/* The path of a folder's neighbour. */
static enum kvk_err name_beside(const char *folder, const char *suffix, struct kvk_blob *out)
{
	const struct kvk_span whole = kvk_path_trim(kvk_span_of(folder));
	const struct kvk_span above = kvk_path_parent(whole);
	const char *slash = memrchr(whole.p, '/', whole.n);
	const char *name = slash != NULL ? slash + 1 : (const char *)whole.p;
	const size_t length = (size_t)((const char *)whole.p + whole.n - name);

	kvk_blob_clear(out);
	return kvk_blob_append_format(out, "%.*s/.%.*s%s", (int)above.n, (const char *)above.p,
		(int)length, name, suffix);
}

static enum kvk_err sync_above(const char *folder)
{
	struct kvk_blob above = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(&above, kvk_path_parent(kvk_path_trim(kvk_span_of(folder)))));
	KVK_TRY(kvk_dir_sync(kvk_blob_str(&above)));
out:
	kvk_blob_free(&above);
	return err;
}

/* The neighbours of a folder. */
struct names {
	const char *folder;
	struct kvk_blob next, last;
};

static enum kvk_err find_names(const char *folder, struct names *out)
{
	enum kvk_err err;

	*out = (struct names){ .folder = folder };
	KVK_TRY(name_beside(folder, NEXT, &out->next));
	KVK_TRY(name_beside(folder, LAST, &out->last));
out:
	return err;
}

static void free_names(struct names *names)
{
	kvk_blob_free(&names->next);
	kvk_blob_free(&names->last);
}

static enum kvk_err move(const char *from, const char *to)
{
	return rename(from, to) == 0 ? KVK_OK : KVK_ERR_WRITE;
}

/* One after the other; a first move alone is taken back. */
static enum kvk_err move_both(const struct names *names)
{
	const char *next = kvk_blob_str(&names->next), *last = kvk_blob_str(&names->last);
	enum kvk_err err;
	int saved;

	KVK_TRY(move(names->folder, last));
	err = move(next, names->folder);
	if (err != KVK_OK) {
		saved = errno;
		(void)rename(last, names->folder);
		errno = saved;
		goto out;
	}
	/* It is done; the old folder is found under either name. */
	(void)rename(last, next);
out:
	return err;
}

static enum kvk_err exchange(const struct names *names)
{
	if (renameat2(AT_FDCWD, kvk_blob_str(&names->next), AT_FDCWD, names->folder,
		    RENAME_EXCHANGE) == 0)
		return KVK_OK;
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return KVK_ERR_WRITE;
	return move_both(names);
}

enum kvk_err kvk_exchange_prepare(
	const char *folder, struct kvk_blob *beside, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(name_beside(folder, NEXT, beside));
	KVK_TRY(kvk_exchange_drop(folder));
	KVK_TRY(kvk_tree_link(folder, kvk_blob_str(beside), why));
out:
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, kvk_blob_str(beside), 0);
	return err;
}

enum kvk_err kvk_exchange_swap(const char *folder, struct kvk_error *why)
{
	struct names names;
	enum kvk_err err;

	KVK_TRY(find_names(folder, &names));
	KVK_TRY(kvk_tree_sync(kvk_blob_str(&names.next)));
	KVK_TRY(exchange(&names));
	/* It is done; what a crash undoes of it, it undoes whole. */
	(void)sync_above(folder);
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, folder, 0);
	free_names(&names);
	return err;
}

enum kvk_err kvk_exchange_recover(const char *folder, bool *beside)
{
	struct names names;
	enum kvk_err err;

	*beside = false;
	KVK_TRY(find_names(folder, &names));
	if (kvk_path_exists(kvk_blob_str(&names.last))) {
		if (!kvk_path_exists(folder))
			KVK_TRY(move(kvk_blob_str(kvk_path_exists(kvk_blob_str(&names.next)) ?
						     &names.next :
						     &names.last),
				folder));
		if (kvk_path_exists(kvk_blob_str(&names.last)))
			KVK_TRY(move(kvk_blob_str(&names.last), kvk_blob_str(&names.next)));
	}
	*beside = kvk_path_exists(kvk_blob_str(&names.next));
out:
	free_names(&names);
	return err;
}

enum kvk_err kvk_exchange_name(const char *folder, struct kvk_blob *beside)
{
	return name_beside(folder, NEXT, beside);
}

enum kvk_err kvk_exchange_place(const char *folder, struct kvk_error *why)
{
	struct kvk_blob beside = { 0 };
	enum kvk_err err;

	KVK_TRY(name_beside(folder, NEXT, &beside));
	err = kvk_path_move_new(kvk_blob_str(&beside), folder);
	/* Another program may have completed it. */
	if (err != KVK_OK && kvk_path_exists(folder) && !kvk_path_exists(kvk_blob_str(&beside)))
		err = KVK_OK;
	KVK_TRY(err);
	(void)sync_above(folder);
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, folder, 0);
	kvk_blob_free(&beside);
	return err;
}

static bool has(const char *folder, const char *name)
{
	struct kvk_blob path = { 0 };
	bool there = kvk_path_join(&path, folder, name) == KVK_OK &&
		kvk_path_exists(kvk_blob_str(&path));

	kvk_blob_free(&path);
	return there;
}

/* Whether a folder is a dossier or a renewal. It may have no key: that of its request may be in a
 * token, and the dossier of a tracked file has nothing but its renewal. */
static bool is_dossier(const char *folder)
{
	return has(folder, KVK_DOSSIER_KEY) || has(folder, KVK_DOSSIER_REQUEST) ||
		has(folder, KVK_DOSSIER_NEXT);
}

enum kvk_err kvk_exchange_drop(const char *folder)
{
	struct kvk_blob beside = { 0 };
	enum kvk_err err;

	KVK_TRY(name_beside(folder, NEXT, &beside));
	if (!kvk_path_exists(kvk_blob_str(&beside)))
		goto out;
	KVK_TRY(kvk_path_exists(folder) && !is_dossier(folder) &&
				has(kvk_blob_str(&beside), KVK_DOSSIER_KEY) ?
			KVK_ERR_EXISTS :
			KVK_OK);
	KVK_TRY(kvk_dir_remove(kvk_blob_str(&beside)));
out:
	kvk_blob_free(&beside);
	return err;
}

bool kvk_exchange_is_beside(const char *entry, struct kvk_span *name)
{
	const size_t length = strlen(entry), suffix = sizeof NEXT - 1;

	_Static_assert(sizeof NEXT == sizeof LAST, "both neighbours end in as many octets");
	if (entry[0] != '.' || length <= 1 + suffix)
		return false;
	*name = (struct kvk_span){ (const uint8_t *)entry + 1, length - 1 - suffix };
	return strcmp(entry + length - suffix, NEXT) == 0 ||
		strcmp(entry + length - suffix, LAST) == 0;
}
