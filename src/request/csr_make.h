/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an order and a key to a PKCS#10 request (RFC 2986): subject and extension request written
 * with der/, signed as data through crypto/ (GnuTLS 3.7 and 3.8 sign a request with PKCS#1 even
 * when asked for PSS), read back and checked. It writes no file and makes no key.
 */
#ifndef KVKCSR_REQUEST_CSR_MAKE_H
#define KVKCSR_REQUEST_CSR_MAKE_H

#include "crypto/key.h"
#include "request/order.h"

/*
 * Makes the request in DER and checks what was made: it is read back, its signature verified, its
 * key and fields compared with what was asked. KVK_ERR_INTERNAL with why where that fails, and
 * the errors of kvk_key_sign(). *out is emptied first.
 */
enum kvk_err kvk_csr_make(const struct kvk_order *order, const struct kvk_key *key,
	struct kvk_blob *out, struct kvk_error *why);
#endif
