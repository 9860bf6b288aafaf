/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/contents.h"

#include <string.h>

#include "base/alloc.h"
#include "base/secret.h"
#include "cert/blocks.h"
#include "cert/factory.h"
#include "cert/kind.h"

/* Overwrites the private keys of the file; of PEM blocks the label stays, as blocks borrow it. */
static void wipe_keys(struct kvk_contents *contents)
{
	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);
		size_t start = block->offset;

		if (!kvk_kind_is_secret(block->kind))
			continue;
		if (block->line > 0)
			start = (size_t)(block->label.p + block->label.n - contents->raw.p);
		kvk_wipe(contents->raw.p + start, block->offset + block->size - start);
		memset(contents->raw.p + start, ' ', block->offset + block->size - start);
	}
}

/* Whether certificate number i is in the file before, octet for octet. */
static bool is_repeated(const struct kvk_contents *contents, size_t i)
{
	const struct kvk_certificate *one = kvk_contents_certificate(contents, i, NULL);

	for (size_t j = 0; j < i; j++)
		if (memcmp(kvk_contents_certificate(contents, j, NULL)->sha256, one->sha256,
			    sizeof(one->sha256)) == 0)
			return true;
	return false;
}

static void remark_duplicates(struct kvk_contents *contents)
{
	const size_t n = kvk_contents_certificate_count(contents);

	for (size_t i = 1; i < n; i++)
		if (is_repeated(contents, i)) {
			kvk_blocks_remark(contents, KVK_REMARK_DUPLICATE);
			return;
		}
}

/* What the file is instead; UTF-16 may hold a private key, which no block tells of. */
static void look_at_guise(struct kvk_contents *contents)
{
	const struct kvk_span file = kvk_span_of_blob(&contents->raw);

	if (contents->java == KVK_JAVA_READS || contents->java == KVK_JAVA_UNSURE)
		return;
	contents->guise = kvk_guise_of(file);
	if (contents->guise == KVK_GUISE_UTF16 && kvk_guise_has_utf16_key(file))
		kvk_blocks_remark(contents, KVK_REMARK_PRIVATE_KEY);
}

size_t kvk_contents_limit(struct kvk_span file)
{
	const struct kvk_span begin = kvk_span_of("-----BEGIN X509 CRL-----");

	if (kvk_kind_of_der(file) == KVK_BLOCK_CRL)
		return KVK_LIMIT_CRL_FILE;
	if (file.n > begin.n && memcmp(file.p, begin.p, begin.n) == 0)
		return KVK_LIMIT_CRL_PEM;
	return KVK_LIMIT_FILE;
}

enum kvk_err kvk_contents_read(struct kvk_blob *bytes, struct kvk_contents *out)
{
	return kvk_contents_read_with(bytes, NULL, out);
}

enum kvk_err kvk_contents_read_with(
	struct kvk_blob *bytes, struct kvk_decoded *decoded, struct kvk_contents *out)
{
	const unsigned long failures = kvk_alloc_failures();
	enum kvk_err err;

	if (bytes->n > KVK_LIMIT_FILE && bytes->n > kvk_contents_limit(kvk_span_of_blob(bytes)))
		return KVK_ERR_LIMIT;
	memset(out, 0, sizeof(*out));
	out->blocks = (struct kvk_vec)KVK_VEC_INIT(struct kvk_block, KVK_LIMIT_BLOCKS);
	out->storage = (struct kvk_vec)KVK_VEC_INIT(struct kvk_blob, KVK_LIMIT_BLOCKS);
	out->failed_block = -1;
	out->decoded = decoded;
	out->raw = *bytes;
	out->size = bytes->n;
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&out->raw), out->sha256));
	KVK_TRY(kvk_blocks_find(out));
	remark_duplicates(out);
	kvk_factory_read(out);
	look_at_guise(out);
	KVK_TRY(kvk_alloc_checked(failures, KVK_OK));
	wipe_keys(out);
	memset(bytes, 0, sizeof(*bytes));
