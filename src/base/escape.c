/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/escape.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

/*
 * Code points from U+0080 that are shown as numbers: what is invisible, what changes the direction
 * or the look of its neighbours, what looks like a blank and is none, and what has no meaning of
 * its own. Beyond the basic plane only Han characters and pictographs are let through; scripts of
 * the past are shown as numbers too.
 */
static const struct range hidden[] = {
	{ 0x0080, 0x00a0 }, /* C1 controls, no-break space */
	{ 0x00ad, 0x00ad }, /* soft hyphen */
	{ 0x034f, 0x034f }, /* combining grapheme joiner */
	{ 0x0600, 0x0605 }, /* Arabic number signs, which enclose what follows */
	{ 0x061c, 0x061c }, /* Arabic letter mark */
	{ 0x06dd, 0x06dd }, { 0x070f, 0x070f }, { 0x0890, 0x0891 }, { 0x08e2, 0x08e2 },
	{ 0x0e5c, 0x0e80 }, /* unassigned */
	{ 0x0ee0, 0x0eff }, /* unassigned */
	{ 0x0fdb, 0x0fff }, /* unassigned */
	{ 0x115f, 0x1160 }, /* Hangul fillers */
	{ 0x1680, 0x1680 }, /* Ogham space */
	{ 0x17b4, 0x17b5 }, /* Khmer inherent vowels */
	{ 0x180b, 0x180f }, /* Mongolian selectors and separator */
	{ 0x2000, 0x200f }, /* spaces, zero width, direction marks */
	{ 0x2028, 0x202f }, /* line and paragraph separators, embeddings, narrow space */
	{ 0x205f, 0x206f }, /* mathematical space, invisible operators, isolates */
	{ 0x2427, 0x243f }, /* unassigned */
	{ 0x244b, 0x245f }, /* unassigned */
	{ 0x2800, 0x2800 }, /* the empty Braille pattern */
	{ 0x2fd6, 0x2fff }, /* unassigned, ideographic description */
	{ 0x3000, 0x3000 }, /* ideographic space */
	{ 0x3164, 0x3164 }, /* Hangul filler */
	{ 0xd800, 0xf8ff }, /* surrogates, private use */
	{ 0xfada, 0xfaff }, /* unassigned */
	{ 0xfdd0, 0xfdef }, /* noncharacters */
	{ 0xfe00, 0xfe0f }, /* variation selectors */
	{ 0xfeff, 0xfeff }, /* byte order mark */
	{ 0xffa0, 0xffa0 }, /* half-width Hangul filler */
	{ 0xffef, 0xfffb }, /* unassigned, interlinear annotation */
	{ 0xfffe, 0x1f2ff }, { 0x1f3fb, 0x1f3ff }, /* skin tones, which change what stands before */
	{ 0x1fb00, 0x1ffff }, { 0x2a6e0, 0x2a6ff }, /* unassigned */
	{ 0x2ebe1, 0x2f7ff }, /* unassigned */
	{ 0x2fa1e, 0x2ffff }, /* unassigned, noncharacters */
	{ 0x3134b, 0x10ffff }, /* unassigned, tags, variation selectors, private use */
};

/* Marks without a width of their own (Mn and Me of Unicode 14, basic plane), which are drawn over
 * what stands before. */
