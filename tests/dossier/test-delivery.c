/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/dir.h"
#include "base/encode.h"
#include "base/path.h"
#include "cert/contents.h"
#include "dossier/delivery.h"
#include "tests/inventory/scratch.h"
#include "tests/practice/delivery.h"

/* Two deliveries of one TSP. */
static struct delivery first, second;

static int make_deliveries(void **state)
{
	const struct delivery_options one = { 0 };
	const struct delivery_options two = { .now = DELIVERY_NOW + KVK_DAY };

	(void)state;
	return delivery_make(&one, &first) != KVK_OK || delivery_make(&two, &second) != KVK_OK;
}

static int free_deliveries(void **state)
{
	(void)state;
	delivery_free(&first);
	delivery_free(&second);
	return 0;
}

static struct kvk_delivery delivery_of(const struct delivery *made)
{
	struct kvk_delivery delivery = { .leaf = kvk_span_of_blob(&made->leaf) };

	delivery.issuers[0] = kvk_span_of_blob(&made->ca[KVK_PRACTICE_TSP]);
	delivery.issuers[1] = kvk_span_of_blob(&made->ca[KVK_PRACTICE_INTERMEDIATE]);
	delivery.issuer_count = 2;
	return delivery;
}

static void deliver(const struct delivery *made)
{
	const struct kvk_delivery delivery = delivery_of(made);

	assert_int_equal(kvk_delivery_put_in_force(scratch, &delivery), KVK_OK);
}

/* Whether a file holds these certificates and nothing else, as openssl(1) would write them. */
static void assert_pem(const char *name, const struct kvk_span *ders, size_t count)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };

	get(name, &bytes);
	assert_null(strchr(kvk_blob_str(&bytes), '\r'));
	for (const char *p = kvk_blob_str(&bytes); *p != '\0';) {
		size_t n = strcspn(p, "\n");

		assert_true(n <= 64);
		p += n + (p[n] == '\n');
	}
	assert_int_equal(kvk_contents_read(&bytes, &contents), KVK_OK);
	assert_int_equal(contents.remarks, 0);
	assert_int_equal(kvk_contents_certificate_count(&contents), count);
	for (size_t i = 0; i < count; i++)
		assert_true(
			kvk_span_equal(kvk_contents_certificate(&contents, i, NULL)->der, ders[i]));
	kvk_contents_free(&contents);
}

static void a_delivery_becomes_three_files(void **state)
{
	const struct kvk_span all[] = { kvk_span_of_blob(&first.leaf),
		kvk_span_of_blob(&first.ca[KVK_PRACTICE_TSP]),
		kvk_span_of_blob(&first.ca[KVK_PRACTICE_INTERMEDIATE]) };
	struct stat st;

	(void)state;
	assert_false(kvk_delivery_complete(scratch));
	assert_false(kvk_delivery_in_force(scratch, all[0]));
	put_text("key.pem", "not touched");
	deliver(&first);
	assert_string_equal(list_below(""), "certificate.pem chain.pem key.pem upload.pem");
	assert_pem("certificate.pem", all, 1);
	assert_pem("chain.pem", all + 1, 2);
	assert_pem("upload.pem", all, 3);
	assert_int_equal(stat(below("upload.pem"), &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0644);
	assert_true(kvk_delivery_complete(scratch));
	assert_true(kvk_delivery_in_force(scratch, all[0]));
	assert_false(kvk_delivery_in_force(scratch, all[1]));
}

/* archive/SERIAL of the first leaf. */
static const char *archived(const char *suffix)
{
	static char path[256];
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };
	struct kvk_blob hex = { 0 };

	assert_int_equal(kvk_blob_append(&bytes, kvk_span_of_blob(&first.leaf)), KVK_OK);
	assert_int_equal(kvk_contents_read(&bytes, &contents), KVK_OK);
	assert_int_equal(
		kvk_hex(&hex, kvk_contents_certificate(&contents, 0, NULL)->serial, '\0'), KVK_OK);
	snprintf(path, sizeof path, "archive/%s%s", kvk_blob_str(&hex), suffix);
	kvk_blob_free(&hex);
	kvk_contents_free(&contents);
	return path;
}

static void a_second_delivery_archives_the_first(void **state)
{
	struct kvk_blob before = { 0 }, after = { 0 };
	char path[300];

	(void)state;
	deliver(&first);
	get("upload.pem", &before);
	deliver(&first);
	assert_false(kvk_path_exists(below("archive")));
	deliver(&second);
	assert_true(kvk_delivery_in_force(scratch, kvk_span_of_blob(&second.leaf)));
	assert_string_equal(list_below(archived("")), "certificate.pem chain.pem upload.pem");
	snprintf(path, sizeof path, "%s/upload.pem", archived(""));
	get(path, &after);
	assert_true(kvk_span_equal(kvk_span_of_blob(&before), kvk_span_of_blob(&after)));
	/* Back and forth again: nothing of the archive is written over. */
	deliver(&first);
	deliver(&second);
	assert_string_equal(list_below(archived("-2")), "certificate.pem chain.pem upload.pem");
	kvk_blob_free(&before);
	kvk_blob_free(&after);
}

static void what_cannot_be_read_is_archived_too(void **state)
{
	struct kvk_blob kept = { 0 };

	(void)state;
	put_text("certificate.pem", "scratched by hand");
	deliver(&first);
	get("archive/unreadable/certificate.pem", &kept);
	assert_string_equal(kvk_blob_str(&kept), "scratched by hand");
	kvk_blob_free(&kept);
}

static void what_cannot_be_archived_stays_in_force(void **state)
{
	const struct kvk_delivery next = delivery_of(&second);

	(void)state;
	deliver(&first);
	put_text("archive", "a file in the way");
	assert_int_not_equal(kvk_delivery_put_in_force(scratch, &next), KVK_OK);
	assert_true(kvk_delivery_in_force(scratch, kvk_span_of_blob(&first.leaf)));
}

static void a_delivery_that_was_cut_short_is_completed(void **state)
{
	(void)state;
	deliver(&first);
	/* As after a crash between the second file and the third. */
	put_text("certificate.pem.new", "half");
	put_text("upload.pem", "of the new one");
	deliver(&second);
	assert_true(kvk_delivery_in_force(scratch, kvk_span_of_blob(&second.leaf)));
	assert_string_equal(list_below(""), "archive certificate.pem chain.pem upload.pem");
}

static void a_link_in_the_dossier_is_replaced_and_not_followed(void **state)
{
	struct kvk_blob outside = { 0 };

	(void)state;
	put_text("outside", "keep");
	assert_int_equal(symlink("outside", below("upload.pem")), 0);
	assert_int_equal(symlink("outside", below("chain.pem.new")), 0);
	deliver(&first);
	get("outside", &outside);
	assert_string_equal(kvk_blob_str(&outside), "keep");
	kvk_blob_free(&outside);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(a_delivery_becomes_three_files),
		TEST(a_second_delivery_archives_the_first),
		TEST(what_cannot_be_read_is_archived_too),
		TEST(what_cannot_be_archived_stays_in_force),
		TEST(a_delivery_that_was_cut_short_is_completed),
		TEST(a_link_in_the_dossier_is_replaced_and_not_followed),
	};

	return cmocka_run_group_tests(tests, make_deliveries, free_deliveries);
}
