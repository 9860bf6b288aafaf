/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When the renewal of a certificate is to be started: early enough for its TSP to deliver, and for
 * whoever orders it to check, upload and use what was delivered. Pure arithmetic.
 */
#ifndef KVKCSR_WATCH_START_H
#define KVKCSR_WATCH_START_H

#include "base/time.h"

/*
 * The day (its first moment, UTC) by which the renewal is to be started: as many days before the
 * end as the working days that the TSP takes come to in the calendar, and a week; a Friday where
 * that would be in a weekend. Never before half of the lifetime is over, which of a short-lived
 * certificate would be the day on which it was issued.
 */
kvk_time kvk_start_by(kvk_time not_before, kvk_time ends, int lead_days);

#endif
