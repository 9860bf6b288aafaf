/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/thresholds.h"

#include <stdlib.h>
#include <string.h>

#include "base/format.h"

/* Lifetimes below this go by shares: 60 days of a 90-day certificate would warn from the start. */
#define SHORT_LIFETIME (200 * KVK_DAY)

static const long long default_warning[] = { 60, 30 };
static const long long default_critical[] = { 14, 7, 1 };

/* Shares of a short lifetime: one part in so many. */
static const struct {
	int parts;
	enum kvk_exit code;
} shares[] = {
	{ 3, KVK_EXIT_WARNING },
	{ 6, KVK_EXIT_WARNING },
	{ 12, KVK_EXIT_CRITICAL },
};

static struct kvk_threshold *add(
	struct kvk_threshold_list *list, enum kvk_exit code, kvk_time before)
{
	struct kvk_threshold *item = &list->items[list->count++];

	item->code = code;
	item->before = before;
	return item;
}

static void add_days(
	struct kvk_threshold_list *list, enum kvk_exit code, const long long *days, size_t count)
{
	for (size_t i = 0; i < count && i < KVK_LIMIT_THRESHOLDS; i++) {
		struct kvk_threshold *item = add(list, code, days[i] * KVK_DAY);

		KVK_FORMAT(item->id, "%lldd", days[i]);
	}
}

static void add_shares(struct kvk_threshold_list *list, kvk_time lifetime)
{
	for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
		struct kvk_threshold *item = add(list, shares[i].code, lifetime / shares[i].parts);

		KVK_FORMAT(item->id, "1/%d", shares[i].parts);
	}
}

/* The largest first; at the same time the less urgent first, so that the most urgent comes last. */
static int compare(const void *a, const void *b)
{
	const struct kvk_threshold *x = a;
	const struct kvk_threshold *y = b;

	if (x->before != y->before)
		return x->before > y->before ? -1 : 1;
	return (int)x->code - (int)y->code;
}

/* The days of one kind: chosen, or else the defaults. */
static void add_kind(
	struct kvk_threshold_list *list, const struct kvk_threshold_days *days, enum kvk_exit code)
{
	bool warning = code == KVK_EXIT_WARNING;
	size_t count = warning ? days->warning_count : days->critical_count;

	if (count > 0)
		add_days(list, code, warning ? days->warning : days->critical, count);
	else if (warning)
		add_days(list, code, default_warning,
			sizeof default_warning / sizeof default_warning[0]);
	else
		add_days(list, code, default_critical,
			sizeof default_critical / sizeof default_critical[0]);
}

/* The end, and the weeks after it. */
static void add_expired(struct kvk_threshold_list *list)
{
	KVK_FORMAT(add(list, KVK_EXIT_CRITICAL, -1)->id, KVK_THRESHOLD_EXPIRED);
	for (int week = 1; week < KVK_THRESHOLD_EXPIRED_TIMES; week++)
		KVK_FORMAT(add(list, KVK_EXIT_CRITICAL, -week * 7 * KVK_DAY)->id,
			KVK_THRESHOLD_EXPIRED "+%dd", 7 * week);
}

void kvk_thresholds_for(const struct kvk_threshold_days *days, kvk_time not_before,
	kvk_time not_after, struct kvk_threshold_list *out)
{
	/* A certificate that ends before it begins has no lifetime, and is expired at its end. */
	kvk_time lifetime = not_after > not_before ? not_after - not_before : 0;

	memset(out, 0, sizeof *out);
	if (days->warning_count == 0 && days->critical_count == 0 && lifetime < SHORT_LIFETIME) {
		add_shares(out, lifetime);
	} else {
		add_kind(out, days, KVK_EXIT_WARNING);
		add_kind(out, days, KVK_EXIT_CRITICAL);
	}
	qsort(out->items, out->count, sizeof out->items[0], compare);
	add_expired(out);
}

size_t kvk_thresholds_crossed(
	const struct kvk_threshold_list *list, kvk_time not_after, kvk_time at)
{
	kvk_time left = not_after - at;
	size_t n = 0;

	while (n < list->count && left <= list->items[n].before)
		n++;
	return n;
}
