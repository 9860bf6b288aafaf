/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/extensions.h"

/*
 * BasicConstraints (4.2.1.9). Java overlooks everything after a missing cA, and reads a path length
 * beside cA FALSE, which then means nothing.
 */
enum kvk_err kvk_ext_basic_constraints(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_der list;
	uint64_t length = 0;
	bool has_length = false;
	bool ca = false;
	enum kvk_err err;

	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &list)) != KVK_OK)
		return err;
	if (kvk_der_peek(&list) == KVK_DER_BOOLEAN) {
		const uint8_t *at = list.rest.p;

		if ((err = kvk_der_boolean(&list, &ca)) != KVK_OK ||
		    (!ca && (err = kvk_der_tolerate(der, KVK_DER_DEFAULT, at)) != KVK_OK))
			return err;
	}
	if (!kvk_der_at_end(&list)) {
		if (!ca && (err = kvk_der_tolerate(&list, KVK_DER_CONTENT, list.rest.p)) != KVK_OK)
			return err;
		if ((err = kvk_der_uint(&list, KVK_DER_INTEGER, INT32_MAX, &length)) != KVK_OK)
			return err;
		has_length = true;
	}
	if ((err = kvk_der_finish(&list)) != KVK_OK || (err = kvk_der_finish(der)) != KVK_OK)
		return err;
	out->has_basic_constraints = true;
	out->ca = ca;
	out->has_path_length = ca && has_length;
	out->idle_path_length = !ca && has_length;
	out->path_length = length;
	return KVK_OK;
}

enum kvk_err kvk_ext_key_usage(struct kvk_der *der, struct kvk_extensions *out)
{
	uint32_t bits;
	enum kvk_err err;

	if ((err = kvk_der_named_bits(der, KVK_DER_BIT_STRING, &bits)) != KVK_OK ||
	    (err = kvk_der_finish(der)) != KVK_OK)
		return err;
	out->has_key_usage = true;
	out->key_usage = bits;
	return KVK_OK;
}

static enum kvk_err read_usage(struct kvk_der *list, struct kvk_extensions *out, size_t n)
{
	return kvk_der_oid(list, &out->ekus[n]);
}

enum kvk_err kvk_ext_eku(struct kvk_der *der, struct kvk_extensions *out)
{
	enum kvk_err err = kvk_ext_list(der, KVK_LIMIT_EKUS, read_usage, out, &out->eku_count);

	out->has_eku = out->has_eku || err == KVK_OK;
	return err;
}

enum kvk_err kvk_ext_ski(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span id;
	enum kvk_err err;

	if ((err = kvk_der_octet_string(der, &id)) != KVK_OK ||
	    (err = kvk_der_finish(der)) != KVK_OK)
		return err;
	out->has_ski = true;
	out->ski = id;
	return KVK_OK;
}

/* A member of AuthorityKeyIdentifier where it stands next. */
static enum kvk_err aki_member(struct kvk_der *list, unsigned tag, struct kvk_span *out)
{
	*out = (struct kvk_span){ 0 };
	return kvk_der_peek(list) == tag ? kvk_der_read(list, tag, out) : KVK_OK;
}

/* AuthorityKeyIdentifier (4.2.1.1): issuer and serial come together or not at all. */
enum kvk_err kvk_ext_aki(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span id, issuer, serial;
	struct kvk_der list;
	enum kvk_err err;

	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
	    (err = aki_member(&list, KVK_DER_CONTEXT(0), &id)) != KVK_OK ||
	    (err = aki_member(&list, KVK_DER_CONTEXT_CONSTRUCTED(1), &issuer)) != KVK_OK ||
	    (err = aki_member(&list, KVK_DER_CONTEXT(2), &serial)) != KVK_OK ||
	    (err = kvk_der_finish(&list)) != KVK_OK || (err = kvk_der_finish(der)) != KVK_OK)
		return err;
	if (issuer.p != NULL && (err = kvk_general_names_check(&list, issuer)) != KVK_OK)
		return err;
	if ((issuer.p != NULL) != (serial.p != NULL) &&
	    (err = kvk_der_tolerate(&list, KVK_DER_CONTENT, list.rest.p)) != KVK_OK)
		return err;
	out->has_aki = true;
	out->aki_key_id = id;
	out->aki_issuer = issuer;
	out->aki_serial = serial;
	return KVK_OK;
}

/* RFC 6960 4.2.2.2.1: NULL; that the extension is there is what counts. */
enum kvk_err kvk_ext_ocsp_nocheck(struct kvk_der *der, struct kvk_extensions *out)
{
	(void)der;
	out->has_ocsp_nocheck = true;
	return KVK_OK;
}

/* RFC 3739: read by nobody on the road to the portal, and shown as it stands. */
enum kvk_err kvk_ext_qc_statements(struct kvk_der *der, struct kvk_extensions *out)
{
	(void)der;
	out->has_qc_statements = true;
	return KVK_OK;
}
