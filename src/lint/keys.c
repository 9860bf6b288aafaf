/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of lint/lint.h: the AlgorithmIdentifiers of key and signature, and what a key of a kind may
 * be used for.
 */
#include "config.h"

#include "lint/rows.h"

#define ALWAYS \
	(KVK_KU_DIGITAL_SIGNATURE | KVK_KU_NON_REPUDIATION | KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN)
#define ENCIPHER (KVK_KU_KEY_ENCIPHERMENT | KVK_KU_DATA_ENCIPHERMENT)
#define AGREE (KVK_KU_KEY_AGREEMENT | KVK_KU_ENCIPHER_ONLY | KVK_KU_DECIPHER_ONLY)

/* The tag of the parameters of an AlgorithmIdentifier (0: none), and its OID. */
static bool read_algorithm(struct kvk_der *der, enum kvk_oid *oid, unsigned *tag)
{
	struct kvk_span octets;
	struct kvk_der list;

	if (kvk_der_enter(der, KVK_DER_SEQUENCE, &list) != KVK_OK ||
		kvk_der_oid(&list, &octets) != KVK_OK)
		return false;
	*oid = kvk_oid_find(octets);
	*tag = kvk_der_peek(&list);
	return true;
}

/* RFC 3279 2.3.1 (NULL for RSA), RFC 5480 2.1.1 (a named curve), RFC 8410 3 (nothing). */
static bool key_parameters(const struct kvk_certificate *cert)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der, spki;
	enum kvk_oid oid;
	unsigned tag;

	kvk_der_start(&der, cert->spki, true, &log);
	if (kvk_der_enter(&der, KVK_DER_SEQUENCE, &spki) != KVK_OK ||
		!read_algorithm(&spki, &oid, &tag))
		return false;
	switch (oid) {
	case KVK_OID_RSA:
		return tag != KVK_DER_NULL;
	case KVK_OID_EC_PUBLIC_KEY:
		return tag != KVK_DER_OID;
	case KVK_OID_ED25519:
	case KVK_OID_ED448:
		return tag != 0;
	default:
		return false;
	}
}

/* RFC 4055 5 (NULL for RSA), RFC 5758 3 (nothing for DSA and ECDSA), RFC 8410 3. */
static bool signature_parameters(const struct kvk_certificate *cert)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	enum kvk_oid oid;
	unsigned tag;

	kvk_der_start(&der, cert->tbs_algorithm, true, &log);
	if (!read_algorithm(&der, &oid, &tag))
		return false;
	switch (oid) {
	case KVK_OID_RSA_SHA1:
	case KVK_OID_RSA_SHA224:
	case KVK_OID_RSA_SHA256:
	case KVK_OID_RSA_SHA384:
	case KVK_OID_RSA_SHA512:
		return tag != KVK_DER_NULL;
	case KVK_OID_ECDSA_SHA1:
	case KVK_OID_ECDSA_SHA224:
	case KVK_OID_ECDSA_SHA256:
	case KVK_OID_ECDSA_SHA384:
	case KVK_OID_ECDSA_SHA512:
	case KVK_OID_DSA_SHA1:
	case KVK_OID_DSA_SHA224:
	case KVK_OID_DSA_SHA256:
	case KVK_OID_ED25519:
	case KVK_OID_ED448:
		return tag != 0;
	default:
		return false;
	}
}

/* RFC 3279 2.3, RFC 4055 1.2, RFC 8813 3, RFC 8410 5. */
static uint32_t usages_of(enum kvk_key_type type)
{
	switch (type) {
	case KVK_KEY_RSA:
		return ALWAYS | ENCIPHER;
	case KVK_KEY_ECDSA:
		return ALWAYS | AGREE;
	case KVK_KEY_RSA_PSS:
	case KVK_KEY_DSA:
	case KVK_KEY_ED25519:
	case KVK_KEY_ED448:
		return ALWAYS;
	case KVK_KEY_OTHER:
		break;
	}
	return ALWAYS | ENCIPHER | AGREE;
}

static bool usage_of_key(const struct kvk_certificate *cert)
{
	return cert->ext.has_key_usage &&
		(cert->ext.key_usage & (ALWAYS | ENCIPHER | AGREE) & ~usages_of(cert->key.type)) !=
		0;
}

static bool usage_none(const struct kvk_certificate *cert)
{
	return cert->ext.has_key_usage && cert->ext.key_usage == 0;
}

static bool usage_unknown(const struct kvk_certificate *cert)
{
	return cert->ext.has_key_usage && (cert->ext.key_usage >> 9) != 0;
}

static bool usage_signs(const struct kvk_certificate *cert)
{
	return cert->ext.has_key_usage && (cert->ext.key_usage & KVK_KU_KEY_CERT_SIGN) &&
		!cert->ext.ca;
}

static bool usage_ca(const struct kvk_certificate *cert)
{
	return cert->ext.ca && !cert->ext.has_key_usage;
}

const struct kvk_lint_row kvk_lint_keys[] = {
	{
		.id = "key-parameters",
		.text = N_("its public key has parameters other than those that RFC 3279, 5480 or "
			   "8410 requires (4.1.2.7)"),
		.check = key_parameters,
	},
	{
		.id = "signature-parameters",
		.text = N_("its signature algorithm has parameters other than those that RFC 4055, "
			   "5758 or 8410 requires (4.1.1.2)"),
		.check = signature_parameters,
	},
	{
		.id = "usage-none",
		.text = N_("its key usage is empty (4.2.1.3)"),
		.check = usage_none,
	},
	{
		.id = "usage-unknown",
		.text = N_("its key usage lists usages that do not exist (4.2.1.3)"),
		.check = usage_unknown,
	},
	{
		.id = "usage-of-key",
		.text = N_("its key usage lists a usage that does not exist for this type of key "
			   "(RFC 3279, 4055, 8410, 8813)"),
		.check = usage_of_key,
	},
	{
		.id = "usage-signs",
		.text = N_("its key usage allows signing certificates, but it is not a CA "
			   "certificate (4.2.1.3)"),
		.check = usage_signs,
	},
	{
		.id = "usage-ca",
		.text = N_("it is a CA certificate without a key usage (4.2.1.3)"),
		.check = usage_ca,
	},
	{ .id = NULL },
};
