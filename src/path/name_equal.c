/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/name_equal.h"

#include "base/utf8.h"
#include "names/fold.h"

/* A string that is read character by character, prepared as RFC 4518 section 2 says. */
struct reader {
	unsigned tag;
	bool java;
	struct kvk_span rest;
	/* What the last character became and was not handed out yet. */
	uint32_t queue[KVK_FOLD_MAX];
	unsigned queued, taken;
	/*
	 * A character was handed out; white space was met since; a character waits behind that
	 * white space.
	 */
	bool started, space, held;
	uint32_t held_character;
	/* The bytes are no text of this type. */
	bool bad;
};

/* The i without a dot of Turkish. */
enum { DOTLESS_I = 0x131 };

struct range {
	uint32_t first, last;
};

/* RFC 4518 2.2: mapped to nothing. */
static const struct range nothing[] = {
	{ 0x00, 0x08 },
	{ 0x0e, 0x1f },
	{ 0x7f, 0x84 },
	{ 0x86, 0x9f },
	{ 0xad, 0xad },
	{ 0x34f, 0x34f },
	{ 0x6dd, 0x6dd },
	{ 0x70f, 0x70f },
	{ 0x1806, 0x1806 },
	{ 0x180b, 0x180e },
	{ 0x200b, 0x200f },
	{ 0x202a, 0x202e },
	{ 0x2060, 0x2063 },
	{ 0x206a, 0x206f },
	{ 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },
	{ 0xfff9, 0xfffc },
	{ 0x1d173, 0x1d17a },
	{ 0xe0001, 0xe0001 },
	{ 0xe0020, 0xe007f },
};
/* RFC 4518 2.2: mapped to a space. */
static const struct range spaces[] = {
	{ 0x09, 0x0d },
	{ 0x20, 0x20 },
	{ 0x85, 0x85 },
	{ 0xa0, 0xa0 },
	{ 0x1680, 0x1680 },
	{ 0x2000, 0x200a },
	{ 0x2028, 0x2029 },
	{ 0x202f, 0x202f },
	{ 0x205f, 0x205f },
	{ 0x3000, 0x3000 },
};

static bool within(const struct range *ranges, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n && ranges[i].first <= c; i++) {
		if (c <= ranges[i].last)
			return true;
	}
	return false;
}

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

/* The next character as it stands. */
static bool take_raw(struct reader *r, uint32_t *out)
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

/* The next character after mapping and folding; white space as one kind of space. */
static bool take_mapped(struct reader *r, uint32_t *out)
{
	uint32_t c;

	while (r->taken == r->queued) {
		if (!take_raw(r, &c))
			return false;
		if (r->java) {
			/*
			 * Java drops control characters only at the ends, and knows one white
			 * space.
			 */
			if (c < 0x20 && !r->started)
				c = ' ';
			/* by way of its capital letter */
			if (c == DOTLESS_I)
				c = 'i';
		} else if (within(nothing, sizeof(nothing) / sizeof(nothing[0]), c)) {
			continue;
		} else if (within(spaces, sizeof(spaces) / sizeof(spaces[0]), c)) {
			c = ' ';
		}
		r->taken = 0;
		r->queued = kvk_fold(c, r->queue);
	}
	*out = r->queue[r->taken++];
	return true;
}

/* Java trims what is not above a space from the end. */
static struct kvk_span trim_end(struct kvk_span text)
{
	while (text.n > 0 && text.p[text.n - 1] <= ' ')
		text.n--;
	return text;
}

/*
 * The next prepared character: no white space at the ends, one space for each run within (RFC 4518
 * 2.6.1).
 */
static bool take(struct reader *r, uint32_t *out)
{
	uint32_t c;

	if (r->held) {
		r->held = false;
		*out = r->held_character;
		return true;
	}
	while (take_mapped(r, &c)) {
		if (c == ' ') {
			r->space = r->started;
			continue;
		}
		r->started = true;
		*out = c;
		if (r->space) {
			r->space = false;
			r->held = true;
			r->held_character = c;
			*out = ' ';
		}
		return true;
	}
	return false;
}

