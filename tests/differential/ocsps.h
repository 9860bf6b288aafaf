/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The OCSP response that is given with a chain: about one of its certificates, good, or made bad in
 * one way or several. Not here: what is right or wrong about it.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_OCSPS_H
#define KVKCSR_TESTS_DIFFERENTIAL_OCSPS_H

#include "tests/differential/chain.h"

/*
 * Makes a response about a certificate of a chain that is signed already, and changes it; none
 * where that certificate cannot be read. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err ocsps_make(struct chain *chain, struct dice *dice);

#endif
