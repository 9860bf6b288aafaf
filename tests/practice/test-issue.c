/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/issue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cert/certificate.h"
#include "tests/crypto/help.h"
#include "tests/practice/delivery.h"
#include "tests/support/alloc.h"
#include "tests/support/issue_odd.h"
#include "tests/support/signings.h"

#define NAMES(...) ((const char *[]){ __VA_ARGS__, NULL })

/* A self-signed certificate in the making, and what came out of it. */
struct made {
	struct kvk_key *key;
	struct kvk_issue issue;
	struct kvk_blob der;
	struct kvk_certificate cert;
};

static struct kvk_span octets(const char *text, size_t n)
{
	return (struct kvk_span){ (const uint8_t *)text, n };
}

static void start(struct made *m)
{
	struct kvk_blob spki;

	*m = (struct made){ .key = key_of(KVK_TEST_P256) };
	kvk_issue_start(&m->issue);
	spki = spki_of(m->key);
	kvk_issue_spki(&m->issue, kvk_span_of_blob(&spki));
	kvk_issue_serial(&m->issue, octets("\x01\x02", 2));
	kvk_issue_name(&m->issue, KVK_OID_C, "NL");
	kvk_issue_name(&m->issue, KVK_OID_CN, "voorbeeld");
	m->issue.signing = &kvk_signing_ecdsa_sha256;
	m->issue.not_after = KVK_DAY;
	kvk_blob_free(&spki);
}

static enum kvk_err finish(struct made *m)
{
	struct kvk_blob name = { .n = 0 };
	enum kvk_err err;

	err = kvk_issue_subject_der(&m->issue, &name);
	if (!err)
		err = kvk_issue_sign(&m->issue, kvk_span_of_blob(&name), m->key, &m->der);
	kvk_blob_free(&name);
	return err;
}

/* Signs, and reads it back. */
static void make(struct made *m)
{
	kvk_certificate_free(&m->cert);
	assert_int_equal(finish(m), KVK_OK);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&m->der), &m->cert), KVK_OK);
}

static void drop_made(struct made *m)
{
	kvk_issue_free(&m->issue);
	kvk_key_free(m->key);
	kvk_certificate_free(&m->cert);
	kvk_blob_free(&m->der);
}

static void fields_are_read_back(void **state)
{
	struct kvk_verifier *verifier;
	struct made m;

	(void)state;
	start(&m);
	m.issue.not_before = 5 * KVK_SECOND;
	make(&m);
	assert_int_equal(m.cert.version, 3);
	assert_true(kvk_span_equal(m.cert.serial, octets("\x01\x02", 2)));
	assert_int_equal(m.cert.subject.count, 2);
	assert_int_equal(m.cert.subject.attributes[0].tag, KVK_DER_PRINTABLE_STRING);
	assert_int_equal(m.cert.subject.attributes[1].tag, KVK_DER_UTF8_STRING);
	assert_true(kvk_span_is(m.cert.subject.attributes[1].value, "voorbeeld"));
	assert_true(kvk_certificate_self_issued(&m.cert));
	assert_int_equal(m.cert.not_before, 5 * KVK_SECOND);
	assert_int_equal(m.cert.not_after, KVK_DAY);
	assert_int_equal(m.cert.ext.count, 0);
	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	assert_int_equal(
		kvk_verify(verifier, m.cert.spki, m.cert.algorithm, m.cert.tbs, m.cert.signature),
		KVK_OK);
	kvk_verifier_free(verifier);
	drop_made(&m);
}

