/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes: a span is borrowed and never freed, a blob is owned and grows. A blob is also the string
 * builder: its bytes are always followed by a NUL that is not counted, once anything was appended.
 * Bytes that must not stay in memory belong in base/secret.h, not here.
 */
#ifndef KVKCSR_BASE_BLOB_H
#define KVKCSR_BASE_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"

/* Borrowed bytes; p may be NULL where n is 0. */
struct kvk_span {
	const uint8_t *p;
	size_t n;
};

/* Owned bytes. An all-zero struct is an empty blob. */
struct kvk_blob {
	uint8_t *p;
	size_t n;
	size_t capacity;
};

/*
 * A span over a NUL-terminated string (without the NUL); NULL gives an empty span. Borrows. This
 * and the next five are called hundreds of times for each file, and so are here.
 */
static inline struct kvk_span kvk_span_of(const char *text)
{
	return (struct kvk_span){ (const uint8_t *)text, text != NULL ? strlen(text) : 0 };
}

/* A span over the bytes of a blob; valid until the blob changes. */
static inline struct kvk_span kvk_span_of_blob(const struct kvk_blob *blob)
{
	return (struct kvk_span){ blob->p, blob->n };
}

/* Whether two spans hold the same bytes. */
static inline bool kvk_span_equal(struct kvk_span a, struct kvk_span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Whether a span holds just the bytes of a string. */
static inline bool kvk_span_is(struct kvk_span span, const char *text)
{
	return kvk_span_equal(span, kvk_span_of(text));
}

/* What follows the first n bytes of a span, which has as many. */
static inline struct kvk_span kvk_span_from(struct kvk_span span, size_t n)
{
	return (struct kvk_span){ span.p + n, span.n - n };
}

/* What begins at a place in a span, or at its end. */
static inline struct kvk_span kvk_span_at(struct kvk_span span, const uint8_t *at)
{
	return (struct kvk_span){ at, span.n - (size_t)(at - span.p) };
}

/* Where the bytes of a string first are in a span, or NULL. */
const uint8_t *kvk_span_find(struct kvk_span span, const char *text);
/* Whether a span begins with the bytes of a string. */
bool kvk_span_starts(struct kvk_span span, const char *text);
/*
 * Order of two spans as memcmp gives it, the shorter first where one begins the other. For sorting.
 */
int kvk_span_compare(struct kvk_span a, struct kvk_span b);

/* Makes room for n more bytes. KVK_ERR_MEMORY; the blob is unchanged then. */
enum kvk_err kvk_blob_reserve(struct kvk_blob *blob, size_t n);
/* Appends bytes (which must not lie in the blob itself). KVK_ERR_MEMORY; unchanged then. */
enum kvk_err kvk_blob_append(struct kvk_blob *blob, struct kvk_span bytes);
/* Gives a blob other contents (which must not lie in it). KVK_ERR_MEMORY; it is empty then. */
enum kvk_err kvk_blob_set(struct kvk_blob *blob, struct kvk_span bytes);
/* Appends a string without its NUL. KVK_ERR_MEMORY. */
enum kvk_err kvk_blob_append_text(struct kvk_blob *blob, const char *text);
/* Appends one byte. KVK_ERR_MEMORY. */
enum kvk_err kvk_blob_append_byte(struct kvk_blob *blob, uint8_t byte);
/* Appends as printf does. KVK_ERR_MEMORY. */
enum kvk_err kvk_blob_append_format(struct kvk_blob *blob, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The blob as a string: never NULL, "" where nothing was appended. Valid until the blob changes. */
const char *kvk_blob_str(const struct kvk_blob *blob);
/* Empties the blob and keeps its memory for reuse. */
void kvk_blob_clear(struct kvk_blob *blob);
/* Frees the bytes and makes the blob empty. Accepts NULL. */
void kvk_blob_free(struct kvk_blob *blob);

#endif
