/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A strict, zero-copy reader of DER (X.690) for certificates, CRLs, requests, PKCS#7, PKCS#8 and
 * OCSP answers. It allocates nothing, bounds the depth, and remembers the offset and the kind of
 * the first failure. It does not read BER: uploads with indefinite lengths are converted first
 * (der/ber.h). Tags above 30 do not occur in these formats and are refused.
 *
 * Where Java's reader is kinder than X.690 and no ambiguity arises, a cursor that was started with
 * as_java lets the value pass and notes the deviation in the log, so that `verify` can foretell
 * the portal and warn. What Java reads was measured with JDK 17.0.15, through CertificateFactory.
 */
#ifndef KVKCSR_DER_READER_H
#define KVKCSR_DER_READER_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/time.h"

/* Identifier octets as they stand in the encoding. */
enum kvk_der_tag {
	KVK_DER_BOOLEAN = 0x01,
	KVK_DER_INTEGER = 0x02,
	KVK_DER_BIT_STRING = 0x03,
	KVK_DER_OCTET_STRING = 0x04,
	KVK_DER_NULL = 0x05,
	KVK_DER_OID = 0x06,
	KVK_DER_ENUMERATED = 0x0a,
	KVK_DER_UTF8_STRING = 0x0c,
	KVK_DER_SEQUENCE = 0x30,
	KVK_DER_SET = 0x31,
	KVK_DER_NUMERIC_STRING = 0x12,
	KVK_DER_PRINTABLE_STRING = 0x13,
	KVK_DER_TELETEX_STRING = 0x14,
	KVK_DER_IA5_STRING = 0x16,
	KVK_DER_UTC_TIME = 0x17,
	KVK_DER_GENERALIZED_TIME = 0x18,
	KVK_DER_VISIBLE_STRING = 0x1a,
	KVK_DER_UNIVERSAL_STRING = 0x1c,
	KVK_DER_BMP_STRING = 0x1e,
};

/* Context-specific tags, primitive and constructed, of number n (0 to 30). */
#define KVK_DER_CONTEXT(n) (0x80u | (n))
#define KVK_DER_CONTEXT_CONSTRUCTED(n) (0xa0u | (n))

/*
 * What can be wrong with an encoding: one list for enum, text and test. The second column is shown
 * to people.
 */
#define KVK_DER_REMARKS(X) \
	X(KVK_DER_OK, N_("no error")) \
	X(KVK_DER_TRUNCATED, N_("the data is cut off")) \
	X(KVK_DER_TRAILING, N_("there are extra bytes after the end of a value")) \
	X(KVK_DER_INDEFINITE, N_("a length is in indefinite form")) \
	X(KVK_DER_LENGTH, N_("a length is not in its shortest form")) \
	X(KVK_DER_LENGTH_HUGE, N_("a length is larger than any file that this program reads")) \
	X(KVK_DER_TAG, N_("a value has the wrong type")) \
	X(KVK_DER_TAG_HIGH, N_("a tag number is above 30")) \
	X(KVK_DER_DEPTH, N_("values are nested too deeply")) \
	X(KVK_DER_BAD_BOOLEAN, N_("a BOOLEAN is neither 00 nor FF")) \
	X(KVK_DER_BAD_INTEGER, N_("an INTEGER is empty or not in its shortest form")) \
	X(KVK_DER_NEGATIVE, N_("an INTEGER is negative where that is not allowed")) \
	X(KVK_DER_RANGE, N_("a number is out of range")) \
	X(KVK_DER_BAD_BIT_STRING, N_("a BIT STRING has an invalid number of unused bits")) \
	X(KVK_DER_PADDING, N_("the unused bits of a BIT STRING are not zero")) \
	X(KVK_DER_BAD_NULL, N_("a NULL is not empty")) \
	X(KVK_DER_BAD_OID, N_("an object identifier is malformed")) \
	X(KVK_DER_BAD_STRING, N_("a string contains characters that its type does not allow")) \
	X(KVK_DER_BAD_TIME, N_("a time is malformed")) \
	X(KVK_DER_TIME_FORM, N_("a time is not written in the form that certificates use")) \
	X(KVK_DER_DEFAULT, N_("a default value is encoded explicitly")) \
	X(KVK_DER_SET_ORDER, N_("the members of a SET are not in order")) \
	X(KVK_DER_EMPTY, N_("a list that must not be empty is empty")) \
	X(KVK_DER_DUPLICATE, N_("something that may occur only once occurs twice")) \
	X(KVK_DER_TOO_MANY, N_("a list has more members than this program accepts")) \
	X(KVK_DER_CONTENT, N_("two values contradict each other"))

