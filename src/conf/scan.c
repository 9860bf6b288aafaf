/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/scan.h"

#include <string.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "conf/token.h"

/* What is wrong with a line on its own, wherever it stands; NULL: nothing. */
static const char *wrong_with_line(struct kvk_span line)
{
	if (line.n && memchr(line.p, 0, line.n))
		return _("a NUL byte has no place in a text file");
	if (!kvk_utf8_valid(line))
		return _("this is not UTF-8 text; save the file as UTF-8");
	/* Also within strings and comments: what libconfig takes for the start of a line is its own
	 * affair. */
	if (kvk_span_starts(kvk_trim(line), "@include"))
		return _("'@include' is not accepted; put all settings in this one file");
	return NULL;
}

static enum kvk_err check_lines(struct kvk_conf_scanner s)
{
	while (s.rest.n) {
		struct kvk_span line = s.rest;
		const char *what;

		line.n = 0;
		while (line.n < s.rest.n && line.p[line.n] != '\n' && line.p[line.n] != '\r')
			line.n++;
		what = wrong_with_line(line);
		if (what != NULL)
			return kvk_conf_refuse(&s, what);
		kvk_conf_skip(&s, line.n + 1);
	}
	return KVK_OK;
}

static bool is_boolean(struct kvk_span name)
{
	return kvk_equal_nocase(name, kvk_span_of("true")) ||
		kvk_equal_nocase(name, kvk_span_of("false"));
}

static bool is_open(uint8_t c)
{
	return c == '{' || c == '(' || c == '[';
}

static enum kvk_err value(struct kvk_conf_scanner *s, unsigned depth);
static enum kvk_err settings(struct kvk_conf_scanner *s, unsigned depth, uint8_t end);

/* What stands between brackets, with commas between. */
static enum kvk_err members(struct kvk_conf_scanner *s, unsigned depth, uint8_t end)
{
	enum kvk_err err;

	KVK_TRY(kvk_conf_skip_blank(s));
	while (kvk_conf_peek(s) != end) {
		if (end == ']' && is_open(kvk_conf_peek(s)))
			return kvk_conf_refuse(
				s, _("[ ... ] holds no lists and groups; write ( ... ) instead"));
		KVK_TRY(value(s, depth));
		if (kvk_conf_peek(s) == end)
			break;
		if (kvk_conf_peek(s) != ',')
			return kvk_conf_refuse(
				s, _("a comma or the closing bracket of the list is missing"));
		kvk_conf_skip(s, 1);
		KVK_TRY(kvk_conf_skip_blank(s));
		if (kvk_conf_peek(s) == end)
			return kvk_conf_refuse(
				s, _("the last member of a list has no comma after it"));
	}
	kvk_conf_skip(s, 1);
out:
	return err;
}

/* One string, or several side by side, which are joined. */
static enum kvk_err strings(struct kvk_conf_scanner *s)
{
	enum kvk_err err = KVK_OK;

	while (kvk_conf_peek(s) == '"') {
		KVK_TRY(kvk_conf_take_string(s));
		KVK_TRY(kvk_conf_skip_blank(s));
	}
out:
	return err;
}

static enum kvk_err nested(struct kvk_conf_scanner *s, unsigned depth, uint8_t open)
{
	if (depth >= KVK_LIMIT_CONF_DEPTH)
		return kvk_conf_refuse(s, _("groups and lists are nested too deeply"));
	kvk_conf_skip(s, 1);
	if (open == '{')
		return settings(s, depth + 1, '}');
	return members(s, depth + 1, open == '(' ? ')' : ']');
}

static enum kvk_err value(struct kvk_conf_scanner *s, unsigned depth)
{
	struct kvk_conf_scanner start = *s;
	uint8_t c = kvk_conf_peek(s);
	enum kvk_err err;

	if (c == '"')
		return strings(s);
	if (is_open(c))
		KVK_TRY(nested(s, depth, c));
	else if (kvk_is_digit(c) || c == '-' || c == '+' || c == '.')
		KVK_TRY(kvk_conf_take_number(s));
	else if (!is_boolean(kvk_conf_take_name(s)))
		return kvk_conf_refuse(&start, _("a value is missing here; texts stand in quotes"));
	KVK_TRY(kvk_conf_skip_blank(s));
out:
	return err;
}

/* name = value and what ends it. */
static enum kvk_err setting(struct kvk_conf_scanner *s, unsigned depth)
{
	struct kvk_conf_scanner start = *s;
	struct kvk_span name = kvk_conf_take_name(s);
	enum kvk_err err;

	if (name.n == 0 || is_boolean(name))
		return kvk_conf_refuse(
			&start, _("here a setting must begin, as in name = \"text\";"));
	KVK_TRY(kvk_conf_skip_blank(s));
	if (kvk_conf_peek(s) != '=' && kvk_conf_peek(s) != ':') {
		s->line = s->last_line;
		return kvk_conf_refuse(
			s, _("after the name of a setting an equals sign is missing"));
	}
	kvk_conf_skip(s, 1);
	KVK_TRY(kvk_conf_skip_blank(s));
	s->setting = name;
	KVK_TRY(value(s, depth));
	s->setting.n = 0;
	if (kvk_conf_peek(s) == ';' || kvk_conf_peek(s) == ',') {
		kvk_conf_skip(s, 1);
		KVK_TRY(kvk_conf_skip_blank(s));
	}
out:
	return err;
}

/* Settings up to a closing brace or, where end is 0, to the end of the text. */
static enum kvk_err settings(struct kvk_conf_scanner *s, unsigned depth, uint8_t end)
{
	struct kvk_conf_scanner start = *s;
	enum kvk_err err;

	KVK_TRY(kvk_conf_skip_blank(s));
	while (s->rest.n > 0) {
		if (end != 0 && kvk_conf_peek(s) == end) {
			kvk_conf_skip(s, 1);
			return KVK_OK;
		}
		KVK_TRY(setting(s, depth));
	}
	if (end != 0)
		return kvk_conf_refuse(
			&start, _("the group that begins here has no closing brace"));
out:
	return err;
}

enum kvk_err kvk_conf_scan(struct kvk_span text, const char *name, struct kvk_error *why)
{
	struct kvk_conf_scanner s = { .rest = text, .name = name, .why = why, .line = 1 };
	enum kvk_err err;

	KVK_TRY(check_lines(s));
	KVK_TRY(settings(&s, 0, 0));
out:
	return err;
}
