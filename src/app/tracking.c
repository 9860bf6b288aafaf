/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/tracking.h"

#include <string.h>

#include "app/entries.h"
#include "app/load.h"
#include "app/store.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "base/word.h"
#include "crypto/pkcs12.h"
#include "dossier/files.h"
#include "inventory/pass_files.h"
#include "watch/locked.h"

/* Records what is in one file, in a transaction. */
static enum kvk_err record_file(
	struct kvk_tracking *t, const char *path, const struct kvk_watched_file *file)
{
	struct kvk_record record = kvk_tracking_record(t);
	bool rest[KVK_LIMIT_BLOCKS];
	enum kvk_err err;

	KVK_TRY(kvk_inventory_readmit(t->inventory, path));
	KVK_TRY(kvk_record_leave(&record, path, file));
	KVK_TRY(kvk_record_known(&record, path, file, rest, &t->done));
	for (size_t i = 0; i < file->list.count; i++) {
		const struct kvk_watched *watched = kvk_watched_at(file, i);
		bool placed = false;

		if (!rest[i])
			continue;
		KVK_TRY(kvk_record_is_placed(&record, path, watched, &placed));
		KVK_TRY(placed ? kvk_record_place(&record, path, watched, &t->done) :
				 kvk_record_new(&record, path, watched, &t->done));
	}
	if (t->opened_with.n > 0)
		KVK_TRY(kvk_inventory_set_pass_file(
			t->inventory, path, kvk_blob_str(&t->opened_with)));
	/* Only CAs are left in it, and what was watched is gone. */
	if (t->done.count == 0)
		err = KVK_ERR_FORMAT;
out:
	return err;
}

static enum kvk_err store_file(struct kvk_tracking *t, const char *path,
	const struct kvk_watched_file *file, struct kvk_error *why)
{
	const size_t silenced = t->silenced.count;
	char safe[256];
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(t->inventory));
	err = kvk_tracking_settle(t, record_file(t, path, file), silenced);
	if (err == KVK_ERR_FORMAT)
		return kvk_error_set(why, err,
			_("'%s' contains only CA certificates now; its own certificate is gone"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
out:
	return kvk_tracking_error(t, err, why);
}

/* Why a PKCS#12 file cannot be opened. */
static enum kvk_err locked_error(
	enum kvk_err err, const char *path, const char *pass_file, struct kvk_error *why)
{
	char safe[256], pass[256];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	kvk_escape_to(pass, sizeof pass, kvk_span_of(pass_file));
	switch (err) {
	case KVK_OK:
		return err;
	case KVK_ERR_PASSPHRASE:
		if (pass_file[0] == '\0')
			return kvk_error_set(why, err,
				_("'%s' is a PKCS#12 file; use --pass-file to name the file with "
				  "its passphrase"),
				safe);
		return kvk_error_set(
			why, err, _("the passphrase in '%s' does not open '%s'"), pass, safe);
	case KVK_ERR_ARGUMENT:
		return kvk_error_set(why, KVK_ERR_LIMIT,
			kvk_ngettext(
				"'%s' is not a file with a passphrase: it is larger than %u byte",
				"'%s' is not a file with a passphrase: it is larger than %u bytes",
				KVK_LIMIT_PASSPHRASE),
			pass, KVK_LIMIT_PASSPHRASE);
	case KVK_ERR_LIMIT:
		return kvk_error_set(why, err,
			kvk_ngettext("'%s' was not opened: checking its passphrase takes more than "
				     "%u round, or it contains too many certificates",
				"'%s' was not opened: checking its passphrase takes more than %u "
				"rounds, or it contains too many certificates",
				KVK_PKCS12_ROUNDS_MAX),
			safe, KVK_PKCS12_ROUNDS_MAX);
	case KVK_ERR_FORMAT:
		return kvk_error_set(why, err, _("'%s' is not a valid PKCS#12 file"), safe);
	default:
		return kvk_error_set(why, err,
			_("the passphrase of '%s' cannot be read from '%s': %s"), safe, pass,
			kvk_error_text(err));
	}
}

/* Opens a PKCS#12 file, with the passphrase that was named, or named before. */
static enum kvk_err open_locked(struct kvk_tracking *t, const char *path, const char *absolute,
	struct kvk_blob *bytes, struct kvk_watched_file *out, struct kvk_error *why)
{
	struct kvk_blob *pass_file = &t->opened_with;
	char safe[256];
	enum kvk_err err;

	err = t->pass_file != NULL ? kvk_path_plain(pass_file, t->pass_file) :
				     kvk_inventory_pass_file(t->inventory, absolute, pass_file);
	if (err != KVK_ERR_NOT_FOUND)
		KVK_TRY(kvk_store_error(err, why));
	err = kvk_locked_file_read(bytes, kvk_blob_str(pass_file), out, &t->pass_readable);
	KVK_TRY(locked_error(err, path, kvk_blob_str(pass_file), why));
	if (out->list.count == 0 && !out->damaged)
		KVK_TRY(kvk_error_set(why, KVK_ERR_FORMAT,
			_("'%s' contains a private key but no certificate"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path))));
out:
	return err;
}

