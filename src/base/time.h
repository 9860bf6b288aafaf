/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time as certificates have it: civil UTC in the proleptic Gregorian calendar, years 1 to 9999, no
 * leap seconds, no time zones and no time_t. Nothing else in the program reads a clock.
 */
#ifndef KVKCSR_BASE_TIME_H
#define KVKCSR_BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/blob.h"

/* Milliseconds since 1970-01-01T00:00:00Z; negative before. */
typedef int64_t kvk_time;

#define KVK_SECOND ((kvk_time)1000)
#define KVK_MINUTE (60 * KVK_SECOND)
#define KVK_HOUR (60 * KVK_MINUTE)
#define KVK_DAY (24 * KVK_HOUR)

/* A time as a person writes it, UTC. month and day count from 1. */
struct kvk_civil {
	int year;
	int month;
	int day;
	int hour;
	int minute;
	int second;
	int millisecond;
};

/* "2026-11-22T12:00:00Z" with its NUL. */
#define KVK_TIME_TEXT_SIZE 24

/*
 * The time of a civil date. KVK_ERR_ARGUMENT where a field is out of range (second 60 is) or the
 * day does not exist.
 */
enum kvk_err kvk_time_from_civil(const struct kvk_civil *civil, kvk_time *out);
/* The civil date of a time; times outside the years 1 to 9999 give the nearest that is inside. */
void kvk_time_to_civil(kvk_time t, struct kvk_civil *out);
/*
 * Reads RFC 3339: "2026-11-22T12:00:00Z", with optional fraction (kept to milliseconds) and with an
 * offset such as +01:00; a lower-case t or z, or a blank between date and time, is accepted; a date
 * alone means midnight UTC. KVK_ERR_ARGUMENT otherwise.
 */
enum kvk_err kvk_time_parse(const char *text, kvk_time *out);
/* Writes "2026-11-22T12:00:00Z" (the fraction is dropped towards the past) and returns text. */
const char *kvk_time_text(kvk_time t, char text[static KVK_TIME_TEXT_SIZE]);
/* Writes "2026-11-22" and returns text. */
const char *kvk_date_text(kvk_time t, char text[static KVK_TIME_TEXT_SIZE]);
/* Whole days from a to b, rounded down: -1 one second after the end. */
int64_t kvk_time_days(kvk_time a, kvk_time b);
/* The clock. KVK_ERR_READ where the system does not give it. */
enum kvk_err kvk_time_now(kvk_time *out);
/*
 * A clock that nobody sets, for how long something takes: a clock that is set while the program
 * runs must not shorten or lengthen a time-out. Counts from any moment.
 */
kvk_time kvk_time_monotonic(void);

#endif
