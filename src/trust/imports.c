/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "trust/imports.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/dir.h"
#include "base/encode.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "cert/pem.h"

#define ENDING ".pem"
#define HEX_DIGITS (2u * KVK_SHA256_SIZE)

/* What is in front of the time and of the name of the user in a file. */
#define IMPORTED "imported: "
#define BY "by: "

static const struct kvk_import *at(const struct kvk_imports *imports, size_t i)
{
	return kvk_vec_at(&imports->list, i);
}

void kvk_imports_free(struct kvk_imports *imports)
{
	for (size_t i = 0; i < imports->list.count; i++) {
		struct kvk_import *import = kvk_vec_at(&imports->list, i);

		kvk_contents_free(&import->contents);
	}
	kvk_vec_free(&imports->list);
}

const struct kvk_import *kvk_imports_find(
	const struct kvk_imports *imports, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	for (size_t i = 0; i < imports->list.count; i++)
		if (memcmp(at(imports, i)->certificate->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return at(imports, i);
	return NULL;
}

/* FOLDER/SHA256.pem. */
static enum kvk_err file_path(const char *folder, const uint8_t *sha256, struct kvk_blob *out)
{
	struct kvk_blob name = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_hex(&name, (struct kvk_span){ sha256, KVK_SHA256_SIZE }, '\0'));
	KVK_TRY(kvk_blob_append_text(&name, ENDING));
	KVK_TRY(kvk_path_join(out, folder, kvk_blob_str(&name)));
out:
	kvk_blob_free(&name);
	return err;
}

/* Whether a file is named like one of these; anything else is left alone. */
static bool is_named(const char *name)
{
	size_t n = 0;

	while (kvk_is_hex((uint8_t)name[n]))
		n++;
	return n == HEX_DIGITS && strcmp(name + n, ENDING) == 0;
}

/* What follows a mark at the beginning of a line, up to its end; empty where nothing does. */
static struct kvk_span value_of(struct kvk_span text, const char *mark)
{
	const size_t n = strlen(mark);

	for (size_t i = 0; i + n <= text.n; i++) {
		struct kvk_span value = { text.p + i + n, 0 };

		if ((i > 0 && text.p[i - 1] != '\n') || memcmp(text.p + i, mark, n) != 0)
			continue;
		while (i + n + value.n < text.n && value.p[value.n] != '\n')
			value.n++;
		return value;
	}
	return (struct kvk_span){ NULL, 0 };
}

/* Who and when, from the lines above the certificate; those are for people, and may be missing. */
static void read_lines(struct kvk_span text, struct kvk_import *out)
{
	char time[KVK_TIME_TEXT_SIZE];
	const struct kvk_span imported = value_of(text, IMPORTED), by = value_of(text, BY);

	KVK_FORMAT(time, "%.*s", (int)imported.n, (const char *)imported.p);
	if (imported.n == 0 || kvk_time_parse(time, &out->at) != KVK_OK)
		out->at = 0;
	if (by.n > 0)
		KVK_FORMAT(out->by, "%.*s", (int)by.n, (const char *)by.p);
}

static enum kvk_err changed(const char *path, struct kvk_error *why)
{
	char safe[256];

	return kvk_error_set(why, KVK_ERR_FORMAT,
		_("'%s' does not contain the certificate that was imported; delete the file and "
		  "import the certificate again"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

/* Reads the file with this name into an import. */
static enum kvk_err read_file(
	const char *folder, const char *name, struct kvk_import *out, struct kvk_error *why)
{
	struct kvk_blob path = { 0 }, bytes = { 0 }, hex = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_TRUSTED, &bytes);
	if (err != KVK_OK) {
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), KVK_LIMIT_FILE);
		goto out;
	}
	read_lines(kvk_span_of_blob(&bytes), out);
	KVK_TRY(kvk_contents_read(&bytes, &out->contents));
	out->certificate = kvk_contents_certificate(&out->contents, 0, NULL);
	if (out->certificate == NULL) {
		err = changed(kvk_blob_str(&path), why);
		goto out;
	}
	KVK_TRY(kvk_hex(
		&hex, (struct kvk_span){ out->certificate->sha256, KVK_SHA256_SIZE }, '\0'));
	if (strncmp(kvk_blob_str(&hex), name, HEX_DIGITS) != 0)
		err = changed(kvk_blob_str(&path), why);
out:
	kvk_blob_free(&hex);
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

static int by_fingerprint(const void *a, const void *b)
{
	const struct kvk_import *x = a, *y = b;

	return memcmp(x->certificate->sha256, y->certificate->sha256, KVK_SHA256_SIZE);
}

enum kvk_err kvk_imports_read(const char *folder, struct kvk_imports *out, struct kvk_error *why)
{
	struct kvk_import *import;
	const struct dirent *entry;
	DIR *dir = opendir(folder);
	enum kvk_err err = KVK_OK;

	if (dir == NULL && errno == ENOENT)
		return KVK_OK;
	if (dir == NULL)
		return kvk_error_set_file(why, KVK_ERR_OPEN, folder, 0);
	while ((entry = readdir(dir)) != NULL) {
		if (!is_named(entry->d_name))
			continue;
		err = kvk_vec_push(&out->list, &import);
		if (err == KVK_ERR_LIMIT)
			(void)kvk_error_set(why, err,
				kvk_ngettext("more than %u root certificate has been imported",
					"more than %u root certificates have been imported",
					KVK_LIMIT_IMPORTS),
				KVK_LIMIT_IMPORTS);
		KVK_TRY(err);
		KVK_TRY(read_file(folder, entry->d_name, import, why));
	}
	if (out->list.count > 1)
		qsort(out->list.items, out->list.count, sizeof *import, by_fingerprint);
out:
	(void)closedir(dir);
	return err;
}

/* The file: lines for people, and the certificate. */
static enum kvk_err append_file(const struct kvk_certificate *certificate, kvk_time at,
	const char *by, struct kvk_blob *out)
{
	struct kvk_blob name = { 0 };
	char time[KVK_TIME_TEXT_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_name_text(&certificate->subject, &name));
	KVK_TRY(kvk_blob_append_format(out,
		"A root certificate that kvkcsr trusts because it was imported (kvkcsr-trust(1)).\n"
		"subject: %s\n" IMPORTED "%s\n" BY "%s\n",
		kvk_blob_str(&name), kvk_time_text(at, time), by));
	KVK_TRY(kvk_pem_write(out, "CERTIFICATE", certificate->der));
out:
	kvk_blob_free(&name);
	return err;
}

enum kvk_err kvk_import_write(const char *folder, const struct kvk_certificate *certificate,
	kvk_time at, const char *by, struct kvk_error *why)
{
	struct kvk_blob path = { 0 }, text = { 0 };
	enum kvk_err err;

	KVK_TRY(file_path(folder, certificate->sha256, &path));
	KVK_TRY(append_file(certificate, at, by, &text));
	KVK_TRY(kvk_dir_make(folder, 0755));
	KVK_TRY(kvk_file_create(kvk_blob_str(&path), 0644, kvk_span_of_blob(&text)));
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), 0);
	kvk_blob_free(&text);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_import_remove(
	const char *folder, const uint8_t sha256[static KVK_SHA256_SIZE], struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(file_path(folder, sha256, &path));
	if (unlink(kvk_blob_str(&path)) != 0)
		err = kvk_error_set_file(why, KVK_ERR_WRITE, kvk_blob_str(&path), 0);
	else
		err = kvk_dir_sync(folder);
out:
	kvk_blob_free(&path);
	return err;
}
