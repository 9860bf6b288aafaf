/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/certificate.h"
#include "cert/extensions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "made.h"

static struct kvk_certificate cert;
static struct made der;

/* Reads a certificate with one extension; der is freed by forget(). */
static void read_one(const char *oid, const char *critical, const char *value)
{
	der = made_format(
		MADE_CERTIFICATE(MADE_V3, "a3(30(30(06(%s)%s 04(%s))))"), oid, critical, value);
	memset(&cert, 0xa5, sizeof(cert));
	assert_int_equal(kvk_certificate_read(made_span(&der), &cert), KVK_OK);
}

static int forget(void **state)
{
	(void)state;
	kvk_certificate_free(&cert);
	made_free(&der);
	return 0;
}

static void assert_octets(struct kvk_span span, const char *octets, size_t n)
{
	assert_int_equal(span.n, n);
	assert_memory_equal(span.p, octets, n);
}

static void nothing_is_there_without_extensions(void **state)
{
	const struct kvk_extensions *ext = &cert.ext;

	(void)state;
	der = made_of(MADE_CERTIFICATE(MADE_V3, ""));
	memset(&cert, 0xa5, sizeof(cert));
	assert_int_equal(kvk_certificate_read(made_span(&der), &cert), KVK_OK);
	assert_false(ext->has_basic_constraints || ext->ca || ext->has_path_length);
	assert_false(ext->has_key_usage || ext->has_ski || ext->has_aki || ext->has_eku);
	assert_false(ext->has_san || ext->has_issuer_alt_name || ext->has_policies);
	assert_false(ext->has_mappings || ext->has_policy_constraints || ext->has_inhibit_any);
	assert_false(ext->has_name_constraints || ext->has_crl_points || ext->has_freshest_crl);
	assert_false(ext->has_aia || ext->has_qc_statements || ext->has_ocsp_nocheck);
	assert_int_equal(ext->count + ext->eku_count + ext->san_count + ext->policy_count, 0);
	assert_int_equal(ext->mapping_count + ext->crl_point_count + ext->aia_count, 0);
	assert_null(kvk_certificate_extension(&cert, KVK_OID_EXT_SAN));
}

static void an_extension_is_kept_as_it_stands(void **state)
{
	const struct kvk_extension *one;

	(void)state;
	read_one("2a0304", MADE_CRITICAL, "c0ffee");
	assert_int_equal(cert.ext.count, 1);
	one = &cert.ext.all[0];
	assert_int_equal(one->oid, KVK_OID_UNKNOWN);
	assert_true(one->critical);
	assert_octets(one->type, "\x2a\x03\x04", 3);
	assert_octets(one->value, "\xc0\xff\xee", 3);
}

static void basic_constraints(void **state)
{
	(void)state;
	read_one(MADE_BC, MADE_CRITICAL, "30(0101ff020103)");
	assert_true(cert.ext.has_basic_constraints && cert.ext.ca && cert.ext.has_path_length);
	assert_int_equal(cert.ext.path_length, 3);
	assert_non_null(kvk_certificate_extension(&cert, KVK_OID_EXT_BASIC_CONSTRAINTS));
	forget(NULL);
	read_one(MADE_BC, "", "30()");
	assert_true(cert.ext.has_basic_constraints);
	assert_false(cert.ext.ca || cert.ext.has_path_length);
	forget(NULL);
	/* a path length says nothing where cA is missing */
	read_one(MADE_BC, "", "30(020105)");
	assert_false(cert.ext.ca || cert.ext.has_path_length);
	forget(NULL);
	/* measured with Java 17: -1 is no CA, and below it none may follow */
	read_one(MADE_BC, "", "30(0101ff0201ff)");
	assert_true(cert.ext.has_basic_constraints);
	assert_false(cert.ext.ca || cert.ext.has_path_length);
	forget(NULL);
	read_one(MADE_BC, "", "30(0101ff020180)");
	assert_true(cert.ext.ca && cert.ext.has_path_length);
	assert_int_equal(cert.ext.path_length, 0);
}

