/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/ber.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cases.h"
#include "der/writer.h"
#include "tests/support/alloc.h"

struct conversion {
	const char *ber;
	const char *der;
	/* Octets after the value, which stay unread. */
	size_t left;
};

static const struct conversion good[] = {
	{ "3080 0000", "3000", 0 },
	{ "3080 020101 0000", "3003 020101", 0 },
	{ "3080 020101 0000 0500", "3003 020101", 2 },
	{ "3080 020101 0000 00", "3003 020101", 1 },
	{ "3080 3180 a080 0500 0000 0000 0000", "3006 3104 a002 0500", 0 },
	/* zeros in contents are no end */
	{ "3080 0404 00000000 0000", "3006 0404 00000000", 0 },
	{ "3080 0400 0500 0000", "3004 0400 0500", 0 },
	/* inside a value of definite length, which shrinks */
	{ "3080 3007 3080 020101 0000 020105 0000", "300a 3005 3003 020101 020105", 0 },
	{ "3007 3080 020101 0000", "3005 3003 020101", 0 },
	{ "3003 020101 ff", "3003 020101", 1 },
	/* OCTET STRINGs in parts */
	{ "2480 0401aa 0402bbcc 0000", "0403 aabbcc", 0 },
	{ "2480 0000", "0400", 0 },
	{ "3080 2407 0401aa 0402bbcc 0500 0000", "3007 0403 aabbcc 0500", 0 },
	{ "2480 2480 0401aa 0000 2403 0401bb 0000", "0402 aabb", 0 },
	{ "2480 048101aa 0000", "0401 aa", 0 },
	/* of what is no OCTET STRING only the length changes */
	{ "2380 030200aa 0000", "2304 030200aa", 0 },
	{ "a080 8001aa 0000", "a003 8001aa", 0 },
	/* what else is not DER is left to the reader */
	{ "3080 02810101 0000", "3004 02810101", 0 },
	{ "3080 02020001 010101 0000", "3007 02020001 010101", 0 },
	{ "3080 308103 020101 0000", "3006 308103 020101", 0 },
	{ "3080 100102 0000", "3003 100102", 0 },
};

static void lengths_become_definite(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct octets in = octets_of(good[i].ber);
		struct kvk_blob out = { 0 };
		size_t used = 0;

		print_message("case %zu: %s\n", i, good[i].ber);
		assert_int_equal(kvk_blob_append_text(&out, "what was there"), KVK_OK);
		assert_int_equal(kvk_ber_to_der(span_of_octets(in), &out, &used), KVK_OK);
		assert_blob_hex(&out, good[i].der);
		assert_int_equal(in.n - used, good[i].left);
		kvk_blob_free(&out);
		free(in.p);
	}
}

/* Such a value is left to the reader whole, also where it has an indefinite length inside. */
static void a_long_length_with_a_zero_stays(void **state)
{
	uint8_t in[2 + 4 + 132 + 2] = {
		0x30,
		0x80,
		0x30,
		0x82,
		0x00,
		0x84,
		0x30,
		0x80,
		0x04,
		0x7e,
	};
	struct kvk_blob out = { 0 };
	size_t used = 0;

	(void)state;
	assert_int_equal(kvk_ber_to_der((struct kvk_span){ in, sizeof(in) }, &out, &used), KVK_OK);
	assert_int_equal(used, sizeof(in));
	assert_int_equal(out.n, 3 + 4 + 132);
	assert_memory_equal(out.p, "\x30\x81\x88", 3);
	assert_memory_equal(out.p + 3, in + 2, 4 + 132);
	kvk_blob_free(&out);
}

