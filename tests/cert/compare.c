/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

struct kvk_certificate compared_certificate;
unsigned compared;

static gnutls_x509_crt_t other;
static const char *name;

static bool equal(const void *p, size_t n, struct kvk_span span)
{
	return n == span.n && (n == 0 || memcmp(p, span.p, n) == 0);
}

static void must(bool condition, const char *field)
{
	if (!condition)
		fail_msg("%s: %s differs", name, field);
}

static void compare_names(void)
{
	gnutls_datum_t dn;

	must(gnutls_x509_crt_get_raw_issuer_dn(other, &dn) == 0, "issuer");
	must(equal(dn.data, dn.size, compared_certificate.issuer.der), "issuer");
	gnutls_free(dn.data);
	must(gnutls_x509_crt_get_raw_dn(other, &dn) == 0, "subject");
	must(equal(dn.data, dn.size, compared_certificate.subject.der), "subject");
	gnutls_free(dn.data);
}

static void compare_attributes(void)
{
	unsigned char value[4096];
	char oid[KVK_LIMIT_OID_TEXT], text[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < compared_certificate.subject.count; i++) {
		size_t n = sizeof(oid);
		unsigned seen = 0;

		must(gnutls_x509_crt_get_dn_oid(other, (unsigned)i, oid, &n) == 0, "attribute");
		must(strcmp(kvk_oid_text(compared_certificate.subject.attributes[i].type, text),
			     oid) == 0,
			"attribute type");
		for (size_t j = 0; j < i; j++)
			seen += kvk_span_equal(compared_certificate.subject.attributes[j].type,
				compared_certificate.subject.attributes[i].type);
		n = sizeof(value);
		must(gnutls_x509_crt_get_dn_by_oid(other, oid, seen, 1, value, &n) == 0, "value");
		must(equal(value, n, compared_certificate.subject.attributes[i].value_der),
			"attribute value");
	}
}

/* GnuTLS has no time before 1970, and takes the last second of 9999 for none. */
static void compare_time(time_t want, kvk_time t)
{
	if (t >= 0 && t < INT64_C(253402300799) * KVK_SECOND)
		must((kvk_time)want * KVK_SECOND == t, "validity");
}

static void compare_head(void)
{
	unsigned char bytes[4096];
	size_t n = sizeof(bytes);
	unsigned bits = 0;
	int algorithm;

	must(gnutls_x509_crt_get_version(other) == (int)compared_certificate.version, "version");
	must(gnutls_x509_crt_get_serial(other, bytes, &n) == 0, "serial");
	must(equal(bytes, n, compared_certificate.serial), "serial");
	compare_time(gnutls_x509_crt_get_activation_time(other), compared_certificate.not_before);
	compare_time(gnutls_x509_crt_get_expiration_time(other), compared_certificate.not_after);
	n = sizeof(bytes);
	/* a signature that is no whole octets GnuTLS does not give */
	if (gnutls_x509_crt_get_signature(other, (char *)bytes, &n) == 0)
		must(equal(bytes, n, compared_certificate.signature), "signature");
	else
		must(compared_certificate.log.tolerated >> KVK_DER_BAD_BIT_STRING & 1, "signature");
	n = sizeof(bytes);
	must(gnutls_x509_crt_get_fingerprint(other, GNUTLS_DIG_SHA256, bytes, &n) == 0, "SHA-256");
	must(memcmp(bytes, compared_certificate.sha256, n) == 0 && n == KVK_SHA256_SIZE, "SHA-256");
	algorithm = gnutls_x509_crt_get_pk_algorithm(other, &bits);
	if (algorithm == GNUTLS_PK_RSA || algorithm == GNUTLS_PK_ECDSA)
		must(bits == compared_certificate.key.bits, "bits of the key");
	must((algorithm == GNUTLS_PK_RSA) == (compared_certificate.key.type == KVK_KEY_RSA),
		"type of the key");
}

