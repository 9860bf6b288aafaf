/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Distinguished names (RFC 5280 4.1.2.4), read once into a plain list that borrows from the
 * certificate. Comparing names is path/'s business where RFC 5280 section 7.1 counts.
 */
#ifndef KVKCSR_CERT_NAME_H
#define KVKCSR_CERT_NAME_H

#include "base/limits.h"
#include "der/oid.h"
#include "der/reader.h"

/*
 * One attribute: its type, its value as it stands, and which relative distinguished name it belongs
 * to (counted from 0).
 */
struct kvk_attribute {
	enum kvk_oid oid;
	struct kvk_span type;
	/* The string tag, or the tag of whatever else is there. */
	unsigned tag;
	struct kvk_span value;
	/* The value with tag and length. */
	struct kvk_span value_der;
	unsigned rdn;
};

/* A distinguished name in the order of the encoding; the list has memory of its own. */
struct kvk_name {
	struct kvk_span der;
	size_t count;
	struct kvk_attribute *attributes;
};

/*
 * Reads a Name from a cursor; free it with kvk_name_free(), which after an error is not needed.
 * KVK_ERR_DER, with KVK_DER_TOO_MANY above the limit; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_name_read(struct kvk_der *der, struct kvk_name *out);
/* The same from its whole encoding. */
enum kvk_err kvk_name_parse(struct kvk_span whole, bool as_java, struct kvk_name *out);
/* Frees the list and leaves an empty name. Accepts NULL. */
void kvk_name_free(struct kvk_name *name);
/* The first attribute of this type, from number start on (0), or NULL. */
const struct kvk_attribute *kvk_name_find(
	const struct kvk_name *name, enum kvk_oid oid, size_t start);
/* How many attributes of this type there are. */
size_t kvk_name_count(const struct kvk_name *name, enum kvk_oid oid);
/* Appends the text of an attribute as UTF-8, not escaped. KVK_ERR_TEXT, KVK_ERR_MEMORY. */
enum kvk_err kvk_attribute_text(const struct kvk_attribute *attribute, struct kvk_blob *out);
/*
 * Appends a name for people: "CN=api.example.nl, O=Voorbeeld B.V., C=NL", in the order of the
 * encoding, each value escaped with kvk_escape() and commas in values with a backslash; values that
 * are no text as #hex. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_name_text(const struct kvk_name *name, struct kvk_blob *out);

#endif
