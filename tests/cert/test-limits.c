/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As many members of a list as a certificate may have, and one more. What Java would read, and this
 * program does not, is nobody's fault.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "cert/pem.h"
#include "file.h"

/* A list: a certificate with an @ for its members, and one member, with an @ for its number. */
static const struct list {
	const char *name;
	const char *certificate;
	const char *member;
	/* How a number is written. */
	enum { LETTERS, ARC, ARCS } number;
	unsigned limit;
} lists[] = {
	{ "SANs", MADE_WITH_ONE(MADE_SAN, "", "30(@)"), "8202@", LETTERS, KVK_LIMIT_SANS },
	{ "EKUs", MADE_WITH_ONE(MADE_EKU, "", "30(@)"), "0603 2a03@", ARC, KVK_LIMIT_EKUS },
	{ "policies", MADE_WITH_ONE(MADE_CP, "", "30(@)"), "3006 0604 2a0301@", ARC,
		KVK_LIMIT_POLICIES },
	{ "subtrees", MADE_WITH_ONE(MADE_NC, MADE_CRITICAL, "30(a1(@))"), "3004 8202 @", LETTERS,
		KVK_LIMIT_SUBTREES },
	{ "extensions", MADE_WITH("@"), "30(06(2a@)0400)", ARCS, KVK_LIMIT_EXTENSIONS },
	{ "attributes",
		MADE_SIGNED(MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I") MADE_DATES
			"30(@)" MADE_KEY,
			MADE_SHA256_RSA),
		"31(30(06(550403)0c02@))", LETTERS, KVK_LIMIT_NAME_ATTRIBUTES },
};

/* Appends a text with something in the place of its @. */
static void append(struct kvk_blob *out, const char *text, const char *what)
{
	const char *at = strchr(text, '@');

	assert_non_null(at);
	assert_int_equal(kvk_blob_append(out,
				 (struct kvk_span){ (const uint8_t *)text, (size_t)(at - text) }),
		KVK_OK);
	assert_int_equal(kvk_blob_append_text(out, what), KVK_OK);
	assert_int_equal(kvk_blob_append_text(out, at + 1), KVK_OK);
}

/* A number as letters of a name (always the same), as one octet of an OID, or as two. */
static void write_number(const struct list *list, unsigned i, char out[static 5])
{
	if (list->number == LETTERS)
		snprintf(out, 5, "6161");
	else if (list->number == ARC)
		snprintf(out, 5, "%02x", i & 0x7f);
	else
		snprintf(out, 5, "%02x%02x", (0x81 + (i >> 7)) & 0xff, i & 0x7f);
}

/* Puts a certificate with so many members into the file. */
static void add_list(const struct list *list, unsigned count)
{
	struct kvk_blob members = { 0 }, text = { 0 };
	struct made der;
	char number[5];

	for (unsigned i = 0; i < count; i++) {
		write_number(list, i, number);
		append(&members, list->member, number);
	}
	append(&text, list->certificate, (const char *)members.p);
	der = made_of((const char *)text.p);
	assert_int_equal(kvk_pem_write(&file, "CERTIFICATE", made_span(&der)), KVK_OK);
	made_free(&der);
	kvk_blob_free(&members);
	kvk_blob_free(&text);
}

static void every_list(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		print_message("%s\n", lists[i].name);
		add_list(&lists[i], lists[i].limit);
		assert_file(KVK_FORM_PEM, KVK_JAVA_READS, 0);
		add_list(&lists[i], lists[i].limit + 1);
		assert_file(KVK_FORM_PEM, KVK_JAVA_UNSURE, 0);
	}
}

/* What is wrong besides is wrong. */
static void what_java_cannot_read_counts_first(void **state)
{
	(void)state;
	for (int last = 0; last < 2; last++) {
		if (last)
			add_pem("CERTIFICATE", "0500");
		add_list(&lists[0], KVK_LIMIT_SANS + 1);
		if (!last)
			add_pem("CERTIFICATE", "0500");
		assert_file(KVK_FORM_PEM, KVK_JAVA_FAILS, 0);
	}
	add_pem("CERTIFICATE", LEAF);
	add_list(&lists[0], KVK_LIMIT_SANS + 1);
	look();
	assert_int_equal(contents.java, KVK_JAVA_UNSURE);
	assert_int_equal(contents.failed_block, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(every_list, forget),
		cmocka_unit_test_teardown(what_java_cannot_read_counts_first, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
