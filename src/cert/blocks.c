/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/blocks.h"

#include <string.h>

#include "base/alloc.h"
#include "base/secret.h"
#include "cert/kind.h"
#include "cert/pkcs7.h"

void kvk_blocks_remark(struct kvk_contents *contents, enum kvk_remark remark)
{
	contents->remarks |= UINT32_C(1) << remark;
}

enum kvk_err kvk_blocks_keep(
	struct kvk_contents *contents, struct kvk_blob *bytes, struct kvk_span *out)
{
	struct kvk_blob *kept;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&contents->storage, &kept));
	*kept = *bytes;
	memset(bytes, 0, sizeof(*bytes));
	*out = kvk_span_of_blob(kept);
out:
	return err;
}

static enum kvk_err push(
	struct kvk_contents *contents, const struct kvk_place *place, struct kvk_block **out)
{
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&contents->blocks, out));
	(*out)->line = place->line;
	(*out)->label = place->label;
	(*out)->offset = place->offset;
	(*out)->size = place->size;
out:
	return err;
}

/* The remarks that the kind of a block brings. */
static void remark_kind(struct kvk_contents *contents, const struct kvk_block *block)
{
	switch (block->kind) {
	case KVK_BLOCK_CERTIFICATE:
		if (block->line > 0 && !block->in_pkcs7 &&
			!kvk_span_is(block->label, "CERTIFICATE"))
			kvk_blocks_remark(contents, KVK_REMARK_LABEL);
		break;
	case KVK_BLOCK_PKCS7:
		break;
	case KVK_BLOCK_CSR:
		kvk_blocks_remark(contents, KVK_REMARK_CSR);
		break;
	case KVK_BLOCK_KEY:
	case KVK_BLOCK_ENCRYPTED_KEY:
		kvk_blocks_remark(contents, KVK_REMARK_PRIVATE_KEY);
		break;
	default:
		kvk_blocks_remark(contents, KVK_REMARK_OTHER_BLOCK);
		break;
	}
}

/* Recognises the certificate of a block. */
static bool is_decoded(const struct kvk_contents *contents, struct kvk_block *block)
{
	struct kvk_certificate *cert =
		contents->decoded != NULL ? kvk_decoded_find(contents->decoded, block->der) : NULL;

	if (cert == NULL)
		return false;
	block->certificate = cert;
	block->borrowed = true;
	block->log = cert->log;
	return true;
}

/* What is wrong with a block that was cut off is one thing for people, wherever it ended. */
static void remark_truncated(struct kvk_contents *contents, const struct kvk_block *block)
{
	if (block->log.remark == KVK_DER_TRUNCATED)
		kvk_blocks_remark(contents, KVK_REMARK_TRUNCATED);
}

/* Decodes the certificate of a block. What is wrong with it is kept in the block. */
static enum kvk_err read_certificate(struct kvk_contents *contents, struct kvk_block *block)
{
	struct kvk_certificate *cert;

	if (is_decoded(contents, block))
		return KVK_OK;
	cert = kvk_malloc(sizeof(*cert));
	if (cert == NULL)
		return KVK_ERR_MEMORY;
	block->err = kvk_certificate_read(block->der, cert);
	block->log = cert->log;
	if (block->err == KVK_OK) {
		block->certificate = cert;
		return contents->decoded == NULL ? KVK_OK :
						   kvk_decoded_add(contents->decoded, cert);
	}
	kvk_free(cert);
	remark_truncated(contents, block);
	if (block->err == KVK_ERR_DER || block->err == KVK_ERR_LIMIT)
		return KVK_OK;
	return block->err;
}

/* Adds a certificate or CRL that came out of PKCS#7. */
static enum kvk_err add_member(struct kvk_contents *contents, const struct kvk_place *place,
	enum kvk_block_kind kind, struct kvk_span der)
{
	struct kvk_block *block;
	enum kvk_err err;

	KVK_TRY(push(contents, place, &block));
	block->in_pkcs7 = true;
	block->kind = kind;
	block->der = der;
	if (kind == KVK_BLOCK_CERTIFICATE)
		KVK_TRY(read_certificate(contents, block));
out:
	return err;
}

static enum kvk_err add_members(struct kvk_contents *contents, const struct kvk_place *place,
	enum kvk_block_kind kind, struct kvk_span set)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der_value value;
	struct kvk_der der;
	enum kvk_err err = KVK_OK;

	kvk_der_start(&der, set, true, &log);
	while (!kvk_der_at_end(&der)) {
		if (kvk_der_any(&der, &value) != KVK_OK) {
			kvk_blocks_remark(contents, KVK_REMARK_TRUNCATED);
			break;
		}
		/* Other choices have context tags; Java passes over those among certificates. */
		if (value.tag == KVK_DER_SEQUENCE || kind == KVK_BLOCK_CRL)
			KVK_TRY(add_member(contents, place, kind, value.whole));
	}
out:
	return err;
}

static enum kvk_err unpack_pkcs7(
	struct kvk_contents *contents, const struct kvk_place *place, struct kvk_block *block)
{
	struct kvk_pkcs7 pkcs7 = { 0 };
	enum kvk_err err;

	block->err = kvk_pkcs7_read(block->der, &block->log, &pkcs7);
	if (block->err != KVK_OK) {
		remark_truncated(contents, block);
		return KVK_OK;
	}
	block->odd_signer = pkcs7.odd_signer;
	if (pkcs7.odd_signer)
		kvk_blocks_remark(contents, KVK_REMARK_SIGNER);
	/* The array grows: block does not point at it any more. */
	KVK_TRY(add_members(contents, place, KVK_BLOCK_CERTIFICATE, pkcs7.certificates));
	KVK_TRY(add_members(contents, place, KVK_BLOCK_CRL, pkcs7.crls));
out:
	return err;
}

/* The label decides about keys, so that none is kept by mistake; else what is inside decides. */
static enum kvk_block_kind kind_of(struct kvk_span label, struct kvk_span der)
{
	const enum kvk_block_kind named = kvk_kind_of_label(label);
	const enum kvk_block_kind found = kvk_kind_of_der(der);

	if (kvk_kind_is_secret(named) || found == KVK_BLOCK_OTHER)
		return named;
	return found;
}

enum kvk_err kvk_blocks_add(
	struct kvk_contents *contents, const struct kvk_place *place, struct kvk_span der)
{
	struct kvk_block *block;
	enum kvk_err err;

	KVK_TRY(push(contents, place, &block));
	block->kind = kind_of(place->label, der);
	remark_kind(contents, block);
	if (kvk_kind_is_secret(block->kind))
		return KVK_OK;
	block->der = der;
	if (block->kind == KVK_BLOCK_CERTIFICATE)
		KVK_TRY(read_certificate(contents, block));
	else if (block->kind == KVK_BLOCK_PKCS7)
		KVK_TRY(unpack_pkcs7(contents, place, block));
out:
	return err;
}

enum kvk_err kvk_blocks_add_bad(
	struct kvk_contents *contents, const struct kvk_place *place, enum kvk_err why)
{
	struct kvk_block *block;
	enum kvk_err err;

	KVK_TRY(push(contents, place, &block));
	block->kind = kvk_kind_of_label(place->label);
	block->err = why;
	remark_kind(contents, block);
out:
	return err;
}
