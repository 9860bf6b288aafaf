/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/upload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/alloc.h"

/* A file of certificates that were never encoded: a name, an issuer, and whether it is a CA. */
struct row {
	const char *subject, *issuer;
	bool ca;
};

static struct kvk_contents contents;
static struct kvk_facts facts;

static void make_name(struct kvk_name *name, const char *cn)
{
	struct kvk_attribute *attribute = kvk_malloc(sizeof(*attribute));

	assert_non_null(attribute);
	*name = (struct kvk_name){ .der = kvk_span_of(cn), .count = 1, .attributes = attribute };
	*attribute = (struct kvk_attribute){
		.oid = KVK_OID_CN,
		.type = kvk_oid_octets(KVK_OID_CN),
		.tag = KVK_DER_UTF8_STRING,
		.value = kvk_span_of(cn),
		.value_der = kvk_span_of(cn),
	};
}

static void sort(const struct row *rows, size_t count)
{
	contents = (struct kvk_contents){
		.blocks = KVK_VEC_INIT(struct kvk_block, KVK_LIMIT_BLOCKS),
	};
	for (size_t i = 0; i < count; i++) {
		struct kvk_certificate *cert = kvk_calloc(1, sizeof *cert);
		struct kvk_block *block;

		assert_non_null(cert);
		assert_int_equal(kvk_vec_push(&contents.blocks, &block), KVK_OK);
		make_name(&cert->subject, rows[i].subject);
		make_name(&cert->issuer, rows[i].issuer);
		cert->ext.ca = rows[i].ca;
		/* the same subject and issuer are the same certificate */
		strncpy((char *)cert->sha256, rows[i].subject, 16);
		strncpy((char *)cert->sha256 + 16, rows[i].issuer, 16);
		block->certificate = cert;
	}
	facts = (struct kvk_facts){ .contents = &contents };
	kvk_upload_sort(&facts);
}

static void check(size_t leaves, const char *leaf)
{
	assert_int_equal(facts.leaf_count, leaves);
	if (leaf == NULL)
		assert_null(facts.leaf);
	else
		assert_true(kvk_span_is(facts.leaf->subject.der, leaf));
	kvk_contents_free(&contents);
}

#define SORT(...) \
	do { \
		const struct row rows_[] = { __VA_ARGS__ }; \
		sort(rows_, sizeof(rows_) / sizeof(rows_[0])); \
	} while (0)

static void leaf_wherever_it_stands(void **state)
{
	(void)state;
	SORT({ "leaf", "tsp", false }, { "tsp", "root", true });
	check(1, "leaf");
	SORT({ "root", "root", true }, { "tsp", "root", true }, { "leaf", "tsp", false });
	check(1, "leaf");
	SORT({ "leaf", "elsewhere", false });
	check(1, "leaf");
	SORT({ "self", "self", false });
	check(1, "self");
}

static void only_cas(void **state)
{
	(void)state;
	SORT({ "root", "root", true }, { "tsp", "root", true });
	check(0, "tsp");
	SORT({ "leaf", "tsp", true }, { "tsp", "root", true });
	check(0, "leaf");
}

static void several_leaves(void **state)
{
	(void)state;
	SORT({ "old", "tsp", false }, { "new", "tsp", false }, { "tsp", "root", true });
	check(2, NULL);
	SORT({ "self", "self", false }, { "other", "other", false });
	check(2, NULL);
	/* what issued itself was not issued by another of its name */
	SORT({ "self", "self", false }, { "self", "tsp", false });
	check(2, NULL);
}

/* What issued another stands as an issuer, also where it is no CA: that is message 23. */
static void issuer_that_is_no_ca(void **state)
{
	(void)state;
	SORT({ "leaf", "tsp", false }, { "tsp", "root", false });
	check(1, "leaf");
}

static void the_same_counts_once(void **state)
{
	(void)state;
	SORT({ "leaf", "tsp", false }, { "tsp", "root", true }, { "leaf", "tsp", false });
	assert_int_equal(facts.certificate_count, 2);
	check(1, "leaf");
}

static void no_more_than_the_limit(void **state)
{
	static char names[KVK_LIMIT_UPLOAD + 1][16];
	struct row rows[KVK_LIMIT_UPLOAD + 1];

	(void)state;
	for (size_t i = 0; i <= KVK_LIMIT_UPLOAD; i++) {
		names[i][0] = (char)('a' + i);
		rows[i] = (struct row){ names[i], "tsp", false };
	}
	sort(rows, KVK_LIMIT_UPLOAD);
	assert_false(facts.too_many);
	check(KVK_LIMIT_UPLOAD, NULL);
	sort(rows, KVK_LIMIT_UPLOAD + 1);
	assert_true(facts.too_many);
	assert_int_equal(facts.certificate_count, KVK_LIMIT_UPLOAD);
	check(KVK_LIMIT_UPLOAD, NULL);
}

/* Java reads the whole store of CAs that were put before, between or after. */
static void leaf_among_many_cas(void **state)
{
	static char names[KVK_LIMIT_UPLOAD][16];
	struct row rows[KVK_LIMIT_UPLOAD + 3];
	const size_t last = KVK_LIMIT_UPLOAD;

	(void)state;
	for (size_t i = 0; i < KVK_LIMIT_UPLOAD; i++) {
		names[i][0] = (char)('a' + i);
		rows[i] = (struct row){ names[i], names[i], true };
	}
	rows[last] = (struct row){ "intermediate", "root", true };
	rows[last + 1] = (struct row){ "tsp", "intermediate", true };
	rows[last + 2] = (struct row){ "leaf", "tsp", false };
	sort(rows, last + 3);
	assert_true(facts.too_many);
	assert_int_equal(facts.certificate_count, KVK_LIMIT_UPLOAD);
	assert_true(kvk_span_is(facts.certificates[0]->subject.der, "intermediate"));
	assert_true(kvk_span_is(facts.certificates[1]->subject.der, "tsp"));
	check(1, "leaf");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaf_wherever_it_stands),
		cmocka_unit_test(only_cas),
		cmocka_unit_test(several_leaves),
		cmocka_unit_test(issuer_that_is_no_ca),
		cmocka_unit_test(the_same_counts_once),
		cmocka_unit_test(no_more_than_the_limit),
		cmocka_unit_test(leaf_among_many_cas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
