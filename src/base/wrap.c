/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/wrap.h"

#include "base/ascii.h"
#include "base/escape.h"
#include "base/utf8.h"

/* The octets in which the end of a quotation is looked for. */
#define QUOTATION 4096u

/* The wide characters (W and F of Unicode 14), with the unassigned ones among them. */
static const struct {
	uint32_t first, last;
} wide[] = {
	{ 0x1100, 0x115f }, /* Hangul Jamo */
	{ 0x231a, 0x231b }, /* watch, hourglass */
	{ 0x2e80, 0x303e }, /* CJK radicals and punctuation */
	{ 0x3041, 0xa4cf }, /* kana, CJK, Yi */
	{ 0xa960, 0xa97c }, /* Hangul Jamo */
	{ 0xac00, 0xd7a3 }, /* Hangul */
	{ 0xf900, 0xfaff }, /* CJK compatibility */
	{ 0xfe10, 0xfe19 }, /* vertical forms */
	{ 0xfe30, 0xfe6b }, /* CJK compatibility forms, small forms */
	{ 0xff01, 0xff60 }, /* full-width forms */
	{ 0xffe0, 0xffe6 }, /* full-width signs */
	{ 0x16fe0, 0x18cff }, /* Tangut, Khitan */
	{ 0x1b000, 0x1b2ff }, /* kana, Nushu */
	{ 0x1f300, 0x1f64f }, /* emoji */
	{ 0x1f680, 0x1f6ff }, /* emoji */
	{ 0x1f900, 0x1f9ff }, /* emoji */
	{ 0x20000, 0x3fffd }, /* CJK extensions */
};

static unsigned columns_of(uint32_t code_point)
{
	if (code_point < wide[0].first)
		return !kvk_is_mark(code_point);
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (code_point >= wide[i].first && code_point <= wide[i].last)
			return kvk_is_mark(code_point) ? 0 : 2;
	return !kvk_is_mark(code_point);
}

unsigned kvk_wrap_columns(struct kvk_span text)
{
	uint32_t code_point;
	unsigned columns = 0;

	while (text.n > 0) {
		if (text.p[0] < 0x80) {
			text.p++;
			text.n--;
			columns++;
		} else {
			columns += kvk_utf8_next(&text, &code_point) ? columns_of(code_point) : 1;
		}
	}
	return columns;
}

static enum kvk_err append(struct kvk_blob *out, const char *from, const char *to)
{
	return kvk_blob_append(
		out, (struct kvk_span){ (const uint8_t *)from, (size_t)(to - from) });
}

/* The end of what is quoted from here on: behind its last quotation mark; NULL where it has none.
 */
static const char *quotation_end(const char *text)
{
	for (size_t i = 1; i < QUOTATION && text[i] != '\0'; i++)
		if (text[i] == '\'' && !kvk_is_alnum((uint8_t)text[i + 1]))
			return text + i + 1;
	return NULL;
}

/* Whether a quotation is a path, or a command of this program. */
static bool is_copied(const char *quotation)
{
	return quotation[0] == '/' ||
		strncmp(quotation, PACKAGE_NAME " ", sizeof PACKAGE_NAME) == 0;
}

/* The word at the start of a text, which is not empty. */
static struct kvk_span next_word(const char *text, unsigned room)
{
	struct kvk_span word = { (const uint8_t *)text, strcspn(text, " ") };
	const char *quoted = text + (text[0] == '(');
	const char *end = quoted[0] == '\'' ? quotation_end(quoted) : NULL;
	struct kvk_span whole;

	if (end == NULL)
		return word;
	whole = (struct kvk_span){ word.p, (size_t)(end - text) + strcspn(end, " ") };
	return is_copied(quoted + 1) || kvk_wrap_columns(whole) <= room ? whole : word;
}

enum kvk_err kvk_wrap(struct kvk_blob *out, const struct kvk_wrap *lines, const char *text)
{
	/* From pending to end the text is to be shown as it stands, and is appended at once. */
	const char *pending = text, *end = text;
	const unsigned room = lines->width > lines->indent ? lines->width - lines->indent : 0;
	unsigned column = lines->column;
	enum kvk_err err;

	for (bool first = true; *text != '\0'; first = false) {
		const struct kvk_span word = next_word(text, room);
		const unsigned columns = kvk_wrap_columns(word);

		if (!first && column + 1 + columns > lines->width) {
			KVK_TRY(append(out, pending, end));
			KVK_TRY(kvk_blob_format(out, "\n%*s", (int)lines->indent, ""));
			column = lines->indent;
			pending = text;
		} else if (!first) {
			column++;
			if (text > end + 1) {
				KVK_TRY(append(out, pending, end + 1));
				pending = text;
			}
		}
		column += columns;
		end = text + word.n;
		text = end + strspn(end, " ");
	}
	err = append(out, pending, end);
out:
	return err;
}

enum kvk_err kvk_wrap_lines(struct kvk_blob *out, unsigned width, const char *text)
{
	const struct kvk_wrap lines = { 0, 0, width };
	struct kvk_blob line = { 0 };
	enum kvk_err err = KVK_OK;

	while (*text != '\0') {
		const size_t n = strcspn(text, "\n");

		kvk_blob_clear(&line);
		KVK_TRY(append(&line, text, text + n));
		if (text[0] == ' ')
			KVK_TRY(append(out, text, text + n));
		else if (n > 0)
			KVK_TRY(kvk_wrap(out, &lines, kvk_blob_str(&line)));
		text += n;
		if (*text == '\n') {
			KVK_TRY(append(out, text, text + 1));
			text++;
		}
	}
out:
	kvk_blob_free(&line);
	return err;
}
