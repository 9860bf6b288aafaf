/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Object identifiers: those that this program knows, in one list, and the conversions between their
 * forms. A test checks that the dotted and the encoded column agree. What a policy OID means is
 * data (templates/), not code.
 */
#ifndef KVKCSR_DER_OID_H
#define KVKCSR_DER_OID_H

#include "base/blob.h"
#include "base/limits.h"

/* id, dotted form, content octets, the name that the standards give it. */
#define KVK_OIDS(X) \
	X(KVK_OID_CN, "2.5.4.3", "\x55\x04\x03", "CN") \
	X(KVK_OID_SURNAME, "2.5.4.4", "\x55\x04\x04", "SN") \
	X(KVK_OID_SERIAL_NUMBER, "2.5.4.5", "\x55\x04\x05", "serialNumber") \
	X(KVK_OID_C, "2.5.4.6", "\x55\x04\x06", "C") \
	X(KVK_OID_L, "2.5.4.7", "\x55\x04\x07", "L") \
	X(KVK_OID_ST, "2.5.4.8", "\x55\x04\x08", "ST") \
	X(KVK_OID_STREET, "2.5.4.9", "\x55\x04\x09", "street") \
	X(KVK_OID_O, "2.5.4.10", "\x55\x04\x0a", "O") \
	X(KVK_OID_OU, "2.5.4.11", "\x55\x04\x0b", "OU") \
	X(KVK_OID_TITLE, "2.5.4.12", "\x55\x04\x0c", "title") \
	X(KVK_OID_BUSINESS_CATEGORY, "2.5.4.15", "\x55\x04\x0f", "businessCategory") \
	X(KVK_OID_POSTAL_CODE, "2.5.4.17", "\x55\x04\x11", "postalCode") \
	X(KVK_OID_GIVEN_NAME, "2.5.4.42", "\x55\x04\x2a", "GN") \
	X(KVK_OID_DN_QUALIFIER, "2.5.4.46", "\x55\x04\x2e", "dnQualifier") \
	X(KVK_OID_PSEUDONYM, "2.5.4.65", "\x55\x04\x41", "pseudonym") \
	X(KVK_OID_ORGANIZATION_IDENTIFIER, "2.5.4.97", "\x55\x04\x61", "organizationIdentifier") \
	X(KVK_OID_UID, "0.9.2342.19200300.100.1.1", "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01", \
		"UID") \
	X(KVK_OID_DC, "0.9.2342.19200300.100.1.25", "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19", \
		"DC") \
	X(KVK_OID_EMAIL, "1.2.840.113549.1.9.1", "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", \
		"emailAddress") \
	X(KVK_OID_JURISDICTION_L, "1.3.6.1.4.1.311.60.2.1.1", \
		"\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01\x01", "jurisdictionLocalityName") \
	X(KVK_OID_JURISDICTION_ST, "1.3.6.1.4.1.311.60.2.1.2", \
		"\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01\x02", "jurisdictionStateOrProvinceName") \
	X(KVK_OID_JURISDICTION_C, "1.3.6.1.4.1.311.60.2.1.3", \
		"\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01\x03", "jurisdictionCountryName") \
	X(KVK_OID_EXT_SUBJECT_DIRECTORY_ATTRIBUTES, "2.5.29.9", "\x55\x1d\x09", \
		"subjectDirectoryAttributes") \
	X(KVK_OID_EXT_SKI, "2.5.29.14", "\x55\x1d\x0e", "subjectKeyIdentifier") \
	X(KVK_OID_EXT_KEY_USAGE, "2.5.29.15", "\x55\x1d\x0f", "keyUsage") \
	X(KVK_OID_EXT_KEY_PERIOD, "2.5.29.16", "\x55\x1d\x10", "privateKeyUsagePeriod") \
	X(KVK_OID_EXT_SAN, "2.5.29.17", "\x55\x1d\x11", "subjectAltName") \
	X(KVK_OID_EXT_ISSUER_ALT_NAME, "2.5.29.18", "\x55\x1d\x12", "issuerAltName") \
	X(KVK_OID_EXT_BASIC_CONSTRAINTS, "2.5.29.19", "\x55\x1d\x13", "basicConstraints") \
	X(KVK_OID_EXT_CRL_NUMBER, "2.5.29.20", "\x55\x1d\x14", "cRLNumber") \
	X(KVK_OID_EXT_REASON_CODE, "2.5.29.21", "\x55\x1d\x15", "cRLReason") \
	X(KVK_OID_EXT_INVALIDITY_DATE, "2.5.29.24", "\x55\x1d\x18", "invalidityDate") \
	X(KVK_OID_EXT_DELTA_CRL, "2.5.29.27", "\x55\x1d\x1b", "deltaCRLIndicator") \
	X(KVK_OID_EXT_IDP, "2.5.29.28", "\x55\x1d\x1c", "issuingDistributionPoint") \
	X(KVK_OID_EXT_CERTIFICATE_ISSUER, "2.5.29.29", "\x55\x1d\x1d", "certificateIssuer") \
	X(KVK_OID_EXT_NAME_CONSTRAINTS, "2.5.29.30", "\x55\x1d\x1e", "nameConstraints") \
	X(KVK_OID_EXT_CRL_POINTS, "2.5.29.31", "\x55\x1d\x1f", "cRLDistributionPoints") \
	X(KVK_OID_EXT_POLICIES, "2.5.29.32", "\x55\x1d\x20", "certificatePolicies") \
	X(KVK_OID_ANY_POLICY, "2.5.29.32.0", "\x55\x1d\x20\x00", "anyPolicy") \
	X(KVK_OID_EXT_POLICY_MAPPINGS, "2.5.29.33", "\x55\x1d\x21", "policyMappings") \
	X(KVK_OID_EXT_AKI, "2.5.29.35", "\x55\x1d\x23", "authorityKeyIdentifier") \
	X(KVK_OID_EXT_POLICY_CONSTRAINTS, "2.5.29.36", "\x55\x1d\x24", "policyConstraints") \
	X(KVK_OID_EXT_EKU, "2.5.29.37", "\x55\x1d\x25", "extKeyUsage") \
	X(KVK_OID_ANY_EKU, "2.5.29.37.0", "\x55\x1d\x25\x00", "anyExtendedKeyUsage") \
	X(KVK_OID_EXT_FRESHEST_CRL, "2.5.29.46", "\x55\x1d\x2e", "freshestCRL") \
	X(KVK_OID_EXT_INHIBIT_ANY_POLICY, "2.5.29.54", "\x55\x1d\x36", "inhibitAnyPolicy") \
	X(KVK_OID_EXT_AIA, "1.3.6.1.5.5.7.1.1", "\x2b\x06\x01\x05\x05\x07\x01\x01", \
		"authorityInfoAccess") \
	X(KVK_OID_EXT_QC_STATEMENTS, "1.3.6.1.5.5.7.1.3", "\x2b\x06\x01\x05\x05\x07\x01\x03", \
		"qcStatements") \
	X(KVK_OID_EXT_SIA, "1.3.6.1.5.5.7.1.11", "\x2b\x06\x01\x05\x05\x07\x01\x0b", \
		"subjectInfoAccess") \
	X(KVK_OID_EXT_TLS_FEATURE, "1.3.6.1.5.5.7.1.24", "\x2b\x06\x01\x05\x05\x07\x01\x18", \
		"tlsFeature") \
	X(KVK_OID_EXT_OCSP_NOCHECK, "1.3.6.1.5.5.7.48.1.5", \
		"\x2b\x06\x01\x05\x05\x07\x30\x01\x05", "ocspNoCheck") \
	X(KVK_OID_EXT_OCSP_NONCE, "1.3.6.1.5.5.7.48.1.2", "\x2b\x06\x01\x05\x05\x07\x30\x01\x02", \
		"ocspNonce") \
	X(KVK_OID_EXT_SCT_LIST, "1.3.6.1.4.1.11129.2.4.2", \
		"\x2b\x06\x01\x04\x01\xd6\x79\x02\x04\x02", "signedCertificateTimestamps") \
	X(KVK_OID_EXT_CT_POISON, "1.3.6.1.4.1.11129.2.4.3", \
		"\x2b\x06\x01\x04\x01\xd6\x79\x02\x04\x03", "ctPoison") \
	X(KVK_OID_EXT_CABF_ORG_ID, "2.23.140.3.1", "\x67\x81\x0c\x03\x01", \
		"cabfOrganizationIdentifier") \
	X(KVK_OID_EXT_NETSCAPE_CERT_TYPE, "2.16.840.1.113730.1.1", \
		"\x60\x86\x48\x01\x86\xf8\x42\x01\x01", "netscapeCertType") \
	X(KVK_OID_AD_OCSP, "1.3.6.1.5.5.7.48.1", "\x2b\x06\x01\x05\x05\x07\x30\x01", "ocsp") \
	X(KVK_OID_AD_CA_ISSUERS, "1.3.6.1.5.5.7.48.2", "\x2b\x06\x01\x05\x05\x07\x30\x02", \
		"caIssuers") \
	X(KVK_OID_OCSP_BASIC, "1.3.6.1.5.5.7.48.1.1", "\x2b\x06\x01\x05\x05\x07\x30\x01\x01", \
		"ocspBasic") \
	X(KVK_OID_EKU_SERVER_AUTH, "1.3.6.1.5.5.7.3.1", "\x2b\x06\x01\x05\x05\x07\x03\x01", \
		"serverAuth") \
	X(KVK_OID_EKU_CLIENT_AUTH, "1.3.6.1.5.5.7.3.2", "\x2b\x06\x01\x05\x05\x07\x03\x02", \
		"clientAuth") \
	X(KVK_OID_EKU_CODE_SIGNING, "1.3.6.1.5.5.7.3.3", "\x2b\x06\x01\x05\x05\x07\x03\x03", \
		"codeSigning") \
	X(KVK_OID_EKU_EMAIL, "1.3.6.1.5.5.7.3.4", "\x2b\x06\x01\x05\x05\x07\x03\x04", \
		"emailProtection") \
	X(KVK_OID_EKU_TIME_STAMPING, "1.3.6.1.5.5.7.3.8", "\x2b\x06\x01\x05\x05\x07\x03\x08", \
		"timeStamping") \
	X(KVK_OID_EKU_OCSP_SIGNING, "1.3.6.1.5.5.7.3.9", "\x2b\x06\x01\x05\x05\x07\x03\x09", \
		"OCSPSigning") \
	X(KVK_OID_EKU_MS_DOCUMENT_SIGNING, "1.3.6.1.4.1.311.10.3.12", \
		"\x2b\x06\x01\x04\x01\x82\x37\x0a\x03\x0c", "documentSigning") \
	X(KVK_OID_EKU_MS_EFS, "1.3.6.1.4.1.311.10.3.4", \
		"\x2b\x06\x01\x04\x01\x82\x37\x0a\x03\x04", "encryptingFileSystem") \
	X(KVK_OID_EKU_SMARTCARD_LOGON, "1.3.6.1.4.1.311.20.2.2", \
		"\x2b\x06\x01\x04\x01\x82\x37\x14\x02\x02", "smartcardLogon") \
	X(KVK_OID_POLICY_CPS, "1.3.6.1.5.5.7.2.1", "\x2b\x06\x01\x05\x05\x07\x02\x01", "cps") \
	X(KVK_OID_POLICY_USER_NOTICE, "1.3.6.1.5.5.7.2.2", "\x2b\x06\x01\x05\x05\x07\x02\x02", \
		"userNotice") \
	X(KVK_OID_POLICY_EV, "2.23.140.1.1", "\x67\x81\x0c\x01\x01", "ev") \
	X(KVK_OID_POLICY_DV, "2.23.140.1.2.1", "\x67\x81\x0c\x01\x02\x01", "domainValidated") \
	X(KVK_OID_POLICY_OV, "2.23.140.1.2.2", "\x67\x81\x0c\x01\x02\x02", \
		"organizationValidated") \
	X(KVK_OID_POLICY_IV, "2.23.140.1.2.3", "\x67\x81\x0c\x01\x02\x03", "individualValidated") \
	X(KVK_OID_POLICY_NCP, "0.4.0.2042.1.1", "\x04\x00\x8f\x7a\x01\x01", "ncp") \
	X(KVK_OID_POLICY_NCP_PLUS, "0.4.0.2042.1.2", "\x04\x00\x8f\x7a\x01\x02", "ncpPlus") \
	X(KVK_OID_RSA, "1.2.840.113549.1.1.1", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", \
		"rsaEncryption") \
	X(KVK_OID_RSA_MD2, "1.2.840.113549.1.1.2", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x02", \
		"md2WithRSAEncryption") \
	X(KVK_OID_RSA_MD4, "1.2.840.113549.1.1.3", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x03", \
		"md4WithRSAEncryption") \
	X(KVK_OID_RSA_MD5, "1.2.840.113549.1.1.4", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04", \
		"md5WithRSAEncryption") \
	X(KVK_OID_RSA_SHA1, "1.2.840.113549.1.1.5", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05", \
		"sha1WithRSAEncryption") \
	X(KVK_OID_RSA_MGF1, "1.2.840.113549.1.1.8", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08", \
		"mgf1") \
	X(KVK_OID_RSA_PSS, "1.2.840.113549.1.1.10", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", \
		"rsassaPss") \
	X(KVK_OID_RSA_SHA256, "1.2.840.113549.1.1.11", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", \
		"sha256WithRSAEncryption") \
	X(KVK_OID_RSA_SHA384, "1.2.840.113549.1.1.12", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", \
		"sha384WithRSAEncryption") \
	X(KVK_OID_RSA_SHA512, "1.2.840.113549.1.1.13", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", \
		"sha512WithRSAEncryption") \
	X(KVK_OID_RSA_SHA224, "1.2.840.113549.1.1.14", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0e", \
		"sha224WithRSAEncryption") \
	X(KVK_OID_EC_PUBLIC_KEY, "1.2.840.10045.2.1", "\x2a\x86\x48\xce\x3d\x02\x01", \
		"ecPublicKey") \
	X(KVK_OID_ECDSA_SHA1, "1.2.840.10045.4.1", "\x2a\x86\x48\xce\x3d\x04\x01", \
		"ecdsaWithSHA1") \
	X(KVK_OID_ECDSA_SHA224, "1.2.840.10045.4.3.1", "\x2a\x86\x48\xce\x3d\x04\x03\x01", \
		"ecdsaWithSHA224") \
	X(KVK_OID_ECDSA_SHA256, "1.2.840.10045.4.3.2", "\x2a\x86\x48\xce\x3d\x04\x03\x02", \
		"ecdsaWithSHA256") \
	X(KVK_OID_ECDSA_SHA384, "1.2.840.10045.4.3.3", "\x2a\x86\x48\xce\x3d\x04\x03\x03", \
		"ecdsaWithSHA384") \
	X(KVK_OID_ECDSA_SHA512, "1.2.840.10045.4.3.4", "\x2a\x86\x48\xce\x3d\x04\x03\x04", \
		"ecdsaWithSHA512") \
	X(KVK_OID_CURVE_P192, "1.2.840.10045.3.1.1", "\x2a\x86\x48\xce\x3d\x03\x01\x01", \
		"secp192r1") \
	X(KVK_OID_CURVE_P224, "1.3.132.0.33", "\x2b\x81\x04\x00\x21", "secp224r1") \
	X(KVK_OID_CURVE_P256, "1.2.840.10045.3.1.7", "\x2a\x86\x48\xce\x3d\x03\x01\x07", \
		"secp256r1") \
	X(KVK_OID_CURVE_P384, "1.3.132.0.34", "\x2b\x81\x04\x00\x22", "secp384r1") \
	X(KVK_OID_CURVE_P521, "1.3.132.0.35", "\x2b\x81\x04\x00\x23", "secp521r1") \
	X(KVK_OID_ED25519, "1.3.101.112", "\x2b\x65\x70", "Ed25519") \
	X(KVK_OID_ED448, "1.3.101.113", "\x2b\x65\x71", "Ed448") \
	X(KVK_OID_DSA, "1.2.840.10040.4.1", "\x2a\x86\x48\xce\x38\x04\x01", "dsa") \
	X(KVK_OID_DSA_SHA1, "1.2.840.10040.4.3", "\x2a\x86\x48\xce\x38\x04\x03", "dsaWithSHA1") \
	X(KVK_OID_DSA_SHA224, "2.16.840.1.101.3.4.3.1", "\x60\x86\x48\x01\x65\x03\x04\x03\x01", \
		"dsaWithSHA224") \
	X(KVK_OID_DSA_SHA256, "2.16.840.1.101.3.4.3.2", "\x60\x86\x48\x01\x65\x03\x04\x03\x02", \
		"dsaWithSHA256") \
	X(KVK_OID_MD5, "1.2.840.113549.2.5", "\x2a\x86\x48\x86\xf7\x0d\x02\x05", "md5") \
	X(KVK_OID_SHA1, "1.3.14.3.2.26", "\x2b\x0e\x03\x02\x1a", "sha1") \
	X(KVK_OID_SHA224, "2.16.840.1.101.3.4.2.4", "\x60\x86\x48\x01\x65\x03\x04\x02\x04", \
		"sha224") \
	X(KVK_OID_SHA256, "2.16.840.1.101.3.4.2.1", "\x60\x86\x48\x01\x65\x03\x04\x02\x01", \
		"sha256") \
	X(KVK_OID_SHA384, "2.16.840.1.101.3.4.2.2", "\x60\x86\x48\x01\x65\x03\x04\x02\x02", \
		"sha384") \
	X(KVK_OID_SHA512, "2.16.840.1.101.3.4.2.3", "\x60\x86\x48\x01\x65\x03\x04\x02\x03", \
		"sha512") \
	X(KVK_OID_PKCS7_DATA, "1.2.840.113549.1.7.1", "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01", \
		"pkcs7-data") \
	X(KVK_OID_PKCS7_SIGNED, "1.2.840.113549.1.7.2", "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", \
		"pkcs7-signedData") \
	X(KVK_OID_PKCS9_EXTENSION_REQUEST, "1.2.840.113549.1.9.14", \
		"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0e", "extensionRequest") \
	X(KVK_OID_PKCS9_CHALLENGE_PASSWORD, "1.2.840.113549.1.9.7", \
		"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x07", "challengePassword") \
	X(KVK_OID_PKCS9_UNSTRUCTURED_NAME, "1.2.840.113549.1.9.2", \
		"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x02", "unstructuredName") \
	X(KVK_OID_MS_EXTENSION_REQUEST, "1.3.6.1.4.1.311.2.1.14", \
		"\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x0e", "msExtensionRequest") \
	X(KVK_OID_MS_CERT_TEMPLATE, "1.3.6.1.4.1.311.20.2", \
		"\x2b\x06\x01\x04\x01\x82\x37\x14\x02", "enrollCerttype") \
	X(KVK_OID_ETSI_QCS_SEMANTICS_LEGAL, "0.4.0.194121.1.2", "\x04\x00\x8b\xec\x49\x01\x02", \
		"qcsSemanticsIdLegal") \
	X(KVK_OID_QCS_SYNTAX_V2, "1.3.6.1.5.5.7.11.2", "\x2b\x06\x01\x05\x05\x07\x0b\x02", \
		"qcSyntaxV2") \
	X(KVK_OID_OTHER_NAME_UPN, "1.3.6.1.4.1.311.20.2.3", \
		"\x2b\x06\x01\x04\x01\x82\x37\x14\x02\x03", "userPrincipalName")

#define KVK_OID_ENUM(id, dotted, octets, name) id,
enum kvk_oid { KVK_OID_UNKNOWN, KVK_OIDS(KVK_OID_ENUM) KVK_OID_COUNT };
#undef KVK_OID_ENUM

/* Which known OID these content octets are, else KVK_OID_UNKNOWN. */
enum kvk_oid kvk_oid_find(struct kvk_span octets);
/* Whether content octets are those of a known OID. */
bool kvk_oid_is(struct kvk_span octets, enum kvk_oid oid);
/* Content octets of a known OID; empty for KVK_OID_UNKNOWN. Static. */
struct kvk_span kvk_oid_octets(enum kvk_oid oid);
/* Dotted form and name of a known OID; "" for KVK_OID_UNKNOWN. Static. */
const char *kvk_oid_dotted(enum kvk_oid oid);
const char *kvk_oid_name(enum kvk_oid oid);
/*
 * Writes content octets in dotted form and returns text. Arcs from 2^64 are "?" (they stay
 * comparable as octets), and so is an OID that kvk_der_oid() would refuse.
 */
const char *kvk_oid_text(struct kvk_span octets, char text[static KVK_LIMIT_OID_TEXT]);
/* The name where it is known, else the dotted form, in text. */
const char *kvk_oid_label(struct kvk_span octets, char text[static KVK_LIMIT_OID_TEXT]);
/*
 * Encodes a dotted form into content octets (*out emptied first). KVK_ERR_ARGUMENT where it is
 * none, KVK_ERR_LIMIT for an arc from 2^64 or more than KVK_LIMIT_OID octets, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_oid_encode(const char *dotted, struct kvk_blob *out);
/* Whether octets lie below an arc ("2.16.528.1.1003.1" encoded), or are it. */
bool kvk_oid_below(struct kvk_span octets, struct kvk_span arc);

#endif
