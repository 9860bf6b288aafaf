/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checking signatures, with the public keys kept ready between checks. One verifier belongs to
 * one thread. It checks what the AlgorithmIdentifier says and nothing else: whether an algorithm
 * is good enough is a rule's business (portal/, path/). RSA above KVK_LIMIT_RSA_BITS, or with an
 * even, tiny or huge exponent, is refused before any arithmetic.
 */
#ifndef KVKCSR_CRYPTO_VERIFY_H
#define KVKCSR_CRYPTO_VERIFY_H

#include "base/blob.h"

struct kvk_verifier;

/* An empty verifier. KVK_ERR_MEMORY. */
enum kvk_err kvk_verifier_new(struct kvk_verifier **out);
/* Accepts NULL. */
void kvk_verifier_free(struct kvk_verifier *verifier);

/*
 * Checks signature over data. algorithm is the AlgorithmIdentifier, spki the
 * SubjectPublicKeyInfo, both whole DER. KVK_OK where it verifies, KVK_ERR_SIGNATURE where it does
 * not, KVK_ERR_ALGORITHM where the algorithm (or MGF1 over another hash than the message's, or
 * RSASSA-PSS over SHA-1 or SHA-224, which GnuTLS does not have) cannot be handled or does not fit
 * the key, KVK_ERR_KEY where the key cannot be used, KVK_ERR_LIMIT, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_verify(struct kvk_verifier *verifier, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature);

#endif
