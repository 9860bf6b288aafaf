/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What OCSP answers say of a certificate (RFC 6960 section 3.2): never how they were fetched. An
 * answer counts only when it names this very certificate, was signed by the issuer itself or by a
 * responder that the issuer named for it (the exact EKU, issued directly), and is of now. Of
 * several entries the worst wins.
 */
#ifndef KVKCSR_REVOCATION_OCSP_STATUS_H
#define KVKCSR_REVOCATION_OCSP_STATUS_H

#include "revocation/answer.h"
#include "revocation/ocsp_input.h"

/*
 * The status of one certificate: good, revoked, or undetermined with why KVK_WHY_OCSP (an answer
 * was there and cannot be used), KVK_WHY_OCSP_UNKNOWN (the responder does not know the certificate)
 * or KVK_WHY_NO_CRL (no answer is about the issuer). KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_ocsp_status(const struct kvk_ocsp_input *input, struct kvk_revocation_answer *out);

#endif
