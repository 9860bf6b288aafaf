/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/name.h"

#include "base/alloc.h"
#include "base/vec.h"

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

static enum kvk_err read_attribute(struct kvk_der *set, unsigned rdn, struct kvk_vec *out)
{
	struct kvk_attribute *a;
	struct kvk_der_value value;
	struct kvk_der pair;
	enum kvk_err err;

	if (out->count == out->limit)
		return kvk_der_fail(set, KVK_DER_TOO_MANY, set->rest.p);
	KVK_TRY(kvk_vec_push(out, &a));
	/* AttributeTypeAndValue ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(set, KVK_DER_SEQUENCE, &pair));
	/* type AttributeType, -- ::= OBJECT IDENTIFIER */
	KVK_TRY(kvk_der_oid(&pair, &a->type));
	/* value AttributeValue } -- ::= ANY, in general a DirectoryString */
	KVK_TRY(check_value(&pair));
	KVK_TRY(kvk_der_any(&pair, &value));
	KVK_TRY(kvk_der_finish(&pair));
	a->oid = kvk_oid_find(a->type);
	a->tag = value.tag;
	a->value = value.content;
	a->value_der = value.whole;
	a->rdn = rdn;
out:
	return err;
}

/* The members of a SET are in ascending order (X.690 11.6). */
static enum kvk_err read_rdn(struct kvk_der *names, unsigned rdn, struct kvk_vec *out)
{
	struct kvk_span last = { 0 };
	const uint8_t *at = names->rest.p;
	struct kvk_der set;
	enum kvk_err err;

	/* RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue */
	KVK_TRY(kvk_der_enter(names, KVK_DER_SET, &set));
	if (kvk_der_at_end(&set))
		return kvk_der_tolerate(names, KVK_DER_EMPTY, at);
	while (!kvk_der_at_end(&set)) {
		struct kvk_span member = set.rest;

		KVK_TRY(read_attribute(&set, rdn, out));
		member.n -= set.rest.n;
		if (kvk_span_compare(last, member) > 0)
			KVK_TRY(kvk_der_tolerate(&set, KVK_DER_SET_ORDER, member.p));
		last = member;
	}
out:
	return err;
}

enum kvk_err kvk_name_read(struct kvk_der *der, struct kvk_name *out)
{
	struct kvk_vec attributes = KVK_VEC_INIT(struct kvk_attribute, KVK_LIMIT_NAME_ATTRIBUTES);
	const uint8_t *start = der->rest.p;
	struct kvk_der names;
	enum kvk_err err;

	*out = (struct kvk_name){ .count = 0 };
	/* Name ::= CHOICE { rdnSequence RDNSequence } */
	/* RDNSequence ::= SEQUENCE OF RelativeDistinguishedName */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &names));
	for (unsigned rdn = 0; !kvk_der_at_end(&names); rdn++)
		KVK_TRY(read_rdn(&names, rdn, &attributes));
	out->der = (struct kvk_span){ start, (size_t)(der->rest.p - start) };
	out->attributes = attributes.items;
	out->count = attributes.count;
	return KVK_OK;
out:
	kvk_vec_free(&attributes);
	return err;
}

enum kvk_err kvk_name_parse(struct kvk_span whole, bool as_java, struct kvk_name *out)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	enum kvk_err err;

	kvk_der_start(&der, whole, as_java, &log);
	KVK_TRY(kvk_name_read(&der, out));
	KVK_TRY(kvk_der_finish(&der));
out:
	if (err != KVK_OK)
		kvk_name_free(out);
	return err;
}

void kvk_name_free(struct kvk_name *name)
{
	if (name == NULL)
		return;
	kvk_free(name->attributes);
	*name = (struct kvk_name){ .count = 0 };
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
