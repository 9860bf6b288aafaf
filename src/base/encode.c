/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/encode.h"

#include "base/ascii.h"

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum kvk_err kvk_hex(struct kvk_blob *out, struct kvk_span bytes, char separator)
{
	uint8_t *p;

	if (bytes.n > SIZE_MAX / 4 || kvk_blob_reserve(out, bytes.n * 3) != KVK_OK)
		return KVK_ERR_MEMORY;
	p = out->p + out->n;
	for (size_t i = 0; i < bytes.n; i++) {
		if (i && separator)
			*p++ = (uint8_t)separator;
		*p++ = (uint8_t)hex_digits[bytes.p[i] >> 4];
		*p++ = (uint8_t)hex_digits[bytes.p[i] & 15];
	}
	*p = 0;
	out->n = (size_t)(p - out->p);
	return KVK_OK;
}

static uint8_t hex_value(uint8_t c)
{
	return (uint8_t)(kvk_is_digit(c) ? c - '0' : kvk_to_lower(c) - 'a' + 10);
}

enum kvk_err kvk_unhex(struct kvk_span text, struct kvk_blob *out)
{
	uint8_t *p;

	if (text.n % 2)
		return KVK_ERR_ARGUMENT;
	for (size_t i = 0; i < text.n; i++)
		if (!kvk_is_hex(text.p[i]))
			return KVK_ERR_ARGUMENT;
	if (kvk_blob_reserve(out, text.n / 2) != KVK_OK)
		return KVK_ERR_MEMORY;
	p = out->p + out->n;
	for (size_t i = 0; i < text.n; i += 2)
		*p++ = (uint8_t)(hex_value(text.p[i]) << 4 | hex_value(text.p[i + 1]));
	*p = 0;
	out->n = (size_t)(p - out->p);
	return KVK_OK;
}

/* Writes the four characters of up to three bytes. */
static void put_quantum(uint8_t *p, const uint8_t *bytes, size_t n)
{
	uint32_t value = (uint32_t)bytes[0] << 16;

	if (n > 1)
		value |= (uint32_t)bytes[1] << 8;
	if (n > 2)
		value |= bytes[2];
	p[0] = (uint8_t)base64_digits[value >> 18];
	p[1] = (uint8_t)base64_digits[value >> 12 & 63];
	p[2] = (uint8_t)(n > 1 ? base64_digits[value >> 6 & 63] : '=');
	p[3] = (uint8_t)(n > 2 ? base64_digits[value & 63] : '=');
}

enum kvk_err kvk_base64(struct kvk_blob *out, struct kvk_span bytes, unsigned width)
{
	uint8_t quantum[4], *p;
	unsigned column = 0;

	/* At most 4 characters for 3 bytes, and at most one line feed after each. */
	if (bytes.n > SIZE_MAX / 8 || kvk_blob_reserve(out, (bytes.n + 2) / 3 * 8 + 1) != KVK_OK)
		return KVK_ERR_MEMORY;
	p = out->p + out->n;
	for (size_t i = 0; i < bytes.n; i += 3) {
		put_quantum(quantum, bytes.p + i, bytes.n - i);
		for (int k = 0; k < 4; k++) {
			*p++ = quantum[k];
			if (width && ++column == width) {
				*p++ = '\n';
				column = 0;
			}
		}
	}
	if (column)
		*p++ = '\n';
	*p = 0;
	out->n = (size_t)(p - out->p);
	return KVK_OK;
}

/* The value of each base64 digit; -1 for everything else. */
static const int8_t base64_values[256] = { -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, 62, -1, -1, -1, 63, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, -1, -1,
	-1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
	20, 21, 22, 23, 24, 25, -1, -1, -1, -1, -1, -1, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
	37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1 };

/* What is no digit has all the high bits, also once it is shifted. */
#define NO_DIGIT UINT32_MAX
static uint32_t digit_value(uint8_t c)
{
	return (uint32_t)base64_values[c];
}

/* Decodes fours of digits from text[*i] on as long as they come: nearly all of a block. */
static uint8_t *decode_run(struct kvk_span text, size_t *i, uint8_t *p)
{
	const uint8_t *t = text.p + *i;
	const uint8_t *const end = text.p + text.n;

	for (; end - t >= 4; t += 4, p += 3) {
		const uint32_t value = digit_value(t[0]) << 18 | digit_value(t[1]) << 12 |
			digit_value(t[2]) << 6 | digit_value(t[3]);

		if (value >> 24 != 0)
			break;
		p[0] = (uint8_t)(value >> 16);
		p[1] = (uint8_t)(value >> 8);
		p[2] = (uint8_t)value;
	}
	*i = (size_t)(t - text.p);
	return p;
}

/* What may be between digits; no vertical tab and no form feed, which Java refuses, too. */
static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Decodes to p, which has room for 3/4 of the text. False where the text is no base64. */
static bool decode(struct kvk_span text, uint8_t *p, size_t *written)
{
	uint32_t value = 0;
	unsigned digits = 0, padding = 0;
	const uint8_t *start = p;

	for (size_t i = 0; i < text.n; i++) {
		uint32_t digit;

		if (digits % 4 == 0 && !padding) {
			p = decode_run(text, &i, p);
			if (i == text.n)
				break;
		}
		digit = digit_value(text.p[i]);
		if (is_blank(text.p[i]))
			continue;
		if (text.p[i] == '=' && digits >= 2 && digits + padding < 4) {
			padding++;
			continue;
		}
		if (digit == NO_DIGIT || padding)
			return false;
		if (digits == 4)
			digits = 0;
		value = value << 6 | digit;
		if (++digits == 4) {
			*p++ = (uint8_t)(value >> 16);
			*p++ = (uint8_t)(value >> 8);
			*p++ = (uint8_t)value;
		}
	}
	if (digits == 1 || (padding && digits + padding != 4))
		return false;
	if (digits == 2)
		*p++ = (uint8_t)(value >> 4);
	if (digits == 3) {
		*p++ = (uint8_t)(value >> 10);
		*p++ = (uint8_t)(value >> 2);
	}
	*written = (size_t)(p - start);
	return true;
}

enum kvk_err kvk_unbase64(struct kvk_span text, struct kvk_blob *out)
{
	size_t n;

	if (kvk_blob_reserve(out, text.n / 4 * 3 + 3) != KVK_OK)
		return KVK_ERR_MEMORY;
	if (!decode(text, out->p + out->n, &n)) {
		out->p[out->n] = 0;
		return KVK_ERR_ARGUMENT;
	}
	out->n += n;
	out->p[out->n] = 0;
	return KVK_OK;
}
