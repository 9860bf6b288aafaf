/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is in a home, as text that can be compared: each file with its mode and hash, each row of
 * the inventory; without times, which differ from run to run, and without what a run leaves
 * unfinished under a name with a dot, which is listed apart.
 */
#ifndef KVKCSR_TESTS_FAULT_STATE_H
#define KVKCSR_TESTS_FAULT_STATE_H

#include "base/blob.h"

struct state {
	/* Files and rows. */
	struct kvk_blob kept;
	/* What was left unfinished. */
	struct kvk_blob unfinished;
	/* Keys, each with its path: one may be absent, never another or open to others. */
	struct kvk_blob keys;
	/* The first thing that must never be; empty where there is none. */
	struct kvk_blob wrong;
};

/* Reads a home; state starts all-zero. KVK_ERR_OPEN, KVK_ERR_READ, KVK_ERR_MEMORY. */
enum kvk_err state_read(const char *home, struct state *state);
void state_free(struct state *state);
/* Copies a folder with what is in it: modes, and hard links as files of their own. */
enum kvk_err state_copy(const char *from, const char *to);

#endif
