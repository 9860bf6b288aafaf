/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which CRL speaks for which certificate (RFC 5280 6.3.3 (b) and (d)): issuer, distribution point,
 * kinds of certificates and reasons. It looks at no signature, no time and no entry.
 */
#ifndef KVKCSR_REVOCATION_CRL_SCOPE_H
#define KVKCSR_REVOCATION_CRL_SCOPE_H

#include "cert/crl.h"
#include "path/name_equal.h"

/* What may still be spent on one certificate, and on the signers of its CRLs. */
struct kvk_crl_budget {
	/* Paths of signers. */
	unsigned paths;
	/* Comparisons of names; exhausted: one more was asked for. */
	size_t comparisons;
	bool exhausted;
};

/* Octets of a comparison that cost as much as one more. */
#define KVK_CRL_COST_OCTETS 64u

/*
 * Pays for a comparison of so many octets; false where the budget is used up, from then on. budget
 * may be NULL: all is free.
 */
bool kvk_crl_pay(struct kvk_crl_budget *budget, size_t octets);

/*
 * Whether two names are the same, which costs the more the longer they are, unless that is plain at
 * first sight; no where the budget is used up.
 */
bool kvk_crl_same_name(const struct kvk_name *a, const struct kvk_name *b, enum kvk_manner manner,
	struct kvk_crl_budget *budget);

/*
 * A certificate and one of its distribution points; point NULL: the one that is implied (6.3.3,
 * end).
 */
struct kvk_crl_scope {
	const struct kvk_certificate *certificate;
	const struct kvk_crl_point *point;
	enum kvk_manner manner;
	struct kvk_crl_budget *budget;
};

/*
 * (b)(1): whether the CRL comes from whom the distribution point says, else from the issuer of the
 * certificate. Here and below: no, where the budget is exhausted.
 */
bool kvk_crl_scope_issuer(const struct kvk_crl_scope *scope, const struct kvk_crl *crl);
/*
 * (b)(2): whether the issuing distribution point of the CRL takes in this certificate.
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_crl_scope_covers(
	const struct kvk_crl_scope *scope, const struct kvk_crl *crl, bool *out);
/*
 * All reasons of ReasonFlags: bits 1 to 8; bit 0 is unused (4.2.1.13), but Java wants it covered
 * too, which only a CRL without onlySomeReasons does.
 */
uint32_t kvk_crl_scope_all(enum kvk_manner manner);
/* (d): the reasons for which the CRL speaks at this distribution point. */
uint32_t kvk_crl_scope_reasons(const struct kvk_crl_scope *scope, const struct kvk_crl *crl);
/*
 * Whether GeneralNames (their contents) hold this directory name. Names that cannot be read do not
 * match. budget may be NULL: none.
 */
bool kvk_crl_scope_holds(struct kvk_span general_names, const struct kvk_name *name,
	enum kvk_manner manner, struct kvk_crl_budget *budget);

#endif
