/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "cert/extensions.h"

static bool is_http(struct kvk_span uri)
{
	const struct kvk_span http = { uri.p, 7 };
	const struct kvk_span https = { uri.p, 8 };

	return (uri.n > 7 && kvk_equal_nocase(http, kvk_span_of("http://"))) ||
		(uri.n > 8 && kvk_equal_nocase(https, kvk_span_of("https://")));
}

/* The address that people will want to see. */
static enum kvk_err find_uri(const struct kvk_der *der, struct kvk_crl_point *out)
{
	struct kvk_general_name name;
	struct kvk_der list;
	enum kvk_err err;

	if ((err = kvk_der_into(der, out->full_name, &list)) != KVK_OK)
		return err;
	while (!kvk_der_at_end(&list) && out->uri.n == 0) {
		if ((err = kvk_general_name_read(&list, &name)) != KVK_OK)
			return err;
		if (name.kind == KVK_GENERAL_URI && is_http(name.value))
			out->uri = name.value;
	}
	return KVK_OK;
}

/* A RelativeDistinguishedName that goes on from the CRL issuer's name. */
static enum kvk_err check_relative(const struct kvk_der *der, struct kvk_span members)
{
	struct kvk_der list, pair;
	struct kvk_der_value value;
	struct kvk_span type;
	enum kvk_err err;

	if ((err = kvk_der_into(der, members, &list)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&list))
		return kvk_der_fail(der, KVK_DER_EMPTY, members.p);
	if (members.n > KVK_LIMIT_RELATIVE_NAME)
		return kvk_der_fail(der, KVK_DER_TOO_MANY, members.p);
	while (!kvk_der_at_end(&list))
		if ((err = kvk_der_enter(&list, KVK_DER_SEQUENCE, &pair)) != KVK_OK ||
			(err = kvk_der_oid(&pair, &type)) != KVK_OK ||
			(err = kvk_der_any(&pair, &value)) != KVK_OK ||
			(err = kvk_der_finish(&pair)) != KVK_OK)
			return err;
	return KVK_OK;
}

enum kvk_err kvk_point_name_read(struct kvk_der *der, struct kvk_crl_point *out)
{
	const unsigned full = KVK_DER_CONTEXT_CONSTRUCTED(0);
	struct kvk_der name;
	enum kvk_err err;

	if ((err = kvk_der_enter(der, KVK_DER_CONTEXT_CONSTRUCTED(0), &name)) != KVK_OK)
		return err;
	if (kvk_der_peek(&name) == full) {
		if ((err = kvk_der_read(&name, full, &out->full_name)) != KVK_OK ||
			(err = kvk_general_names_check(&name, out->full_name)) != KVK_OK ||
			(err = find_uri(&name, out)) != KVK_OK)
			return err;
	} else {
		err = kvk_der_read(&name, KVK_DER_CONTEXT_CONSTRUCTED(1), &out->relative_name);
		if (err != KVK_OK || (err = check_relative(&name, out->relative_name)) != KVK_OK)
			return err;
	}
	return kvk_der_finish(&name);
}

static enum kvk_err read_point(struct kvk_der *list, struct kvk_crl_point *out)
{
	const uint8_t *at = list->rest.p;
	struct kvk_der one;
	enum kvk_err err;

	memset(out, 0, sizeof(*out));
	if ((err = kvk_der_enter(list, KVK_DER_SEQUENCE, &one)) != KVK_OK)
		return err;
	if (kvk_der_peek(&one) == KVK_DER_CONTEXT_CONSTRUCTED(0) &&
		(err = kvk_point_name_read(&one, out)) != KVK_OK)
		return err;
	if (kvk_der_peek(&one) == KVK_DER_CONTEXT(1)) {
		out->has_reasons = true;
		err = kvk_der_named_bits(&one, KVK_DER_CONTEXT(1), &out->reasons);
		if (err != KVK_OK)
			return err;
	}
	if (kvk_der_peek(&one) == KVK_DER_CONTEXT_CONSTRUCTED(2)) {
		err = kvk_der_read(&one, KVK_DER_CONTEXT_CONSTRUCTED(2), &out->crl_issuer);
		if (err != KVK_OK ||
			(err = kvk_general_names_check(&one, out->crl_issuer)) != KVK_OK)
			return err;
	}
	if (out->full_name.n == 0 && out->relative_name.n == 0 && out->crl_issuer.n == 0)
		return kvk_der_fail(list, KVK_DER_EMPTY, at);
	return kvk_der_finish(&one);
}

static enum kvk_err read_point_number(struct kvk_der *list, struct kvk_extensions *out, size_t n)
{
	return read_point(list, &out->crl_points[n]);
}

enum kvk_err kvk_ext_crl_points(struct kvk_der *der, struct kvk_extensions *out)
{
	enum kvk_err err =
		kvk_ext_list(der, KVK_LIMIT_POINTS, read_point_number, out, &out->crl_point_count);

	out->has_crl_points = out->has_crl_points || err == KVK_OK;
	return err;
}

/* The first point stands for all: delta CRLs are not used by the portal's validator. */
enum kvk_err kvk_ext_freshest_crl(struct kvk_der *der, struct kvk_extensions *out)
{
	const uint8_t *at = der->rest.p;
	struct kvk_crl_point first = { 0 }, point;
	struct kvk_der list;
	enum kvk_err err;

	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &list)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&list))
		return kvk_der_tolerate(der, KVK_DER_EMPTY, at);
	if ((err = read_point(&list, &first)) != KVK_OK)
		return err;
	while (!kvk_der_at_end(&list))
		if ((err = read_point(&list, &point)) != KVK_OK)
			return err;
	if ((err = kvk_der_finish(der)) != KVK_OK)
		return err;
	out->has_freshest_crl = true;
	out->freshest = first;
	return KVK_OK;
}

static enum kvk_err read_access(struct kvk_der *list, struct kvk_extensions *out, size_t n)
{
	struct kvk_span method = { 0 };
	struct kvk_der one;
	enum kvk_err err = kvk_der_enter(list, KVK_DER_SEQUENCE, &one);

	if (err == KVK_OK)
		err = kvk_der_oid(&one, &method);
	if (err == KVK_OK)
		err = kvk_general_name_read(&one, &out->aia[n].location);
	if (err == KVK_OK)
		err = kvk_der_finish(&one);
	out->aia[n].method = kvk_oid_find(method);
	return err;
}

enum kvk_err kvk_ext_aia(struct kvk_der *der, struct kvk_extensions *out)
{
	enum kvk_err err = kvk_ext_list(der, KVK_LIMIT_POINTS, read_access, out, &out->aia_count);

	out->has_aia = out->has_aia || err == KVK_OK;
	return err;
}
