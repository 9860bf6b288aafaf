/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"
#include "conf/datadir.h"
#include "trust/knowledge.h"

static char folder[] = "/tmp/kvkcsr-ends-XXXXXX";

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

/* Writes a file below folder/trust. */
static void put(const char *name, struct kvk_span text)
{
	struct kvk_blob path = { 0 }, file = { 0 };

	assert_int_equal(kvk_path_join(&path, folder, "trust"), KVK_OK);
	assert_int_equal(kvk_dir_make(kvk_blob_str(&path), 0755), KVK_OK);
	assert_int_equal(kvk_path_join(&file, kvk_blob_str(&path), name), KVK_OK);
	assert_int_equal(kvk_file_replace(kvk_blob_str(&file), 0644, text), KVK_OK);
	kvk_blob_free(&file);
	kvk_blob_free(&path);
}

/* A copy of an installed file. */
static void put_installed(const char *name)
{
	struct kvk_blob path = { 0 }, file = { 0 }, text = { 0 };

	assert_int_equal(kvk_path_join(&path, kvk_datadir(), "trust"), KVK_OK);
	assert_int_equal(kvk_path_join(&file, kvk_blob_str(&path), name), KVK_OK);
	assert_int_equal(kvk_file_read(kvk_blob_str(&file), KVK_LIMIT_CONFIG, 0, &text), KVK_OK);
	put(name, kvk_span_of_blob(&text));
	kvk_blob_free(&text);
	kvk_blob_free(&file);
	kvk_blob_free(&path);
}

/* The days that are published. */
static void test_installed(void **state)
{
	static const struct kvk_end want[] = {
		{ "Sectigo", "2027-02-10" },
		{ "DigiCert", "2027-03-01" },
		{ NULL, "2027-03-15" },
	};
	struct kvk_ends ends;
	const struct kvk_end *list;
	size_t count;

	(void)state;
	assert_int_equal(kvk_ends_load(kvk_datadir(), &ends, NULL), KVK_OK);
	assert_string_equal(kvk_ends_of_generation(&ends, "G1"), "2028-11-12");
	assert_null(kvk_ends_of_generation(&ends, "G4"));
	list = kvk_ends_of_client_auth(&ends, &count);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(list[i].day, want[i].day);
		if (want[i].of == NULL)
			assert_null(list[i].of);
		else
			assert_string_equal(list[i].of, want[i].of);
	}
	kvk_ends_free(&ends);
	kvk_ends_free(NULL);
}

/* What is not a day is reported with file and place; nothing is left of the entries before it. */
static void test_bad(void **state)
{
	static const struct {
		const char *text, *said;
	} bad[] = {
		{ "hierarchies = ( { generation = \"G1\"; } );", "entry 1 of 'hierarchies'" },
		{ "hierarchies = ( { generation = \"G1\"; end = \"2028-11-31\"; } );",
			"'trust/ends.cfg'" },
		{ "hierarchies = ( { generation = \"G1\"; end = \"in 2028\"; } );", "2028-11-12" },
		{ "client_auth = ( { end = \"2027-03-15\"; }, { issuer = \"X\"; } );",
			"entry 2 of 'client_auth'" },
		{ "client_auth = ( { end = \"2027-03-15T00:00:00Z\"; } );", "2028-11-12" },
		{ "client_auth = ( { ends = \"2027-03-15\"; } );", "ends" },
		{ "client_auth = ", "ends.cfg" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct kvk_error why = { 0 };
		struct kvk_ends ends;

		put("ends.cfg", kvk_span_of(bad[i].text));
		assert_int_equal(kvk_ends_load(folder, &ends, &why), KVK_ERR_CONFIG);
		if (strstr(why.text, bad[i].said) == NULL)
			fail_msg("'%s' lacks '%s'", why.text, bad[i].said);
		assert_null(ends.file);
		assert_int_equal(ends.client_auth.count, 0);
	}
}

static void test_missing(void **state)
{
	struct kvk_error why = { 0 };
	struct kvk_ends ends;

	(void)state;
	assert_int_equal(kvk_ends_load("/nonexistent", &ends, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, "/nonexistent/trust/ends.cfg"));
}

/* Each file of the knowledge, when it is not right, is named, with the place. */
static void test_bad_knowledge(void **state)
{
	static const struct {
		const char *file, *text, *said;
	} bad[] = {
		{ "cas.cfg", "cas = ( { cn = \"A\"; }, { sha256 = \"00\"; } );", "CA 2 in" },
		{ "cas.cfg", "cas = ( { cn = \"A\"; sha256 = \"00\"; } );", "'trust/cas.cfg'" },
		{ "policies.cfg", "date = \"2026-11-22\";", "pkio_arc" },
		{ "policies.cfg", "pkio_arc = \"2.16\"; policies = ( { oid = \"2.16.\"; } );",
			"policy 1 in 'trust/policies.cfg'" },
		{ "ev.cfg", "policies = ( { ca = \"A\"; } );", "policy 1 in 'trust/ev.cfg'" },
		{ "ends.cfg", "client_auth = ( { } );", "entry 1 of 'client_auth'" },
	};
	static const char *const files[] = { "cas.cfg", "policies.cfg", "ev.cfg", "ends.cfg" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct kvk_knowledge *knowledge;
		struct kvk_error why = { 0 };

		for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++)
			put_installed(files[f]);
		assert_int_equal(kvk_knowledge_load(folder, &knowledge, NULL), KVK_OK);
		kvk_knowledge_free(knowledge);
		put(bad[i].file, kvk_span_of(bad[i].text));
		assert_int_equal(kvk_knowledge_load(folder, &knowledge, &why), KVK_ERR_CONFIG);
		assert_null(knowledge);
		if (strstr(why.text, bad[i].said) == NULL)
			fail_msg("'%s' lacks '%s'", why.text, bad[i].said);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_installed),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_bad_knowledge),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