static const char *const bad[] = {
	"",
	"30",
	"3080",
	"308000",
	"3080 05",
	"3080 0500",
	"3080 020101 00",
	"3080 3080 0000",
	"3080 0402aa 0000",
	"3080 0480 0000",
	/* an end of contents in a definite value, and at the start */
	"3004 0500 0000",
	"3080 3002 0000 0000",
	"0000",
	/* end of contents with a length */
	"3080 0001 00 0000",
	/* primitive, and of a tag above 30 */
	"0480 0000",
	"8080 0000",
	"bf2180 0000",
	"3080 9f2100 0000",
	/* lengths that lie */
	"3080 3004 020101 0000",
	"3080 0485 0000000000 0000",
	"3080 0484ffffffff 0000",
	"3080 0488ffffffffffffffff 0000",
	"3080 0482",
	"3080 048201",
	/* parts of another type in an OCTET STRING */
	"2480 030100 0000",
	"2480 3000 0000",
	"2480 0500 0000",
	"2480 8001aa 0000",
};

static void broken_input_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct octets in = octets_of(bad[i]);
		struct kvk_blob out = { 0 };
		size_t used = 77;

		print_message("case %zu: %s\n", i, bad[i]);
		assert_int_equal(kvk_ber_to_der(span_of_octets(in), &out, &used), KVK_ERR_DER);
		assert_int_equal(out.n, 0);
		kvk_blob_free(&out);
		free(in.p);
	}
}

static void looks_at_the_first_length_only(void **state)
{
	static const struct {
		const char *hex;
		bool indefinite;
	} cases[] = {
		{ "3080", true },
		{ "3180", true },
		{ "2480", true },
		{ "a080", true },
		{ "", false },
		{ "30", false },
		{ "3081", false },
		{ "3000", false },
		{ "0480", false },
		{ "8080", false },
		{ "bf80", false },
		{ "0080", false },
		{ "3002 3080", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i].hex);

		assert_int_equal(kvk_ber_is_indefinite(span_of_octets(in)), cases[i].indefinite);
		free(in.p);
	}
}

/* The first parts of a certificate: names, times, key, extensions, in DER. */
static void write_certificate(struct kvk_blob *out)
{
	static const uint8_t zeros[300];
	struct kvk_der_writer w = { 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put_uint(&w, 2);
	kvk_der_close(&w);
	kvk_der_put_uint(&w, 0x8000);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SET);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_CN);
	kvk_der_put_text(&w, "practice");
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_put_bits(&w, (struct kvk_span){ zeros, sizeof(zeros) });
	kvk_der_open(&w, KVK_DER_OCTET_STRING);
	kvk_der_put_boolean(&w, true);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_put_bits(&w, (struct kvk_span){ zeros, 200 });
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, out), KVK_OK);
}

/* Writes each constructed value with an indefinite length. */
static void make_indefinite(struct kvk_der der, struct kvk_blob *out)
{
	struct kvk_der_value value;
	struct kvk_der inner;

	while (!kvk_der_at_end(&der)) {
		assert_int_equal(kvk_der_any(&der, &value), KVK_OK);
		if ((value.tag & 0x20) == 0) {
			assert_int_equal(kvk_blob_append(out, value.whole), KVK_OK);
			continue;
		}
		assert_int_equal(kvk_blob_append_byte(out, (uint8_t)value.tag), KVK_OK);
		assert_int_equal(kvk_blob_append_byte(out, 0x80), KVK_OK);
		assert_int_equal(kvk_der_into(&der, value.content, &inner), KVK_OK);
		make_indefinite(inner, out);
		assert_int_equal(
			kvk_blob_append(out, (struct kvk_span){ (uint8_t[2]){ 0 }, 2 }), KVK_OK);
	}
}

