/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request made elsewhere (F5, IIS, Key Vault, a TSP's assistant), judged against the rules that
 * this program's own requests keep and against the TSP's preset. What the TSP fills in itself may
 * be missing: that is advice; what it or the portal would refuse is a fault.
 */
#ifndef KVKCSR_REQUEST_JUDGE_H
#define KVKCSR_REQUEST_JUDGE_H

#include "crypto/verify.h"
#include "request/order.h"

/*
 * Judges a request. answers holds what was given beside it (before the request's own fields were
 * added). Fills *order as far as the request allows and adds to notes. KVK_ERR_USAGE where the
 * answers beside it are wrong, KVK_ERR_REFUSED where there are faults, KVK_ERR_MEMORY,
 * KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_request_judge(const struct kvk_csr *csr, struct kvk_answers *answers,
	const struct kvk_presets *presets, struct kvk_order *order, struct kvk_notes *notes);

#endif
