/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public keys as a SubjectPublicKeyInfo has them: their kind, their size and their numbers, read
 * without any arithmetic and without GnuTLS.
 */
#ifndef KVKCSR_CRYPTO_KEY_INFO_H
#define KVKCSR_CRYPTO_KEY_INFO_H

#include "crypto/scheme.h"

/* What a SubjectPublicKeyInfo says, without asking GnuTLS. */
struct kvk_key_info {
	enum kvk_key_type type;
	/*
	 * RSA and DSA: bits of the modulus; EC: bits of the field, 0 where the curve has no name
	 * that is known; Ed25519 and Ed448: 256 and 456.
	 */
	unsigned bits;
	/* EC: the curve where it is one of NIST's over a prime field, else KVK_OID_UNKNOWN. */
	enum kvk_oid curve;
	/* RSA: the public exponent where it fits in 64 bits, else 0. */
	uint64_t exponent;
	unsigned exponent_bits;
	/* RSA: the modulus, big-endian without leading zero; borrows from the input. */
	struct kvk_span modulus;
	/* DSA: bits of the subgroup (q), 0 where they are inherited. */
	unsigned subgroup_bits;
	/* DSA keys may inherit their parameters (RFC 3279 2.3.2). */
	bool inherits_parameters;
	/* RSA: the parameters are not NULL, which RFC 3279 2.3.1 wants. */
	bool odd_parameters;
	/*
	 * RSASSA-PSS keys may restrict hash and salt: the parameters, whole; empty where there
	 * are none.
	 */
	struct kvk_span pss_parameters;
};

/*
 * Reads a SubjectPublicKeyInfo (whole) without any arithmetic. KVK_ERR_DER; an unknown algorithm is
 * KVK_OK with KVK_KEY_OTHER. (RFC 3279 2.3, RFC 4055 1.2, RFC 5480 2, RFC 8410 4.)
 */
enum kvk_err kvk_key_info_read(struct kvk_span spki, struct kvk_key_info *out);
/* Appends "RSA 3072", "ECDSA P-256", "Ed25519" for people. KVK_ERR_MEMORY. */
enum kvk_err kvk_key_info_describe(const struct kvk_key_info *info, struct kvk_blob *out);

#endif
