/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a server gives as a CRL: DER (RFC 5280 4.2.1.13), and, because some servers do, a PEM block
 * or its bare base64. Whether it is a CRL is for cert/crl.h.
 */
#ifndef KVKCSR_CERT_CRL_BODY_H
#define KVKCSR_CERT_CRL_BODY_H

#include "base/blob.h"

/* The label of a CRL in PEM (RFC 7468 section 6). */
#define KVK_CRL_LABEL "X509 CRL"

/*
 * Turns octets into those of a CRL in DER, in the same blob; DER stays as it is. Of several PEM
 * blocks the first CRL counts. KVK_ERR_FORMAT for anything else, KVK_ERR_LIMIT for text above
 * KVK_LIMIT_CRL_PEM, KVK_ERR_MEMORY; the blob is unchanged then.
 */
enum kvk_err kvk_crl_body_decode(struct kvk_blob *octets);

#endif
