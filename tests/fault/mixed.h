/* SPDX-License-Identifier: Apache-2.0 */
/* A key, a request and a certificate belong together: they change at once or not at all. */
#ifndef KVKCSR_TESTS_FAULT_MIXED_H
#define KVKCSR_TESTS_FAULT_MIXED_H

#include <stdbool.h>

#include "tests/fault/state.h"

/*
 * Whether a folder with a certificate holds files of two moments: not just those of before, nor
 * just those of after. KVK_ERR_MEMORY.
 */
enum kvk_err mixed_find(const struct state *left, const struct state *before,
	const struct state *after, bool *mixed);

#endif
