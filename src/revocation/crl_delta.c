/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_delta.h"

#include "der/reader.h"

static struct kvk_span find(const struct kvk_crl *crl, enum kvk_oid oid)
{
	struct kvk_span none = { 0 };

	for (size_t i = 0; i < crl->count; i++) {
		if (crl->all[i].oid == oid)
			return crl->all[i].value;
	}
	return none;
}

/* The authority key identifiers match: by the key, where both name it, else as they stand. */
static bool same_key(const struct kvk_crl *a, const struct kvk_crl *b)
{
	if (a->aki_key_id.n > 0 && b->aki_key_id.n > 0)
		return kvk_span_equal(a->aki_key_id, b->aki_key_id);
	return kvk_span_equal(find(a, KVK_OID_EXT_AKI), find(b, KVK_OID_EXT_AKI));
}

bool kvk_crl_delta_fits(const struct kvk_crl *delta, const struct kvk_crl *complete,
	enum kvk_manner manner, struct kvk_crl_budget *budget)
{
	if (!delta->has_delta_base || complete->has_delta_base || !delta->has_number ||
		!complete->has_number)
		return false;
	if (!kvk_span_equal(find(delta, KVK_OID_EXT_IDP), find(complete, KVK_OID_EXT_IDP)))
		return false;
	if (!same_key(delta, complete))
		return false;
	return kvk_der_integer_compare(complete->number, delta->delta_base) >= 0 &&
		kvk_der_integer_compare(complete->number, delta->number) < 0 &&
		kvk_crl_same_name(&delta->issuer, &complete->issuer, manner, budget);
}
