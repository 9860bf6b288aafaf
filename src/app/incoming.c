/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/incoming.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cert/pem.h"
#include "cert/salvage.h"

/* A walk over the certificates of all files. */
struct walk {
	const struct kvk_incoming *incoming;
	size_t file, number;
};

static const struct kvk_certificate *next(struct walk *walk)
{
	for (; walk->file < walk->incoming->count; walk->file++, walk->number = 0) {
		const struct kvk_contents *contents = &walk->incoming->files[walk->file].contents;
		const struct kvk_certificate *certificate =
			kvk_contents_certificate(contents, walk->number, NULL);

		if (certificate != NULL) {
			walk->number++;
			return certificate;
		}
	}
	return NULL;
}

/* The next place for a file, which counts when it was read. KVK_ERR_LIMIT. */
static enum kvk_err begin(
	struct kvk_incoming *incoming, const char *path, bool extra, struct kvk_received **out)
{
	if (incoming->count == sizeof incoming->files / sizeof incoming->files[0])
		return KVK_ERR_LIMIT;
	*out = &incoming->files[incoming->count];
	(*out)->path = path;
	(*out)->extra = extra;
	return KVK_OK;
}

/* Reads what a file holds. */
static enum kvk_err read_octets(
	struct kvk_incoming *incoming, struct kvk_received *file, struct kvk_span octets)
{
	struct kvk_blob copy = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(&copy, octets));
	KVK_TRY(kvk_contents_read(&copy, &file->contents));
	incoming->count++;
out:
	kvk_blob_free(&copy);
	return err;
}

/* A PEM file whose lines do not end with LF alone. */
static bool has_other_line_ends(const struct kvk_received *file)
{
	return file->contents.form == KVK_FORM_PEM && file->bytes.n > 0 &&
		memchr(file->bytes.p, '\r', file->bytes.n) != NULL;
}

/* Takes the repaired text instead, where more certificates are in it. */
static enum kvk_err repair(struct kvk_received *file)
{
	const enum kvk_guise guise = file->contents.guise;
	struct kvk_contents better = { 0 };
	size_t before, after;
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	if (!kvk_guise_is_salvageable(guise))
		return KVK_OK;
	KVK_TRY(kvk_salvage(kvk_span_of_blob(&file->bytes), guise, &text));
	/* repaired, it may be longer than a file can be */
	if (text.n > KVK_LIMIT_FILE)
		goto out;
	KVK_TRY(kvk_contents_read(&text, &better));
	before = kvk_contents_certificate_count(&file->contents);
	after = kvk_contents_certificate_count(&better);
	if (after > before || (after > 0 && after == before && better.java == KVK_JAVA_READS)) {
		/* that a key is in it was seen before, too */
		better.remarks |= file->contents.remarks & (1u << KVK_REMARK_PRIVATE_KEY);
		kvk_contents_free(&file->contents);
		file->contents = better;
		file->repaired = guise;
		better = (struct kvk_contents){ 0 };
	} else if (before > 0) {
		/* read as it is, which Java would not */
		file->repaired = guise;
	}
out:
	if (text.p != NULL)
		explicit_bzero(text.p, text.n);
	kvk_blob_free(&text);
	kvk_contents_free(&better);
	return err;
}

enum kvk_err kvk_incoming_add(struct kvk_incoming *incoming, const char *path, bool extra)
{
	struct kvk_received *file = NULL;
	enum kvk_err err;

	KVK_TRY(begin(incoming, path, extra, &file));
	if (strcmp(path, "-") == 0)
		KVK_TRY(kvk_fd_read(STDIN_FILENO, KVK_LIMIT_FILE, &file->bytes));
	else
		KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &file->bytes));
	KVK_TRY(read_octets(incoming, file, kvk_span_of_blob(&file->bytes)));
	file->other_line_ends = has_other_line_ends(file);
	return repair(file);
