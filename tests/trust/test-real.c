/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real input, if it is next to the tree: the CA certificates of PKIoverheid chain up to the
 * installed anchors and are recognised, and a TRIAL leaf is validated with its own root and CRLs.
 * Skipped elsewhere.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/path.h"
#include "conf/datadir.h"
#include "crypto/verify.h"
#include "path/build.h"
#include "path/validate.h"
#include "revocation/crl_status.h"
#include "trust/trust.h"

enum { SKIP = 77 };

static char data[KVK_LIMIT_PATH];
static struct kvk_verifier *verifier;
static struct kvk_knowledge *knowledge;

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span bytes, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, bytes, signature);
}

static void read_file(const char *name, struct kvk_contents *out)
{
	struct kvk_blob path = { 0 }, bytes = { 0 };

	assert_int_equal(kvk_path_join(&path, data, name), KVK_OK);
	assert_int_equal(kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, 0, &bytes), KVK_OK);
	memset(out, 0, sizeof(*out));
	assert_int_equal(kvk_contents_read(&bytes, out), KVK_OK);
	kvk_blob_free(&path);
}

static int set_up(void **state)
{
	(void)state;
	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	return kvk_knowledge_load(kvk_datadir(), &knowledge, NULL) == KVK_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	kvk_verifier_free(verifier);
	kvk_knowledge_free(knowledge);
	return 0;
}

/*
 * Builds and validates; both manners have to agree that nothing is wrong but what Java would let
 * pass.
 */
static void expect_valid(const struct kvk_certificate *leaf, const struct kvk_contents *pool,
	const struct kvk_trust *trust, struct kvk_path *path)
{
	struct kvk_candidate candidates[KVK_LIMIT_EXTRA];
	struct kvk_signatures signatures = {
		.verify = verify, .context = verifier, .budget = KVK_LIMIT_SIGNATURES
	};
	struct kvk_path_input in = { .signatures = &signatures };
	struct kvk_build_input build = { .leaf = leaf,
		.candidates = candidates,
		.signatures = &signatures,
		.manner = KVK_MANNER_JAVA };
	struct kvk_path_report report;

	assert_int_equal(kvk_time_parse("2026-11-22T14:00:00Z", &in.at), KVK_OK);
	build.at = in.at;
	build.anchors = kvk_trust_anchors(trust, &build.anchor_count);
	build.candidate_count = kvk_contents_certificate_count(pool);
	assert_in_range(build.candidate_count, 0, KVK_LIMIT_EXTRA);
	for (size_t i = 0; i < build.candidate_count; i++)
		candidates[i] = (struct kvk_candidate){ .certificate = kvk_contents_certificate(
								pool, i, NULL) };
	assert_int_equal(kvk_path_build(&build, path), KVK_OK);
	assert_true(path->proven);
	for (int manner = KVK_MANNER_RFC5280; manner <= KVK_MANNER_JAVA; manner++) {
		in.manner = (enum kvk_manner)manner;
		assert_int_equal(kvk_path_validate(path, &in, &report), KVK_OK);
		assert_int_equal(report.count, 0);
	}
}

static void test_authorities(void **state)
{
	static const struct {
		const char *file, *generation, *tsp;
		size_t certs;
	} rows[] = {
		{ "pkio-ca/g1-2.pem", "G1", "Staat der Nederlanden", 1 },
		{ "pkio-ca/g1-3.pem", "G1", NULL, 2 },
		{ "pkio-ca/g1-4.pem", "G1", NULL, 2 },
		{ "pkio-ca/g1-5.pem", "G1", NULL, 2 },
		{ "pkio-ca/g1-6.pem", "G1", NULL, 2 },
		{ "pkio-ca/g4-2.pem", "G4", "Staat der Nederlanden", 1 },
		{ "pkio-ca/g4-3.pem", "G4", NULL, 2 },
		{ "pkio-ca/g4-4.pem", "G4", NULL, 2 },
		{ "pkio-ca/g4-5.pem", "G4", NULL, 2 },
	};
	struct kvk_trust trust = { 0 };
	struct kvk_contents bundle;

	(void)state;
	assert_int_equal(kvk_trust_load(kvk_datadir(), &trust, NULL), KVK_OK);
	read_file("pkio-ca/pkio-private-tls-bundle.pem", &bundle);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct kvk_contents file;
		struct kvk_recognised as;
		struct kvk_path path;
		const struct kvk_certificate *c;

		read_file(rows[i].file, &file);
		c = kvk_contents_certificate(&file, 0, NULL);
		assert_non_null(c);
		expect_valid(c, &bundle, &trust, &path);
		assert_int_equal(path.count, rows[i].certs);
		assert_string_equal(path.anchor->generation, rows[i].generation);
		kvk_recognise(knowledge, c, &as);
		assert_true(as.certain);
		assert_string_equal(as.generation, rows[i].generation);
		assert_non_null(as.tsp);
		if (rows[i].tsp != NULL)
			assert_string_equal(as.tsp, rows[i].tsp);
		kvk_contents_free(&file);
	}
	kvk_contents_free(&bundle);
	kvk_trust_free(&trust);
}

