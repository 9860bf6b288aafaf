/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/watched.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/encode.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "cert/contents.h"
#include "crypto/hash.h"
#include "der/reader.h"
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

static bool is_damaged(const struct kvk_block *block)
{
	return (block->kind == KVK_BLOCK_CERTIFICATE && block->certificate == NULL) ||
		(block->kind == KVK_BLOCK_PKCS7 && block->err != KVK_OK);
}

/* Whether bytes begin as a certificate or a PKCS#7 file in DER does: a SEQUENCE that is longer than
 * 127 octets, or of indefinite length, and in it a SEQUENCE or an OID. */
static bool begins_as_certificate(struct kvk_span bytes)
{
	const size_t header =
		bytes.n > 1 && bytes.p[1] >= 0x80 ? 2 + (size_t)(bytes.p[1] & 0x7f) : 0;

	return header > 0 && header < bytes.n && bytes.p[0] == KVK_DER_SEQUENCE &&
		(bytes.p[header] == KVK_DER_SEQUENCE || bytes.p[header] == KVK_DER_OID);
}

/* Whether what is cut off is a certificate: of a text that begins with "0" it may be said, too. */
static bool was_certificate(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->kind == KVK_BLOCK_CERTIFICATE || block->kind == KVK_BLOCK_PKCS7)
			return true;
	}
	return begins_as_certificate(kvk_span_of_blob(&contents->raw));
}

/* Notes the first certificate that cannot be read. */
static void note_damage(const struct kvk_contents *contents, struct kvk_watched_file *out)
{
	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->kind == KVK_BLOCK_CERTIFICATE)
			out->damage.number++;
		if (!is_damaged(block))
			continue;
		out->damaged = true;
		out->damage.line = block->line;
		out->damage.err = block->err;
		out->damage.remark = block->log.remark;
		return;
	}
	/* A set of certificates that ends before its end. */
	if (contents->remarks & UINT32_C(1) << KVK_REMARK_TRUNCATED && was_certificate(contents)) {
		out->damaged = true;
		out->damage.number++;
		out->damage.err = KVK_ERR_DER;
		out->damage.remark = KVK_DER_TRUNCATED;
	}
}

/* The one that ends last comes first; the order of the file does not count. */
static int compare(const void *a, const void *b)
{
	const struct kvk_entry_certificate *x = &((const struct kvk_watched *)a)->certificate;
	const struct kvk_entry_certificate *y = &((const struct kvk_watched *)b)->certificate;

	if (x->not_after != y->not_after)
		return x->not_after > y->not_after ? -1 : 1;
	return memcmp(x->sha256, y->sha256, KVK_SHA256_SIZE);
}

/* One certificate; what is in the file twice counts once. */
static enum kvk_err add(struct kvk_ends_search *search, const struct kvk_contents *contents,
	const struct kvk_certificate *certificate, struct kvk_watched_file *out)
{
	struct kvk_watched *watched;
	enum kvk_err err;

	for (size_t i = 0; i < out->list.count; i++)
		if (memcmp(kvk_watched_at(out, i)->certificate.sha256, certificate->sha256,
			    KVK_SHA256_SIZE) == 0)
			return KVK_OK;
	KVK_TRY(kvk_vec_push(&out->list, &watched));
	memset(watched, 0, sizeof *watched);
	KVK_TRY(describe(certificate, watched));
	KVK_TRY(kvk_ends_find(search, contents, certificate, &watched->certificate));
	memcpy(watched->certificate.file_sha256, out->sha256, KVK_SHA256_SIZE);
out:
	return err;
}

