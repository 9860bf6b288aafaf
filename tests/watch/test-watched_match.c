/* SPDX-License-Identifier: Apache-2.0 */
/* Which certificate of a file is that of an entry, where the names in them say little. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cert/pem.h"
#include "tests/practice/delivery.h"
#include "watch/watched.h"

/* The leaf of a delivery of this time, with a CN or without; appended in PEM. */
static void append_leaf(struct kvk_blob *out, bool cn, kvk_time now)
{
	const char *const faults[] = { cn ? NULL : "no-cn", NULL };
	const struct delivery_options options = { .faults = faults, .now = now };
	struct delivery made = { 0 };

	assert_int_equal(delivery_make(&options, &made), KVK_OK);
	assert_int_equal(kvk_pem_write(out, "CERTIFICATE", kvk_span_of_blob(&made.leaf)), KVK_OK);
	delivery_free(&made);
}

/* Whether a file has what an entry is about, which has no CN. */
static bool is_matched(struct kvk_blob *pem, const struct kvk_entry_certificate *known)
{
	struct kvk_watched_file file;
	size_t match;

	assert_int_equal(kvk_watched_file_read(pem, &file), KVK_OK);
	kvk_watched_match(&file, &known, 1, &match);
	if (match != KVK_WATCHED_NONE)
		assert_string_equal(kvk_watched_at(&file, match)->certificate.holder.cn, "");
	kvk_watched_file_free(&file);
	return match != KVK_WATCHED_NONE;
}

/* They have alternative names alone: those of one file renew each other, and nobody else's. */
static void certificates_without_cn_renew_each_other(void **state)
{
	struct kvk_blob before = { 0 }, after = { 0 };
	struct kvk_entry_certificate known;
	struct kvk_watched_file file;

	(void)state;
	append_leaf(&before, false, DELIVERY_NOW);
	assert_int_equal(kvk_watched_file_read(&before, &file), KVK_OK);
	known = kvk_watched_at(&file, 0)->certificate;
	assert_true(known.holder.known);
	assert_string_equal(known.holder.cn, "");
	kvk_watched_file_free(&file);
	append_leaf(&after, true, DELIVERY_NOW + KVK_DAY);
	assert_false(is_matched(&after, &known));
	append_leaf(&after, false, DELIVERY_NOW + KVK_DAY);
	assert_true(is_matched(&after, &known));
	kvk_blob_free(&before);
	kvk_blob_free(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certificates_without_cn_renew_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
