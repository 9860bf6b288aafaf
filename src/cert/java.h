/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Java refuses to read: of public keys and signature algorithms (its CertificateFactory), and
 * of URIs, hosts and mail addresses in general names (java.net.URI, which is RFC 2396 with RFC
 * 2732, and DNSName). It ends the reading of the certificate or of the extension that holds it.
 * Measured on Java 17. Nothing is said of strength or wisdom, and no name is resolved.
 */
#ifndef KVKCSR_CERT_JAVA_H
#define KVKCSR_CERT_JAVA_H

#include "crypto/key.h"

/*
 * Whether Java reads a key: RSA of 512 (rounded up to octets) to 16384 bits with an exponent from 3
 * to the modulus, of at most 64 bits above a modulus of 3072; points of named curves uncompressed
 * and of the size of the curve; Ed25519 and Ed448 of their size. key_bits is the contents of the
 * BIT STRING.
 */
bool kvk_java_reads_key(const struct kvk_key_info *key, struct kvk_span key_bits);
/*
 * Whether Java reads an AlgorithmIdentifier: RSASSA-PSS only with parameters that it reads, and no
 * MD5.
 */
bool kvk_java_reads_algorithm(struct kvk_span algorithm);
/*
 * Whether Java reads RSASSA-PSS-params: members in any order, a mask of MGF1 with a hash of SHA-1,
 * SHA-2 or SHA-3, a salt length that is not negative, trailer field 1.
 */
bool kvk_java_reads_pss(struct kvk_span parameters);
/* A URI with a scheme; where it has a host, one that is a host name or an IP address. */
bool kvk_java_reads_uri(struct kvk_span uri);
/*
 * Whether Java takes a text for an IP address ("127.1", "10.0.0.1", "fe80::1%eth0"). *n is its size
 * in out, 4 or 16; 0 for a number alone, of which Java makes no name.
 */
bool kvk_java_reads_address(struct kvk_span text, uint8_t out[static 16], size_t *n);
/* A host name: labels that begin with a letter or digit and go on with these and hyphens. */
bool kvk_java_reads_host(struct kvk_span host);
/* What constrains URIs: a host name, with a dot before it for all hosts below a domain. */
bool kvk_java_reads_uri_constraint(struct kvk_span host);
/* A mail address or what constrains one: a host, or, with a dot before it, a domain. */
bool kvk_java_reads_email(struct kvk_span email);

#endif
