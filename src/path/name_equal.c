/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/name_equal.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "path/value.h"

/* Java trims what is not above a space from the end. */
static struct kvk_span trim_end(struct kvk_span text)
{
	while (text.n > 0 && text.p[text.n - 1] <= ' ')
		text.n--;
	return text;
}

/* Whether Java compares such a value as text. */
static bool java_reads(const struct kvk_attribute *attribute)
{
	if (attribute->tag != KVK_DER_PRINTABLE_STRING && attribute->tag != KVK_DER_UTF8_STRING)
		return false;
	switch (attribute->oid) {
	case KVK_OID_CN:
	case KVK_OID_C:
	case KVK_OID_L:
	case KVK_OID_ST:
	case KVK_OID_O:
	case KVK_OID_OU:
	case KVK_OID_STREET:
	case KVK_OID_DC:
	case KVK_OID_UID:
		return true;
	default:
		return false;
	}
}

static bool is_wide(unsigned tag)
{
	return tag == KVK_DER_BMP_STRING || tag == KVK_DER_UNIVERSAL_STRING;
}

static bool is_visible(uint8_t c)
{
	return c > ' ' && c < 0x7f;
}

/*
 * Passes over what both begin with, as far as it is ASCII, but for its last visible character.
 * False where the next characters alone make them different.
 */
static bool skip_common(struct kvk_value *a, struct kvk_value *b)
{
	const uint8_t *p = a->rest.p, *q = b->rest.p;
	size_t n = 0, same = 0;

	if (is_wide(a->tag) || is_wide(b->tag))
		return true;
	for (; n < a->rest.n && n < b->rest.n && p[n] == q[n] && p[n] < 0x7f; n++)
		if (is_visible(p[n]))
			same = n;
	if (n < a->rest.n && n < b->rest.n && is_visible(p[n]) && is_visible(q[n]) &&
		kvk_to_lower(p[n]) != kvk_to_lower(q[n]))
		return false;
	a->rest = (struct kvk_span){ p + same, a->rest.n - same };
	b->rest = (struct kvk_span){ q + same, b->rest.n - same };
	return true;
}

/* How the values of two names are compared, and what became of it. */
struct comparison {
	enum { ENCODING, JAVA, TEXT } care;
	/* KVK_ERR_MEMORY: two values count as different, but may be the same. */
	enum kvk_err err;
};

static bool is_compared_as_text(const struct kvk_attribute *attribute, const struct comparison *how)
{
	if (how->care == ENCODING)
		return false;
	return how->care == JAVA ? java_reads(attribute) : kvk_der_is_string(attribute->tag);
}

static bool same_text(
	const struct kvk_attribute *a, const struct kvk_attribute *b, struct comparison *how)
{
	const bool java = how->care == JAVA;
	struct kvk_value ra = { .tag = a->tag, .rest = java ? trim_end(a->value) : a->value };
	struct kvk_value rb = { .tag = b->tag, .rest = java ? trim_end(b->value) : b->value };
	struct kvk_fold one, other;
	bool same = false;
	enum kvk_err err;

	kvk_fold_start(&one);
	kvk_fold_start(&other);
	if (!skip_common(&ra, &rb))
		return false;
	KVK_TRY(kvk_value_fold(&ra, java, &one));
	KVK_TRY(kvk_value_fold(&rb, java, &other));
	same = !ra.bad && !rb.bad && kvk_fold_same(&one, &other);
out:
	kvk_fold_free(&one);
	kvk_fold_free(&other);
	if (err != KVK_OK)
		how->err = err;
	return same;
}

static bool same_attribute(
	const struct kvk_attribute *a, const struct kvk_attribute *b, struct comparison *how)
{
	if (!kvk_span_equal(a->type, b->type))
		return false;
	/* not their encodings, whose lengths may be written in more than one way */
	if (a->tag == b->tag && kvk_span_equal(a->value, b->value))
		return true;
	return is_compared_as_text(a, how) && is_compared_as_text(b, how) && same_text(a, b, how);
}

/* How many attributes, from this one on, belong to the same relative name. */
static size_t rdn_length(const struct kvk_name *name, size_t from)
{
	size_t n = 0;

	while (from + n < name->count &&
		name->attributes[from + n].rdn == name->attributes[from].rdn)
		n++;
	return n;
}

/* Appends 0, which is no tag, and the text, where texts are compared and this is one: *is_text. */
static enum kvk_err append_text(const struct kvk_attribute *attribute, const struct comparison *how,
	struct kvk_blob *out, bool *is_text)
{
	const bool java = how->care == JAVA;
	struct kvk_value value = { .tag = attribute->tag,
		.rest = java ? trim_end(attribute->value) : attribute->value };
	struct kvk_fold text;
	enum kvk_err err = KVK_OK;

	*is_text = false;
	if (!is_compared_as_text(attribute, how))
		return KVK_OK;
	kvk_fold_start(&text);
	KVK_TRY(kvk_value_fold(&value, java, &text));
	*is_text = !value.bad;
	if (!*is_text)
		goto out;
	KVK_TRY(kvk_blob_append_byte(out, 0));
	KVK_TRY(kvk_blob_append(
		out, (struct kvk_span){ (const uint8_t *)text.p, text.n * sizeof(*text.p) }));
out:
	kvk_fold_free(&text);
	return err;
}

