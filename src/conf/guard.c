/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/guard.h"

#include <string.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"

#define DIGITS "0123456789"
#define WORD DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_*.+-"

struct guard {
	const char *text, *file;
	struct kvk_error *why;
	/* The last name, open brackets (first none) and last byte, without blanks and comments. */
	const char *name, *open[KVK_LIMIT_CONF_DEPTH + 1];
	unsigned depth;
	char last;
};

static enum kvk_err refuse(const struct guard *g, const char *at, const char *what)
{
	const int n = (int)strspn(g->name, WORD);
	unsigned line = 1;

	for (const char *p = g->text; p < at; p++)
		line += *p == '\n';
	if (n == 0)
		return kvk_error_set(g->why, KVK_ERR_CONFIG, "%s:%u: %s", g->file, line, what);
	return kvk_error_set(
		g->why, KVK_ERR_CONFIG, "%s:%u: '%.*s': %s", g->file, line, n, g->name, what);
}

/* The bytes of a comment, a text in quotes, a word, or one; 0: its end is missing. */
static size_t length(const char *p)
{
	size_t n = strspn(p, WORD);

	if (*p == '#' || strncmp(p, "//", 2) == 0)
		return strcspn(p, "\n");
	if (strncmp(p, "/*", 2) == 0) {
		const char *end = strstr(p + 2, "*/");

		return end != NULL ? (size_t)(end - p) + 2 : 0;
	}
	if (*p != '"')
		return n > 0 ? n : 1;
	for (n = 1; p[n] != '"' && p[n] != '\0'; n++)
		n += p[n] == '\\' && p[n + 1] != '\0';
	return p[n] == '"' ? n + 1 : 0;
}

static enum kvk_err check_text(const struct guard *g, const char *p, const char *end)
{
	if (memchr(*g->open[g->depth] == '{' ? "=:\"" : "([,", g->last, 3) == NULL)
		return refuse(g, p, _("a comma or an equals sign is missing before this text"));
	for (p++; p < end; p++)
		if (*p == '\\' && strchr("nrtf\\\"", *++p) == NULL &&
			(*p != 'x' || strspn(p + 1, DIGITS "abcdefABCDEF") < 2 ||
				strncmp(p, "x00", 3) == 0))
			return refuse(g, p,
				_("double each backslash in a text; a text cannot contain "
				  "'\\x00'"));
	return KVK_OK;
}

static enum kvk_err check_number(const struct guard *g, const char *p, const char *end)
{
	const char *first = *p == '-' || *p == '+' ? p + 1 : p;
	const size_t n = strspn(first, DIGITS);

	if (n > KVK_LIMIT_CONF_DIGITS || (n > 1 && *first == '0'))
		return refuse(g, p,
			_("too long, or begins with 0; put a KVK number or an OIN in quotes"));
	if (n == 0 || first + n < end)
		return refuse(g, p, _("this is not a whole decimal number; put texts in quotes"));
	return KVK_OK;
}

static enum kvk_err check_token(struct guard *g, const char *p, const char *end)
{
	g->name = kvk_is_alpha((uint8_t)*p) || *p == ';' ? p : g->name;
	if (p == end)
		return refuse(g, p, _("the text or comment that begins here is never closed"));
	if (*p == '@')
		return refuse(g, p, _("'@include' is not accepted; put all settings in this file"));
	if (strchr("{([", *p) != NULL && g->depth == KVK_LIMIT_CONF_DEPTH)
		return refuse(g, p, _("groups and lists are nested too deeply"));
	if (strchr("{([", *p) != NULL)
		g->open[++g->depth] = p;
	g->depth -= g->depth > 0 && strchr("})]", *p) != NULL;
	if (*p == '"')
		return check_text(g, p, end);
	return strchr(DIGITS "+-.", *p) != NULL ? check_number(g, p, end) : KVK_OK;
}

enum kvk_err kvk_conf_guard(const struct kvk_blob *text, const char *file, struct kvk_error *why)
{
	struct guard g = { kvk_blob_str(text), file, why, .name = "", .open = { "{" } };
	struct kvk_span s = kvk_span_of_blob(text);
	enum kvk_err err = KVK_OK;

	for (uint32_t c; s.n > 0;)
		if (!kvk_utf8_next(&s, &c) || c == 0)
			return refuse(
				&g, (const char *)s.p, _("not UTF-8; save the file as UTF-8"));
	for (const char *p = g.text, *end; *p != '\0'; p = end) {
		end = p + length(p);
		KVK_TRY(check_token(&g, p, end));
		g.last = strchr(" \t\r\n\f#/", *p) != NULL ? g.last : end[-1];
	}
	if (g.depth > 0)
		err = refuse(&g, g.open[g.depth], _("this bracket is never closed"));
out:
	return err;
}
