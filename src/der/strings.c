/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of der/reader.h: the character strings (X.680 41), their alphabets, and their text in UTF-8.
 */
#include "config.h"

#include "der/reader.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* What the octets of a string are. */
enum verdict { CLEAN, FOREIGN, HOPELESS };

bool kvk_der_is_string(unsigned tag)
{
	switch (tag) {
	case KVK_DER_UTF8_STRING:
	case KVK_DER_NUMERIC_STRING:
	case KVK_DER_PRINTABLE_STRING:
	case KVK_DER_TELETEX_STRING:
	case KVK_DER_IA5_STRING:
	case KVK_DER_VISIBLE_STRING:
	case KVK_DER_UNIVERSAL_STRING:
	case KVK_DER_BMP_STRING:
		return true;
	default:
		return false;
	}
}

/* Whether the alphabet of a string type with one octet a character has this octet. */
static bool has_octet(unsigned tag, uint8_t c)
{
	switch (tag) {
	case KVK_DER_NUMERIC_STRING:
		return kvk_is_digit(c) || c == ' ';
	case KVK_DER_PRINTABLE_STRING:
		return kvk_is_alnum(c) || (c != 0 && strchr(" '()+,-./:=?", c) != NULL);
	case KVK_DER_IA5_STRING:
		return c < 0x80;
	case KVK_DER_VISIBLE_STRING:
		return kvk_is_print(c);
	default:
		return true;
	}
}

/*
 * Takes one character of a BMP (2 octets) or Universal (4 octets) string. A surrogate pair, which a
 * BMP string should not have but which programs write, is one character.
 */
static enum verdict take_wide(struct kvk_span *text, size_t width, uint32_t *out)
{
	enum verdict verdict = CLEAN;
	uint32_t c = 0;
	uint32_t low;

	for (size_t i = 0; i < width; i++)
		c = c << 8 | text->p[i];
	text->p += width;
	text->n -= width;
	if (width == 2 && c >= 0xd800 && c <= 0xdbff && text->n >= 2) {
		low = (uint32_t)text->p[0] << 8 | text->p[1];
		if (low < 0xdc00 || low > 0xdfff)
			return HOPELESS;
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		text->p += 2;
		text->n -= 2;
		verdict = FOREIGN;
	}
	*out = c;
	return c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ? HOPELESS : verdict;
}

static size_t width_of(unsigned tag)
{
	return tag == KVK_DER_BMP_STRING ? 2 : tag == KVK_DER_UNIVERSAL_STRING ? 4 : 1;
}

static enum verdict evaluate(unsigned tag, struct kvk_span text)
{
	size_t width = width_of(tag);
	enum verdict worst = CLEAN;
	enum verdict now;
	uint32_t c;

	if (tag == KVK_DER_UTF8_STRING)
		return kvk_utf8_valid(text) ? CLEAN : HOPELESS;
	if (text.n % width != 0)
		return HOPELESS;
	if (width == 1) {
		for (size_t i = 0; i < text.n; i++)
			if (!has_octet(tag, text.p[i]))
				return FOREIGN;
		return CLEAN;
	}
	while (text.n > 0) {
		now = take_wide(&text, width, &c);
		if (now > worst)
			worst = now;
	}
	return worst;
}

enum kvk_err kvk_der_string(struct kvk_der *der, unsigned *tag, struct kvk_span *out)
{
	struct kvk_der_value value;
	unsigned next = kvk_der_peek(der);
	enum verdict verdict;
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, kvk_der_is_string(next) ? next : KVK_DER_UTF8_STRING, &value));
	verdict = evaluate(value.tag, value.content);
	if (verdict == HOPELESS)
		return kvk_der_fail(der, KVK_DER_BAD_STRING, value.whole.p);
	*tag = value.tag;
	*out = value.content;
	if (verdict == FOREIGN)
		return kvk_der_tolerate(der, KVK_DER_BAD_STRING, value.whole.p);
out:
	return err;
}

/* How many octets from the front are ASCII, and so their own UTF-8. */
static size_t ascii_run(struct kvk_span text)
{
	size_t n = 0;

	while (n < text.n && text.p[n] < 0x80)
		n++;
	return n;
}

/* Strings of one octet a character, which are nearly all ASCII. */
static enum kvk_err append_narrow(struct kvk_blob *out, struct kvk_span content)
{
	enum kvk_err err = KVK_OK;

	while (content.n > 0) {
		struct kvk_span run = { content.p, ascii_run(content) };

		if (run.n > 0) {
			KVK_TRY(kvk_blob_append(out, run));
		} else {
			KVK_TRY(kvk_utf8_append(out, content.p[0]));
			run.n = 1;
		}
		content.p += run.n;
		content.n -= run.n;
	}
out:
	return err;
}

enum kvk_err kvk_der_string_utf8(unsigned tag, struct kvk_span content, struct kvk_blob *out)
{
	size_t width = width_of(tag);
	uint32_t c;
	enum kvk_err err = KVK_OK;

	if (!kvk_der_is_string(tag) || evaluate(tag, content) == HOPELESS)
		return KVK_ERR_TEXT;
	if (tag == KVK_DER_UTF8_STRING)
		return kvk_blob_append(out, content);
	if (width == 1)
		return append_narrow(out, content);
	while (content.n > 0) {
		take_wide(&content, width, &c);
		KVK_TRY(kvk_utf8_append(out, c));
	}
out:
	return err;
}
