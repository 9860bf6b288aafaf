/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/csr.h"

#include <string.h>

#include "cert/extensions.h"
#include "cert/signed.h"

static void clear(struct kvk_csr *out)
{
	memset(out, 0, offsetof(struct kvk_csr, subject));
	out->subject.count = 0;
	out->subject.der = (struct kvk_span){ 0 };
	kvk_extensions_clear(&out->ext);
}

/* extensionRequest (RFC 2985 5.4.2): a SET of one Extensions. */
static enum kvk_err read_request(struct kvk_der *values, const uint8_t *at, struct kvk_csr *out)
{
	struct kvk_der list;
	enum kvk_err err;

	if (out->has_extensions)
		return kvk_der_fail(values, KVK_DER_DUPLICATE, at);
	if ((err = kvk_der_enter(values, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = kvk_extensions_read(&list, &out->ext)) != KVK_OK ||
		(err = kvk_der_finish(values)) != KVK_OK)
		return err;
	out->has_extensions = true;
	return KVK_OK;
}

static enum kvk_err read_attributes(struct kvk_der *info, struct kvk_csr *out)
{
	struct kvk_der list, one, values;
	struct kvk_span type;
	bool present;
	enum kvk_err err;

	err = kvk_der_enter_optional(info, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &list);
	if (err != KVK_OK)
		return err;
	if (!present)
		return kvk_der_tolerate(info, KVK_DER_EMPTY, info->rest.p);
	while (!kvk_der_at_end(&list)) {
		const uint8_t *at = list.rest.p;

		if ((err = kvk_der_enter(&list, KVK_DER_SEQUENCE, &one)) != KVK_OK ||
			(err = kvk_der_oid(&one, &type)) != KVK_OK ||
			(err = kvk_der_enter(&one, KVK_DER_SET, &values)) != KVK_OK ||
			(err = kvk_der_finish(&one)) != KVK_OK)
			return err;
		if (kvk_oid_is(type, KVK_OID_PKCS9_CHALLENGE_PASSWORD))
			out->has_challenge_password = true;
		else if (kvk_oid_is(type, KVK_OID_PKCS9_EXTENSION_REQUEST) &&
			(err = read_request(&values, at, out)) != KVK_OK)
			return err;
	}
	return KVK_OK;
}

static enum kvk_err read_info(struct kvk_der *info, struct kvk_csr *out)
{
	const uint8_t *key;
	uint64_t version;
	enum kvk_err err;

	if ((err = kvk_der_uint(info, KVK_DER_INTEGER, 0, &version)) != KVK_OK ||
		(err = kvk_name_read(info, &out->subject)) != KVK_OK)
		return err;
	key = info->rest.p;
	if ((err = kvk_der_whole(info, KVK_DER_SEQUENCE, &out->spki)) != KVK_OK)
		return err;
	err = kvk_key_info_read(out->spki, &out->key);
	if (err == KVK_ERR_DER)
		return kvk_der_fail(info, KVK_DER_CONTENT, key);
	if (err != KVK_OK || (err = read_attributes(info, out)) != KVK_OK)
		return err;
	return kvk_der_finish(info);
}

enum kvk_err kvk_csr_read(struct kvk_span der, struct kvk_csr *out)
{
	struct kvk_signed parts;
	enum kvk_err err;

	clear(out);
	out->der = der;
	if (der.n > KVK_LIMIT_CERTIFICATE)
		return KVK_ERR_LIMIT;
	if ((err = kvk_signed_read(der, &out->log, &parts)) != KVK_OK)
		return err;
	out->info = parts.part;
	out->algorithm = parts.algorithm;
	out->signature = parts.signature;
	if ((err = read_info(&parts.inner, out)) != KVK_OK)
		return err;
	return kvk_sha256(out->spki, out->spki_sha256);
}
