/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/dotted.h"

#include <string.h>

#include "base/ascii.h"

/* The longest name for which it is said how it is written. */
#define NAME_MAX_SIZE 60

static struct kvk_span find_line(struct kvk_span text, unsigned line)
{
	const uint8_t *end;

	for (; line > 1 && text.n > 0; text = kvk_span_from(text, 1))
		line -= text.p[0] == '\n';
	end = text.n > 0 ? memchr(text.p, '\n', text.n) : NULL;
	if (end != NULL)
		text.n = (size_t)(end - text.p);
	return text;
}

static bool is_word(uint8_t c)
{
	return kvk_is_alnum(c) || (c != '\0' && strchr("_*.+-", c) != NULL);
}

/* Whether a word that is followed by the rest is the name of a setting, with dots. */
static bool is_dotted(struct kvk_span word, struct kvk_span rest)
{
	while (rest.n > 0 && (rest.p[0] == ' ' || rest.p[0] == '\t'))
		rest = kvk_span_from(rest, 1);
	return word.n <= NAME_MAX_SIZE && kvk_is_alpha(word.p[0]) &&
		memchr(word.p, '.', word.n) != NULL && word.p[word.n - 1] != '.' && rest.n > 0 &&
		(rest.p[0] == '=' || rest.p[0] == ':');
}

static bool is_comment(struct kvk_span text)
{
	return text.p[0] == '#' ||
		(text.n > 1 && text.p[0] == '/' && (text.p[1] == '/' || text.p[1] == '*'));
}

/* The octets of a comment, a text in quotes, a word, or one. */
static size_t length(struct kvk_span line)
{
	size_t n = 0;

	if (line.n > 1 && line.p[0] == '/' && line.p[1] == '*') {
		const uint8_t *end = kvk_span_find(kvk_span_from(line, 2), "*/");

		return end != NULL ? (size_t)(end - line.p) + 2 : line.n;
	}
	if (is_comment(line))
		return line.n;
	if (line.p[0] == '"') {
		for (n = 1; n < line.n && line.p[n] != '"'; n++)
			n += line.p[n] == '\\';
		return n < line.n ? n + 1 : line.n;
	}
	while (n < line.n && is_word(line.p[n]))
		n++;
	return n > 0 ? n : 1;
}

bool kvk_dotted_find(struct kvk_span text, unsigned line, struct kvk_span *name)
{
	struct kvk_span rest = find_line(text, line);
	/* What is before the token. The name of a setting begins a line, a group or a setting. */
	uint8_t before = ';';

	while (rest.n > 0) {
		const size_t n = length(rest);

		*name = (struct kvk_span){ rest.p, n };
		if (strchr("{};,", before) != NULL && is_word(rest.p[0]) &&
			is_dotted(*name, kvk_span_from(rest, n)))
			return true;
		if (!is_comment(rest) && !kvk_is_space(rest.p[0]))
			before = rest.p[n - 1];
		rest = kvk_span_from(rest, n);
	}
	return false;
}

enum kvk_err kvk_dotted_append_form(struct kvk_blob *out, struct kvk_span name)
{
	unsigned depth = 0;
	enum kvk_err err;

	for (const uint8_t *dot; (dot = memchr(name.p, '.', name.n)) != NULL; depth++) {
		const size_t n = (size_t)(dot - name.p);

		KVK_TRY(kvk_blob_append_format(out, "%.*s: { ", (int)n, (const char *)name.p));
		name = kvk_span_from(name, n + 1);
	}
	KVK_TRY(kvk_blob_append_format(out, "%.*s = ...;", (int)name.n, (const char *)name.p));
	for (; depth > 0; depth--)
		KVK_TRY(kvk_blob_append_text(out, " };"));
out:
	return err;
}
