/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "path/step.h"

/*
 * Whether Java's algorithm check has refused the signature of this certificate before it came to
 * verifying it.
 */
static bool is_refused(const struct kvk_step *step)
{
	for (size_t i = 0; i < step->report->count; i++) {
		const struct kvk_path_fault *f = &step->report->faults[i];

		if (f->reason == KVK_REASON_ALGORITHM_CONSTRAINED && f->step == step->at &&
			!f->beyond_java)
			return true;
	}
	return false;
}

enum kvk_err kvk_step_signature(struct kvk_step *step)
{
	const struct kvk_certificate *c = step->certificate;
	struct kvk_path_fault *fault;
	enum kvk_link link;
	enum kvk_err err;

	if (step->issuer_name == NULL)
		return KVK_OK;
	err = kvk_signature_check(step->input->signatures, step->issuer_spki,
		step->issuer_parent_spki, c->algorithm, c->tbs, c->signature, &link);
	if (err != KVK_OK || link == KVK_LINK_GOOD)
		return err;
	if (link == KVK_LINK_UNHANDLED && is_refused(step))
		return KVK_OK;
	fault = kvk_step_fault(step, KVK_REASON_INVALID_SIGNATURE, "signatureValue");
	fault->undetermined = link != KVK_LINK_BAD;
	if (link == KVK_LINK_UNHANDLED)
		snprintf(fault->found, sizeof(fault->found),
			"an algorithm or key that cannot be handled");
	if (link == KVK_LINK_EXHAUSTED) {
		step->report->exhausted = fault->exhausted = true;
		snprintf(fault->found, sizeof(fault->found), "too many signatures to check");
	}
	return KVK_OK;
}
