/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/dotted.h"

#include <string.h>

#include "base/ascii.h"

/* The longest name for which it is said how it is written. */
#define NAME_MAX_SIZE 60

static struct kvk_span without_first(struct kvk_span text, size_t n)
{
	return (struct kvk_span){ text.p + n, text.n - n };
}

static struct kvk_span find_line(struct kvk_span text, unsigned line)
{
	const uint8_t *end;

	for (; line > 1 && text.n > 0; text = without_first(text, 1))
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
		rest = without_first(rest, 1);
	return word.n <= NAME_MAX_SIZE && kvk_is_alpha(word.p[0]) &&
		memchr(word.p, '.', word.n) != NULL && word.p[word.n - 1] != '.' && rest.n > 0 &&
		(rest.p[0] == '=' || rest.p[0] == ':');
}

bool kvk_dotted_find(struct kvk_span text, unsigned line, struct kvk_span *name)
{
	struct kvk_span rest = find_line(text, line);
	bool quoted = false;

	while (rest.n > 0) {
		size_t n = 0;

		while (!quoted && n < rest.n && is_word(rest.p[n]))
			n++;
		*name = (struct kvk_span){ rest.p, n };
		if (n > 0 && is_dotted(*name, without_first(rest, n)))
			return true;
		quoted ^= rest.p[0] == '"';
		rest = without_first(rest, n > 0 ? n : 1);
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
		name = without_first(name, n + 1);
	}
	KVK_TRY(kvk_blob_append_format(out, "%.*s = ...;", (int)name.n, (const char *)name.p));
	for (; depth > 0; depth--)
		KVK_TRY(kvk_blob_append_text(out, " };"));
out:
	return err;
}
