/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/pem.h"

#include <string.h>

#include "base/ascii.h"
#include "base/encode.h"

#define BEGIN_MARK "-----BEGIN "
#define END_MARK "-----END "
#define DASHES "-----"

/* Where a mark, which begins with a dash, is in span, or NULL: base64 has no dashes. */
static const uint8_t *find(struct kvk_span span, const char *mark)
{
	const uint8_t *p;

	while (span.n > 0 && (p = memchr(span.p, '-', span.n)) != NULL) {
		span = kvk_span_at(span, p);
		if (kvk_span_starts(span, mark))
			return p;
		span = kvk_span_at(span, p + 1);
	}
	return NULL;
}

static bool is_line_end(uint8_t c)
{
	return c == '\n' || c == '\r';
}

/* The rest of the line that begins (or goes on) at the start of text, without its end. */
static struct kvk_span line_of(struct kvk_span text)
{
	size_t n = 0;

	while (n < text.n && !is_line_end(text.p[n]))
		n++;
	return (struct kvk_span){ text.p, n };
}

/* How many lines end between two places; CR LF is one end. */
static unsigned count_lines(const uint8_t *a, const uint8_t *b, const uint8_t *end)
{
	unsigned n = 0;

	/* nearly all files have line feeds alone, which are found faster than they are walked to */
	if (a < b && memchr(a, '\r', (size_t)(b - a)) == NULL) {
		for (; a < b && (a = memchr(a, '\n', (size_t)(b - a))) != NULL; a++)
			n++;
		return n;
	}
	for (; a < b; a++)
		n += *a == '\n' || (*a == '\r' && (a + 1 == end || a[1] != '\n'));
	return n;
}

/*
 * The words between a mark at p and the five dashes after them on the same line. It looks no
 * further than these dashes, because there may be a mark every few bytes of a long line.
 */
static bool read_label(struct kvk_span text, size_t mark, struct kvk_span *label)
{
	const size_t dashes = strlen(DASHES);
	size_t n;

	*label = (struct kvk_span){ text.p, 0 };
	for (n = 0; n < mark; n++)
		if (n == text.n || text.p[n] == '\n' || text.p[n] == '\r')
			return false;
	label->p += mark;
	for (; n < text.n && text.p[n] != '\n' && text.p[n] != '\r'; n++, label->n++)
		if (text.n - n >= dashes && memcmp(text.p + n, DASHES, dashes) == 0)
			return true;
	return false;
}

/* The first BEGIN line that is whole. */
static bool find_begin(struct kvk_span *text, struct kvk_span *label)
{
	const uint8_t *p;

	while ((p = find(*text, BEGIN_MARK)) != NULL) {
		*text = kvk_span_at(*text, p);
		if (read_label(*text, strlen(BEGIN_MARK), label))
			return true;
		*text = kvk_span_at(*text, p + strlen(BEGIN_MARK));
	}
	return false;
}

/* The first mark of either kind in text, or NULL. */
static const uint8_t *find_mark(struct kvk_span text, bool *is_end)
{
	const uint8_t *p;

	while ((p = find(text, DASHES)) != NULL) {
		text = kvk_span_at(text, p);
		*is_end = kvk_span_starts(text, END_MARK);
		if (*is_end || kvk_span_starts(text, BEGIN_MARK))
			return p;
		text = kvk_span_at(text, p + 1);
	}
	*is_end = false;
	return NULL;
}

/* Passes over the white space at the end of a BEGIN or END line that Java takes for such. */
static struct kvk_span skip_odd(struct kvk_span text, bool *odd)
{
	size_t n = 0;
	bool any = false;

	while (n < text.n && !is_line_end(text.p[n]) &&
		(kvk_is_space(text.p[n]) || kvk_pem_is_odd(text.p[n])))
		any |= kvk_pem_is_odd(text.p[n++]);
	if (!any || (n < text.n && !is_line_end(text.p[n])))
		return text;
	*odd = true;
	return kvk_span_at(text, text.p + n);
}

/* From the text after the BEGIN line: the body, what follows the block, and how it ended. */
static void find_end(struct kvk_span text, struct kvk_pem_block *out, struct kvk_span *rest)
{
	const uint8_t *mark = find_mark(text, &out->has_end);
	struct kvk_span label;

	out->body = (struct kvk_span){ text.p, mark != NULL ? (size_t)(mark - text.p) : text.n };
	*rest = kvk_span_at(text, text.p + out->body.n);
	if (!out->has_end)
		return;
	if (read_label(*rest, strlen(END_MARK), &label))
		*rest = kvk_span_at(*rest, label.p + label.n + strlen(DASHES));
	else
		*rest = kvk_span_at(*rest, label.p + label.n);
	*rest = skip_odd(*rest, &out->odd);
	out->end_label_differs = !kvk_span_equal(label, out->label);
}

bool kvk_pem_next(
	struct kvk_span whole, struct kvk_span *rest, unsigned *line, struct kvk_pem_block *out)
{
	const uint8_t *const end = whole.p + whole.n;
	struct kvk_span text = *rest;

	memset(out, 0, sizeof(*out));
	if (!find_begin(&text, &out->label))
		return false;
	out->offset = (size_t)(text.p - whole.p);
	out->indented = out->offset > 0 && text.p[-1] != '\n' && text.p[-1] != '\r';
	out->line = *line + count_lines(rest->p, text.p, end);
	text = kvk_span_at(text, out->label.p + out->label.n + strlen(DASHES));
	text = skip_odd(text, &out->odd);
	find_end(text, out, rest);
	*line = out->line + count_lines(text.p, rest->p, end);
	return true;
}

/* Headers of RFC 1421 ("Proc-Type: 4,ENCRYPTED") end at the first empty line. */
static struct kvk_span skip_headers(struct kvk_span body)
{
	struct kvk_span text = body;
	struct kvk_span line;

	while (text.n > 0 && kvk_is_space(text.p[0]))
		text = kvk_span_at(text, text.p + 1);
	line = line_of(text);
	if (line.n == 0 || memchr(line.p, ':', line.n) == NULL)
		return body;
	while (text.n > 0) {
		line = line_of(text);
		text = kvk_span_at(text, line.p + line.n);
		if (kvk_trim(line).n == 0)
			return text;
		if (text.n > 1 && text.p[0] == '\r' && text.p[1] == '\n')
			text = kvk_span_at(text, text.p + 1);
		if (text.n > 0)
			text = kvk_span_at(text, text.p + 1);
	}
	return body;
}

enum kvk_err kvk_pem_decode(const struct kvk_pem_block *block, struct kvk_blob *out)
{
	enum kvk_err err = kvk_unbase64(skip_headers(block->body), out);

	return err == KVK_ERR_ARGUMENT ? KVK_ERR_PEM : err;
}

enum kvk_err kvk_pem_write(struct kvk_blob *out, const char *label, struct kvk_span der)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(out, "-----BEGIN %s-----\n", label));
	KVK_TRY(kvk_base64(out, der, 64));
	KVK_TRY(kvk_blob_append_format(out, "-----END %s-----\n", label));
out:
	return err;
}