static void start(struct reader *r, const struct kvk_attribute *attribute, bool java)
{
	*r = (struct reader){ .tag = attribute->tag, .java = java, .rest = attribute->value };
	if (java)
		r->rest = trim_end(r->rest);
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

/*
 * Passes over what both begin with, as far as it is ASCII. It ends with a visible character, behind
 * which both readers have nothing waiting.
 */
static void skip_common(struct reader *a, struct reader *b)
{
	const uint8_t *p = a->rest.p, *q = b->rest.p;
	size_t n = 0, same = 0;

	if (is_wide(a->tag) || is_wide(b->tag))
		return;
	for (; n < a->rest.n && n < b->rest.n && p[n] == q[n] && p[n] < 0x7f; n++)
		if (p[n] > ' ')
			same = n + 1;
	a->rest = (struct kvk_span){ p + same, a->rest.n - same };
	b->rest = (struct kvk_span){ q + same, b->rest.n - same };
	a->started = b->started = same > 0;
}

static bool same_text(const struct kvk_attribute *a, const struct kvk_attribute *b, bool java)
{
	struct reader ra, rb;
	uint32_t ca = 0, cb = 0;
	bool more_a, more_b;

	start(&ra, a, java);
	start(&rb, b, java);
	skip_common(&ra, &rb);
	do {
		more_a = take(&ra, &ca);
		more_b = take(&rb, &cb);
		if (more_a != more_b || (more_a && ca != cb))
			return false;
	} while (more_a);
	return !ra.bad && !rb.bad;
}

/* How the values of two names are compared. */
enum care { ENCODING, JAVA, TEXT };

static bool same_attribute(
	const struct kvk_attribute *a, const struct kvk_attribute *b, enum care care)
{
	if (!kvk_span_equal(a->type, b->type))
		return false;
	/* not their encodings, whose lengths may be written in more than one way */
	if (a->tag == b->tag && kvk_span_equal(a->value, b->value))
		return true;
	if (care == ENCODING || !kvk_der_is_string(a->tag) || !kvk_der_is_string(b->tag))
		return false;
	if (care == JAVA && (!java_reads(a) || !java_reads(b)))
		return false;
	return same_text(a, b, care == JAVA);
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
static bool same_rdn(
	const struct kvk_attribute *a, const struct kvk_attribute *b, size_t n, enum care care)
{
	uint64_t used = 0;

	_Static_assert(KVK_LIMIT_NAME_ATTRIBUTES <= 64, "one bit per attribute");
	for (size_t i = 0; i < n; i++) {
		size_t j = 0;

		while (j < n && ((used >> j & 1) != 0 || !same_attribute(&a[i], &b[j], care)))
			j++;
		if (j == n)
			return false;
		used |= (uint64_t)1 << j;
	}
	return true;
}

/* Whether the first relative names of name are those of base. */
static bool is_within(const struct kvk_name *name, const struct kvk_name *base, enum care care)
{
	size_t i = 0;

	while (i < base->count) {
		size_t n = rdn_length(base, i);

		if (i >= name->count || rdn_length(name, i) != n)
			return false;
		if (!same_rdn(&name->attributes[i], &base->attributes[i], n, care))
			return false;
		i += n;
	}
	return true;
}

bool kvk_name_within(
	const struct kvk_name *name, const struct kvk_name *base, enum kvk_manner manner)
{
	enum care care = manner == KVK_MANNER_JAVA ? JAVA : TEXT;

	return is_within(name, base, care);
}

bool kvk_name_equal(const struct kvk_name *a, const struct kvk_name *b, enum kvk_manner manner)
{
	enum care care = manner == KVK_MANNER_JAVA ? JAVA : TEXT;

	if (a->count != b->count)
		return false;
	if (a->der.n > KVK_LIMIT_NAME_FOLD || b->der.n > KVK_LIMIT_NAME_FOLD)
		care = ENCODING;
	return kvk_span_equal(a->der, b->der) || is_within(a, b, care);
}
