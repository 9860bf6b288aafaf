/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own verdict on a chain, in the words in which Theirs.java gives Java's: the file is read as
 * verify reads it, and the path is validated in the order of the file.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_EVALUATE_H
#define KVKCSR_TESTS_DIFFERENTIAL_EVALUATE_H

#include "crypto/verify.h"
#include "tests/differential/chain.h"

/*
 * Appends "reason TAB index TAB detail TAB built": reason is ok, PARSE, ANCHOR, NOTHING or one of
 * kvk_reason_name(), with a question mark where it could not be determined; index is that of the
 * certificate in the file or -1; built is ok or fail for a path that is built from the file.
 */
enum kvk_err evaluate(
	const struct chain *chain, struct kvk_verifier *verifier, struct kvk_blob *out);

#endif
