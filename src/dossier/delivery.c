/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/delivery.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/encode.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "cert/contents.h"
#include "cert/pem.h"
#include "dossier/archive.h"
#include "dossier/exchange.h"
#include "dossier/files.h"
#include "dossier/pair.h"

/* What may be at the end of a note, in this order; each is 8 characters long. */
#define PRACTICE "practice"
#define DEPLOYED "deployed"
/* Octets of a note, and more. */
#define NOTE_SIZE 256u
/* The name in the archive of what gives no serial number. */
#define UNREADABLE "unreadable"

static const char *const files[] = { KVK_DOSSIER_DELIVERED };
#define FILE_COUNT (sizeof files / sizeof files[0])

/* Reads certificate.pem; *there is false, and nothing read, where there is none. */
static enum kvk_err read_current(const char *folder, bool *there, struct kvk_contents *out)
{
	struct kvk_blob path = { 0 };
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	*there = false;
	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE));
	if (!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	*there = true;
	KVK_TRY(kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes));
	KVK_TRY(kvk_contents_read(&bytes, out));
out:
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

bool kvk_delivery_current(const char *folder, uint8_t sha256[static KVK_SHA256_SIZE],
	uint8_t spki_sha256[static KVK_SHA256_SIZE])
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *current = NULL;
	bool there;

	if (read_current(folder, &there, &contents) == KVK_OK)
		current = kvk_contents_certificate(&contents, 0, NULL);
	if (current != NULL) {
		memcpy(sha256, current->sha256, KVK_SHA256_SIZE);
		memcpy(spki_sha256, current->spki_sha256, KVK_SHA256_SIZE);
	}
	kvk_contents_free(&contents);
	return current != NULL;
}

bool kvk_delivery_in_force(const char *folder, struct kvk_span leaf)
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *current = NULL;
	bool there, same;

	if (read_current(folder, &there, &contents) == KVK_OK)
		current = kvk_contents_certificate(&contents, 0, NULL);
	same = current != NULL && kvk_span_equal(current->der, leaf);
	kvk_contents_free(&contents);
	return same;
}

bool kvk_delivery_complete(const char *folder)
{
	struct kvk_blob path = { 0 };
	bool complete = true;

	for (size_t i = 0; complete && i < FILE_COUNT; i++)
		complete = kvk_path_join(&path, folder, files[i]) == KVK_OK &&
			kvk_path_exists(kvk_blob_str(&path));
	kvk_blob_free(&path);
	return complete;
}

static enum kvk_err append_issuers(const struct kvk_delivery *delivery, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < delivery->issuer_count; i++)
		KVK_TRY(kvk_pem_write(out, "CERTIFICATE", delivery->issuers[i]));
out:
	return err;
}

enum kvk_err kvk_delivery_pem(const struct kvk_delivery *delivery, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_pem_write(out, "CERTIFICATE", delivery->leaf));
	KVK_TRY(append_issuers(delivery, out));
out:
	return err;
}

static enum kvk_err write_file(const char *folder, const char *name, const struct kvk_blob *bytes)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	KVK_TRY(kvk_file_create(kvk_blob_str(&path), 0644, kvk_span_of_blob(bytes)));
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err write_files(const char *folder, const struct kvk_delivery *delivery)
{
	struct kvk_blob pem = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_pem_write(&pem, "CERTIFICATE", delivery->leaf));
	KVK_TRY(write_file(folder, KVK_DOSSIER_CERTIFICATE, &pem));
	KVK_TRY(append_issuers(delivery, &pem));
	KVK_TRY(write_file(folder, KVK_DOSSIER_UPLOAD, &pem));
	kvk_blob_clear(&pem);
	KVK_TRY(append_issuers(delivery, &pem));
	KVK_TRY(write_file(folder, KVK_DOSSIER_CHAIN, &pem));
out:
	kvk_blob_free(&pem);
	return err;
}

/* Removes a file, which may not be there. */
static enum kvk_err remove_file(const char *folder, const char *name)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	if (unlink(kvk_blob_str(&path)) != 0 && errno != ENOENT)
		err = KVK_ERR_WRITE;
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err remove_files(const char *folder)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < FILE_COUNT; i++)
		KVK_TRY(remove_file(folder, files[i]));
out:
	return err;
}

/* Moves the delivery in force to the archive, unless it is the one with this leaf, or none. */
static enum kvk_err archive_current(const char *folder, struct kvk_span leaf)
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *current;
	struct kvk_blob archive = { 0 };
	struct kvk_blob name = { 0 };
	enum kvk_err err;
	bool there;

	KVK_TRY(read_current(folder, &there, &contents));
	current = kvk_contents_certificate(&contents, 0, NULL);
	if (!there || (current != NULL && kvk_span_equal(current->der, leaf)))
		goto out;
	if (current != NULL)
		KVK_TRY(kvk_hex(&name, current->serial, '\0'));
	if (name.n == 0)
		KVK_TRY(kvk_blob_append_text(&name, UNREADABLE));
	KVK_TRY(kvk_path_join(&archive, folder, KVK_DOSSIER_ARCHIVE));
	KVK_TRY(kvk_archive_put(
		folder, files, FILE_COUNT, kvk_blob_str(&archive), kvk_blob_str(&name)));
