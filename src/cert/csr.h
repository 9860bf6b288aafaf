/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A PKCS#10 certification request (RFC 2986), decoded once, with the extensions that it asks for
 * (RFC 2985 5.4.2).
 */
#ifndef KVKCSR_CERT_CSR_H
#define KVKCSR_CERT_CSR_H

#include "cert/certificate.h"

struct kvk_csr {
	struct kvk_span der, info;
	struct kvk_span spki;
	struct kvk_key_info key;
	struct kvk_span algorithm, signature;
	/* Whether there is an extensionRequest; ext is what it asks for. */
	bool has_extensions;
	bool has_challenge_password;
	uint8_t spki_sha256[KVK_SHA256_SIZE];
	struct kvk_der_log log;
	struct kvk_name subject;
	struct kvk_extensions ext;
};

/*
 * Decodes a request; free it with kvk_csr_free() where that succeeds. der outlives *out.
 * KVK_ERR_DER with out->log filled, KVK_ERR_LIMIT, KVK_ERR_MEMORY. The signature is not checked
 * here.
 */
enum kvk_err kvk_csr_read(struct kvk_span der, struct kvk_csr *out);
/*
 * Checks the signature with the key of the request, which proves that whoever made it has the
 * private key (RFC 2986 3). The errors of kvk_verify(), KVK_ERR_MEMORY.
 */
enum kvk_err kvk_csr_verify(const struct kvk_csr *csr);
/* Frees what a request owns, and not itself. Accepts NULL. */
void kvk_csr_free(struct kvk_csr *csr);

#endif
