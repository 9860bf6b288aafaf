/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/start.h"

/* Days in the calendar that five working days take. */
#define WEEK 7
#define WORKING_WEEK 5
/* 1 January 1970 was a Thursday; days are counted from Monday, 0. */
#define THURSDAY 3
#define SATURDAY 5

/* The day of a time, counted from 1970. */
static int64_t day_of(kvk_time t)
{
	return t >= 0 ? t / KVK_DAY : -((-t + KVK_DAY - 1) / KVK_DAY);
}

static int weekday_of(int64_t day)
{
	return (int)(((day + THURSDAY) % WEEK + WEEK) % WEEK);
}

kvk_time kvk_start_by(kvk_time not_before, kvk_time ends, int lead_days)
{
	const int64_t calendar = ((int64_t)lead_days * WEEK + WORKING_WEEK - 1) / WORKING_WEEK;
	const int64_t half = day_of(not_before + (ends - not_before) / 2);
	int64_t day = day_of(ends) - calendar - WEEK;
	int weekday, back;

	if (day < half)
		day = half;
	weekday = weekday_of(day);
	back = weekday - (SATURDAY - 1);
	/* Back from a weekend, unless that would be in the first half. */
	if (weekday >= SATURDAY)
		day += day - back < half ? WEEK - weekday : -back;
	return day * KVK_DAY;
}
