/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "path/step.h"

void kvk_step_usage(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_path_fault *fault;

	if (step->at == 0 || !e->has_key_usage || (e->key_usage & KVK_KU_KEY_CERT_SIGN) != 0)
		return;
	fault = kvk_step_fault(step, KVK_REASON_INVALID_KEY_USAGE, "keyUsage");
	snprintf(fault->wanted, sizeof(fault->wanted), "keyCertSign");
}
