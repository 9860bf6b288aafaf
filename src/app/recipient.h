/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which dossier a delivery is for, if nobody names it: the one whose key is that of a certificate
 * in the files. Nothing is changed.
 */
#ifndef KVKCSR_APP_RECIPIENT_H
#define KVKCSR_APP_RECIPIENT_H

#include "app/home.h"
#include "app/incoming.h"
#include "crypto/hash.h"
#include "gather/case.h"
#include "inventory/inventory.h"

/* Start all-zero, free with kvk_recipient_free(), also after an error. */
struct kvk_recipient {
	/* The name of the dossier; "" where none has the key. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	/* Where none has the key: a certificate of the files that is not a CA's, by the SHA-256 of
	 * its public key. */
	bool has_certificate;
	uint8_t spki_sha256[KVK_SHA256_SIZE];
	/* The names of the dossiers that were tried, with commas between them; may be empty. */
	struct kvk_blob tried;
};

/*
 * Looks for the dossier. KVK_ERR_REFUSED where the key of none is in the files, with why, and out
 * then says what was tried; KVK_ERR_USAGE where those of several are; the errors of
 * kvk_incoming_add() and kvk_memory_read(), with why.
 */
enum kvk_err kvk_recipient_find(const struct kvk_home *home, const struct kvk_paths *files,
	struct kvk_recipient *out, struct kvk_error *why);
/* The same for files that were read. */
enum kvk_err kvk_recipient_of(const struct kvk_home *home, const struct kvk_incoming *incoming,
	struct kvk_recipient *out, struct kvk_error *why);
void kvk_recipient_free(struct kvk_recipient *recipient);

#endif
