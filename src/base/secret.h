/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes that must not outlive their use: private keys, passphrases, API keys. They are wiped when
 * freed and kept out of core dumps and of swap where the system allows. Nothing here prints, and no
 * function that writes messages accepts a struct kvk_secret.
 */
#ifndef KVKCSR_BASE_SECRET_H
#define KVKCSR_BASE_SECRET_H

#include "base/blob.h"

/*
 * Owned secret bytes, followed by a NUL that is not counted. An all-zero struct is an empty secret.
 */
struct kvk_secret {
	uint8_t *p;
	size_t n;
};

/* Makes an all-zero secret of n bytes; frees what was there. KVK_ERR_MEMORY. */
enum kvk_err kvk_secret_new(struct kvk_secret *secret, size_t n);
/* Makes a secret that is a copy of bytes. KVK_ERR_MEMORY. */
enum kvk_err kvk_secret_copy(struct kvk_secret *secret, struct kvk_span bytes);
/* Shortens a secret to n bytes and wipes the rest; n beyond its length does nothing. */
void kvk_secret_cut(struct kvk_secret *secret, size_t n);
/* The bytes as a span, for the functions that need them; valid until the secret is freed. */
struct kvk_span kvk_secret_span(const struct kvk_secret *secret);
/* Wipes and frees. Accepts NULL. */
void kvk_secret_free(struct kvk_secret *secret);
/* Wipes any memory in a way that the compiler does not remove. */
void kvk_wipe(void *memory, size_t n);
/*
 * Best effort for a program that handles keys: no core dumps, not traceable (PR_SET_DUMPABLE,
 * RLIMIT_CORE).
 */
void kvk_secret_process(void);

#endif
