/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/evidence.h"

struct kvk_paths kvk_evidence_paths(const struct kvk_text_list *list)
{
	return (struct kvk_paths){ list->items, list->count };
}

struct kvk_evaluator_options kvk_evidence_of(const struct kvk_evidence_options *given)
{
	return (struct kvk_evaluator_options){
		.trust = kvk_evidence_paths(&given->trust),
		.chain = kvk_evidence_paths(&given->chain),
		.crl = kvk_evidence_paths(&given->crl),
		.ocsp = kvk_evidence_paths(&given->ocsp),
		.at = given->at.time,
		.offline = given->offline,
		.no_revocation = given->no_revocation,
	};
}
