/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "der/writer.h"

#include <string.h>

#include "base/utf8.h"
#include "der/length.h"

/* The first error stays. */
static void note(struct kvk_der_writer *w, enum kvk_err err)
{
	if (w->err == KVK_OK)
		w->err = err;
}

static void add(struct kvk_der_writer *w, struct kvk_span bytes)
{
	if (w->err == KVK_OK)
		w->err = kvk_blob_append(&w->out, bytes);
}

static void add_byte(struct kvk_der_writer *w, unsigned byte)
{
	if (w->err == KVK_OK)
		w->err = kvk_blob_append_byte(&w->out, (uint8_t)byte);
}

void kvk_der_open(struct kvk_der_writer *w, unsigned tag)
{
	if (w->depth >= KVK_LIMIT_DER_DEPTH)
		note(w, KVK_ERR_LIMIT);
	add_byte(w, tag);
	/* Counted also after an error, so that open and close still pair. */
	if (w->depth < KVK_LIMIT_DER_DEPTH)
		w->open[w->depth] = w->out.n;
	w->depth++;
}

void kvk_der_open_bits(struct kvk_der_writer *w)
{
	kvk_der_open(w, KVK_DER_BIT_STRING);
	add_byte(w, 0);
}

void kvk_der_close(struct kvk_der_writer *w)
{
	if (w->depth == 0) {
		note(w, KVK_ERR_INTERNAL);
		return;
	}
	w->depth--;
	if (w->err == KVK_OK)
		w->err = kvk_der_insert_length(&w->out, w->open[w->depth]);
}

void kvk_der_put(struct kvk_der_writer *w, unsigned tag, struct kvk_span content)
{
	uint8_t head[KVK_DER_LENGTH_MAX];

	add_byte(w, tag);
	add(w, (struct kvk_span){ head, kvk_der_length_octets(content.n, head) });
	add(w, content);
}

void kvk_der_put_raw(struct kvk_der_writer *w, struct kvk_span whole)
{
	add(w, whole);
}

void kvk_der_put_boolean(struct kvk_der_writer *w, bool value)
{
	const uint8_t octet = value ? 0xff : 0x00;

	kvk_der_put(w, KVK_DER_BOOLEAN, (struct kvk_span){ &octet, 1 });
}

void kvk_der_put_uint(struct kvk_der_writer *w, uint64_t value)
{
	uint8_t octets[sizeof(value)];

	for (size_t i = sizeof(octets); i > 0; i--) {
		octets[i - 1] = (uint8_t)(value & 0xff);
		value >>= 8;
	}
	kvk_der_put_unsigned(w, (struct kvk_span){ octets, sizeof(octets) });
}

void kvk_der_put_unsigned(struct kvk_der_writer *w, struct kvk_span magnitude)
{
	uint8_t head[KVK_DER_LENGTH_MAX];
	size_t sign;

	while (magnitude.n > 0 && magnitude.p[0] == 0) {
		magnitude.p++;
		magnitude.n--;
	}
	/* The octet that keeps the number from being read as negative is also the number 0. */
	sign = magnitude.n == 0 || (magnitude.p[0] & 0x80) != 0 ? 1 : 0;
	add_byte(w, KVK_DER_INTEGER);
	add(w, (struct kvk_span){ head, kvk_der_length_octets(magnitude.n + sign, head) });
	if (sign > 0)
		add_byte(w, 0);
	add(w, magnitude);
}

void kvk_der_put_null(struct kvk_der_writer *w)
{
	kvk_der_put(w, KVK_DER_NULL, (struct kvk_span){ NULL, 0 });
}

void kvk_der_put_oid(struct kvk_der_writer *w, enum kvk_oid oid)
{
	struct kvk_span octets = kvk_oid_octets(oid);

	if (octets.n == 0)
		note(w, KVK_ERR_ARGUMENT);
	kvk_der_put(w, KVK_DER_OID, octets);
}

void kvk_der_put_oid_text(struct kvk_der_writer *w, const char *dotted)
{
	struct kvk_blob octets = { 0 };
	enum kvk_err err = kvk_oid_encode(dotted, &octets);

	if (err == KVK_OK)
		kvk_der_put(w, KVK_DER_OID, kvk_span_of_blob(&octets));
	else
		note(w, err);
	kvk_blob_free(&octets);
}

void kvk_der_put_bits(struct kvk_der_writer *w, struct kvk_span octets)
{
	uint8_t head[KVK_DER_LENGTH_MAX];

	add_byte(w, KVK_DER_BIT_STRING);
	add(w, (struct kvk_span){ head, kvk_der_length_octets(octets.n + 1, head) });
	add_byte(w, 0);
	add(w, octets);
}

void kvk_der_put_named_bits(struct kvk_der_writer *w, uint32_t bits)
{
	/* The count of unused bits, and the octets. */
	uint8_t content[5] = { 0 };
	unsigned count = 0;

	for (unsigned i = 0; i < 32; i++) {
		if ((bits >> i & 1u) == 0)
			continue;
		content[1 + i / 8] |= (uint8_t)(0x80u >> i % 8);
		count = i + 1;
	}
	content[0] = (uint8_t)((8 - count % 8) % 8);
	kvk_der_put(w, KVK_DER_BIT_STRING, (struct kvk_span){ content, 1 + (count + 7) / 8 });
}

static void put_digits(uint8_t **at, int number, int digits)
{
	for (int i = digits; i > 0; i--) {
		(*at)[i - 1] = (uint8_t)('0' + number % 10);
		number /= 10;
	}
	*at += digits;
}

void kvk_der_put_time(struct kvk_der_writer *w, kvk_time t)
{
	struct kvk_civil c;
	uint8_t text[15];
	uint8_t *at = text;
	bool generalized;

	kvk_time_to_civil(t, &c);
	generalized = c.year < 1950 || c.year > 2049;
	put_digits(&at, c.year, generalized ? 4 : 2);
	put_digits(&at, c.month, 2);
	put_digits(&at, c.day, 2);
	put_digits(&at, c.hour, 2);
	put_digits(&at, c.minute, 2);
	put_digits(&at, c.second, 2);
	*at++ = 'Z';
	kvk_der_put(w, generalized ? KVK_DER_GENERALIZED_TIME : KVK_DER_UTC_TIME,
		(struct kvk_span){ text, (size_t)(at - text) });
}

void kvk_der_put_text(struct kvk_der_writer *w, const char *text)
{
	static const char printable[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					"0123456789 '()+,-./:=?";
	struct kvk_span span = kvk_span_of(text);
	bool plain = text == NULL || text[strspn(text, printable)] == '\0';

	if (!kvk_utf8_valid(span))
		note(w, KVK_ERR_TEXT);
	kvk_der_put(w, plain ? KVK_DER_PRINTABLE_STRING : KVK_DER_UTF8_STRING, span);
}

enum kvk_err kvk_der_write_done(struct kvk_der_writer *w, struct kvk_blob *out)
{
	enum kvk_err err;

	if (w->depth > 0)
		note(w, KVK_ERR_INTERNAL);
	err = w->err;
	kvk_blob_free(out);
	if (err == KVK_OK) {
		*out = w->out;
		w->out = (struct kvk_blob){ 0 };
	}
	kvk_der_writer_free(w);
	return err;
}

void kvk_der_writer_free(struct kvk_der_writer *w)
{
	if (w == NULL)
		return;
	kvk_blob_free(&w->out);
	*w = (struct kvk_der_writer){ 0 };
}
