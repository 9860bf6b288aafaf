/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/reader.h"

#include <stdlib.h>

#include "base/limits.h"
#include "cases.h"

static enum kvk_err boolean(struct kvk_der *der)
{
	bool out;

	return kvk_der_boolean(der, &out);
}

static enum kvk_err boolean_1(struct kvk_der *der)
{
	bool out;

	return kvk_der_boolean_as(der, KVK_DER_CONTEXT(1), &out);
}

static enum kvk_err integer(struct kvk_der *der)
{
	struct kvk_span out;

	return kvk_der_integer(der, &out);
}

static enum kvk_err up_to_255(struct kvk_der *der)
{
	uint64_t out;

	return kvk_der_uint(der, KVK_DER_INTEGER, 255, &out);
}

static enum kvk_err up_to_max(struct kvk_der *der)
{
	uint64_t out;

	return kvk_der_uint(der, KVK_DER_CONTEXT(0), UINT64_MAX, &out);
}

static enum kvk_err bit_string(struct kvk_der *der)
{
	struct kvk_span out;
	unsigned unused;

	return kvk_der_bit_string(der, &out, &unused);
}

static enum kvk_err named_bits(struct kvk_der *der)
{
	uint32_t out;

	return kvk_der_named_bits(der, KVK_DER_BIT_STRING, &out);
}

static enum kvk_err oid(struct kvk_der *der)
{
	struct kvk_span out;

	return kvk_der_oid(der, &out);
}

/* 65 octets: one more than KVK_LIMIT_OID. */
#define OID_65 \
	"0641" \
	"2a010101010101010101010101010101" \
	"01010101010101010101010101010101" \
	"01010101010101010101010101010101" \
	"01010101010101010101010101010101" \
	"01"

static const struct bad_case bad[] = {
	{ "010101", boolean, KVK_DER_BAD_BOOLEAN, 0, JAVA_READS },
	{ "0101fe", boolean, KVK_DER_BAD_BOOLEAN, 0, JAVA_READS },
	{ "0100", boolean, KVK_DER_BAD_BOOLEAN, 0, JAVA_REFUSES },
	{ "0102ffff", boolean, KVK_DER_BAD_BOOLEAN, 0, JAVA_REFUSES },
	{ "020101", boolean, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "810101", boolean_1, KVK_DER_BAD_BOOLEAN, 0, JAVA_READS },
	{ "0101ff", boolean_1, KVK_DER_TAG, 0, JAVA_REFUSES },

	{ "0200", integer, KVK_DER_BAD_INTEGER, 0, JAVA_REFUSES },
	{ "02020001", integer, KVK_DER_BAD_INTEGER, 0, JAVA_READS },
	{ "0202007f", integer, KVK_DER_BAD_INTEGER, 0, JAVA_READS },
	{ "02020000", integer, KVK_DER_BAD_INTEGER, 0, JAVA_READS },
	{ "0202ff80", integer, KVK_DER_BAD_INTEGER, 0, JAVA_READS },
	{ "0203ffffff", integer, KVK_DER_BAD_INTEGER, 0, JAVA_READS },
	{ "020201", integer, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "0a0101", integer, KVK_DER_TAG, 0, JAVA_REFUSES },

	{ "0200", up_to_255, KVK_DER_BAD_INTEGER, 0, JAVA_REFUSES },
	{ "02020001", up_to_255, KVK_DER_BAD_INTEGER, 0, JAVA_READS },
	{ "0201ff", up_to_255, KVK_DER_NEGATIVE, 0, JAVA_REFUSES },
	{ "020180", up_to_255, KVK_DER_NEGATIVE, 0, JAVA_REFUSES },
	{ "0209ff7fffffffffffffff", up_to_255, KVK_DER_NEGATIVE, 0, JAVA_REFUSES },
	{ "02020100", up_to_255, KVK_DER_RANGE, 0, JAVA_REFUSES },
	{ "0209010000000000000000", up_to_255, KVK_DER_RANGE, 0, JAVA_REFUSES },
	{ "0209010000000000000001", up_to_255, KVK_DER_RANGE, 0, JAVA_REFUSES },
	{ "8009010000000000000000", up_to_max, KVK_DER_RANGE, 0, JAVA_REFUSES },
	{ "800a00ff0000000000000000", up_to_max, KVK_DER_RANGE, 0, JAVA_REFUSES },
	{ "020101", up_to_max, KVK_DER_TAG, 0, JAVA_REFUSES },

	{ "0300", bit_string, KVK_DER_BAD_BIT_STRING, 0, JAVA_REFUSES },
	{ "030101", bit_string, KVK_DER_BAD_BIT_STRING, 0, JAVA_REFUSES },
	{ "030107", bit_string, KVK_DER_BAD_BIT_STRING, 0, JAVA_REFUSES },
	{ "03020800", bit_string, KVK_DER_BAD_BIT_STRING, 0, JAVA_REFUSES },
	{ "0302ff00", bit_string, KVK_DER_BAD_BIT_STRING, 0, JAVA_REFUSES },
	{ "03020181", bit_string, KVK_DER_PADDING, 0, JAVA_READS },
	{ "0303075540", bit_string, KVK_DER_PADDING, 0, JAVA_READS },
	{ "2303030100", bit_string, KVK_DER_TAG, 0, JAVA_REFUSES },

	{ "0300", named_bits, KVK_DER_BAD_BIT_STRING, 0, JAVA_REFUSES },
	{ "03020000", named_bits, KVK_DER_BAD_BIT_STRING, 0, JAVA_READS },
	{ "03020580", named_bits, KVK_DER_BAD_BIT_STRING, 0, JAVA_READS },
	{ "0303008000", named_bits, KVK_DER_BAD_BIT_STRING, 0, JAVA_READS },
	{ "030206ff", named_bits, KVK_DER_PADDING, 0, JAVA_READS },
	{ "03060080000000ff", named_bits, KVK_DER_RANGE, 0, JAVA_REFUSES },

	{ "050100", kvk_der_null, KVK_DER_BAD_NULL, 0, JAVA_REFUSES },
	{ "0600", kvk_der_null, KVK_DER_TAG, 0, JAVA_REFUSES },

	{ "0600", oid, KVK_DER_BAD_OID, 0, JAVA_REFUSES },
	{ "060180", oid, KVK_DER_BAD_OID, 0, JAVA_REFUSES },
	{ "06022a81", oid, KVK_DER_BAD_OID, 0, JAVA_REFUSES },
	{ "06032a8001", oid, KVK_DER_BAD_OID, 0, JAVA_REFUSES },
	{ "0602802a", oid, KVK_DER_BAD_OID, 0, JAVA_REFUSES },
	{ OID_65, oid, KVK_DER_TOO_MANY, 0, JAVA_REFUSES },
};

