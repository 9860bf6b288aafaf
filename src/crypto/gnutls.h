/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between this program's words and those of GnuTLS. For src/crypto alone; no other folder includes
 * it.
 */
#ifndef KVKCSR_CRYPTO_GNUTLS_H
#define KVKCSR_CRYPTO_GNUTLS_H

#include <gnutls/gnutls.h>

#include "base/blob.h"

/* A span as GnuTLS wants it; GnuTLS does not write there, although its type could. */
gnutls_datum_t kvk_gnutls_datum(struct kvk_span span);
/* The error of this program for a negative result of GnuTLS; KVK_ERR_CRYPTO where there is none. */
enum kvk_err kvk_gnutls_error(int result);

#endif
