/* SPDX-License-Identifier: Apache-2.0 */
/* Where the passphrases of watched files lie. */
#ifndef KVKCSR_INVENTORY_PASS_FILES_H
#define KVKCSR_INVENTORY_PASS_FILES_H

#include "inventory/inventory.h"

/* Remembers in which file the passphrase of a watched file lies, both absolute, until its last
 * entry is removed; and which one, into *out (emptied first): KVK_ERR_NOT_FOUND where none was. */
enum kvk_err kvk_inventory_set_pass_file(
	struct kvk_inventory *inventory, const char *path, const char *pass_file);
enum kvk_err kvk_inventory_pass_file(
	struct kvk_inventory *inventory, const char *path, struct kvk_blob *out);

#endif