static void compare_key_id(void)
{
	unsigned char want[64];
	gnutls_pubkey_t key;
	gnutls_datum_t der;
	size_t n = sizeof(want);

	assert_int_equal(gnutls_pubkey_init(&key), 0);
	if (gnutls_pubkey_import_x509(key, other, 0) == 0 &&
		gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der) == 0) {
		/* GnuTLS writes it anew: where it was written otherwise the sizes differ */
		if (der.size == compared_certificate.spki.n) {
			assert_int_equal(gnutls_fingerprint(GNUTLS_DIG_SHA256, &der, want, &n), 0);
			must(memcmp(want, compared_certificate.spki_sha256, n) == 0,
				"SHA-256 of the key");
		}
		gnutls_free(der.data);
	}
	gnutls_pubkey_deinit(key);
}

static void compare_usage(void)
{
	unsigned usage = 0, ca = 0, critical;
	int path = -1;
	int ret = gnutls_x509_crt_get_key_usage(other, &usage, &critical);
	/* GnuTLS counts the bits of the first octet from its top */
	static const unsigned bits[] = { GNUTLS_KEY_DIGITAL_SIGNATURE, GNUTLS_KEY_NON_REPUDIATION,
		GNUTLS_KEY_KEY_ENCIPHERMENT, GNUTLS_KEY_DATA_ENCIPHERMENT, GNUTLS_KEY_KEY_AGREEMENT,
		GNUTLS_KEY_KEY_CERT_SIGN, GNUTLS_KEY_CRL_SIGN, GNUTLS_KEY_ENCIPHER_ONLY,
		GNUTLS_KEY_DECIPHER_ONLY };

	must((ret == 0) == compared_certificate.ext.has_key_usage, "presence of keyUsage");
	for (unsigned i = 0; ret == 0 && i < sizeof(bits) / sizeof(bits[0]); i++)
		must(((usage & bits[i]) != 0) == (compared_certificate.ext.key_usage >> i & 1),
			"keyUsage");
	ret = gnutls_x509_crt_get_basic_constraints(other, &critical, &ca, &path);
	must((ret >= 0) == compared_certificate.ext.has_basic_constraints,
		"presence of basicConstraints");
	if (ret < 0)
		return;
	must((ca != 0) == compared_certificate.ext.ca, "cA");
	if (compared_certificate.ext.ca)
		must(compared_certificate.ext.has_path_length ?
				path == (int)compared_certificate.ext.path_length :
				path == -1,
			"path length");
}

static void compare_ekus(void)
{
	char oid[KVK_LIMIT_OID_TEXT], text[KVK_LIMIT_OID_TEXT];
	unsigned i;

	for (i = 0;; i++) {
		size_t n = sizeof(oid);

		if (gnutls_x509_crt_get_key_purpose_oid(other, i, oid, &n, NULL) != 0)
			break;
		must(i < compared_certificate.ext.eku_count, "extKeyUsage");
		must(strcmp(kvk_oid_text(compared_certificate.ext.ekus[i], text), oid) == 0,
			"extKeyUsage");
	}
	must(i == compared_certificate.ext.eku_count, "number of extKeyUsages");
}

static void compare_key_ids(void)
{
	unsigned char id[4096];
	size_t n = sizeof(id);
	int ret = gnutls_x509_crt_get_subject_key_id(other, id, &n, NULL);

	must((ret == 0) == compared_certificate.ext.has_ski, "presence of the SKI");
	if (ret == 0)
		must(equal(id, n, compared_certificate.ext.ski), "SKI");
	n = sizeof(id);
	ret = gnutls_x509_crt_get_authority_key_id(other, id, &n, NULL);
	must((ret == 0) == (compared_certificate.ext.aki_key_id.n > 0), "presence of the AKI");
	if (ret == 0)
		must(equal(id, n, compared_certificate.ext.aki_key_id), "AKI");
}

static void compare_sans(void)
{
	unsigned char value[8192];
	unsigned i;

	for (i = 0;; i++) {
		size_t n = sizeof(value);
		unsigned type = 0;
		int ret = gnutls_x509_crt_get_subject_alt_name2(other, i, value, &n, &type, NULL);

		if (ret < 0)
			break;
		must(i < compared_certificate.ext.san_count, "subjectAltName");
		if (type == GNUTLS_SAN_DNSNAME || type == GNUTLS_SAN_URI ||
			type == GNUTLS_SAN_RFC822NAME || type == GNUTLS_SAN_IPADDRESS)
			must(equal(value, n, compared_certificate.ext.sans[i].value),
				"subjectAltName");
	}
	must(i == compared_certificate.ext.san_count, "number of subjectAltNames");
}

