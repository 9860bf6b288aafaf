/* SPDX-License-Identifier: Apache-2.0 */
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
	[KVK_JAVA_FAULT] = "fault",
	[KVK_JAVA_NOTHING] = "nothing",
	[KVK_JAVA_NOT_X509] = "not-x509",
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
	int bad = 0;

	for (int i = 0; i < KVK_REMARK_COUNT; i++)
		if (remarks >> i & 1)
			bad |= json_array_append_new(
				list, json_string(kvk_remark_id((enum kvk_remark)i)));
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* Adds what is inside a block, under the name of its kind. */
static int set_inside(json_t *object, const struct kvk_show *show, const struct kvk_block *block)
{
	if (block->err != KVK_OK)
		return json_object_set_new(
			object, "fault", kvk_show_json_fault(block->err, &block->log));
	switch (block->kind) {
	case KVK_BLOCK_CERTIFICATE:
		return json_object_set_new(
			object, "certificate", kvk_show_json_certificate(show, block->certificate));
	case KVK_BLOCK_CSR:
		return json_object_set_new(object, "request", kvk_show_json_csr(show, block->der));
	case KVK_BLOCK_CRL:
		return json_object_set_new(object, "crl", kvk_show_json_crl(block->der));
	default:
		return 0;
	}
}

static json_t *block_json(const struct kvk_show *show, const struct kvk_block *block)
{
	json_t *object = json_object();
	int bad = json_object_set_new(object, "kind", json_string(kinds[block->kind]));

	bad |= json_object_set_new(
		object, "line", block->line > 0 ? json_integer(block->line) : json_null());
	bad |= json_object_set_new(object, "offset", json_integer((json_int_t)block->offset));
	bad |= set_inside(object, show, block);
	if (bad == 0)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *blocks_json(const struct kvk_show *show)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < show->contents->blocks.count; i++)
		bad |= json_array_append_new(
			list, block_json(show, kvk_vec_at(&show->contents->blocks, i)));
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

enum kvk_err kvk_show_json(const struct kvk_show *show, struct kvk_blob *out)
{
	const struct kvk_contents *contents = show->contents;
	json_t *object = json_object();
	int bad = json_object_set_new(object, "schema", json_integer(1));

	bad |= json_object_set_new(object, "file", kvk_json_text(kvk_span_of(show->file)));
	bad |= json_object_set_new(object, "at", kvk_json_time(show->at));
	bad |= json_object_set_new(object, "form", json_string(forms[contents->form]));
	bad |= json_object_set_new(object, "size", json_integer((json_int_t)contents->size));
	bad |= json_object_set_new(object, "sha256",
		kvk_json_hex((struct kvk_span){ contents->sha256, KVK_SHA256_SIZE }));
	bad |= json_object_set_new(object, "portal", json_string(readings[contents->java]));
	bad |= json_object_set_new(object, "remarks", remarks_json(contents->remarks));
	bad |= json_object_set_new(object, "blocks", blocks_json(show));
	if (bad != 0) {
		json_decref(object);
		return KVK_ERR_MEMORY;
	}
	return kvk_json_write(object, true, out);
}
