/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a watched file holds now: its certificates, when the first on the path of each ends, and
 * which of them belongs to which entry. An entry is about an end certificate; a CA is watched only
 * where the file never held anything else. Nothing is evaluated here.
 */
#ifndef KVKCSR_WATCH_WATCHED_H
#define KVKCSR_WATCH_WATCHED_H

#include "base/vec.h"
#include "der/reader.h"
#include "inventory/inventory.h"

struct kvk_watched {
	struct kvk_entry_certificate certificate;
	/* A name for an entry, from the certificate's CN; "" where that gives none, and where the
	 * file is what it was. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	/* There is a private key in the file, too. Only kvk_watched_read() says so. */
	bool private_key;
};

/* What a file holds. Start with KVK_WATCHED_FILE_INIT, free with kvk_watched_file_free(). */
struct kvk_watched_file {
	uint8_t sha256[KVK_SHA256_SIZE];
	/* struct kvk_watched, each once: the end certificates, the one that ends last first
	 * whatever their order in the file, then those of CAs as they stand in it. */
	struct kvk_vec list;
	/* How many of them are end certificates. */
	size_t ends;
	/* One cannot be read. It may be any: what is not in the list is not known to be gone. */
	bool damaged;
	/* Which one, from 1; the line of its BEGIN line, or 0; and why. */
	struct {
		unsigned number, line;
		enum kvk_err err;
		enum kvk_der_remark remark;
	} damage;
};

#define KVK_WATCHED_FILE_INIT \
	{ \
		.list = KVK_VEC_INIT(struct kvk_watched, KVK_LIMIT_BLOCKS) \
	}

/* No certificate of the file. */
#define KVK_WATCHED_NONE SIZE_MAX

/* Looks through the bytes of a file, which it takes over after success. A file without a
 * certificate is no error. The errors of kvk_contents_read_openssl(). */
enum kvk_err kvk_watched_file_read(struct kvk_blob *bytes, struct kvk_watched_file *out);
void kvk_watched_file_free(struct kvk_watched_file *file);
/* Number i of the list. */
const struct kvk_watched *kvk_watched_at(const struct kvk_watched_file *file, size_t i);
/* Says which certificate cannot be read, and why. KVK_ERR_FORMAT. */
enum kvk_err kvk_watched_damage(
	const struct kvk_watched_file *file, const char *path, struct kvk_error *why);
/*
 * Which certificate of the file belongs to each entry of it: the same one; else one of the same
 * holder, as its renewal; else none, which is KVK_WATCHED_NONE. Nothing but the certificates
 * counts. A certificate of the list that no match names is new.
 */
void kvk_watched_match(const struct kvk_watched_file *file,
	const struct kvk_entry_certificate *const *known, size_t count, size_t *match);
/* Whether the file is the one of which all that is known (or NULL) was read. KVK_ERR_CRYPTO. */
enum kvk_err kvk_watched_unchanged(
	const struct kvk_blob *bytes, const struct kvk_entry_certificate *known, bool *unchanged);
/*
 * Reads a file that is about one certificate, as that of a dossier is, whosever it is. known is
 * what the entry is about, or NULL for a file that is new. The errors of kvk_file_read();
 * KVK_ERR_FORMAT where there is no certificate for the entry that can be read: an end certificate
 * is damaged, or it is no longer there and only those of CAs are.
 */
enum kvk_err kvk_watched_read(
	const char *path, const struct kvk_entry_certificate *known, struct kvk_watched *out);
/* Whether the bytes of a file hold a private key: in PEM, or plain in DER. */
bool kvk_watched_has_key(const struct kvk_blob *bytes);
/* Makes a name for an entry of any text: what it must not hold is left out. "" where nothing is
 * left. */
void kvk_watched_name(const char *text, char name[static KVK_LIMIT_ENTRY_NAME + 1]);

#endif