#define KVK_DER_REMARK_ENUM(id, text) id,
enum kvk_der_remark { KVK_DER_REMARKS(KVK_DER_REMARK_ENUM) KVK_DER_REMARK_COUNT };
#undef KVK_DER_REMARK_ENUM

/* What a reading met. Start all-zero; share one between all cursors of one object. */
struct kvk_der_log {
	/*
	 * The first failure, which ended the reading, and its offset from the start of the input:
	 * where the value that failed begins (its identifier octet); for KVK_DER_TRAILING the first
	 * byte too many; where a value is missing, the end of the value that lacks it.
	 */
	enum kvk_der_remark remark;
	size_t offset;
	/* Bit (1 << remark) for each deviation that an as_java cursor let pass. */
	uint32_t tolerated;
};

/* A cursor over the contents of one value. Copy it to look ahead. */
struct kvk_der {
	struct kvk_span rest;
	const uint8_t *origin;
	struct kvk_der_log *log;
	unsigned depth;
	bool as_java;
};

/* One value: its identifier octet, its contents, and the whole encoding. */
struct kvk_der_value {
	unsigned tag;
	struct kvk_span content;
	struct kvk_span whole;
};

/* The text of a remark, translated; static, never NULL, also for a number that is none. */
const char *kvk_der_remark_text(enum kvk_der_remark remark);

/* Starts a cursor over input. log must not be NULL and outlives the cursor. */
void kvk_der_start(
	struct kvk_der *der, struct kvk_span input, bool as_java, struct kvk_der_log *log);
/* Whether nothing is left. */
bool kvk_der_at_end(const struct kvk_der *der);
/* The identifier octet of the next value, 0 at the end. */
unsigned kvk_der_peek(const struct kvk_der *der);
/*
 * Notes a failure at a place of the input (the first one stays) and returns KVK_ERR_DER. For
 * decoders above this one.
 */
enum kvk_err kvk_der_fail(const struct kvk_der *der, enum kvk_der_remark remark, const uint8_t *at);
/* The same, but where the cursor reads as Java does it notes a deviation and returns KVK_OK. */
enum kvk_err kvk_der_tolerate(
	const struct kvk_der *der, enum kvk_der_remark remark, const uint8_t *at);

/*
 * All readers below return KVK_ERR_DER with the log filled, and move the cursor past the value on
 * success. Where nothing is left they say KVK_DER_TRUNCATED.
 */

/*
 * Any value. A length that is not in its shortest form, of four octets at most, is a deviation
 * (KVK_DER_LENGTH); more are KVK_DER_LENGTH_HUGE. The type is not checked, but universal types must
 * be constructed or primitive as DER has them, and the reserved universal tag 0 is refused
 * (KVK_DER_TAG).
 */
enum kvk_err kvk_der_any(struct kvk_der *der, struct kvk_der_value *out);
/* A value of this tag, with its whole encoding. */
enum kvk_err kvk_der_expect(struct kvk_der *der, unsigned tag, struct kvk_der_value *out);
/* A value of this tag: its contents. */
enum kvk_err kvk_der_read(struct kvk_der *der, unsigned tag, struct kvk_span *content);
/*
 * A constructed value of this tag: a cursor over its contents. One level deeper; KVK_DER_DEPTH at
 * the limit.
 */
enum kvk_err kvk_der_enter(struct kvk_der *der, unsigned tag, struct kvk_der *inner);
/* The same where the value may be absent: *present says. */
enum kvk_err kvk_der_enter_optional(
	struct kvk_der *der, unsigned tag, bool *present, struct kvk_der *inner);
/*
 * A cursor over bytes that were cut out of this cursor's input (an OCTET STRING that holds DER);
 * one level deeper.
 */
enum kvk_err kvk_der_into(
	const struct kvk_der *der, struct kvk_span content, struct kvk_der *inner);
