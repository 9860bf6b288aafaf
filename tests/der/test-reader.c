/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cases.h"

static enum kvk_err any(struct kvk_der *der)
{
	struct kvk_der_value value;

	return kvk_der_any(der, &value);
}

static enum kvk_err octet_string(struct kvk_der *der)
{
	struct kvk_span out;

	return kvk_der_octet_string(der, &out);
}

static enum kvk_err sequence(struct kvk_der *der)
{
	struct kvk_der inner;

	return kvk_der_enter(der, KVK_DER_SEQUENCE, &inner);
}

static enum kvk_err sequence_of_integer(struct kvk_der *der)
{
	struct kvk_der inner;
	struct kvk_span out;
	enum kvk_err err = kvk_der_enter(der, KVK_DER_SEQUENCE, &inner);

	if (err == KVK_OK)
		err = kvk_der_integer(&inner, &out);
	return err == KVK_OK ? kvk_der_finish(&inner) : err;
}

static enum kvk_err context_3(struct kvk_der *der)
{
	struct kvk_der inner;
	bool present;
	enum kvk_err err;

	err = kvk_der_enter_optional(der, KVK_DER_CONTEXT_CONSTRUCTED(3), &present, &inner);
	return err == KVK_OK && !present ? KVK_ERR_NOT_FOUND : err;
}