static void extensions_are_read_back(void **state)
{
	const struct kvk_extensions *ext;
	struct made m;

	(void)state;
	start(&m);
	kvk_issue_basic_constraints(&m.issue, true, 2);
	kvk_issue_key_usage(&m.issue, KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN);
	kvk_issue_eku(&m.issue, NAMES("1.3.6.1.5.5.7.3.2", "1.2.3.4"));
	kvk_issue_policies(&m.issue, NAMES("2.5.29.32.0", "1.2.3"));
	kvk_issue_policy_mappings(&m.issue, NAMES("1.2.3", "1.2.4"));
	kvk_issue_policy_constraints(&m.issue, 3, 0);
	kvk_issue_inhibit_any_policy(&m.issue, 7);
	kvk_issue_dns(&m.issue, NAMES("a.example", "b.example"));
	kvk_issue_name_constraints(&m.issue, NAMES("example", "nl"), NAMES("be"));
	kvk_issue_ski(&m.issue);
	kvk_issue_aki(&m.issue, octets("1234", 4));
	kvk_issue_crl_point(&m.issue, "http://a.example/x.crl");
	kvk_issue_aia(&m.issue, "http://ocsp.example", "http://ca.example");
	kvk_issue_qc_statements(&m.issue);
	make(&m);
	ext = &m.cert.ext;
	assert_int_equal(ext->count, 14);
	assert_true(ext->ca && ext->has_path_length && ext->path_length == 2);
	assert_int_equal(ext->key_usage, KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN);
	assert_int_equal(ext->eku_count, 2);
	assert_true(kvk_extensions_have_eku(&m.cert.ext, KVK_OID_EKU_CLIENT_AUTH));
	assert_int_equal(ext->policy_count, 2);
	assert_true(kvk_span_equal(ext->policies[0].oid, kvk_oid_octets(KVK_OID_ANY_POLICY)));
	assert_int_equal(ext->mapping_count, 1);
	assert_true(ext->has_require_explicit && ext->require_explicit == 3);
	assert_true(ext->has_inhibit_mapping && ext->inhibit_mapping == 0);
	assert_true(ext->has_inhibit_any && ext->inhibit_any == 7);
	assert_int_equal(ext->san_count, 2);
	assert_true(kvk_span_is(ext->sans[1].value, "b.example"));
	assert_int_equal(ext->subtree_count, 3);
	assert_int_equal(ext->ski.n, 20);
	assert_true(kvk_span_is(ext->aki_key_id, "1234"));
	assert_true(kvk_span_is(ext->crl_points[0].uri, "http://a.example/x.crl"));
	assert_int_equal(ext->aia_count, 2);
	assert_int_equal(ext->aia[1].method, KVK_OID_AD_CA_ISSUERS);
	assert_true(ext->has_qc_statements);
	assert_true(kvk_certificate_extension(&m.cert, KVK_OID_EXT_BASIC_CONSTRAINTS)->critical);
	assert_true(kvk_certificate_extension(&m.cert, KVK_OID_EXT_KEY_USAGE)->critical);
	assert_true(kvk_certificate_extension(&m.cert, KVK_OID_EXT_NAME_CONSTRAINTS)->critical);
	assert_false(kvk_certificate_extension(&m.cert, KVK_OID_EXT_EKU)->critical);
	assert_false(kvk_certificate_extension(&m.cert, KVK_OID_EXT_SAN)->critical);
	drop_made(&m);
}

static void extensions_are_changed_and_removed(void **state)
{
	struct made m;

	(void)state;
	start(&m);
	kvk_issue_key_usage(&m.issue, KVK_KU_DIGITAL_SIGNATURE);
	kvk_issue_dns(&m.issue, NAMES("a.example"));
	kvk_issue_aia(&m.issue, NULL, "http://ca.example");
	kvk_issue_eku(&m.issue, NAMES("1.2.3.4"));
	/* Set anew, in its old place. */
	kvk_issue_key_usage(&m.issue, KVK_KU_KEY_AGREEMENT);
	kvk_issue_critical(&m.issue, KVK_OID_EXT_KEY_USAGE, false);
	kvk_issue_critical(&m.issue, KVK_OID_EXT_EKU, true);
	kvk_issue_dns(&m.issue, NAMES(NULL));
	kvk_issue_aia(&m.issue, NULL, NULL);
	make(&m);
	assert_int_equal(m.cert.ext.count, 2);
	assert_int_equal(m.cert.ext.all[0].oid, KVK_OID_EXT_KEY_USAGE);
	assert_int_equal(m.cert.ext.key_usage, KVK_KU_KEY_AGREEMENT);
	assert_false(m.cert.ext.all[0].critical);
	assert_true(m.cert.ext.all[1].critical);
	kvk_issue_drop_all(&m.issue);
	issue_odd(&m.issue)->version = 1;
	make(&m);
	assert_int_equal(m.cert.version, 1);
	assert_int_equal(m.cert.ext.count, 0);
	drop_made(&m);
}

