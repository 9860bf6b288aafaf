/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/writer.h"
#include "tests/support/alloc.h"

#include <stdlib.h>
#include <string.h>

#include "cases.h"

static kvk_time at(const char *text)
{
	kvk_time t = 0;

	assert_int_equal(kvk_time_parse(text, &t), KVK_OK);
	return t;
}

/* Ends the writing and compares. */
static void assert_wrote(struct kvk_der_writer *w, const char *hex)
{
	struct kvk_blob out = { 0 };

	assert_int_equal(kvk_der_write_done(w, &out), KVK_OK);
	assert_blob_hex(&out, hex);
	kvk_blob_free(&out);
}

static void assert_failed(struct kvk_der_writer *w, enum kvk_err want)
{
	struct kvk_blob out = { 0 };
	static const struct kvk_der_writer zero;

	assert_int_equal(kvk_blob_append_text(&out, "what was there"), KVK_OK);
	assert_int_equal(kvk_der_write_done(w, &out), want);
	assert_int_equal(out.n, 0);
	assert_memory_equal(w, &zero, sizeof(zero));
	kvk_blob_free(&out);
}

static void numbers(void **state)
{
	static const struct {
		uint64_t number;
		const char *hex;
	} cases[] = {
		{ 0, "020100" },
		{ 1, "020101" },
		{ 127, "02017f" },
		{ 128, "02020080" },
		{ 255, "020200ff" },
		{ 256, "02020100" },
		{ 65537, "0203010001" },
		{ INT64_MAX, "02087fffffffffffffff" },
		{ UINT64_MAX, "020900ffffffffffffffff" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_der_writer w = { 0 };

		kvk_der_put_uint(&w, cases[i].number);
		assert_wrote(&w, cases[i].hex);
	}
}

static void numbers_from_octets(void **state)
{
	static const char *const cases[][2] = {
		{ "", "020100" },
		{ "00", "020100" },
		{ "0000", "020100" },
		{ "01", "020101" },
		{ "80", "02020080" },
		{ "000080", "02020080" },
		{ "00007f01", "02027f01" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i][0]);
		struct kvk_der_writer w = { 0 };

		kvk_der_put_unsigned(&w, span_of_octets(in));
		assert_wrote(&w, cases[i][1]);
		free(in.p);
	}
}

static void named_bits(void **state)
{
	static const struct {
		uint32_t bits;
		const char *hex;
	} cases[] = {
		{ 0, "030100" },
		{ 1, "03020780" },
		{ 1 | 4, "030205a0" },
		{ 1 << 5 | 1 << 6, "03020106" },
		{ 1 << 7, "03020001" },
		{ 1 << 8, "0303070080" },
		{ 1u | 1u << 31, "03050080000001" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_der_writer w = { 0 };

		kvk_der_put_named_bits(&w, cases[i].bits);
		assert_wrote(&w, cases[i].hex);
	}
}

static void times(void **state)
{
	static const char *const cases[][2] = {
		{ "1950-01-01T00:00:00Z", "170d3530303130313030303030305a" },
		{ "2026-11-22T12:34:56.999Z", "170d3236313132323132333435365a" },
		{ "2049-12-31T23:59:59Z", "170d3439313233313233353935395a" },
		{ "2050-01-01T00:00:00Z", "180f32303530303130313030303030305a" },
		{ "9999-12-31T23:59:59Z", "180f39393939313233313233353935395a" },
		{ "1949-12-31T23:59:59.999Z", "180f31393439313233313233353935395a" },
		{ "0001-01-01T00:00:00Z", "180f30303031303130313030303030305a" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_der_writer w = { 0 };

		kvk_der_put_time(&w, at(cases[i][0]));
		assert_wrote(&w, cases[i][1]);
	}
}

static void texts_take_the_smaller_alphabet(void **state)
{
	static const char *const cases[][2] = {
		{ "", "1300" },
		{ "NL", "13024e4c" },
		{ "A b-1", "1305412062 2d31" },
		{ "a*b", "0c03612a62" },
		{ "a_b", "0c03615f62" },
		{ "a@b", "0c03614062" },
		{ "caf\u00e9", "0c05636166c3a9" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_der_writer w = { 0 };

		kvk_der_put_text(&w, cases[i][0]);
		assert_wrote(&w, cases[i][1]);
	}
}

static void simple_values(void **state)
{
	struct octets raw = octets_of("3000");
	struct kvk_der_writer w = { 0 };

	(void)state;
	kvk_der_put_boolean(&w, true);
	kvk_der_put_boolean(&w, false);
	kvk_der_put_null(&w);
	kvk_der_put_bits(&w, span_of_octets(raw));
	kvk_der_put_bits(&w, (struct kvk_span){ 0 });
	kvk_der_put_raw(&w, span_of_octets(raw));
	kvk_der_put(&w, KVK_DER_CONTEXT(2), span_of_octets(raw));
	kvk_der_put_oid(&w, KVK_OID_CN);
	kvk_der_put_oid_text(&w, "2.999.3");
	assert_wrote(&w,
		"0101ff 010100 0500 0303003000 030100 3000 82023000"
		"0603550403 0603883703");
	free(raw.p);
}

/* The example of RFC 8410 section 10.3: a private key of Ed25519. */
static void key_of_rfc_8410(void **state)
{
	struct octets key = octets_of("d4ee72dbf913584ad5b6d8f1f769f8ad"
				      "3afe7c28cbf1d4fbe097a88f44755842");
	struct kvk_der_writer w = { 0 };

	(void)state;
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, 0);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_ED25519);
	kvk_der_close(&w);
	kvk_der_open(&w, KVK_DER_OCTET_STRING);
	kvk_der_put(&w, KVK_DER_OCTET_STRING, span_of_octets(key));
	kvk_der_close(&w);
	kvk_der_close(&w);
	assert_wrote(&w,
		"302e020100300506032b657004220420"
		"d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842");
	free(key.p);
}

static void bits_that_hold_der(void **state)
{
	struct kvk_der_writer w = { 0 };

	(void)state;
	kvk_der_open_bits(&w);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, 5);
	kvk_der_close(&w);
	kvk_der_close(&w);
	assert_wrote(&w, "0306003003020105");
}

