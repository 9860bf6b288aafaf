/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/when.h"

#include "base/format.h"
#include "base/i18n.h"

static const char *month_name(int month)
{
	static const char *const names[] = {
		N_("January"),
		N_("February"),
		N_("March"),
		N_("April"),
		N_("May"),
		N_("June"),
		N_("July"),
		N_("August"),
		N_("September"),
		N_("October"),
		N_("November"),
		N_("December"),
	};

	return _(names[month - 1]);
}

const char *kvk_when_day(kvk_time t, char text[static KVK_WHEN_SIZE])
{
	struct kvk_civil civil;

	kvk_time_to_civil(t, &civil);
	/* Translators: a date, "30 December 2027"; %1$d, %2$s and %3$d give another order. */
	kvk_format(
		text, KVK_WHEN_SIZE, _("%d %s %d"), civil.day, month_name(civil.month), civil.year);
	return text;
}

const char *kvk_when_date(const char *date, char text[static KVK_WHEN_SIZE])
{
	kvk_time t;

	return kvk_time_parse(date, &t) == KVK_OK ? kvk_when_day(t, text) : date;
}

const char *kvk_when_moment(kvk_time t, char text[static KVK_WHEN_SIZE])
{
	char day[KVK_WHEN_SIZE];
	struct kvk_civil civil;

	kvk_time_to_civil(t, &civil);
	kvk_format(text, KVK_WHEN_SIZE, _("%s at %02d:%02d:%02d UTC"), kvk_when_day(t, day),
		civil.hour, civil.minute, civil.second);
	return text;
}
