/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/word.h"
#include "crypto/hash.h"
#include "watch/watched.h"
#include "tests/inventory/scratch.h"
#include "tests/practice/delivery.h"

static void assert_leaf(const struct kvk_watched *watched, const struct delivery *made)
{
	uint8_t sha256[KVK_SHA256_SIZE];

	assert_int_equal(kvk_sha256(kvk_span_of_blob(&made->leaf), sha256), KVK_OK);
	assert_true(watched->certificate.present);
	assert_memory_equal(watched->certificate.sha256, sha256, KVK_SHA256_SIZE);
	assert_string_equal(watched->name, "api.example.nl");
	/* 2027-12-24T10:59:59Z: a second before 397 days after the practice hour. */
	assert_int_equal(
		watched->certificate.not_after, DELIVERY_NOW - KVK_HOUR + 397 * KVK_DAY - 1000);
}

static void the_leaf_is_watched_wherever_it_stands(void **state)
{
	const struct delivery_options options = { 0 };
	struct delivery made = { 0 };
	struct kvk_watched watched;
	struct kvk_blob pem = { 0 };

	(void)state;
	assert_int_equal(delivery_make(&options, &made), KVK_OK);
	put("der", kvk_span_of_blob(&made.leaf));
	assert_int_equal(kvk_watched_read(below("der"), NULL, &watched), KVK_OK);
	assert_leaf(&watched, &made);
	put("pem", kvk_span_of_blob(&made.upload));
	assert_int_equal(kvk_watched_read(below("pem"), NULL, &watched), KVK_OK);
	assert_leaf(&watched, &made);
	assert_int_equal(kvk_blob_append(&pem, kvk_span_of_blob(&made.chain_pem)), KVK_OK);
	assert_int_equal(kvk_blob_append(&pem, kvk_span_of_blob(&made.upload)), KVK_OK);
	put("last", kvk_span_of_blob(&pem));
	assert_int_equal(kvk_watched_read(below("last"), NULL, &watched), KVK_OK);
	assert_leaf(&watched, &made);
	/* CAs alone: the first. */
	put("cas", kvk_span_of_blob(&made.chain_pem));
	assert_int_equal(kvk_watched_read(below("cas"), NULL, &watched), KVK_OK);
	assert_string_equal(watched.name, "kvkcsr-practice-tsp-ca-g4-shape");
	kvk_blob_free(&pem);
	delivery_free(&made);
}

static void what_is_no_certificate_is_an_error(void **state)
{
	struct kvk_watched watched;

	(void)state;
	assert_int_equal(kvk_watched_read(below("none"), NULL, &watched), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_watched_read(scratch, NULL, &watched), KVK_ERR_NOT_REGULAR);
	assert_int_equal(mkfifo(below("pipe"), 0600), 0);
	assert_int_equal(kvk_watched_read(below("pipe"), NULL, &watched), KVK_ERR_NOT_REGULAR);
	put_text("empty", "");
	assert_int_equal(kvk_watched_read(below("empty"), NULL, &watched), KVK_ERR_FORMAT);
	put_text("text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
	assert_int_equal(kvk_watched_read(below("text"), NULL, &watched), KVK_ERR_FORMAT);
	assert_false(watched.certificate.present);
}

static void a_file_that_is_too_large_is_not_read(void **state)
{
	static uint8_t large[KVK_LIMIT_FILE + 1];
	struct kvk_watched watched;

	(void)state;
	put("large", (struct kvk_span){ large, sizeof large });
	assert_int_equal(kvk_watched_read(below("large"), NULL, &watched), KVK_ERR_LIMIT);
}

static void names_are_made_of_any_text(void **state)
{
	static const struct {
		const char *text, *name;
	} cases[] = {
		{ "api.example.nl", "api.example.nl" },
		{ "*.Example.NL", "example.nl" },
		{ "Voorbeeld B.V.", "voorbeeld-b.v" },
		{ "a..b", "a.b" },
		{ "a. .b", "a.-b" },
		{ "-.-", "" },
		{ "../../etc/passwd", "etcpasswd" },
		{ "\xc3\xa9t\xc3\xa9 1", "t-1" },
		{ "a\033[2Jb", "a2jb" },
		{ "", "" },
	};
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	char all[3] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		kvk_watched_name(cases[i].text, name);
		assert_string_equal(name, cases[i].name);
	}
	/* Whatever comes in, what comes out is a name or nothing. */
	for (unsigned i = 0; i < 65536; i++) {
		all[0] = (char)(i >> 8);
		all[1] = (char)i;
		kvk_watched_name(all, name);
		assert_true(name[0] == '\0' || kvk_entry_name_valid(name));
	}
	kvk_watched_name("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b", name);
	assert_int_equal(strlen(name), 63);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(the_leaf_is_watched_wherever_it_stands),
		TEST(what_is_no_certificate_is_an_error),
		TEST(a_file_that_is_too_large_is_not_read),
		TEST(names_are_made_of_any_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