static void key_usage(void **state)
{
	(void)state;
	read_one(MADE_KU, MADE_CRITICAL, "030205a0");
	assert_true(cert.ext.has_key_usage);
	assert_int_equal(cert.ext.key_usage, KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_ENCIPHERMENT);
	forget(NULL);
	read_one(MADE_KU, MADE_CRITICAL, "0303070080");
	assert_int_equal(cert.ext.key_usage, KVK_KU_DECIPHER_ONLY);
}

static void extended_key_usage(void **state)
{
	(void)state;
	read_one(MADE_EKU, "", "30(06(2b06010505070301)06(2a03))");
	assert_true(cert.ext.has_eku);
	assert_int_equal(cert.ext.eku_count, 2);
	assert_true(kvk_extensions_have_eku(&cert.ext, KVK_OID_EKU_SERVER_AUTH));
	assert_false(kvk_extensions_have_eku(&cert.ext, KVK_OID_EKU_CLIENT_AUTH));
	assert_octets(cert.ext.ekus[1], "\x2a\x03", 2);
	forget(NULL);
	/* anyExtendedKeyUsage names no usage */
	read_one(MADE_EKU, "", "30(06(551d2500))");
	assert_false(kvk_extensions_have_eku(&cert.ext, KVK_OID_EKU_CLIENT_AUTH));
	assert_true(kvk_extensions_have_eku(&cert.ext, KVK_OID_ANY_EKU));
}

static void key_identifiers(void **state)
{
	(void)state;
	read_one(MADE_SKI, "", "04(0102)");
	assert_true(cert.ext.has_ski);
	assert_octets(cert.ext.ski, "\x01\x02", 2);
	forget(NULL);
	read_one(MADE_AKI, "", "30(80(0304)a1(a4(" MADE_NAME("x") "))82(0506))");
	assert_true(cert.ext.has_aki);
	assert_octets(cert.ext.aki_key_id, "\x03\x04", 2);
	assert_int_equal(cert.ext.aki_issuer.p[0], 0xa4);
	assert_octets(cert.ext.aki_serial, "\x05\x06", 2);
	forget(NULL);
	read_one(MADE_AKI, "", "30()");
	assert_true(cert.ext.has_aki);
	assert_int_equal(cert.ext.aki_key_id.n, 0);
}

static void alternative_names(void **state)
{
	const struct kvk_general_name *names;

	(void)state;
	read_one(MADE_SAN, "",
		"30(82('api.example.nl')81('a@b.nl')86('http://b.nl/')87(7f000001)88(2a03)"
		"a4(" MADE_NAME("x") ")a0(06(2a03)a0(0c('u'))))");
	assert_true(cert.ext.has_san);
	assert_int_equal(cert.ext.san_count, 7);
	names = cert.ext.sans;
	assert_int_equal(names[0].kind, KVK_GENERAL_DNS);
	assert_true(kvk_span_is(names[0].value, "api.example.nl"));
	assert_int_equal(names[1].kind, KVK_GENERAL_EMAIL);
	assert_int_equal(names[2].kind, KVK_GENERAL_URI);
	assert_int_equal(names[3].kind, KVK_GENERAL_IP);
	assert_octets(names[3].value, "\x7f\x00\x00\x01", 4);
	assert_int_equal(names[4].kind, KVK_GENERAL_REGISTERED_ID);
	assert_int_equal(names[5].kind, KVK_GENERAL_DIRECTORY);
	assert_int_equal(names[5].value.p[0], 0x30);
	assert_int_equal(names[6].kind, KVK_GENERAL_OTHER);
	forget(NULL);
	read_one(MADE_IAN, "", "30(82('a.nl'))");
	assert_true(cert.ext.has_issuer_alt_name);
	assert_false(cert.ext.has_san);
}