/* All of a kind. */
static enum kvk_err add_all(struct kvk_ends_search *search, const struct kvk_contents *contents,
	bool ca, struct kvk_watched_file *out)
{
	const struct kvk_certificate *certificate;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; (certificate = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (certificate->ext.ca == ca)
			KVK_TRY(add(search, contents, certificate, out));
out:
	return err;
}

static enum kvk_err take(const struct kvk_contents *contents, struct kvk_watched_file *out)
{
	struct kvk_ends_search search = { 0 };
	enum kvk_err err;

	memcpy(out->sha256, contents->sha256, KVK_SHA256_SIZE);
	note_damage(contents, out);
	KVK_TRY(add_all(&search, contents, false, out));
	out->ends = out->list.count;
	if (out->ends > 1)
		qsort(out->list.items, out->ends, sizeof(struct kvk_watched), compare);
	KVK_TRY(add_all(&search, contents, true, out));
out:
	kvk_ends_search_free(&search);
	return err;
}

const struct kvk_watched *kvk_watched_at(const struct kvk_watched_file *file, size_t i)
{
	return kvk_vec_at(&file->list, i);
}

enum kvk_err kvk_watched_file_read(struct kvk_blob *bytes, struct kvk_watched_file *out)
{
	struct kvk_contents contents = { 0 };
	enum kvk_err err;

	*out = (struct kvk_watched_file)KVK_WATCHED_FILE_INIT;
	KVK_TRY(kvk_contents_read_openssl(bytes, &contents));
	KVK_TRY(take(&contents, out));
out:
	kvk_contents_free(&contents);
	if (err != KVK_OK)
		kvk_watched_file_free(out);
	return err;
}

void kvk_watched_file_free(struct kvk_watched_file *file)
{
	kvk_vec_free(&file->list);
	file->ends = 0;
}

enum kvk_err kvk_watched_damage(
	const struct kvk_watched_file *file, const char *path, struct kvk_error *why)
{
	const char *reason = file->damage.remark != KVK_DER_OK ?
		kvk_der_remark_text(file->damage.remark) :
		kvk_error_text(file->damage.err);
	char safe[256];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	if (file->damage.line > 0)
		return kvk_error_set(why, KVK_ERR_FORMAT,
			_("the certificate on line %u of '%s' cannot be read: %s"),
			file->damage.line, safe, reason);
	return kvk_error_set(why, KVK_ERR_FORMAT, _("certificate %u in '%s' cannot be read: %s"),
		file->damage.number, safe, reason);
}

static bool is_same(const struct kvk_entry_certificate *a, const struct kvk_entry_certificate *b)
{
	return memcmp(a->sha256, b->sha256, KVK_SHA256_SIZE) == 0;
}

/* Whether a certificate can be the renewal of another. CAs alone are renewed by CAs alone. */
static bool may_renew(const struct kvk_watched_file *file,
	const struct kvk_entry_certificate *known, const struct kvk_entry_certificate *now)
{
	if (known->ca || now->ca)
		return known->ca && now->ca && file->ends == 0;
	return !known->holder.known ||
		kvk_holder_compare(&known->holder, &now->holder) != KVK_HOLDER_DIFFERS;
}

/* Of those that a certificate may renew and that have none, the one that ends last. */
static size_t find_predecessor(const struct kvk_watched_file *file,
	const struct kvk_entry_certificate *const *known, size_t count, const size_t *match,
	const struct kvk_entry_certificate *now)
{
	size_t found = KVK_WATCHED_NONE;

	for (size_t i = 0; i < count; i++)
		if (match[i] == KVK_WATCHED_NONE && may_renew(file, known[i], now) &&
			(found == KVK_WATCHED_NONE ||
				known[i]->not_after > known[found]->not_after))
			found = i;
	return found;
}

void kvk_watched_match(const struct kvk_watched_file *file,
	const struct kvk_entry_certificate *const *known, size_t count, size_t *match)
{
	bool taken[KVK_LIMIT_BLOCKS] = { false };

	for (size_t i = 0; i < count; i++) {
		match[i] = KVK_WATCHED_NONE;
		for (size_t j = 0; j < file->list.count && match[i] == KVK_WATCHED_NONE; j++)
			if (is_same(known[i], &kvk_watched_at(file, j)->certificate))
				match[i] = j;
		if (match[i] != KVK_WATCHED_NONE)
			taken[match[i]] = true;
	}
	/* One that cannot be read may be any of them. */
	for (size_t j = 0; j < file->list.count && !file->damaged; j++) {
		size_t i = KVK_WATCHED_NONE;

		if (!taken[j])
			i = find_predecessor(
				file, known, count, match, &kvk_watched_at(file, j)->certificate);
		if (i != KVK_WATCHED_NONE)
			match[i] = j;
	}
}

/* What a file holds of the one certificate that is known; or its first, where none is. */
static const struct kvk_watched *choose(
	const struct kvk_watched_file *file, const struct kvk_entry_certificate *known)
{
	size_t match = KVK_WATCHED_NONE;

	if (known != NULL)
		kvk_watched_match(file, &known, 1, &match);
	if (match == KVK_WATCHED_NONE && !file->damaged && file->list.count > 0 &&
		(known == NULL || file->ends > 0))
		match = 0;
	return match != KVK_WATCHED_NONE ? kvk_watched_at(file, match) : NULL;
}

/* Whether bytes begin as a private key in DER does: a SEQUENCE, in it the version 0 or 1, and then
 * what follows it in PKCS#1, SEC 1 and PKCS#8. */
static bool begins_as_key(struct kvk_span bytes)
{
	const size_t header =
		bytes.n > 1 && bytes.p[1] > 0x80 ? 2 + (size_t)(bytes.p[1] & 0x7f) : 2;
	const uint8_t *p = bytes.p + header;

	return bytes.n > header + 3 && bytes.p[0] == KVK_DER_SEQUENCE && p[0] == KVK_DER_INTEGER &&
		p[1] == 1 && p[2] <= 1 &&
		(p[3] == KVK_DER_INTEGER || p[3] == KVK_DER_OCTET_STRING ||
			p[3] == KVK_DER_SEQUENCE);
}

bool kvk_watched_has_key(const struct kvk_blob *bytes)
{
	static const char pem[] = "PRIVATE KEY-----";

	if (bytes->n == 0)
		return false;
	return memmem(bytes->p, bytes->n, pem, sizeof pem - 1) != NULL ||
		begins_as_key(kvk_span_of_blob(bytes));
}

enum kvk_err kvk_watched_read(
	const char *path, const struct kvk_entry_certificate *known, struct kvk_watched *out)
{
	struct kvk_watched_file file = KVK_WATCHED_FILE_INIT;
	const struct kvk_watched *chosen;
	struct kvk_blob bytes = { 0 };
	bool unchanged, private_key;
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	known = known != NULL && known->present ? known : NULL;
	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	private_key = out->private_key = kvk_watched_has_key(&bytes);
	KVK_TRY(kvk_watched_unchanged(&bytes, known, &unchanged));
	if (unchanged) {
		out->certificate = *known;
		goto out;
	}
	KVK_TRY(kvk_watched_file_read(&bytes, &file));
	chosen = choose(&file, known);
	KVK_TRY(chosen != NULL ? KVK_OK : KVK_ERR_FORMAT);
	*out = *chosen;
	out->private_key = private_key;
out:
	kvk_watched_file_free(&file);
	kvk_blob_free(&bytes);
	return err;
}

enum kvk_err kvk_watched_unchanged(
	const struct kvk_blob *bytes, const struct kvk_entry_certificate *known, bool *unchanged)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	enum kvk_err err = KVK_OK;

	*unchanged = false;
	if (known == NULL || !known->present || !known->holder.known)
		goto out;
	KVK_TRY(kvk_sha256(kvk_span_of_blob(bytes), sha256));
	*unchanged = memcmp(known->file_sha256, sha256, sizeof sha256) == 0;
out:
	return err;
}
