/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/utf8.h"

/* How many bytes a sequence has by its first one; 0 where none begins so. */
static size_t sequence_length(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2)
		return 0;
	if (lead < 0xe0)
		return 2;
	if (lead < 0xf0)
		return 3;
	return lead < 0xf5 ? 4 : 0;
}

bool kvk_utf8_next(struct kvk_span *text, uint32_t *code_point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const uint8_t bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t value;
	size_t n;

	if (text->n == 0)
		return false;
	n = sequence_length(text->p[0]);
	if (n == 0 || n > text->n)
		goto bad;
	value = text->p[0] & bits[n];
	for (size_t i = 1; i < n; i++) {
		if ((text->p[i] & 0xc0) != 0x80)
			goto bad;
		value = value << 6 | (text->p[i] & 0x3f);
	}
	if (value < least[n] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		goto bad;
	text->p += n;
	text->n -= n;
	*code_point = value;
	return true;
bad:
	text->p++;
	text->n--;
	return false;
}

bool kvk_utf8_valid(struct kvk_span text)
{
	uint32_t code_point;

	while (text.n) {
		if (text.p[0] < 0x80) {
			text.p++;
			text.n--;
		} else if (!kvk_utf8_next(&text, &code_point)) {
			return false;
		}
	}
	return true;
}

enum kvk_err kvk_utf8_append(struct kvk_blob *out, uint32_t code_point)
{
	uint8_t bytes[4];
	struct kvk_span span = { .p = bytes };
	size_t n = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;

	if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point <= 0xdfff))
		return KVK_ERR_TEXT;
	for (size_t i = n - 1; i > 0; i--) {
		bytes[i] = (uint8_t)(0x80 | (code_point & 0x3f));
		code_point >>= 6;
	}
	bytes[0] = (uint8_t)(n == 1 ? code_point : (0xf00u >> n & 0xff) | code_point);
	span.n = n;
	return kvk_blob_append(out, span);
}
