/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/text.h"
#include "path/step.h"

/* A name with escapes as kvk_name_text() makes them, cut where it is too long. */
static enum kvk_err put_name(char *out, size_t size, const struct kvk_name *name)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = kvk_name_text(name, &text);

	if (err == KVK_OK) {
		size_t n = text.n < size - 1 ? text.n : size - 1;

		/* what is escaped already is not escaped again; never cut within a character */
		while (n < text.n && n > 0 && (text.p[n] & 0xc0) == 0x80)
			n--;
		for (size_t i = 0; i < n; i++)
			out[i] = (char)text.p[i];
		out[n] = '\0';
	}
	kvk_blob_free(&text);
	return err;
}

/* Nobody issued the last certificate of the path. */
static enum kvk_err no_anchor(struct kvk_step *step)
{
	const struct kvk_name *issuer = &step->certificate->issuer;
	struct kvk_path_fault *fault;
	enum kvk_err err = KVK_OK;

	if (step->path->link_missing) {
		fault = kvk_step_fault(step, KVK_REASON_NAME_CHAINING, "issuer");
		err = put_name(fault->found, sizeof(fault->found), issuer);
	}
	fault = kvk_step_fault(step, KVK_REASON_NO_TRUST_ANCHOR, "issuer");
	fault->step = step->path->count;
	if (err == KVK_OK)
		err = put_name(fault->found, sizeof(fault->found), issuer);
	return err;
}

enum kvk_err kvk_step_chaining(struct kvk_step *step)
{
	const struct kvk_name *issuer = &step->certificate->issuer;
	struct kvk_path_fault *fault;
	enum kvk_err err;

	if (step->issuer_name == NULL)
		return no_anchor(step);
	if (kvk_name_equal(issuer, step->issuer_name, step->names))
		return KVK_OK;
	fault = kvk_step_fault(step, KVK_REASON_NAME_CHAINING, "issuer");
	err = put_name(fault->found, sizeof(fault->found), issuer);
	return err == KVK_OK ? put_name(fault->wanted, sizeof(fault->wanted), step->issuer_name) :
			       err;
}
