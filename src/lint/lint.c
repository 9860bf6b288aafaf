/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "lint/lint.h"

#include "base/format.h"
#include "lint/rows.h"

static const struct kvk_lint_row *const parts[] = {
	kvk_lint_fields,
	kvk_lint_names,
	kvk_lint_keys,
	kvk_lint_extensions,
	kvk_lint_contents,
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* Row number i of all parts, or NULL. */
static const struct kvk_lint_row *row_at(size_t i)
{
	for (size_t part = 0; part < PARTS; part++)
		for (const struct kvk_lint_row *row = parts[part]; row->id != NULL; row++)
			if (i-- == 0)
				return row;
	return NULL;
}

static bool applies(const struct kvk_lint_row *row, const struct kvk_certificate *cert,
	char detail[static KVK_LINT_DETAIL])
{
	detail[0] = '\0';
	return row->check != NULL ? row->check(cert) : row->find(cert, detail);
}

bool kvk_lint_next(const struct kvk_certificate *cert, size_t *row, char text[static KVK_LINT_TEXT])
{
	const struct kvk_lint_row *each;
	char detail[KVK_LINT_DETAIL];

	while ((each = row_at(*row)) != NULL) {
		++*row;
		if (!applies(each, cert, detail))
			continue;
		kvk_format(text, KVK_LINT_TEXT, "%s%s%s", _(each->text),
			detail[0] != '\0' ? ": " : "", detail);
		return true;
	}
	return false;
}

const char *kvk_lint_id(size_t row)
{
	const struct kvk_lint_row *each = row_at(row);

	return each != NULL ? each->id : NULL;
}