static void faults_are_named_and_placed(void **state)
{
	(void)state;
	run_bad_cases(bad, sizeof(bad) / sizeof(bad[0]));
}

static struct kvk_der start(struct octets in, bool as_java, struct kvk_der_log *log)
{
	struct kvk_der der;

	*log = (struct kvk_der_log){ 0 };
	kvk_der_start(&der, span_of_octets(in), as_java, log);
	return der;
}

static void booleans(void **state)
{
	struct octets in = octets_of("0101ff 010100 8101ff 010107");
	struct kvk_der_log log;
	struct kvk_der der = start(in, true, &log);
	bool value = false;

	(void)state;
	assert_int_equal(kvk_der_boolean(&der, &value), KVK_OK);
	assert_true(value);
	assert_int_equal(kvk_der_boolean(&der, &value), KVK_OK);
	assert_false(value);
	assert_int_equal(kvk_der_boolean_as(&der, 0x81, &value), KVK_OK);
	assert_true(value);
	assert_int_equal(log.tolerated, 0);
	assert_int_equal(kvk_der_boolean(&der, &value), KVK_OK);
	assert_true(value);
	free(in.p);
}

static void integers_keep_their_octets(void **state)
{
	static const struct {
		const char *hex;
		const char *content;
	} cases[] = {
		{ "020100", "00" },
		{ "02017f", "7f" },
		{ "02020080", "0080" },
		{ "0201ff", "ff" },
		{ "0202ff7f", "ff7f" },
		{ "02080102030405060708", "0102030405060708" },
		/* what Java reads though it is longer is cut */
		{ "02020001", "01" },
		{ "0204000000ff", "00ff" },
		{ "02020000", "00" },
		{ "0203ffff80", "80" },
		{ "0202ffff", "ff" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i].hex);
		struct kvk_der_log log;
		struct kvk_der der = start(in, true, &log);
		struct kvk_span out;

		assert_int_equal(kvk_der_integer(&der, &out), KVK_OK);
		assert_span_hex(out, cases[i].content);
		assert_int_equal(log.tolerated != 0, i > 5);
		assert_true(kvk_der_at_end(&der));
		free(in.p);
	}
}

static void numbers_up_to_64_bits(void **state)
{
	static const struct {
		const char *hex;
		unsigned tag;
		uint64_t number;
	} cases[] = {
		{ "020100", KVK_DER_INTEGER, 0 },
		{ "02020080", KVK_DER_INTEGER, 128 },
		{ "0a0106", KVK_DER_ENUMERATED, 6 },
		{ "8002012c", KVK_DER_CONTEXT(0), 300 },
		{ "02087fffffffffffffff", KVK_DER_INTEGER, INT64_MAX },
		{ "020900ffffffffffffffff", KVK_DER_INTEGER, UINT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i].hex);
		struct kvk_der_log log;
		struct kvk_der der = start(in, false, &log);
		struct kvk_der again = der;
		uint64_t number = 99;

		/* the largest that is allowed is the number itself */
		assert_int_equal(
			kvk_der_uint(&der, cases[i].tag, cases[i].number, &number), KVK_OK);
		assert_true(number == cases[i].number);
		if (number > 0) {
			assert_int_equal(kvk_der_uint(&again, cases[i].tag, number - 1, &number),
				KVK_ERR_DER);
			assert_int_equal(log.remark, KVK_DER_RANGE);
		}
		free(in.p);
	}
}

