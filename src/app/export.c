/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/export.h"

#include "app/complete.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/pem.h"
#include "dossier/delivery.h"

/* Reads a file of the dossier; one that is not there leaves *out empty. */
static enum kvk_err read_file(
	const char *folder, const char *name, struct kvk_contents *out, struct kvk_error *why)
{
	struct kvk_blob path = { 0 }, bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	if (!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	KVK_TRY(kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes));
	KVK_TRY(kvk_contents_read(&bytes, out));
	if (kvk_contents_certificate_count(out) == 0)
		err = KVK_ERR_FORMAT;
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), KVK_LIMIT_FILE);
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

/* The folder of the dossier, and in it that of the renewal. */
static enum kvk_err find_folder(
	const struct kvk_store *store, bool next, struct kvk_export *out, struct kvk_error *why)
{
	const char *name = out->entry.name;
	struct kvk_blob dossier = { 0 };
	enum kvk_err err;

	/* The renewal of a tracked file has a folder of its own. */
	if (!out->entry.dossier && !next)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' is a tracked file without a dossier; kvkcsr has neither its key "
			  "nor its chain, so use the file itself"),
			name);
	KVK_TRY(kvk_store_error(
		kvk_home_path(&store->home, KVK_HOME_DOSSIERS, name, &dossier), why));
	KVK_TRY(kvk_store_error(next ?
			kvk_path_join(&out->folder, kvk_blob_str(&dossier), KVK_DOSSIER_NEXT) :
			kvk_blob_append(&out->folder, kvk_span_of_blob(&dossier)),
		why));
	if (next && !kvk_path_is_folder(kvk_blob_str(&out->folder)))
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("no renewal of '%s' is under way; 'kvkcsr renew %s' starts one"), name,
			name);
out:
	kvk_blob_free(&dossier);
	return err;
}

enum kvk_err kvk_export_open(struct kvk_store *store, const char *name, bool next,
	struct kvk_export *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_complete_delivery(store, name, why));
	KVK_TRY(kvk_store_find(store, name, &out->entry, why));
	KVK_TRY(find_folder(store, next, out, why));
	KVK_TRY(read_file(
		kvk_blob_str(&out->folder), KVK_DOSSIER_CERTIFICATE, &out->certificate, why));
	KVK_TRY(read_file(kvk_blob_str(&out->folder), KVK_DOSSIER_UPLOAD, &out->upload, why));
out:
	return err;
}

enum kvk_export_check kvk_export_checked(const struct kvk_export *run, bool next)
{
	const struct kvk_entry *entry = &run->entry;
	struct kvk_delivery_note note = { .stage = entry->stage, .practice = entry->practice };

	/* Of a renewal, the note in its folder says what the inventory says of an entry. */
	if (next && kvk_delivery_note_read(kvk_blob_str(&run->folder), &note) != KVK_OK)
		note.stage = KVK_STAGE_RECEIVED;
	if (!next && entry->delivery == KVK_DELIVERY_ADOPTED)
		return KVK_EXPORT_ADOPTED;
	if (note.stage == KVK_STAGE_RECEIVED)
		return entry->delivery == KVK_DELIVERY_DOUBTFUL ? KVK_EXPORT_DOUBTFUL :
								  KVK_EXPORT_INCOMPLETE;
	if (note.practice)
		return KVK_EXPORT_PRACTICE;
	return entry->delivery == KVK_DELIVERY_REJECTED ? KVK_EXPORT_REFUSED_SINCE :
							  KVK_EXPORT_ACCEPTED;
}

enum kvk_err kvk_export_need_certificate(const struct kvk_export *run, struct kvk_error *why)
{
	if (kvk_contents_certificate_count(&run->upload) > 0 &&
		kvk_contents_certificate_count(&run->certificate) > 0)
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_USAGE,
		_("'%s' has no certificate yet; 'kvkcsr accept %s FILE' adds the one that "
		  "the TSP sent"),
		run->entry.name, run->entry.name);
}

enum kvk_err kvk_export_certificates(
	const struct kvk_export *run, enum kvk_export_format format, struct kvk_blob *out)
{
	const struct kvk_certificate *certificate;
	enum kvk_err err = KVK_OK;

	if (format == KVK_EXPORT_DER)
		return kvk_blob_append(
			out, kvk_contents_certificate(&run->certificate, 0, NULL)->der);
	for (size_t i = 0; (certificate = kvk_contents_certificate(&run->upload, i, NULL)) != NULL;
		i++)
		KVK_TRY(kvk_pem_write(out, "CERTIFICATE", certificate->der));
out:
	return err;
}

void kvk_export_free(struct kvk_export *run)
{
	kvk_key_free(run->key);
	kvk_secret_free(&run->key_file);
	kvk_contents_free(&run->upload);
	kvk_contents_free(&run->certificate);
	kvk_blob_free(&run->folder);
}
