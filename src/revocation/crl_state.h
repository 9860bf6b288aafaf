/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state variables of RFC 5280 6.3.2 for one certificate, and what is known of each CRL: what
 * the RFC's reader (crl_rfc5280.h) and Java's (crl_java.h) share. Only revocation/ includes this
 * header.
 */
#ifndef KVKCSR_REVOCATION_CRL_STATE_H
#define KVKCSR_REVOCATION_CRL_STATE_H

#include "revocation/crl_listing.h"
#include "revocation/crl_signer.h"

/* What is known of one CRL, whichever distribution point asks. */
struct kvk_crl_known {
	const struct kvk_crl *crl;
	/* Its place among those handed in. */
	size_t place;
	bool signer_known, listing_known, delta_known;
	enum kvk_revocation_why signer;
	struct kvk_span key;
	struct kvk_crl_listing listing;
	/* The delta CRL that goes with it, or NULL. */
	struct kvk_crl_known *delta;
	/* It may be believed, and what it says counts. */
	bool counts;
};

struct kvk_crl_state {
	const struct kvk_crl_input *in;
	const struct kvk_crl_outer *outer;
	/* cert_status. */
	struct kvk_revocation_answer *answer;
	/* reasons_mask: for which a CRL has said that the certificate is not revoked. */
	uint32_t reasons;
	/* The CRLs, the newest first: by date, then by cRLNumber. */
	size_t count;
	struct kvk_crl_known all[KVK_LIMIT_CRLS];
};

/*
 * Keeps why a CRL was of no use; of several that fail, the one that came furthest tells most.
 */
void kvk_crl_state_pass_over(
	struct kvk_crl_state *state, const struct kvk_crl_known *c, enum kvk_revocation_why why);
/*
 * Whether another one counts that is just as new, of the same issuer: then nobody knows which of
 * them came last, and what either says is heard.
 */
bool kvk_crl_state_has_twin(const struct kvk_crl_state *state, const struct kvk_crl *crl);
/* A CRL has to be there already, and not replaced yet, with clocks that differ by skew. */
enum kvk_revocation_why kvk_crl_state_times(
	const struct kvk_crl_state *state, const struct kvk_crl *crl, kvk_time skew);
/* What a CRL says of the certificate; looked up once. */
const struct kvk_crl_listing *kvk_crl_state_listing(
	struct kvk_crl_state *state, struct kvk_crl_known *c);
/* The certificate is revoked, says this CRL. */
void kvk_crl_state_revoke(struct kvk_crl_state *state, const struct kvk_crl_known *c);
/* All reasons are covered, and no CRL revokes: good, unless one was left unread because of a limit.
 */
void kvk_crl_state_clear(struct kvk_crl_state *state);

#endif