static void names_are_changed(void **state)
{
	struct kvk_issue_attribute *last;
	struct kvk_blob text = { .n = 0 };
	struct made m;

	(void)state;
	start(&m);
	kvk_issue_name(&m.issue, KVK_OID_CN, "tweede");
	kvk_issue_name_set(&m.issue, KVK_OID_CN, "eerste");
	kvk_issue_name_set(&m.issue, KVK_OID_O, "Caf\xc3\xa9 B.V.");
	kvk_issue_name_tag(&m.issue, KVK_OID_O, KVK_DER_BMP_STRING);
	kvk_issue_name_raw(&m.issue, "1.2.3", KVK_DER_IA5_STRING, kvk_span_of("x"));
	last = kvk_vec_at(&m.issue.subject, m.issue.subject.count - 1);
	last->joined = true;
	make(&m);
	assert_int_equal(m.cert.subject.count, 5);
	assert_true(kvk_span_is(m.cert.subject.attributes[1].value, "eerste"));
	assert_true(kvk_span_is(m.cert.subject.attributes[2].value, "tweede"));
	assert_int_equal(m.cert.subject.attributes[3].tag, KVK_DER_BMP_STRING);
	assert_int_equal(kvk_attribute_text(&m.cert.subject.attributes[3], &text), KVK_OK);
	assert_string_equal(kvk_blob_str(&text), "Caf\xc3\xa9 B.V.");
	assert_int_equal(m.cert.subject.attributes[3].rdn, m.cert.subject.attributes[4].rdn);
	kvk_issue_name_set(&m.issue, KVK_OID_CN, NULL);
	make(&m);
	assert_int_equal(m.cert.subject.count, 3);
	assert_int_equal(kvk_name_count(&m.cert.subject, KVK_OID_CN), 0);
	kvk_blob_free(&text);
	drop_made(&m);
}

static void faults_are_written_as_asked(void **state)
{
	struct kvk_verifier *verifier;
	struct kvk_blob pss = algorithm_of(&kvk_signing_rsa_pss_sha256);
	static const enum kvk_damage damages[] = { KVK_DAMAGE_BIT, KVK_DAMAGE_ZERO,
		KVK_DAMAGE_SHORT };
	struct made m;
	size_t i;

	(void)state;
	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	start(&m);
	for (i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		issue_odd(&m.issue)->damage = damages[i];
		make(&m);
		assert_int_equal(kvk_verify(verifier, m.cert.spki, m.cert.algorithm, m.cert.tbs,
					 m.cert.signature),
			KVK_ERR_SIGNATURE);
	}
	issue_odd(&m.issue)->damage = KVK_DAMAGE_NONE;
	kvk_issue_claim_raw(&m.issue, kvk_span_of_blob(&pss));
	make(&m);
	assert_true(kvk_span_equal(m.cert.algorithm, kvk_span_of_blob(&pss)));
	assert_true(kvk_span_equal(m.cert.tbs_algorithm, kvk_span_of_blob(&pss)));
	/* Other inside than outside, an extension twice, a version 1 that has extensions. */
	kvk_issue_claim(&m.issue, &kvk_signing_rsa_sha256, true);
	assert_int_equal(finish(&m), KVK_OK);
	kvk_certificate_free(&m.cert);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&m.der), &m.cert), KVK_ERR_DER);
	kvk_blob_clear(&issue_odd(&m.issue)->inner_algorithm);
	kvk_issue_extension(&m.issue, "1.2.3", false, octets("\x05\x00", 2));
	make(&m);
	kvk_issue_extension_add(&m.issue, "1.2.3", false, octets("\x05\x00", 2));
	assert_int_equal(finish(&m), KVK_OK);
	kvk_certificate_free(&m.cert);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&m.der), &m.cert), KVK_ERR_DER);
	kvk_issue_drop(&m.issue, KVK_OID_EXT_SKI);
	assert_int_equal(m.issue.extensions.count, 2);
	kvk_verifier_free(verifier);
	kvk_blob_free(&pss);
	drop_made(&m);
}

