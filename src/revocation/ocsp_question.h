/* SPDX-License-Identifier: Apache-2.0 */
/* What an OCSP responder is asked about a certificate; how it is sent is decided elsewhere. */
#ifndef KVKCSR_REVOCATION_OCSP_QUESTION_H
#define KVKCSR_REVOCATION_OCSP_QUESTION_H

#include "base/blob.h"
#include "revocation/ocsp_input.h"

/*
 * Writes the request (cert/ocsp_request.h) about the certificate of an input; of the rest only its
 * issuer counts. *out is freed first. KVK_ERR_DER where the issuer's key cannot be read,
 * KVK_ERR_CRYPTO, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_ocsp_question(const struct kvk_ocsp_input *input, struct kvk_blob *out);

#endif
