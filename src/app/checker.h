/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks signatures for those who evaluate: a verifier, with a cache of what it said that also
 * knows the CRLs that a run has fetched. One thread at a time.
 */
#ifndef KVKCSR_APP_CHECKER_H
#define KVKCSR_APP_CHECKER_H

#include "app/online.h"
#include "path/signatures.h"

/* It stays where it was opened. */
struct kvk_checker {
	struct kvk_verifier *verifier;
	struct kvk_signature_cache cache;
	struct kvk_signatures signatures;
	/* How many of the CRLs that were fetched are in memory for the cache. */
	size_t pinned;
};

/* KVK_ERR_MEMORY, KVK_ERR_CRYPTO; close it also then. */
enum kvk_err kvk_checker_open(struct kvk_checker *checker);
/* Accepts an all-zero one. */
void kvk_checker_close(struct kvk_checker *checker);
/*
 * Tells the cache of the CRLs that were fetched since the last call, which stay as they are as long
 * as the run, or until kvk_checker_unpin(). KVK_ERR_MEMORY.
 */
enum kvk_err kvk_checker_pin(struct kvk_checker *checker, const struct kvk_online *online);
/* Makes the cache forget them, because they may go away. */
void kvk_checker_unpin(struct kvk_checker *checker);

#endif
