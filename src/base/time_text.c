/* SPDX-License-Identifier: Apache-2.0 */
/* Part of base/time.h: times as text. */
#include "config.h"

#include "base/ascii.h"
#include "base/time.h"

/* Takes just count digits from the front. */
static bool take_number(const char **text, int count, int *out)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		uint8_t c = (uint8_t)(*text)[i];

		if (!kvk_is_digit(c))
			return false;
		value = value * 10 + (c - '0');
	}
	*text += count;
	*out = value;
	return true;
}

static bool take_char(const char **text, char c)
{
	if (**text != c)
		return false;
	(*text)++;
	return true;
}

/* Takes "." and digits, of which three count. Nothing there is fine. */
static bool take_fraction(const char **text, int *millisecond)
{
	int unit = 100;

	*millisecond = 0;
	if (!take_char(text, '.'))
		return true;
	if (!kvk_is_digit((uint8_t) * *text))
		return false;
	for (; kvk_is_digit((uint8_t) * *text); (*text)++) {
		*millisecond += (**text - '0') * unit;
		unit /= 10;
	}
	return true;
}

/* Takes "Z" or "+01:00"; the result is what is added to UTC. */
static bool take_offset(const char **text, kvk_time *offset)
{
	int hour, minute, sign;

	*offset = 0;
	if (take_char(text, 'Z') || take_char(text, 'z'))
		return true;
	sign = take_char(text, '+') ? 1 : take_char(text, '-') ? -1 : 0;
	if (sign == 0 || !take_number(text, 2, &hour) || !take_char(text, ':') ||
		!take_number(text, 2, &minute))
		return false;
	if (hour > 23 || minute > 59)
		return false;
	*offset = sign * (hour * KVK_HOUR + minute * KVK_MINUTE);
	return true;
}

static bool take_clock(const char **text, struct kvk_civil *civil, kvk_time *offset)
{
	if (!take_char(text, 'T') && !take_char(text, 't') && !take_char(text, ' '))
		return false;
	return take_number(text, 2, &civil->hour) && take_char(text, ':') &&
		take_number(text, 2, &civil->minute) && take_char(text, ':') &&
		take_number(text, 2, &civil->second) && take_fraction(text, &civil->millisecond) &&
		take_offset(text, offset);
}

enum kvk_err kvk_time_parse(const char *text, kvk_time *out)
{
	struct kvk_civil civil = { 0 }, last;
	kvk_time offset = 0, t, back;

	if (!take_number(&text, 4, &civil.year) || !take_char(&text, '-') ||
		!take_number(&text, 2, &civil.month) || !take_char(&text, '-') ||
		!take_number(&text, 2, &civil.day))
		return KVK_ERR_ARGUMENT;
	if (*text && !take_clock(&text, &civil, &offset))
		return KVK_ERR_ARGUMENT;
	if (*text || kvk_time_from_civil(&civil, &t) != KVK_OK)
		return KVK_ERR_ARGUMENT;
	t -= offset;
	/* The offset may have led out of the years 1 to 9999. */
	kvk_time_to_civil(t, &last);
	if (kvk_time_from_civil(&last, &back) != KVK_OK || back != t)
		return KVK_ERR_ARGUMENT;
	*out = t;
	return KVK_OK;
}

static char *put(char *p, int value, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		p[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return p + digits;
}

static char *put_date(char *p, const struct kvk_civil *civil)
{
	p = put(p, civil->year, 4);
	*p++ = '-';
	p = put(p, civil->month, 2);
	*p++ = '-';
	return put(p, civil->day, 2);
}

const char *kvk_time_text(kvk_time t, char text[static KVK_TIME_TEXT_SIZE])
{
	struct kvk_civil civil;
	char *p;

	kvk_time_to_civil(t, &civil);
	p = put_date(text, &civil);
	*p++ = 'T';
	p = put(p, civil.hour, 2);
	*p++ = ':';
	p = put(p, civil.minute, 2);
	*p++ = ':';
	p = put(p, civil.second, 2);
	*p++ = 'Z';
	*p = 0;
	return text;
}

const char *kvk_date_text(kvk_time t, char text[static KVK_TIME_TEXT_SIZE])
{
	struct kvk_civil civil;

	kvk_time_to_civil(t, &civil);
	*put_date(text, &civil) = 0;
	return text;
}
