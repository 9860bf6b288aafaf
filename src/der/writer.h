/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small writer of DER for requests, and for the certificates and CRLs of the simulated TSP.
 * Values are opened and closed; a length is worked out once, when its value is closed. Errors
 * stick: check only kvk_der_write_done(). It does not sort the members of a SET.
 */
#ifndef KVKCSR_DER_WRITER_H
#define KVKCSR_DER_WRITER_H

#include <stdbool.h>

#include "base/limits.h"
#include "base/time.h"
#include "der/oid.h"
#include "der/reader.h"

/* Start all-zero. */
struct kvk_der_writer {
	struct kvk_blob out;
	/* Where the contents of each open value begin. */
	size_t open[KVK_LIMIT_DER_DEPTH];
	unsigned depth;
	enum kvk_err err;
};

/* Opens a constructed value (or an OCTET STRING that holds DER); close it with kvk_der_close(). */
void kvk_der_open(struct kvk_der_writer *w, unsigned tag);
/* Opens a BIT STRING that holds DER: as kvk_der_open(), with the octet for no unused bits. */
void kvk_der_open_bits(struct kvk_der_writer *w);
void kvk_der_close(struct kvk_der_writer *w);
/* A primitive value with these contents. */
void kvk_der_put(struct kvk_der_writer *w, unsigned tag, struct kvk_span content);
/* A value that is encoded already. */
void kvk_der_put_raw(struct kvk_der_writer *w, struct kvk_span whole);
void kvk_der_put_boolean(struct kvk_der_writer *w, bool value);
void kvk_der_put_uint(struct kvk_der_writer *w, uint64_t value);
/*
 * A non-negative INTEGER from big-endian octets; leading zeros are dropped, one is put in front
 * where the sign needs it. No octets are the number 0.
 */
void kvk_der_put_unsigned(struct kvk_der_writer *w, struct kvk_span magnitude);
void kvk_der_put_null(struct kvk_der_writer *w);
/* An OID that this program knows, or one in dotted form (KVK_ERR_ARGUMENT where it is none). */
void kvk_der_put_oid(struct kvk_der_writer *w, enum kvk_oid oid);
void kvk_der_put_oid_text(struct kvk_der_writer *w, const char *dotted);
/* A BIT STRING of whole octets, and a named bit list (trailing zero bits dropped, X.690 11.2.2). */
void kvk_der_put_bits(struct kvk_der_writer *w, struct kvk_span octets);
void kvk_der_put_named_bits(struct kvk_der_writer *w, uint32_t bits);
/*
 * UTCTime for 1950 to 2049, else GeneralizedTime (RFC 5280 4.1.2.5); the fraction is dropped
 * towards the past.
 */
void kvk_der_put_time(struct kvk_der_writer *w, kvk_time t);
/* Text as PrintableString where its alphabet allows, else UTF8String (KVK_ERR_TEXT: no UTF-8). */
void kvk_der_put_text(struct kvk_der_writer *w, const char *text);
/*
 * Hands over what was written (*out is freed first). KVK_ERR_INTERNAL where a value is still open,
 * else the first error; *out is empty then. The writer is all-zero after.
 */
enum kvk_err kvk_der_write_done(struct kvk_der_writer *w, struct kvk_blob *out);
/* Frees what was written. Accepts NULL. */
void kvk_der_writer_free(struct kvk_der_writer *w);

#endif
