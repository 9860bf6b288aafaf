/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The CRLs of a run, from files in PEM (any number of blocks) or DER. What cannot be read as a CRL
 * is kept as one that cannot be used, because it was offered as an answer. Not here: whether a CRL
 * is good for a certificate (revocation/).
 */
#ifndef KVKCSR_GATHER_CRLS_H
#define KVKCSR_GATHER_CRLS_H

#include "base/vec.h"
#include "revocation/crl_status.h"

/* Owns the bytes and the CRLs. Start all-zero, free with kvk_crls_free(). */
struct kvk_crls {
	/* struct kvk_crl_candidate. */
	struct kvk_vec candidates;
	/* struct kvk_crl pointers, owned. */
	struct kvk_vec owned;
	/* struct kvk_blob. */
	struct kvk_vec storage;
};

/*
 * Adds what bytes hold, and takes them over (bytes->p is NULL after success). label must outlive
 * the CRLs. KVK_ERR_LIMIT (too many, or a PEM file above KVK_LIMIT_CRL_PEM), KVK_ERR_MEMORY.
 */
enum kvk_err kvk_crls_add(struct kvk_crls *crls, struct kvk_blob *bytes, const char *label);
/* The CRLs as an array. */
const struct kvk_crl_candidate *kvk_crls_array(const struct kvk_crls *crls, size_t *count);
void kvk_crls_free(struct kvk_crls *crls);

#endif
