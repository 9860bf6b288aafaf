/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "path/step.h"

/* encipherOnly and decipherOnly mean nothing without another bit (4.2.1.3). */
enum { MEANINGFUL = KVK_KU_ENCIPHER_ONLY - 1 };

/* Java refuses every certificate, a leaf too, whose key is for nothing. */
static void judge_any(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_path_fault *fault;

	if (step->input->manner != KVK_MANNER_JAVA || !e->has_key_usage ||
		(e->key_usage & MEANINGFUL) != 0)
		return;
	fault = kvk_step_fault(step, KVK_REASON_INVALID_KEY_USAGE, "keyUsage");
	snprintf(fault->wanted, sizeof(fault->wanted), "digitalSignature");
}

void kvk_step_usage(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_path_fault *fault;

	if (step->at == 0)
		judge_any(step);
	if (step->at == 0 || !e->has_key_usage || (e->key_usage & KVK_KU_KEY_CERT_SIGN) != 0)
		return;
	fault = kvk_step_fault(step, KVK_REASON_INVALID_KEY_USAGE, "keyUsage");
	snprintf(fault->wanted, sizeof(fault->wanted), "keyCertSign");
}
