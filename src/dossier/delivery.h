/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The delivery in force: the three files of a dossier that are made of what a TSP delivered
 * (dossier/files.h). Keys are never changed here; a former delivery is archived, never deleted,
 * unless its certificate is that of the new one. Callers hold a transaction of the inventory, so
 * that only one works on a dossier.
 */
#ifndef KVKCSR_DOSSIER_DELIVERY_H
#define KVKCSR_DOSSIER_DELIVERY_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/limits.h"
#include "inventory/inventory.h"

/* What a delivery comes down to: certificates in DER, borrowed. */
struct kvk_delivery {
	struct kvk_span leaf;
	/* The issuing CAs from the leaf upwards, without the root. */
	struct kvk_span issuers[KVK_LIMIT_DEPTH];
	size_t issuer_count;
};

/* Appends what upload.pem holds: leaf and issuing CAs in PEM. KVK_ERR_MEMORY. */
enum kvk_err kvk_delivery_pem(const struct kvk_delivery *delivery, struct kvk_blob *out);
/*
 * Fingerprint and public key (SHA-256 of its SubjectPublicKeyInfo) of the certificate that a
 * dossier has. False where there is none, or it cannot be read.
 */
bool kvk_delivery_current(const char *folder, uint8_t sha256[static KVK_SHA256_SIZE],
	uint8_t spki_sha256[static KVK_SHA256_SIZE]);
/* Whether certificate.pem of a dossier holds this certificate. False also where there is none. */
bool kvk_delivery_in_force(const char *folder, struct kvk_span leaf);
/* Whether the three files of a delivery are there. */
bool kvk_delivery_complete(const char *folder);
/* What the inventory has to learn of a delivery that was put in force. */
struct kvk_delivery_note {
	enum kvk_entry_stage stage;
	kvk_time since;
	/* Of the certificate for which this holds. */
	uint8_t sha256[KVK_SHA256_SIZE];
	/* It was evaluated with trust anchors that were given: the portal has others. */
	bool practice;
	/* The server has the certificate as well; only where it was uploaded. */
	bool deployed;
};

/* Reads the note of a folder, which is that of a renewal for as long as that is under way, and
 * replaces it. KVK_ERR_NOT_FOUND where there is none, and the errors of files. */
enum kvk_err kvk_delivery_note_read(const char *folder, struct kvk_delivery_note *out);
enum kvk_err kvk_delivery_note_write(const char *folder, const struct kvk_delivery_note *note);

/*
 * Puts a delivery in force: certificate.pem (the leaf), chain.pem (the issuing CAs) and upload.pem
 * (both), LF and 64 columns; what was in force is moved to archive/SERIAL/. All of it happens in
 * one step (dossier/exchange.h). A note for the inventory lies in the dossier until
 * kvk_delivery_settle() or kvk_delivery_undo(). KVK_ERR_REFUSED where the delivery is for another
 * key than the request of the dossier, KVK_ERR_OPEN, KVK_ERR_READ, KVK_ERR_WRITE, KVK_ERR_LIMIT,
 * KVK_ERR_MEMORY; with why. Nothing was changed then.
 */
enum kvk_err kvk_delivery_put_in_force(const char *folder, const struct kvk_delivery *delivery,
	const struct kvk_delivery_note *note, struct kvk_error *why);
/* The inventory knows: removes the note, and what was in force before. What cannot be removed is
 * left for the next time. */
void kvk_delivery_settle(const char *folder);
/* The inventory could not learn of it: what was in force before is again. KVK_ERR_WRITE,
 * KVK_ERR_MEMORY: the new delivery stays in force, with its note. */
enum kvk_err kvk_delivery_undo(const char *folder, struct kvk_error *why);
/*
 * Looks at what a run left that was killed: completes the step, removes a delivery that was not in
 * force yet, and finds the note of one that is; one that cannot be read is taken for that of
 * another certificate. KVK_ERR_NOT_FOUND where the inventory has nothing to learn, KVK_ERR_READ,
 * KVK_ERR_WRITE, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_delivery_unsettled(const char *folder, struct kvk_delivery_note *note);

#endif
