/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who a certificate says its holder is: the number in the subject's serialNumber, which the portal
 * reads, and the one in organizationIdentifier, which it probably does not. Forms only; whether a
 * number exists is not known here.
 */
#ifndef KVKCSR_NAMES_IDENTITY_H
#define KVKCSR_NAMES_IDENTITY_H

#include "cert/certificate.h"

enum kvk_identity_kind {
	/* There is none. */
	KVK_IDENTITY_NONE,
	/* 8 digits: a KVK number. */
	KVK_IDENTITY_KVK,
	/* 20 digits in the form of an OIN or HRN: 000000, two digits, nine digits, 000. */
	KVK_IDENTITY_OIN,
	/* Anything else. */
	KVK_IDENTITY_OTHER,
};

struct kvk_identity {
	enum kvk_identity_kind kind;
	/* It is a string; else nothing more is known. */
	bool text;
	/* The digits; "" for none and other. */
	char digits[21];
	/* The KVK number in it: of KVK_IDENTITY_KVK, and of an OIN with prefix 00000003; else "".
	 */
	char kvk[9];
	/* What is there, escaped and perhaps cut. */
	char shown[96];
};

/* Room for what kvk_identity_words() says. */
#define KVK_IDENTITY_WORDS 224

/* Reads the form of a number in text. */
void kvk_identity_read(struct kvk_span text, struct kvk_identity *out);
/* Whether it has the prefix of test OINs, 00000099, which anyone may use. */
bool kvk_identity_is_test(const struct kvk_identity *number);
/*
 * What the number is, or what is wrong with its form, for people: "OIN of RSIN 823288444", "" where
 * there is nothing to say. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_identity_words(
	const struct kvk_identity *number, char out[static KVK_IDENTITY_WORDS]);
/* Reads subject serialNumber number n, from 0: of kind KVK_IDENTITY_NONE where there is none.
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_identity_of_serial_number(
	const struct kvk_certificate *cert, size_t n, struct kvk_identity *out);
/* Reads the first one. KVK_ERR_MEMORY. */
enum kvk_err kvk_identity_of_subject(const struct kvk_certificate *cert, struct kvk_identity *out);
/* Reads the KVK number of an organizationIdentifier "NTRNL-12345678" (EN 319 412-1 5.1.4): NONE
 * where there is none, OTHER for other schemes. KVK_ERR_MEMORY. */
enum kvk_err kvk_identity_of_organisation(
	const struct kvk_certificate *cert, struct kvk_identity *out);

#endif
