/* SPDX-License-Identifier: Apache-2.0 */
/* Keys and extensions (RFC 5280 4.1.2.7, 4.2). */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/lint/lint.h"

static struct kvk_extension *extension_of(struct kvk_certificate *cert, enum kvk_oid type)
{
	for (size_t i = 0; i < cert->ext.count; i++)
		if (kvk_oid_is(cert->ext.all[i].type, type))
			return &cert->ext.all[i];
	abort();
}

static void drop_extension(struct kvk_certificate *cert, enum kvk_oid type)
{
	struct kvk_extension *extension = extension_of(cert, type);

	*extension = cert->ext.all[--cert->ext.count];
}

CHANGE(rsa_no_null)
{
	cert->spki = OCTETS("\x30\x10\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
			    "\x03\x01\0");
}
CHANGE(rsa_null)
{
	cert->spki = OCTETS("\x30\x12\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\0"
			    "\x03\x01\0");
}
CHANGE(ec_without_curve)
{
	cert->spki = OCTETS("\x30\x0e\x30\x09\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x03\x01\0");
}
CHANGE(ec_curve)
{
	cert->spki = OCTETS("\x30\x18\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"
			    "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x01\0");
}
CHANGE(ed25519_null)
{
	cert->spki = OCTETS("\x30\x0c\x30\x07\x06\x03\x2b\x65\x70\x05\0\x03\x01\0");
}
CHANGE(signed_without_null)
{
	cert->tbs_algorithm = OCTETS("\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b");
}
CHANGE(ecdsa_null)
{
	cert->tbs_algorithm = OCTETS("\x30\x0c\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02\x05\0");
}
CHANGE(ecdsa)
{
	cert->tbs_algorithm = OCTETS("\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02");
}

static void key(struct kvk_certificate *cert, enum kvk_key_type type, uint32_t usage)
{
	cert->key.type = type;
	cert->ext.key_usage = usage;
}

#define SIGN KVK_KU_DIGITAL_SIGNATURE

CHANGE(usage_none)
{
	cert->ext.key_usage = 0;
}
CHANGE(usage_bit_9)
{
	cert->ext.key_usage = SIGN | 1 << 9;
}
CHANGE(usage_bit_8)
{
	key(cert, KVK_KEY_ECDSA, SIGN | KVK_KU_KEY_AGREEMENT | KVK_KU_DECIPHER_ONLY);
}
CHANGE(rsa_agrees)
{
	key(cert, KVK_KEY_RSA, SIGN | KVK_KU_KEY_AGREEMENT);
}
CHANGE(ec_enciphers)
{
	key(cert, KVK_KEY_ECDSA, SIGN | KVK_KU_KEY_ENCIPHERMENT);
}
CHANGE(ed_agrees)
{
	key(cert, KVK_KEY_ED25519, SIGN | KVK_KU_KEY_AGREEMENT);
}
CHANGE(pss_enciphers)
{
	key(cert, KVK_KEY_RSA_PSS, SIGN | KVK_KU_KEY_ENCIPHERMENT);
}
CHANGE(rsa_enciphers)
{
	key(cert, KVK_KEY_RSA, SIGN | KVK_KU_DATA_ENCIPHERMENT);
}
CHANGE(other_agrees)
{
	key(cert, KVK_KEY_OTHER, SIGN | KVK_KU_KEY_AGREEMENT);
}
CHANGE(leaf_signs)
{
	cert->ext.key_usage = SIGN | KVK_KU_KEY_CERT_SIGN;
}
CHANGE(leaf_signs_crls)
{
	cert->ext.key_usage = SIGN | KVK_KU_CRL_SIGN;
}
CHANGE(no_usage)
{
	cert->ext.has_key_usage = false;
}

CHANGE(critical_aki)
{
	extension_of(cert, KVK_OID_EXT_AKI)->critical = true;
}
CHANGE(critical_freshest)
{
	lint_add_extension(cert, KVK_OID_EXT_FRESHEST_CRL, true);
}
CHANGE(critical_points)
{
	lint_add_extension(cert, KVK_OID_EXT_CRL_POINTS, true);
}
CHANGE(soft_basic)
{
	extension_of(cert, KVK_OID_EXT_BASIC_CONSTRAINTS)->critical = false;
}
CHANGE(soft_names)
{
	lint_add_extension(cert, KVK_OID_EXT_NAME_CONSTRAINTS, false);
}
CHANGE(hard_names)
{
	lint_add_extension(cert, KVK_OID_EXT_NAME_CONSTRAINTS, true);
}
CHANGE(soft_inhibit)
{
	lint_add_extension(cert, KVK_OID_EXT_INHIBIT_ANY_POLICY, false);
}
CHANGE(soft_constraints)
{
	lint_add_extension(cert, KVK_OID_EXT_POLICY_CONSTRAINTS, false);
}
CHANGE(mappings)
{
	lint_add_extension(cert, KVK_OID_EXT_POLICY_MAPPINGS, false);
}
CHANGE(broken_san)
{
	lint_add_extension(cert, KVK_OID_EXT_SAN, false);
	cert->ext.all[cert->ext.count - 1].oid = KVK_OID_UNKNOWN;
}
CHANGE(private_extension)
{
	lint_add_extension(cert, KVK_OID_UNKNOWN, false);
	cert->ext.all[cert->ext.count - 1].type = OCTETS("\x2b\x06\x01\x04\x01\x01");
}
CHANGE(no_ski)
{
	drop_extension(cert, KVK_OID_EXT_SKI);
}
CHANGE(no_aki)
{
	drop_extension(cert, KVK_OID_EXT_AKI);
}
CHANGE(no_aki_self)
{
	no_aki(cert);
	cert->issuer = cert->subject;
}
CHANGE(aki_of_serial)
{
	cert->ext.aki_key_id.n = 0;
}
CHANGE(empty_ski)
{
	cert->ext.ski.n = 0;
}

