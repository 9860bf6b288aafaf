/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers (CRLs, OCSP answers) of one file: a file in DER has one or, of the same kind, several
 * one after another; a file in PEM has one in each block. What is neither, or another kind of
 * block, counts as an answer that cannot be read.
 */
#ifndef KVKCSR_GATHER_STORED_H
#define KVKCSR_GATHER_STORED_H

#include "base/blob.h"
#include "base/vec.h"
#include "cert/kind.h"

/* Takes one answer; der is empty where it could not be read, and lives as long as the storage. */
typedef enum kvk_err (*kvk_stored_take)(void *context, struct kvk_span der);

/*
 * Calls add for each answer of a file. bytes are taken over into storage (a vector of struct
 * kvk_blob) or freed. pem_label is the label of the blocks that count. KVK_ERR_LIMIT for a PEM file
 * of more than pem_limit bytes, KVK_ERR_MEMORY, and the errors of add.
 */
enum kvk_err kvk_stored_add(struct kvk_blob *bytes, const char *pem_label, size_t pem_limit,
	struct kvk_vec *storage, kvk_stored_take add, void *context);

/* What a file contains, by its first value or block; KVK_BLOCK_OTHER where that is not known. */
enum kvk_block_kind kvk_stored_kind(struct kvk_span file);

#endif
