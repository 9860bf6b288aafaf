/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a watched file holds now: the one certificate that its entry is about, and when the first on
 * its path ends. That is an end certificate; a CA is watched only where the file never held
 * anything else. Nothing is evaluated here.
 */
#ifndef KVKCSR_WATCH_WATCHED_H
#define KVKCSR_WATCH_WATCHED_H

#include "inventory/inventory.h"

struct kvk_watched {
	struct kvk_entry_certificate certificate;
	/* A name for an entry, from the certificate's CN; "" where that gives none, and where the
	 * file is what it was. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
};

/*
 * Reads a file. known is what the entry is about, or NULL for a file that is new. The errors of
 * kvk_file_read(); KVK_ERR_FORMAT where there is no certificate for the entry that can be read: an
 * end certificate is damaged, or it is no longer there and only those of CAs are.
 */
enum kvk_err kvk_watched_read(
	const char *path, const struct kvk_entry_certificate *known, struct kvk_watched *out);
/* Makes a name for an entry of any text: what it must not hold is left out. "" where nothing is
 * left. */
void kvk_watched_name(const char *text, char name[static KVK_LIMIT_ENTRY_NAME + 1]);

#endif
