/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_delta.h"

#include <string.h>

/* Two INTEGERs that are not negative, by size. */
static int compare_numbers(struct kvk_span a, struct kvk_span b)
{
	while (a.n > 0 && a.p[0] == 0) {
		a.p++;
		a.n--;
	}
	while (b.n > 0 && b.p[0] == 0) {
		b.p++;
		b.n--;
	}
	if (a.n != b.n)
		return a.n < b.n ? -1 : 1;
	return a.n > 0 ? memcmp(a.p, b.p, a.n) : 0;
}

static struct kvk_span find(const struct kvk_crl *crl, enum kvk_oid oid)
{
	struct kvk_span none = { 0 };

	for (size_t i = 0; i < crl->count; i++) {
		if (crl->all[i].oid == oid)
			return crl->all[i].value;
	}
	return none;
}

bool kvk_crl_delta_fits(
	const struct kvk_crl *delta, const struct kvk_crl *complete, enum kvk_name_manner names)
{
	if (!delta->has_delta_base || complete->has_delta_base || !delta->has_number ||
		!complete->has_number)
		return false;
	if (!kvk_name_equal(&delta->issuer, &complete->issuer, names))
		return false;
	if (!kvk_span_equal(find(delta, KVK_OID_EXT_IDP), find(complete, KVK_OID_EXT_IDP)))
		return false;
	if (!kvk_span_equal(delta->aki_key_id, complete->aki_key_id))
		return false;
	return compare_numbers(complete->number, delta->delta_base) >= 0 &&
		compare_numbers(complete->number, delta->number) < 0;
}
