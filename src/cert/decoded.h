/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CA certificates that come again in many files of one run: each is decoded once and then
 * recognised by its octets, all of them. What is taken up stays for the life of the store, so a
 * full store takes up nothing more. One store belongs to one thread. It says nothing about trust.
 */
#ifndef KVKCSR_CERT_DECODED_H
#define KVKCSR_CERT_DECODED_H

#include "cert/certificate.h"

/* A certificate with its own copy of its octets. */
struct kvk_decoded_certificate {
	struct kvk_blob der;
	struct kvk_certificate *certificate;
};

/* Start all-zero, free with kvk_decoded_free(). */
struct kvk_decoded {
	size_t count;
	struct kvk_decoded_certificate all[KVK_LIMIT_DECODED];
};

/* The certificate with just these octets, or NULL; it lives as long as the store. */
struct kvk_certificate *kvk_decoded_find(const struct kvk_decoded *decoded, struct kvk_span der);
/*
 * Takes up a CA certificate that was just decoded and is not there yet; others, and what finds no
 * room, are passed over. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_decoded_add(
	struct kvk_decoded *decoded, const struct kvk_certificate *certificate);
/* Accepts NULL. */
void kvk_decoded_free(struct kvk_decoded *decoded);

#endif
