/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates as a person reads them, in the language in use: for sentences. What programs read, and
 * tables, have kvk_time_text() and kvk_date_text() (base/time.h).
 */
#ifndef KVKCSR_BASE_WHEN_H
#define KVKCSR_BASE_WHEN_H

#include "base/time.h"

#define KVK_WHEN_SIZE 64

/* Writes the day, UTC ("30 December 2027"), and returns text. */
const char *kvk_when_day(kvk_time t, char text[static KVK_WHEN_SIZE]);
/*
 * The same for a date as it is stored ("2027-12-30"); what is none is returned as it is. Returns
 * text or date.
 */
const char *kvk_when_date(const char *date, char text[static KVK_WHEN_SIZE]);
/* Writes day and time ("30 December 2027 at 15:06:25 UTC") and returns text. */
const char *kvk_when_moment(kvk_time t, char text[static KVK_WHEN_SIZE]);

#endif
