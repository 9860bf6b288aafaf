/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/layout.h"

#include <string.h>

#include "base/encode.h"
#include "base/escape.h"

static void put_bytes(struct kvk_page *page, const char *text, size_t n)
{
	if (page->err == KVK_OK)
		page->err =
			kvk_blob_append(page->out, (struct kvk_span){ (const uint8_t *)text, n });
}

void kvk_put_text(struct kvk_page *page, const char *text)
{
	put_bytes(page, text, strlen(text));
}

void kvk_put_number(struct kvk_page *page, unsigned number)
{
	char digits[3 * sizeof number];
	size_t n = sizeof digits;

	do
		digits[--n] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	put_bytes(page, digits + n, sizeof digits - n);
}

static void put_blanks(struct kvk_page *page, size_t n)
{
	static const char blanks[] = "                                ";

	for (; n > sizeof blanks - 1; n -= sizeof blanks - 1)
		put_bytes(page, blanks, sizeof blanks - 1);
	put_bytes(page, blanks, n);
}

/* Every octet of UTF-8 but those that continue a character. */
static bool is_first_octet(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

static unsigned columns(const char *text)
{
	unsigned count = 0;

	for (; *text != '\0'; text++)
		count += is_first_octet(*text);
	return count;
}

void kvk_put_padded(struct kvk_page *page, const char *text, unsigned width)
{
	unsigned used = columns(text);

	kvk_put_text(page, text);
	if (used < width)
		put_blanks(page, width - used);
}

void kvk_put_ink(struct kvk_page *page, enum kvk_ink ink, const char *text)
{
	static const char *const codes[] = {
		[KVK_INK_PLAIN] = "",
		[KVK_INK_GOOD] = "\033[32m",
		[KVK_INK_BAD] = "\033[1;31m",
		[KVK_INK_CARE] = "\033[33m",
		[KVK_INK_STRONG] = "\033[1m",
	};

	if (page->colour && ink != KVK_INK_PLAIN)
		kvk_put(page, "%s%s\033[0m", codes[ink], text);
	else
		kvk_put_text(page, text);
}

void kvk_put_safe(struct kvk_page *page, struct kvk_span text)
{
	if (page->err == KVK_OK)
		page->err = kvk_escape(page->out, text);
}

void kvk_put_distance(struct kvk_page *page, kvk_time at, kvk_time t)
{
	const int64_t days = t >= at ? kvk_time_days(at, t) : kvk_time_days(t, at);

	if (days == 0)
		kvk_put_text(
			page, t >= at ? _("(in less than a day)") : _("(less than a day ago)"));
	else if (t >= at)
		kvk_put(page, kvk_ngettext("(in %lld day)", "(in %lld days)", (unsigned long)days),
			(long long)days);
	else
		kvk_put(page,
			kvk_ngettext("(%lld day ago)", "(%lld days ago)", (unsigned long)days),
			(long long)days);
}

void kvk_put_hex(struct kvk_page *page, struct kvk_span bytes)
{
	if (page->err == KVK_OK)
		page->err = kvk_hex(page->out, bytes, '\0');
}

/* The octets of the word that text begins with, and its columns. */
static size_t word_length(const char *text, unsigned *width)
{
	size_t n = 0;

	for (*width = 0; text[n] != '\0' && text[n] != ' '; n++)
		*width += is_first_octet(text[n]);
	return n;
}

void kvk_put_paragraph(struct kvk_page *page, unsigned indent, const char *label, const char *text)
{
	unsigned column = columns(label);

	kvk_put_padded(page, label, indent);
	if (column < indent)
		column = indent;
	/* A label that fills its column stands on a line of its own. */
	if (indent > 0 && label[0] != '\0' && columns(label) >= indent) {
		kvk_put_text(page, "\n");
		put_blanks(page, indent);
		column = indent;
	}
	kvk_put_flow(page, indent, column, text);
}

void kvk_put_flow(struct kvk_page *page, unsigned indent, unsigned column, const char *text)
{
	/* From pending to end the text is to be shown as it stands, and is appended at once. */
	const char *pending = text, *end = text;
	bool first = true;

	for (; *text != '\0'; first = false) {
		unsigned width;
		const size_t n = word_length(text, &width);

		if (!first && column + 1 + width > KVK_LAYOUT_WIDTH) {
			put_bytes(page, pending, (size_t)(end - pending));
			kvk_put_text(page, "\n");
			put_blanks(page, indent);
			column = indent;
			pending = text;
		} else if (!first) {
			column++;
			/* Of several blanks one is shown. */
			if (text > end + 1) {
				put_bytes(page, pending, (size_t)(end + 1 - pending));
				pending = text;
			}
		}
		column += width;
		end = text + n;
		for (text = end; *text == ' '; text++)
			;
	}
	put_bytes(page, pending, (size_t)(end - pending));
	kvk_put_text(page, "\n");
}
