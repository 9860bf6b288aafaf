/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What OCSP answers say of a certificate (RFC 6960 section 3.2): never how they were fetched. An
 * answer counts only when it names this very certificate, was signed by the issuer itself or by a
 * responder that the issuer named for it (the exact EKU, issued directly), and is of now. Of
 * several entries the worst wins.
 */
#ifndef KVKCSR_REVOCATION_OCSP_STATUS_H
#define KVKCSR_REVOCATION_OCSP_STATUS_H

#include "cert/ocsp.h"
#include "revocation/crl_status.h"

/* An answer that was handed in; ocsp is NULL where the bytes could not be read as one. */
struct kvk_ocsp_candidate {
	const struct kvk_ocsp *ocsp;
	/* What the user calls it; not escaped. */
	const char *label;
};

struct kvk_ocsp_input {
	const struct kvk_certificate *certificate;
	/* Its issuer: the next step of the path, or NULL and then the anchor. */
	const struct kvk_certificate *issuer;
	const struct kvk_anchor *anchor;
	/*
	 * Optional: the key that has the parameters where the issuer's key inherits them (DSA).
	 */
	struct kvk_span issuer_parent_spki;
	const struct kvk_ocsp_candidate *answers;
	size_t answer_count;
	/* CRLs that may tell whether a responder's own certificate was revoked. */
	const struct kvk_crl_candidate *crls;
	size_t crl_count;
	/* The nonce that was sent; empty for stored answers. One that comes back must be the same.
	 */
	struct kvk_span nonce;
	kvk_time at;
	enum kvk_manner manner;
	struct kvk_signatures *signatures;
};

/*
 * Judges one certificate: good, revoked, or undetermined with why KVK_WHY_OCSP (an answer was there
 * and cannot be used), KVK_WHY_OCSP_UNKNOWN (the responder does not know the certificate) or
 * KVK_WHY_NO_CRL (no answer is about the issuer). KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_ocsp_status(const struct kvk_ocsp_input *input, struct kvk_revocation_answer *out);
/*
 * Brings an OCSP answer and what CRLs say together: revoked by either is revoked, good by either is
 * good (Java falls back on CRLs), else the OCSP answer's why where there was one.
 */
void kvk_revocation_combine(const struct kvk_revocation_answer *ocsp,
	const struct kvk_revocation_answer *crl, struct kvk_revocation_answer *out);

#endif