static void policies(void **state)
{
	(void)state;
	read_one(MADE_CP, MADE_CRITICAL,
		"30(30(06(2a03))30(06(2a04)30(30(06(2b06010505070201)16('http://a.nl')))))");
	assert_true(cert.ext.has_policies && cert.ext.policies_critical);
	assert_int_equal(cert.ext.policy_count, 2);
	assert_octets(cert.ext.policies[0].oid, "\x2a\x03", 2);
	assert_int_equal(cert.ext.policies[0].qualifiers.n, 0);
	assert_int_equal(cert.ext.policies[1].qualifiers.p[0], 0x30);
	assert_int_equal(cert.ext.policies[1].qualifiers.n, 2 + 2 + 10 + 2 + 11);
	forget(NULL);
	read_one(MADE_CP, "", "30(30(06(2a03)))");
	assert_false(cert.ext.policies_critical);
}

static void policy_rules_of_cas(void **state)
{
	(void)state;
	read_one(MADE_PM, MADE_CRITICAL, "30(30(06(2a03)06(2a04)))");
	assert_int_equal(cert.ext.mapping_count, 1);
	assert_octets(cert.ext.mappings[0].issuer_domain, "\x2a\x03", 2);
	assert_octets(cert.ext.mappings[0].subject_domain, "\x2a\x04", 2);
	forget(NULL);
	read_one(MADE_PC, MADE_CRITICAL, "30(810102)");
	assert_true(cert.ext.has_policy_constraints && cert.ext.has_inhibit_mapping);
	assert_false(cert.ext.has_require_explicit);
	assert_int_equal(cert.ext.inhibit_mapping, 2);
	forget(NULL);
	read_one(MADE_PC, MADE_CRITICAL, "30(800107)");
	assert_true(cert.ext.has_require_explicit);
	assert_int_equal(cert.ext.require_explicit, 7);
	forget(NULL);
	read_one(MADE_ANY, MADE_CRITICAL, "020104");
	assert_true(cert.ext.has_inhibit_any);
	assert_int_equal(cert.ext.inhibit_any, 4);
}

static void name_constraints(void **state)
{
	struct kvk_der_log log = { 0 };
	struct kvk_subtree subtree;
	struct kvk_der list;

	(void)state;
	read_one(MADE_NC, MADE_CRITICAL,
		"30(a0(30(82('nl'))30(82('be')800101))a1(30(87(0a000000ff000000))))");
	assert_true(cert.ext.has_name_constraints);
	assert_int_equal(cert.ext.subtree_count, 3);
	kvk_der_start(&list, cert.ext.permitted, true, &log);
	assert_int_equal(kvk_general_subtree_read(&list, &subtree), KVK_OK);
	assert_true(kvk_span_is(subtree.base.value, "nl"));
	assert_false(subtree.has_minimum_or_maximum);
	assert_int_equal(kvk_general_subtree_read(&list, &subtree), KVK_OK);
	assert_true(subtree.has_minimum_or_maximum);
	assert_true(kvk_der_at_end(&list));
	kvk_der_start(&list, cert.ext.excluded, true, &log);
	assert_int_equal(kvk_general_subtree_read(&list, &subtree), KVK_OK);
	assert_int_equal(subtree.base.kind, KVK_GENERAL_IP);
	assert_int_equal(subtree.base.value.n, 8);
}

static void distribution_points(void **state)
{
	const struct kvk_crl_point *points;

	(void)state;
	read_one(MADE_CDP, "",
		"30(30(a0(a0(86('ldap://a/')86('HTTP://a.nl/c')86('http://b.nl/'))))"
		"30(a0(a1(30(06(550403)0c('x'))))81020640 a2(a4(" MADE_NAME("y") "))))");
	assert_int_equal(cert.ext.crl_point_count, 2);
	points = cert.ext.crl_points;
	assert_true(kvk_span_is(points[0].uri, "HTTP://a.nl/c"));
	assert_int_equal(points[0].full_name.p[0], 0x86);
	assert_false(points[0].has_reasons);
	assert_int_equal(points[0].crl_issuer.n, 0);
	assert_int_equal(points[1].full_name.n, 0);
	assert_int_equal(points[1].relative_name.p[0], 0x30);
	assert_true(points[1].has_reasons);
	assert_int_equal(points[1].reasons, 1 << 1);
	assert_int_equal(points[1].crl_issuer.p[0], 0xa4);
	assert_int_equal(points[1].uri.n, 0);
	forget(NULL);
	read_one(MADE_FRESHEST, "", "30(30(a0(a0(86('http://a.nl/d')))))");
	assert_true(cert.ext.has_freshest_crl);
	assert_false(cert.ext.has_crl_points);
	assert_true(kvk_span_is(cert.ext.freshest.uri, "http://a.nl/d"));
}