static void a_certificate_comes_back_as_it_was(void **state)
{
	struct kvk_blob der = { 0 };
	struct kvk_blob ber = { 0 };
	struct kvk_blob back = { 0 };
	struct kvk_der_log log = { 0 };
	struct kvk_der cursor;
	size_t used = 0;

	(void)state;
	write_certificate(&der);
	kvk_der_start(&cursor, kvk_span_of_blob(&der), false, &log);
	make_indefinite(cursor, &ber);
	assert_true(kvk_ber_is_indefinite(kvk_span_of_blob(&ber)));
	assert_false(kvk_ber_is_indefinite(kvk_span_of_blob(&der)));
	assert_int_equal(kvk_ber_to_der(kvk_span_of_blob(&ber), &back, &used), KVK_OK);
	assert_int_equal(used, ber.n);
	assert_true(kvk_span_equal(kvk_span_of_blob(&back), kvk_span_of_blob(&der)));
	/* cut anywhere, it is refused */
	for (size_t n = 0; n < ber.n; n++)
		assert_int_equal(
			kvk_ber_to_der((struct kvk_span){ ber.p, n }, &back, &used), KVK_ERR_DER);
	/* DER is already what it becomes */
	assert_int_equal(kvk_ber_to_der(kvk_span_of_blob(&der), &back, &used), KVK_OK);
	assert_true(kvk_span_equal(kvk_span_of_blob(&back), kvk_span_of_blob(&der)));
	kvk_blob_free(&der);
	kvk_blob_free(&ber);
	kvk_blob_free(&back);
}

/* 30 80 n times, with as many ends or without. */
static void fill_nested(struct kvk_blob *out, size_t n, bool ends)
{
	kvk_blob_clear(out);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(kvk_blob_append_text(out, "\x30\x80"), KVK_OK);
	for (size_t i = 0; ends && i < 2 * n; i++)
		assert_int_equal(kvk_blob_append_byte(out, 0), KVK_OK);
}

static void depth_and_size_are_bounded(void **state)
{
	struct kvk_blob in = { 0 };
	struct kvk_blob out = { 0 };
	uint8_t *large = calloc(1, KVK_LIMIT_CRL_FILE + 1u);
	size_t used = 0;

	(void)state;
	assert_non_null(large);
	fill_nested(&in, KVK_LIMIT_DER_DEPTH, true);
	assert_int_equal(kvk_ber_to_der(kvk_span_of_blob(&in), &out, &used), KVK_OK);
	assert_int_equal(out.n, 2 * KVK_LIMIT_DER_DEPTH);
	fill_nested(&in, KVK_LIMIT_DER_DEPTH + 1, true);
	assert_int_equal(kvk_ber_to_der(kvk_span_of_blob(&in), &out, &used), KVK_ERR_DER);
	fill_nested(&in, 100000, false);
	assert_int_equal(kvk_ber_to_der(kvk_span_of_blob(&in), &out, &used), KVK_ERR_DER);
	assert_int_equal(out.n, 0);
	large[0] = 0x05;
	assert_int_equal(
		kvk_ber_to_der((struct kvk_span){ large, KVK_LIMIT_CRL_FILE }, &out, &used),
		KVK_OK);
	assert_int_equal(used, 2);
	assert_int_equal(
		kvk_ber_to_der((struct kvk_span){ large, KVK_LIMIT_CRL_FILE + 1u }, &out, &used),
		KVK_ERR_LIMIT);
	kvk_blob_free(&in);
	kvk_blob_free(&out);
	free(large);
}

static void memory_may_run_out(void **state)
{
	struct kvk_blob der = { 0 };
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_ERR_MEMORY;
	size_t used = 0;
	long n;

	(void)state;
	write_certificate(&der);
	for (n = 0; err != KVK_OK; n++) {
		assert_in_range(n, 0, 100);
		kvk_alloc_fail_after(n);
		err = kvk_ber_to_der(kvk_span_of_blob(&der), &out, &used);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		assert_int_equal(out.n > 0, err == KVK_OK);
		kvk_blob_free(&out);
	}
	assert_in_range(n, 2, 100);
	kvk_blob_free(&der);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_become_definite),
		cmocka_unit_test(a_long_length_with_a_zero_stays),
		cmocka_unit_test(broken_input_is_refused),
		cmocka_unit_test(looks_at_the_first_length_only),
		cmocka_unit_test(a_certificate_comes_back_as_it_was),
		cmocka_unit_test(depth_and_size_are_bounded),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
