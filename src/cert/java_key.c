/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/java.h: public keys and signature algorithms. */
#include "config.h"

#include "cert/java.h"

#include "der/reader.h"

/* sun.security.rsa.RSAKeyFactory, RSAPublicKeyImpl */
enum {
	RSA_BITS_MIN = 512,
	RSA_BITS_MAX = 16384,
	RSA_BITS_ANY_EXPONENT = 3072,
	RSA_EXPONENT_BITS = 64,
	RSA_EXPONENT_MIN = 3,
};

/* Sizes count in whole octets. */
static bool reads_rsa(const struct kvk_key_info *key)
{
	const unsigned bits = (key->bits + 7) / 8 * 8;

	if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX)
		return false;
	if (key->exponent_bits > RSA_EXPONENT_BITS)
		return bits <= RSA_BITS_ANY_EXPONENT && key->exponent_bits <= key->bits;
	return key->exponent >= RSA_EXPONENT_MIN;
}

/* A point is 04, x and y (SEC 1 2.3.3); whether it lies on the curve is not looked at. */
static bool reads_point(const struct kvk_key_info *key, struct kvk_span point)
{
	const size_t field = (key->bits + 7) / 8;

	/* A curve without a name, or with one that Java does not know, has no size. */
	return key->bits > 0 && point.n == 1 + 2 * field && point.p[0] == 0x04;
}

bool kvk_java_reads_key(const struct kvk_key_info *key, struct kvk_span key_bits)
{
	switch (key->type) {
	case KVK_KEY_RSA:
	case KVK_KEY_RSA_PSS:
		return reads_rsa(key);
	case KVK_KEY_ECDSA:
		return reads_point(key, key_bits);
	case KVK_KEY_ED25519:
	case KVK_KEY_ED448:
		return key_bits.n == (key->bits + 7) / 8;
	case KVK_KEY_DSA:
	case KVK_KEY_OTHER:
		break;
	}
	return true;
}

/* Without parameters there is no trailer. */
static bool reads_scheme(struct kvk_span algorithm)
{
	struct kvk_scheme scheme;

	return kvk_scheme_read(algorithm, &scheme) != KVK_OK || !scheme.pss ||
		(scheme.trailer <= 1 && scheme.hash != KVK_HASH_MD5 &&
			scheme.mgf_hash != KVK_HASH_MD5);
}

bool kvk_java_reads_algorithm(struct kvk_span algorithm)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der start, der;
	struct kvk_span oid;

	/* AlgorithmIdentifier ::= SEQUENCE { */
	kvk_der_start(&start, algorithm, true, &log);
	/* algorithm OBJECT IDENTIFIER, */
	if (kvk_der_enter(&start, KVK_DER_SEQUENCE, &der) != KVK_OK ||
		kvk_der_oid(&der, &oid) != KVK_OK || !kvk_oid_is(oid, KVK_OID_RSA_PSS))
		return true;
	/* parameters ANY DEFINED BY algorithm OPTIONAL } */
	if (!kvk_der_at_end(&der) && kvk_der_peek(&der) != KVK_DER_NULL &&
		!kvk_java_reads_pss(der.rest))
		return false;
	return reads_scheme(algorithm);
}
