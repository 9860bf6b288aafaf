/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "path/step.h"

static void judge_ca(struct kvk_step *step)
{
	const struct kvk_certificate *c = step->certificate;
	struct kvk_path_failure *fault;

	if (c->version == 3 && c->ext.has_basic_constraints && c->ext.ca)
		return;
	fault = kvk_step_failure(step, KVK_REASON_NOT_CA_CERT, "basicConstraints.cA");
	snprintf(fault->wanted, sizeof(fault->wanted), "cA TRUE");
	if (c->version != 3)
		snprintf(fault->found, sizeof(fault->found), "v%u", c->version);
	else if (c->ext.has_basic_constraints)
		snprintf(fault->found, sizeof(fault->found), "cA FALSE");
}

void kvk_step_basic(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_path_failure *fault;

	if (step->at == 0)
		return;
	judge_ca(step);
	if (!step->self_issued) {
		if (step->max_path_length == 0) {
			fault = kvk_step_failure(step, KVK_REASON_PATH_TOO_LONG,
				"basicConstraints.pathLenConstraint");
			snprintf(fault->found, sizeof(fault->found), "%zu", step->at);
		} else {
			step->max_path_length--;
		}
	}
	if (e->has_path_length && e->path_length < step->max_path_length)
		step->max_path_length = (size_t)e->path_length;
}
