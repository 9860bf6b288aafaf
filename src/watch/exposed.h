/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys that everybody can read: in the folder of a watched file, under a name that keys
 * usually have (*.key, *key*.pem and private*.pem, in small letters or capitals), and in the
 * watched file itself. A key that is known to be another one's is passed over, and so is every key
 * beside a CA's certificate, whose owner keeps the key elsewhere. A group that can read a key is
 * somebody's choice. Nothing is said of the folders above, which may keep people out today.
 */
#ifndef KVKCSR_WATCH_EXPOSED_H
#define KVKCSR_WATCH_EXPOSED_H

#include "base/blob.h"
#include "base/vec.h"
#include "watch/view.h"

/* A key that everybody can read. */
struct kvk_exposed_key {
	struct kvk_blob path;
	/* Its public key (SubjectPublicKeyInfo); only with known: an encrypted one is not. */
	uint8_t spki_sha256[KVK_SHA256_SIZE];
	bool known;
	unsigned mode;
};

/* What one run knows. Start with KVK_EXPOSED_INIT, free with kvk_exposed_free(). */
struct kvk_exposed {
	/* Knows what opens PKCS#12 files; borrowed, NULL: nothing does. */
	struct kvk_inventory *inventory;
	/* The folder that was looked at last, and its keys that everybody can read (struct
	 * kvk_exposed_key). Entries of one folder come one after the other, as a rule. */
	struct kvk_blob folder;
	struct kvk_vec keys;
	/* Names that were read, up to KVK_LIMIT_KEY_NAMES. */
	size_t names;
};

#define KVK_EXPOSED_INIT(inventory_) \
	{ \
		.inventory = (inventory_), \
		.keys = KVK_VEC_INIT(struct kvk_exposed_key, KVK_LIMIT_KEY_NAMES) \
	}

/*
 * Looks for the key of an entry that was assessed, beside its file or in it, and says so in its
 * view; else for one that may be it, as that of a file that cannot be read or opened or of an
 * encrypted key. What cannot be looked at is passed over. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_exposed_look(struct kvk_exposed *exposed, struct kvk_entry_view *view);
void kvk_exposed_free(struct kvk_exposed *exposed);

#endif
