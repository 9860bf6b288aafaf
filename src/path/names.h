/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name constraints on the names of one certificate: RFC 5280 6.1.3(b), (c) and 6.1.4(g). Whether a
 * single name lies within a subtree is name_match.h's. Only path/ includes this header.
 */
#ifndef KVKCSR_PATH_NAMES_H
#define KVKCSR_PATH_NAMES_H

#include "path/state.h"

/*
 * Compares all names of this certificate with the constraints of those above, then adds its own to
 * them. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_path_names(struct kvk_path_state *state);

#endif
