/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/escape.h"
#include "path/step.h"

/* What this code processes in either manner; the one list of handled critical extensions. */
static bool is_processed(enum kvk_oid oid, enum kvk_manner manner)
{
	switch (oid) {
	case KVK_OID_EXT_BASIC_CONSTRAINTS:
	case KVK_OID_EXT_KEY_USAGE:
	case KVK_OID_EXT_EKU:
	case KVK_OID_EXT_SAN:
	case KVK_OID_EXT_NAME_CONSTRAINTS:
	case KVK_OID_EXT_POLICIES:
	case KVK_OID_EXT_POLICY_MAPPINGS:
	case KVK_OID_EXT_POLICY_CONSTRAINTS:
	case KVK_OID_EXT_INHIBIT_ANY_POLICY:
		return true;
	case KVK_OID_EXT_CRL_POINTS:
	case KVK_OID_EXT_ISSUER_ALT_NAME:
	case KVK_OID_EXT_SKI:
	case KVK_OID_EXT_AKI:
		return manner == KVK_MANNER_RFC5280;
	default:
		return false;
	}
}

/*
 * What has to be processed where it is recognised (4.2), critical or not, and cannot be read: Java
 * goes on as if it were not there.
 */
static bool is_unreadable(const struct kvk_extension *extension, enum kvk_manner manner)
{
	return manner == KVK_MANNER_RFC5280 && extension->oid == KVK_OID_UNKNOWN &&
		is_processed(kvk_oid_find(extension->type), KVK_MANNER_JAVA);
}

void kvk_step_extensions(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	enum kvk_manner manner = step->input->manner;
	char text[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < e->count; i++) {
		const struct kvk_extension *one = &e->all[i];
		struct kvk_path_failure *fault;

		if (is_unreadable(one, manner))
			fault = kvk_step_failure(step, KVK_REASON_UNSPECIFIED, "extensions");
		else if (one->critical && !is_processed(one->oid, manner))
			fault = kvk_step_failure(
				step, KVK_REASON_UNRECOGNIZED_CRIT_EXT, "extensions");
		else
			continue;
		kvk_oid_label(one->type, text);
		kvk_escape_to(fault->found, sizeof(fault->found), kvk_span_of(text));
	}
}
