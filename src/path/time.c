/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "path/step.h"

static void tell(struct kvk_path_failure *fault, kvk_time found, const char *relation, kvk_time at)
{
	char text[KVK_TIME_TEXT_SIZE];

	snprintf(fault->found, sizeof(fault->found), "%s", kvk_time_text(found, text));
	snprintf(fault->wanted, sizeof(fault->wanted), "%s %s", relation, kvk_time_text(at, text));
}

/* Both ends belong to the validity, to the millisecond. */
void kvk_step_time(struct kvk_step *step)
{
	const struct kvk_certificate *c = step->certificate;
	kvk_time at = step->input->at;

	if (at < c->not_before)
		tell(kvk_step_failure(step, KVK_REASON_NOT_YET_VALID, "validity.notBefore"),
			c->not_before, "<=", at);
	if (at > c->not_after)
		tell(kvk_step_failure(step, KVK_REASON_EXPIRED, "validity.notAfter"), c->not_after,
			">=", at);
}
