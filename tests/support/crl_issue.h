/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CRL that is to be made, good or bad, as practice/issue.h has it for certificates. Nothing is
 * checked.
 */
#ifndef KVKCSR_TESTS_SUPPORT_CRL_ISSUE_H
#define KVKCSR_TESTS_SUPPORT_CRL_ISSUE_H

#include "practice/practice.h"
#include "tests/support/issue_odd.h"

/* One revoked certificate. */
struct kvk_crl_revoked {
	/* Content octets of the INTEGER. */
	struct kvk_blob serial;
	kvk_time date;
	/* CRLReason code; below 0: left out. */
	int reason;
	/* Further entry extensions: each whole (SEQUENCE), one after the other. */
	struct kvk_blob extensions;
};

/* Make with kvk_crl_issue_start(), free with kvk_crl_issue_free(). */
struct kvk_crl_issue {
	/* 1 or 2; 1 leaves out all extensions. */
	unsigned version;
	/* The issuer's Name, whole; empty: the name of the CA that signs. */
	struct kvk_blob issuer;
	kvk_time this_update, next_update;
	/* nextUpdate is left out. */
	bool no_next_update;
	/* struct kvk_crl_revoked. */
	struct kvk_vec revoked;
	/* struct kvk_issue_extension, in order. */
	struct kvk_vec extensions;
	const struct kvk_signing *signing;
	enum kvk_damage damage;
	enum kvk_err err;
};

/* A version 2 CRL without entries and extensions. */
void kvk_crl_issue_start(struct kvk_crl_issue *crl);
void kvk_crl_issue_free(struct kvk_crl_issue *crl);
/* Adds a certificate by its serial (content octets). reason below 0: none. */
void kvk_crl_revoke(struct kvk_crl_issue *crl, struct kvk_span serial, kvk_time date, int reason);
/* Sets, appends or removes an extension of the CRL. */
void kvk_crl_extension(
	struct kvk_crl_issue *crl, const char *dotted, bool critical, struct kvk_span value);
void kvk_crl_drop(struct kvk_crl_issue *crl, enum kvk_oid oid);
/* cRLNumber, authorityKeyIdentifier, deltaCRLIndicator. */
void kvk_crl_number(struct kvk_crl_issue *crl, uint64_t number);
void kvk_crl_aki(struct kvk_crl_issue *crl, struct kvk_span id);
void kvk_crl_delta(struct kvk_crl_issue *crl, uint64_t base);
/*
 * issuingDistributionPoint, critical: a URL or NULL, the number of a BOOLEAN member that is TRUE
 * (1 onlyContainsUserCerts, 2 onlyContainsCACerts, 4 indirectCRL, 5 onlyContainsAttributeCerts; 0
 * none), and onlySomeReasons as bits (0 none).
 */
void kvk_crl_idp(struct kvk_crl_issue *crl, const char *url, unsigned member, uint32_t reasons);
/* Makes the CRL. *out is emptied first. As kvk_issue_sign(). */
enum kvk_err kvk_crl_sign(const struct kvk_crl_issue *crl, struct kvk_span issuer,
	const struct kvk_key *key, struct kvk_blob *out);

/* The issue of a CA's CRL: made an hour before now, next a day later, with number and AKI. */
enum kvk_err kvk_practice_crl(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_crl_issue *crl);
/* Signs a CRL by the CA of this level. */
enum kvk_err kvk_practice_crl_sign(struct kvk_practice *tsp, enum kvk_practice_level level,
	struct kvk_crl_issue *crl, struct kvk_blob *out);

#endif
