/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/step.h"

enum kvk_err kvk_step_anchor(struct kvk_step *step)
{
	const struct kvk_name *issuer = &step->certificate->issuer;
	struct kvk_path_failure *fault;
	enum kvk_err err = KVK_OK;

	if (step->path->anchor != NULL)
		return KVK_OK;
	if (step->path->link_missing) {
		fault = kvk_step_failure(step, KVK_REASON_NAME_CHAINING, "issuer");
		fault->undetermined = fault->exhausted = step->path->exhausted;
		err = kvk_words_name(fault->found, sizeof(fault->found), issuer);
	}
	fault = kvk_step_failure(step, KVK_REASON_NO_TRUST_ANCHOR, "issuer");
	fault->cert = step->path->count;
	fault->undetermined = fault->exhausted = step->path->exhausted;
	if (err == KVK_OK)
		err = kvk_words_name(fault->found, sizeof(fault->found), issuer);
	return err;
}

enum kvk_err kvk_step_chaining(struct kvk_step *step)
{
	const struct kvk_name *issuer = &step->certificate->issuer;
	struct kvk_path_failure *fault;
	enum kvk_err err;

	if (step->issuer_name == NULL || kvk_name_equal(issuer, step->issuer_name, step->names))
		return KVK_OK;
	fault = kvk_step_failure(step, KVK_REASON_NAME_CHAINING, "issuer");
	err = kvk_words_name(fault->found, sizeof(fault->found), issuer);
	return err == KVK_OK ?
		kvk_words_name(fault->wanted, sizeof(fault->wanted), step->issuer_name) :
		err;
}
