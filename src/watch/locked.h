/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Watched files that are PKCS#12: the certificates in them, which a passphrase opens that lies in
 * another file. The path of that file is known to the inventory; the passphrase never is, and the
 * key in such a file is wiped as soon as it is read.
 */
#ifndef KVKCSR_WATCH_LOCKED_H
#define KVKCSR_WATCH_LOCKED_H

#include "inventory/inventory.h"
#include "watch/watched.h"

/* Whether the bytes of a file begin as PKCS#12 does. */
bool kvk_locked(const struct kvk_blob *bytes);
/*
 * The same as kvk_watched_file_read() for any file; for PKCS#12 with the passphrase in the first
 * line of pass_file, or none where that is "". *readable, which may be NULL, is whether other users
 * can read pass_file. KVK_ERR_PASSPHRASE where the passphrase is wrong, KVK_ERR_ARGUMENT where
 * pass_file has more than KVK_LIMIT_PASSPHRASE bytes, the errors of
 * kvk_secret_file_read() and kvk_pkcs12_read() too.
 */
enum kvk_err kvk_locked_file_read(struct kvk_blob *bytes, const char *pass_file,
	struct kvk_watched_file *out, bool *readable);
/*
 * Puts the certificates of a watched file that is PKCS#12, in PEM, in the place of its bytes, with
 * the passphrase file that the inventory knows for path; without one, or without an inventory
 * (NULL), with no passphrase. Any other file stays as it is. The errors of
 * kvk_inventory_pass_file() and of the above; then the bytes stay, too.
 */
enum kvk_err kvk_locked_open(
	struct kvk_inventory *inventory, const char *path, struct kvk_blob *bytes);

#endif
