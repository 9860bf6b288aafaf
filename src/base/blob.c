/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/blob.h"

bool kvk_span_starts(struct kvk_span span, const char *text)
{
	size_t n = strlen(text);

	return span.n >= n && kvk_span_is((struct kvk_span){ span.p, n }, text);
}

const uint8_t *kvk_span_find(struct kvk_span span, const char *text)
{
	return span.n > 0 ? memmem(span.p, span.n, text, strlen(text)) : NULL;
}

int kvk_span_compare(struct kvk_span a, struct kvk_span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	if (order == 0)
		order = (a.n > b.n) - (a.n < b.n);
	return order;
}

enum kvk_err kvk_blob_reserve(struct kvk_blob *blob, size_t n)
{
	size_t need, capacity;
	uint8_t *p;

	/* One more for the NUL that is not counted. */
	if (n > SIZE_MAX - 1 - blob->n)
		return KVK_ERR_MEMORY;
	need = blob->n + n + 1;
	if (need <= blob->capacity)
		return KVK_OK;
	capacity = blob->capacity > SIZE_MAX / 2 ? need : blob->capacity * 2;
	if (capacity < need)
		capacity = need;
	if (capacity < 64)
		capacity = 64;
	p = kvk_realloc(blob->p, capacity);
	if (!p)
		return KVK_ERR_MEMORY;
	blob->p = p;
	blob->capacity = capacity;
	blob->p[blob->n] = 0;
	return KVK_OK;
}

enum kvk_err kvk_blob_append(struct kvk_blob *blob, struct kvk_span bytes)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_reserve(blob, bytes.n));
	if (bytes.n > 0)
		memcpy(blob->p + blob->n, bytes.p, bytes.n);
	blob->n += bytes.n;
	blob->p[blob->n] = 0;
out:
	return err;
}

enum kvk_err kvk_blob_set(struct kvk_blob *blob, struct kvk_span bytes)
{
	kvk_blob_clear(blob);
	return kvk_blob_append(blob, bytes);
}

enum kvk_err kvk_blob_append_text(struct kvk_blob *blob, const char *text)
{
	return kvk_blob_append(blob, kvk_span_of(text));
}

enum kvk_err kvk_blob_append_byte(struct kvk_blob *blob, uint8_t byte)
{
	struct kvk_span one = { .p = &byte, .n = 1 };

	return kvk_blob_append(blob, one);
}

/*
 * Formats into the room that there is, which mostly does. Where it does not, nothing is appended
 * and there is room for another try.
 */
static enum kvk_err format_into(struct kvk_blob *blob, const char *format, va_list args, bool *fits)
	__attribute__((format(printf, 2, 0)));

static enum kvk_err format_into(struct kvk_blob *blob, const char *format, va_list args, bool *fits)
{
	const size_t room = blob->capacity - blob->n;
	const int n = vsnprintf((char *)blob->p + blob->n, room, format, args);

	*fits = n >= 0 && (size_t)n < room;
	if (*fits) {
		blob->n += (size_t)n;
		return KVK_OK;
	}
	blob->p[blob->n] = 0;
	return n < 0 ? KVK_ERR_MEMORY : kvk_blob_reserve(blob, (size_t)n);
}

enum kvk_err kvk_blob_append_format(struct kvk_blob *blob, const char *format, ...)
{
	enum kvk_err err = kvk_blob_reserve(blob, 0);
	bool fits = false;

	while (err == KVK_OK && !fits) {
		va_list args;

		va_start(args, format);
		err = format_into(blob, format, args, &fits);
		va_end(args);
	}
	return err;
}

const char *kvk_blob_str(const struct kvk_blob *blob)
{
	return blob->p ? (const char *)blob->p : "";
}

void kvk_blob_clear(struct kvk_blob *blob)
{
	blob->n = 0;
	if (blob->p)
		blob->p[0] = 0;
}

void kvk_blob_free(struct kvk_blob *blob)
{
	if (!blob)
		return;
	kvk_free(blob->p);
	blob->p = NULL;
	blob->n = 0;
	blob->capacity = 0;
}
