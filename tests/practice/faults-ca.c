/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of the CAs and of their CRLs. */
#include "config.h"

#include "tests/practice/faults.h"

#include "cert/certificate.h"
#include "cert/crl.h"
#include "tests/support/crl_issue.h"
#include "tests/support/issue_odd.h"
#include "tests/support/signings.h"
#include "tests/support/tsp.h"

#define CA(name) static void name(struct maker *m, struct kvk_issue *issue)
#define CRL(name) static void name(struct maker *m, struct kvk_crl_issue *crl)
#define NAMES(...) ((const char *[]){ __VA_ARGS__, NULL })
#define UNKNOWN_OID "1.3.6.1.4.1.32473.1"
#define G4_TLS_SYS "2.16.528.1.1003.1.2.44.15.35.11"

static struct kvk_span null_value(void)
{
	static const uint8_t null[] = { 0x05, 0x00 };

	return (struct kvk_span){ null, sizeof(null) };
}

CA(sha1)
{
	(void)m;
	issue->signing = &kvk_signing_rsa_sha1;
}
CA(md5)
{
	(void)m;
	issue->signing = &kvk_signing_rsa_md5;
}
CA(expired)
{
	(void)m;
	issue->not_after = issue->not_before + KVK_DAY;
}
CA(not_yet_valid)
{
	(void)m;
	issue->not_before = issue->not_after - KVK_DAY;
}
CA(crl_sign_only)
{
	(void)m;
	kvk_issue_key_usage(issue, KVK_KU_CRL_SIGN);
}
CA(no_crl_sign)
{
	(void)m;
	kvk_issue_key_usage(issue, KVK_KU_KEY_CERT_SIGN);
}
CA(no_key_usage)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_KEY_USAGE);
}
CA(bad_signature)
{
	(void)m;
	issue_odd(issue)->damage = KVK_DAMAGE_BIT;
}
CA(not_ca)
{
	(void)m;
	kvk_issue_basic_constraints(issue, false, -1);
}
CA(no_basic)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_BASIC_CONSTRAINTS);
}
CA(path_length_0)
{
	(void)m;
	kvk_issue_basic_constraints(issue, true, 0);
}
CA(unknown_critical)
{
	(void)m;
	kvk_issue_extension_add(issue, UNKNOWN_OID, true, null_value());
}
CA(no_ski)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_SKI);
}
CA(version_1)
{
	(void)m;
	issue_odd(issue)->version = 1;
	kvk_issue_drop_all(issue);
}

CA(names_excluded)
{
	(void)m;
	kvk_issue_name_constraints(issue, NULL, NAMES("example.nl"));
}
CA(names_other)
{
	(void)m;
	kvk_issue_name_constraints(issue, NAMES("example.be"), NULL);
}
CA(names_permitted)
{
	(void)m;
	kvk_issue_name_constraints(issue, NAMES("example.nl"), NULL);
}

CA(explicit_policy)
{
	(void)m;
	kvk_issue_policy_constraints(issue, 0, -1);
	kvk_issue_policies(issue, NAMES("2.16.528.1.1003.1.2.44.15.38.10"));
}
CA(explicit_good)
{
	(void)m;
	kvk_issue_policy_constraints(issue, 0, -1);
}
/* The TSP CA asserts anyPolicy, which the CA above it forbids. */
CA(inhibited_any)
{
	if (m->level == KVK_PRACTICE_TSP) {
		kvk_issue_policies(issue, NAMES("2.5.29.32.0"));
	} else if (m->level == KVK_PRACTICE_INTERMEDIATE) {
		kvk_issue_inhibit_any_policy(issue, 0);
		kvk_issue_policy_constraints(issue, 0, -1);
	}
}
CA(mapped_policy)
{
	(void)m;
	kvk_issue_policy_mappings(issue, NAMES(G4_TLS_SYS, "2.5.29.32.0"));
}

CA(self_signed)
{
	m->self_signed = true;
	kvk_issue_aki(issue, kvk_practice_key_id(m->tsp, m->level));
}

/* Under another name, as if another CA had the same key. */
CA(renamed)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_CN, "KVKCSR PRACTICE another CA");
}

CRL(crl_expired)
{
	(void)m;
	crl->this_update -= 3 * KVK_DAY;
	crl->next_update -= 3 * KVK_DAY;
}
CRL(crl_not_yet)
{
	(void)m;
	crl->this_update += 3 * KVK_DAY;
	crl->next_update += 3 * KVK_DAY;
}
CRL(crl_no_next)
{
	(void)m;
	crl->no_next_update = true;
}
CRL(crl_bad_signature)
{
	(void)m;
	crl->damage = KVK_DAMAGE_BIT;
}
CRL(crl_unknown_critical)
{
	(void)m;
	kvk_crl_extension(crl, UNKNOWN_OID, true, null_value());
}
CRL(crl_other_scope)
{
	(void)m;
	kvk_crl_idp(crl, "http://crl.practice.example/other.crl", 0, 0);
}
CRL(crl_only_ca)
{
	(void)m;
	kvk_crl_idp(crl, NULL, 2, 0);
}
CRL(crl_delta)
{
	(void)m;
	kvk_crl_delta(crl, 1);
}
CRL(crl_other_key)
{
	(void)crl;
	m->crl_key = kvk_practice_key(m->tsp, KVK_PRACTICE_ROOT);
}

static void revoke(const struct kvk_blob *serial, struct kvk_crl_issue *crl, int reason)
{
	if (serial)
		kvk_crl_revoke(crl, kvk_span_of_blob(serial), crl->this_update - KVK_HOUR, reason);
}

