/* SPDX-License-Identifier: Apache-2.0 */
/* What a strict reader of RFC 5280 refuses and Java lets pass: no message, but a warning. */
#include "config.h"

#include "tests/practice/faults.h"

#include "cert/certificate.h"
#include "tests/support/crl_issue.h"
#include "tests/support/issue_odd.h"

#define LEAF(name) static void name(struct maker *m, struct kvk_issue *issue)
#define CRL(name) static void name(struct maker *m, struct kvk_crl_issue *crl)
#define NAMES(...) ((const char *[]){ __VA_ARGS__, NULL })
#define OCTETS(text) ((struct kvk_span){ (const uint8_t *)(text), sizeof(text) - 1 })
#define PKIO "2.16.528.1.1003.1.2.44.15.35.11"

LEAF(utf8_number)
{
	(void)m;
	kvk_issue_name_tag(issue, KVK_OID_SERIAL_NUMBER, KVK_DER_UTF8_STRING);
}

LEAF(ia5_organisation)
{
	(void)m;
	kvk_issue_name_tag(issue, KVK_OID_O, KVK_DER_IA5_STRING);
}
LEAF(long_unit)
{
	(void)m;
	kvk_issue_name(issue, KVK_OID_OU,
		"Afdeling die een naam heeft die langer is dan hij "
		"volgens X.520 zijn mag");
}
LEAF(empty_unit)
{
	(void)m;
	kvk_issue_name(issue, KVK_OID_OU, "");
}
LEAF(country_number)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_C, "528");
}
LEAF(underscore)
{
	(void)m;
	kvk_issue_dns(issue, NAMES("api.example.nl", "a_b.example.nl"));
}
LEAF(final_dot)
{
	(void)m;
	kvk_issue_dns(issue, NAMES("api.example.nl", "api.example.nl."));
}
LEAF(policy_twice)
{
	(void)m;
	kvk_issue_policies(issue, NAMES(PKIO, "0.4.0.2042.1.1", PKIO));
}
LEAF(key_agreement)
{
	(void)m;
	kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_AGREEMENT);
}
LEAF(leaf_signs)
{
	(void)m;
	kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_CERT_SIGN);
}
LEAF(usage_bit_9)
{
	(void)m;
	kvk_issue_extension(issue, "2.5.29.15", true, OCTETS("\x03\x03\x06\xa0\x40"));
}
/* cA FALSE, left out, with a path length of 0 */
LEAF(idle_path_length)
{
	(void)m;
	kvk_issue_extension(issue, "2.5.29.19", true, OCTETS("\x30\x03\x02\x01\0"));
}
/* basicConstraints with cA FALSE written out */
LEAF(default_written)
{
	(void)m;
	kvk_issue_extension(issue, "2.5.29.19", true, OCTETS("\x30\x03\x01\x01\0"));
}
/* an address of five octets in an AIA that is not critical */
LEAF(broken_aia)
{
	(void)m;
	kvk_issue_extension(issue, "1.3.6.1.5.5.7.1.1", false,
		OCTETS("\x30\x13\x30\x11\x06\x08"
		       "\x2b\x06\x01\x05\x05\x07\x30\x02\x87\x05\1\2\3\4\5"));
}
LEAF(names_in_leaf)
{
	(void)m;
	kvk_issue_name_constraints(issue, NAMES("example.nl"), NULL);
}

/* a dNSName with a Latin-1 letter */
LEAF(latin1_name)
{
	(void)m;
	kvk_issue_san(issue,
		OCTETS("\x82\x0e"
		       "api.example.nl"
		       "\x82\x04"
		       "\xe9.nl"));
}
/* five bits are said to be unused, and one of them is set */
LEAF(usage_padding)
{
	(void)m;
	kvk_issue_extension(issue, "2.5.29.15", true, OCTETS("\x03\x02\x05\xa1"));
}

/* neither of the two members */
LEAF(empty_constraints)
{
	(void)m;
	kvk_issue_extension(issue, "2.5.29.36", true, OCTETS("\x30\0"));
}
LEAF(soft_basic)
{
	(void)m;
	kvk_issue_critical(issue, KVK_OID_EXT_BASIC_CONSTRAINTS, false);
}
LEAF(no_aki)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_AKI);
}
LEAF(soft_inhibit)
{
	(void)m;
	kvk_issue_inhibit_any_policy(issue, 0);
	kvk_issue_critical(issue, KVK_OID_EXT_INHIBIT_ANY_POLICY, false);
}

CRL(crl_no_number)
{
	(void)m;
	kvk_crl_drop(crl, KVK_OID_EXT_CRL_NUMBER);
}
CRL(crl_no_aki)
{
	(void)m;
	kvk_crl_drop(crl, KVK_OID_EXT_AKI);
}

#define TSP .level = KVK_PRACTICE_TSP
#define FORM .warning = "rfc5280-form"

const struct fault form_faults[] = {
	{ .name = "utf8-number", FORM, .leaf = utf8_number },
	{ .name = "ia5-organisation", FORM, .leaf = ia5_organisation },
	{ .name = "long-unit", FORM, .leaf = long_unit },
	{ .name = "empty-unit", FORM, .leaf = empty_unit },
	{ .name = "country-number", FORM, .leaf = country_number },
	{ .name = "underscore", FORM, .leaf = underscore },
	{ .name = "final-dot", FORM, .leaf = final_dot },
	{ .name = "policy-twice", FORM, .leaf = policy_twice },
	{ .name = "key-agreement", FORM, .leaf = key_agreement },
	{ .name = "leaf-signs", FORM, .leaf = leaf_signs },
	{ .name = "usage-bit-9", FORM, .leaf = usage_bit_9 },
	{ .name = "idle-path-length", FORM, .leaf = idle_path_length },
	{ .name = "default-written", .warning = "not-strict-der", .leaf = default_written },
	{ .name = "broken-aia", FORM, .leaf = broken_aia },
	{ .name = "names-in-leaf", FORM, .leaf = names_in_leaf },
	{ .name = "latin1-name", .warning = "not-strict-der", .leaf = latin1_name },
	{ .name = "usage-padding", .warning = "not-strict-der", .leaf = usage_padding },
	{ .name = "tsp-empty-constraints",
		.warning = "not-strict-der",
		TSP,
		.ca = empty_constraints },
	{ .name = "tsp-soft-basic", FORM, TSP, .ca = soft_basic },
	{ .name = "tsp-no-aki", FORM, TSP, .ca = no_aki },
	{ .name = "tsp-soft-inhibit", FORM, TSP, .ca = soft_inhibit },
	{ .name = "crl-no-number", .warning = "crl-form", TSP, .crl = crl_no_number },
	{ .name = "crl-no-aki", .warning = "crl-form", TSP, .crl = crl_no_aki },
	{ .name = NULL },
};
