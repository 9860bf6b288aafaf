/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a watched file holds now: the one certificate that its entry is about. In a file with
 * several that is the first that is no CA, else the first. Nothing is evaluated here.
 */
#ifndef KVKCSR_WATCH_WATCHED_H
#define KVKCSR_WATCH_WATCHED_H

#include "inventory/inventory.h"

struct kvk_watched {
	struct kvk_entry_certificate certificate;
	/* A name for an entry, from the certificate's CN; "" where that gives none. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
};

/*
 * Reads a file. The errors of kvk_file_read(); KVK_ERR_FORMAT where it holds no certificate that
 * can be read.
 */
enum kvk_err kvk_watched_read(const char *path, struct kvk_watched *out);
/* Makes a name for an entry of any text: what it must not hold is left out. "" where nothing is
 * left. */
void kvk_watched_name(const char *text, char name[static KVK_LIMIT_ENTRY_NAME + 1]);

#endif
