/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/gnutls.h"

gnutls_datum_t kvk_gnutls_datum(struct kvk_span span)
{
	gnutls_datum_t datum = {
		.data = (unsigned char *)(uintptr_t)span.p,
		.size = (unsigned)span.n,
	};

	return datum;
}

enum kvk_err kvk_gnutls_error(int result)
{
	switch (result) {
	case GNUTLS_E_MEMORY_ERROR:
		return KVK_ERR_MEMORY;
	case GNUTLS_E_PK_SIG_VERIFY_FAILED:
		return KVK_ERR_SIGNATURE;
	/* A hash that GnuTLS or the system's crypto policy regards as broken. */
	case GNUTLS_E_INSUFFICIENT_SECURITY:
	case GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM:
	case GNUTLS_E_UNKNOWN_ALGORITHM:
	case GNUTLS_E_UNKNOWN_HASH_ALGORITHM:
	case GNUTLS_E_UNKNOWN_PK_ALGORITHM:
	case GNUTLS_E_INCOMPATIBLE_SIG_WITH_KEY:
	case GNUTLS_E_CONSTRAINT_ERROR:
	case GNUTLS_E_INVALID_REQUEST:
		return KVK_ERR_ALGORITHM;
	case GNUTLS_E_PKCS11_PIN_ERROR:
	case GNUTLS_E_PKCS11_PIN_EXPIRED:
	case GNUTLS_E_PKCS11_PIN_LOCKED:
	case GNUTLS_E_DECRYPTION_FAILED:
		return KVK_ERR_PASSPHRASE;
	case GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE:
	case GNUTLS_E_PKCS11_REQUESTED_OBJECT_NOT_AVAILBLE:
		return KVK_ERR_NOT_FOUND;
	default:
		return KVK_ERR_CRYPTO;
	}
}
