/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/cache.h"

#include <string.h>

#include "base/ascii.h"
#include "base/dir.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/format.h"
#include "base/limits.h"
#include "base/path.h"
#include "crypto/hash.h"
#include "net/header.h"

/* The first line of a file; another form has another one. */
#define FORM "kvkcsr cache 1"
/* Bytes of all lines before the octets. */
#define HEAD_SIZE (KVK_LIMIT_URL + 2 * KVK_LIMIT_NET_HEADER_VALUE + 512)

/* Appends the hash of some bytes, in hex. */
static enum kvk_err append_hash(struct kvk_blob *out, struct kvk_span bytes)
{
	uint8_t hash[KVK_SHA256_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_sha256(bytes, hash));
	KVK_TRY(kvk_hex(out, (struct kvk_span){ hash, sizeof hash }, '\0'));
out:
	return err;
}

/* The lines that tell which entry a file is: the form, the address, the body. */
static enum kvk_err identity_of(const char *url, struct kvk_span body, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(out, "%s\nurl %s\nbody ", FORM, url));
	if (body.n > 0)
		KVK_TRY(append_hash(out, body));
	KVK_TRY(kvk_blob_append_text(out, "\n"));
out:
	return err;
}

/* The file of an entry: the hash of its identity. */
static enum kvk_err path_of(
	const char *folder, const struct kvk_blob *identity, struct kvk_blob *out)
{
	struct kvk_blob name = { 0 };
	enum kvk_err err;

	KVK_TRY(append_hash(&name, kvk_span_of_blob(identity)));
	KVK_TRY(kvk_path_join(out, folder, kvk_blob_str(&name)));
out:
	kvk_blob_free(&name);
	return err;
}

/*
 * Takes one line, "name value", of a file from *at on, and ends its value with a NUL. NULL: the
 * line there is another one.
 */
static const char *take_line(struct kvk_blob *file, size_t *at, const char *name)
{
	struct kvk_span rest = { file->p + *at, file->n - *at };
	size_t n = strlen(name);
	const char *value;
	uint8_t *end;

	if (!kvk_span_starts(rest, name) || rest.n <= n || rest.p[n] != ' ')
		return NULL;
	end = memchr(file->p + *at, '\n', rest.n);
	if (end == NULL)
		return NULL;
	*end = '\0';
	value = (const char *)rest.p + n + 1;
	*at = (size_t)(end + 1 - file->p);
	return value;
}

/* A validator as it was kept; NULL where there was none. */
static const char *validator(const char *value)
{
	return kvk_net_header_is_value(value) ? value : NULL;
}

/* Takes the line with the hash of everything after it. KVK_ERR_NOT_FOUND where that has changed.
 */
static enum kvk_err take_hash(struct kvk_blob *file, size_t *at)
{
	const char *hash = take_line(file, at, "sha256");
	struct kvk_blob right = { 0 };
	enum kvk_err err;

	KVK_TRY(append_hash(&right, (struct kvk_span){ file->p + *at, file->n - *at }));
	if (hash == NULL || strcmp(hash, kvk_blob_str(&right)) != 0)
		err = KVK_ERR_NOT_FOUND;
out:
	kvk_blob_free(&right);
	return err;
}

/* Reads what is after the identity, which has n bytes. KVK_ERR_NOT_FOUND: it is no whole entry. */
static enum kvk_err read_entry(size_t n, kvk_time now, struct kvk_net_cached *out)
{
	const char *fetched, *etag, *last_modified;
	enum kvk_err err;

	KVK_TRY(take_hash(&out->file, &n));
	fetched = take_line(&out->file, &n, "fetched");
	etag = take_line(&out->file, &n, "etag");
	last_modified = take_line(&out->file, &n, "last-modified");
	if (fetched == NULL || etag == NULL || last_modified == NULL ||
		kvk_time_parse(fetched, &out->fetched) != KVK_OK || out->fetched > now)
		return KVK_ERR_NOT_FOUND;
	out->etag = validator(etag);
	out->last_modified = validator(last_modified);
	out->octets = (struct kvk_span){ out->file.p + n, out->file.n - n };
out:
	return err;
}

