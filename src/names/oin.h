/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The OIN (government identification number) and the HRN (the same form, derived by a TSP for
 * whoever has no OIN): 20 digits that a certificate carries in the subject's serialNumber. It knows
 * their form and what a prefix means (Logius, OIN-Stelsel, 2026-03-13); whether a number is
 * registered this unit does not ask.
 */
#ifndef KVKCSR_NAMES_OIN_H
#define KVKCSR_NAMES_OIN_H

#include "names/number.h"

#define KVK_OIN_DIGITS 20

/* Which register the main number comes from, by the first 8 digits. */
enum kvk_oin_kind {
	KVK_OIN_RSIN,
	KVK_OIN_FI,
	KVK_OIN_KVK,
	KVK_OIN_SUB,
	KVK_OIN_LOGIUS,
	KVK_OIN_BRIN,
	KVK_OIN_FOREIGN,
	KVK_OIN_UZI,
	KVK_OIN_TRR,
	KVK_OIN_DEZI,
	KVK_OIN_TEST,
};

/* An OIN or HRN that was read. */
struct kvk_oin {
	char text[KVK_OIN_DIGITS + 1];
	enum kvk_oin_kind kind;
	/* The KVK number where the kind is KVK_OIN_KVK, else "". */
	char kvk_number[KVK_NUMBER_DIGITS + 1];
	/* The main number without prefix and suffix. */
	char main_number[KVK_RSIN_DIGITS + 1];
};

/*
 * Reads an OIN or HRN: 20 digits, a prefix that is in use, the zeros of its suffix, and for an
 * RSIN the 11-test. KVK_ERR_REFUSED with why. The test prefix 00000099 is read; whoever must not
 * take it looks at the kind.
 */
enum kvk_err kvk_oin_read(struct kvk_span text, struct kvk_oin *out, struct kvk_error *why);
/*
 * The HRN of a KVK number: 00000003, the number, 0000. kvk_number must be 8 digits, else
 * KVK_ERR_ARGUMENT.
 */
enum kvk_err kvk_oin_of_kvk_number(const char *kvk_number, struct kvk_oin *out);
/* What a number says, for people: "HRN of KVK 68750110". Appended; KVK_ERR_MEMORY. */
enum kvk_err kvk_oin_describe(const struct kvk_oin *oin, struct kvk_blob *out);
/* Whether a number has a prefix that is a SubOIN's (main organisation in O, holder in OU). */
bool kvk_oin_is_sub(const struct kvk_oin *oin);
/*
 * Whether only a government body has such a number: that of an RSIN, and a SubOIN. Others are a
 * company's too, or may be.
 */
bool kvk_oin_is_of_government(const struct kvk_oin *oin);
/*
 * Whether a subject serialNumber of 20 characters has the form that the G4 profile asks: 000000,
 * 11 digits, 000.
 */
bool kvk_oin_fits_g4(struct kvk_span text);

#endif
