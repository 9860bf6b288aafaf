/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which certificates are of generation G1 of PKIoverheid, and that what comes after them is not:
 * for those that are to be renewed now.
 */
#ifndef KVKCSR_APP_G1_H
#define KVKCSR_APP_G1_H

#include "trust/knowledge.h"
#include "watch/view.h"

/* What one run knows. Set the inventory, else all-zero, free with kvk_g1_free(). */
struct kvk_g1 {
	/* Where the files are tracked; borrowed. */
	struct kvk_inventory *inventory;
	struct kvk_knowledge *knowledge;
	/* The last moment of G1; 0: not known. */
	kvk_time end;
	/* It was tried. */
	bool loaded;
};

/*
 * The last moment of G1, into *end, where the certificate with this fingerprint in a file is of G1
 * and its successor would end later than that; else 0. What cannot be read is passed over.
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_g1_find_end(struct kvk_g1 *g1, const char *path,
	const uint8_t sha256[static KVK_SHA256_SIZE], kvk_time successor, kvk_time *end);
/*
 * Says in the view of an entry that is to be renewed that the next certificate is no G1, where one
 * of the same lifetime would outlive the hierarchy. What cannot be read is passed over.
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_g1_look(struct kvk_g1 *g1, struct kvk_entry_view *view);
void kvk_g1_free(struct kvk_g1 *g1);

#endif
