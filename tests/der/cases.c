/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	assert_non_null(at);
	return (int)(at - digits);
}

struct octets octets_of(const char *hex)
{
	struct octets out = { 0 };
	uint8_t *all = malloc(strlen(hex) + 1);

	assert_non_null(all);
	while (*hex != '\0') {
		if (*hex == ' ') {
			hex++;
			continue;
		}
		all[out.n++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
		hex += 2;
	}
	out.p = malloc(out.n > 0 ? out.n : 1);
	assert_non_null(out.p);
	memcpy(out.p, all, out.n);
	free(all);
	return out;
}

struct kvk_span span_of_octets(struct octets octets)
{
	return (struct kvk_span){ octets.p, octets.n };
}

void assert_span_hex(struct kvk_span span, const char *hex)
{
	struct octets want = octets_of(hex);

	assert_int_equal(span.n, want.n);
	if (want.n > 0)
		assert_memory_equal(span.p, want.p, want.n);
	free(want.p);
}

void assert_blob_hex(const struct kvk_blob *blob, const char *hex)
{
	assert_span_hex(kvk_span_of_blob(blob), hex);
}

/* A SEQUENCE of a NULL and what follows; where that begins. */
enum { SHIFT = 4 };

static struct octets in_sequence(struct octets bare)
{
	struct octets out = { .n = SHIFT + bare.n };
	const uint8_t head[SHIFT] = { 0x30, (uint8_t)(2 + bare.n), 0x05, 0x00 };

	assert_in_range(bare.n, 0, 125);
	out.p = malloc(out.n);
	assert_non_null(out.p);
	memcpy(out.p, head, SHIFT);
	memcpy(out.p + SHIFT, bare.p, bare.n);
	return out;
}

static void check(
	const struct bad_case *c, struct kvk_der *der, const struct kvk_der_log *log, size_t shift)
{
	enum kvk_err err = c->read(der);

	if (c->java == JAVA_READS && der->as_java) {
		assert_int_equal(err, KVK_OK);
		assert_int_equal(log->remark, KVK_DER_OK);
		assert_int_equal(log->tolerated, 1u << c->remark);
		return;
	}
	assert_int_equal(err, KVK_ERR_DER);
	assert_int_equal(log->remark, c->remark);
	assert_int_equal(log->offset, c->offset + shift);
	assert_int_equal(log->tolerated, 0);
}

static void run_case(const struct bad_case *c, bool as_java)
{
	struct octets bare = octets_of(c->hex);
	struct octets member;
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_der inner;

	kvk_der_start(&der, span_of_octets(bare), as_java, &log);
	check(c, &der, &log, 0);
	member = in_sequence(bare);
	log = (struct kvk_der_log){ 0 };
	kvk_der_start(&der, span_of_octets(member), as_java, &log);
	assert_int_equal(kvk_der_enter(&der, KVK_DER_SEQUENCE, &inner), KVK_OK);
	assert_int_equal(kvk_der_null(&inner), KVK_OK);
	check(c, &inner, &log, SHIFT);
	free(member.p);
	free(bare.p);
}

void run_bad_cases(const struct bad_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		/* shown only where the test fails */
		print_message("case %zu: %s\n", i, cases[i].hex);
		run_case(&cases[i], false);
		run_case(&cases[i], true);
	}
}
