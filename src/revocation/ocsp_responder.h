/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom an OCSP answer is about, and who may give it. Only revocation/ includes this header.
 */
#ifndef KVKCSR_REVOCATION_OCSP_RESPONDER_H
#define KVKCSR_REVOCATION_OCSP_RESPONDER_H

#include "crypto/hash.h"
#include "revocation/answer.h"
#include "revocation/ocsp_input.h"

/* What a CertID of this certificate holds, worked out once for each hash that is met. */
struct kvk_ocsp_hashes {
	bool known[KVK_HASH_COUNT];
	uint8_t name[KVK_HASH_COUNT][KVK_HASH_SIZE_MAX];
	uint8_t key[KVK_HASH_COUNT][KVK_HASH_SIZE_MAX];
};

/*
 * The contents of the BIT STRING of a SubjectPublicKeyInfo, of which hashes of keys are made.
 * Borrows. KVK_ERR_DER.
 */
enum kvk_err kvk_ocsp_key_bits(struct kvk_span spki, struct kvk_span *out);
/*
 * Whether an entry's CertID names the certificate: issuer name and key by hash, and the serial
 * number. hashes starts all-zero and belongs to one input. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_ocsp_is_about(const struct kvk_ocsp_input *input, struct kvk_ocsp_hashes *hashes,
	const struct kvk_ocsp_single *single, bool *same);
/*
 * Whether the answer was signed by the issuer, or by a responder that the issuer named (4.2.2.2):
 * KVK_WHY_DETERMINED, KVK_WHY_OCSP where it was not, KVK_WHY_BUDGET where that could not be found
 * out. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_ocsp_responder_check(const struct kvk_ocsp_input *input,
	const struct kvk_ocsp *ocsp, enum kvk_revocation_why *out);

#endif
