/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/ext.h: where CRLs and issuers are found. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "cert/ext.h"

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

	KVK_TRY(kvk_der_into(der, out->full_name, &list));
	while (!kvk_der_at_end(&list) && out->uri.n == 0) {
		KVK_TRY(kvk_general_name_read(&list, &name));
		if (name.kind == KVK_GENERAL_URI && is_http(name.value))
			out->uri = name.value;
	}
out:
	return err;
}

/* A RelativeDistinguishedName that goes on from the CRL issuer's name. */
static enum kvk_err check_relative(const struct kvk_der *der, struct kvk_span members)
{
	struct kvk_der list, pair;
	struct kvk_der_value value;
	struct kvk_span type;
	enum kvk_err err;

	/* RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue */
	KVK_TRY(kvk_der_into(der, members, &list));
	if (kvk_der_at_end(&list))
		return kvk_der_fail(der, KVK_DER_EMPTY, members.p);
	if (members.n > KVK_LIMIT_RELATIVE_NAME)
		return kvk_der_fail(der, KVK_DER_TOO_MANY, members.p);
	while (!kvk_der_at_end(&list)) {
		/* AttributeTypeAndValue ::= SEQUENCE { */
		KVK_TRY(kvk_der_enter(&list, KVK_DER_SEQUENCE, &pair));
		/* type AttributeType, -- ::= OBJECT IDENTIFIER */
		KVK_TRY(kvk_der_oid(&pair, &type));
		/* value AttributeValue } -- ::= ANY DEFINED BY AttributeType */
		KVK_TRY(kvk_der_any(&pair, &value));
		KVK_TRY(kvk_der_finish(&pair));
	}
out:
	return err;
}

enum kvk_err kvk_ext_point_name(struct kvk_der *der, struct kvk_crl_point *out)
{
	const unsigned full = KVK_DER_CONTEXT_CONSTRUCTED(0);
	struct kvk_der name;
	enum kvk_err err;

	/* distributionPoint [0] DistributionPointName OPTIONAL, -- a CHOICE, so explicit */
	KVK_TRY(kvk_der_enter(der, KVK_DER_CONTEXT_CONSTRUCTED(0), &name));
	if (kvk_der_peek(&name) == full) {
		/* fullName [0] GeneralNames, */
		KVK_TRY(kvk_der_read(&name, full, &out->full_name));
		KVK_TRY(kvk_general_names_check(&name, out->full_name));
		KVK_TRY(find_uri(&name, out));
	} else {
		/* nameRelativeToCRLIssuer [1] RelativeDistinguishedName } */
		KVK_TRY(kvk_der_read(&name, KVK_DER_CONTEXT_CONSTRUCTED(1), &out->relative_name));
		KVK_TRY(check_relative(&name, out->relative_name));
	}
	KVK_TRY(kvk_der_finish(&name));
out:
	return err;
}

static enum kvk_err read_point(struct kvk_der *list, void *item)
{
	struct kvk_crl_point *out = item;
	const uint8_t *at = list->rest.p;
	struct kvk_der one;
	enum kvk_err err;

	memset(out, 0, sizeof(*out));
	/* DistributionPoint ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &one));
	/* distributionPoint [0] DistributionPointName OPTIONAL, */
	if (kvk_der_peek(&one) == KVK_DER_CONTEXT_CONSTRUCTED(0))
		KVK_TRY(kvk_ext_point_name(&one, out));
	/* reasons [1] ReasonFlags OPTIONAL, */
	out->has_reasons = kvk_der_peek(&one) == KVK_DER_CONTEXT(1);
	if (out->has_reasons)
		KVK_TRY(kvk_der_named_bits(&one, KVK_DER_CONTEXT(1), &out->reasons));
	/* cRLIssuer [2] GeneralNames OPTIONAL } */
	if (kvk_der_peek(&one) == KVK_DER_CONTEXT_CONSTRUCTED(2)) {
		KVK_TRY(kvk_der_read(&one, KVK_DER_CONTEXT_CONSTRUCTED(2), &out->crl_issuer));
		KVK_TRY(kvk_general_names_check(&one, out->crl_issuer));
	}
	if (out->full_name.n == 0 && out->relative_name.n == 0 && out->crl_issuer.n == 0)
		return kvk_der_fail(list, KVK_DER_EMPTY, at);
	KVK_TRY(kvk_der_finish(&one));
out:
	return err;
}

enum kvk_err kvk_ext_crl_points(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_vec points = KVK_VEC_INIT(struct kvk_crl_point, KVK_LIMIT_POINTS);
	enum kvk_err err;

	/* CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint */
	KVK_TRY(kvk_ext_list(der, read_point, &points));
	out->has_crl_points = true;
	out->crl_points = points.items;
	out->crl_point_count = points.count;
out:
	return err;
}

/* The first point stands for all: delta CRLs are not used by the portal's validator. */
enum kvk_err kvk_ext_freshest_crl(struct kvk_der *der, struct kvk_extensions *out)
{
	const uint8_t *at = der->rest.p;
	struct kvk_crl_point first = { 0 }, point;
	struct kvk_der list;
	enum kvk_err err;

	/* FreshestCRL ::= CRLDistributionPoints */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	if (kvk_der_at_end(&list))
		return kvk_der_tolerate(der, KVK_DER_EMPTY, at);
	KVK_TRY(read_point(&list, &first));
	while (!kvk_der_at_end(&list))
		KVK_TRY(read_point(&list, &point));
	KVK_TRY(kvk_der_finish(der));
	out->has_freshest_crl = true;
	out->freshest = first;
out:
	return err;
}

static enum kvk_err read_access(struct kvk_der *list, void *item)
{
	struct kvk_access *access = item;
	struct kvk_span method;
	struct kvk_der one;
	enum kvk_err err;

	/* AccessDescription ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &one));
	/* accessMethod OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&one, &method));
	/* accessLocation GeneralName } */
	KVK_TRY(kvk_general_name_read(&one, &access->location));
	KVK_TRY(kvk_der_finish(&one));
	access->method = kvk_oid_find(method);
out:
	return err;
}

enum kvk_err kvk_ext_aia(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_vec list = KVK_VEC_INIT(struct kvk_access, KVK_LIMIT_POINTS);
	enum kvk_err err;

	/* AuthorityInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF AccessDescription */
	KVK_TRY(kvk_ext_list(der, read_access, &list));
	out->has_aia = true;
	out->aia = list.items;
	out->aia_count = list.count;
out:
	return err;
}

enum kvk_err kvk_ext_sia(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_access access;
	struct kvk_der list;
	enum kvk_err err;

	(void)out;
	/* SubjectInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF AccessDescription */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	while (!kvk_der_at_end(&list))
		KVK_TRY(read_access(&list, &access));
	KVK_TRY(kvk_der_finish(der));
out:
	return err;
}
