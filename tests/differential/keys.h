/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of the chains, fixed ones, and a memory of signatures: most certificates of most chains
 * are the same, and an RSA signature takes a millisecond.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_KEYS_H
#define KVKCSR_TESTS_DIFFERENTIAL_KEYS_H

#include "crypto/key.h"

/* RSA 2048: four; then RSA 1024, P-256, P-384, Ed25519. */
enum { KEY_RSA, KEY_RSA_COUNT = 4, KEY_WEAK = 4, KEY_P256, KEY_P384, KEY_ED25519, KEY_COUNT };

enum kvk_err keys_open(void);
void keys_close(void);
const struct kvk_key *keys_key(size_t i);
/* The SubjectPublicKeyInfo; borrowed. */
struct kvk_span keys_spki(size_t i);
/* How this key signs where nothing else is asked for. */
const struct kvk_signing *keys_signing(size_t i);
/* Signs; *out is emptied first. As kvk_key_sign(). */
enum kvk_err keys_sign(
	size_t i, const struct kvk_signing *signing, struct kvk_span data, struct kvk_blob *out);

#endif
