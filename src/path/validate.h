/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Validating a path as RFC 5280 section 6.1 says, with every failure collected, in the order in
 * which Java's PKIX validator looks (CA end first). Revocation, 6.1.3(a)(3), is not asked here.
 */
#ifndef KVKCSR_PATH_VALIDATE_H
#define KVKCSR_PATH_VALIDATE_H

#include "path/failure.h"
#include "path/path.h"

/*
 * Validates a path that was built. An empty report of a path with an anchor means: valid. First
 * that there is an anchor, then in the order of Java: one certificate after the other from the CA
 * end, for each: algorithm, key usage, basic constraints and path length, name constraints,
 * policies, validity, name chaining, signature, critical extensions. KVK_ERR_MEMORY,
 * KVK_ERR_ARGUMENT (an empty path).
 */
enum kvk_err kvk_path_validate(const struct kvk_path *path, const struct kvk_path_input *input,
	struct kvk_path_report *out);

#endif
