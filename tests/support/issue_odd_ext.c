/* SPDX-License-Identifier: Apache-2.0 */
/* Part of tests/support/issue_odd.h: extensions. */
#include "config.h"

#include "tests/support/issue_odd.h"

#include "practice/issue_list.h"

void kvk_issue_policy_cps(struct kvk_issue *issue, const char *policy, const char *url)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(&w, policy);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_POLICY_CPS);
	kvk_der_put(&w, KVK_DER_IA5_STRING, kvk_span_of(url));
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_POLICIES, false, &w);
}

void kvk_issue_policy_mappings(struct kvk_issue *issue, const char *const *pairs)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (; pairs[0] != NULL && pairs[1] != NULL; pairs += 2) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid_text(&w, pairs[0]);
		kvk_der_put_oid_text(&w, pairs[1]);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_POLICY_MAPPINGS, false, &w);
}

/* An INTEGER with an implicit tag; below 0: nothing. */
static void put_skip(struct kvk_der_writer *w, unsigned number, int skip)
{
	uint8_t octet = (uint8_t)skip;

	if (skip >= 0)
		kvk_der_put(w, KVK_DER_CONTEXT(number), (struct kvk_span){ &octet, 1 });
}

void kvk_issue_policy_constraints(
	struct kvk_issue *issue, int require_explicit, int inhibit_mapping)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	put_skip(&w, 0, require_explicit);
	put_skip(&w, 1, inhibit_mapping);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_POLICY_CONSTRAINTS, true, &w);
}

void kvk_issue_inhibit_any_policy(struct kvk_issue *issue, unsigned skip)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_put_uint(&w, skip);
	kvk_issue_set_written(issue, KVK_OID_EXT_INHIBIT_ANY_POLICY, true, &w);
}

static void put_subtrees(struct kvk_der_writer *w, unsigned number, const char *const *names)
{
	if (names == NULL)
		return;
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(number));
	for (; *names != NULL; names++) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put(w, KVK_DER_CONTEXT(2), kvk_span_of(*names));
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

void kvk_issue_name_constraints(
	struct kvk_issue *issue, const char *const *permitted, const char *const *excluded)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	put_subtrees(&w, 0, permitted);
	put_subtrees(&w, 1, excluded);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_NAME_CONSTRAINTS, true, &w);
}

void kvk_issue_ski_raw(struct kvk_issue *issue, struct kvk_span id)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_put(&w, KVK_DER_OCTET_STRING, id);
	kvk_issue_set_written(issue, KVK_OID_EXT_SKI, false, &w);
}

void kvk_issue_extension_add(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value)
{
	kvk_issue_keep(issue, kvk_issue_list_append(&issue->extensions, dotted, critical, value));
}

void kvk_issue_drop_all(struct kvk_issue *issue)
{
	kvk_issue_list_free(&issue->extensions);
}

void kvk_issue_critical(struct kvk_issue *issue, enum kvk_oid oid, bool critical)
{
	struct kvk_issue_extension *ext;

	ext = kvk_issue_list_find(&issue->extensions, kvk_oid_octets(oid));
	if (ext != NULL)
		ext->critical = critical;
	else
		kvk_issue_keep(issue, KVK_ERR_NOT_FOUND);
}