CHANGE(idle_length)
{
	cert->ext.idle_path_length = true;
}
CHANGE(length_of_no_signer)
{
	cert->ext.has_path_length = true;
	cert->ext.key_usage = KVK_KU_CRL_SIGN;
}
CHANGE(length_of_signer)
{
	cert->ext.has_path_length = true;
}

static void constrain(struct kvk_certificate *cert, struct kvk_span permitted)
{
	cert->ext.has_name_constraints = true;
	cert->ext.permitted = permitted;
}

CHANGE(names_dns)
{
	constrain(cert, OCTETS("\x30\x04\x82\x02nl"));
}
CHANGE(names_maximum)
{
	constrain(cert, OCTETS("\x30\x07\x82\x02nl\x81\x01\x03"));
}
CHANGE(names_registered)
{
	constrain(cert, OCTETS("\x30\x03\x88\x01\x2a"));
}
CHANGE(names_ip)
{
	constrain(cert, OCTETS("\x30\x06\x87\x04\x0a\0\0\0"));
}
CHANGE(names_ip_mask)
{
	constrain(cert, OCTETS("\x30\x0a\x87\x08\x0a\0\0\0\xff\0\0\0"));
}
CHANGE(names_excluded_edi)
{
	constrain(cert, OCTETS(""));
	cert->ext.excluded = OCTETS("\x30\x04\xa5\x02\x05\0");
}

static void policy(struct kvk_certificate *cert, struct kvk_span oid, struct kvk_span qualifiers)
{
	cert->ext.policies[cert->ext.policy_count++] = (struct kvk_policy){ oid, qualifiers };
}

CHANGE(policy_again)
{
	policy(cert, cert->ext.policies[0].oid, OCTETS(""));
}
CHANGE(policy_other)
{
	policy(cert, OCTETS("\x2a\x03"), OCTETS(""));
}
CHANGE(cps_ia5)
{
	policy(cert, OCTETS("\x2a\x03"),
		OCTETS("\x30\x11\x30\x0f\x06\x08\x2b\x06\x01\x05\x05\x07"
		       "\x02\x01\x16\x03x:y"));
}
CHANGE(cps_utf8)
{
	policy(cert, OCTETS("\x2a\x03"),
		OCTETS("\x30\x11\x30\x0f\x06\x08\x2b\x06\x01\x05\x05\x07"
		       "\x02\x01\x0c\x03x:y"));
}
CHANGE(notice_utf8)
{
	policy(cert, OCTETS("\x2a\x03"),
		OCTETS("\x30\x13\x30\x11\x06\x08\x2b\x06\x01\x05\x05\x07"
		       "\x02\x02\x30\x05\x0c\x03"
		       "abc"));
}
CHANGE(notice_ia5)
{
	policy(cert, OCTETS("\x2a\x03"),
		OCTETS("\x30\x13\x30\x11\x06\x08\x2b\x06\x01\x05\x05\x07"
		       "\x02\x02\x30\x05\x16\x03"
		       "abc"));
}
/* A notice of n characters. */
static struct kvk_span notice(size_t n)
{
	static uint8_t octets[300] = "\x30\x82\0\0\x30\x82\0\0\x06\x08\x2b\x06\x01\x05\x05\x07"
				     "\x02\x02\x30\x81\0\x0c\x81";

