/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the inventory share: a scratch folder for one test, files in it, and entries.
 */
#ifndef KVKCSR_TESTS_INVENTORY_SCRATCH_H
#define KVKCSR_TESTS_INVENTORY_SCRATCH_H

#include "base/blob.h"
#include "inventory/inventory.h"

/* The folder of the running test. */
extern char scratch[64];

/* cmocka set-up and tear-down. */
int scratch_make(void **state);
int scratch_remove(void **state);
/* scratch/name; static, of four that take turns. */
const char *below(const char *name);
/* Writes a file below the scratch folder. */
void put(const char *name, struct kvk_span bytes);
void put_text(const char *name, const char *text);
/* Reads one into *out (emptied first); free it. */
void get(const char *name, struct kvk_blob *out);
/* The names in a folder below the scratch folder, sorted, with blanks between them; static. */
const char *list_below(const char *folder);
/* Opens the inventory of the scratch folder, made where it is missing. */
struct kvk_inventory *open_inventory(void);
/* An entry with a certificate whose fingerprint is 32 times this octet, valid for a year from 0. */
struct kvk_entry entry_of(const char *name, uint8_t octet);

#endif
