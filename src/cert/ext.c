/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/ext.h"

enum kvk_err kvk_ext_list(struct kvk_der *der, size_t limit, kvk_ext_member read,
	struct kvk_extensions *out, size_t *count)
{
	const uint8_t *at = der->rest.p;
	struct kvk_der list;
	size_t n = 0;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	while (!kvk_der_at_end(&list)) {
		if (n == limit)
			return kvk_der_fail(&list, KVK_DER_TOO_MANY, list.rest.p);
		KVK_TRY(read(&list, out, n++));
	}
	if (n == 0)
		KVK_TRY(kvk_der_tolerate(der, KVK_DER_EMPTY, at));
	KVK_TRY(kvk_der_finish(der));
	*count = n;
out:
	return err;
}