static enum kvk_err read_file(struct kvk_tracking *t, const char *path, const char *absolute,
	struct kvk_watched_file *out, struct kvk_error *why)
{
	struct kvk_blob bytes = { 0 };
	char safe[256];
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	kvk_blob_clear(&t->opened_with);
	if (kvk_locked(&bytes))
		err = open_locked(t, path, absolute, &bytes, out, why);
	else if (t->pass_file != NULL)
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' is not a PKCS#12 file; leave out --pass-file"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	else
		err = kvk_watched_file_read(&bytes, out);
out:
	kvk_blob_free(&bytes);
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, path, KVK_LIMIT_FILE);
	return err;
}

/* Reads it once more, for the message. */
static enum kvk_err refuse_file(const char *path, struct kvk_error *why)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(kvk_contents_read_openssl(&bytes, &contents));
	err = kvk_load_no_certificate(KVK_ERR_FORMAT, path, &contents, why);
out:
	kvk_blob_free(&bytes);
	kvk_contents_free(&contents);
	return err;
}

/* A file that is named has to hold something to watch. */
static enum kvk_err check_file(
	const struct kvk_watched_file *file, const char *path, struct kvk_error *why)
{
	/* Damage inside a certificate says more than that none can be read. */
	if (file->damaged &&
		(file->list.count > 0 ||
			(file->damage.remark != KVK_DER_OK &&
				file->damage.remark != KVK_DER_TRUNCATED)))
		return kvk_watched_damage(file, path, why);
	return file->list.count > 0 ? KVK_OK : refuse_file(path, why);
}

/* Whether a certificate is in the file. */
static bool is_in(const struct kvk_watched_file *file, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	for (size_t i = 0; i < file->list.count; i++)
		if (memcmp(kvk_watched_at(file, i)->certificate.sha256, sha256, KVK_SHA256_SIZE) ==
			0)
			return true;
	return false;
}

/* Whether a folder is that of a dossier in the home, whose name is set. Links may lead to either.
 */
static enum kvk_err is_dossier(const struct kvk_tracking *t, struct kvk_span folder,
	char name[static KVK_LIMIT_ENTRY_NAME + 1], bool *dossier)
{
	const struct kvk_span dossiers = kvk_path_parent(folder);
	struct kvk_blob own = { 0 }, asked = { 0 };
	enum kvk_err err = KVK_OK;

	*dossier = false;
	if (t->home == NULL || folder.n <= dossiers.n + 1 ||
		folder.n - dossiers.n - 1 > KVK_LIMIT_ENTRY_NAME)
		goto out;
	memcpy(name, folder.p + dossiers.n + 1, folder.n - dossiers.n - 1);
	name[folder.n - dossiers.n - 1] = '\0';
	if (!kvk_entry_name_valid(name))
		goto out;
	KVK_TRY(kvk_home_path(t->home, KVK_HOME_DOSSIERS, name, &own));
	KVK_TRY(kvk_blob_append(&asked, folder));
	*dossier = kvk_path_is_same(kvk_blob_str(&own), kvk_blob_str(&asked));
out:
	kvk_blob_free(&asked);
	kvk_blob_free(&own);
	return err;
}

/* The entry of the dossier in a folder, with the path that it has today: the home may have been
 * moved. KVK_ERR_NOT_FOUND where there is none. */
