/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/request/help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct kvk_presets presets;
static struct kvk_key *key;

const struct kvk_presets *help_presets(void)
{
	const char *top = getenv("top_srcdir");
	struct kvk_error why = { "" };
	char folder[4096];

	if (presets.list.count > 0)
		return &presets;
	snprintf(folder, sizeof folder, "%s/templates", top != NULL ? top : ".");
	if (kvk_presets_load(folder, &presets, &why) != KVK_OK)
		fail_msg("%s", why.text);
	return &presets;
}

int help_stop(void **state)
{
	(void)state;
	kvk_presets_free(&presets);
	kvk_key_free(key);
	key = NULL;
	return 0;
}

static void set(struct kvk_answers *answers, const char *setting)
{
	const char *value = strchr(setting, '=') + 1;
	size_t n = (size_t)(value - setting) - 1;

	for (int i = 0; i < KVK_FIELD_COUNT; i++) {
		const char *name = kvk_field_name((enum kvk_field)i);

		if (strlen(name) != n || strncmp(name, setting, n) != 0)
			continue;
		assert_int_equal(kvk_answer_set(answers, (enum kvk_field)i, KVK_GIVEN_OPTION,
					 kvk_span_of(value)),
			KVK_OK);
		return;
	}
	fail_msg("no field for '%s'", setting);
}

void help_answer(struct kvk_answers *answers, ...)
{
	const char *setting;
	va_list settings;

	va_start(settings, answers);
	while ((setting = va_arg(settings, const char *)) != NULL)
		set(answers, setting);
	va_end(settings);
}

void help_basic_answers(struct kvk_answers *answers)
{
	help_answer(answers, "domain=api.voorbeeld.nl", "kvk=68750110",
		"organisation=Voorbeeld B.V.", (char *)NULL);
}

enum kvk_err help_settle(
	const struct kvk_answers *answers, struct kvk_order *order, struct kvk_review *review)
{
	return kvk_order_settle(answers, help_presets(), order, review);
}

bool help_said(const struct kvk_review *review, enum kvk_review_kind kind, enum kvk_field field,
	const char *id)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(review, i)) != NULL; i++)
		if (item->kind == kind && item->field == field && strcmp(item->id, id) == 0)
			return true;
	return false;
}

struct kvk_key *help_key(void)
{
	if (key == NULL)
		assert_int_equal(kvk_key_generate(KVK_KEY_ECDSA, 256, &key), KVK_OK);
	return key;
}
