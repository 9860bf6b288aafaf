/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Getting CA certificates that are known by fingerprint (trust/cas.h): from the cache, or from the
 * one address that the list gives. What has another fingerprint is not taken. Nothing becomes
 * trusted.
 */
#ifndef KVKCSR_APP_KNOWN_CA_H
#define KVKCSR_APP_KNOWN_CA_H

#include "app/online.h"
#include "cert/contents.h"
#include "trust/cas.h"

/* The certificate with this fingerprint among those of a file, or NULL. */
const struct kvk_certificate *kvk_known_ca_find(
	const struct kvk_contents *contents, const uint8_t sha256[static KVK_SHA256_SIZE]);
/*
 * Gets the certificate of a CA that has an address; *out lies in contents, which is all-zero
 * before. KVK_ERR_NOT_FOUND where it cannot be had, with why and the reason of the network; the
 * other errors of kvk_online_get(), KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_known_ca_get(struct kvk_online *online, const struct kvk_known_ca *ca,
	struct kvk_contents *contents, const struct kvk_certificate **out,
	enum kvk_net_reason *reason, struct kvk_error *why);

#endif
