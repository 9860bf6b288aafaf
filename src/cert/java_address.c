/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of cert/java.h: IP addresses that are written out (sun.net.util.IPAddressUtil, as
 * sun.security.x509.IPAddressName uses it). Java takes more than inet_pton() does: one to four
 * numbers, of which the last fills what is left, leading zeros, and a zone.
 */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "cert/java.h"

enum { V4 = 4, V6 = 16, V4_TEXT_MAX = 15 };

/* The number that four bytes leave room for after so many. */
static uint64_t limit_behind(size_t count)
{
	return UINT64_C(1) << (8 * (V4 - count));
}

static bool read_v4(struct kvk_span text, uint8_t out[static V4])
{
	uint64_t value = 0;
	bool has_digits = false;
	size_t count = 0;

	if (text.n > V4_TEXT_MAX)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (kvk_is_digit(text.p[i])) {
			value = value * 10 + (uint64_t)(text.p[i] - '0');
			has_digits = true;
			continue;
		}
		if (text.p[i] != '.' || !has_digits || value > UINT8_MAX || count == V4 - 1)
			return false;
		out[count++] = (uint8_t)value;
		value = 0;
		has_digits = false;
	}
	if (!has_digits || value >= limit_behind(count))
		return false;
	for (size_t i = V4; i-- > count; value >>= 8)
		out[i] = (uint8_t)value;
	return true;
}

/* An address of version 6 that is being read. */
struct v6 {
	struct kvk_span text;
	/* The next character, and where the number in progress begins. */
	size_t at, token;
	/* The number in progress. */
	bool has_digits;
	unsigned value;
	/* What was read, and how much of it was in front of "::". */
	uint8_t *out;
	size_t count, gap;
	bool has_gap;
};

static bool put_number(struct v6 *v)
{
	if (v->count + 2 > V6)
		return false;
	v->out[v->count++] = (uint8_t)(v->value >> 8);
	v->out[v->count++] = (uint8_t)v->value;
	v->has_digits = false;
	v->value = 0;
	return true;
}

/* The colon after a number, or the second one of "::". */
static bool take_colon(struct v6 *v)
{
	v->token = v->at;
	if (v->has_digits)
		return v->at < v->text.n && put_number(v);
	if (v->has_gap)
		return false;
	v->has_gap = true;
	v->gap = v->count;
	return true;
}

/* The rest is an address of version 4, with all its four numbers. */
static bool take_v4(struct v6 *v)
{
	const struct kvk_span rest = { v->text.p + v->token, v->text.n - v->token };
	size_t dots = 0;

	for (size_t i = 0; i < rest.n; i++)
		dots += rest.p[i] == '.';
	if (v->count + V4 > V6 || dots != V4 - 1 || !read_v4(rest, v->out + v->count))
		return false;
	v->count += V4;
	v->at = v->text.n;
	v->has_digits = false;
	return true;
}

static unsigned hex_value(uint8_t c)
{
	return kvk_is_digit(c) ? (unsigned)c - '0' : (unsigned)kvk_to_lower(c) - 'a' + 10;
}

static bool take_character(struct v6 *v)
{
	const uint8_t c = v->text.p[v->at++];

	if (kvk_is_hex(c)) {
		v->value = v->value << 4 | hex_value(c);
		v->has_digits = true;
		return v->value <= UINT16_MAX;
	}
	if (c == ':')
		return take_colon(v);
	return c == '.' && take_v4(v);
}

/* Moves what follows "::" to the end. */
static bool close_gap(struct v6 *v)
{
	const size_t after = v->count - v->gap;

	if (!v->has_gap)
		return v->count == V6;
	if (v->count == V6)
		return false;
	memmove(v->out + V6 - after, v->out + v->gap, after);
	memset(v->out + v->gap, 0, V6 - after - v->gap);
	return true;
}

/* What follows a percent sign is a zone, and no part of the address. */
static bool cut_zone(struct kvk_span *text)
{
	const uint8_t *percent = memchr(text->p, '%', text->n);

	if (percent == NULL)
		return true;
	if (percent + 1 == text->p + text->n)
		return false;
	text->n = (size_t)(percent - text->p);
	return true;
}

static bool read_v6(struct kvk_span text, uint8_t out[static V6])
{
	struct v6 v = { .out = out };

	if (text.n < 2 || !cut_zone(&text))
		return false;
	v.text = text;
	if (text.n > 0 && text.p[0] == ':') {
		v.at = v.token = 1;
		if (text.n < 2 || text.p[1] != ':')
			return false;
	}
	while (v.at < text.n)
		if (!take_character(&v))
			return false;
	if (v.has_digits && !put_number(&v))
		return false;
	return close_gap(&v);
}

/* ::ffff:0:0/96: Java makes an address of version 4 of it. */
static bool is_mapped(const uint8_t *address)
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

	return memcmp(address, prefix, sizeof(prefix)) == 0;
}

bool kvk_java_reads_address(struct kvk_span text, uint8_t out[static 16], size_t *n)
{
	*n = 0;
	if (read_v4(text, out)) {
		/* a number alone is an address to those who ask, and not to those who make one */
		if (memchr(text.p, '.', text.n) != NULL)
			*n = V4;
		return true;
	}
	if (!read_v6(text, out))
		return false;
	*n = V6;
	if (is_mapped(out)) {
		memmove(out, out + V6 - V4, V4);
		*n = V4;
	}
	return true;
}