/* Contents of each length around which the length octets change, opened and put. */
static void lengths_are_shortest_and_read_back(void **state)
{
	static const size_t lengths[] = { 0, 1, 127, 128, 255, 256, 65535, 65536 };
	uint8_t *content = calloc(1, 65536);

	(void)state;
	assert_non_null(content);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct kvk_span span = { content, lengths[i] };
		struct kvk_der_writer w = { 0 };
		struct kvk_blob out = { 0 };
		struct kvk_der_log log = { 0 };
		struct kvk_der der;
		struct kvk_der inner;
		struct kvk_span back;

		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put(&w, KVK_DER_OCTET_STRING, span);
		kvk_der_open(&w, KVK_DER_OCTET_STRING);
		kvk_der_put_raw(&w, span);
		kvk_der_close(&w);
		kvk_der_close(&w);
		assert_int_equal(kvk_der_write_done(&w, &out), KVK_OK);
		kvk_der_start(&der, kvk_span_of_blob(&out), false, &log);
		assert_int_equal(kvk_der_enter(&der, KVK_DER_SEQUENCE, &inner), KVK_OK);
		assert_int_equal(kvk_der_finish(&der), KVK_OK);
		for (int j = 0; j < 2; j++) {
			assert_int_equal(kvk_der_octet_string(&inner, &back), KVK_OK);
			assert_true(kvk_span_equal(back, span));
		}
		assert_int_equal(kvk_der_finish(&inner), KVK_OK);
		kvk_blob_free(&out);
	}
	free(content);
}

static void misuse_is_an_error(void **state)
{
	struct kvk_der_writer w = { 0 };

	(void)state;
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	assert_failed(&w, KVK_ERR_INTERNAL);
	kvk_der_close(&w);
	assert_failed(&w, KVK_ERR_INTERNAL);
	kvk_der_put_oid(&w, KVK_OID_UNKNOWN);
	assert_failed(&w, KVK_ERR_ARGUMENT);
	kvk_der_put_oid_text(&w, "1.2.x");
	/* the first error stays */
	kvk_der_put_text(&w, "\xff");
	assert_failed(&w, KVK_ERR_ARGUMENT);
	kvk_der_put_text(&w, "\xff");
	assert_failed(&w, KVK_ERR_TEXT);
	kvk_der_writer_free(NULL);
}

static void depth_is_bounded(void **state)
{
	struct kvk_der_writer w = { 0 };
	struct kvk_blob out = { 0 };

	(void)state;
	for (unsigned i = 0; i < KVK_LIMIT_DER_DEPTH; i++)
		kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (unsigned i = 0; i < KVK_LIMIT_DER_DEPTH; i++)
		kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &out), KVK_OK);
	assert_int_equal(out.n, 2 * KVK_LIMIT_DER_DEPTH);
	kvk_blob_free(&out);
	for (unsigned i = 0; i < KVK_LIMIT_DER_DEPTH + 2; i++)
		kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (unsigned i = 0; i < KVK_LIMIT_DER_DEPTH + 2; i++)
		kvk_der_close(&w);
	assert_failed(&w, KVK_ERR_LIMIT);
}

static void write_much(struct kvk_der_writer *w)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (uint64_t i = 0; i < 100; i++) {
		kvk_der_open_bits(w);
		kvk_der_put_oid_text(w, "1.2.840.113549.1.1.11");
		kvk_der_put_uint(w, i);
		kvk_der_close(w);
	}
	kvk_der_put_text(w, "the end");
	kvk_der_close(w);
}

/* Fails each request for memory in turn. */
static void memory_may_run_out(void **state)
{
	struct kvk_der_writer w = { 0 };
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	(void)state;
	for (n = 0; err != KVK_OK; n++) {
		kvk_alloc_fail_after(n);
		write_much(&w);
		err = kvk_der_write_done(&w, &out);
		kvk_alloc_fail_after(-1);
		assert_true(err == KVK_OK || err == KVK_ERR_MEMORY);
		assert_int_equal(out.n > 0, err == KVK_OK);
		assert_in_range(n, 0, 1000);
	}
	assert_in_range(n, 100, 1000);
	kvk_blob_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(numbers_from_octets),
		cmocka_unit_test(named_bits),
		cmocka_unit_test(times),
		cmocka_unit_test(texts_take_the_smaller_alphabet),
		cmocka_unit_test(simple_values),
		cmocka_unit_test(key_of_rfc_8410),
		cmocka_unit_test(bits_that_hold_der),
		cmocka_unit_test(lengths_are_shortest_and_read_back),
		cmocka_unit_test(misuse_is_an_error),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(memory_may_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
