/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "path/step.h"

/* encipherOnly and decipherOnly mean nothing without another bit (4.2.1.3). */
enum { MEANINGFUL = KVK_KU_ENCIPHER_ONLY - 1 };

static bool is_for_nothing(const struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;

	return step->input->manner == KVK_MANNER_JAVA && e->has_key_usage &&
		(e->key_usage & MEANINGFUL) == 0;
}

void kvk_step_any_usage(struct kvk_step *step)
{
	struct kvk_path_failure *fault;

	if (!is_for_nothing(step))
		return;
	fault = kvk_step_failure(step, KVK_REASON_INVALID_KEY_USAGE, "keyUsage");
	snprintf(fault->wanted, sizeof(fault->wanted), "%s",
		step->at == 0 ? "digitalSignature" : "keyCertSign");
}

void kvk_step_usage(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_path_failure *fault;

	if (step->at == 0 || !e->has_key_usage || (e->key_usage & KVK_KU_KEY_CERT_SIGN) != 0 ||
		is_for_nothing(step))
		return;
	fault = kvk_step_failure(step, KVK_REASON_INVALID_KEY_USAGE, "keyUsage");
	snprintf(fault->wanted, sizeof(fault->wanted), "keyCertSign");
}
