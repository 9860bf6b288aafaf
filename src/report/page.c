/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/page.h"

#include "base/encode.h"
#include "base/escape.h"
#include "base/when.h"
#include "base/wrap.h"

unsigned kvk_page_width(const struct kvk_page *page)
{
	return page->paper.width > 0 ? page->paper.width : KVK_PAGE_WIDTH;
}

unsigned kvk_page_text_width(const struct kvk_page *page)
{
	const unsigned width = kvk_page_width(page);

	return width < KVK_PAGE_TEXT_WIDTH ? width : KVK_PAGE_TEXT_WIDTH;
}

void kvk_page_append_text(struct kvk_page *page, const char *text)
{
	KVK_PAGE_TRY(page, kvk_blob_append_text(page->out, text));
}

void kvk_page_append_blanks(struct kvk_page *page, unsigned n)
{
	kvk_page_append(page, "%*s", (int)n, "");
}

void kvk_page_append_padded(struct kvk_page *page, const char *text, unsigned width)
{
	const unsigned used = kvk_wrap_columns(kvk_span_of(text));

	kvk_page_append_text(page, text);
	if (used < width)
		kvk_page_append_blanks(page, width - used);
}

void kvk_page_append_ink(struct kvk_page *page, enum kvk_ink ink, const char *text)
{
	static const char *const codes[] = {
		[KVK_INK_PLAIN] = "",
		[KVK_INK_GOOD] = "\033[32m",
		[KVK_INK_BAD] = "\033[1;31m",
		[KVK_INK_CARE] = "\033[33m",
		[KVK_INK_STRONG] = "\033[1m",
	};

	if (page->paper.colour && ink != KVK_INK_PLAIN)
		kvk_page_append(page, "%s%s\033[0m", codes[ink], text);
	else
		kvk_page_append_text(page, text);
}

void kvk_page_append_escaped(struct kvk_page *page, struct kvk_span text)
{
	KVK_PAGE_TRY(page, kvk_escape(page->out, text));
}

/* A time as text, and how far it is from another. */
static void append_distance(struct kvk_page *page, kvk_time at, kvk_time t, const char *text)
{
	const int64_t days = t >= at ? kvk_time_days(at, t) : kvk_time_days(t, at);

	if (days == 0 && t >= at)
		kvk_page_append(page, _("%s (in less than a day)"), text);
	else if (days == 0)
		kvk_page_append(page, _("%s (less than a day ago)"), text);
	else if (t >= at)
		kvk_page_append(page,
			kvk_ngettext("%s (in %lld day)", "%s (in %lld days)", (unsigned long)days),
			text, (long long)days);
	else
		kvk_page_append(page,
			kvk_ngettext(
				"%s (%lld day ago)", "%s (%lld days ago)", (unsigned long)days),
			text, (long long)days);
}

void kvk_page_append_time(struct kvk_page *page, kvk_time at, kvk_time t)
{
	char text[KVK_TIME_TEXT_SIZE];

	append_distance(page, at, t, kvk_time_text(t, text));
}

void kvk_page_append_day(struct kvk_page *page, kvk_time at, kvk_time t)
{
	char text[KVK_WHEN_SIZE];

	append_distance(page, at, t, kvk_when_day(t, text));
}

void kvk_page_append_hex(struct kvk_page *page, struct kvk_span bytes)
{
	KVK_PAGE_TRY(page, kvk_hex(page->out, bytes, '\0'));
}

void kvk_page_append_flow(struct kvk_page *page, unsigned indent, unsigned column, const char *text)
{
	const struct kvk_wrap lines = { column, indent, kvk_page_text_width(page) };

	KVK_PAGE_TRY(page, kvk_wrap(page->out, &lines, text));
	kvk_page_append_text(page, "\n");
}

void kvk_page_append_paragraph(struct kvk_page *page, unsigned indent, const char *text)
{
	kvk_page_append_blanks(page, indent);
	kvk_page_append_flow(page, indent, indent, text);
}