static enum kvk_err find_dossier(
	const struct kvk_tracking *t, struct kvk_span folder, struct kvk_entry *out)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	struct kvk_entry entry;
	bool dossier;
	enum kvk_err err;

	KVK_TRY(is_dossier(t, folder, name, &dossier));
	KVK_TRY(dossier ? kvk_inventory_find(t->inventory, name, &entry) : KVK_ERR_NOT_FOUND);
	KVK_TRY(entry.dossier ? kvk_entries_locate(t->home, &entry, out) : KVK_ERR_NOT_FOUND);
	if (strcmp(out->path, entry.path) != 0)
		err = kvk_inventory_update(t->inventory, out);
out:
	return err;
}

/* Whatever file of a dossier is named, its entry has the path of its certificate, if that is in
 * the file. */
static enum kvk_err use_dossier(
	const struct kvk_tracking *t, const struct kvk_watched_file *file, char **path)
{
	struct kvk_entry entry;
	char *copy;
	enum kvk_err err;

	err = find_dossier(t, kvk_path_parent(kvk_span_of(*path)), &entry);
	if (err == KVK_ERR_NOT_FOUND || (err == KVK_OK && !is_in(file, entry.certificate.sha256)))
		return KVK_OK;
	KVK_TRY(err);
	copy = kvk_strdup(entry.path);
	KVK_TRY(copy != NULL ? KVK_OK : KVK_ERR_MEMORY);
	kvk_free(*path);
	*path = copy;
out:
	return err;
}

/* Whether a folder is that of the renewal of an entry, whose name is set. */
static enum kvk_err is_renewal(struct kvk_tracking *t, struct kvk_span folder,
	char name[static KVK_LIMIT_ENTRY_NAME + 1], bool *renewal)
{
	const struct kvk_span dossier = kvk_path_parent(folder);
	struct kvk_entry entry;
	enum kvk_err err;

	*renewal = false;
	KVK_TRY(is_dossier(t, dossier, name, renewal));
	*renewal = *renewal && folder.n == dossier.n + 1 + strlen(KVK_DOSSIER_NEXT) &&
		memcmp(folder.p + dossier.n + 1, KVK_DOSSIER_NEXT, strlen(KVK_DOSSIER_NEXT)) == 0;
	if (!*renewal)
		goto out;
	err = kvk_inventory_find(t->inventory, name, &entry);
	*renewal = err == KVK_OK;
	if (err == KVK_ERR_NOT_FOUND)
		err = KVK_OK;
out:
	return err;
}

/* A renewal is watched with its entry; as an entry of its own it would replace the certificate in
 * use, which was not even exchanged yet. */
static enum kvk_err refuse_renewal(
	struct kvk_tracking *t, const char *absolute, const char *path, struct kvk_error *why)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1], safe[256];
	bool renewal;
	enum kvk_err err;

	KVK_TRY(kvk_tracking_error(
		t, is_renewal(t, kvk_path_parent(kvk_span_of(absolute)), name, &renewal), why));
	if (renewal)
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' belongs to the renewal of '%s', which is watched already"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), name);
out:
	return err;
}

enum kvk_err kvk_tracking_add_file(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why)
{
	struct kvk_watched_file file = KVK_WATCHED_FILE_INIT;
	char *absolute = NULL;
	enum kvk_err err;

	err = kvk_tracking_absolute(path, &absolute);
	KVK_TRY(err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, 0));
	KVK_TRY(refuse_renewal(tracking, absolute, path, why));
	KVK_TRY(read_file(tracking, path, absolute, &file, why));
	KVK_TRY(check_file(&file, path, why));
	KVK_TRY(kvk_tracking_error(tracking, use_dossier(tracking, &file, &absolute), why));
	err = store_file(tracking, absolute, &file, why);
out:
	kvk_free(absolute);
	kvk_watched_file_free(&file);
	return err;
}

void kvk_tracking_free(struct kvk_tracking *tracking)
{
	kvk_blob_free(&tracking->opened_with);
	kvk_recorded_clear(&tracking->done);
	kvk_vec_free(&tracking->done);
	kvk_finds_close(tracking->finds);
	kvk_report_silenced_free(&tracking->silenced);
}
