/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/watched.h"

#include <string.h>

#include "base/ascii.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/format.h"
#include "cert/contents.h"
#include "crypto/hash.h"
#include "watch/ends.h"
#include "watch/holder.h"

/* Appends a character of a name. */
static void put(char name[static KVK_LIMIT_ENTRY_NAME + 1], size_t *n, char c)
{
	if (*n < KVK_LIMIT_ENTRY_NAME)
		name[(*n)++] = c;
}

void kvk_watched_name(const char *text, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	bool blank = false;
	size_t n = 0;

	for (const char *p = text; *p != '\0'; p++) {
		char c = (char)kvk_to_lower((uint8_t)*p);

		if ((c >= 'a' && c <= 'z') || kvk_is_digit((uint8_t)c)) {
			if (blank && n > 0 && name[n - 1] != '-')
				put(name, &n, '-');
			put(name, &n, c);
			blank = false;
		} else if (n > 0 && (c == '-' || (c == '.' && name[n - 1] != '.'))) {
			put(name, &n, c);
			blank = false;
		} else if (c == ' ') {
			blank = true;
		}
	}
	while (n > 0 && (name[n - 1] == '.' || name[n - 1] == '-'))
		n--;
	name[n] = '\0';
}

/* The certificates of a file, as far as they matter to the choice. */
struct choice {
	/* The one that the entry was about. */
	const struct kvk_certificate *same;
	/* The end certificate that counts, and the first CA. */
	const struct kvk_certificate *leaf, *ca;
	/* There is one that cannot be read: it may be any. */
	bool damaged;
};

/* Of two end certificates of one name the later counts; of others the first of the file. */
static const struct kvk_certificate *later(
	const struct kvk_certificate *a, const struct kvk_certificate *b)
{
	if (a == NULL)
		return b;
	return kvk_span_equal(a->subject.der, b->subject.der) && b->not_after > a->not_after ? b :
											       a;
}

static void look_at(const struct kvk_certificate *certificate,
	const struct kvk_entry_certificate *known, struct choice *choice)
{
	if (known != NULL && memcmp(certificate->sha256, known->sha256, KVK_SHA256_SIZE) == 0)
		choice->same = certificate;
	if (!certificate->ext.ca)
		choice->leaf = later(choice->leaf, certificate);
	else if (choice->ca == NULL)
		choice->ca = certificate;
}

/* The latest end certificate of the same name, beside the one that is known. */
static const struct kvk_certificate *successor(
	const struct kvk_contents *contents, const struct kvk_certificate *known)
{
	const struct kvk_certificate *found = known, *candidate;

	for (size_t i = 0; (candidate = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (!candidate->ext.ca)
			found = later(found, candidate);
	return found;
}

/* NULL where there is none, or none that is sure to be the right one. */
static const struct kvk_certificate *choose(
	const struct kvk_contents *contents, const struct kvk_entry_certificate *known)
{
	struct choice choice = { 0 };

	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->kind != KVK_BLOCK_CERTIFICATE)
			continue;
		if (block->certificate != NULL)
			look_at(block->certificate, known, &choice);
		else
			choice.damaged = true;
	}
	if (choice.same != NULL)
		return successor(contents, choice.same);
	if (choice.leaf != NULL && !choice.damaged)
		return choice.leaf;
	return choice.leaf == NULL && !choice.damaged && (known == NULL || known->ca) ? choice.ca :
											NULL;
}

/* A name for an entry from the CN; one that cannot be read gives none. */
static enum kvk_err read_name(
	const struct kvk_certificate *certificate, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	const struct kvk_attribute *cn = kvk_name_find(&certificate->subject, KVK_OID_CN, 0);
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	name[0] = '\0';
	if (cn == NULL)
		return KVK_OK;
	KVK_TRY(kvk_attribute_text(cn, &text));
	kvk_watched_name(kvk_blob_str(&text), name);
out:
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static enum kvk_err describe(const struct kvk_certificate *certificate, struct kvk_watched *out)
{
	struct kvk_blob serial = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_hex(&serial, certificate->serial, '\0'));
	out->certificate.present = true;
	memcpy(out->certificate.sha256, certificate->sha256, KVK_SHA256_SIZE);
	KVK_FORMAT(out->certificate.serial, "%s", kvk_blob_str(&serial));
	out->certificate.not_before = certificate->not_before;
	out->certificate.not_after = certificate->not_after;
	out->certificate.ca = certificate->ext.ca;
	KVK_TRY(kvk_holder_read(certificate, &out->certificate.holder));
	KVK_TRY(read_name(certificate, out->name));
out:
	kvk_blob_free(&serial);
	return err;
}

/* Reads the contents of a file whose hash is known. */
static enum kvk_err read_contents(struct kvk_blob *bytes, const uint8_t *file_sha256,
	const struct kvk_entry_certificate *known, struct kvk_watched *out)
{
	const struct kvk_certificate *certificate;
	struct kvk_contents contents = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_contents_read(bytes, &contents));
	certificate = choose(&contents, known);
	KVK_TRY(certificate != NULL ? KVK_OK : KVK_ERR_FORMAT);
	KVK_TRY(describe(certificate, out));
	KVK_TRY(kvk_ends_find(&contents, certificate, &out->certificate));
	memcpy(out->certificate.file_sha256, file_sha256, KVK_SHA256_SIZE);
out:
	kvk_contents_free(&contents);
	return err;
}

enum kvk_err kvk_watched_read(
	const char *path, const struct kvk_entry_certificate *known, struct kvk_watched *out)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	known = known != NULL && known->present ? known : NULL;
	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&bytes), sha256));
	if (known != NULL && known->holder.known &&
		memcmp(known->file_sha256, sha256, sizeof sha256) == 0)
		out->certificate = *known;
	else
		KVK_TRY(read_contents(&bytes, sha256, known, out));
out:
	kvk_blob_free(&bytes);
	return err;
}
