/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: a file as JSON. */
#include "config.h"

#include "report/show.h"

#include "report/show_json_part.h"

/* Names of the program's own, in the order of their enums. */
static const char *const forms[] = {
	[KVK_FORM_EMPTY] = "empty",
	[KVK_FORM_PEM] = "pem",
	[KVK_FORM_DER] = "der",
	[KVK_FORM_PKCS7] = "pkcs7",
	[KVK_FORM_PKCS12] = "pkcs12",
	[KVK_FORM_ZIP] = "zip",
	[KVK_FORM_TEXT] = "text",
	[KVK_FORM_OTHER] = "other",
};

static const char *const readings[] = {
	[KVK_JAVA_READS] = "reads",
	[KVK_JAVA_FAILS] = "fault",
	[KVK_JAVA_NOTHING] = "nothing",
	[KVK_JAVA_NOT_X509] = "not-x509",
	[KVK_JAVA_UNSURE] = "limit",
};

static const char *const kinds[] = {
	[KVK_BLOCK_CERTIFICATE] = "certificate",
	[KVK_BLOCK_CSR] = "request",
	[KVK_BLOCK_CRL] = "crl",
	[KVK_BLOCK_KEY] = "private-key",
	[KVK_BLOCK_ENCRYPTED_KEY] = "encrypted-private-key",
	[KVK_BLOCK_PUBLIC_KEY] = "public-key",
	[KVK_BLOCK_PKCS7] = "pkcs7",
	[KVK_BLOCK_PKCS12] = "pkcs12",
	[KVK_BLOCK_ATTRIBUTE_CERTIFICATE] = "attribute-certificate",
	[KVK_BLOCK_PARAMETERS] = "parameters",
	[KVK_BLOCK_OCSP] = "ocsp",
	[KVK_BLOCK_OTHER] = "other",
};

static json_t *remarks_json(uint32_t remarks)
{
	json_t *list = json_array();

	for (int i = 0; i < KVK_REMARK_COUNT; i++)
		if (remarks >> i & 1)
			kvk_json_append(&list, json_string(kvk_remark_id((enum kvk_remark)i)));
	return list;
}

/* Adds what is inside a block, under the name of its kind. */
static void set_inside(json_t **object, const struct kvk_show *show, const struct kvk_block *block)
{
	if (block->err != KVK_OK) {
		kvk_json_set(object, "fault", kvk_show_json_failure(block->err, &block->log));
		return;
	}
	switch (block->kind) {
	case KVK_BLOCK_CERTIFICATE:
		kvk_json_set(
			object, "certificate", kvk_show_json_certificate(show, block->certificate));
		return;
	case KVK_BLOCK_CSR:
		kvk_json_set(object, "request", kvk_show_json_csr(show, block->der));
		return;
	case KVK_BLOCK_CRL:
		kvk_json_set(object, "crl", kvk_show_json_crl(block->der));
		return;
	default:
		return;
	}
}

static json_t *block_json(const struct kvk_show *show, const struct kvk_block *block)
{
	json_t *object = json_object();

	kvk_json_set(&object, "kind", json_string(kinds[block->kind]));
	kvk_json_set(&object, "line", block->line > 0 ? json_integer(block->line) : json_null());
	kvk_json_set(&object, "offset", json_integer((json_int_t)block->offset));
	set_inside(&object, show, block);
	return object;
}

static json_t *blocks_json(const struct kvk_show *show)
{
	json_t *list = json_array();

	for (size_t i = 0; i < show->contents->blocks.count; i++)
		kvk_json_append(&list, block_json(show, kvk_vec_at(&show->contents->blocks, i)));
	return list;
}

enum kvk_err kvk_show_json(const struct kvk_show *show, struct kvk_blob *out)
{
	const struct kvk_contents *contents = show->contents;
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));

	kvk_json_set(&object, "file", kvk_json_text(kvk_span_of(show->file)));
	kvk_json_set(&object, "at", kvk_json_time(show->at));
	kvk_json_set(&object, "form", json_string(forms[contents->form]));
	kvk_json_set(&object, "size", json_integer((json_int_t)contents->size));
	kvk_json_set(&object, "sha256", kvk_json_sha256(contents->sha256));
	kvk_json_set(&object, "portal", json_string(readings[contents->java]));
	kvk_json_set(&object, "remarks", remarks_json(contents->remarks));
	kvk_json_set(&object, "blocks", blocks_json(show));
	return kvk_json_write(object, true, out);
}
