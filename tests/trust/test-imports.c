/* SPDX-License-Identifier: Apache-2.0 */
/* Root certificates that were imported: one file each, and what is refused when it is read again.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "base/encode.h"
#include "base/format.h"
#include "tests/gather/pki.h"
#include "tests/inventory/scratch.h"
#include "trust/imports.h"

#define FOLDER "trust"

static struct kvk_imports imports;
static struct kvk_error why;

static int set_up(void **state)
{
	imports = (struct kvk_imports)KVK_IMPORTS_INIT;
	why.text[0] = '\0';
	return scratch_make(state) || pki_set_up(state);
}

static int tear_down(void **state)
{
	kvk_imports_free(&imports);
	return pki_tear_down(state) || scratch_remove(state);
}

static const struct kvk_certificate *root_of(const char *name, unsigned key)
{
	return pki_certify(name, key, name, key, NULL);
}

static void import(const struct kvk_certificate *root)
{
	assert_int_equal(kvk_import_write(below(FOLDER), root, PKI_NOW, "jan", &why), KVK_OK);
}

static enum kvk_err read_again(void)
{
	kvk_imports_free(&imports);
	imports = (struct kvk_imports)KVK_IMPORTS_INIT;
	return kvk_imports_read(below(FOLDER), &imports, &why);
}

/* The path of its file below the scratch folder; static. */
static const char *file_of(const struct kvk_certificate *root)
{
	static char name[128];
	struct kvk_blob hex = { 0 };

	assert_int_equal(
		kvk_hex(&hex, (struct kvk_span){ root->sha256, KVK_SHA256_SIZE }, '\0'), KVK_OK);
	kvk_format(name, sizeof name, FOLDER "/%s.pem", kvk_blob_str(&hex));
	kvk_blob_free(&hex);
	return name;
}

static void test_round_trip(void **state)
{
	const struct kvk_certificate *a = root_of("A", 0), *b = root_of("B", 1);
	const struct kvk_import *import_of_a;

	(void)state;
	assert_int_equal(read_again(), KVK_OK);
	assert_int_equal(imports.list.count, 0);
	import(a);
	import(b);
	put_text(FOLDER "/README", "no import");
	assert_int_equal(read_again(), KVK_OK);
	assert_int_equal(imports.list.count, 2);
	import_of_a = kvk_imports_find(&imports, a->sha256);
	assert_non_null(import_of_a);
	assert_int_equal(import_of_a->at, PKI_NOW);
	assert_string_equal(import_of_a->by, "jan");
	assert_memory_equal(import_of_a->certificate->sha256, a->sha256, KVK_SHA256_SIZE);
	assert_int_equal(kvk_import_write(below(FOLDER), a, PKI_NOW, "piet", &why), KVK_ERR_EXISTS);
	assert_int_equal(kvk_import_remove(below(FOLDER), a->sha256, &why), KVK_OK);
	assert_int_equal(kvk_import_remove(below(FOLDER), a->sha256, &why), KVK_ERR_WRITE);
	assert_int_equal(read_again(), KVK_OK);
	assert_null(kvk_imports_find(&imports, a->sha256));
	assert_non_null(kvk_imports_find(&imports, b->sha256));
}

/* The lines for people may be gone; the certificate may not be another one. */
static void test_changed_files(void **state)
{
	const struct kvk_certificate *a = root_of("A", 0), *b = root_of("B", 1);
	struct kvk_blob bytes = { 0 };
	const char *pem;

	(void)state;
	import(a);
	import(b);
	get(file_of(a), &bytes);
	pem = strstr(kvk_blob_str(&bytes), "-----BEGIN");
	assert_non_null(pem);
	put_text(file_of(a), pem);
	assert_int_equal(read_again(), KVK_OK);
	assert_int_equal(kvk_imports_find(&imports, a->sha256)->at, 0);
	assert_string_equal(kvk_imports_find(&imports, a->sha256)->by, "");
	put_text(file_of(b), pem);
	assert_int_equal(read_again(), KVK_ERR_FORMAT);
	assert_non_null(strstr(why.text, file_of(b)));
	put_text(file_of(b), "");
	assert_int_equal(read_again(), KVK_ERR_FORMAT);
	kvk_blob_free(&bytes);
}

static void test_writable_by_others(void **state)
{
	const struct kvk_certificate *a = root_of("A", 0);

	(void)state;
	import(a);
	assert_int_equal(chmod(below(file_of(a)), 0666), 0);
	assert_int_equal(read_again(), KVK_ERR_UNSAFE);
	assert_non_null(strstr(why.text, file_of(a)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_changed_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_writable_by_others, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, pki_load, pki_unload);
}
