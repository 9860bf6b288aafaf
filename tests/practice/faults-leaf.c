/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of the leaf. */
#include "config.h"

#include "tests/practice/faults.h"

#include "cert/certificate.h"
#include "tests/crypto/keys.h"
#include "tests/support/issue_odd.h"
#include "tests/support/signings.h"

#define LEAF(name) static void name(struct maker *m, struct kvk_issue *issue)
/* The fault is one member of the issue, or of what is odd about it. */
#define LEAF_SET(name, member, value) \
	LEAF(name) \
	{ \
		(void)m; \
		issue->member = value; \
	}
#define LEAF_ODD(name, member, value) \
	LEAF(name) \
	{ \
		(void)m; \
		issue_odd(issue)->member = value; \
	}
#define NAMES(...) ((const char *[]){ __VA_ARGS__, NULL })
#define SERVER_AUTH "1.3.6.1.5.5.7.3.1"
#define CLIENT_AUTH "1.3.6.1.5.5.7.3.2"
/* An OID that nobody knows: below a number for private enterprises that is used in examples. */
#define UNKNOWN_OID "1.3.6.1.4.1.32473.1"
#define MD2_ALGORITHM "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x02\x05\x00"

static struct kvk_span bytes(const char *text, size_t n)
{
	return (struct kvk_span){ (const uint8_t *)text, n };
}

LEAF_SET(md5, signing, &kvk_signing_rsa_md5)
LEAF_SET(sha1, signing, &kvk_signing_rsa_sha1)

LEAF(md2)
{
	(void)m;
	issue->signing = &kvk_signing_rsa_md5;
	kvk_issue_claim_raw(issue, bytes(MD2_ALGORITHM, sizeof(MD2_ALGORITHM) - 1));
}

LEAF(rsa_1024)
{
	struct kvk_blob spki = { .n = 0 };
	struct kvk_key *key;

	(void)m;
	if (kvk_key_read(kvk_span_of(KVK_TEST_RSA_1024), NULL, &key) || kvk_key_spki(key, &spki)) {
		issue->err = KVK_ERR_KEY;
		return;
	}
	kvk_issue_spki(issue, kvk_span_of_blob(&spki));
	kvk_issue_ski(issue);
	kvk_blob_free(&spki);
	kvk_key_free(key);
}

LEAF_ODD(version_4, version, 4)

LEAF(version_1)
{
	(void)m;
	issue_odd(issue)->version = 1;
	kvk_issue_drop_all(issue);
}

LEAF_ODD(version_1_extensions, version, 1)

LEAF(version_2)
{
	(void)m;
	issue_odd(issue)->version = 2;
	kvk_issue_drop_all(issue);
}

LEAF(no_serial_number)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_SERIAL_NUMBER, NULL);
}
LEAF(oin_letters)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_SERIAL_NUMBER, "0000000368750ABC0000");
}
LEAF(oin_19)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_SERIAL_NUMBER, "0000000368750110000");
}
LEAF(oin_spaces)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_SERIAL_NUMBER, " 00000003687501100000");
}
LEAF(oin_test)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_SERIAL_NUMBER, "00000099687501100000");
}

/* Made a year too early. */
LEAF(expired)
{
	kvk_time length = issue->not_after - issue->not_before;

	(void)m;
	issue->not_before -= length;
	issue->not_after -= length + KVK_HOUR;
}

LEAF(not_yet_valid)
{
	(void)m;
	issue->not_before += 2 * KVK_DAY;
	issue->not_after += 2 * KVK_DAY;
}

LEAF(outlives_ca)
{
	(void)m;
	issue->not_after += 30 * 365 * KVK_DAY;
}
LEAF(reversed_validity)
{
	kvk_time t = issue->not_before;

	(void)m;
	issue->not_before = issue->not_after;
	issue->not_after = t + KVK_DAY;
}

