/* SPDX-License-Identifier: Apache-2.0 */
/* note-run HOME TIME: makes an inventory believe that `check` last ran then. */
#include "config.h"

#include <stdio.h>

#include "inventory/inventory.h"

int main(int argc, char **argv)
{
	struct kvk_inventory *inventory = NULL;
	struct kvk_error why = { "" };
	kvk_time at;
	enum kvk_err err;

	if (argc != 3 || kvk_time_parse(argv[2], &at) != KVK_OK)
		return 64;
	err = kvk_inventory_open(argv[1], false, &inventory, &why);
	if (err == KVK_OK)
		err = kvk_inventory_note_run(inventory, at);
	kvk_inventory_close(inventory);
	if (err != KVK_OK)
		fprintf(stderr, "note-run: %s %s\n", kvk_error_text(err), why.text);
	return err == KVK_OK ? 0 : 1;
}