/* The roots in the shared data are those that are pinned: fingerprint, name and key. */
static void test_roots(void **state)
{
	static const char *const files[] = { "pkio-ca/g1-1.pem", "pkio-ca/g4-1.pem" };
	struct kvk_trust trust = { 0 };

	(void)state;
	assert_int_equal(kvk_trust_load(kvk_datadir(), &trust, NULL), KVK_OK);
	for (size_t i = 0; i < 2; i++) {
		struct kvk_contents file;
		const struct kvk_certificate *c;
		const struct kvk_anchor *a;

		read_file(files[i], &file);
		c = kvk_contents_certificate(&file, 0, NULL);
		a = kvk_trust_pinned(&trust, c->sha256);
		assert_non_null(a);
		assert_true(kvk_span_equal(a->spki, c->spki));
		assert_true(kvk_span_equal(a->name.der, c->subject.der));
		assert_true(kvk_span_equal(a->ski, c->ext.ski));
		kvk_contents_free(&file);
	}
	kvk_trust_free(&trust);
}

/* Every certificate of a path is good by these CRLs, for both readers. */
static void expect_not_revoked(
	const struct kvk_path *path, const struct kvk_crl_candidate *crls, size_t n)
{
	struct kvk_signatures signatures = {
		.verify = verify, .context = verifier, .budget = KVK_LIMIT_SIGNATURES
	};

	for (size_t i = 0; i < path->count; i++) {
		struct kvk_crl_input in = {
			.certificate = path->certs[i].certificate,
			.issuer = i + 1 < path->count ? path->certs[i + 1].certificate : NULL,
			.anchor = path->anchor,
			.crls = crls,
			.crl_count = n,
			.signatures = &signatures,
		};
		struct kvk_revocation_answer answer;

		assert_int_equal(kvk_time_parse("2026-11-22T14:00:00Z", &in.at), KVK_OK);
		for (int manner = KVK_MANNER_RFC5280; manner <= KVK_MANNER_JAVA; manner++) {
			in.manner = (enum kvk_manner)manner;
			assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
			assert_int_equal(answer.state, KVK_REVOCATION_GOOD);
		}
	}
}

/* Reads the certificates of several files into one, which owns them all. */
static void read_files(const char *const *names, size_t n, struct kvk_contents *out)
{
	struct kvk_blob all = { 0 }, path = { 0 }, bytes = { 0 };

	for (size_t i = 0; i < n; i++) {
		assert_int_equal(kvk_path_join(&path, data, names[i]), KVK_OK);
		assert_int_equal(
			kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, 0, &bytes), KVK_OK);
		assert_int_equal(kvk_blob_append(&all, kvk_span_of_blob(&bytes)), KVK_OK);
		kvk_blob_free(&bytes);
	}
	memset(out, 0, sizeof(*out));
	assert_int_equal(kvk_contents_read(&all, out), KVK_OK);
	kvk_blob_free(&path);
}

static void test_trial(void **state)
{
	static const char *const crl_files[] = { "trial/TRIALMyTSPG4PKIoPrivGTLSSYS2025.crl",
		"trial/TRIALPKIoverheidG4IntmPrivGTLSSYS2024.crl",
		"trial/TRIALPKIoverheidG4RootPrivGTLS2024.crl" };
	static const char *const ca_files[] = { "trial/TRIALMyTSPG4PKIoPrivGTLSSYS2025.pem",
		"trial/TRIALPKIoverheidG4IntmPrivGTLSSYS2024.pem" };
	struct kvk_contents leaf, cas, root_file, crl_contents[3];
	const struct kvk_certificate *root;
	struct kvk_trust trust = { 0 };
	struct kvk_crl crls[3];
	struct kvk_crl_candidate crl_list[3];
	struct kvk_recognised as;
	struct kvk_path path;

	(void)state;
	read_file("trial/G4-Private-G-TLS-SYS-withOIN.pem", &leaf);
	read_file("trial/TRIALPKIoverheidG4RootPrivGTLS2024.pem", &root_file);
	read_files(ca_files, 2, &cas);
	root = kvk_contents_certificate(&root_file, 0, NULL);
	assert_int_equal(kvk_trust_from_certificates(&root, 1, &trust), KVK_OK);
	for (size_t i = 0; i < 3; i++) {
		const struct kvk_block *block;

		read_file(crl_files[i], &crl_contents[i]);
		block = kvk_contents_find(&crl_contents[i], KVK_BLOCK_CRL);
		assert_non_null(block);
		assert_int_equal(kvk_crl_read(block->der, &crls[i]), KVK_OK);
		crl_list[i] = (struct kvk_crl_candidate){ .crl = &crls[i], .label = crl_files[i] };
	}
	expect_valid(kvk_contents_certificate(&leaf, 0, NULL), &cas, &trust, &path);
	assert_int_equal(path.count, 3);
	kvk_recognise(knowledge, path.certs[0].certificate, &as);
	assert_string_equal(as.generation, "TRIAL");
	expect_not_revoked(&path, crl_list, 3);
	for (size_t i = 0; i < 3; i++) {
		kvk_crl_free(&crls[i]);
		kvk_contents_free(&crl_contents[i]);
	}
	kvk_contents_free(&cas);
	kvk_contents_free(&leaf);
	kvk_contents_free(&root_file);
	kvk_trust_free(&trust);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_authorities),
		cmocka_unit_test(test_roots),
		cmocka_unit_test(test_trial),
	};
	const char *top = getenv("top_srcdir");

	snprintf(data, sizeof(data), "%s/../shared/data", top != NULL ? top : ".");
	if (access(data, R_OK) != 0) {
		printf("skipped: no real certificates at %s\n", data);
		return SKIP;
	}
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
