/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the certificates of a path are revoked, and how that is known: by what the user gave;
 * where that leaves something open, by what the addresses give that a certificate names: its OCSP
 * responders first, as Java does, then its CRLs, each of them in turn until one says what is
 * wanted.
 */
#ifndef KVKCSR_GATHER_STATUS_H
#define KVKCSR_GATHER_STATUS_H

#include "gather/fetcher.h"
#include "revocation/crl_status.h"
#include "revocation/ocsp_status.h"

/* What decided. */
enum kvk_status_by { KVK_BY_NOTHING, KVK_BY_CRL, KVK_BY_OCSP };

/* An address that was asked, or should have been. */
struct kvk_attempt {
	const struct kvk_fetched *fetched;
	/* Of what came: why it did not decide; KVK_WHY_DETERMINED where it did, or nothing came. */
	enum kvk_revocation_why why;
	unsigned flaws;
};

/* What is known of one certificate; it borrows from the fetcher and from what was given. */
struct kvk_status {
	struct kvk_revocation_answer answer;
	/* The CRL that decided, NULL where none did. */
	const struct kvk_crl *crl;
	enum kvk_status_by by;
	/* What decided was fetched; NULL: it was given, or nothing decided. */
	const struct kvk_fetched *fetched;
	/* In the order in which they were asked. */
	size_t attempt_count;
	struct kvk_attempt attempts[KVK_LIMIT_REVOCATION_ADDRESSES];
};

struct kvk_status_input {
	/* A path with an anchor, whose signatures hold. */
	const struct kvk_path *path;
	kvk_time at;
	struct kvk_signatures *signatures;
	/* What was given. */
	const struct kvk_crl_candidate *crls;
	size_t crl_count;
	const struct kvk_ocsp_candidate *ocsps;
	size_t ocsp_count;
	/* Certificates among which signers of CRLs are looked for (revocation/crl_input.h). */
	const struct kvk_candidate *pool;
	size_t pool_count;
	/* NULL: no address is asked. */
	const struct kvk_fetcher *fetcher;
	/* CRLs are asked before OCSP; OCSP is not asked at all. */
	bool crls_first, no_ocsp;
};

/*
 * Asks about certificate first of the path and all above it, from the top. out has room for
 * path->count; those below first stay as they are. *pending: the fetcher does not know something
 * yet, so ask again later; what is in out until then is of no use. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_status_find(
	const struct kvk_status_input *input, size_t first, struct kvk_status *out, bool *pending);
/*
 * Whether an address could not be reached that may tell what is open of a certificate. Not so where
 * all addresses were refused or delivered something of no use: those give no more over any network.
 */
bool kvk_status_lacks_network(const struct kvk_status *status);

#endif
