/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers of organisations that are shorter than an OIN: the KVK number of the trade register
 * (8 digits) and the RSIN (9 digits), and the organizationIdentifier that carries the first. Forms
 * only; whether a number is registered this unit does not ask.
 */
#ifndef KVKCSR_NAMES_NUMBER_H
#define KVKCSR_NAMES_NUMBER_H

#include <stdbool.h>

#include "base/blob.h"

/* Who holds a number: a market party is known by its KVK number, a government body by its OIN. */
enum kvk_party { KVK_PARTY_UNKNOWN, KVK_PARTY_MARKET, KVK_PARTY_GOVERNMENT };

/* The party of the word that --party and answer files take; NULL: unknown. */
enum kvk_party kvk_party_of(const char *word);

#define KVK_NUMBER_DIGITS 8
#define KVK_RSIN_DIGITS 9

/*
 * Reads a KVK number: 8 digits, nothing around them. It has no check digit. KVK_ERR_REFUSED, and
 * why says the rule and, where the digits look like another number (OIN, RSIN, branch number),
 * which.
 */
enum kvk_err kvk_number_read(
	struct kvk_span text, char out[static KVK_NUMBER_DIGITS + 1], struct kvk_error *why);
/*
 * What digits of this length probably are ("12 digits are a branch number (vestigingsnummer)"),
 * translated; NULL where nothing comes to mind, or it is not all digits.
 */
const char *kvk_number_resembles(struct kvk_span text);
/*
 * The 11-test of an RSIN (weights 9 8 7 6 5 4 3 2 -1; the sum is a multiple of 11). False where
 * it is not 9 digits.
 */
bool kvk_number_is_rsin(struct kvk_span text);
/*
 * Reads an organizationIdentifier "NTRNL-68750110" (ETSI EN 319 412-1, 5.1.4): the KVK number in
 * it. KVK_ERR_REFUSED.
 */
enum kvk_err kvk_number_of_identifier(struct kvk_span text, char out[static KVK_NUMBER_DIGITS + 1]);
/* Whether all digits of a text are 0. */
bool kvk_number_is_zero(struct kvk_span text);
/*
 * Refuses digits: "'123' is not 8 digits", with the rule (translated) and what they resemble.
 * Returns KVK_ERR_REFUSED.
 */
enum kvk_err kvk_number_refuse(struct kvk_span text, const char *rule, struct kvk_error *why);

#endif