static void access_descriptions(void **state)
{
	(void)state;
	read_one(MADE_AIA, "",
		"30(30(06(2b06010505073001)86('http://o.nl/'))30(06(2b06010505073002)86('http://"
		"i.nl/')))");
	assert_true(cert.ext.has_aia);
	assert_int_equal(cert.ext.aia_count, 2);
	assert_int_equal(cert.ext.aia[0].method, KVK_OID_AD_OCSP);
	assert_true(kvk_span_is(cert.ext.aia[0].location.value, "http://o.nl/"));
	assert_int_equal(cert.ext.aia[1].method, KVK_OID_AD_CA_ISSUERS);
}

/* As Java does: what is not critical and cannot be read is passed over, and nothing of it stays. */
static void a_malformed_one_is_kept_as_unknown(void **state)
{
	(void)state;
	read_one(MADE_SAN, "", "30(82('a.nl')89(00))");
	assert_false(cert.ext.has_san);
	assert_int_equal(cert.ext.san_count, 0);
	assert_int_equal(cert.ext.count, 1);
	assert_int_equal(cert.ext.all[0].oid, KVK_OID_UNKNOWN);
	assert_octets(cert.ext.all[0].type, "\x55\x1d\x11", 3);
	assert_int_equal(cert.log.remark, KVK_DER_OK);
	assert_int_equal(cert.log.tolerated, 1 << KVK_DER_TAG);
}

/* The latter of two cannot be read: it is passed over, and the former stays as it is. */
static void a_malformed_second_leaves_the_first(void **state)
{
	(void)state;
	der = made_format(MADE_CERTIFICATE(MADE_V3, "a3(30(%s%s))"),
		MADE_EXTENSION(MADE_EKU, "", "30(06(2b06010505070304))"),
		MADE_EXTENSION(MADE_EKU, "", "30(06(2b06010505070302)0500)"));
	memset(&cert, 0xa5, sizeof(cert));
	assert_int_equal(kvk_certificate_read(made_span(&der), &cert), KVK_OK);
	assert_int_equal(cert.ext.count, 2);
	assert_true(cert.ext.all[1].malformed);
	assert_int_equal(cert.ext.eku_count, 1);
	assert_octets(cert.ext.ekus[0], "\x2b\x06\x01\x05\x05\x07\x03\x04", 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nothing_is_there_without_extensions, forget),
		cmocka_unit_test_teardown(an_extension_is_kept_as_it_stands, forget),
		cmocka_unit_test_teardown(basic_constraints, forget),
		cmocka_unit_test_teardown(key_usage, forget),
		cmocka_unit_test_teardown(extended_key_usage, forget),
		cmocka_unit_test_teardown(key_identifiers, forget),
		cmocka_unit_test_teardown(alternative_names, forget),
		cmocka_unit_test_teardown(policies, forget),
		cmocka_unit_test_teardown(policy_rules_of_cas, forget),
		cmocka_unit_test_teardown(name_constraints, forget),
		cmocka_unit_test_teardown(distribution_points, forget),
		cmocka_unit_test_teardown(access_descriptions, forget),
		cmocka_unit_test_teardown(a_malformed_one_is_kept_as_unknown, forget),
		cmocka_unit_test_teardown(a_malformed_second_leaves_the_first, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
