/* SPDX-License-Identifier: Apache-2.0 */
/* Part of practice/issue.h: the extensions by name. */
#include "config.h"

#include "practice/issue.h"

#include "practice/issue_list.h"

void kvk_issue_set_written(
	struct kvk_issue *issue, enum kvk_oid oid, bool critical, struct kvk_der_writer *w)
{
	struct kvk_blob value = { .n = 0 };

	kvk_issue_keep(issue, kvk_der_write_done(w, &value));
	kvk_issue_extension(issue, kvk_oid_dotted(oid), critical, kvk_span_of_blob(&value));
	kvk_der_writer_free(w);
	kvk_blob_free(&value);
}

void kvk_issue_basic_constraints(struct kvk_issue *issue, bool ca, int path_length)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	if (ca)
		kvk_der_put_boolean(&w, true);
	if (path_length >= 0)
		kvk_der_put_uint(&w, (uint64_t)path_length);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_BASIC_CONSTRAINTS, true, &w);
}

void kvk_issue_key_usage(struct kvk_issue *issue, uint32_t usage)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_put_named_bits(&w, usage);
	kvk_issue_set_written(issue, KVK_OID_EXT_KEY_USAGE, true, &w);
}

void kvk_issue_eku(struct kvk_issue *issue, const char *const *usages)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (; *usages != NULL; usages++)
		kvk_der_put_oid_text(&w, *usages);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_EKU, false, &w);
}

void kvk_issue_policies(struct kvk_issue *issue, const char *const *policies)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (; *policies != NULL; policies++) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid_text(&w, *policies);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_POLICIES, false, &w);
}

void kvk_issue_dns(struct kvk_issue *issue, const char *const *names)
{
	struct kvk_der_writer w = { .depth = 0 };

	if (*names == NULL) {
		kvk_issue_drop(issue, KVK_OID_EXT_SAN);
		return;
	}
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (; *names != NULL; names++)
		kvk_der_put(&w, KVK_DER_CONTEXT(2), kvk_span_of(*names));
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_SAN, false, &w);
}

void kvk_issue_san(struct kvk_issue *issue, struct kvk_span general_names)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_put(&w, KVK_DER_SEQUENCE, general_names);
	kvk_issue_set_written(issue, KVK_OID_EXT_SAN, false, &w);
}

void kvk_issue_ski(struct kvk_issue *issue)
{
	struct kvk_der_writer w = { .depth = 0 };
	uint8_t id[20] = { 0 };

	kvk_issue_keep(issue, kvk_issue_key_id(kvk_span_of_blob(&issue->spki), id));
	kvk_der_put(&w, KVK_DER_OCTET_STRING, (struct kvk_span){ id, sizeof(id) });
	kvk_issue_set_written(issue, KVK_OID_EXT_SKI, false, &w);
}

void kvk_issue_aki(struct kvk_issue *issue, struct kvk_span id)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_CONTEXT(0), id);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_AKI, false, &w);
}

void kvk_issue_crl_point(struct kvk_issue *issue, const char *url)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(url));
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_CRL_POINTS, false, &w);
}

static void put_access(struct kvk_der_writer *w, enum kvk_oid method, const char *url)
{
	if (url == NULL)
		return;
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, method);
	kvk_der_put(w, KVK_DER_CONTEXT(6), kvk_span_of(url));
	kvk_der_close(w);
}

void kvk_issue_aia(struct kvk_issue *issue, const char *ocsp, const char *ca_issuers)
{
	struct kvk_der_writer w = { .depth = 0 };

	if (ocsp == NULL && ca_issuers == NULL) {
		kvk_issue_drop(issue, KVK_OID_EXT_AIA);
		return;
	}
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	put_access(&w, KVK_OID_AD_OCSP, ocsp);
	put_access(&w, KVK_OID_AD_CA_ISSUERS, ca_issuers);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_AIA, false, &w);
}

void kvk_issue_qc_statements(struct kvk_issue *issue)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_QCS_SYNTAX_V2);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_ETSI_QCS_SEMANTICS_LEGAL);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_QC_STATEMENTS, false, &w);
}
