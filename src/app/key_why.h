/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a file is that was given as a private key and cannot be used as one, with the command that
 * converts it.
 */
#ifndef KVKCSR_APP_KEY_WHY_H
#define KVKCSR_APP_KEY_WHY_H

#include "base/blob.h"

/*
 * Writes what the file is into why, which begins with the option ("key: "); path is its name, not
 * escaped. Returns err, or KVK_OK with nothing written where there is nothing to say: the key is
 * of a usual kind. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_key_why(
	struct kvk_span file, const char *path, enum kvk_err err, struct kvk_error *why);

#endif
