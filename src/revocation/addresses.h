/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a certificate says that its revocation can be asked: the addresses of OCSP responders and
 * of CRLs, in the order in which they are tried. Nothing is asked here, and whether an address may
 * be asked is decided in net/.
 */
#ifndef KVKCSR_REVOCATION_ADDRESSES_H
#define KVKCSR_REVOCATION_ADDRESSES_H

#include "base/limits.h"
#include "base/vec.h"
#include "cert/certificate.h"

struct kvk_revocation_address {
	/* An OCSP responder; else a CRL of the distribution point of this number, from 0. */
	bool ocsp;
	size_t point;
	/*
	 * As it is in the certificate, whatever it is. A NUL is written as \x00: net/ refuses
	 * an address with a backslash, so what follows the NUL is not lost on the way.
	 */
	char *url;
};

/* The addresses of one certificate: struct kvk_revocation_address. */
#define KVK_REVOCATION_ADDRESSES_INIT \
	KVK_VEC_INIT(struct kvk_revocation_address, KVK_LIMIT_REVOCATION_ADDRESSES)

/*
 * Adds the addresses of a certificate: first those of OCSP, as Java does, then those of its CRL
 * distribution points, and of each point all names in their order. What is beyond the limit is
 * left out. KVK_ERR_MEMORY; free the list also then.
 */
enum kvk_err kvk_revocation_addresses_add(
	const struct kvk_certificate *certificate, struct kvk_vec *addresses);
/* Frees the addresses and leaves an empty list. Accepts NULL. */
void kvk_revocation_addresses_free(struct kvk_vec *addresses);

#endif
