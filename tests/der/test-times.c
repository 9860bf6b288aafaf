/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/reader.h"

#include <stdlib.h>
#include <string.h>

#include "cases.h"

enum kind { GOOD, JAVA_ONLY, BAD };

struct time_case {
	unsigned tag;
	const char *text;
	/* As kvk_time_text() shows it; the milliseconds apart. */
	const char *want;
	int millisecond;
	enum kind kind;
	/* Where it is not GOOD. */
	enum kvk_der_remark remark;
};

#define UTC KVK_DER_UTC_TIME
#define GEN KVK_DER_GENERALIZED_TIME
#define FORM JAVA_ONLY, KVK_DER_TIME_FORM
#define WRONG NULL, 0, BAD, KVK_DER_BAD_TIME

static const struct time_case cases[] = {
	{ UTC, "260102030405Z", "2026-01-02T03:04:05Z", 0, GOOD, KVK_DER_OK },
	{ UTC, "491231235959Z", "2049-12-31T23:59:59Z", 0, GOOD, KVK_DER_OK },
	{ UTC, "500101000000Z", "1950-01-01T00:00:00Z", 0, GOOD, KVK_DER_OK },
	{ UTC, "991231235959Z", "1999-12-31T23:59:59Z", 0, GOOD, KVK_DER_OK },
	{ UTC, "000229000000Z", "2000-02-29T00:00:00Z", 0, GOOD, KVK_DER_OK },
	{ GEN, "20500101000000Z", "2050-01-01T00:00:00Z", 0, GOOD, KVK_DER_OK },
	{ GEN, "19491231235959Z", "1949-12-31T23:59:59Z", 0, GOOD, KVK_DER_OK },
	{ GEN, "99991231235959Z", "9999-12-31T23:59:59Z", 0, GOOD, KVK_DER_OK },
	{ GEN, "00010101000000Z", "0001-01-01T00:00:00Z", 0, GOOD, KVK_DER_OK },

	/* forms that Java reads */
	{ GEN, "20491231235959Z", "2049-12-31T23:59:59Z", 0, FORM },
	{ GEN, "19500101000000Z", "1950-01-01T00:00:00Z", 0, FORM },
	{ UTC, "2601020304Z", "2026-01-02T03:04:00Z", 0, FORM },
	{ UTC, "260102030405+0100", "2026-01-02T02:04:05Z", 0, FORM },
	{ UTC, "260102030405-0130", "2026-01-02T04:34:05Z", 0, FORM },
	{ UTC, "260101000000+2359", "2025-12-31T00:01:00Z", 0, FORM },
	{ GEN, "205001020304Z", "2050-01-02T03:04:00Z", 0, FORM },
	{ GEN, "20500102030405.5Z", "2050-01-02T03:04:05Z", 500, FORM },
	{ GEN, "20500102030405,123456Z", "2050-01-02T03:04:05Z", 123, FORM },
	{ GEN, "20500102030405.00000000000000000009Z", "2050-01-02T03:04:05Z", 0, FORM },
	{ GEN, "20500102030405.25+0100", "2050-01-02T02:04:05Z", 250, FORM },
	{ GEN, "20500102030405-0100", "2050-01-02T04:04:05Z", 0, FORM },

	/* a UTCTime under the tag of the other type is one of the year 2601 without seconds */
	{ GEN, "260102030405Z", "2601-02-03T04:05:00Z", 0, FORM },

	/* days that Java takes for days of the next month */
	{ UTC, "260230030405Z", "2026-03-02T03:04:05Z", 0, JAVA_ONLY, KVK_DER_BAD_TIME },
	{ UTC, "260229000000Z", "2026-03-01T00:00:00Z", 0, JAVA_ONLY, KVK_DER_BAD_TIME },
	{ UTC, "260431000000Z", "2026-05-01T00:00:00Z", 0, JAVA_ONLY, KVK_DER_BAD_TIME },
	{ GEN, "21000229000000Z", "2100-03-01T00:00:00Z", 0, JAVA_ONLY, KVK_DER_BAD_TIME },

	{ UTC, "", WRONG },
	{ UTC, "Z", WRONG },
	{ UTC, "260102030405", WRONG },
	{ UTC, "2601020304", WRONG },
	{ UTC, "26010203Z", WRONG },
	{ UTC, "2601020304050Z", WRONG },
	{ UTC, "260102030405ZZ", WRONG },
	{ UTC, "260102030405z", WRONG },
	{ UTC, "260102030405.5Z", WRONG },
	{ UTC, "2601020304+0100", WRONG },
	{ UTC, "260102030405+01", WRONG },
	{ UTC, "260102030405+01000", WRONG },
	{ UTC, "260102030405+2400", WRONG },
	{ UTC, "260102030405-0060", WRONG },
	{ UTC, "260102030405*0100", WRONG },
	{ UTC, "20260102030405Z", WRONG },
	{ UTC, "260002030405Z", WRONG },
	{ UTC, "261302030405Z", WRONG },
	{ UTC, "260100030405Z", WRONG },
	{ UTC, "260132030405Z", WRONG },
	{ UTC, "260102240405Z", WRONG },
	{ UTC, "260102036005Z", WRONG },
	{ UTC, "260102030460Z", WRONG },
	{ UTC, "261331030405Z", WRONG },
	{ UTC, " 60102030405Z", WRONG },
	{ UTC, "26010203040/Z", WRONG },
	{ UTC, "2601020304:5Z", WRONG },
	{ UTC, "-10102030405Z", WRONG },
	{ GEN, "20500102030405", WRONG },
	{ GEN, "20500102030405.Z", WRONG },
	{ GEN, "20500102030405.", WRONG },
	{ GEN, "20500102030405.5", WRONG },
	{ GEN, "20500102030405;5Z", WRONG },
	{ GEN, "205001020304.5Z", WRONG },
	{ GEN, "2050010203Z", WRONG },
	{ GEN, "00000101000000Z", WRONG },
	{ GEN, "100000101000000Z", WRONG },
};

