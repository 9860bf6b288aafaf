/* SPDX-License-Identifier: Apache-2.0 */
/* What revocation says of a path, in the words and in the order of a Java validator. */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_EVALUATE_REVOCATION_H
#define KVKCSR_TESTS_DIFFERENTIAL_EVALUATE_REVOCATION_H

#include "path/path.h"
#include "path/reason.h"
#include "tests/differential/chain.h"

/* The first certificate from the CA end that is not known to be good. */
struct revocation_fault {
	bool any;
	size_t step;
	enum kvk_reason reason;
	/* Why, and what is wrong with a CRL that cannot be read, or ""; static. */
	const char *detail, *unreadable;
};

/* Asks the CRLs about every certificate of a path with an anchor. */
enum kvk_err evaluate_revocation(const struct chain *chain, const struct kvk_path *path,
	const struct kvk_path_input *input, struct revocation_fault *out);

#endif
