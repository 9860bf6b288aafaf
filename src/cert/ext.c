/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/ext.h"

enum kvk_err kvk_ext_members(struct kvk_der *list, kvk_ext_member read, struct kvk_vec *items)
{
	void *item;
	enum kvk_err err = KVK_OK;

	while (!kvk_der_at_end(list)) {
		if (items->count == items->limit)
			KVK_TRY(kvk_der_fail(list, KVK_DER_TOO_MANY, list->rest.p));
		KVK_TRY(kvk_vec_push(items, &item));
		KVK_TRY(read(list, item));
	}
out:
	if (err != KVK_OK)
		kvk_vec_free(items);
	return err;
}

enum kvk_err kvk_ext_list(struct kvk_der *der, kvk_ext_member read, struct kvk_vec *items)
{
	const uint8_t *at = der->rest.p;
	struct kvk_der list;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	KVK_TRY(kvk_ext_members(&list, read, items));
	if (items->count == 0)
		KVK_TRY(kvk_der_tolerate(der, KVK_DER_EMPTY, at));
	KVK_TRY(kvk_der_finish(der));
out:
	if (err != KVK_OK)
		kvk_vec_free(items);
	return err;
}
