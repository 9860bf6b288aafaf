/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/warnings.h"

#include "portal/opinions.h"

static const struct kvk_opinion *const parts[] = {
	kvk_opinions_run,
	kvk_opinions_file,
	kvk_opinions_holder,
	kvk_opinions_key,
	kvk_opinions_form,
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

static bool fits(const struct kvk_facts *facts, const struct kvk_opinion *opinion)
{
	return !opinion->leaf || facts->leaf_count == 1;
}

enum kvk_err kvk_warnings(const struct kvk_facts *facts,
	struct kvk_warning out[static KVK_WARNINGS_MAX], size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < PARTS; i++) {
		for (const struct kvk_opinion *o = parts[i]; o->id != NULL; o++) {
			struct kvk_warning *slot = &out[*count];
			enum kvk_err err;

			if (!fits(facts, o) || *count == KVK_WARNINGS_MAX)
				continue;
			slot->text[0] = '\0';
			err = o->check(facts, slot);
			if (err != KVK_OK)
				return err;
			if (slot->text[0] == '\0')
				continue;
			slot->id = o->id;
			slot->hint = _(o->hint);
			slot->grave = o->grave;
			++*count;
		}
	}
	return KVK_OK;
}

const char *kvk_warning_id(size_t i)
{
	for (size_t part = 0; part < PARTS; part++)
		for (const struct kvk_opinion *o = parts[part]; o->id != NULL; o++)
			if (i-- == 0)
				return o->id;
	return NULL;
}
