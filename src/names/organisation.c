/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/organisation.h"

#include <unictype.h>

#include "base/utf8.h"
#include "names/fold.h"

static enum kvk_err fold(struct kvk_fold *out, struct kvk_span name)
{
	enum kvk_err err = KVK_OK;
	uint32_t c;

	while (kvk_utf8_next(&name, &c))
		KVK_TRY(kvk_fold_append(out, uc_is_property_white_space(c) ? ' ' : c));
	KVK_TRY(kvk_fold(out, false));
	kvk_fold_squeeze(out);
out:
	return err;
}

bool kvk_organisation_same(struct kvk_span a, struct kvk_span b)
{
	struct kvk_fold one, other;
	bool same;

	if (!kvk_utf8_valid(a) || !kvk_utf8_valid(b))
		return kvk_span_equal(a, b);
	kvk_fold_start(&one);
	kvk_fold_start(&other);
	same = fold(&one, a) == KVK_OK && fold(&other, b) == KVK_OK && kvk_fold_same(&one, &other);
	kvk_fold_free(&one);
	kvk_fold_free(&other);
	return same;
}
