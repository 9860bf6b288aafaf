/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When the end of a certificate is worth a warning: graded thresholds, by days or, for short
 * lifetimes, by share of the lifetime. Pure arithmetic: who was notified of what is the business
 * of the inventory.
 */
#ifndef KVKCSR_WATCH_THRESHOLDS_H
#define KVKCSR_WATCH_THRESHOLDS_H

#include <stdbool.h>

#include "base/exit.h"
#include "base/limits.h"
#include "base/time.h"

/* "60d", "1/12", "expired", with its NUL: stored with what was notified, so it never changes. */
#define KVK_THRESHOLD_ID_SIZE 16

struct kvk_threshold {
	char id[KVK_THRESHOLD_ID_SIZE];
	/* KVK_EXIT_WARNING or KVK_EXIT_CRITICAL. */
	enum kvk_exit code;
	/* Milliseconds before not_after at which it is crossed. */
	kvk_time before;
};

/* Days before the end that the user chose; count 0: the default days of that kind. */
struct kvk_threshold_days {
	long long warning[KVK_LIMIT_THRESHOLDS];
	size_t warning_count;
	long long critical[KVK_LIMIT_THRESHOLDS];
	size_t critical_count;
};

/* The end itself. */
#define KVK_THRESHOLD_EXPIRED "expired"
/* How often an end that has passed is worth a notice: on the day, and then weekly. */
#define KVK_THRESHOLD_EXPIRED_TIMES 4

/* The thresholds of one certificate, the least urgent (largest) first; the last ones are "expired",
 * "expired+7d", "expired+14d" and "expired+21d". */
struct kvk_threshold_list {
	struct kvk_threshold items[2 * KVK_LIMIT_THRESHOLDS + KVK_THRESHOLD_EXPIRED_TIMES];
	size_t count;
};

/*
 * The thresholds for a validity: 60 and 30 days warn, and 14, 7 and 1 are critical, unless others
 * were chosen. Where none were chosen and the lifetime is under 200 days, one third and one sixth
 * of it warn and one twelfth is critical. After the end there are four: at once, and one, two and
 * three weeks later.
 */
void kvk_thresholds_for(const struct kvk_threshold_days *days, kvk_time not_before,
	kvk_time not_after, struct kvk_threshold_list *out);
/*
 * How many of the list are crossed at a time: items[0] to items[n - 1]; items[n - 1] is the most
 * urgent. notAfter itself still belongs to the validity.
 */
size_t kvk_thresholds_crossed(
	const struct kvk_threshold_list *list, kvk_time not_after, kvk_time at);

#endif
