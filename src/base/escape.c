/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/escape.h"

#include <string.h>
#include <unictype.h>

#include "base/ascii.h"
#include "base/utf8.h"

/*
 * What has no look of its own or changes that of its neighbours: controls, formats (the
 * bidirectional ones among them), surrogates, private use, unassigned; blanks other than U+0020.
 */
#define HIDDEN_KINDS (UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z)
/* Marks without a width of their own, which are drawn over what precedes them. */
#define MARKS (UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me)
/* The empty Braille pattern counts as a symbol. */
#define BRAILLE_BLANK 0x2800

/* More marks than this on one letter would be drawn over the lines above and below. */
#define MARKS_MAX 4

/* The longest piece: \u{10ffff}. */
#define PIECE_SIZE 12

struct escaper {
	struct kvk_span rest;
	/* Whether a letter precedes, on which a mark may sit, and how many it has. */
	bool letter;
	unsigned marks;
};

/*
 * Whether a code point from U+0080 is shown as a number. Beyond the basic plane only Han characters
 * and pictographs are let through, not scripts of the past and letters of mathematics, which can be
 * taken for others.
 */
static bool is_hidden(uint32_t c)
{
	if (uc_is_general_category_withtable(c, HIDDEN_KINDS) || c == BRAILLE_BLANK ||
		uc_is_property_default_ignorable_code_point(c))
		return true;
	return c > 0xffff && !uc_is_property_unified_ideograph(c) &&
		!uc_is_property_extended_pictographic(c);
}

static bool may_be_shown(struct escaper *e, uint32_t code_point)
{
	if (code_point < 0x80)
		return kvk_is_print((uint8_t)code_point) && code_point != '\\';
	if (is_hidden(code_point))
		return false;
	if (!uc_is_general_category_withtable(code_point, MARKS)) {
		e->marks = 0;
		return true;
	}
	return e->letter && e->marks++ < MARKS_MAX;
}

static size_t put_hex(char *out, uint32_t value, unsigned digits)
{
	for (unsigned i = 0; i < digits; i++)
		out[i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15];
	return digits;
}

static size_t put_byte(char *out, uint8_t byte)
{
	memcpy(out, "\\x", 2);
	return 2 + put_hex(out + 2, byte, 2);
}

static size_t put_code_point(char *out, uint32_t code_point)
{
	size_t n = 3;

	memcpy(out, "\\u{", 3);
	n += put_hex(out + n, code_point, code_point > 0xfffff ? 6 : code_point > 0xffff ? 5 : 4);
	out[n++] = '}';
	return n;
}

/* Takes one character and gives what is shown for it; changed: whether that is another text. */
static size_t next_piece(struct escaper *e, char piece[static PIECE_SIZE], bool *changed)
{
	struct kvk_span before = e->rest;
	uint32_t code_point;
	size_t n;

	*changed = true;
	if (!kvk_utf8_next(&e->rest, &code_point)) {
		n = put_byte(piece, before.p[0]);
	} else if (may_be_shown(e, code_point)) {
		*changed = false;
		n = before.n - e->rest.n;
		memcpy(piece, before.p, n);
	} else if (code_point < 0x80) {
		n = put_byte(piece, (uint8_t)code_point);
	} else {
		n = put_code_point(piece, code_point);
	}
	e->letter = !*changed;
	if (n == 1)
		e->marks = 0;
	return n;
}

/* How many octets from here on are shown as they are and have no bearing on each other. */
static size_t take_plain(struct escaper *e)
{
	size_t n = 0;

	while (n < e->rest.n && kvk_is_print(e->rest.p[n]) && e->rest.p[n] != '\\')
		n++;
	if (n > 0) {
		e->letter = true;
		e->marks = 0;
		e->rest.p += n;
		e->rest.n -= n;
	}
	return n;
}

enum kvk_err kvk_escape(struct kvk_blob *out, struct kvk_span text)
{
	struct escaper e = { .rest = text };
	char piece[PIECE_SIZE];
	size_t before = out->n;
	bool changed;
	enum kvk_err err = KVK_OK;

	while (e.rest.n > 0) {
		struct kvk_span shown = { .p = e.rest.p };

		shown.n = take_plain(&e);
		if (shown.n == 0) {
			shown.p = (const uint8_t *)piece;
			shown.n = next_piece(&e, piece, &changed);
		}
		KVK_TRY(kvk_blob_append(out, shown));
	}
out:
	/* Where something was appended there are bytes. */
	if (err != KVK_OK && out->n > before) {
		out->p[before] = 0;
		out->n = before;
	}
	return err;
}

const char *kvk_escape_to(char *out, size_t size, struct kvk_span text)
{
	static const char dots[] = "...";
	struct escaper e = { .rest = text };
	char piece[PIECE_SIZE];
	size_t n = 0, fits = 0;
	bool changed;

	if (size < sizeof(dots)) {
		if (size)
			out[0] = 0;
		return out;
	}
	/* Nearly every text is plain and short, and is copied at once. */
	if (text.n > 0 && text.n < size && take_plain(&e) == text.n) {
		memcpy(out, text.p, text.n);
		out[text.n] = 0;
		return out;
	}
	e = (struct escaper){ .rest = text };
	while (e.rest.n) {
		size_t more = next_piece(&e, piece, &changed);

		if (more > size - 1 - n) {
			memcpy(out + fits, dots, sizeof(dots));
			return out;
		}
		memcpy(out + n, piece, more);
		n += more;
		if (n + sizeof(dots) <= size)
			fits = n;
	}
	out[n] = 0;
	return out;
}

bool kvk_text_is_risky(struct kvk_span text)
{
	struct escaper e = { .rest = text };
	char piece[PIECE_SIZE];
	bool changed;

	while (e.rest.n) {
		uint8_t first;

		if (take_plain(&e) > 0)
			continue;
		first = e.rest.p[0];
		next_piece(&e, piece, &changed);
		if (changed && first != '\\')
			return true;
	}
	return false;
}

/* Whether text can be used in a shell without quotes. */
static bool is_plain(struct kvk_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < 0x80 && !kvk_is_alnum(text.p[i]) &&
			(text.p[i] == '\0' || strchr("-_./:,+@%=", text.p[i]) == NULL))
			return false;
	return text.n > 0;
}

/* A byte inside of double quotes. Those of kvk_escape() with a backslash stand for themselves, and
 * "!", which some shells expand even there, is put between two pairs of quotes. */
static enum kvk_err append_quoted(struct kvk_blob *out, char c, bool escaped)
{
	if (c == '!')
		return kvk_blob_append_text(out, "\"\\!\"");
	if (c == '"' || c == '$' || c == '`' || (c == '\\' && !escaped))
		return kvk_blob_append_format(out, "\\%c", c);
	return kvk_blob_append_format(out, "%c", c);
}

enum kvk_err kvk_escape_shell(struct kvk_blob *out, struct kvk_span text)
{
	const bool risky = kvk_text_is_risky(text);
	struct kvk_blob escaped = { 0 };
	enum kvk_err err;

	KVK_TRY(risky ? kvk_escape(&escaped, text) : kvk_blob_append(&escaped, text));
	if (is_plain(kvk_span_of_blob(&escaped))) {
		KVK_TRY(kvk_blob_append(out, kvk_span_of_blob(&escaped)));
		goto out;
	}
	KVK_TRY(kvk_blob_append_text(out, "\""));
	for (size_t i = 0; i < escaped.n; i++)
		KVK_TRY(append_quoted(out, (char)escaped.p[i], risky));
	KVK_TRY(kvk_blob_append_text(out, "\""));
out:
	kvk_blob_free(&escaped);
	return err;
}
