/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"
#include "conf/datadir.h"
#include "trust/trust.h"

static char folder[] = "/tmp/kvkcsr-trust-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return kvk_dir_remove(folder) == KVK_OK ? 0 : -1;
}

/* Writes folder/trust/anchors.cfg. */
static void write_anchors(const char *text)
{
	struct kvk_blob path = { 0 };

	assert_int_equal(kvk_path_join(&path, folder, "trust"), KVK_OK);
	assert_int_equal(kvk_dir_make(kvk_blob_str(&path), 0755), KVK_OK);
	assert_int_equal(kvk_path_join(&path, folder, "trust/anchors.cfg"), KVK_OK);
	assert_int_equal(kvk_file_replace(kvk_blob_str(&path), 0644, kvk_span_of(text)), KVK_OK);
	kvk_blob_free(&path);
}

/* The installed anchors: exactly the roots of G1 and G4, each whole. */
static void test_installed(void **state)
{
	struct kvk_trust trust = { 0 };
	struct kvk_error why = { 0 };
	const struct kvk_anchor *anchors;
	size_t n;

	(void)state;
	assert_int_equal(kvk_trust_load(kvk_datadir(), &trust, &why), KVK_OK);
	assert_false(trust.replaced);
	assert_int_equal(strlen(trust.date), 10);
	anchors = kvk_trust_anchors(&trust, &n);
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		const struct kvk_attribute *cn = kvk_name_find(&anchors[i].name, KVK_OID_CN, 0);

		assert_non_null(cn);
		assert_true(kvk_span_is(cn->value, anchors[i].label));
		assert_int_equal(anchors[i].key.type, KVK_KEY_RSA);
		assert_int_equal(anchors[i].key.bits, 4096);
		assert_int_equal(anchors[i].ski.n, 20);
		assert_null(anchors[i].certificate);
		assert_ptr_equal(kvk_trust_pinned(&trust, anchors[i].sha256), &anchors[i]);
	}
	assert_string_equal(anchors[0].generation, "G1");
	assert_string_equal(anchors[1].generation, "G4");
	kvk_trust_free(&trust);
	kvk_trust_anchors(&trust, &n);
	assert_int_equal(n, 0);
}

/* Facts that are not whole are no anchors, and nothing is left of those before. */
static void test_bad_facts(void **state)
{
	static const char *const bad[] = {
		"anchors = ( { label = \"x\"; } );",
		"anchors = ( { sha256 = \"00\"; name = \"MAA=\"; spki = \"MAA=\"; } );",
		"anchors = ( { name = \"!\"; } );",
		/* whole but for the fingerprint */
		("anchors = ( { sha256 = \"00ff\"; name = \"MAA=\"; "
		 "spki = \"MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"; } );"),
		"anchors = ( { nmae = \"MAA=\"; } );",
		"anchors = 3;",
		"anchors = (",
	};
	struct kvk_trust trust = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct kvk_error why = { 0 };
		size_t n;

		write_anchors(bad[i]);
		assert_int_equal(kvk_trust_load(folder, &trust, &why), KVK_ERR_CONFIG);
		assert_true(why.text[0] != '\0');
		kvk_trust_anchors(&trust, &n);
		assert_int_equal(n, 0);
	}
	assert_int_equal(kvk_trust_load("/nonexistent", &trust, NULL), KVK_ERR_NOT_FOUND);
}

static void test_given_files(void **state)
{
	struct kvk_trust trust = { 0 };
	struct kvk_blob path = { 0 };
	struct kvk_error why = { 0 };
	const char *file;

	(void)state;
	assert_int_equal(kvk_path_join(&path, folder, "roots.pem"), KVK_OK);
	file = kvk_blob_str(&path);
	assert_int_equal(kvk_trust_from_files(&file, 1, &trust, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, "roots.pem"));
	assert_int_equal(kvk_file_replace(file, 0644, kvk_span_of("no certificate\n")), KVK_OK);
	assert_int_equal(kvk_trust_from_files(&file, 1, &trust, &why), KVK_ERR_FORMAT);
	kvk_blob_free(&path);
}

/* A given certificate becomes an anchor, once. */
static void test_given_certificates(void **state)
{
	static struct kvk_certificate c;
	const struct kvk_certificate *list[] = { &c, &c };
	struct kvk_trust trust = { 0 };
	const struct kvk_anchor *anchors;
	size_t n;

	(void)state;
	c.sha256[5] = 7;
	c.ext.ski = kvk_span_of("id");
	c.spki = kvk_span_of("key");
	assert_int_equal(kvk_trust_from_certificates(list, 2, &trust), KVK_OK);
	assert_true(trust.replaced);
	assert_string_equal(trust.date, "");
	anchors = kvk_trust_anchors(&trust, &n);
	assert_int_equal(n, 1);
	assert_ptr_equal(anchors[0].certificate, &c);
	assert_null(anchors[0].generation);
	assert_true(kvk_span_is(anchors[0].ski, "id"));
	assert_ptr_equal(kvk_trust_pinned(&trust, c.sha256), anchors);
	c.sha256[5] = 8;
	assert_null(kvk_trust_pinned(&trust, c.sha256));
	kvk_trust_free(&trust);
	kvk_trust_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_installed),
		cmocka_unit_test(test_bad_facts),
		cmocka_unit_test(test_given_files),
		cmocka_unit_test(test_given_certificates),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