LEAF(no_key_usage)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_KEY_USAGE);
}
LEAF(key_encipherment_only)
{
	(void)m;
	kvk_issue_key_usage(issue, KVK_KU_KEY_ENCIPHERMENT);
}
LEAF(non_repudiation)
{
	(void)m;
	kvk_issue_key_usage(issue, KVK_KU_NON_REPUDIATION);
}

LEAF_ODD(bad_signature, damage, KVK_DAMAGE_BIT)
LEAF_ODD(zero_signature, damage, KVK_DAMAGE_ZERO)
LEAF_ODD(short_signature, damage, KVK_DAMAGE_SHORT)
LEAF(wrong_hash)
{
	(void)m;
	kvk_issue_claim(issue, &kvk_signing_rsa_pss_sha256, false);
}
LEAF(inner_algorithm)
{
	(void)m;
	kvk_issue_claim(issue, &kvk_signing_rsa_sha384, true);
}

LEAF(empty_subject)
{
	(void)m;
	while (issue->subject.count > 0) {
		struct kvk_issue_attribute *a = kvk_vec_at(&issue->subject, 0);

		kvk_blob_free(&a->type);
		kvk_blob_free(&a->value);
		kvk_vec_remove(&issue->subject, 0);
	}
}

LEAF(empty_subject_critical)
{
	empty_subject(m, issue);
	kvk_issue_critical(issue, KVK_OID_EXT_SAN, true);
}

LEAF(no_cn)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_CN, NULL);
}
LEAF(empty_cn)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_CN, "");
}
LEAF(two_cn)
{
	(void)m;
	kvk_issue_name(issue, KVK_OID_CN, "tweede.example.nl");
}
LEAF(cn_ip)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_CN, "192.0.2.1");
}
LEAF(cn_company)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_CN, "Voorbeeld B.V.");
}
LEAF(cn_not_in_san)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_CN, "anders.example.nl");
}
LEAF(bmp_subject)
{
	(void)m;
	kvk_issue_name_tag(issue, KVK_OID_O, KVK_DER_BMP_STRING);
}
LEAF(teletex_subject)
{
	(void)m;
	kvk_issue_name_tag(issue, KVK_OID_O, KVK_DER_TELETEX_STRING);
}
LEAF_ODD(generalized_time, generalized_time, true)

LEAF(leaf_is_ca)
{
	(void)m;
	kvk_issue_basic_constraints(issue, true, -1);
	kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_CERT_SIGN);
}

LEAF(no_ski)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_SKI);
}
LEAF(no_aki)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_AKI);
}
LEAF(other_aki)
{
	(void)m;
	kvk_issue_aki(issue, bytes("01234567890123456789", 20));
}

LEAF(other_issuer)
{
	struct kvk_issue name;

	(void)m;
	kvk_issue_start(&name);
	kvk_issue_name(&name, KVK_OID_CN, "KVKCSR PRACTICE another CA");
	kvk_blob_clear(&issue_odd(issue)->issuer);
	if (kvk_issue_subject_der(&name, &issue_odd(issue)->issuer))
		issue->err = KVK_ERR_MEMORY;
	kvk_issue_free(&name);
}

LEAF(no_client_auth)
{
	(void)m;
	kvk_issue_eku(issue, NAMES(SERVER_AUTH));
}
LEAF(client_only)
{
	(void)m;
	kvk_issue_eku(issue, NAMES(CLIENT_AUTH));
}
LEAF(email_only)
{
	(void)m;
	kvk_issue_eku(issue, NAMES("1.3.6.1.5.5.7.3.4"));
}
LEAF(any_usage)
{
	(void)m;
	kvk_issue_eku(issue, NAMES("2.5.29.37.0"));
}
LEAF(no_eku)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_EKU);
}