static struct octets encode(unsigned tag, const char *text)
{
	struct octets out = { .n = 2 + strlen(text) };

	out.p = malloc(out.n);
	assert_non_null(out.p);
	out.p[0] = (uint8_t)tag;
	out.p[1] = (uint8_t)strlen(text);
	memcpy(out.p + 2, text, strlen(text));
	return out;
}

static void check_time(kvk_time t, const struct time_case *c)
{
	char text[KVK_TIME_TEXT_SIZE];
	kvk_time whole;

	assert_string_equal(kvk_time_text(t, text), c->want);
	assert_int_equal(kvk_time_parse(c->want, &whole), KVK_OK);
	assert_int_equal(t - whole, c->millisecond);
}

static void run(const struct time_case *c, bool as_java)
{
	struct octets in = encode(c->tag, c->text);
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	kvk_time t = -1;
	enum kvk_err err;

	kvk_der_start(&der, span_of_octets(in), as_java, &log);
	err = kvk_der_time(&der, &t);
	if (c->kind == GOOD || (c->kind == JAVA_ONLY && as_java)) {
		assert_int_equal(err, KVK_OK);
		check_time(t, c);
		assert_true(kvk_der_at_end(&der));
		assert_int_equal(log.tolerated, c->kind == GOOD ? 0 : 1u << c->remark);
	} else {
		assert_int_equal(err, KVK_ERR_DER);
		assert_int_equal(log.remark, c->remark);
		assert_int_equal(log.offset, 0);
		assert_int_equal(log.tolerated, 0);
	}
	free(in.p);
}

static void times_of_certificates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("case %zu: %s\n", i, cases[i].text);
		run(&cases[i], false);
		run(&cases[i], true);
	}
}

static enum kvk_err read_any(struct kvk_der *der)
{
	kvk_time t;

	return kvk_der_time(der, &t);
}

static enum kvk_err read_generalized(struct kvk_der *der)
{
	kvk_time t;

	return kvk_der_generalized_time(der, &t);
}

/* UTCTime 260102030405Z, and that without seconds, and GeneralizedTime 20260230030405Z. */
#define UTC_HEX "170d3236303130323033303430355a"
#define GEN_SHORT_HEX "180d3230323630313032303330345a"
#define GEN_FEBRUARY_30_HEX "180f32303236303233303033303430355a"

static const struct bad_case bad[] = {
	{ "1600", read_any, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ "", read_any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "170d3236", read_any, KVK_DER_TRUNCATED, 0, JAVA_REFUSES },
	{ "1700", read_any, KVK_DER_BAD_TIME, 0, JAVA_REFUSES },
	{ "1800", read_generalized, KVK_DER_BAD_TIME, 0, JAVA_REFUSES },
	{ UTC_HEX, read_generalized, KVK_DER_TAG, 0, JAVA_REFUSES },
	{ GEN_SHORT_HEX, read_generalized, KVK_DER_TIME_FORM, 0, JAVA_READS },
	{ GEN_FEBRUARY_30_HEX, read_generalized, KVK_DER_BAD_TIME, 0, JAVA_READS },
};

static void faults_are_named_and_placed(void **state)
{
	(void)state;
	run_bad_cases(bad, sizeof(bad) / sizeof(bad[0]));
}

static void generalized_time_of_any_year(void **state)
{
	static const char *const years[][2] = {
		{ "20260102030405Z", "2026-01-02T03:04:05Z" },
		{ "20500102030405Z", "2050-01-02T03:04:05Z" },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct octets in = encode(GEN, years[i][0]);
		struct kvk_der_log log = { 0 };
		struct kvk_der der;
		char text[KVK_TIME_TEXT_SIZE];
		kvk_time t = -1;

		kvk_der_start(&der, span_of_octets(in), false, &log);
		assert_int_equal(kvk_der_generalized_time(&der, &t), KVK_OK);
		assert_string_equal(kvk_time_text(t, text), years[i][1]);
		free(in.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_of_certificates),
		cmocka_unit_test(faults_are_named_and_placed),
		cmocka_unit_test(generalized_time_of_any_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
