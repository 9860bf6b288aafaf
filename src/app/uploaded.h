/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Noting that the certificate of an entry was uploaded to the portal.
 */
#ifndef KVKCSR_APP_UPLOADED_H
#define KVKCSR_APP_UPLOADED_H

#include "app/store.h"
#include "report/silenced.h"

/*
 * Notes it for the entry of this name, which *out then is; the entries that it replaces from now on
 * are added to a list (report/silenced.h). The errors of kvk_store_find(),
 * KVK_ERR_USAGE where it has no certificate yet, the errors of the inventory; each with why.
 */
enum kvk_err kvk_uploaded_note(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_entry *out, struct kvk_vec *silenced, struct kvk_error *why);

#endif