LEAF(no_policies)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_POLICIES);
}
LEAF(dv_policy)
{
	(void)m;
	kvk_issue_policies(issue, NAMES("2.23.140.1.2.1"));
}
LEAF(ev_policy)
{
	(void)m;
	kvk_issue_policies(issue, NAMES("2.23.140.1.1"));
}
LEAF(trial_policy)
{
	(void)m;
	kvk_issue_policies(issue, NAMES("0.4.0.2042.1.1", "2.16.528.1.1003.1.2.41.15.35.11"));
}
LEAF(qualified_policy)
{
	(void)m;
	kvk_issue_policy_cps(
		issue, "2.16.528.1.1003.1.2.44.15.35.11", "https://cps.practice.example/");
	kvk_issue_critical(issue, KVK_OID_EXT_POLICIES, true);
}

LEAF(unknown_critical)
{
	(void)m;
	kvk_issue_extension_add(issue, UNKNOWN_OID, true, bytes("\x05\x00", 2));
}
LEAF(unknown_extension)
{
	(void)m;
	kvk_issue_extension_add(issue, UNKNOWN_OID, false, bytes("\x05\x00", 2));
}
LEAF(critical_qc)
{
	(void)m;
	kvk_issue_qc_statements(issue);
	kvk_issue_critical(issue, KVK_OID_EXT_QC_STATEMENTS, true);
}
LEAF(critical_aia)
{
	(void)m;
	kvk_issue_critical(issue, KVK_OID_EXT_AIA, true);
}
LEAF(double_extension)
{
	(void)m;
	kvk_issue_extension_add(issue, "2.5.29.15", true, bytes("\x03\x02\x05\xa0", 4));
}

LEAF(wildcard)
{
	(void)m;
	kvk_issue_name_set(issue, KVK_OID_CN, "*.example.nl");
	kvk_issue_dns(issue, NAMES("*.example.nl"));
}
LEAF(wildcard_san)
{
	(void)m;
	kvk_issue_dns(issue, NAMES("api.example.nl", "*.example.nl"));
}
LEAF(two_names)
{
	(void)m;
	kvk_issue_dns(issue, NAMES("api.example.nl", "www.example.nl"));
}
LEAF(no_san)
{
	(void)m;
	kvk_issue_drop(issue, KVK_OID_EXT_SAN);
}
LEAF(san_ip)
{
	(void)m;
	kvk_issue_san(issue, bytes("\x87\x04\xc0\x00\x02\x01", 6));
}

LEAF(serial_zero)
{
	(void)m;
	kvk_issue_serial(issue, bytes("\x00", 1));
}
LEAF(serial_negative)
{
	(void)m;
	kvk_issue_serial(issue, bytes("\x80\x01", 2));
}
LEAF(serial_long)
{
	(void)m;
	kvk_issue_serial(issue,
		bytes("\x01"
		      "0123456789012345678901",
			23));
}

