/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Noting that the certificate of an entry was uploaded to the portal.
 */
#ifndef KVKCSR_APP_UPLOADED_H
#define KVKCSR_APP_UPLOADED_H

#include "app/store.h"
#include "report/silenced.h"

/* Start with KVK_UPLOADED_INIT and what is asked; the caller frees silenced
 * (kvk_report_silenced_free()). */
struct kvk_uploaded {
	/* When it was uploaded. */
	kvk_time at;
	/* Somebody gave that time: it corrects the one that was recorded before. */
	bool dated;
	/* The server has the certificate as well. */
	bool deployed;
	/* Set: the entry as it is then, */
	struct kvk_entry entry;
	/* whether a renewal took the place of its predecessor, */
	bool promoted;
	/* whether the upload was recorded before, and that the server has the certificate, */
	bool again, had;
	/* and the entries that it replaces from now on (report/silenced.h). */
	struct kvk_vec silenced;
};

#define KVK_UPLOADED_INIT \
	{ \
		.silenced = KVK_SILENCED_INIT \
	}

/*
 * Notes it for the entry of this name. A renewal that was delivered takes the place of its
 * predecessor, whose files are archived. The errors of kvk_store_find(), KVK_ERR_USAGE where there
 * is no certificate yet, the errors of files and of the inventory; each with why.
 */
enum kvk_err kvk_uploaded_note(
	struct kvk_store *store, const char *name, struct kvk_uploaded *out, struct kvk_error *why);

#endif
