/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/warnings.h"

#include <string.h>

static const struct kvk_warning_row *const parts[] = {
	kvk_warnings_run,
	kvk_warnings_register,
	kvk_warnings_file,
	kvk_warnings_hierarchy,
	kvk_warnings_holder,
	kvk_warnings_period,
	kvk_warnings_key,
	kvk_warnings_form,
	kvk_warnings_anchor,
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

bool kvk_warning_append(struct kvk_warning *out, const char *parting, const char *text)
{
	size_t n = strlen(out->text);

	if (n + strlen(text) + 3 > sizeof(out->text))
		return false;
	kvk_format(out->text + n, sizeof(out->text) - n, "%s%s", n > 0 ? parting : "", text);
	return true;
}

/* Adds the warning of one row where it applies. */
static enum kvk_err add(const struct kvk_facts *facts, const struct kvk_warning_row *row,
	struct kvk_warning out[static KVK_WARNINGS_MAX], size_t *count)
{
	struct kvk_warning *slot = &out[*count];
	enum kvk_err err = KVK_OK;

	if ((row->leaf && facts->leaf_count != 1) || *count == KVK_WARNINGS_MAX)
		return KVK_OK;
	slot->text[0] = '\0';
	slot->hint = row->hint;
	KVK_TRY(row->check(facts, slot));
	if (slot->text[0] == '\0')
		goto out;
	slot->id = row->id;
	slot->hint = _(slot->hint);
	slot->grave = row->grave;
	++*count;
out:
	return err;
}

enum kvk_err kvk_warnings(const struct kvk_facts *facts,
	struct kvk_warning out[static KVK_WARNINGS_MAX], size_t *count)
{
	enum kvk_err err = KVK_OK;

	*count = 0;
	for (size_t i = 0; i < PARTS; i++)
		for (const struct kvk_warning_row *row = parts[i]; row->id != NULL; row++)
			KVK_TRY(add(facts, row, out, count));
out:
	return err;
}

const char *kvk_warnings_id(size_t i)
{
	for (size_t part = 0; part < PARTS; part++)
		for (const struct kvk_warning_row *row = parts[part]; row->id != NULL; row++)
			if (i-- == 0)
				return row->id;
	return NULL;
}
