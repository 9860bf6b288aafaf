/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text: what the escaping function gives is harmless UTF-8 on one line, can be turned back into
 * what it was made of, and is the same however it is asked for; the readers of hex, base64 and
 * times give what can be written again.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/encode.h"
#include "base/escape.h"
#include "base/time.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static uint32_t take_hex(const char **p, char end)
{
	char *stop;
	char digits[8] = "";
	uint32_t value;

	strncpy(digits, *p, end ? sizeof(digits) - 1 : 2);
	value = (uint32_t)strtoul(digits, &stop, 16);
	*p += stop - digits;
	if (end)
		check(*(*p)++ == end);
	return value;
}

/* The way back, written without a look at the way there. */
static void unescape(const char *p, struct kvk_blob *out)
{
	while (*p) {
		if (strncmp(p, "\\x", 2) == 0) {
			p += 2;
			check(kvk_blob_append_byte(out, (uint8_t)take_hex(&p, 0)) == KVK_OK);
		} else if (strncmp(p, "\\u{", 3) == 0) {
			p += 3;
			check(kvk_utf8_append(out, take_hex(&p, '}')) == KVK_OK);
		} else {
			check(*p != '\\');
			check(kvk_blob_append_byte(out, (uint8_t)*p++) == KVK_OK);
		}
	}
}

static void escape(struct kvk_span text)
{
	struct kvk_blob out = { 0 }, back = { 0 };
	char small[40];

	check(kvk_escape(&out, text) == KVK_OK);
	for (size_t i = 0; i < out.n; i++)
		check(out.p[i] >= 0x20 && out.p[i] != 0x7f);
	check(kvk_utf8_valid(kvk_span_of_blob(&out)));
	check(!kvk_text_is_risky(kvk_span_of_blob(&out)));
	unescape(kvk_blob_str(&out), &back);
	check(kvk_span_equal(kvk_span_of_blob(&back), text));
	kvk_escape_to(small, sizeof(small), text);
	check(!kvk_text_is_risky(kvk_span_of(small)));
	if (out.n < sizeof(small))
		check(strcmp(small, kvk_blob_str(&out)) == 0);
	else
		check(strcmp(small + strlen(small) - 3, "...") == 0 &&
			memcmp(small, out.p, strlen(small) - 3) == 0);
	kvk_blob_free(&out);
	kvk_blob_free(&back);
}

static void decode(struct kvk_span text)
{
	struct kvk_blob bytes = { 0 }, again = { 0 }, back = { 0 };

	if (kvk_unbase64(text, &bytes) == KVK_OK) {
		check(kvk_base64(&again, kvk_span_of_blob(&bytes), 64) == KVK_OK);
		check(kvk_unbase64(kvk_span_of_blob(&again), &back) == KVK_OK);
		check(kvk_span_equal(kvk_span_of_blob(&bytes), kvk_span_of_blob(&back)));
	}
	kvk_blob_clear(&bytes);
	kvk_blob_clear(&again);
	if (kvk_unhex(text, &bytes) == KVK_OK) {
		check(kvk_hex(&again, kvk_span_of_blob(&bytes), 0) == KVK_OK);
		check(kvk_equal_nocase(text, kvk_span_of_blob(&again)));
	}
	kvk_blob_free(&bytes);
	kvk_blob_free(&again);
	kvk_blob_free(&back);
}

static void parse_time(struct kvk_span text)
{
	struct kvk_blob copy = { 0 };
	char written[KVK_TIME_TEXT_SIZE];
	kvk_time t, again;

	check(kvk_blob_append(&copy, text) == KVK_OK);
	if (kvk_time_parse(kvk_blob_str(&copy), &t) == KVK_OK) {
		check(kvk_time_parse(kvk_time_text(t, written), &again) == KVK_OK);
		check(again <= t && t - again < KVK_SECOND);
	}
	kvk_blob_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kvk_span text = { .p = data, .n = size };

	escape(text);
	decode(text);
	parse_time(text);
	return 0;
}