static const struct bad_case bad[] = {
	/* the data ends */
	{ "", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "", octet_string, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "04", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "0401", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "0402aa", octet_string, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "0481", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "048201", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "04820100", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "048180", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "3000", sequence_of_integer, KVK_DER_TRUNCATED, 2, JAVA_REFUSES },
	{ "3003 020201 01", sequence_of_integer, KVK_DER_TRUNCATED, 2, JAVA_REFUSES },
	{ "3004 020101", sequence_of_integer, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	/* something is left */
	{ "3004 020101 05", sequence_of_integer, KVK_DER_TRAILING, 5, JAVA_REFUSES },
	{ "3006 020101 020102", sequence_of_integer, KVK_DER_TRAILING, 5, JAVA_REFUSES },
	/* lengths */
	{ "3080 020101 0000", sequence_of_integer, KVK_DER_INDEFINITE, 0, JAVA_REFUSES },
	{ "3005 3080 050000", sequence_of_integer, KVK_DER_TAG, 2, JAVA_REFUSES },
	{ "0480", any, KVK_DER_INDEFINITE, 0, JAVA_REFUSES },
	{ "048100", octet_string, KVK_DER_LENGTH, 0, JAVA_READS },
	{ "048101aa", octet_string, KVK_DER_LENGTH, 0, JAVA_READS },
	{ "04820001aa", octet_string, KVK_DER_LENGTH, 0, JAVA_READS },
	{ "048400000001aa", octet_string, KVK_DER_LENGTH, 0, JAVA_READS },
	{ "308103 020101", sequence_of_integer, KVK_DER_LENGTH, 0, JAVA_READS },
	{ "3004 02810101", sequence_of_integer, KVK_DER_LENGTH, 2, JAVA_READS },
	{ "04850000000001aa", any, KVK_DER_LENGTH_HUGE, 0, JAVA_REFUSES },
	{ "0485", any, KVK_DER_LENGTH_HUGE, 0, JAVA_REFUSES },
	{ "04ff", any, KVK_DER_LENGTH_HUGE, 0, JAVA_REFUSES },
	{ "0484ffffffff", any, KVK_DER_LENGTH_HUGE, 0, JAVA_REFUSES },
	{ "048480000000", any, KVK_DER_LENGTH_HUGE, 0, JAVA_REFUSES },
	{ "048402000001", any, KVK_DER_LENGTH_HUGE, 0, JAVA_REFUSES },
	{ "048402000000", any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "0488ffffffffffffffff", any, KVK_DER_LENGTH_HUGE, 0, JAVA_REFUSES },
	/* types */
	{ "0500", octet_string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "0580", octet_string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "05", octet_string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "3100", sequence, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "3003 040101", sequence_of_integer, KVK_DER_TAG, 2, JAVA_REFUSES },
	{ "0000", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "00", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "2000", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "1000", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "1100", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "0800", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "2403 0401aa", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "2400", octet_string, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "2203 020101", any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "1f0100", any, KVK_DER_TAG_HIGH, 0, JAVA_REFUSES },
	{ "9f2100", any, KVK_DER_TAG_HIGH, 0, JAVA_REFUSES },
	{ "ff", any, KVK_DER_TAG_HIGH, 0, JAVA_REFUSES },
	{ "bf8f01 00", octet_string, KVK_DER_TAG_HIGH, 0, JAVA_REFUSES },
	{ "a304 0500", context_3, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
};

static void faults_are_named_and_placed(void **state)
{
	(void)state;
	run_bad_cases(bad, sizeof(bad) / sizeof(bad[0]));
}

static void values_have_contents_and_whole(void **state)
{
	struct octets in = octets_of("048180"
				     "00000000000000000000000000000000"
				     "00000000000000000000000000000000"
				     "00000000000000000000000000000000"
				     "00000000000000000000000000000000"
				     "00000000000000000000000000000000"
				     "00000000000000000000000000000000"
				     "00000000000000000000000000000000"
				     "000000000000000000000000000000ff"
				     "8201aa 6000 2b02 0500");
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_der_value value;

	(void)state;
	kvk_der_start(&der, span_of_octets(in), false, &log);
	assert_int_equal(kvk_der_peek(&der), 0x04);
	assert_int_equal(kvk_der_any(&der, &value), KVK_OK);
	assert_int_equal(value.tag, KVK_DER_OCTET_STRING);
	assert_int_equal(value.content.n, 128);
	assert_int_equal(value.content.p[127], 0xff);
	assert_int_equal(value.whole.n, 131);
	assert_ptr_equal(value.whole.p, in.p);
	assert_int_equal(kvk_der_peek(&der), KVK_DER_CONTEXT(2));
	assert_int_equal(kvk_der_expect(&der, KVK_DER_CONTEXT(2), &value), KVK_OK);
	assert_span_hex(value.content, "aa");
	assert_span_hex(value.whole, "8201aa");
	assert_int_equal(kvk_der_any(&der, &value), KVK_OK);
	assert_int_equal(value.tag, 0x60);
	assert_int_equal(value.content.n, 0);
	/* EMBEDDED PDV is a constructed universal type */
	assert_int_equal(kvk_der_any(&der, &value), KVK_OK);
	assert_int_equal(value.tag, 0x2b);
	assert_int_equal(kvk_der_finish(&der), KVK_OK);
	assert_true(kvk_der_at_end(&der));
	assert_int_equal(kvk_der_peek(&der), 0);
	assert_int_equal(log.remark, KVK_DER_OK);
	free(in.p);
}

/* A length of 128 that needs no second octet. */
static void a_leading_zero_of_a_long_length(void **state)
{
	uint8_t in[4 + 128] = { 0x04, 0x82, 0x00, 0x80 };
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_span content;

	(void)state;
	kvk_der_start(&der, (struct kvk_span){ in, sizeof(in) }, false, &log);
	assert_int_equal(kvk_der_octet_string(&der, &content), KVK_ERR_DER);
	assert_int_equal(log.remark, KVK_DER_LENGTH);
	log = (struct kvk_der_log){ 0 };
	kvk_der_start(&der, (struct kvk_span){ in, sizeof(in) }, true, &log);
	assert_int_equal(kvk_der_octet_string(&der, &content), KVK_OK);
	assert_int_equal(content.n, 128);
	assert_ptr_equal(content.p, in + 4);
	assert_int_equal(log.tolerated, 1u << KVK_DER_LENGTH);
}

static void optional_values_may_be_absent(void **state)
{
	struct octets in = octets_of("a102 0500 0101ff");
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_der inner;
	bool present = true;
	bool value;

	(void)state;
	kvk_der_start(&der, span_of_octets(in), false, &log);
	assert_int_equal(kvk_der_enter_optional(&der, 0xa0, &present, &inner), KVK_OK);
	assert_false(present);
	assert_int_equal(kvk_der_enter_optional(&der, 0xa1, &present, &inner), KVK_OK);
	assert_true(present);
	assert_int_equal(inner.depth, 1);
	assert_int_equal(kvk_der_null(&inner), KVK_OK);
	assert_int_equal(kvk_der_finish(&inner), KVK_OK);
	assert_int_equal(kvk_der_boolean(&der, &value), KVK_OK);
	assert_true(value);
	assert_int_equal(kvk_der_enter_optional(&der, 0xa1, &present, &inner), KVK_OK);
	assert_false(present);
	free(in.p);
}

static void offsets_inside_octet_strings_count_from_the_start(void **state)
{
	struct octets in = octets_of("0404 3002 0501");
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_der inner;
	struct kvk_der deeper;
	struct kvk_span content;

	(void)state;
	kvk_der_start(&der, span_of_octets(in), false, &log);
	assert_int_equal(kvk_der_octet_string(&der, &content), KVK_OK);
	assert_int_equal(kvk_der_into(&der, content, &inner), KVK_OK);
	assert_int_equal(kvk_der_enter(&inner, KVK_DER_SEQUENCE, &deeper), KVK_OK);
	assert_int_equal(kvk_der_null(&deeper), KVK_ERR_DER);
	assert_int_equal(log.remark, KVK_DER_TRUNCATED);
	assert_int_equal(log.offset, 4);
	/* the first fault stays */
	assert_int_equal(kvk_der_fail(&der, KVK_DER_CONTENT, in.p), KVK_ERR_DER);
	assert_int_equal(log.remark, KVK_DER_TRUNCATED);
	assert_int_equal(log.offset, 4);
	free(in.p);
}

/* n SEQUENCEs, one in another, on the heap. */
static struct octets nested(size_t n)
{
	struct octets out = { .n = 2 * n };

	out.p = malloc(out.n);
	assert_non_null(out.p);
	for (size_t i = 0; i < n; i++) {
		out.p[2 * i] = 0x30;
		out.p[2 * i + 1] = (uint8_t)(2 * (n - 1 - i));
	}
	return out;
}

static void depth_is_bounded(void **state)
{
	struct octets in = nested(KVK_LIMIT_DER_DEPTH + 1);
	struct kvk_der_log log = { 0 };
	struct kvk_der der;

	(void)state;
	kvk_der_start(&der, span_of_octets(in), true, &log);
	for (unsigned i = 0; i < KVK_LIMIT_DER_DEPTH; i++)
		assert_int_equal(kvk_der_enter(&der, KVK_DER_SEQUENCE, &der), KVK_OK);
	assert_int_equal(kvk_der_enter(&der, KVK_DER_SEQUENCE, &der), KVK_ERR_DER);
	assert_int_equal(log.remark, KVK_DER_DEPTH);
	assert_int_equal(log.offset, 2 * KVK_LIMIT_DER_DEPTH);
	log = (struct kvk_der_log){ 0 };
	assert_int_equal(kvk_der_into(&der, der.rest, &der), KVK_ERR_DER);
	assert_int_equal(log.remark, KVK_DER_DEPTH);
	free(in.p);
}

/* What only the decoders above the reader find goes through these two. */
static void decoders_note_their_own_faults(void **state)
{
	static const enum kvk_der_remark remarks[] = {
		KVK_DER_DEFAULT,
		KVK_DER_SET_ORDER,
		KVK_DER_EMPTY,
		KVK_DER_DUPLICATE,
		KVK_DER_TOO_MANY,
		KVK_DER_CONTENT,
	};
	struct octets in = octets_of("3100");

	(void)state;
	for (size_t i = 0; i < sizeof(remarks) / sizeof(remarks[0]); i++) {
		struct kvk_der_log log = { 0 };
		struct kvk_der der;

		kvk_der_start(&der, span_of_octets(in), true, &log);
		assert_int_equal(kvk_der_tolerate(&der, remarks[i], in.p + 1), KVK_OK);
		assert_int_equal(log.tolerated, 1u << remarks[i]);
		assert_int_equal(log.remark, KVK_DER_OK);
		der.as_java = false;
		assert_int_equal(kvk_der_tolerate(&der, remarks[i], in.p + 1), KVK_ERR_DER);
		assert_int_equal(log.remark, remarks[i]);
		assert_int_equal(log.offset, 1);
	}
	free(in.p);
}

static void deviations_gather(void **state)
{
	struct octets in = octets_of("01810101 02020001 010102");
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_span number;
	bool value;

	(void)state;
	kvk_der_start(&der, span_of_octets(in), true, &log);
	assert_int_equal(kvk_der_boolean(&der, &value), KVK_OK);
	assert_int_equal(kvk_der_integer(&der, &number), KVK_OK);
	assert_int_equal(kvk_der_boolean(&der, &value), KVK_OK);
	assert_int_equal(log.tolerated,
		1u << KVK_DER_LENGTH | 1u << KVK_DER_BAD_BOOLEAN | 1u << KVK_DER_BAD_INTEGER);
	free(in.p);
}

static void every_problem_has_a_text_of_its_own(void **state)
{
	(void)state;
	/* log.tolerated holds one bit for each */
	assert_in_range(KVK_DER_REMARK_COUNT, 1, 32);
	for (unsigned i = 0; i < KVK_DER_REMARK_COUNT; i++) {
		const char *text = kvk_der_remark_text((enum kvk_der_remark)i);

		assert_true(strlen(text) > 5);
		for (unsigned j = 0; j < i; j++)
			assert_string_not_equal(text, kvk_der_remark_text((enum kvk_der_remark)j));
	}
	assert_non_null(kvk_der_remark_text(KVK_DER_REMARK_COUNT));
	assert_string_not_equal(
		kvk_der_remark_text(KVK_DER_REMARK_COUNT), kvk_der_remark_text(KVK_DER_OK));
}

static void empty_input_without_memory(void **state)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_der_value value;

	(void)state;
	kvk_der_start(&der, (struct kvk_span){ 0 }, true, &log);
	assert_true(kvk_der_at_end(&der));
	assert_int_equal(kvk_der_finish(&der), KVK_OK);
	assert_int_equal(kvk_der_any(&der, &value), KVK_ERR_DER);
	assert_int_equal(log.remark, KVK_DER_TRUNCATED);
	assert_int_equal(log.offset, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_named_and_placed),
		cmocka_unit_test(values_have_contents_and_whole),
		cmocka_unit_test(a_leading_zero_of_a_long_length),
		cmocka_unit_test(optional_values_may_be_absent),
		cmocka_unit_test(offsets_inside_octet_strings_count_from_the_start),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(decoders_note_their_own_faults),
		cmocka_unit_test(deviations_gather),
		cmocka_unit_test(every_problem_has_a_text_of_its_own),
		cmocka_unit_test(empty_input_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
