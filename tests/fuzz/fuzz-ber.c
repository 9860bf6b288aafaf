/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Converts any bytes from BER. What comes out has no indefinite length that the strict reader
 * meets, is hardly larger than what went in, and converts to itself.
 */
#include "config.h"

#include <stdlib.h>

#include "der/ber.h"
#include "der/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool condition)
{
	if (!condition)
		abort();
}

static void walk(struct kvk_der der)
{
	struct kvk_der_value value;
	struct kvk_der inner;

	while (kvk_der_any(&der, &value) == KVK_OK) {
		if ((value.tag & 0x20) == 0)
			continue;
		if (kvk_der_into(&der, value.content, &inner) != KVK_OK)
			return;
		walk(inner);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kvk_span input = { data, size };
	struct kvk_blob out = { 0 };
	struct kvk_blob again = { 0 };
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	size_t used = 0;

	if (kvk_ber_to_der(input, &out, &used) != KVK_OK) {
		check(out.n == 0);
		goto out;
	}
	check(used >= 2 && used <= size);
	/* the octets of an indefinite length and its end make place for a definite length */
	check(out.n <= used + used / 4);
	check(!kvk_ber_is_indefinite(kvk_span_of_blob(&out)));
	kvk_der_start(&der, kvk_span_of_blob(&out), false, &log);
	walk(der);
	check(log.remark != KVK_DER_INDEFINITE);
	check(kvk_ber_to_der(kvk_span_of_blob(&out), &again, &used) == KVK_OK);
	check(used == out.n);
	check(kvk_span_equal(kvk_span_of_blob(&out), kvk_span_of_blob(&again)));
out:
	kvk_blob_free(&out);
	kvk_blob_free(&again);
	return 0;
}
