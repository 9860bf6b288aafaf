/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a delivery as they came: kept below received/ of the dossier, readable by its owner. */
#ifndef KVKCSR_DOSSIER_RECEIVED_H
#define KVKCSR_DOSSIER_RECEIVED_H

#include "base/blob.h"

/*
 * Keeps a file as it was received, under the first 16 hex digits of its SHA-256 and its own name;
 * the same one again changes nothing. name is what the user called it (folders are dropped, odd
 * characters become '_'). The errors of kvk_file_create(), with why.
 */
enum kvk_err kvk_received_keep(
	const char *folder, const char *name, struct kvk_span bytes, struct kvk_error *why);

/* Removes what runs left that were killed while they kept a file. */
void kvk_received_sweep(const char *folder);

#endif
