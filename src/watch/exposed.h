/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys that everybody can read: in the folder of a watched file, under a name that keys
 * usually have (*.key, *key*.pem and private*.pem, in small letters or capitals), and in the
 * watched file itself. A group that can read a key is somebody's choice. Nothing is said of the
 * folders above, which may keep people out today.
 */
#ifndef KVKCSR_WATCH_EXPOSED_H
#define KVKCSR_WATCH_EXPOSED_H

#include "base/blob.h"
#include "watch/view.h"

/* What one run knows. Start all-zero, free with kvk_exposed_free(). */
struct kvk_exposed {
	/* The folder that was looked at last, and the first key by name in it that everybody can
	 * read (empty: there is none). Entries of one folder come one after the other, as a rule.
	 */
	struct kvk_blob folder, key;
	unsigned mode;
	/* Names that were read, up to KVK_LIMIT_KEY_NAMES. */
	size_t names;
};

/*
 * Looks for a key beside the file of an entry that was assessed, or in it, and says so in its view.
 * What cannot be looked at is passed over. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_exposed_look(struct kvk_exposed *exposed, struct kvk_entry_view *view);
void kvk_exposed_free(struct kvk_exposed *exposed);

#endif
