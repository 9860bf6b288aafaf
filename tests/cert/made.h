/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DER for tests, written as text: octets in hex, 'text' for its octets, and ( ) around contents
 * whose length is worked out: "30(0c('abc'))". So a test shows what it feeds in, right or wrong.
 * Each result is in memory of exactly its size, so that ASan sees a read beyond its end.
 */
#ifndef KVKCSR_TESTS_CERT_MADE_H
#define KVKCSR_TESTS_CERT_MADE_H

#include "base/blob.h"

/* Bytes that a test owns. */
struct made {
	uint8_t *p;
	size_t n;
};

/* Makes the octets of such a text; aborts on a text that is wrong. */
struct made made_of(const char *text);
/* The same from a format as of printf. */
struct made made_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct kvk_span made_span(const struct made *made);
void made_free(struct made *made);

/* Pieces to build with. */
#define MADE_SHA256_RSA "30(06(2a864886f70d01010b)0500)"
#define MADE_ATTRIBUTE(oid, tag, text) "31(30(06(" oid ")" tag "(" text ")))"
#define MADE_CN(text) MADE_ATTRIBUTE("550403", "0c", text)
#define MADE_NAME(text) "30(" MADE_CN("'" text "'") ")"
#define MADE_DATES "30(17('260102030405Z')17('290102030405Z'))"
/* The generator of P-256 as a public key. */
#define MADE_POINT \
	"04 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" \
	"4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
#define MADE_KEY "30(30(06(2a8648ce3d0201)06(2a8648ce3d030107))03(00" MADE_POINT "))"
#define MADE_CRITICAL "0101ff"
#define MADE_EXTENSION(oid, critical, value) "30(06(" oid ")" critical "04(" value "))"
#define MADE_EXTENSIONS(list) "a3(30(" list "))"
#define MADE_V3 "a0(020102)"
#define MADE_SERIAL "020201f4"
#define MADE_SIGNED(part, algorithm) "30(30(" part ")" algorithm "03(00 a1a2a3a4))"
/* A certificate with this version, and with this after its public key. */
#define MADE_CERTIFICATE(version, rest) \
	MADE_SIGNED(version MADE_SERIAL MADE_SHA256_RSA MADE_NAME("Issuer") \
			    MADE_DATES MADE_NAME("api.example.nl") MADE_KEY rest, \
		MADE_SHA256_RSA)
/* A version 3 certificate with these extensions. */
#define MADE_WITH(list) MADE_CERTIFICATE(MADE_V3, MADE_EXTENSIONS(list))
/* A version 3 certificate with one extension. */
#define MADE_WITH_ONE(oid, critical, value) MADE_WITH(MADE_EXTENSION(oid, critical, value))

/* OIDs of extensions, in hex. */
#define MADE_SKI "551d0e"
#define MADE_KU "551d0f"
#define MADE_SAN "551d11"
#define MADE_IAN "551d12"
#define MADE_BC "551d13"
#define MADE_NC "551d1e"
#define MADE_CDP "551d1f"
#define MADE_CP "551d20"
#define MADE_PM "551d21"
#define MADE_AKI "551d23"
#define MADE_PC "551d24"
#define MADE_EKU "551d25"
#define MADE_FRESHEST "551d2e"
#define MADE_ANY "551d36"
#define MADE_AIA "2b06010505070101"

#endif
