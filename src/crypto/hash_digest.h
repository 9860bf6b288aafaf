/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of crypto/hash.h: a hash as GnuTLS calls it. For src/crypto alone.
 */
#ifndef KVKCSR_CRYPTO_HASH_DIGEST_H
#define KVKCSR_CRYPTO_HASH_DIGEST_H

#include <gnutls/gnutls.h>

#include "crypto/hash.h"

/* GNUTLS_DIG_NULL for KVK_HASH_NONE. */
gnutls_digest_algorithm_t kvk_hash_digest(enum kvk_hash hash);

#endif
