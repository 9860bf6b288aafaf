/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What OCSP answers are asked with: the certificate, its issuer, and the answers that were handed
 * in.
 */
#ifndef KVKCSR_REVOCATION_OCSP_INPUT_H
#define KVKCSR_REVOCATION_OCSP_INPUT_H

#include "cert/ocsp.h"
#include "cert/guise.h"
#include "cert/kind.h"
#include "revocation/crl_input.h"

/* An answer that was handed in; ocsp is NULL where the bytes could not be read as one. */
struct kvk_ocsp_candidate {
	const struct kvk_ocsp *ocsp;
	/* What the user calls it; not escaped. */
	const char *label;
	/* What the file is instead, where it is none: its guise, and else the kind of its contents.
	 */
	enum kvk_guise guise;
	enum kvk_block_kind kind;
};

struct kvk_ocsp_input {
	const struct kvk_certificate *certificate;
	/* Its issuer: the next certificate of the path, or NULL and then the anchor. */
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
	/* The nonce that was sent, which one that comes back must be; empty for stored answers. */
	struct kvk_span nonce;
	kvk_time at;
	enum kvk_manner manner;
	struct kvk_signatures *signatures;
};

#endif
