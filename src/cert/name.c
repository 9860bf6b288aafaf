/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/name.h"

/* A value with characters outside the alphabet of its type: Java reads it all the same. */
static enum kvk_err check_value(const struct kvk_der *pair)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der copy = *pair;
	struct kvk_span text;
	unsigned tag;
	enum kvk_err err;

	if (!kvk_der_is_string(kvk_der_peek(pair)))
		return KVK_OK;
	copy.log = &log;
	err = kvk_der_string(&copy, &tag, &text);
	pair->log->tolerated |= log.tolerated;
	if (err == KVK_OK || log.remark != KVK_DER_BAD_STRING)
		return KVK_OK;
	return kvk_der_tolerate(pair, KVK_DER_BAD_STRING, pair->rest.p);
}

/* AttributeTypeAndValue. */
static enum kvk_err read_attribute(struct kvk_der *set, unsigned rdn, struct kvk_name *out)
{
	struct kvk_attribute *a = &out->attributes[out->count];
	struct kvk_der_value value;
	struct kvk_der pair;
	enum kvk_err err;

	if (out->count == KVK_LIMIT_NAME_ATTRIBUTES)
		return kvk_der_fail(set, KVK_DER_TOO_MANY, set->rest.p);
	if ((err = kvk_der_enter(set, KVK_DER_SEQUENCE, &pair)) != KVK_OK ||
		(err = kvk_der_oid(&pair, &a->type)) != KVK_OK ||
		(err = check_value(&pair)) != KVK_OK ||
		(err = kvk_der_any(&pair, &value)) != KVK_OK ||
		(err = kvk_der_finish(&pair)) != KVK_OK)
		return err;
	a->oid = kvk_oid_find(a->type);
	a->tag = value.tag;
	a->value = value.content;
	a->value_der = value.whole;
	a->rdn = rdn;
	out->count++;
	return KVK_OK;
}

/* RelativeDistinguishedName: a SET, in DER in ascending order of its members. */
static enum kvk_err read_rdn(struct kvk_der *names, unsigned rdn, struct kvk_name *out)
{
	struct kvk_span last = { 0 };
	const uint8_t *at = names->rest.p;
	struct kvk_der set;
	enum kvk_err err;

	if ((err = kvk_der_enter(names, KVK_DER_SET, &set)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&set))
		return kvk_der_tolerate(names, KVK_DER_EMPTY, at);
	while (!kvk_der_at_end(&set)) {
		struct kvk_span member = set.rest;

		if ((err = read_attribute(&set, rdn, out)) != KVK_OK)
			return err;
		member.n -= set.rest.n;
		if (kvk_span_compare(last, member) > 0 &&
			(err = kvk_der_tolerate(&set, KVK_DER_SET_ORDER, member.p)) != KVK_OK)
			return err;
		last = member;
	}
	return KVK_OK;
}

enum kvk_err kvk_name_read(struct kvk_der *der, struct kvk_name *out)
{
	const uint8_t *start = der->rest.p;
	struct kvk_der names;
	enum kvk_err err;

	out->count = 0;
	out->der = (struct kvk_span){ 0 };
	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &names)) != KVK_OK)
		return err;
	for (unsigned rdn = 0; !kvk_der_at_end(&names); rdn++)
		if ((err = read_rdn(&names, rdn, out)) != KVK_OK)
			return err;
	out->der = (struct kvk_span){ start, (size_t)(der->rest.p - start) };
	return KVK_OK;
}

enum kvk_err kvk_name_parse(struct kvk_span whole, bool as_java, struct kvk_name *out)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	enum kvk_err err;

	kvk_der_start(&der, whole, as_java, &log);
	if ((err = kvk_name_read(&der, out)) == KVK_OK)
		err = kvk_der_finish(&der);
	return err;
}

const struct kvk_attribute *kvk_name_find(
	const struct kvk_name *name, enum kvk_oid oid, size_t start)
{
	for (size_t i = start; i < name->count; i++)
		if (name->attributes[i].oid == oid)
			return &name->attributes[i];
	return NULL;
}

size_t kvk_name_count(const struct kvk_name *name, enum kvk_oid oid)
{
	size_t n = 0;

	for (size_t i = 0; i < name->count; i++)
		n += name->attributes[i].oid == oid;
	return n;
}
