/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificate policies: all that RFC 5280 section 6.1 asks of them, with the policy graph of RFC
 * 9618. Only path/ includes this header.
 */
#ifndef KVKCSR_PATH_POLICY_H
#define KVKCSR_PATH_POLICY_H

#include "path/state.h"

/* 6.1.2(a), (d) to (f): the state of policies before the first certificate. */
void kvk_path_policy_start(struct kvk_path_state *state);
/* 6.1.3(d) to (f), 6.1.4(a), (b), (h) to (j), 6.1.5(a), (b), (g), for this certificate. */
void kvk_path_policy(struct kvk_path_state *state);
/*
 * Whether each of these qualifiers (the SEQUENCE, whole) is one of the two that RFC 5280 knows: a
 * CPS pointer, a user notice.
 */
bool kvk_path_policy_qualifiers_known(struct kvk_span qualifiers);

#endif
