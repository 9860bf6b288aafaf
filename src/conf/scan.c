/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "conf/scan.h"

struct scanner {
	struct kvk_span rest;
	const char *name;
	struct kvk_why *why;
	unsigned line;
	unsigned depth;
};

static enum kvk_err refuse(const struct scanner *s, const char *what)
{
	return kvk_explain(s->why, KVK_ERR_CONFIG, "%s:%u: %s", s->name, s->line, what);
}

static uint8_t peek(const struct scanner *s, size_t i)
{
	return i < s->rest.n ? s->rest.p[i] : 0;
}

static void skip(struct scanner *s, size_t n)
{
	for (; n && s->rest.n; n--) {
		if (s->rest.p[0] == '\n')
			s->line++;
		s->rest.p++;
		s->rest.n--;
	}
}

static bool starts_with(struct kvk_span text, const char *word)
{
	size_t n = strlen(word);

	return text.n >= n && memcmp(text.p, word, n) == 0;
}

/* What is wrong with a line on its own, wherever it stands; NULL: nothing. */
static const char *fault_of_line(struct kvk_span line)
{
	if (line.n && memchr(line.p, 0, line.n))
		return _("a NUL byte has no place in a text file");
	if (!kvk_utf8_valid(line))
		return _("this is not UTF-8 text; save the file as UTF-8");
	/* Also within strings and comments: what libconfig takes for the start of a line is its own affair. */
	if (starts_with(kvk_trim(line), "@include"))
		return _("'@include' is not accepted; put all settings in this one file");
	return NULL;
}

static enum kvk_err check_lines(struct scanner s)
{
	while (s.rest.n) {
		struct kvk_span line = s.rest;
		const char *fault;

		line.n = 0;
		while (line.n < s.rest.n && line.p[line.n] != '\n' && line.p[line.n] != '\r')
			line.n++;
		fault = fault_of_line(line);
		if (fault)
			return refuse(&s, fault);
		skip(&s, line.n + 1);
	}
	return KVK_OK;
}

/* "# ..." and "// ..." and "/" "* ... *" "/". */
static enum kvk_err skip_comment(struct scanner *s)
{
	struct scanner start = *s;

	if (peek(s, 0) == '/' && peek(s, 1) == '*') {
		skip(s, 2);
		while (s->rest.n && !(peek(s, 0) == '*' && peek(s, 1) == '/'))
			skip(s, 1);
		if (!s->rest.n)
			return refuse(&start, _("the comment that begins here has no end"));
		skip(s, 2);
		return KVK_OK;
	}
	while (s->rest.n && peek(s, 0) != '\n')
		skip(s, 1);
	return KVK_OK;
}

static enum kvk_err skip_string(struct scanner *s)
{
	struct scanner start = *s;

	for (skip(s, 1); s->rest.n; skip(s, 1)) {
		if (peek(s, 0) == '"') {
			skip(s, 1);
			return KVK_OK;
		}
		if (peek(s, 0) != '\\')
			continue;
		if (starts_with(s->rest, "\\x00") || starts_with(s->rest, "\\X00"))
			return refuse(s, _("'\\x00' has no place in a text"));
		skip(s, 1);
	}
	return refuse(&start, _("the text that begins here with a quote has no closing quote"));
}

/* Signed decimal numbers; hexadecimal ones and fractions are libconfig's affair. */
static enum kvk_err skip_number(struct scanner *s)
{
	size_t digits = 0;
	bool zero = peek(s, 0) == '0';

	while (kvk_is_digit(peek(s, digits)))
		digits++;
	if (zero && digits > 1)
		return refuse(s, _("a number must not begin with 0, which would make it another number; "
			"put digits that are a name, such as a KVK number or OIN, in quotes"));
	if (digits > 18)
		return refuse(s, _("the number is too large; put digits that are a name, such as an OIN, in quotes"));
	skip(s, digits);
	while (kvk_is_alnum(peek(s, 0)) || peek(s, 0) == '.')
		skip(s, 1);
	return KVK_OK;
}

static bool is_name(uint8_t c)
{
	return kvk_is_alnum(c) || c == '-' || c == '_' || c == '*';
}

static enum kvk_err skip_token(struct scanner *s)
{
	uint8_t c = peek(s, 0);

	if (c == '#' || (c == '/' && (peek(s, 1) == '/' || peek(s, 1) == '*')))
		return skip_comment(s);
	if (c == '"')
		return skip_string(s);
	if (kvk_is_digit(c))
		return skip_number(s);
	if (kvk_is_alpha(c) || c == '*') {
		while (is_name(peek(s, 0)))
			skip(s, 1);
		return KVK_OK;
	}
	if (c == '{' || c == '(' || c == '[')
		s->depth++;
	if ((c == '}' || c == ')' || c == ']') && s->depth)
		s->depth--;
	if (s->depth > KVK_LIMIT_CONF_DEPTH)
		return refuse(s, _("groups and lists are nested too deeply"));
	skip(s, 1);
	return KVK_OK;
}

enum kvk_err kvk_conf_scan(struct kvk_span text, const char *name, struct kvk_why *why)
{
	struct scanner s = { .rest = text, .name = name, .why = why, .line = 1 };
	enum kvk_err err = check_lines(s);

	while (!err && s.rest.n)
		err = skip_token(&s);
	return err;
}
