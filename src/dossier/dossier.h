/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dossier folder after the request was made: deliveries as they were received, and the three
 * files that are made of them. Keys are never read, moved or removed here; a former delivery is
 * archived, never deleted.
 *
 *   key.pem request.pem answers.cfg       made by `new`
 *   received/HASH-NAME                    each file as it came
 *   certificate.pem chain.pem upload.pem  of the delivery that counts
 *   archive/SERIAL/                       the three files of an earlier delivery; SERIAL in hex
 */
#ifndef KVKCSR_DOSSIER_DOSSIER_H
#define KVKCSR_DOSSIER_DOSSIER_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/limits.h"

#define KVK_DOSSIER_KEY "key.pem"
#define KVK_DOSSIER_ANSWERS "answers.cfg"
#define KVK_DOSSIER_CERTIFICATE "certificate.pem"
#define KVK_DOSSIER_CHAIN "chain.pem"
#define KVK_DOSSIER_UPLOAD "upload.pem"
#define KVK_DOSSIER_REQUEST "request.pem"
#define KVK_DOSSIER_RECEIVED "received"
#define KVK_DOSSIER_ARCHIVE "archive"

/* What a delivery comes down to: certificates in DER, borrowed. */
struct kvk_delivery {
	struct kvk_span leaf;
	/* INTEGER content octets of its serial number. */
	struct kvk_span serial;
	/* The issuing CAs from the leaf upwards, without the root. */
	struct kvk_span issuers[KVK_LIMIT_DEPTH];
	size_t issuer_count;
};

/*
 * Keeps a file as it was received below received/, under the first 16 hex digits of its SHA-256
 * and its own name; the same one again changes nothing. name is what the user called it (folders
 * are dropped, odd characters become '_'). The errors of kvk_file_create().
 */
enum kvk_err kvk_dossier_keep(const char *folder, const char *name, struct kvk_span bytes);
/* Whether certificate.pem of the dossier holds this certificate. False also where there is none. */
bool kvk_dossier_holds(const char *folder, struct kvk_span leaf);
/* Whether the three files of a delivery are there. */
bool kvk_dossier_complete(const char *folder);
/* Appends what upload.pem holds: leaf and issuing CAs in PEM. KVK_ERR_MEMORY. */
enum kvk_err kvk_delivery_pem(const struct kvk_delivery *delivery, struct kvk_blob *out);
/*
 * Puts a delivery in force: certificate.pem (the leaf), chain.pem (the issuing CAs) and upload.pem
 * (both), LF and 64 columns. What was in force is copied to archive/SERIAL/ first. All new files
 * are written and synced before the first is put in place, certificate.pem comes last: after a
 * crash the same call mends the rest. KVK_ERR_OPEN, KVK_ERR_WRITE, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_dossier_deliver(const char *folder, const struct kvk_delivery *delivery);

#endif