	octets[3] = (uint8_t)((n + 20) & 0xff);
	octets[2] = (uint8_t)((n + 20) >> 8);
	octets[7] = (uint8_t)((n + 16) & 0xff);
	octets[6] = (uint8_t)((n + 16) >> 8);
	octets[20] = (uint8_t)(n + 3);
	octets[23] = (uint8_t)n;
	memset(octets + 24, 'x', n);
	return (struct kvk_span){ octets, n + 24 };
}
CHANGE(notice_200)
{
	policy(cert, OCTETS("\x2a\x03"), notice(200));
}
CHANGE(notice_201)
{
	policy(cert, OCTETS("\x2a\x03"), notice(201));
}
#define OTHER_QUALIFIER OCTETS("\x30\x08\x30\x06\x06\x02\x2a\x04\x05\0")
CHANGE(other_qualifier)
{
	policy(cert, OCTETS("\x2a\x03"), OTHER_QUALIFIER);
}
CHANGE(other_of_any)
{
	policy(cert, kvk_oid_octets(KVK_OID_ANY_POLICY), OTHER_QUALIFIER);
}
CHANGE(map_any)
{
	cert->ext.mapping_count = 1;
	cert->ext.mappings[0].issuer_domain = OCTETS("\x2a\x03");
	cert->ext.mappings[0].subject_domain = kvk_oid_octets(KVK_OID_ANY_POLICY);
}
CHANGE(map_other)
{
	map_any(cert);
	cert->ext.mappings[0].subject_domain = OCTETS("\x2a\x04");
}
CHANGE(some_reasons)
{
	cert->ext.crl_point_count = 1;
	cert->ext.crl_points[0] = (struct kvk_crl_point){ .has_reasons = true, .reasons = 2 };
}
CHANGE(some_and_all_reasons)
{
	some_reasons(cert);
	cert->ext.crl_point_count = 2;
	cert->ext.crl_points[1] = (struct kvk_crl_point){ .has_reasons = false };
}

const struct lint_case lint_cases_extensions[] = {
	{ "key-parameters", false, rsa_no_null, NULL },
	{ "key-parameters", false, ec_without_curve, NULL },
	{ "key-parameters", true, ed25519_null, NULL },
	{ NULL, false, rsa_null, NULL },
	{ NULL, false, ec_curve, NULL },
	{ "signature-parameters", false, signed_without_null, NULL },
	{ "signature-parameters", true, ecdsa_null, NULL },
	{ NULL, false, ecdsa, NULL },
	{ "usage-none", false, usage_none, NULL },
	{ "usage-unknown", false, usage_bit_9, NULL },
	{ NULL, false, usage_bit_8, NULL },
	{ "usage-of-key", false, rsa_agrees, NULL },
	{ "usage-of-key", false, ec_enciphers, NULL },
	{ "usage-of-key", false, ed_agrees, NULL },
	{ "usage-of-key", false, pss_enciphers, NULL },
	{ NULL, false, rsa_enciphers, NULL },
	{ NULL, false, other_agrees, NULL },
	{ "usage-signs", false, leaf_signs, NULL },
	{ NULL, false, leaf_signs_crls, NULL },
	{ "usage-ca", true, no_usage, NULL },
	{ NULL, false, no_usage, NULL },
	{ "critical", false, critical_aki, "authorityKeyIdentifier" },
	{ "critical", true, critical_freshest, "freshestCRL" },
	{ NULL, false, critical_points, NULL },
	{ "not-critical", true, soft_basic, "basicConstraints" },
	{ NULL, false, soft_basic, NULL },
	{ "not-critical", true, soft_names, "nameConstraints" },
	{ "not-critical", true, soft_inhibit, "inhibitAnyPolicy" },
	{ "not-critical", true, soft_constraints, "policyConstraints" },
	{ NULL, true, hard_names, NULL },
	{ "for-cas", false, hard_names, "nameConstraints" },
	{ "for-cas", false, mappings, "policyMappings" },
	{ NULL, true, mappings, NULL },
	{ "malformed", false, broken_san, "subjectAltName" },
	{ NULL, false, private_extension, NULL },
	{ "ca-without-ski", true, no_ski, NULL },
	{ NULL, false, no_ski, NULL },
	{ "ca-without-aki", true, no_aki, NULL },
	{ NULL, true, no_aki_self, NULL },
	{ NULL, false, no_aki, NULL },
	{ "aki-without-key", false, aki_of_serial, NULL },
	{ "empty-ski", true, empty_ski, NULL },
	{ "idle-path-length", false, idle_length, NULL },
	{ "path-length-of-no-signer", true, length_of_no_signer, NULL },
	{ NULL, true, length_of_signer, NULL },
	{ "constraint", true, names_maximum, NULL },
	{ "constraint", true, names_registered, NULL },
	{ "constraint", true, names_ip, NULL },
	{ "constraint", true, names_excluded_edi, NULL },
	{ NULL, true, names_dns, NULL },
	{ NULL, true, names_ip_mask, NULL },
	{ "policy-twice", false, policy_again, NULL },
	{ NULL, false, policy_other, NULL },
	{ "qualifier", false, cps_utf8, "1.2.3" },
	{ "qualifier", true, notice_ia5, "1.2.3" },
	{ "qualifier", false, notice_201, NULL },
	{ "qualifier", false, other_of_any, "2.5.29.32.0" },
	{ NULL, false, cps_ia5, NULL },
	{ NULL, false, notice_utf8, NULL },
	{ NULL, false, notice_200, NULL },
	{ NULL, false, other_qualifier, NULL },
	{ "mapped-any", true, map_any, NULL },
	{ NULL, true, map_other, NULL },
	{ "some-reasons", false, some_reasons, NULL },
	{ NULL, false, some_and_all_reasons, NULL },
	{ NULL, false, NULL, NULL },
};
