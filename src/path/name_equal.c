/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/name_equal.h"

#include <string.h>
#include <unictype.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "names/fold.h"

/* The characters of a string as they are written. */
struct reader {
	unsigned tag;
	struct kvk_span rest;
	/* The bytes are no text of this type. */
	bool bad;
};

/* Big-endian code units of BMPString (2) and UniversalString (4). */
static bool take_unit(struct reader *r, size_t size, uint32_t *out)
{
	if (r->rest.n < size) {
		r->bad = r->bad || r->rest.n > 0;
		return false;
	}
	*out = 0;
	for (size_t i = 0; i < size; i++)
		*out = *out << 8 | r->rest.p[i];
	r->rest.p += size;
	r->rest.n -= size;
	if (*out > 0x10ffff || (*out >= 0xd800 && *out <= 0xdfff))
		r->bad = true;
	return !r->bad;
}

/* The next character. */
static bool take(struct reader *r, uint32_t *out)
{
	switch (r->tag) {
	case KVK_DER_UTF8_STRING:
		if (r->rest.n == 0)
			return false;
		r->bad = !kvk_utf8_next(&r->rest, out);
		return !r->bad;
	case KVK_DER_BMP_STRING:
		return take_unit(r, 2, out);
	case KVK_DER_UNIVERSAL_STRING:
		return take_unit(r, 4, out);
	default:
		return take_unit(r, 1, out);
	}
}

/*
 * As Java's AVA: what is not above a space is trimmed from the ends, and what has a meaning in the
 * text form of a name gets a backslash, before folding makes such characters of others.
 */
static enum kvk_err append_java(struct kvk_fold *out, uint32_t c, bool first)
{
	enum kvk_err err = KVK_OK;

	if (c <= ' ' && out->n == 0)
		return KVK_OK;
	if ((c < 0x80 && c > 0 && strchr(",+<>;\"\\", (int)c) != NULL) || (first && c == '#'))
		KVK_TRY(kvk_fold_append(out, '\\'));
	KVK_TRY(kvk_fold_append(out, c));
out:
	return err;
}

/* RFC 4518 2.2: white space is a space; controls, formats and other invisible characters nothing.
 */
static enum kvk_err append_mapped(struct kvk_fold *out, uint32_t c)
{
	if (c > ' ' && c < 0x7f)
		return kvk_fold_append(out, c);
	if (uc_is_property_white_space(c))
		return kvk_fold_append(out, ' ');
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf) ||
		uc_is_property_default_ignorable_code_point(c))
		return KVK_OK;
	return kvk_fold_append(out, c);
}

/* Java makes one of several spaces before it folds, RFC 4518 (2.6.1) afterwards. */
static enum kvk_err prepare(struct kvk_fold *out, struct reader *r, bool java)
{
	enum kvk_err err = KVK_OK;
	bool first = true;
	uint32_t c;

	for (; take(r, &c); first = false)
		KVK_TRY(java ? append_java(out, c, first) : append_mapped(out, c));
	if (java)
		kvk_fold_squeeze(out);
	KVK_TRY(kvk_fold(out, java));
	if (!java)
		kvk_fold_squeeze(out);
out:
	return err;
}

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
static bool skip_common(struct reader *a, struct reader *b)
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

static bool same_text(
	const struct kvk_attribute *a, const struct kvk_attribute *b, struct comparison *how)
{
	const bool java = how->care == JAVA;
	struct reader ra = { .tag = a->tag, .rest = java ? trim_end(a->value) : a->value };
	struct reader rb = { .tag = b->tag, .rest = java ? trim_end(b->value) : b->value };
	struct kvk_fold one, other;
	bool same = false;
	enum kvk_err err;

	kvk_fold_start(&one);
	kvk_fold_start(&other);
	if (!skip_common(&ra, &rb))
		return false;
	KVK_TRY(prepare(&one, &ra, java));
	KVK_TRY(prepare(&other, &rb, java));
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
	if (how->care == ENCODING || !kvk_der_is_string(a->tag) || !kvk_der_is_string(b->tag))
		return false;
	if (how->care == JAVA && (!java_reads(a) || !java_reads(b)))
		return false;
	return same_text(a, b, how);
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

/* Two relative names of n attributes each, as sets. */
static bool same_rdn(const struct kvk_attribute *a, const struct kvk_attribute *b, size_t n,
	struct comparison *how)
{
	uint64_t used = 0;

	_Static_assert(KVK_LIMIT_NAME_ATTRIBUTES <= 64, "one bit per attribute");
	for (size_t i = 0; i < n; i++) {
		size_t j = 0;

		while (j < n && ((used >> j & 1) != 0 || !same_attribute(&a[i], &b[j], how)))
			j++;
		if (j == n)
			return false;
		used |= (uint64_t)1 << j;
	}
	return true;
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

bool kvk_name_equal(const struct kvk_name *a, const struct kvk_name *b, enum kvk_manner manner)
{
	struct comparison how = { .care = manner == KVK_MANNER_JAVA ? JAVA : TEXT };

	if (a->count != b->count)
		return false;
	if (a->der.n > KVK_LIMIT_NAME_FOLD || b->der.n > KVK_LIMIT_NAME_FOLD)
		how.care = ENCODING;
	return kvk_span_equal(a->der, b->der) || is_within(a, b, &how);
}

enum kvk_err kvk_attribute_fold(const struct kvk_attribute *attribute, struct kvk_blob *out)
{
	struct reader reader = { .tag = attribute->tag, .rest = attribute->value };
	struct kvk_fold text;
	enum kvk_err err;

	if (!kvk_der_is_string(attribute->tag))
		return KVK_OK;
	kvk_fold_start(&text);
	KVK_TRY(prepare(&text, &reader, false));
	for (size_t i = 0; !reader.bad && i < text.n; i++)
		KVK_TRY(kvk_utf8_append(out, text.p[i]));
out:
	kvk_fold_free(&text);
	return err;
}
