/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence: what a delivery is evaluated by, read from the files that a case names, or installed.
 * One lot of it serves all deliveries of a run.
 */
#ifndef KVKCSR_GATHER_EVIDENCE_H
#define KVKCSR_GATHER_EVIDENCE_H

#include "cert/csr.h"
#include "register/oin_list.h"
#include "revocation/crl_status.h"
#include "revocation/ocsp_status.h"
#include "trust/trust.h"

/* Everything is borrowed. */
struct kvk_evidence {
	const struct kvk_trust *trust;
	const struct kvk_knowledge *knowledge;
	/* Certificates that may help to build a path, besides those of the file. */
	const struct kvk_candidate *extra;
	size_t extra_count;
	/* CRLs and OCSP answers, also such as could not be read. */
	const struct kvk_crl_candidate *crls;
	size_t crl_count;
	const struct kvk_ocsp_candidate *ocsps;
	size_t ocsp_count;
	/* Fingerprints of certificates that were uploaded before; history_known: asked at all. */
	bool history_known;
	size_t uploaded_count;
	const uint8_t (*uploaded)[KVK_SHA256_SIZE];
	/* SHA-256 of their public keys, of those whose certificates are available. */
	size_t uploaded_key_count;
	const uint8_t (*uploaded_keys)[KVK_SHA256_SIZE];
	/* SHA-256 of the public key that the certificate must have (--key, --csr), or NULL. */
	const uint8_t *own_key;
	/* The request that it was made from, or NULL. */
	const struct kvk_csr *request;
	/* A file with the OIN register, which is looked into instead of asking; NULL: none. */
	const struct kvk_oin_list *oin_list;
};

#endif
