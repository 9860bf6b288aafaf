/* SPDX-License-Identifier: Apache-2.0 */
/* Part of practice/practice.h: leaves. */
#include "config.h"

#include "practice/practice.h"

#include "cert/certificate.h"
#include "practice/issue_list.h"
#include "practice/tsp.h"

#define DOMAIN "api.example.nl"
/* A number of the test environment of the KVK API. */
#define KVK_NUMBER "68750110"
#define ORGANISATION "Voorbeeld B.V."

static const char *const usages[] = { "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", NULL };

static const char *or_default(const char *text, const char *otherwise)
{
	return text != NULL ? text : otherwise;
}

/* An attribute that is put together. */
static void put_joined(struct kvk_issue *issue, enum kvk_oid oid, const char *before,
	const char *text, const char *after)
{
	struct kvk_blob value = { .n = 0 };

	kvk_issue_keep(issue, kvk_blob_append_format(&value, "%s%s%s", before, text, after));
	kvk_issue_name(issue, oid, kvk_blob_str(&value));
	kvk_blob_free(&value);
}

static void put_subject(const struct kvk_leaf_profile *profile,
	const struct kvk_practice_leaf *wanted, struct kvk_issue *issue)
{
	const char *kvk = or_default(wanted->kvk, KVK_NUMBER);

	if (profile->ev) {
		kvk_issue_name(issue, KVK_OID_JURISDICTION_C, "NL");
		kvk_issue_name(issue, KVK_OID_BUSINESS_CATEGORY, "Private Organization");
	}
	kvk_issue_name(issue, KVK_OID_C, "NL");
	if (profile->place) {
		kvk_issue_name(issue, KVK_OID_ST, "Utrecht");
		kvk_issue_name(issue, KVK_OID_L, "Utrecht");
	}
	kvk_issue_name(issue, KVK_OID_O, or_default(wanted->organisation, ORGANISATION));
	kvk_issue_name(issue, KVK_OID_CN, or_default(wanted->domain, DOMAIN));
	if (profile->organisation_id)
		put_joined(issue, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-", kvk, "");
	if (wanted->oin != NULL)
		kvk_issue_name(issue, KVK_OID_SERIAL_NUMBER, wanted->oin);
	else if (profile->hrn)
		put_joined(issue, KVK_OID_SERIAL_NUMBER, "00000003", kvk, "0000");
	else
		kvk_issue_name(issue, KVK_OID_SERIAL_NUMBER, kvk);
}

enum kvk_err kvk_practice_leaf(
	struct kvk_practice *tsp, const struct kvk_practice_leaf *wanted, struct kvk_issue *issue)
{
	const struct kvk_leaf_profile *profile = &tsp->profile->leaf;
	const struct kvk_ca_profile *ca = &tsp->profile->ca[KVK_PRACTICE_TSP];
	unsigned days = wanted->days > 0 ? wanted->days : profile->days;
	const char *names[] = { or_default(wanted->domain, DOMAIN), NULL };

	kvk_issue_start(issue);
	put_subject(profile, wanted, issue);
	/* TSPs set their clock back a little, for those whose clocks are slow. */
	issue->not_before = tsp->now - KVK_HOUR;
	issue->not_after = issue->not_before + days * KVK_DAY - KVK_SECOND;
	issue->signing = tsp->ca[KVK_PRACTICE_TSP].signing;
	kvk_issue_spki(issue, wanted->spki);
	kvk_issue_basic_constraints(issue, false, -1);
	kvk_issue_aki(issue, kvk_practice_key_id(tsp, KVK_PRACTICE_TSP));
	kvk_issue_aia(issue, profile->ocsp_url, ca->certificate_url);
	kvk_issue_dns(issue, names);
	kvk_issue_policies(issue, profile->policies);
	kvk_issue_eku(issue, usages);
	if (profile->qc_statements)
		kvk_issue_qc_statements(issue);
	kvk_issue_crl_point(issue, ca->crl_url);
	kvk_issue_ski(issue);
	kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_ENCIPHERMENT);
	return issue->err;
}