CRL(revoked)
{
	revoke(m->leaf_serial, crl, KVK_REVOKED_KEY_COMPROMISE);
}
CRL(revoked_plain)
{
	revoke(m->leaf_serial, crl, -1);
}
CRL(revoked_hold)
{
	revoke(m->leaf_serial, crl, KVK_REVOKED_HOLD);
}
CRL(ca_revoked)
{
	revoke(m->ca_serial, crl, KVK_REVOKED_CA_COMPROMISE);
}
CRL(other_revoked)
{
	static const uint8_t other[] = { 0x01, 0x02, 0x03 };

	(void)m;
	kvk_crl_revoke(crl, (struct kvk_span){ other, sizeof(other) }, crl->this_update, 4);
}
CRL(revoked_later)
{
	if (m->leaf_serial)
		kvk_crl_revoke(crl, kvk_span_of_blob(m->leaf_serial), crl->next_update + KVK_DAY,
			KVK_REVOKED_SUPERSEDED);
}

static void no_leaf_crl(struct maker *m)
{
	m->without_crl[KVK_PRACTICE_TSP] = true;
}
static void no_tsp_crl(struct maker *m)
{
	m->without_crl[KVK_PRACTICE_INTERMEDIATE] = true;
}

#define TSP .level = KVK_PRACTICE_TSP
#define EACH .level = KVK_PRACTICE_LEVELS
#define MIDDLE .level = KVK_PRACTICE_INTERMEDIATE

const struct fault ca_faults[] = {
	{ .name = "tsp-sha1", .message = 1, TSP, .ca = sha1 },
	{ .name = "intermediate-md5", .message = 1, MIDDLE, .ca = md5 },
	{ .name = "no-crl", .message = 2, .file = no_leaf_crl },
	{ .name = "no-tsp-crl", .message = 2, .file = no_tsp_crl },
	{ .name = "crl-expired", .message = 2, TSP, .crl = crl_expired },
	{ .name = "crl-not-yet", .message = 2, TSP, .crl = crl_not_yet },
	{ .name = "crl-other-key", .message = 2, TSP, .crl = crl_other_key },
	{ .name = "crl-bad-signature", .message = 2, TSP, .crl = crl_bad_signature },
	{ .name = "crl-unknown-critical", .message = 2, TSP, .crl = crl_unknown_critical },
	{ .name = "crl-other-scope", .message = 2, TSP, .crl = crl_other_scope },
	{ .name = "crl-only-ca", .message = 2, TSP, .crl = crl_only_ca },
	{ .name = "crl-delta", .message = 2, TSP, .crl = crl_delta },
	{ .name = "tsp-no-crl-sign", .message = 2, TSP, .ca = no_crl_sign },
	{ .name = "tsp-expired", .message = 5, TSP, .ca = expired },
	{ .name = "intermediate-expired", .message = 5, MIDDLE, .ca = expired },
	{ .name = "tsp-crl-sign-only", .message = 7, TSP, .ca = crl_sign_only },
	{ .name = "intermediate-crl-sign-only", .message = 7, MIDDLE, .ca = crl_sign_only },
	{ .name = "names-excluded", .message = 8, TSP, .ca = names_excluded },
	{ .name = "names-other", .message = 8, MIDDLE, .ca = names_other },
	{ .name = "explicit-policy", .message = 9, TSP, .ca = explicit_policy },
	{ .name = "inhibited-any", .message = 9, EACH, .ca = inhibited_any },
	{ .name = "mapped-policy", .message = 9, MIDDLE, .ca = mapped_policy },
	{ .name = "tsp-bad-signature", .message = 10, TSP, .ca = bad_signature },
	{ .name = "intermediate-bad-signature", .message = 10, MIDDLE, .ca = bad_signature },
	{ .name = "tsp-not-ca", .message = 23, TSP, .ca = not_ca },
	{ .name = "tsp-no-basic", .message = 23, TSP, .ca = no_basic },
	{ .name = "tsp-version-1", .message = 23, TSP, .ca = version_1 },
	{ .name = "tsp-not-yet-valid", .message = 24, TSP, .ca = not_yet_valid },
	{ .name = "path-length", .message = 27, MIDDLE, .ca = path_length_0 },
	{ .name = "revoked", .message = 28, TSP, .crl = revoked },
	{ .name = "revoked-plain", .message = 28, TSP, .crl = revoked_plain },
	{ .name = "revoked-hold", .message = 28, TSP, .crl = revoked_hold },
	{ .name = "tsp-revoked", .message = 28, MIDDLE, .crl = ca_revoked },
	{ .name = "tsp-self-signed", .message = 29, TSP, .ca = self_signed },
	{ .name = "intermediate-self-signed", .message = 29, MIDDLE, .ca = self_signed },
	{ .name = "tsp-unknown-critical", .message = 30, TSP, .ca = unknown_critical },
	{ .name = "crl-no-next", TSP, .crl = crl_no_next },
	{ .name = "other-revoked", TSP, .crl = other_revoked },
	{ .name = "revoked-later", .warning = "revocation-planned", TSP, .crl = revoked_later },
	{ .name = "tsp-no-key-usage", .warning = "rfc5280-form", TSP, .ca = no_key_usage },
	{ .name = "tsp-no-ski", .warning = "rfc5280-form", TSP, .ca = no_ski },
	{ .name = "names-permitted", TSP, .ca = names_permitted },
	{ .name = "explicit-good", TSP, .ca = explicit_good },
	{ .name = "tsp-renamed", TSP, .ca = renamed },
	{ .name = NULL },
};