enum kvk_err kvk_net_cache_get(const char *folder, const char *url, struct kvk_span body,
	kvk_time now, struct kvk_net_cached *out)
{
	struct kvk_blob identity = { 0 }, path = { 0 };
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	KVK_TRY(identity_of(url, body, &identity));
	KVK_TRY(path_of(folder, &identity, &path));
	err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_CACHE_ENTRY + HEAD_SIZE,
		KVK_FILE_NOFOLLOW | KVK_FILE_TRUSTED, &out->file);
	if (err == KVK_ERR_MEMORY)
		goto out;
	if (err != KVK_OK ||
		!kvk_span_starts(kvk_span_of_blob(&out->file), kvk_blob_str(&identity)))
		err = KVK_ERR_NOT_FOUND;
	else
		err = read_entry(identity.n, now, out);
out:
	if (err != KVK_OK)
		kvk_net_cached_free(out);
	kvk_blob_free(&identity);
	kvk_blob_free(&path);
	return err;
}

static bool is_one_line(const char *url)
{
	for (const char *c = url; *c != '\0'; c++)
		if (!kvk_is_print((uint8_t)*c))
			return false;
	return strnlen(url, KVK_LIMIT_URL + 1) <= KVK_LIMIT_URL;
}

/* Puts the hash of everything after a line of the head into it, where there is room for it. */
static enum kvk_err fill_in_hash(struct kvk_blob *head, size_t at, struct kvk_span octets)
{
	const size_t after = at + 2 * KVK_SHA256_SIZE + 1;
	const struct kvk_span lines = { head->p + after, head->n - after };
	uint8_t hash[KVK_SHA256_SIZE];
	struct kvk_blob hex = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_sha256_two(lines, octets, hash));
	KVK_TRY(kvk_hex(&hex, (struct kvk_span){ hash, sizeof hash }, '\0'));
	memcpy(head->p + at, hex.p, hex.n);
out:
	kvk_blob_free(&hex);
	return err;
}

/* All lines before the octets, after the identity that is there. */
static enum kvk_err append_head(struct kvk_blob *out, const struct kvk_net_cached *entry)
{
	const char *etag = validator(entry->etag), *modified = validator(entry->last_modified);
	char fetched[KVK_TIME_TEXT_SIZE];
	size_t hash;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, "sha256 "));
	hash = out->n;
	KVK_TRY(kvk_blob_append_format(out, "%*s\nfetched %s\netag %s\nlast-modified %s\n",
		2 * KVK_SHA256_SIZE, "", kvk_time_text(entry->fetched, fetched),
		etag != NULL ? etag : "", modified != NULL ? modified : ""));
	KVK_TRY(fill_in_hash(out, hash, entry->octets));
out:
	return err;
}

enum kvk_err kvk_net_cache_put(const char *folder, const char *url, struct kvk_span body,
	const struct kvk_net_cached *entry)
{
	struct kvk_blob head = { 0 }, path = { 0 };
	enum kvk_err err;

	if (!is_one_line(url))
		return KVK_ERR_ARGUMENT;
	if (entry->octets.n > KVK_LIMIT_CACHE_ENTRY)
		return KVK_ERR_LIMIT;
	KVK_TRY(kvk_dir_make(folder, 0700));
	KVK_TRY(identity_of(url, body, &head));
	KVK_TRY(path_of(folder, &head, &path));
	KVK_TRY(append_head(&head, entry));
	KVK_TRY(kvk_file_replace_with(
		kvk_blob_str(&path), 0600, kvk_span_of_blob(&head), entry->octets));
out:
	kvk_blob_free(&head);
	kvk_blob_free(&path);
	return err;
}

void kvk_net_cached_free(struct kvk_net_cached *cached)
{
	if (cached == NULL)
		return;
	kvk_blob_free(&cached->file);
	memset(cached, 0, sizeof *cached);
}
