/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as text in JSON: the document is one line of printable ASCII that other programs read,
 * and bytes that were UTF-8 come out of it as they went in.
 */
#include "config.h"

#include <string.h>

#include "base/encode.h"
#include "base/utf8.h"
#include "report/json.h"
#include "tests/fuzz/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_back(const json_t *document, struct kvk_span bytes)
{
	const json_t *text = json_object_get(document, "text");
	const json_t *hex = json_object_get(document, "hex");
	struct kvk_blob back = { 0 };

	check(json_is_string(text) && json_is_string(hex));
	if (kvk_utf8_valid(bytes) && (bytes.n == 0 || memchr(bytes.p, 0, bytes.n) == NULL))
		check(json_string_length(text) == bytes.n &&
			(bytes.n == 0 || memcmp(json_string_value(text), bytes.p, bytes.n) == 0));
	check(kvk_unhex(kvk_span_of(json_string_value(hex)), &back) == KVK_OK);
	check(kvk_span_equal(kvk_span_of_blob(&back), bytes));
	kvk_blob_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct kvk_span bytes = { data, size };
	json_t *document = json_object(), *again;
	struct kvk_blob out = { 0 };

	check(json_object_set_new(document, "text", kvk_json_text(bytes)) == 0);
	check(json_object_set_new(document, "hex", kvk_json_hex(bytes)) == 0);
	check(kvk_json_write(document, size % 2 == 1, &out) == KVK_OK);
	for (size_t i = 0; i < out.n; i++)
		check((out.p[i] >= 0x20 && out.p[i] < 0x7f) ||
			(out.p[i] == '\n' && (size % 2 == 1 || i + 1 == out.n)));
	again = json_loadb((const char *)out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
	check(again != NULL);
	check_back(again, bytes);
	json_decref(again);
	kvk_blob_free(&out);
	return 0;
}
