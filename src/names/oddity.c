/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/oddity.h"

#include "base/i18n.h"
#include "base/utf8.h"

/* What Windows-1252 shows for the bytes 80 to 9F, which follow the first byte of a letter. */
static const uint32_t windows[] = { 0x20ac, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6,
	0x2030, 0x0160, 0x2039, 0x0152, 0x017d, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
	0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x017e, 0x0178 };

/* Whether a character may be the second byte of a letter, misread. */
static bool may_follow(uint32_t c)
{
	if (c >= 0x80 && c <= 0xbf)
		return true;
	for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++)
		if (windows[i] == c)
			return true;
	return false;
}

/* "Ã" and "Â" begin the letters of Latin-1, "â€" quotation marks and dashes. */
static bool is_misread(uint32_t first, uint32_t second)
{
	if (first == 0xc2 || first == 0xc3)
		return may_follow(second);
	if (first == 0xc4 || first == 0xc5)
		return second >= 0x80 && second <= 0xbf;
	return first == 0xe2 && (second == 0x20ac || second == 0x80);
}

static bool is_combining(uint32_t c)
{
	return c >= 0x0300 && c <= 0x036f;
}

enum kvk_oddity kvk_oddity_of(struct kvk_span text)
{
	uint32_t before = 0, c;

	while (text.n > 0 && kvk_utf8_next(&text, &c)) {
		if (is_combining(c) && before > ' ')
			return KVK_ODDITY_DECOMPOSED;
		if (is_misread(before, c))
			return KVK_ODDITY_MISREAD;
		before = c;
	}
	return KVK_ODDITY_NONE;
}

const char *kvk_oddity_text(enum kvk_oddity oddity)
{
	switch (oddity) {
	case KVK_ODDITY_MISREAD:
		return _("the accented letters look like UTF-8 text that was read as Latin-1");
	case KVK_ODDITY_DECOMPOSED:
		return _("an accent is written as a separate character after its letter, which "
			 "looks right but makes a different name");
	case KVK_ODDITY_NONE:
		break;
	}
	return "";
}