/* A digest of what an attribute compares by: its type and its text, or else its tag and octets. */
static enum kvk_err attribute_digest(const struct kvk_attribute *attribute,
	const struct comparison *how, uint8_t out[static KVK_SHA256_SIZE])
{
	struct kvk_blob octets = { 0 };
	bool is_text;
	enum kvk_err err;

	/* types of other lengths begin otherwise, so that the value begins at one place */
	KVK_TRY(kvk_blob_append_byte(&octets, (uint8_t)attribute->type.n));
	KVK_TRY(kvk_blob_append(&octets, attribute->type));
	KVK_TRY(append_text(attribute, how, &octets, &is_text));
	if (!is_text) {
		KVK_TRY(kvk_blob_append_byte(&octets, (uint8_t)attribute->tag));
		KVK_TRY(kvk_blob_append(&octets, attribute->value));
	}
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&octets), out));
out:
	kvk_blob_free(&octets);
	return err;
}

static int compare_digests(const void *a, const void *b)
{
	return memcmp(a, b, KVK_SHA256_SIZE);
}

/* A digest of n attributes as a set. */
static enum kvk_err set_digest(const struct kvk_attribute *attributes, size_t n,
	const struct comparison *how, uint8_t out[static KVK_SHA256_SIZE])
{
	uint8_t *digests = kvk_malloc(n * KVK_SHA256_SIZE);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (digests == NULL)
		goto out;
	for (size_t i = 0; i < n; i++)
		KVK_TRY(attribute_digest(&attributes[i], how, digests + i * KVK_SHA256_SIZE));
	qsort(digests, n, KVK_SHA256_SIZE, compare_digests);
	KVK_TRY(kvk_sha256((struct kvk_span){ digests, n * KVK_SHA256_SIZE }, out));
out:
	kvk_free(digests);
	return err;
}

/* Two relative names of n attributes each, as sets. */
static bool same_rdn(const struct kvk_attribute *a, const struct kvk_attribute *b, size_t n,
	struct comparison *how)
{
	uint8_t one[KVK_SHA256_SIZE], other[KVK_SHA256_SIZE];
	enum kvk_err err;

	if (n == 1)
		return same_attribute(a, b, how);
	KVK_TRY(set_digest(a, n, how, one));
	KVK_TRY(set_digest(b, n, how, other));
	return memcmp(one, other, sizeof(one)) == 0;
out:
	how->err = err;
	return false;
}

/* Whether the first relative names of name are those of base. */
static bool is_within(
	const struct kvk_name *name, const struct kvk_name *base, struct comparison *how)
{
	size_t i = 0;

	while (i < base->count) {
		size_t n = rdn_length(base, i);

		if (i >= name->count || rdn_length(name, i) != n)
			return false;
		if (!same_rdn(&name->attributes[i], &base->attributes[i], n, how))
			return false;
		i += n;
	}
	return true;
}

enum kvk_err kvk_name_within(const struct kvk_name *name, const struct kvk_name *base,
	enum kvk_manner manner, bool *within)
{
	struct comparison how = { .care = manner == KVK_MANNER_JAVA ? JAVA : TEXT };

	*within = is_within(name, base, &how);
	return how.err;
}

/* How a name is compared with any other; only names of one kind can be the same. */
static struct comparison comparison_of(const struct kvk_name *name, enum kvk_manner manner)
{
	struct comparison how = { .care = manner == KVK_MANNER_JAVA ? JAVA : TEXT };

	if (name->der.n > KVK_LIMIT_NAME_FOLD)
		how.care = ENCODING;
	return how;
}

bool kvk_name_equal(const struct kvk_name *a, const struct kvk_name *b, enum kvk_manner manner)
{
	struct comparison how = comparison_of(a, manner);

	if (kvk_span_equal(a->der, b->der))
		return true;
	return a->count == b->count && how.care == comparison_of(b, manner).care &&
		is_within(a, b, &how);
}

/* Whether two names of as many attributes are told apart without folding anything. */
static bool is_plainly_different(const struct kvk_name *a, const struct kvk_name *b)
{
	size_t n;

	for (size_t i = 0; i < a->count; i += n) {
		const struct kvk_attribute *one = &a->attributes[i], *other = &b->attributes[i];
		struct kvk_value ra = { .tag = one->tag, .rest = one->value };
		struct kvk_value rb = { .tag = other->tag, .rest = other->value };

		n = rdn_length(a, i);
		if (n != rdn_length(b, i))
			return true;
		if (n == 1 && (!kvk_span_equal(one->type, other->type) || !skip_common(&ra, &rb)))
			return true;
	}
	return false;
}

bool kvk_name_is_plain(const struct kvk_name *a, const struct kvk_name *b)
{
	return kvk_span_equal(a->der, b->der) || a->count != b->count || is_plainly_different(a, b);
}

/* Makes the digest of a name: that of its relative names in their order. */
static enum kvk_err know(struct kvk_known_name *known, enum kvk_manner manner)
{
	const struct kvk_name *name = known->name;
	const struct comparison how = comparison_of(name, manner);
	struct kvk_blob octets = { 0 };
	size_t n;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_byte(&octets, (uint8_t)how.care));
	for (size_t i = 0; i < name->count; i += n) {
		n = rdn_length(name, i);
		KVK_TRY(set_digest(&name->attributes[i], n, &how, known->digest));
		KVK_TRY(kvk_blob_append(
			&octets, (struct kvk_span){ known->digest, sizeof(known->digest) }));
	}
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&octets), known->digest));
	known->has_digest = true;
out:
	kvk_blob_free(&octets);
	return err;
}

bool kvk_known_name_equal(
	struct kvk_known_name *a, struct kvk_known_name *b, enum kvk_manner manner)
{
	enum kvk_err err = KVK_OK;

	if (kvk_span_equal(a->name->der, b->name->der))
		return true;
	if (a->name->count != b->name->count || is_plainly_different(a->name, b->name))
		return false;
	if (!a->has_digest)
		KVK_TRY(know(a, manner));
	if (!b->has_digest)
		KVK_TRY(know(b, manner));
	return memcmp(a->digest, b->digest, sizeof(a->digest)) == 0;
out:
	return false;
}