out:
	kvk_blob_free(&name);
	kvk_blob_free(&archive);
	kvk_contents_free(&contents);
	return err;
}

enum kvk_err kvk_delivery_note_write(const char *folder, const struct kvk_delivery_note *note)
{
	char since[KVK_TIME_TEXT_SIZE];
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&text, "%s %s ", kvk_entry_stage_word(note->stage),
		kvk_time_text(note->since, since)));
	KVK_TRY(kvk_hex(&text, (struct kvk_span){ note->sha256, KVK_SHA256_SIZE }, '\0'));
	if (note->practice)
		KVK_TRY(kvk_blob_append_text(&text, " " PRACTICE));
	if (note->deployed)
		KVK_TRY(kvk_blob_append_text(&text, " " DEPLOYED));
	KVK_TRY(kvk_blob_append_byte(&text, '\n'));
	KVK_TRY(remove_file(folder, KVK_DOSSIER_NOTE));
	KVK_TRY(write_file(folder, KVK_DOSSIER_NOTE, &text));
out:
	kvk_blob_free(&text);
	return err;
}

/* Makes the folder beside what the dossier is to be. */
static enum kvk_err change(const char *beside, const struct kvk_delivery *delivery,
	const struct kvk_delivery_note *note, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(archive_current(beside, delivery->leaf));
	KVK_TRY(remove_files(beside));
	KVK_TRY(write_files(beside, delivery));
	KVK_TRY(kvk_delivery_note_write(beside, note));
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, beside, 0);
	return err;
}

enum kvk_err kvk_delivery_put_in_force(const char *folder, const struct kvk_delivery *delivery,
	const struct kvk_delivery_note *note, struct kvk_error *why)
{
	struct kvk_blob beside = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_exchange_prepare(folder, &beside, why));
	KVK_TRY(change(kvk_blob_str(&beside), delivery, note, why));
	KVK_TRY(kvk_pair_check(kvk_blob_str(&beside), why));
	KVK_TRY(kvk_exchange_swap(folder, why));
out:
	if (err != KVK_OK)
		(void)kvk_exchange_drop(folder);
	kvk_blob_free(&beside);
	return err;
}

void kvk_delivery_settle(const char *folder)
{
	/* The note goes first: without it, the folder beside is one that may be removed. */
	if (remove_file(folder, KVK_DOSSIER_NOTE) == KVK_OK)
		(void)kvk_exchange_drop(folder);
}

enum kvk_err kvk_delivery_undo(const char *folder, struct kvk_error *why)
{
	enum kvk_err err;
	bool beside;

	KVK_TRY(kvk_exchange_recover(folder, &beside));
	KVK_TRY(kvk_exchange_swap(folder, why));
	(void)kvk_exchange_drop(folder);
out:
	return err;
}

static bool parse_hash(const char *hex, uint8_t out[static KVK_SHA256_SIZE])
{
	if (strlen(hex) != 2 * KVK_SHA256_SIZE)
		return false;
	for (size_t i = 0; i < KVK_SHA256_SIZE; i++)
		if (sscanf(hex + 2 * i, "%2hhx", &out[i]) != 1)
			return false;
	return true;
}

/* A note that cannot be read is that of a certificate that nobody has. */
static void parse_note(const char *text, struct kvk_delivery_note *out)
{
	char stage[16], since[KVK_TIME_TEXT_SIZE], hex[2 * KVK_SHA256_SIZE + 1];
	char first[sizeof PRACTICE] = "", second[sizeof DEPLOYED] = "";

	memset(out, 0, sizeof *out);
	if (sscanf(text, "%15s %23s %64s %8s %8s", stage, since, hex, first, second) >= 3 &&
		kvk_entry_stage_find(stage, &out->stage) &&
		kvk_time_parse(since, &out->since) == KVK_OK && parse_hash(hex, out->sha256)) {
		out->practice = strcmp(first, PRACTICE) == 0;
		out->deployed = strcmp(out->practice ? second : first, DEPLOYED) == 0;
		return;
	}
	memset(out, 0, sizeof *out);
	out->stage = KVK_STAGE_RECEIVED;
	(void)kvk_time_now(&out->since);
}

enum kvk_err kvk_delivery_note_read(const char *folder, struct kvk_delivery_note *out)
{
	struct kvk_blob path = { 0 };
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_NOTE));
	err = kvk_file_read(kvk_blob_str(&path), NOTE_SIZE, KVK_FILE_NOFOLLOW, &text);
	KVK_TRY(err == KVK_ERR_LIMIT ? KVK_OK : err);
	parse_note(kvk_blob_str(&text), out);
out:
	kvk_blob_free(&text);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_delivery_unsettled(const char *folder, struct kvk_delivery_note *note)
{
	enum kvk_err err;
	bool beside;

	KVK_TRY(kvk_exchange_recover(folder, &beside));
	err = kvk_delivery_note_read(folder, note);
	if (err == KVK_ERR_NOT_FOUND && beside)
		(void)kvk_exchange_drop(folder);
out:
	return err;
}