const struct fault leaf_faults[] = {
	{ .name = "md5", .message = 1, .leaf = md5 },
	{ .name = "md2", .message = 1, .leaf = md2 },
	{ .name = "sha1", .message = 1, .leaf = sha1 },
	{ .name = "rsa-1024", .message = 1, .leaf = rsa_1024 },
	{ .name = "version-4", .message = 3, .leaf = version_4 },
	{ .name = "version-1-extensions", .message = 3, .leaf = version_1_extensions },
	{ .name = "double-extension", .message = 3, .leaf = double_extension },
	{ .name = "inner-algorithm", .message = 3, .leaf = inner_algorithm },
	{ .name = "no-serial-number", .message = 4, .leaf = no_serial_number },
	{ .name = "oin-letters", .message = 4, .leaf = oin_letters },
	{ .name = "oin-19", .message = 4, .leaf = oin_19 },
	{ .name = "oin-spaces", .message = 4, .leaf = oin_spaces },
	{ .name = "oin-test", .message = 4, .leaf = oin_test },
	{ .name = "expired", .message = 5, .leaf = expired },
	{ .name = "outlives-ca", .warning = "outlives-issuer", .leaf = outlives_ca },
	{ .name = "reversed-validity", .message = 6, .leaf = reversed_validity },
	{ .name = "key-encipherment-only", .message = 7, .leaf = key_encipherment_only },
	{ .name = "non-repudiation", .message = 7, .leaf = non_repudiation },
	{ .name = "qualified-policy", .message = 9, .leaf = qualified_policy },
	{ .name = "bad-signature", .message = 10, .leaf = bad_signature },
	{ .name = "zero-signature", .message = 10, .leaf = zero_signature },
	{ .name = "short-signature", .message = 10, .leaf = short_signature },
	{ .name = "wrong-hash", .message = 10, .leaf = wrong_hash },
	{ .name = "empty-subject", .message = 3, .leaf = empty_subject },
	{ .name = "empty-subject-critical-san", .message = 11, .leaf = empty_subject_critical },
	{ .name = "no-cn", .message = 11, .leaf = no_cn },
	{ .name = "empty-cn", .message = 11, .leaf = empty_cn },
	{ .name = "two-cn", .message = 11, .leaf = two_cn },
	{ .name = "cn-ip", .message = 11, .leaf = cn_ip },
	{ .name = "cn-company", .message = 11, .leaf = cn_company },
	{ .name = "cn-not-in-san", .message = 11, .leaf = cn_not_in_san },
	{ .name = "version-1", .message = 12, .leaf = version_1 },
	{ .name = "version-2", .message = 12, .leaf = version_2 },
	{ .name = "leaf-is-ca", .message = 13, .leaf = leaf_is_ca },
	{ .name = "no-ski", .message = 16, .leaf = no_ski },
	{ .name = "no-aki", .message = 16, .leaf = no_aki },
	{ .name = "other-issuer", .message = 17, .leaf = other_issuer },
	{ .name = "no-client-auth", .message = 19, .leaf = no_client_auth },
	{ .name = "email-only", .message = 19, .leaf = email_only },
	{ .name = "any-usage", .message = 19, .leaf = any_usage },
	{ .name = "no-eku", .message = 19, .leaf = no_eku },
	{ .name = "no-policies", .message = 20, .leaf = no_policies },
	{ .name = "dv-policy", .message = 20, .leaf = dv_policy },
	{ .name = "not-yet-valid", .message = 24, .leaf = not_yet_valid },
	{ .name = "unknown-critical", .message = 30, .leaf = unknown_critical },
	{ .name = "critical-qc", .message = 30, .leaf = critical_qc },
	{ .name = "critical-aia", .message = 30, .leaf = critical_aia },
	{ .name = "wildcard", .message = 31, .leaf = wildcard },
	{ .name = "wildcard-san", .message = 31, .leaf = wildcard_san },
	{ .name = "no-key-usage", .leaf = no_key_usage },
	{ .name = "bmp-subject", .warning = "old-string-type", .leaf = bmp_subject },
	{ .name = "teletex-subject", .warning = "old-string-type", .leaf = teletex_subject },
	{ .name = "generalized-time", .warning = "not-strict-der", .leaf = generalized_time },
	{ .name = "other-aki", .message = 2, .leaf = other_aki },
	{ .name = "client-only", .warning = "client-only", .leaf = client_only },
	{ .name = "ev-policy", .leaf = ev_policy },
	{ .name = "trial-policy", .warning = "trial-name", .leaf = trial_policy },
	{ .name = "unknown-extension", .leaf = unknown_extension },
	{ .name = "two-names", .warning = "many-dns-names", .leaf = two_names },
	{ .name = "no-san", .leaf = no_san },
	{ .name = "san-ip", .leaf = san_ip },
	{ .name = "serial-zero", .warning = "rfc5280-form", .leaf = serial_zero },
	{ .name = "serial-negative", .warning = "rfc5280-form", .leaf = serial_negative },
	{ .name = "serial-long", .warning = "rfc5280-form", .leaf = serial_long },
	{ .name = NULL },
};
