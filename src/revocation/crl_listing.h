/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking a certificate up in a CRL (RFC 5280 5.3, 6.3.3 (i), (j)): a walk over the entries as a
 * stream. It does not say whether the CRL may be believed.
 */
#ifndef KVKCSR_REVOCATION_CRL_LISTING_H
#define KVKCSR_REVOCATION_CRL_LISTING_H

#include "path/name_equal.h"
#include "revocation/answer.h"

/* What a CRL says of one certificate. */
struct kvk_crl_listing {
	bool listed;
	kvk_time date;
	bool has_reason;
	enum kvk_crl_reason reason;
	/* The entries cannot be read; too many issuers would have to be compared. */
	bool unreadable, exhausted;
	/* Any entry has an unknown critical extension. */
	bool any_critical;
	/* Its own entry has a critical extension that Java does not look at. */
	bool own_critical;
};

/*
 * Looks a certificate up by issuer and serial number; the INTEGERs are compared octet by octet. Of
 * several entries the first counts, for Java the last.
 */
void kvk_crl_listing_find(const struct kvk_crl *crl, const struct kvk_certificate *certificate,
	enum kvk_manner manner, struct kvk_crl_listing *out);
/* Why what was looked up cannot be used; KVK_WHY_DETERMINED where it can. */
enum kvk_revocation_why kvk_crl_listing_why(const struct kvk_crl_listing *listing);

#endif
