/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/wrap.h"

#include <uniwidth.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* The octets in which the end of a quotation is looked for. */
#define QUOTATION 4096u

/* Controls, which have no width, were shown as several characters before. */
static unsigned columns_of(uint32_t code_point)
{
	const int width = uc_width(code_point, "UTF-8");

	return width < 0 ? 1 : (unsigned)width;
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

/* The end of what is quoted from here on, after its last quotation mark; NULL: it has none. */
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
			KVK_TRY(kvk_blob_append_format(out, "\n%*s", (int)lines->indent, ""));
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
