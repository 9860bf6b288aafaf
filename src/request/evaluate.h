/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request, evaluated: one that was made elsewhere (F5, IIS, Key Vault, a TSP's assistant) by the
 * rules that this program's own requests keep and by the TSP's preset, and one of our own against
 * the order that it was made from.
 */
#ifndef KVKCSR_REQUEST_EVALUATE_H
#define KVKCSR_REQUEST_EVALUATE_H

#include "request/order.h"

/*
 * Evaluates a request made elsewhere. answers holds what was given beside it (before the request's
 * own fields were added). What the TSP fills in itself may be missing: that is a warning; what it
 * or the portal would refuse is a finding. Fills *order as far as the request allows and adds to
 * review. KVK_ERR_USAGE where the answers beside it are wrong, KVK_ERR_REFUSED where there are
 * findings, KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_request_evaluate(const struct kvk_csr *csr, struct kvk_answers *answers,
	const struct kvk_presets *presets, struct kvk_order *order, struct kvk_review *review);
/*
 * Checks that a request says what the order asks for, no more and no less, and is signed by the key
 * in it. KVK_ERR_SIGNATURE, KVK_ERR_REFUSED, KVK_ERR_DER, with why.
 */
enum kvk_err kvk_request_check(
	const struct kvk_order *order, struct kvk_span der, struct kvk_error *why);

#endif
