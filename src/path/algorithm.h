/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Java's validator refuses of algorithms and keys, whatever the signature is worth (JDK 17 and
 * 21, jdk.certpath.disabledAlgorithms). RFC 5280 refuses none, so only Java's manner asks. Only
 * path/ includes this header.
 */
#ifndef KVKCSR_PATH_ALGORITHM_H
#define KVKCSR_PATH_ALGORITHM_H

#include "path/state.h"

/* The algorithm with which this certificate is signed. KVK_ERR_MEMORY. */
enum kvk_err kvk_path_algorithm(struct kvk_path_state *state);
/* The key of this certificate, and that of the anchor that issued it. KVK_ERR_MEMORY. */
enum kvk_err kvk_path_algorithm_keys(struct kvk_path_state *state);
/*
 * Whether one of the two refused this certificate in Java itself, so that Java does not come to
 * verifying its signature.
 */
bool kvk_path_algorithm_refused(const struct kvk_path_state *state);
/*
 * Why Java finds the signature wrong whatever its octets are, or NULL; static. handled: the
 * algorithm and the key can be handled here. Keys below its least size Java refuses for that
 * before.
 */
const char *kvk_path_algorithm_misfit(const struct kvk_path_state *state, bool handled);

#endif
