/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One certificate under judgement by CRLs: what the RFC's reader (crl_status.c) and Java's
 * (crl_java.c) share. Only revocation/ includes this header.
 */
#ifndef KVKCSR_REVOCATION_CRL_JUDGEMENT_H
#define KVKCSR_REVOCATION_CRL_JUDGEMENT_H

#include "revocation/crl_entry.h"
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
};

struct kvk_crl_judgement {
	const struct kvk_crl_input *in;
	const struct kvk_crl_outer *outer;
	struct kvk_revocation_answer *answer;
	enum kvk_manner names;
	/* Reasons for which a CRL has said that the certificate is not revoked. */
	uint32_t reasons;
	/* The newest first. */
	size_t count;
	struct kvk_crl_known all[KVK_LIMIT_CRLS];
};

/*
 * Takes note why a CRL was of no use; of several that fail, the one that came furthest tells most.
 */
void kvk_crl_pass_over(
	struct kvk_crl_judgement *j, const struct kvk_crl_known *c, enum kvk_revocation_why why);
/* A CRL has to be there already, and not replaced yet, with clocks that differ by skew. */
enum kvk_revocation_why kvk_crl_times(
	const struct kvk_crl_judgement *j, const struct kvk_crl *crl, kvk_time skew);
/* What a CRL says of the certificate; looked up once. */
const struct kvk_crl_listing *kvk_crl_listing_of(
	struct kvk_crl_judgement *j, struct kvk_crl_known *c);
/* Why what was looked up cannot be used; KVK_WHY_DETERMINED where it can. */
enum kvk_revocation_why kvk_crl_listing_why(const struct kvk_crl_listing *listing);
/* The certificate is revoked, says this CRL. */
void kvk_crl_tell_revoked(struct kvk_crl_judgement *j, const struct kvk_crl_known *c);
/* crl_java.c: the whole judgement in Java's manner. */
enum kvk_err kvk_crl_judge_java(struct kvk_crl_judgement *j);

#endif
