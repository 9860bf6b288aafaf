/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/request/settled.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

struct kvk_answers answers;
struct kvk_order order;
struct kvk_review review;

int begin(void **state)
{
	(void)state;
	memset(&answers, 0, sizeof answers);
	memset(&review, 0, sizeof review);
	return 0;
}

int end(void **state)
{
	(void)state;
	kvk_review_free(&review);
	kvk_answers_free(&answers);
	return 0;
}

void settle_with(const char *setting, enum kvk_err expected)
{
	help_basic_answers(&answers);
	if (setting != NULL)
		help_answer(&answers, setting, (char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), expected);
}

bool fault(enum kvk_field field, const char *id)
{
	return help_said(&review, KVK_REVIEW_FINDING, field, id);
}

bool advice(enum kvk_field field, const char *id)
{
	return help_said(&review, KVK_REVIEW_WARNING, field, id);
}

bool says(enum kvk_field field, const char *words)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(&review, i)) != NULL; i++)
		if (item->field == field && strstr(item->text, words) != NULL)
			return true;
	return false;
}
