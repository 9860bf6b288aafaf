/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRLs as Java's validator reads them (measured with JDK 17). It differs from RFC 5280 6.3.3 in
 * what counts: times may be 15 minutes off; delta CRLs are not used; a CA without keyUsage may not
 * sign CRLs at first; a CRL whose authority key identifier is not that of the certificate is taken
 * for one of another signer, and where that signer is not found no CRL counts at all; of the
 * critical extensions only the issuing distribution point is known; nothing counts, not even an
 * entry that revokes, before all reasons are covered; an entry whose date is not yet past does not
 * revoke.
 *
 * Only revocation/ includes this header.
 */
#ifndef KVKCSR_REVOCATION_CRL_JAVA_H
#define KVKCSR_REVOCATION_CRL_JAVA_H

#include "revocation/crl_state.h"

/* Asks all CRLs about the certificate. KVK_ERR_MEMORY. */
enum kvk_err kvk_crl_java(struct kvk_crl_state *state);

#endif
