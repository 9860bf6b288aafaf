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

/* One attribute of a subject to be. */
struct kvk_subject_part {
	enum kvk_oid oid;
	const char *value;
};
#define KVK_SUBJECT_PARTS 8

/*
 * The attributes of an order's subject in the order in which they are written; the values borrow
 * from the order. Returns how many.
 */
size_t kvk_order_subject(
	const struct kvk_order *order, struct kvk_subject_part parts[static KVK_SUBJECT_PARTS]);
/* The key usages of an order, bits of enum kvk_key_usage. */
uint32_t kvk_order_key_usage(const struct kvk_order *order);
/* How its request is signed. */
enum kvk_signing kvk_order_signing(const struct kvk_order *order);

/*
 * Makes the request in DER and checks what was made: it is read back, its signature verified, its
 * key and fields compared with what was asked. KVK_ERR_INTERNAL with why where that fails, and
 * the errors of kvk_key_sign(). *out is emptied first.
 */
enum kvk_err kvk_csr_make(const struct kvk_order *order, const struct kvk_key *key,
	struct kvk_blob *out, struct kvk_error *why);
/*
 * Checks that a request says what the order asks for and is signed by the key in it.
 * KVK_ERR_SIGNATURE, KVK_ERR_REFUSED, KVK_ERR_DER, with why.
 */
enum kvk_err kvk_csr_check(
	const struct kvk_order *order, struct kvk_span der, struct kvk_error *why);

#endif
