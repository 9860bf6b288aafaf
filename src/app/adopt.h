/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adopting dossiers: folders in the home that the inventory knows nothing of, because it was lost,
 * or not restored with them, become entries again. Their files stay as they are; what a run left
 * unfinished that was killed is completed.
 */
#ifndef KVKCSR_APP_ADOPT_H
#define KVKCSR_APP_ADOPT_H

#include "app/store.h"
#include "base/vec.h"

/* What became of one. */
struct kvk_adopted {
	/* Its entry, which was not there before unless known. */
	struct kvk_entry entry;
	bool known;
	/* A renewal in it that the inventory did not know. */
	bool renewal;
};

/*
 * Opens the inventory, and makes it where there is none but there are dossiers. The errors of
 * kvk_store_open(), with why.
 */
enum kvk_err kvk_adopt_open(const char *home, struct kvk_store *out, struct kvk_error *why);
/*
 * Enters one dossier, as what its files show: a request, or a certificate of which nobody knows
 * whether it was uploaded. KVK_ERR_USAGE where there is no such dossier, or a tracked file has its
 * name; KVK_ERR_FORMAT where its certificate is for another key; the errors of files and of the
 * inventory; each with why.
 */
enum kvk_err kvk_adopt(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_adopted *out, struct kvk_error *why);

#endif
