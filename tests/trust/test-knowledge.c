/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "base/encode.h"
#include "conf/datadir.h"
#include "tests/support/lists.h"
#include "trust/knowledge.h"

static struct kvk_knowledge *knowledge;
static struct kvk_certificate cert;
static struct lists lists;
static struct kvk_recognised as;

static int load(void **state)
{
	(void)state;
	return kvk_knowledge_load(kvk_datadir(), &knowledge, NULL) == KVK_OK ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	kvk_knowledge_free(knowledge);
	kvk_knowledge_free(NULL);
	return 0;
}

static int set_up(void **state)
{
	(void)state;
	memset(&cert, 0, sizeof(cert));
	lists_use(&lists, &cert);
	return 0;
}

static void put(struct kvk_name *name, enum kvk_oid oid, const char *text)
{
	name->attributes[name->count++] = (struct kvk_attribute){
		.oid = oid,
		.tag = KVK_DER_UTF8_STRING,
		.value = kvk_span_of(text),
	};
}

static void make_ca(void)
{
	cert.ext.has_basic_constraints = cert.ext.ca = true;
}

static struct kvk_span oid_of(struct kvk_blob *blob, const char *dotted)
{
	assert_int_equal(kvk_oid_encode(dotted, blob), KVK_OK);
	return kvk_span_of_blob(blob);
}

/* By fingerprint, whatever the names say. */
static void test_fingerprint(void **state)
{
	struct kvk_blob sha256 = { 0 };

	(void)state;
	/* KPN - G4 PKIo Priv G-TLS SYS - 2025, as published */
	assert_int_equal(
		kvk_unhex(
			kvk_span_of(
				"2b4ee93832a4b2ca349e86c21caf8f959b106c2d0aa6fd49a983fca00574d1a6"),
			&sha256),
		KVK_OK);
	memcpy(cert.sha256, sha256.p, KVK_SHA256_SIZE);
	kvk_blob_free(&sha256);
	kvk_recognise(knowledge, &cert, &as);
	assert_true(as.certain);
	assert_string_equal(as.generation, "G4");
	assert_string_equal(as.tsp, "KPN");
	assert_string_equal(as.level, "tsp");
	assert_string_equal(as.status, "active");
}

static void test_name(void **state)
{
	(void)state;
	make_ca();
	put(&cert.subject, KVK_OID_CN, "UZI Server - G4 PKIo Priv G-TLS SYS - 2024");
	kvk_recognise(knowledge, &cert, &as);
	assert_false(as.certain);
	assert_string_equal(as.tsp, "CIBG");
	assert_string_equal(as.status, "revoked");
	/* a name says nothing of a certificate that is no CA */
	cert.ext.ca = false;
	kvk_recognise(knowledge, &cert, &as);
	assert_string_equal(as.level, "leaf");
	assert_null(as.tsp);
	assert_null(as.status);
}

static void test_leaf(void **state)
{
	(void)state;
	put(&cert.issuer, KVK_OID_CN, "Digidentity - G4 PKIo Priv G-TLS SYS - 2025");
	put(&cert.subject, KVK_OID_CN, "api.example.nl");
	kvk_recognise(knowledge, &cert, &as);
	assert_string_equal(as.level, "leaf");
	assert_string_equal(as.tsp, "Digidentity");
	assert_string_equal(as.generation, "G4");
	assert_false(as.certain);
}

