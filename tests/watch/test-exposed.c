/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/inventory/scratch.h"
#include "watch/exposed.h"

/* The key that is found beside scratch/a.pem, or "". */
static void expect_key(const char *wanted)
{
	struct kvk_exposed exposed = KVK_EXPOSED_INIT(NULL);
	struct kvk_entry_view view;
	struct kvk_entry entry = entry_of("a", 1);

	strcpy(entry.path, below("a.pem"));
	assert_int_equal(kvk_view_from(&entry, &view), KVK_OK);
	assert_int_equal(kvk_exposed_look(&exposed, &view), KVK_OK);
	assert_string_equal(
		view.key_path != NULL ? view.key_path : "", wanted[0] != '\0' ? below(wanted) : "");
	kvk_view_free(&view);
	kvk_exposed_free(&exposed);
}

static void keys_are_found_by_their_usual_names(void **state)
{
	static const char *const names[] = { "server.key", "SERVER.KEY", "privkey.pem",
		"privkey1.pem", "Private.PEM", "private-2026.pem", "key.pem" };
	static const char *const others[] = { "server.txt", ".key", ".private.pem", "cert.pem",
		"key", "aprivate.pem" };

	(void)state;
	put_text("a.pem", "a certificate");
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		put_text(others[i], "-----BEGIN PRIVATE KEY-----\n");
	expect_key("");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		put_text(names[i], "no key");
		expect_key("");
		put_text(names[i], "-----BEGIN PRIVATE KEY-----\n");
		expect_key(names[i]);
		assert_int_equal(chmod(below(names[i]), 0640), 0);
		expect_key("");
		assert_int_equal(unlink(below(names[i])), 0);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(keys_are_found_by_their_usual_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
