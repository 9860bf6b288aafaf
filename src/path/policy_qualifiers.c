/* SPDX-License-Identifier: Apache-2.0 */
/* Part of path/policy.h: policy qualifiers (RFC 5280 4.2.1.4). */
#include "config.h"

#include "der/reader.h"
#include "path/policy.h"

bool kvk_path_policy_qualifiers_known(struct kvk_span qualifiers)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der start, list, one;
	struct kvk_span id;

	kvk_der_start(&start, qualifiers, true, &log);
	/* policyQualifiers SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo */
	if (kvk_der_enter(&start, KVK_DER_SEQUENCE, &list) != KVK_OK)
		return false;
	while (!kvk_der_at_end(&list)) {
		/* PolicyQualifierInfo ::= SEQUENCE { policyQualifierId, qualifier } */
		if (kvk_der_enter(&list, KVK_DER_SEQUENCE, &one) != KVK_OK ||
			kvk_der_oid(&one, &id) != KVK_OK ||
			(!kvk_oid_is(id, KVK_OID_POLICY_CPS) &&
				!kvk_oid_is(id, KVK_OID_POLICY_USER_NOTICE)))
			return false;
	}
	return true;
}
