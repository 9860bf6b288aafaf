/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of der/reader.h: the simple types, which are BOOLEAN, numbers, bits, octets, NULL and object
 * identifiers.
 */
#include "config.h"

#include "der/reader.h"

#include <string.h>

#include "base/limits.h"

enum kvk_err kvk_der_boolean_as(struct kvk_der *der, unsigned tag, bool *out)
{
	struct kvk_der_value value;
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, tag, &value));
	if (value.content.n != 1)
		return kvk_der_fail(der, KVK_DER_BAD_BOOLEAN, value.whole.p);
	*out = value.content.p[0] != 0;
	if (*out && value.content.p[0] != 0xff)
		return kvk_der_tolerate(der, KVK_DER_BAD_BOOLEAN, value.whole.p);
out:
	return err;
}

enum kvk_err kvk_der_boolean(struct kvk_der *der, bool *out)
{
	return kvk_der_boolean_as(der, KVK_DER_BOOLEAN, out);
}

/* Whether the first octet only repeats the sign: the first nine bits are equal. */
static bool first_is_redundant(struct kvk_span octets)
{
	if (octets.n < 2)
		return false;
	return octets.p[0] == ((octets.p[1] & 0x80) != 0 ? 0xff : 0x00);
}

/* The contents of an INTEGER; where a longer form was let pass they are cut to the shortest. */
static enum kvk_err read_integer(struct kvk_der *der, unsigned tag, struct kvk_der_value *value)
{
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, tag, value));
	if (value->content.n == 0)
		return kvk_der_fail(der, KVK_DER_BAD_INTEGER, value->whole.p);
	if (!first_is_redundant(value->content))
		return KVK_OK;
	while (first_is_redundant(value->content)) {
		value->content.p++;
		value->content.n--;
	}
	KVK_TRY(kvk_der_tolerate(der, KVK_DER_BAD_INTEGER, value->whole.p));
out:
	return err;
}

enum kvk_err kvk_der_integer(struct kvk_der *der, struct kvk_span *out)
{
	struct kvk_der_value value;
	enum kvk_err err;

	KVK_TRY(read_integer(der, KVK_DER_INTEGER, &value));
	*out = value.content;
out:
	return err;
}

int kvk_der_integer_compare(struct kvk_span a, struct kvk_span b)
{
	const bool a_negative = a.n > 0 && (a.p[0] & 0x80) != 0;
	const bool b_negative = b.n > 0 && (b.p[0] & 0x80) != 0;

	if (a_negative != b_negative)
		return a_negative ? -1 : 1;
	/* In the shortest form the longer of two numbers is further away from 0. */
	if (a.n != b.n)
		return (a.n < b.n) == a_negative ? 1 : -1;
	return a.n > 0 ? memcmp(a.p, b.p, a.n) : 0;
}

enum kvk_err kvk_der_uint(struct kvk_der *der, unsigned tag, uint64_t max, uint64_t *out)
{
	struct kvk_der_value value;
	uint64_t number = 0;
	enum kvk_err err;

	KVK_TRY(read_integer(der, tag, &value));
	if ((value.content.p[0] & 0x80) != 0)
		return kvk_der_fail(der, KVK_DER_NEGATIVE, value.whole.p);
	/* Nine octets are a number of 64 bits where the first is only there for the sign. */
	if (value.content.n > 9 || (value.content.n == 9 && value.content.p[0] != 0))
		return kvk_der_fail(der, KVK_DER_RANGE, value.whole.p);
	for (size_t i = 0; i < value.content.n; i++)
		number = number << 8 | value.content.p[i];
	if (number > max)
		return kvk_der_fail(der, KVK_DER_RANGE, value.whole.p);
	*out = number;
out:
	return err;
}

/* A bit string's octets after the one that counts the unused bits of the last. */
static enum kvk_err read_bits(
	struct kvk_der *der, unsigned tag, struct kvk_der_value *value, unsigned *unused)
{
	struct kvk_span *octets = &value->content;
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, tag, value));
	if (octets->n == 0 || octets->p[0] > 7 || (octets->n == 1 && octets->p[0] != 0))
		return kvk_der_fail(der, KVK_DER_BAD_BIT_STRING, value->whole.p);
	*unused = octets->p[0];
	octets->p++;
	octets->n--;
	if (octets->n > 0 && (octets->p[octets->n - 1] & ((1u << *unused) - 1u)) != 0)
		return kvk_der_tolerate(der, KVK_DER_PADDING, value->whole.p);
out:
	return err;
}

enum kvk_err kvk_der_bit_string(struct kvk_der *der, struct kvk_span *out, unsigned *unused)
{
	struct kvk_der_value value;
	enum kvk_err err;

	KVK_TRY(read_bits(der, KVK_DER_BIT_STRING, &value, unused));
	*out = value.content;
out:
	return err;
}

enum kvk_err kvk_der_named_bits(struct kvk_der *der, unsigned tag, uint32_t *out)
{
	struct kvk_der_value value;
	unsigned unused;
	unsigned count;
	uint32_t bits = 0;
	enum kvk_err err;

	KVK_TRY(read_bits(der, tag, &value, &unused));
	if (value.content.n > 4)
		return kvk_der_fail(der, KVK_DER_RANGE, value.whole.p);
	count = (unsigned)value.content.n * 8 - unused;
	for (unsigned i = 0; i < count; i++)
		bits |= ((unsigned)value.content.p[i / 8] >> (7 - i % 8) & 1u) << i;
	*out = bits;
	if (count > 0 && (bits >> (count - 1) & 1u) == 0)
		return kvk_der_tolerate(der, KVK_DER_BAD_BIT_STRING, value.whole.p);
out:
	return err;
}

enum kvk_err kvk_der_octet_string(struct kvk_der *der, struct kvk_span *out)
{
	return kvk_der_read(der, KVK_DER_OCTET_STRING, out);
}

enum kvk_err kvk_der_null(struct kvk_der *der)
{
	struct kvk_der_value value;
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, KVK_DER_NULL, &value));
	if (value.content.n != 0)
		return kvk_der_fail(der, KVK_DER_BAD_NULL, value.whole.p);
out:
	return err;
}

/* Whether every arc begins without a leading zero (80) and the last one ends. */
static bool oid_is_correct(struct kvk_span octets)
{
	bool begins = true;

	for (size_t i = 0; i < octets.n; i++) {
		if (begins && octets.p[i] == 0x80)
			return false;
		begins = (octets.p[i] & 0x80) == 0;
	}
	return octets.n > 0 && begins;
}

enum kvk_err kvk_der_oid(struct kvk_der *der, struct kvk_span *out)
{
	struct kvk_der_value value;
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, KVK_DER_OID, &value));
	if (value.content.n > KVK_LIMIT_OID)
		return kvk_der_fail(der, KVK_DER_TOO_MANY, value.whole.p);
	if (!oid_is_correct(value.content))
		return kvk_der_fail(der, KVK_DER_BAD_OID, value.whole.p);
	*out = value.content;
out:
	return err;
}
