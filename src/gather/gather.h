/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a file and what was given beside it to the facts about one delivery. All reading, building
 * of paths, checking of signatures and asking for revocation happens here; what it means is said in
 * portal/. It opens no file and no socket itself.
 */
#ifndef KVKCSR_GATHER_GATHER_H
#define KVKCSR_GATHER_GATHER_H

#include "gather/facts.h"
#include "gather/input.h"

/*
 * Fills *out. A bad delivery is no error but a fact. KVK_ERR_MEMORY, KVK_ERR_ARGUMENT (no
 * contents).
 */
enum kvk_err kvk_gather(const struct kvk_gather_input *input, struct kvk_facts *out);

#endif
