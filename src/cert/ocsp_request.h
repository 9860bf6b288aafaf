/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An OCSP request (RFC 6960 section 4.1) about one certificate: with SHA-1, which every responder
 * knows (RFC 5019 2.1.1), unsigned, and without a nonce, so that an answer can be kept and asked
 * for again.
 */
#ifndef KVKCSR_CERT_OCSP_REQUEST_H
#define KVKCSR_CERT_OCSP_REQUEST_H

#include "base/blob.h"

/* The media type of a request in HTTP (RFC 6960 appendix A.1). */
#define KVK_OCSP_REQUEST_TYPE "application/ocsp-request"

/*
 * Writes a request about the certificate with this serial (INTEGER content octets): issuer is the
 * Name of its issuer, whole, key_bits the contents of the BIT STRING of the issuer's public key.
 * *out is freed first. KVK_ERR_CRYPTO, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_ocsp_request_write(struct kvk_span issuer, struct kvk_span key_bits,
	struct kvk_span serial, struct kvk_blob *out);

#endif
