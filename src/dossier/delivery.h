/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The delivery in force: the three files of a dossier that are made of what a TSP delivered
 * (dossier/files.h). Keys are never read, moved or removed here; a former delivery is archived,
 * never deleted.
 */
#ifndef KVKCSR_DOSSIER_DELIVERY_H
#define KVKCSR_DOSSIER_DELIVERY_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/limits.h"

/* What a delivery comes down to: certificates in DER, borrowed. */
struct kvk_delivery {
	struct kvk_span leaf;
	/* The issuing CAs from the leaf upwards, without the root. */
	struct kvk_span issuers[KVK_LIMIT_DEPTH];
	size_t issuer_count;
};

/* Appends what upload.pem holds: leaf and issuing CAs in PEM. KVK_ERR_MEMORY. */
enum kvk_err kvk_delivery_pem(const struct kvk_delivery *delivery, struct kvk_blob *out);
/* Whether certificate.pem of a dossier holds this certificate. False also where there is none. */
bool kvk_delivery_in_force(const char *folder, struct kvk_span leaf);
/* Whether the three files of a delivery are there. */
bool kvk_delivery_complete(const char *folder);
/*
 * Puts a delivery in force: certificate.pem (the leaf), chain.pem (the issuing CAs) and upload.pem
 * (both), LF and 64 columns. What was in force is copied to archive/SERIAL/ first. All new files
 * are written and synced before the first is put in place, certificate.pem comes last: after a
 * crash the same call completes the rest. KVK_ERR_OPEN, KVK_ERR_WRITE, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_delivery_put_in_force(const char *folder, const struct kvk_delivery *delivery);

#endif