static void bit_strings(void **state)
{
	struct octets in = octets_of("030100 030300aabb 03020780 030206ff");
	struct kvk_der_log log;
	struct kvk_der der = start(in, true, &log);
	struct kvk_span out;
	unsigned unused = 9;

	(void)state;
	assert_int_equal(kvk_der_bit_string(&der, &out, &unused), KVK_OK);
	assert_int_equal(out.n, 0);
	assert_int_equal(unused, 0);
	assert_int_equal(kvk_der_bit_string(&der, &out, &unused), KVK_OK);
	assert_span_hex(out, "aabb");
	assert_int_equal(kvk_der_bit_string(&der, &out, &unused), KVK_OK);
	assert_span_hex(out, "80");
	assert_int_equal(unused, 7);
	assert_int_equal(log.tolerated, 0);
	assert_int_equal(kvk_der_bit_string(&der, &out, &unused), KVK_OK);
	assert_span_hex(out, "ff");
	assert_int_equal(unused, 6);
	free(in.p);
}

static void named_bits_count_from_the_left(void **state)
{
	static const struct {
		const char *hex;
		unsigned tag;
		uint32_t bits;
	} cases[] = {
		/* keyUsage: none; digitalSignature; digitalSignature and keyEncipherment;
		 * keyCertSign and cRLSign; decipherOnly */
		{ "030100", KVK_DER_BIT_STRING, 0 },
		{ "03020780", KVK_DER_BIT_STRING, 1 },
		{ "030205a0", KVK_DER_BIT_STRING, 1 | 4 },
		{ "03020106", KVK_DER_BIT_STRING, 1 << 5 | 1 << 6 },
		{ "0303070080", KVK_DER_BIT_STRING, 1 << 8 },
		{ "81020640", KVK_DER_CONTEXT(1), 2 },
		{ "03050080000001", KVK_DER_BIT_STRING, 1u | 1u << 31 },
		/* unused bits that are set are not bits of the list */
		{ "030206ff", KVK_DER_BIT_STRING, 3 },
		{ "0303008000", KVK_DER_BIT_STRING, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct octets in = octets_of(cases[i].hex);
		struct kvk_der_log log;
		struct kvk_der der = start(in, true, &log);
		uint32_t bits = 99;

		assert_int_equal(kvk_der_named_bits(&der, cases[i].tag, &bits), KVK_OK);
		assert_int_equal(bits, cases[i].bits);
		free(in.p);
	}
}

static void identifiers(void **state)
{
	struct octets in = octets_of("06012a 06032a8648 060a 0992268993f22c640101 06042a818000");
	struct kvk_der_log log;
	struct kvk_der der = start(in, false, &log);
	struct kvk_span out;

	(void)state;
	assert_int_equal(kvk_der_oid(&der, &out), KVK_OK);
	assert_span_hex(out, "2a");
	assert_int_equal(kvk_der_oid(&der, &out), KVK_OK);
	assert_span_hex(out, "2a8648");
	assert_int_equal(kvk_der_oid(&der, &out), KVK_OK);
	assert_int_equal(out.n, 10);
	assert_int_equal(kvk_der_oid(&der, &out), KVK_OK);
	assert_span_hex(out, "2a818000");
	free(in.p);
}

/* Numbers in order, each in the shortest form: -257, -256, -128, -1, 0, 1, 127, 128, 255, 256. */
static void integers_compare(void **state)
{
	static const char *const order[] = { "\xfe\xff", "\xff\0", "\x80", "\xff", "\0", "\1",
		"\x7f", "\0\x80", "\0\xff", "\1\0" };
	static const size_t sizes[] = { 2, 2, 1, 1, 1, 1, 1, 2, 2, 2 };

	(void)state;
	for (size_t i = 0; i < 10; i++)
		for (size_t k = 0; k < 10; k++) {
			const struct kvk_span a = { (const uint8_t *)order[i], sizes[i] },
					      b = { (const uint8_t *)order[k], sizes[k] };
			const int sign = kvk_der_integer_compare(a, b);

			assert_int_equal((sign > 0) - (sign < 0), (i > k) - (i < k));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_named_and_placed),
		cmocka_unit_test(booleans),
		cmocka_unit_test(integers_keep_their_octets),
		cmocka_unit_test(numbers_up_to_64_bits),
		cmocka_unit_test(bit_strings),
		cmocka_unit_test(named_bits_count_from_the_left),
		cmocka_unit_test(identifiers),
		cmocka_unit_test(integers_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
