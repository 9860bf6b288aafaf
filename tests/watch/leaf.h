/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of views share: a file with a certificate, and an entry that watches it. */
#ifndef KVKCSR_TESTS_WATCH_LEAF_H
#define KVKCSR_TESTS_WATCH_LEAF_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/inventory/scratch.h"
#include "tests/practice/delivery.h"
#include "watch/assess.h"

/* The default ones. */
extern const struct kvk_threshold_days days;
/* In the inventory of the scratch folder. */
extern struct kvk_looks looks;

/* cmocka set-up and tear-down. */
int make_looks(void **state);
int free_looks(void **state);
/* Writes a leaf of 365 days to scratch/leaf.pem, and gives an entry that watches it. */
struct kvk_entry watched_entry(kvk_time now);
/* The view of an entry is this one. */
void assert_view(const struct kvk_entry *entry, kvk_time at, enum kvk_view_state state,
	enum kvk_exit code, enum kvk_view_action action);

#endif
