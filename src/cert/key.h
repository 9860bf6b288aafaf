/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Java's CertificateFactory refuses to read of public keys and signature algorithms, and with
 * them of certificates. Measured on Java 17. No judgement of strength: that is path/'s business.
 */
#ifndef KVKCSR_CERT_KEY_H
#define KVKCSR_CERT_KEY_H

#include "crypto/key.h"

/*
 * Whether Java reads a key: RSA of 512 (rounded up to octets) to 16384 bits with an exponent from 3
 * to the modulus, of at most 64 bits above a modulus of 3072; points of named curves uncompressed
 * and of the size of the curve; Ed25519 and Ed448 of their size. key_bits is the contents of the
 * BIT STRING.
 */
bool kvk_java_reads_key(const struct kvk_key_info *key, struct kvk_span key_bits);
/* Whether Java reads an AlgorithmIdentifier: RSASSA-PSS only with trailer field 1, and no MD5. */
bool kvk_java_reads_algorithm(struct kvk_span algorithm);

#endif
