/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: an entry as a row of its table, and the words in it. */
#include "config.h"

#include "inventory/sqlite.h"

#include <string.h>

#include "base/word.h"

static const char *const stage_words[KVK_STAGE_COUNT] = {
#define KVK_STAGE_WORD(id, word) [id] = word,
	KVK_ENTRY_STAGES(KVK_STAGE_WORD)
#undef KVK_STAGE_WORD
};

const char *kvk_entry_stage_word(enum kvk_entry_stage stage)
{
	return (unsigned)stage < KVK_STAGE_COUNT ? stage_words[stage] : "";
}

bool kvk_entry_stage_find(const char *word, enum kvk_entry_stage *out)
{
	const size_t i = kvk_word_index(word, stage_words, KVK_STAGE_COUNT);

	if (i == KVK_STAGE_COUNT)
		return false;
	*out = (enum kvk_entry_stage)i;
	return true;
}

static const char *const delivery_words[KVK_DELIVERY_COUNT] = {
#define KVK_DELIVERY_WORD(id, word) [id] = word,
	KVK_ENTRY_DELIVERIES(KVK_DELIVERY_WORD)
#undef KVK_DELIVERY_WORD
};

const char *kvk_entry_delivery_word(enum kvk_entry_delivery delivery)
{
	return (unsigned)delivery < KVK_DELIVERY_COUNT ? delivery_words[delivery] : "";
}

static const char *const status_words[KVK_STATUS_COUNT] = {
#define KVK_STATUS_WORD(id, word) [id] = word,
	KVK_ENTRY_STATUSES(KVK_STATUS_WORD)
#undef KVK_STATUS_WORD
};

const char *kvk_entry_status_word(enum kvk_entry_status status)
{
	return (unsigned)status < KVK_STATUS_COUNT ? status_words[status] : "";
}

enum kvk_holder_match kvk_holder_compare(const struct kvk_holder *a, const struct kvk_holder *b)
{
	if (strcmp(a->cn, b->cn) != 0 || strcmp(a->number, b->number) != 0)
		return KVK_HOLDER_DIFFERS;
	if (a->cn[0] == '\0')
		return KVK_HOLDER_NO_CN;
	return a->number[0] == '\0' ? KVK_HOLDER_SAME_CN : KVK_HOLDER_SAME;
}

static bool read_stage(sqlite3_stmt *row, enum kvk_entry_stage *out)
{
	const char *word = (const char *)sqlite3_column_text(row, KVK_COLUMN_STAGE);

	return word != NULL && kvk_entry_stage_find(word, out);
}

/* NULL is none. */
static bool read_delivery(sqlite3_stmt *row, enum kvk_entry_delivery *out)
{
	const char *word = (const char *)sqlite3_column_text(row, KVK_COLUMN_DELIVERY);

	const size_t i = kvk_word_index(word, delivery_words, KVK_DELIVERY_COUNT);

	*out = i < KVK_DELIVERY_COUNT ? (enum kvk_entry_delivery)i : KVK_DELIVERY_NONE;
	return word == NULL || i < KVK_DELIVERY_COUNT;
}

/* NULL, and a word of a later version, is not checked. */
static enum kvk_entry_status read_status(sqlite3_stmt *row)
{
	const char *word = (const char *)sqlite3_column_text(row, KVK_COLUMN_REVOCATION);

	const size_t i = kvk_word_index(word, status_words, KVK_STATUS_COUNT);

	return i < KVK_STATUS_COUNT ? (enum kvk_entry_status)i : KVK_STATUS_NOT_CHECKED;
}

static enum kvk_entry_found read_found(sqlite3_stmt *row)
{
	const int found = sqlite3_column_int(row, KVK_COLUMN_FOUND);

	return found == KVK_FOUND_NEW || found == KVK_FOUND_PARTED ? (enum kvk_entry_found)found :
								     KVK_FOUND_ASKED;
}

/* A text that does not fit whole was not written by this program. */
static bool read_text(sqlite3_stmt *row, int column, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	size_t n = (size_t)sqlite3_column_bytes(row, column);

	out[0] = '\0';
	if (text == NULL)
		return true;
	if (n >= size || strlen(text) != n)
		return false;
	memcpy(out, text, n + 1);
	return true;
}

/* What was read of the file; an inventory of version 1 did not know it. */
static bool read_file_facts(sqlite3_stmt *row, struct kvk_entry_certificate *out)
{
	out->ends = out->not_after;
	out->ends_by[0] = '\0';
	out->ca = sqlite3_column_int(row, KVK_COLUMN_CA) != 0;
	if (sqlite3_column_bytes(row, KVK_COLUMN_FILE_SHA256) != KVK_SHA256_SIZE)
		return true;
	memcpy(out->file_sha256, sqlite3_column_blob(row, KVK_COLUMN_FILE_SHA256), KVK_SHA256_SIZE);
	out->ends = sqlite3_column_int64(row, KVK_COLUMN_ENDS);
	return read_text(row, KVK_COLUMN_ENDS_BY, out->ends_by, sizeof out->ends_by);
}

static bool read_holder(sqlite3_stmt *row, struct kvk_holder *out)
{
	out->known = sqlite3_column_type(row, KVK_COLUMN_CN) != SQLITE_NULL;
	return read_text(row, KVK_COLUMN_CN, out->cn, sizeof out->cn) &&
		read_text(row, KVK_COLUMN_NUMBER, out->number, sizeof out->number);
}

