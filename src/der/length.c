/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/length.h"

#include <string.h>

size_t kvk_der_length_octets(size_t length, uint8_t octets[static KVK_DER_LENGTH_MAX])
{
	size_t count = 0;

	if (length < 0x80) {
		octets[0] = (uint8_t)length;
		return 1;
	}
	for (size_t rest = length; rest > 0; rest >>= 8)
		count++;
	octets[0] = (uint8_t)(0x80 | count);
	for (size_t i = count; i > 0; i--) {
		octets[i] = (uint8_t)(length & 0xff);
		length >>= 8;
	}
	return 1 + count;
}

enum kvk_err kvk_der_insert_length(struct kvk_blob *out, size_t start)
{
	uint8_t head[KVK_DER_LENGTH_MAX];
	size_t length = out->n - start;
	size_t n = kvk_der_length_octets(length, head);
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(out, (struct kvk_span){ head, n }));
	memmove(out->p + start + n, out->p + start, length);
	memcpy(out->p + start, head, n);
out:
	return err;
}
