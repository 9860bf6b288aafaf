/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/token.h"

#include <string.h>

#include "base/ascii.h"

/* Digits that a 64-bit number holds whatever they are. */
#define DIGITS_MAX 18

/* Longer names of settings are not shown. */
#define SHOWN_NAME_MAX 64

enum kvk_err kvk_conf_refuse(const struct kvk_conf_scanner *s, const char *what)
{
	if (s->setting.n > 0 && s->setting.n <= SHOWN_NAME_MAX)
		return kvk_error_set(s->why, KVK_ERR_CONFIG, "%s:%u: '%.*s': %s", s->name, s->line,
			(int)s->setting.n, (const char *)s->setting.p, what);
	return kvk_error_set(s->why, KVK_ERR_CONFIG, "%s:%u: %s", s->name, s->line, what);
}

static uint8_t peek_at(const struct kvk_conf_scanner *s, size_t i)
{
	return i < s->rest.n ? s->rest.p[i] : 0;
}

uint8_t kvk_conf_peek(const struct kvk_conf_scanner *s)
{
	return peek_at(s, 0);
}

void kvk_conf_skip(struct kvk_conf_scanner *s, size_t n)
{
	for (; n && s->rest.n; n--) {
		if (s->rest.p[0] == '\n')
			s->line++;
		s->rest.p++;
		s->rest.n--;
	}
}

static enum kvk_err skip_block_comment(struct kvk_conf_scanner *s)
{
	struct kvk_conf_scanner start = *s;

	for (kvk_conf_skip(s, 2); s->rest.n; kvk_conf_skip(s, 1)) {
		if (peek_at(s, 0) == '*' && peek_at(s, 1) == '/') {
			kvk_conf_skip(s, 2);
			return KVK_OK;
		}
	}
	return kvk_conf_refuse(&start, _("the comment that begins here has no end"));
}

enum kvk_err kvk_conf_skip_blank(struct kvk_conf_scanner *s)
{
	enum kvk_err err = KVK_OK;

	s->last_line = s->line;
	while (s->rest.n > 0) {
		uint8_t c = peek_at(s, 0), next = peek_at(s, 1);

		if (c == '#' || (c == '/' && next == '/')) {
			while (s->rest.n && peek_at(s, 0) != '\n')
				kvk_conf_skip(s, 1);
		} else if (c == '/' && next == '*') {
			KVK_TRY(skip_block_comment(s));
		} else if (kvk_is_space(c) && c != '\v') {
			kvk_conf_skip(s, 1);
		} else {
			break;
		}
	}
out:
	return err;
}

struct kvk_span kvk_conf_take_name(struct kvk_conf_scanner *s)
{
	struct kvk_span name = { .p = s->rest.p };
	uint8_t c = peek_at(s, 0);

	if (!kvk_is_alpha(c) && c != '*')
		return name;
	while (kvk_is_alnum(c) || c == '-' || c == '_' || c == '*')
		c = peek_at(s, ++name.n);
	kvk_conf_skip(s, name.n);
	return name;
}

/* The length of the escape that begins here; 0: none that every libconfig knows. */
static size_t escape_length(const struct kvk_conf_scanner *s)
{
	uint8_t c = peek_at(s, 1);

	if (c && strchr("nrtf\\\"", c))
		return 2;
	return c == 'x' && kvk_is_hex(peek_at(s, 2)) && kvk_is_hex(peek_at(s, 3)) ? 4 : 0;
}

enum kvk_err kvk_conf_take_string(struct kvk_conf_scanner *s)
{
	struct kvk_conf_scanner start = *s;

	kvk_conf_skip(s, 1);
	while (s->rest.n && peek_at(s, 0) != '"') {
		size_t n = peek_at(s, 0) == '\\' ? escape_length(s) : 1;

		if (n == 0)
			return kvk_conf_refuse(
				s, _("a backslash within quotes must be written twice"));
		if (n == 4 && peek_at(s, 2) == '0' && peek_at(s, 3) == '0')
			return kvk_conf_refuse(s, _("'\\x00' has no place in a text"));
		kvk_conf_skip(s, n);
	}
	if (!s->rest.n)
		return kvk_conf_refuse(
			&start, _("the text that begins here with a quote has no closing quote"));
	kvk_conf_skip(s, 1);
	return KVK_OK;
}

/* Whether libconfig keeps the number: without an L it cuts what is beyond 32 bits. */
static bool fits(const struct kvk_conf_scanner *s, size_t sign, size_t digits)
{
	long long value = 0;

	if (digits > DIGITS_MAX)
		return false;
	for (size_t i = 0; i < digits; i++)
		value = value * 10 + (peek_at(s, sign + i) - '0');
	return peek_at(s, sign + digits) == 'L' || value <= INT32_MAX;
}

enum kvk_err kvk_conf_take_number(struct kvk_conf_scanner *s)
{
	size_t sign = peek_at(s, 0) == '-' || peek_at(s, 0) == '+';
	size_t digits = 0, end;

	while (kvk_is_digit(peek_at(s, sign + digits)))
		digits++;
	if (digits > 1 && peek_at(s, sign) == '0')
		return kvk_conf_refuse(s,
			_("a number must not begin with 0, which would make it another number; "
			  "put digits that are a name, such as a KVK number or OIN, in quotes"));
	if (!fits(s, sign, digits))
		return kvk_conf_refuse(s,
			_("the number is too large; put digits that are a name, such as an OIN, "
			  "in quotes"));
	end = sign + digits;
	end += peek_at(s, end) == 'L';
	if (digits == 0 || kvk_is_alnum(peek_at(s, end)) || peek_at(s, end) == '.' ||
		peek_at(s, end) == '_')
		return kvk_conf_refuse(
			s, _("this is not a whole decimal number; texts stand in quotes"));
	kvk_conf_skip(s, end);
	return KVK_OK;
}
