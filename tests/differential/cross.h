/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A second certificate for the name and key of one CA of a chain, as after a re-issue or by another
 * CA, so that there are several paths. Not here: which of them is the right one.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_CROSS_H
#define KVKCSR_TESTS_DIFFERENTIAL_CROSS_H

#include "tests/differential/chain.h"

/* Puts it into the file of the chain, which has two certificates at least, somewhere behind the
 * leaf; chain_make() makes it. */
enum kvk_err cross_plan(struct chain *chain, struct dice *dice);
/* Makes it, after all others. */
enum kvk_err cross_make(struct chain *chain);

#endif
