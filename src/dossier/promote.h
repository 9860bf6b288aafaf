/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The renewal in next/ of a dossier takes the place of its predecessor: the whole new folder,
 * archive included, is put together beside the old one, and the two are exchanged
 * (dossier/exchange.h). At no moment is a certificate beside another's key, and no key is lost.
 * Callers hold a transaction of the inventory.
 */
#ifndef KVKCSR_DOSSIER_PROMOTE_H
#define KVKCSR_DOSSIER_PROMOTE_H

#include "dossier/delivery.h"

/*
 * Exchanges them: the files in use go to archive/SERIAL/, key included, those of next/ to their
 * place. The note for the inventory lies in the dossier until kvk_delivery_settle() or
 * kvk_delivery_undo(). KVK_ERR_REFUSED where the certificate in next/ is for another key than the
 * request there, KVK_ERR_OPEN, KVK_ERR_READ, KVK_ERR_WRITE, KVK_ERR_LIMIT, KVK_ERR_EXISTS,
 * KVK_ERR_MEMORY; with why. Nothing was changed then.
 */
enum kvk_err kvk_promote(
	const char *folder, const struct kvk_delivery_note *note, struct kvk_error *why);

#endif