static const struct range marks[] = { { 0x0300, 0x034e }, { 0x0350, 0x036f }, { 0x0483, 0x0489 },
	{ 0x0591, 0x05bd }, { 0x05bf, 0x05bf }, { 0x05c1, 0x05c2 }, { 0x05c4, 0x05c5 },
	{ 0x05c7, 0x05c7 }, { 0x0610, 0x061a }, { 0x064b, 0x065f }, { 0x0670, 0x0670 },
	{ 0x06d6, 0x06dc }, { 0x06df, 0x06e4 }, { 0x06e7, 0x06e8 }, { 0x06ea, 0x06ed },
	{ 0x0711, 0x0711 }, { 0x0730, 0x074a }, { 0x07a6, 0x07b0 }, { 0x07eb, 0x07f3 },
	{ 0x07fd, 0x07fd }, { 0x0816, 0x0819 }, { 0x081b, 0x0823 }, { 0x0825, 0x0827 },
	{ 0x0829, 0x082d }, { 0x0859, 0x085b }, { 0x0898, 0x089f }, { 0x08ca, 0x08e1 },
	{ 0x08e3, 0x0902 }, { 0x093a, 0x093a }, { 0x093c, 0x093c }, { 0x0941, 0x0948 },
	{ 0x094d, 0x094d }, { 0x0951, 0x0957 }, { 0x0962, 0x0963 }, { 0x0981, 0x0981 },
	{ 0x09bc, 0x09bc }, { 0x09c1, 0x09c4 }, { 0x09cd, 0x09cd }, { 0x09e2, 0x09e3 },
	{ 0x09fe, 0x0a02 }, { 0x0a3c, 0x0a3c }, { 0x0a41, 0x0a51 }, { 0x0a70, 0x0a71 },
	{ 0x0a75, 0x0a75 }, { 0x0a81, 0x0a82 }, { 0x0abc, 0x0abc }, { 0x0ac1, 0x0ac8 },
	{ 0x0acd, 0x0acd }, { 0x0ae2, 0x0ae3 }, { 0x0afa, 0x0b01 }, { 0x0b3c, 0x0b3c },
	{ 0x0b3f, 0x0b3f }, { 0x0b41, 0x0b44 }, { 0x0b4d, 0x0b56 }, { 0x0b62, 0x0b63 },
	{ 0x0b82, 0x0b82 }, { 0x0bc0, 0x0bc0 }, { 0x0bcd, 0x0bcd }, { 0x0c00, 0x0c00 },
	{ 0x0c04, 0x0c04 }, { 0x0c3c, 0x0c3c }, { 0x0c3e, 0x0c40 }, { 0x0c46, 0x0c56 },
	{ 0x0c62, 0x0c63 }, { 0x0c81, 0x0c81 }, { 0x0cbc, 0x0cbc }, { 0x0cbf, 0x0cbf },
	{ 0x0cc6, 0x0cc6 }, { 0x0ccc, 0x0ccd }, { 0x0ce2, 0x0ce3 }, { 0x0d00, 0x0d01 },
	{ 0x0d3b, 0x0d3c }, { 0x0d41, 0x0d44 }, { 0x0d4d, 0x0d4d }, { 0x0d62, 0x0d63 },
	{ 0x0d81, 0x0d81 }, { 0x0dca, 0x0dca }, { 0x0dd2, 0x0dd6 }, { 0x0e31, 0x0e31 },
	{ 0x0e34, 0x0e3a }, { 0x0e47, 0x0e4e }, { 0x0eb1, 0x0eb1 }, { 0x0eb4, 0x0ebc },
	{ 0x0ec8, 0x0ecd }, { 0x0f18, 0x0f19 }, { 0x0f35, 0x0f35 }, { 0x0f37, 0x0f37 },
	{ 0x0f39, 0x0f39 }, { 0x0f71, 0x0f7e }, { 0x0f80, 0x0f84 }, { 0x0f86, 0x0f87 },
	{ 0x0f8d, 0x0fbc }, { 0x0fc6, 0x0fc6 }, { 0x102d, 0x1030 }, { 0x1032, 0x1037 },
	{ 0x1039, 0x103a }, { 0x103d, 0x103e }, { 0x1058, 0x1059 }, { 0x105e, 0x1060 },
	{ 0x1071, 0x1074 }, { 0x1082, 0x1082 }, { 0x1085, 0x1086 }, { 0x108d, 0x108d },
	{ 0x109d, 0x109d }, { 0x135d, 0x135f }, { 0x1712, 0x1714 }, { 0x1732, 0x1733 },
	{ 0x1752, 0x1753 }, { 0x1772, 0x1773 }, { 0x17b7, 0x17bd }, { 0x17c6, 0x17c6 },
	{ 0x17c9, 0x17d3 }, { 0x17dd, 0x17dd }, { 0x1885, 0x1886 }, { 0x18a9, 0x18a9 },
	{ 0x1920, 0x1922 }, { 0x1927, 0x1928 }, { 0x1932, 0x1932 }, { 0x1939, 0x193b },
	{ 0x1a17, 0x1a18 }, { 0x1a1b, 0x1a1b }, { 0x1a56, 0x1a56 }, { 0x1a58, 0x1a60 },
	{ 0x1a62, 0x1a62 }, { 0x1a65, 0x1a6c }, { 0x1a73, 0x1a7f }, { 0x1ab0, 0x1b03 },
	{ 0x1b34, 0x1b34 }, { 0x1b36, 0x1b3a }, { 0x1b3c, 0x1b3c }, { 0x1b42, 0x1b42 },
	{ 0x1b6b, 0x1b73 }, { 0x1b80, 0x1b81 }, { 0x1ba2, 0x1ba5 }, { 0x1ba8, 0x1ba9 },
	{ 0x1bab, 0x1bad }, { 0x1be6, 0x1be6 }, { 0x1be8, 0x1be9 }, { 0x1bed, 0x1bed },
	{ 0x1bef, 0x1bf1 }, { 0x1c2c, 0x1c33 }, { 0x1c36, 0x1c37 }, { 0x1cd0, 0x1cd2 },
	{ 0x1cd4, 0x1ce0 }, { 0x1ce2, 0x1ce8 }, { 0x1ced, 0x1ced }, { 0x1cf4, 0x1cf4 },
	{ 0x1cf8, 0x1cf9 }, { 0x1dc0, 0x1dff }, { 0x20d0, 0x20f0 }, { 0x2cef, 0x2cf1 },
	{ 0x2d7f, 0x2d7f }, { 0x2de0, 0x2dff }, { 0x302a, 0x302d }, { 0x3099, 0x309a },
	{ 0xa66f, 0xa672 }, { 0xa674, 0xa67d }, { 0xa69e, 0xa69f }, { 0xa6f0, 0xa6f1 },
	{ 0xa802, 0xa802 }, { 0xa806, 0xa806 }, { 0xa80b, 0xa80b }, { 0xa825, 0xa826 },
	{ 0xa82c, 0xa82c }, { 0xa8c4, 0xa8c5 }, { 0xa8e0, 0xa8f1 }, { 0xa8ff, 0xa8ff },
	{ 0xa926, 0xa92d }, { 0xa947, 0xa951 }, { 0xa980, 0xa982 }, { 0xa9b3, 0xa9b3 },
	{ 0xa9b6, 0xa9b9 }, { 0xa9bc, 0xa9bd }, { 0xa9e5, 0xa9e5 }, { 0xaa29, 0xaa2e },
	{ 0xaa31, 0xaa32 }, { 0xaa35, 0xaa36 }, { 0xaa43, 0xaa43 }, { 0xaa4c, 0xaa4c },
	{ 0xaa7c, 0xaa7c }, { 0xaab0, 0xaab0 }, { 0xaab2, 0xaab4 }, { 0xaab7, 0xaab8 },
	{ 0xaabe, 0xaabf }, { 0xaac1, 0xaac1 }, { 0xaaec, 0xaaed }, { 0xaaf6, 0xaaf6 },
	{ 0xabe5, 0xabe5 }, { 0xabe8, 0xabe8 }, { 0xabed, 0xabed }, { 0xfb1e, 0xfb1e },
	{ 0xfe20, 0xfe2f } };

/* More marks than this on one letter would be drawn over the lines above and below. */
#define MARKS_MAX 4

/* The longest piece: \u{10ffff}. */
#define PIECE_SIZE 12

struct escaper {
	struct kvk_span rest;
	/* Whether a letter stands before on which a mark may sit, and how many it has. */
	bool letter;
	unsigned marks;
};

static bool in_table(const struct range *table, size_t n, uint32_t code_point)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code_point < table[middle].first)
			high = middle;
		else if (code_point > table[middle].last)
			low = middle + 1;
		else
			return true;
	}
	return false;
}

bool kvk_is_mark(uint32_t code_point)
{
	return in_table(marks, sizeof(marks) / sizeof(marks[0]), code_point);
}

static bool may_be_shown(struct escaper *e, uint32_t code_point)
{
	if (code_point < 0x80)
		return kvk_is_print((uint8_t)code_point) && code_point != '\\';
	if (in_table(hidden, sizeof(hidden) / sizeof(hidden[0]), code_point))
		return false;
	if (!kvk_is_mark(code_point)) {
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
