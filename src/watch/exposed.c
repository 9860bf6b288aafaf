/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/exposed.h"

#include <dirent.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/contents.h"
#include "crypto/hash.h"
#include "crypto/key.h"
#include "watch/locked.h"
#include "watch/watched.h"

#define PERMISSIONS 07777u

/* Names that are tried where a folder cannot be read. */
static const char *const usual_names[] = { "key.pem", "privkey.pem" };

/* A file name that is longer than any is no key's. */
static bool is_key_name(const char *name)
{
	char lower[256];
	size_t n = 0;

	for (; name[n] != '\0' && n < sizeof lower - 1; n++)
		lower[n] = (char)kvk_to_lower((uint8_t)name[n]);
	lower[n] = '\0';
	return fnmatch("*.key", lower, FNM_PERIOD) == 0 ||
		fnmatch("*key*.pem", lower, FNM_PERIOD) == 0 ||
		fnmatch("private*.pem", lower, FNM_PERIOD) == 0;
}

/* Whether everybody can read a file, links followed. */
static bool is_readable(const char *path, unsigned *mode)
{
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & S_IROTH) == 0)
		return false;
	*mode = (unsigned)st.st_mode & PERMISSIONS;
	return true;
}

/* Reads the public key of a file that everybody can read; known stays false where it cannot be. */
static enum kvk_err read_public(struct kvk_span file, struct kvk_exposed_key *out)
{
	struct kvk_key *key = NULL;
	struct kvk_blob spki = { 0 };
	enum kvk_err err = kvk_key_read(file, NULL, &key);

	if (err != KVK_OK) {
		err = err == KVK_ERR_MEMORY ? err : KVK_OK;
		goto out;
	}
	KVK_TRY(kvk_key_spki(key, &spki));
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&spki), out->spki_sha256));
	out->known = true;
out:
	kvk_blob_free(&spki);
	kvk_key_free(key);
	return err;
}

/* Whether a file that everybody can read holds a private key, which goes to out. */
static enum kvk_err look_into(const char *path, struct kvk_exposed_key *out, bool *found)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = KVK_OK;

	out->known = false;
	*found = is_readable(path, &out->mode) &&
		kvk_file_read(path, KVK_LIMIT_KEY_FILE, 0, &bytes) == KVK_OK &&
		kvk_watched_has_key(&bytes);
	if (*found)
		err = read_public(kvk_span_of_blob(&bytes), out);
	if (bytes.n > 0)
		kvk_wipe(bytes.p, bytes.n);
	kvk_blob_free(&bytes);
	return err;
}

/* Takes a file of the folder where it is such a key. */
static enum kvk_err try_file(struct kvk_exposed *exposed, const char *name)
{
	struct kvk_exposed_key key = { .known = false }, *slot;
	bool found;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&key.path, kvk_blob_str(&exposed->folder), name));
	KVK_TRY(look_into(kvk_blob_str(&key.path), &key, &found));
	if (!found)
		goto out;
	KVK_TRY(kvk_vec_push(&exposed->keys, &slot));
	*slot = key;
	key.path = (struct kvk_blob){ 0 };
out:
	kvk_blob_free(&key.path);
	return err == KVK_ERR_LIMIT ? KVK_OK : err;
}

static enum kvk_err try_usual(struct kvk_exposed *exposed)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < sizeof usual_names / sizeof usual_names[0]; i++)
		KVK_TRY(try_file(exposed, usual_names[i]));
out:
	return err;
}

static void forget_keys(struct kvk_exposed *exposed)
{
	for (size_t i = 0; i < exposed->keys.count; i++) {
		struct kvk_exposed_key *key = kvk_vec_at(&exposed->keys, i);

		kvk_blob_free(&key->path);
	}
	exposed->keys.count = 0;
}

/* Looks through the folder. */
static enum kvk_err look_through(struct kvk_exposed *exposed)
{
	const struct dirent *entry;
	enum kvk_err err = KVK_OK;
	DIR *dir = NULL;

	forget_keys(exposed);
	if (exposed->names < KVK_LIMIT_KEY_NAMES)
		dir = opendir(kvk_blob_str(&exposed->folder));
	if (dir == NULL)
		return try_usual(exposed);
	while (exposed->names < KVK_LIMIT_KEY_NAMES && (entry = readdir(dir)) != NULL) {
		exposed->names++;
		if (is_key_name(entry->d_name))
			KVK_TRY(try_file(exposed, entry->d_name));
	}
out:
	closedir(dir);
	return err;
}