static bool read_certificate(sqlite3_stmt *row, struct kvk_entry_certificate *out)
{
	const void *sha256 = sqlite3_column_blob(row, KVK_COLUMN_SHA256);

	memset(out, 0, sizeof *out);
	if (!read_holder(row, &out->holder))
		return false;
	out->present =
		sha256 != NULL && sqlite3_column_bytes(row, KVK_COLUMN_SHA256) == KVK_SHA256_SIZE;
	if (!out->present)
		return true;
	memcpy(out->sha256, sha256, KVK_SHA256_SIZE);
	out->not_before = sqlite3_column_int64(row, KVK_COLUMN_NOT_BEFORE);
	out->not_after = sqlite3_column_int64(row, KVK_COLUMN_NOT_AFTER);
	return read_text(row, KVK_COLUMN_SERIAL, out->serial, sizeof out->serial) &&
		read_file_facts(row, out);
}

static bool read_revocation(sqlite3_stmt *row, struct kvk_entry_revocation *out)
{
	memset(out, 0, sizeof *out);
	out->asked = sqlite3_column_int64(row, KVK_COLUMN_ASKED);
	out->status = read_status(row);
	if (out->status == KVK_STATUS_NOT_CHECKED)
		return true;
	out->since = sqlite3_column_int64(row, KVK_COLUMN_REVOCATION_SINCE);
	return read_text(row, KVK_COLUMN_REVOCATION_WHY, out->why, sizeof out->why) &&
		read_text(row, KVK_COLUMN_REVOCATION_URL, out->url, sizeof out->url) &&
		read_text(row, KVK_COLUMN_REVOCATION_BY, out->by, sizeof out->by);
}

/* The name becomes part of paths: one that is none is a damaged inventory. */
enum kvk_err kvk_sqlite_read_entry(sqlite3_stmt *row, struct kvk_entry *out)
{
	out->id = sqlite3_column_int64(row, KVK_COLUMN_ID);
	out->dossier = sqlite3_column_int(row, KVK_COLUMN_DOSSIER) != 0;
	out->since = sqlite3_column_int64(row, KVK_COLUMN_SINCE);
	out->kept = sqlite3_column_int(row, KVK_COLUMN_KEPT) != 0;
	out->lead_days = sqlite3_column_int(row, KVK_COLUMN_LEAD_DAYS);
	out->delivery_at = sqlite3_column_int64(row, KVK_COLUMN_DELIVERY_AT);
	out->practice = sqlite3_column_int(row, KVK_COLUMN_PRACTICE) != 0;
	out->switch_at = sqlite3_column_int64(row, KVK_COLUMN_SWITCH_AT);
	out->deploy = sqlite3_column_int(row, KVK_COLUMN_DEPLOY) != 0;
	out->found = read_found(row);
	out->file_notified = sqlite3_column_int(row, KVK_COLUMN_FILE_NOTIFIED) != 0;
	out->key_notified = sqlite3_column_int(row, KVK_COLUMN_KEY_NOTIFIED) != 0;
	if (!read_text(row, KVK_COLUMN_NAME, out->name, sizeof out->name) ||
		!kvk_entry_name_valid(out->name) || !read_stage(row, &out->stage) ||
		!read_text(row, KVK_COLUMN_PATH, out->path, sizeof out->path) ||
		!read_certificate(row, &out->certificate) || !read_delivery(row, &out->delivery) ||
		!read_revocation(row, &out->revocation))
		return KVK_ERR_DATABASE;
	return KVK_OK;
}

/* Binds 14 to 22: whose it is, and what the user or a run said of it. */
static void bind_remarks(sqlite3_stmt *statement, const struct kvk_entry *entry)
{
	const struct kvk_holder *holder = &entry->certificate.holder;

	if (holder->known) {
		sqlite3_bind_text(statement, 14, holder->cn, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 15, holder->number, -1, SQLITE_STATIC);
	}
	sqlite3_bind_int(statement, 16, entry->kept ? 1 : 0);
	if (entry->lead_days > 0)
		sqlite3_bind_int(statement, 17, entry->lead_days);
	sqlite3_bind_int(statement, 20, entry->practice ? 1 : 0);
	if (entry->switch_at != 0)
		sqlite3_bind_int64(statement, 21, entry->switch_at);
	sqlite3_bind_int(statement, 22, entry->deploy ? 1 : 0);
	if (entry->delivery == KVK_DELIVERY_NONE)
		return;
	sqlite3_bind_text(
		statement, 18, kvk_entry_delivery_word(entry->delivery), -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 19, entry->delivery_at);
}

void kvk_sqlite_bind_entry(sqlite3_stmt *statement, const struct kvk_entry *entry)
{
	const struct kvk_entry_certificate *certificate = &entry->certificate;

	sqlite3_bind_text(statement, 3, kvk_entry_stage_word(entry->stage), -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 4, entry->path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 5, entry->since);
	bind_remarks(statement, entry);
	if (!certificate->present)
		return;
	sqlite3_bind_blob(statement, 6, certificate->sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_text(statement, 7, certificate->serial, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 8, certificate->not_before);
	sqlite3_bind_int64(statement, 9, certificate->not_after);
	sqlite3_bind_int64(statement, 10, certificate->ends);
	sqlite3_bind_text(statement, 11, certificate->ends_by, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 12, certificate->ca ? 1 : 0);
	sqlite3_bind_blob(statement, 13, certificate->file_sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
}
