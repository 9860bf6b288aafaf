/* SPDX-License-Identifier: Apache-2.0 */
/* Part of der/reader.h: UTCTime and GeneralizedTime (X.690 11.7, 11.8; RFC 5280 4.1.2.5). */
#include "config.h"

#include "der/reader.h"

#include "base/ascii.h"

/* A UTCTime tells only two digits of its year; from 50 on they are those of 19xx. */
enum { UTC_PIVOT = 50, UTC_LAST_YEAR = 2049 };

/* Takes digits from the front; false where there are not as many. */
static bool take(struct kvk_span *text, size_t digits, int *out)
{
	*out = 0;
	if (text->n < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		if (!kvk_is_digit(text->p[i]))
			return false;
		*out = *out * 10 + (text->p[i] - '0');
	}
	text->p += digits;
	text->n -= digits;
	return true;
}

/* A fraction after the seconds, kept to milliseconds; at least one digit. */
static bool take_fraction(struct kvk_span *text, int *millisecond)
{
	int weight = 100;
	int digit;

	text->p++;
	text->n--;
	if (!take(text, 1, &digit))
		return false;
	do {
		*millisecond += digit * weight;
		weight /= 10;
	} while (take(text, 1, &digit));
	return true;
}

/* What ends a time: Z, or an offset of hours and minutes, which is returned in *offset. */
static bool take_zone(struct kvk_span text, kvk_time *offset)
{
	uint8_t sign;
	int hour;
	int minute;

	if (text.n == 0)
		return false;
	sign = text.p[0];
	text.p++;
	text.n--;
	if (sign == 'Z')
		return text.n == 0;
	if (sign != '+' && sign != '-')
		return false;
	if (!take(&text, 2, &hour) || !take(&text, 2, &minute) || text.n != 0)
		return false;
	*offset = hour * KVK_HOUR + minute * KVK_MINUTE;
	if (sign == '-')
		*offset = -*offset;
	return hour < 24 && minute < 60;
}

/*
 * Reads all that Java reads. *form: whether it is written as certificates should, but for the
 * choice between the two types.
 */
static bool read_text(bool generalized, struct kvk_span text, struct kvk_civil *civil,
	kvk_time *offset, bool *form)
{
	*civil = (struct kvk_civil){ 0 };
	*offset = 0;
	/* Of what is read below, only the full form with Z has as many characters. */
	*form = text.n == (generalized ? 15u : 13u);
	if (!take(&text, generalized ? 4 : 2, &civil->year))
		return false;
	if (!generalized)
		civil->year += civil->year < UTC_PIVOT ? 2000 : 1900;
	if (!take(&text, 2, &civil->month) || !take(&text, 2, &civil->day) ||
		!take(&text, 2, &civil->hour) || !take(&text, 2, &civil->minute))
		return false;
	/* Only Z may be in the place of the seconds; Java reads no offset there either. */
	if (text.n != 1 && !take(&text, 2, &civil->second))
		return false;
	if (generalized && text.n > 0 && (text.p[0] == '.' || text.p[0] == ',') &&
		!take_fraction(&text, &civil->millisecond))
		return false;
	return take_zone(text, offset);
}

/*
 * The time of a civil date. A day that its month does not have (up to 31) is one of the next month,
 * as Java counts; *exists is false then.
 */
static enum kvk_err to_time(struct kvk_civil civil, kvk_time *out, bool *exists)
{
	int day = civil.day;
	enum kvk_err err = kvk_time_from_civil(&civil, out);

	*exists = err == KVK_OK;
	if (err == KVK_OK || day < 29 || day > 31)
		return err;
	civil.day = 28;
	KVK_TRY(kvk_time_from_civil(&civil, out));
	*out += (day - 28) * KVK_DAY;
out:
	return err;
}

static enum kvk_err read_time(struct kvk_der *der, unsigned tag, bool certificate, kvk_time *out)
{
	struct kvk_der_value value;
	struct kvk_civil civil;
	kvk_time offset;
	bool generalized = tag != KVK_DER_UTC_TIME;
	bool form;
	bool exists;
	enum kvk_err err;

	KVK_TRY(kvk_der_expect(der, tag, &value));
	if (!read_text(generalized, value.content, &civil, &offset, &form) ||
		to_time(civil, out, &exists) != KVK_OK)
		return kvk_der_fail(der, KVK_DER_BAD_TIME, value.whole.p);
	*out -= offset;
	if (!exists)
		KVK_TRY(kvk_der_tolerate(der, KVK_DER_BAD_TIME, value.whole.p));
	if (certificate && generalized && civil.year >= 1900 + UTC_PIVOT &&
		civil.year <= UTC_LAST_YEAR)
		form = false;
	if (!form)
		return kvk_der_tolerate(der, KVK_DER_TIME_FORM, value.whole.p);
out:
	return err;
}

enum kvk_err kvk_der_time(struct kvk_der *der, kvk_time *out)
{
	const bool generalized = kvk_der_peek(der) == KVK_DER_GENERALIZED_TIME;

	return read_time(der, generalized ? KVK_DER_GENERALIZED_TIME : KVK_DER_UTC_TIME, true, out);
}

enum kvk_err kvk_der_generalized_time(struct kvk_der *der, kvk_time *out)
{
	return kvk_der_generalized_time_as(der, KVK_DER_GENERALIZED_TIME, out);
}

enum kvk_err kvk_der_generalized_time_as(struct kvk_der *der, unsigned tag, kvk_time *out)
{
	return read_time(der, tag, false, out);
}

bool kvk_der_is_time(unsigned tag)
{
	return tag == KVK_DER_UTC_TIME || tag == KVK_DER_GENERALIZED_TIME;
}
