/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which delta CRL goes with which complete CRL (RFC 5280 5.2.4, 6.3.3 (c)). It looks at no
 * signature and no time.
 */
#ifndef KVKCSR_REVOCATION_CRL_DELTA_H
#define KVKCSR_REVOCATION_CRL_DELTA_H

#include "revocation/crl_scope.h"

/*
 * Whether a delta CRL may be combined with a complete one: issuer, scope, key identifier and
 * numbers. No where the budget is used up.
 */
bool kvk_crl_delta_fits(const struct kvk_crl *delta, const struct kvk_crl *complete,
	enum kvk_manner manner, struct kvk_crl_budget *budget);

#endif