static void generalized_time_is_written_for_any_year(void **state)
{
	struct made m;

	(void)state;
	start(&m);
	issue_odd(&m.issue)->generalized_time = true;
	m.issue.not_before = DELIVERY_NOW;
	m.issue.not_after = DELIVERY_NOW + KVK_DAY;
	assert_int_equal(finish(&m), KVK_OK);
	assert_non_null(memmem(m.der.p, m.der.n,
		"\x18\x0f"
		"20261122120000Z",
		17));
	assert_non_null(memmem(m.der.p, m.der.n,
		"\x18\x0f"
		"20261123120000Z",
		17));
	drop_made(&m);
}

static void the_first_error_is_kept(void **state)
{
	struct made m;

	(void)state;
	start(&m);
	kvk_issue_eku(&m.issue, NAMES("geen oid"));
	kvk_issue_critical(&m.issue, KVK_OID_EXT_SAN, true);
	kvk_issue_key_usage(&m.issue, 1);
	assert_int_equal(m.issue.err, KVK_ERR_ARGUMENT);
	assert_int_equal(finish(&m), KVK_ERR_ARGUMENT);
	assert_int_equal(m.der.n, 0);
	drop_made(&m);
	start(&m);
	kvk_issue_critical(&m.issue, KVK_OID_EXT_SAN, true);
	assert_int_equal(finish(&m), KVK_ERR_NOT_FOUND);
	drop_made(&m);
	start(&m);
	kvk_blob_clear(&m.issue.serial);
	assert_int_equal(finish(&m), KVK_ERR_ARGUMENT);
	kvk_issue_serial(&m.issue, octets("\x01", 1));
	m.issue.signing = &kvk_signing_rsa_sha256;
	assert_int_equal(finish(&m), KVK_ERR_ALGORITHM);
	drop_made(&m);
	kvk_issue_free(NULL);
}

static enum kvk_err build(struct made *m)
{
	kvk_issue_name(&m->issue, KVK_OID_O, "Voorbeeld");
	kvk_issue_dns(&m->issue, NAMES("a.example"));
	kvk_issue_ski(&m->issue);
	kvk_issue_name_tag(&m->issue, KVK_OID_O, KVK_DER_BMP_STRING);
	kvk_issue_claim(&m->issue, &kvk_signing_rsa_sha256, true);
	return finish(m);
}

static void lack_of_memory_is_an_error(void **state)
{
	enum kvk_err err = KVK_ERR_MEMORY;
	struct made m;
	long n;

	(void)state;
	for (n = 0; err && n < 1000; n++) {
		start(&m);
		kvk_alloc_fail_after(n);
		err = build(&m);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		drop_made(&m);
	}
	assert_int_equal(err, KVK_OK);
	assert_true(n > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_read_back),
		cmocka_unit_test(extensions_are_read_back),
		cmocka_unit_test(extensions_are_changed_and_removed),
		cmocka_unit_test(names_are_changed),
		cmocka_unit_test(faults_are_written_as_asked),
		cmocka_unit_test(generalized_time_is_written_for_any_year),
		cmocka_unit_test(the_first_error_is_kept),
		cmocka_unit_test(lack_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
