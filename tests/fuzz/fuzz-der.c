/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads any bytes as DER, strictly and as Java reads. Every value is tried as every type; what
 * reads strictly must read the same as Java does, and must come out of the writer as it went in.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "der/oid.h"
#include "der/reader.h"
#include "der/writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool condition)
{
	if (!condition)
		abort();
}

static bool lies_in(struct kvk_span part, struct kvk_span all)
{
	return part.n == 0 || (part.p >= all.p && part.p + part.n <= all.p + all.n);
}

/* Reads one value as type number n; result tells its contents. False beyond the last type. */
static bool read_as(unsigned n, struct kvk_der *der, enum kvk_err *err, uint64_t result[static 3])
{
	struct kvk_span span = { 0 };
	struct kvk_der inner;
	unsigned small = 0;
	uint32_t bits = 0;
	kvk_time t = 0;
	bool flag = false;

	switch (n) {
	case 0:
		*err = kvk_der_boolean(der, &flag);
		break;
	case 1:
		*err = kvk_der_integer(der, &span);
		break;
	case 2:
		*err = kvk_der_uint(der, KVK_DER_INTEGER, UINT32_MAX, &result[0]);
		break;
	case 3:
		*err = kvk_der_bit_string(der, &span, &small);
		break;
	case 4:
		*err = kvk_der_named_bits(der, KVK_DER_BIT_STRING, &bits);
		break;
	case 5:
		*err = kvk_der_null(der);
		break;
	case 6:
		*err = kvk_der_oid(der, &span);
		break;
	case 7:
		*err = kvk_der_time(der, &t);
		break;
	case 8:
		*err = kvk_der_generalized_time(der, &t);
		break;
	case 9:
		*err = kvk_der_string(der, &small, &span);
		break;
	case 10:
		*err = kvk_der_octet_string(der, &span);
		break;
	case 11:
		*err = kvk_der_enter_optional(der, KVK_DER_SET, &flag, &inner);
		break;
	default:
		return false;
	}
	result[0] += flag + bits + (uint64_t)t;
	result[1] = small;
	result[2] = span.p != NULL ? (uint64_t)(span.p - der->origin) + (span.n << 32) : 0;
	return true;
}

static void try_types(const struct kvk_der *der)
{
	enum kvk_err err[2];

	for (unsigned n = 0;; n++) {
		uint64_t result[2][3] = { 0 };
		struct kvk_der_log log[2] = { 0 };

		for (unsigned java = 0; java < 2; java++) {
			struct kvk_der copy = *der;

			copy.log = &log[java];
			copy.as_java = java == 1;
			if (!read_as(n, &copy, &err[java], result[java]))
				return;
			check((err[java] == KVK_OK) == (log[java].remark == KVK_DER_OK));
			check(err[java] == KVK_OK || err[java] == KVK_ERR_DER);
		}
		if (err[0] != KVK_OK)
			continue;
		check(err[1] == KVK_OK && log[1].tolerated == 0);
		check(memcmp(result[0], result[1], sizeof(result[0])) == 0);
	}
}

static void show(const struct kvk_der_value *value)
{
	char text[KVK_LIMIT_OID_TEXT];
	struct kvk_blob blob = { 0 };
	struct kvk_blob again = { 0 };

	kvk_oid_label(value->content, text);
	if (strchr(kvk_oid_text(value->content, text), '?') == NULL) {
		check(kvk_oid_encode(text, &again) == KVK_OK);
		check(kvk_span_equal(kvk_span_of_blob(&again), value->content));
	}
	kvk_der_string_utf8(value->tag, value->content, &blob);
	kvk_blob_free(&blob);
	kvk_blob_free(&again);
}

/* Walks all values; whether the input is without fault. */
static bool walk(struct kvk_der der, struct kvk_span input, struct kvk_der_writer *w)
{
	struct kvk_der_value value;
	struct kvk_der inner;

	while (!kvk_der_at_end(&der)) {
		if (w != NULL)
			try_types(&der);
		if (kvk_der_any(&der, &value) != KVK_OK)
			return false;
		check(lies_in(value.whole, input) && lies_in(value.content, value.whole));
		show(&value);
		if ((value.tag & 0x20) == 0) {
			if (w != NULL)
				kvk_der_put(w, value.tag, value.content);
			continue;
		}
		if (kvk_der_into(&der, value.content, &inner) != KVK_OK)
			return false;
		if (w != NULL)
			kvk_der_open(w, value.tag);
		if (!walk(inner, input, w))
			return false;
		if (w != NULL)
			kvk_der_close(w);
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kvk_span input = { data, size };
	struct kvk_der_log strict = { 0 };
	struct kvk_der_log java = { 0 };
	struct kvk_der_writer w = { 0 };
	struct kvk_blob out = { 0 };
	struct kvk_der der;

	kvk_der_start(&der, input, true, &java);
	walk(der, input, NULL);
	check(java.offset <= size);
	kvk_der_start(&der, input, false, &strict);
	if (walk(der, input, &w)) {
		check(strict.remark == KVK_DER_OK && java.remark == KVK_DER_OK);
		check(kvk_der_write_done(&w, &out) == KVK_OK);
		check(kvk_span_equal(kvk_span_of_blob(&out), input));
	} else {
		check(strict.remark != KVK_DER_OK && strict.offset <= size);
	}
	kvk_der_writer_free(&w);
	kvk_blob_free(&out);
	return 0;
}
