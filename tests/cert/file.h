/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file that a test puts together from text, DER and PEM, and looks into. One at a time.
 */
#ifndef KVKCSR_TESTS_CERT_FILE_H
#define KVKCSR_TESTS_CERT_FILE_H

#include "cert/contents.h"
#include "made.h"

#define LEAF MADE_CERTIFICATE(MADE_V3, "")
#define CA MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff)")
#define CSR MADE_SIGNED("020100" MADE_NAME("a") MADE_KEY "a0()", MADE_SHA256_RSA)
#define CRL \
	MADE_SIGNED("020101" MADE_SHA256_RSA MADE_NAME("I") "17('260102030405Z')", MADE_SHA256_RSA)
#define ATTRIBUTE_CERTIFICATE \
	MADE_SIGNED("020101 30() a0() " MADE_SHA256_RSA "020101 30()", MADE_SHA256_RSA)
#define PKCS8 "30(020100 30(06(2b6570)) 04(04('THIS IS A SECRET KEY, 32 octets.')))"
#define PKCS8_LOCKED "30(30(06(2a864886f70d01050d)30()) 04('THIS IS A SECRET'))"
#define PKCS7_SIGNED(certificates, signers) \
	"30(06(2a864886f70d010702)a0(30(020101 31() 30(06(2a864886f70d010701))" certificates \
	"31(" signers "))))"
#define PKCS7(certificates) PKCS7_SIGNED(certificates, "")
/* A SignerInfo by what names the signer. */
#define SIGNER(version, id) "30(" version id MADE_SHA256_RSA MADE_SHA256_RSA "04(00))"
#define PKCS12 "30(020103 30(06(2a864886f70d010701)a0(04())))"
#define BIT(remark) (UINT32_C(1) << KVK_REMARK_##remark)

extern struct kvk_blob file;
extern struct kvk_contents contents;

/* Each appends to the file; der is for made_of(). */
void add_text(const char *text);
void add_der(const char *der);
void add_pem(const char *label, const char *der);
/* Puts an octet into the file. */
void put_octet(size_t at, uint8_t octet);
/* Reads the file into contents; that has to succeed. */
void look(void);
/*
 * Looks at the file that was put together, its form, Java's answer, and the remarks, and frees it.
 */
void assert_file(enum kvk_file_form form, enum kvk_java_reading java, uint32_t remarks);
/* Frees both; a teardown for cmocka. */
int forget(void **state);

#endif