out:
	if (err != KVK_OK) {
		/* The bytes stay the caller's. */
		memset(&out->raw, 0, sizeof(out->raw));
		kvk_contents_free(out);
	}
	return err;
}

/* The certificate in front of what OpenSSL writes after it. */
static enum kvk_err read_trusted(struct kvk_block *block)
{
	const size_t extent = kvk_kind_extent(block->der);
	struct kvk_certificate *certificate;
	enum kvk_err err;

	if (extent == 0 || extent >= block->der.n)
		return KVK_OK;
	certificate = kvk_malloc(sizeof(*certificate));
	if (certificate == NULL)
		return KVK_ERR_MEMORY;
	block->der.n = extent;
	err = kvk_certificate_read(block->der, certificate);
	block->err = err;
	block->log = certificate->log;
	if (err == KVK_OK)
		block->certificate = certificate;
	else
		kvk_free(certificate);
	return err == KVK_ERR_DER || err == KVK_ERR_LIMIT ? KVK_OK : err;
}

enum kvk_err kvk_contents_read_openssl(struct kvk_blob *bytes, struct kvk_contents *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_contents_read(bytes, out));
	for (size_t i = 0; i < out->blocks.count; i++) {
		struct kvk_block *block = kvk_vec_at(&out->blocks, i);

		if (block->kind == KVK_BLOCK_CERTIFICATE && block->certificate == NULL &&
			kvk_span_is(block->label, "TRUSTED CERTIFICATE"))
			KVK_TRY(read_trusted(block));
	}
	return KVK_OK;
out:
	kvk_contents_free(out);
	return err;
}

void kvk_contents_free(struct kvk_contents *contents)
{
	if (contents == NULL)
		return;
	for (size_t i = 0; i < contents->blocks.count; i++) {
		struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->borrowed)
			continue;
		kvk_certificate_free(block->certificate);
		kvk_free(block->certificate);
	}
	for (size_t i = 0; i < contents->storage.count; i++)
		kvk_blob_free(kvk_vec_at(&contents->storage, i));
	kvk_vec_free(&contents->blocks);
	kvk_vec_free(&contents->storage);
	kvk_blob_free(&contents->raw);
	memset(contents, 0, sizeof(*contents));
}

const struct kvk_certificate *kvk_contents_certificate(
	const struct kvk_contents *contents, size_t i, const struct kvk_block **block)
{
	for (size_t j = 0; j < contents->blocks.count; j++) {
		const struct kvk_block *one = kvk_vec_at(&contents->blocks, j);

		if (one->certificate == NULL || i-- > 0)
			continue;
		if (block != NULL)
			*block = one;
		return one->certificate;
	}
	return NULL;
}

size_t kvk_contents_certificate_count(const struct kvk_contents *contents)
{
	size_t n = 0;

	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		n += block->certificate != NULL;
	}
	return n;
}

bool kvk_block_is_beyond(const struct kvk_block *block)
{
	return block->kind == KVK_BLOCK_CERTIFICATE &&
		(block->err == KVK_ERR_LIMIT || block->log.remark == KVK_DER_TOO_MANY ||
			block->log.remark == KVK_DER_DEPTH);
}

const struct kvk_block *kvk_contents_find(
	const struct kvk_contents *contents, enum kvk_block_kind kind)
{
	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->kind == kind)
			return block;
	}
	return NULL;
}

const char *kvk_contents_form_text(enum kvk_file_form form)
{
	switch (form) {
	case KVK_FORM_PEM:
		return "PEM";
	case KVK_FORM_DER:
		return "DER";
	case KVK_FORM_PKCS7:
		return "PKCS#7";
	case KVK_FORM_PKCS12:
		return "PKCS#12";
	case KVK_FORM_ZIP:
		return "ZIP";
	case KVK_FORM_EMPTY:
		return _("empty");
	case KVK_FORM_TEXT:
		return _("text");
	case KVK_FORM_OTHER:
		break;
	}
	return _("unknown format");
}
