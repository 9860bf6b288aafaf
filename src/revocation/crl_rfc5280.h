/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRLs as RFC 5280 6.3.3 processes them. Only revocation/ includes this header.
 */
#ifndef KVKCSR_REVOCATION_CRL_RFC5280_H
#define KVKCSR_REVOCATION_CRL_RFC5280_H

#include "revocation/crl_state.h"

/* Asks all CRLs about the certificate. KVK_ERR_MEMORY. */
enum kvk_err kvk_crl_rfc5280(struct kvk_crl_state *state);

#endif
