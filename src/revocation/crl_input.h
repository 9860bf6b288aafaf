/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the CRLs are asked with: the certificate, its issuer, and the CRLs that were handed in.
 */
#ifndef KVKCSR_REVOCATION_CRL_INPUT_H
#define KVKCSR_REVOCATION_CRL_INPUT_H

#include "cert/crl.h"
#include "cert/guise.h"
#include "cert/kind.h"
#include "path/path.h"

/* A CRL that was handed in; crl is NULL where the bytes could not be read as one. */
struct kvk_crl_candidate {
	const struct kvk_crl *crl;
	/* What the user calls it; not escaped. */
	const char *label;
	/* What the file is instead, where it is none: its guise, and else the kind of its contents.
	 */
	enum kvk_guise guise;
	enum kvk_block_kind kind;
};

struct kvk_crl_input {
	const struct kvk_certificate *certificate;
	/* Its issuer: the next certificate of the path, or NULL and then the anchor. */
	const struct kvk_certificate *issuer;
	/* The anchor of the path; the issuer where issuer is NULL. */
	const struct kvk_anchor *anchor;
	const struct kvk_crl_candidate *crls;
	size_t crl_count;
	kvk_time at;
	enum kvk_manner manner;
	struct kvk_signatures *signatures;
	/*
	 * Optional: certificates among which other signers of CRLs are looked for (a key of its own
	 * for CRLs, indirect CRLs). Such a certificate counts when it has a valid path to the same
	 * anchor and is itself not revoked.
	 */
	const struct kvk_candidate *pool;
	size_t pool_count;
	/*
	 * Optional: the key that has the parameters where the issuer's key inherits them (DSA).
	 */
	struct kvk_span issuer_parent_spki;
};

#endif