/* GnuTLS reads no more policies than this of a certificate. */
#define GNUTLS_POLICIES 64

static void compare_policies(void)
{
	char text[KVK_LIMIT_OID_TEXT];
	unsigned i;

	for (i = 0;; i++) {
		struct gnutls_x509_policy_st policy;

		if (gnutls_x509_crt_get_policy(other, i, &policy, NULL) < 0)
			break;
		must(i < compared_certificate.ext.policy_count, "certificatePolicies");
		must(strcmp(kvk_oid_text(compared_certificate.ext.policies[i].oid, text),
			     policy.oid) == 0,
			"certificatePolicies");
		must((policy.qualifiers > 0) ==
				(compared_certificate.ext.policies[i].qualifiers.n > 0),
			"policy qualifiers");
		gnutls_x509_policy_release(&policy);
	}
	must(i == compared_certificate.ext.policy_count || i == GNUTLS_POLICIES,
		"number of policies");
}

/* GnuTLS counts names, not points, so the first http address of the first point is looked for. */
static void compare_crl_points(void)
{
	unsigned char value[8192];
	unsigned reasons;
	size_t n = sizeof(value);
	int ret = gnutls_x509_crt_get_crl_dist_points(other, 0, value, &n, &reasons, NULL);

	must((ret >= 0) <= compared_certificate.ext.has_crl_points,
		"presence of cRLDistributionPoints");
	if (ret == GNUTLS_SAN_URI && compared_certificate.ext.crl_points[0].uri.n > 0 && n > 4 &&
		memcmp(value, "http", 4) == 0)
		must(equal(value, n, compared_certificate.ext.crl_points[0].uri),
			"cRLDistributionPoints");
}

static void compare_aia(void)
{
	gnutls_datum_t value;
	unsigned at = 0;

	for (size_t i = 0; i < compared_certificate.ext.aia_count; i++) {
		if (compared_certificate.ext.aia[i].location.kind != KVK_GENERAL_URI)
			continue;
		at = (unsigned)i;
		must(gnutls_x509_crt_get_authority_info_access(
			     other, at, GNUTLS_IA_URI, &value, NULL) == 0,
			"authorityInfoAccess");
		must(equal(value.data, value.size, compared_certificate.ext.aia[i].location.value),
			"authorityInfoAccess");
		gnutls_free(value.data);
	}
}

static void compare_extensions(void)
{
	char oid[KVK_LIMIT_OID_TEXT], text[KVK_LIMIT_OID_TEXT];
	size_t i;

	for (i = 0;; i++) {
		unsigned char value[65536];
		unsigned critical;
		size_t n = sizeof(oid);
		size_t size = sizeof(value);

		if (gnutls_x509_crt_get_extension_info(other, (unsigned)i, oid, &n, &critical) < 0)
			break;
		must(i < compared_certificate.ext.count, "number of extensions");
		must(strcmp(kvk_oid_text(compared_certificate.ext.all[i].type, text), oid) == 0,
			"extension");
		must((critical != 0) == compared_certificate.ext.all[i].critical, "criticality");
		must(gnutls_x509_crt_get_extension_data(other, (unsigned)i, value, &size) == 0 &&
				equal(value, size, compared_certificate.ext.all[i].value),
			"contents of an extension");
	}
	must(i == compared_certificate.ext.count, "number of extensions");
}

static void compare_all(void)
{
	compare_head();
	compare_names();
	compare_attributes();
	compare_key_id();
	compare_extensions();
	compare_usage();
	compare_ekus();
	compare_key_ids();
	compare_sans();
	compare_policies();
	compare_crl_points();
	compare_aia();
	compared++;
}

bool compare_certificate(const char *of, struct kvk_span der)
{
	const gnutls_datum_t datum = { (unsigned char *)(uintptr_t)der.p, (unsigned)der.n };
	bool ours = true;

	name = of;
	assert_int_equal(gnutls_x509_crt_init(&other), 0);
	if (gnutls_x509_crt_import(other, &datum, GNUTLS_X509_FMT_DER) == 0) {
		ours = kvk_certificate_read(der, &compared_certificate) == KVK_OK;
		if (ours) {
			compare_all();
			kvk_certificate_free(&compared_certificate);
		}
	}
	gnutls_x509_crt_deinit(other);
	return ours;
}
