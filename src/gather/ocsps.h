/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The OCSP answers of a run, from files in DER or PEM. What cannot be read is kept as an answer
 * that cannot be used. Not here: whether an answer is good for a certificate (revocation/).
 */
#ifndef KVKCSR_GATHER_OCSPS_H
#define KVKCSR_GATHER_OCSPS_H

#include "base/vec.h"
#include "revocation/ocsp_status.h"

/* Owns the bytes and the answers. Start all-zero, free with kvk_ocsps_free(). */
struct kvk_ocsps {
	/* struct kvk_ocsp_candidate. */
	struct kvk_vec candidates;
	/* struct kvk_ocsp pointers, owned. */
	struct kvk_vec owned;
	/* struct kvk_blob. */
	struct kvk_vec storage;
};

/*
 * Adds what bytes hold, and takes them over (bytes->p is NULL after success). label must outlive
 * the answers. KVK_ERR_LIMIT, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_ocsps_add(struct kvk_ocsps *ocsps, struct kvk_blob *bytes, const char *label);
/* The answers as an array. */
const struct kvk_ocsp_candidate *kvk_ocsps_array(const struct kvk_ocsps *ocsps, size_t *count);
void kvk_ocsps_free(struct kvk_ocsps *ocsps);

#endif
