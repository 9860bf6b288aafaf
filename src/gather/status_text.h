/* SPDX-License-Identifier: Apache-2.0 */
/* Why the status of a certificate is not known, in a word for scripts and in a sentence. */
#ifndef KVKCSR_GATHER_STATUS_TEXT_H
#define KVKCSR_GATHER_STATUS_TEXT_H

#include "gather/status.h"

/*
 * The attempt that counts for one that nothing decided: the last one that was asked; where none
 * was, the last one that was passed over. NULL where no address was tried.
 */
const struct kvk_attempt *kvk_status_last(const struct kvk_status *status);
/*
 * The word for why: a reason of net/reason.h where nothing came from the address that counts, else
 * one of revocation/answer.h without "crl-". "" where the status is known; static.
 */
const char *kvk_status_why_word(const struct kvk_status *status);
/* Sets the error to what was wrong with an attempt, with its address; empty where it decided. */
void kvk_attempt_error_set(const struct kvk_attempt *attempt, struct kvk_error *why);
/* Sets the error to why the status is unknown, of the attempt that counts, else of what was given.
 */
void kvk_status_error_set(const struct kvk_status *status, struct kvk_error *why);
/*
 * Whether an address is to be fetched elsewhere: nothing came from it, or only an old copy, it is
 * one of http or https, and it was not refused: what this program does not ask for, it does not
 * tell others to ask for.
 */
bool kvk_attempt_is_wanted(const struct kvk_attempt *attempt);

#endif