out:
	if (err != KVK_OK && file != NULL)
		kvk_blob_free(&file->bytes);
	return err;
}

enum kvk_err kvk_incoming_add_fetched(
	struct kvk_incoming *incoming, const char *url, struct kvk_span der)
{
	struct kvk_received *file;
	enum kvk_err err;

	KVK_TRY(begin(incoming, url, true, &file));
	file->fetched = true;
	KVK_TRY(read_octets(incoming, file, der));
out:
	return err;
}

void kvk_incoming_free(struct kvk_incoming *incoming)
{
	for (size_t i = 0; i < incoming->count; i++) {
		struct kvk_received *file = &incoming->files[i];

		/* People send private keys along. */
		if (file->bytes.p != NULL)
			explicit_bzero(file->bytes.p, file->bytes.n);
		if (file->contents.raw.p != NULL)
			explicit_bzero(file->contents.raw.p, file->contents.raw.n);
		kvk_contents_free(&file->contents);
		kvk_blob_free(&file->bytes);
	}
	incoming->count = 0;
}

bool kvk_received_has_key(const struct kvk_received *file)
{
	return (file->contents.remarks & (1u << KVK_REMARK_PRIVATE_KEY)) != 0 ||
		file->contents.form == KVK_FORM_PKCS12 ||
		kvk_contents_find(&file->contents, KVK_BLOCK_PKCS12) != NULL;
}

enum kvk_own kvk_incoming_find(const struct kvk_incoming *incoming,
	const uint8_t spki_sha256[static KVK_SHA256_SIZE], const struct kvk_certificate **out)
{
	const struct kvk_certificate *own = NULL;
	const struct kvk_certificate *other = NULL;
	const struct kvk_certificate *certificate;
	struct walk walk = { .incoming = incoming };

	while ((certificate = next(&walk)) != NULL) {
		if (incoming->files[walk.file].extra)
			continue;
		if (memcmp(certificate->spki_sha256, spki_sha256, KVK_SHA256_SIZE) == 0) {
			if (own == NULL || certificate->not_after > own->not_after)
				own = certificate;
		} else if (other == NULL || (other->ext.ca && !certificate->ext.ca)) {
			other = certificate;
		}
	}
	*out = own != NULL ? own : other;
	if (own != NULL)
		return KVK_OWN_FOUND;
	return other != NULL ? KVK_OWN_OTHER_KEY : KVK_OWN_NO_CERTIFICATE;
}

/* Whether a certificate issued another of the files, by its name. */
static bool issued_another(
	const struct kvk_incoming *incoming, const struct kvk_certificate *certificate)
{
	const struct kvk_certificate *other;
	struct walk walk = { .incoming = incoming };

	while ((other = next(&walk)) != NULL)
		if (other != certificate &&
			kvk_span_equal(other->issuer.der, certificate->subject.der))
			return true;
	return false;
}

/* Whether the same certificate came before this place. */
static bool is_repeated(
	const struct kvk_incoming *incoming, const struct kvk_certificate *certificate)
{
	const struct kvk_certificate *other;
	struct walk walk = { .incoming = incoming };

	while ((other = next(&walk)) != NULL && other != certificate)
		if (kvk_span_equal(other->der, certificate->der))
			return true;
	return false;
}

enum kvk_err kvk_incoming_pem(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_blob *out)
{
	const struct kvk_certificate *certificate;
	struct walk walk = { .incoming = incoming };
	enum kvk_err err;

	KVK_TRY(kvk_pem_write(out, "CERTIFICATE", leaf->der));
	while ((certificate = next(&walk)) != NULL) {
		if (kvk_span_equal(certificate->der, leaf->der) ||
			is_repeated(incoming, certificate))
			continue;
		if (certificate->ext.ca || issued_another(incoming, certificate))
			KVK_TRY(kvk_pem_write(out, "CERTIFICATE", certificate->der));
	}
out:
	return err;
}
