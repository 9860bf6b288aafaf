/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The CRLs of a chain: a good one of each CA, and what mutations make of them. Not here: what is
 * right or wrong about them.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_CRLS_H
#define KVKCSR_TESTS_DIFFERENTIAL_CRLS_H

#include "tests/differential/chain.h"

/* Gives a chain a CRL of each CA, anchor included, that revokes nobody. */
enum kvk_err crls_start(struct chain *chain);
/* Gives it one more, of number issuer of the chain. KVK_ERR_LIMIT. */
enum kvk_err crls_add(struct chain *chain, size_t issuer);
/* Gives the chain and its CRLs their mutations. KVK_ERR_MEMORY. */
enum kvk_err crls_mutate(struct chain *chain, struct dice *dice);
/* Signs all CRLs, with the names and serial numbers that the chain has now. */
enum kvk_err crls_make(struct chain *chain, struct dice *dice);
void crls_free(struct chain *chain);

#endif