static void test_test_hierarchies(void **state)
{
	(void)state;
	put(&cert.issuer, KVK_OID_CN, "TRIAL My TSP - G4 PKIo Priv G-TLS SYS - 2025");
	kvk_recognise(knowledge, &cert, &as);
	assert_string_equal(as.generation, "TRIAL");
	assert_true(as.named_test);
	/* only at the beginning, and only with a blank */
	cert.issuer.count = 0;
	put(&cert.issuer, KVK_OID_CN, "No TRIAL here");
	put(&cert.subject, KVK_OID_O, "TRIALS B.V.");
	kvk_recognise(knowledge, &cert, &as);
	assert_null(as.generation);
	assert_false(as.named_test);
	/* a company may be called so; its issuer is not */
	put(&cert.subject, KVK_OID_O, "TEST B.V.");
	kvk_recognise(knowledge, &cert, &as);
	assert_null(as.generation);
	put(&cert.subject, KVK_OID_O, "TRIAL Voorbeeld B.V.");
	kvk_recognise(knowledge, &cert, &as);
	assert_string_equal(as.generation, "TRIAL");
	cert.subject.count = 0;
	put(&cert.issuer, KVK_OID_O, "TEST CIBG");
	kvk_recognise(knowledge, &cert, &as);
	assert_string_equal(as.generation, "TEST");
	cert.issuer.count = 0;
	put(&cert.issuer, KVK_OID_CN, "ACCEPTATIE UZI-register Private Server CA G1");
	kvk_recognise(knowledge, &cert, &as);
	assert_string_equal(as.generation, "ACCEPTATIE");
	cert.issuer.count = 0;
	/* a word that ends with the value has no blank after it */
	cert.subject.count = 0;
	put(&cert.subject, KVK_OID_O, "TRIAL");
	kvk_recognise(knowledge, &cert, &as);
	assert_null(as.generation);
}

static void test_policies(void **state)
{
	static const struct {
		const char *oid;
		bool ev, pkio;
		const char *generation;
		bool server;
	} rows[] = {
		{ "2.23.140.1.1", true, false, "EV", false },
		{ "2.23.140.1.2.2", false, false, NULL, false },
		{ "2.16.528.1.1003.1.2.44.15.35.11", false, true, "G4", true },
		{ "2.16.528.1.1003.1.2.41.15.35.11", false, true, "TRIAL", true },
		{ "2.16.528.1.1003.1.2.8.6", false, true, "G1", true },
		{ "2.16.528.1.1003.1.2.8.4", false, true, "G1", false },
		{ "2.16.528.1.1003.1.2.44.16.25.8", false, true, "G4", false },
		{ "2.16.528.1.1003.1", false, false, NULL, false },
		{ "2.16.528.1.1003.1.2", false, true, NULL, false },
		{ "2.16.528.1.1003.12", false, false, NULL, false },
		{ "2.16.840.1.114412.2.1", true, false, "EV", false },
		{ "1.2.3", false, false, NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct kvk_blob blob = { 0 };
		struct kvk_span oid = oid_of(&blob, rows[i].oid);

		assert_int_equal(kvk_knowledge_is_ev(knowledge, oid), rows[i].ev);
		assert_int_equal(kvk_knowledge_is_pkio(knowledge, oid), rows[i].pkio);
		assert_int_equal(kvk_knowledge_is_server(knowledge, oid), rows[i].server);
		cert.ext.policy_count = 1;
		cert.ext.policies[0].oid = oid;
		kvk_recognise(knowledge, &cert, &as);
		if (rows[i].generation == NULL)
			assert_null(as.generation);
		else
			assert_string_equal(as.generation, rows[i].generation);
		kvk_blob_free(&blob);
	}
	assert_null(kvk_knowledge_policy(knowledge, kvk_span_of("\x2a\x03")));
	assert_non_null(
		strstr(kvk_knowledge_policy(knowledge, kvk_oid_octets(KVK_OID_POLICY_EV)), "EV"));
}

static void test_missing(void **state)
{
	struct kvk_knowledge *none;
	struct kvk_error why = { 0 };

	(void)state;
	assert_int_equal(kvk_knowledge_load("/nonexistent", &none, &why), KVK_ERR_NOT_FOUND);
	assert_null(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_fingerprint, set_up),
		cmocka_unit_test_setup(test_name, set_up),
		cmocka_unit_test_setup(test_leaf, set_up),
		cmocka_unit_test_setup(test_test_hierarchies, set_up),
		cmocka_unit_test_setup(test_policies, set_up),
		cmocka_unit_test_setup(test_missing, set_up),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
