/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <time.h>

#include "base/time.h"

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z. */
#define FIRST (-719162 * KVK_DAY)
#define LAST (2932897 * KVK_DAY - 1)

/* Days of 400 years, after which the calendar repeats; days from 0000-03-01 to 1970-01-01. */
#define ERA_DAYS 146097
#define EPOCH_DAYS 719468

static int64_t floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return q - (a % b < 0);
}

static int64_t floor_rest(int64_t a, int64_t b)
{
	int64_t rest = a % b;

	return rest < 0 ? rest + b : rest;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its
 * year. */
static int64_t days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

static void civil_from_days(int64_t days, struct kvk_civil *out)
{
	int64_t z = days + EPOCH_DAYS;
	int64_t era = floor_div(z, ERA_DAYS);
	int64_t day_of_era = z - era * ERA_DAYS;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
				      day_of_era / (ERA_DAYS - 1)) /
		365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;

	out->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	out->month = (int)(month < 10 ? month + 3 : month - 9);
	out->year = (int)(year_of_era + era * 400 + (out->month <= 2));
}

enum kvk_err kvk_time_from_civil(const struct kvk_civil *civil, kvk_time *out)
{
	if (civil->year < 1 || civil->year > 9999 || civil->month < 1 || civil->month > 12)
		return KVK_ERR_ARGUMENT;
	if (civil->day < 1 || civil->day > month_days(civil->year, civil->month))
		return KVK_ERR_ARGUMENT;
	if (civil->hour < 0 || civil->hour > 23 || civil->minute < 0 || civil->minute > 59)
		return KVK_ERR_ARGUMENT;
	if (civil->second < 0 || civil->second > 59 || civil->millisecond < 0 ||
		civil->millisecond > 999)
		return KVK_ERR_ARGUMENT;
	*out = days_from_civil(civil->year, civil->month, civil->day) * KVK_DAY +
		civil->hour * KVK_HOUR + civil->minute * KVK_MINUTE + civil->second * KVK_SECOND +
		civil->millisecond;
	return KVK_OK;
}

void kvk_time_to_civil(kvk_time t, struct kvk_civil *out)
{
	kvk_time inside = t < FIRST ? FIRST : t > LAST ? LAST : t;
	int64_t days = floor_div(inside, KVK_DAY);
	int64_t rest = floor_rest(inside, KVK_DAY);

	civil_from_days(days, out);
	out->hour = (int)(rest / KVK_HOUR);
	out->minute = (int)(rest / KVK_MINUTE % 60);
	out->second = (int)(rest / KVK_SECOND % 60);
	out->millisecond = (int)(rest % KVK_SECOND);
}

int64_t kvk_time_days(kvk_time a, kvk_time b)
{
	/* Not from b - a, which may overflow. */
	int64_t days = floor_div(b, KVK_DAY) - floor_div(a, KVK_DAY);

	return days - (floor_rest(b, KVK_DAY) < floor_rest(a, KVK_DAY));
}

static kvk_time from_timespec(const struct timespec *t)
{
	return (kvk_time)t->tv_sec * KVK_SECOND + t->tv_nsec / 1000000;
}

enum kvk_err kvk_time_now(kvk_time *out)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return KVK_ERR_READ;
	*out = from_timespec(&now);
	return KVK_OK;
}

kvk_time kvk_time_monotonic(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return from_timespec(&now);
}
