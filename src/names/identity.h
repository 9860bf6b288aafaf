/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who a certificate says its holder is: the number in the subject's serialNumber, which the portal
 * reads, and the one in organizationIdentifier, which it probably does not. Forms only; whether a
 * number exists is not known here.
 */
#ifndef KVKCSR_NAMES_IDENTITY_H
#define KVKCSR_NAMES_IDENTITY_H

#include "cert/certificate.h"

enum kvk_number_kind {
	/* There is none. */
	KVK_NUMBER_NONE,
	/* 8 digits: a KVK number. */
	KVK_NUMBER_KVK,
	/* 20 digits in the form of an OIN or HRN: 000000, two digits, nine digits, 000. */
	KVK_NUMBER_OIN,
	/* Anything else. */
	KVK_NUMBER_OTHER,
};

struct kvk_number {
	enum kvk_number_kind kind;
	/* It is a string; else nothing more is known. */
	bool text;
	/* The digits; "" for none and other. */
	char digits[21];
	/* The KVK number in it: of KVK_NUMBER_KVK, and of an OIN with prefix 00000003; else "". */
	char kvk[9];
	/* What stands there, escaped and perhaps cut. */
	char shown[96];
};

/* Room for what kvk_number_words() says. */
#define KVK_NUMBER_WORDS 224

/* Reads the form of a number in text. */
void kvk_identity_read(struct kvk_span text, struct kvk_number *out);
/* Whether it has the prefix of test OINs, 00000099, which anyone may use. */
bool kvk_number_is_test(const struct kvk_number *number);
/*
 * What the number is, or what is wrong with its form, for people: ", OIN of RSIN 823288444", "";
 * to be appended to the number itself. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_number_words(const struct kvk_number *number, char out[static KVK_NUMBER_WORDS]);
/* Reads the first subject serialNumber. KVK_ERR_MEMORY. */
enum kvk_err kvk_subject_number(const struct kvk_certificate *cert, struct kvk_number *out);
/* Reads the KVK number of an organizationIdentifier "NTRNL-12345678" (EN 319 412-1 5.1.4): NONE
 * where there is none, OTHER for other schemes. KVK_ERR_MEMORY. */
enum kvk_err kvk_organisation_number(const struct kvk_certificate *cert, struct kvk_number *out);

/* Whether text is a host name: at least two labels of letters, digits and inner hyphens, none over
 * 63, the last not all digits (RFC 1123 2.1). */
bool kvk_is_host_name(struct kvk_span text);

#endif
