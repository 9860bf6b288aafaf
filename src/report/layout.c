/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/layout.h"

#include <string.h>

#include "base/text.h"

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
		kvk_put(page, "%s", text);
}

void kvk_put_safe(struct kvk_page *page, struct kvk_span text)
{
	if (page->err == KVK_OK)
		page->err = kvk_escape(page->out, text);
}

void kvk_put_hex(struct kvk_page *page, struct kvk_span bytes)
{
	if (page->err == KVK_OK)
		page->err = kvk_hex(page->out, bytes, '\0');
}

/* Columns of the first n bytes of UTF-8: every byte but those that continue a character. */
static unsigned columns(const char *text, size_t n)
{
	unsigned count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

void kvk_put_paragraph(struct kvk_page *page, unsigned indent, const char *label, const char *text)
{
	unsigned column = columns(label, strlen(label));
	bool first = true;

	kvk_put(page, "%s", label);
	for (; column < indent; column++)
		kvk_put(page, " ");
	while (*text != '\0') {
		size_t n = strcspn(text, " ");
		unsigned width = columns(text, n);

		if (!first && column + 1 + width > KVK_LAYOUT_WIDTH) {
			kvk_put(page, "\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			kvk_put(page, " ");
			column++;
		}
		kvk_put(page, "%.*s", (int)n, text);
		column += width;
		first = false;
		text += n;
		text += strspn(text, " ");
	}
	kvk_put(page, "\n");
}
