/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What CRLs say of a certificate (RFC 5280 section 6.3): never how they were fetched.
 */
#ifndef KVKCSR_REVOCATION_CRL_STATUS_H
#define KVKCSR_REVOCATION_CRL_STATUS_H

#include "revocation/answer.h"
#include "revocation/crl_input.h"

/*
 * The status of one certificate: RFC 5280 6.3.3 whole. In Java's manner times may be 15 minutes
 * off, an entry whose date is not yet past does not revoke, and delta CRLs are not used. Of several
 * CRLs the newest is asked first; where several are just as new, the worst counts. KVK_ERR_MEMORY;
 * everything else is in the answer.
 */
enum kvk_err kvk_crl_status(const struct kvk_crl_input *input, struct kvk_revocation_answer *out);

#endif