/* That nothing is left (KVK_DER_TRAILING). */
enum kvk_err kvk_der_finish(const struct kvk_der *der);

/*
 * BOOLEAN (X.690 11.1: 00 or FF), implicit where tag is another. Java takes any octet but 00 as
 * true: deviation.
 */
enum kvk_err kvk_der_boolean(struct kvk_der *der, bool *out);
enum kvk_err kvk_der_boolean_as(struct kvk_der *der, unsigned tag, bool *out);
/*
 * INTEGER: its content octets, shortest form, sign included (X.690 8.3.2). A longer form is a
 * deviation, and is cut to the shortest.
 */
enum kvk_err kvk_der_integer(struct kvk_der *der, struct kvk_span *out);
/* Compares the numbers in contents that kvk_der_integer() gave, as memcmp() does octets. */
int kvk_der_integer_compare(struct kvk_span a, struct kvk_span b);
/* INTEGER or (tag) implicit one, not negative and at most max. */
enum kvk_err kvk_der_uint(struct kvk_der *der, unsigned tag, uint64_t max, uint64_t *out);
/*
 * BIT STRING: the octets and how many bits of the last are unused. X.690 11.2.1 wants these to be
 * zero; Java does not look: deviation, and *out shows them as they are.
 */
enum kvk_err kvk_der_bit_string(struct kvk_der *der, struct kvk_span *out, unsigned *unused);
/*
 * A named bit list (KeyUsage, ReasonFlags) of at most 32 bits, else KVK_DER_RANGE: bit n of *out is
 * named bit n. tag for implicit ones. Zero bits at the end, which X.690 11.2.2 forbids, are a
 * deviation (KVK_DER_BAD_BIT_STRING).
 */
enum kvk_err kvk_der_named_bits(struct kvk_der *der, unsigned tag, uint32_t *out);
enum kvk_err kvk_der_octet_string(struct kvk_der *der, struct kvk_span *out);
enum kvk_err kvk_der_null(struct kvk_der *der);
/*
 * OBJECT IDENTIFIER: content octets, at least one arc, each arc in shortest form (X.690 8.19), at
 * most KVK_LIMIT_OID octets (KVK_DER_TOO_MANY).
 */
enum kvk_err kvk_der_oid(struct kvk_der *der, struct kvk_span *out);
/*
 * A time as certificates and CRLs have it (RFC 5280 4.1.2.5): UTCTime for 1950 to 2049,
 * GeneralizedTime from 2050, with seconds and Z and without fraction. What Java reads besides is a
 * deviation (KVK_DER_TIME_FORM): GeneralizedTime for other years, UTCTime or GeneralizedTime
 * without seconds, with a fraction or with an offset. A day that its month does not have is one of
 * the next month to Java: deviation (KVK_DER_BAD_TIME).
 */
enum kvk_err kvk_der_time(struct kvk_der *der, kvk_time *out);
/* GeneralizedTime of any year in that form, implicit where tag is another: OCSP answers. */
enum kvk_err kvk_der_generalized_time(struct kvk_der *der, kvk_time *out);
enum kvk_err kvk_der_generalized_time_as(struct kvk_der *der, unsigned tag, kvk_time *out);
/*
 * A character string of any of the string types: its tag and its contents, checked against the
 * alphabet of its type (UTF-8, Printable, IA5, Numeric, Visible; BMP even and without surrogates,
 * Universal a multiple of 4). Java reads foreign characters in Printable, IA5, Numeric and Visible
 * strings, and surrogate pairs in BMP strings: deviations.
 */
enum kvk_err kvk_der_string(struct kvk_der *der, unsigned *tag, struct kvk_span *out);
/*
 * Appends the text of such a string as UTF-8: Teletex as Latin-1, and so the foreign octets of a
 * string that was let pass, so that different strings never become one text. KVK_ERR_TEXT where it
 * has none, KVK_ERR_MEMORY; the blob may then hold a part.
 */
enum kvk_err kvk_der_string_utf8(unsigned tag, struct kvk_span content, struct kvk_blob *out);
/* Whether a tag is that of a character string. */
bool kvk_der_is_string(unsigned tag);
/* Whether a tag is that of UTCTime or GeneralizedTime. */
bool kvk_der_is_time(unsigned tag);

#endif