/* Makes the folder of a file the one that was looked at. */
static enum kvk_err look_beside(struct kvk_exposed *exposed, const char *path)
{
	const struct kvk_span folder = kvk_path_parent(kvk_span_of(path));
	enum kvk_err err = KVK_OK;

	if (kvk_span_equal(folder, kvk_span_of_blob(&exposed->folder)))
		return KVK_OK;
	kvk_blob_clear(&exposed->folder);
	KVK_TRY(kvk_blob_append(&exposed->folder, folder));
	KVK_TRY(look_through(exposed));
out:
	return err;
}

/* What the certificate of a view says of its public key. */
struct wanted {
	uint8_t spki_sha256[KVK_SHA256_SIZE];
	bool known;
};

/* What is in a file; where a passphrase opens it, with that. */
static enum kvk_err read_contents(
	struct kvk_inventory *inventory, const char *path, struct kvk_contents *out)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(kvk_locked_open(inventory, path, &bytes));
	KVK_TRY(kvk_contents_read_openssl(&bytes, out));
out:
	kvk_blob_free(&bytes);
	return err;
}

/* Looks for the certificate in its file, which was assessed and may be of a kind that takes a
 * passphrase. */
static enum kvk_err find_wanted(
	struct kvk_inventory *inventory, const struct kvk_entry_view *view, struct wanted *out)
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *certificate;
	enum kvk_err err = KVK_OK;

	out->known = false;
	if (!view->has_certificate)
		return KVK_OK;
	err = read_contents(inventory, view->path, &contents);
	if (err != KVK_OK) {
		err = err == KVK_ERR_MEMORY ? err : KVK_OK;
		goto out;
	}
	for (size_t i = 0;
		!out->known && (certificate = kvk_contents_certificate(&contents, i, NULL)) != NULL;
		i++) {
		out->known = memcmp(certificate->sha256, view->sha256, KVK_SHA256_SIZE) == 0;
		if (out->known)
			memcpy(out->spki_sha256, certificate->spki_sha256, KVK_SHA256_SIZE);
	}
out:
	kvk_contents_free(&contents);
	return err;
}

/* Whether a key takes the place of the one that was found: what is sure comes first, then the
 * name. */
static bool comes_before(const struct kvk_exposed_key *key, const struct wanted *wanted,
	const struct kvk_exposed_key *found)
{
	const bool sure = key->known && wanted->known;

	if (sure && memcmp(key->spki_sha256, wanted->spki_sha256, KVK_SHA256_SIZE) != 0)
		return false;
	if (found == NULL || sure != (found->known && wanted->known))
		return found == NULL || sure;
	return strcmp(kvk_blob_str(&key->path), kvk_blob_str(&found->path)) < 0;
}

/* Says which of the keys beside the file is that of its certificate, or may be. */
static enum kvk_err choose(const struct kvk_exposed *exposed, struct kvk_entry_view *view)
{
	const struct kvk_exposed_key *found = NULL;
	struct wanted wanted;
	enum kvk_err err = KVK_OK;

	if (exposed->keys.count == 0)
		return KVK_OK;
	KVK_TRY(find_wanted(exposed->inventory, view, &wanted));
	for (size_t i = 0; i < exposed->keys.count; i++) {
		const struct kvk_exposed_key *key = kvk_vec_at(&exposed->keys, i);

		if (comes_before(key, &wanted, found))
			found = key;
	}
	if (found == NULL)
		return KVK_OK;
	KVK_TRY(kvk_view_expose(view, kvk_blob_str(&found->path), found->mode));
	view->key_unsure = !view->dossier && !(found->known && wanted.known);
out:
	return err;
}

enum kvk_err kvk_exposed_look(struct kvk_exposed *exposed, struct kvk_entry_view *view)
{
	unsigned mode = 0;
	enum kvk_err err;

	if (view->ca)
		return KVK_OK;
	if (view->file_has_key && is_readable(view->path, &mode)) {
		KVK_TRY(kvk_view_expose(view, view->path, mode));
		goto out;
	}
	KVK_TRY(look_beside(exposed, view->path));
	KVK_TRY(choose(exposed, view));
out:
	return err;
}

void kvk_exposed_free(struct kvk_exposed *exposed)
{
	forget_keys(exposed);
	kvk_vec_free(&exposed->keys);
	kvk_blob_free(&exposed->folder);
}
