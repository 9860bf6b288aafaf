/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/step.h"

struct kvk_path_failure *kvk_step_failure(
	struct kvk_step *step, enum kvk_reason reason, const char *field)
{
	struct kvk_path_report *report = step->report;
	struct kvk_path_failure *fault = &step->spare;

	if (report->count < KVK_PATH_FAILURES)
		fault = &report->failures[report->count++];
	*fault = (struct kvk_path_failure){ .reason = reason, .cert = step->at, .field = field };
	return fault;
}

/* Points the state at certificate number at (6.1.4: prepare for the next one, seen from above). */
static void enter(struct kvk_step *step, size_t at)
{
	const struct kvk_path *path = step->path;

	step->at = at;
	step->certificate = path->certs[at].certificate;
	step->self_issued = kvk_name_equal(
		&step->certificate->subject, &step->certificate->issuer, step->names);
	if (at + 1 < path->count) {
		const struct kvk_certificate *issuer = path->certs[at + 1].certificate;

		/*
		 * working_public_key_parameters: a key without its own keeps those from further up
		 */
		if (!step->issuer_inherits)
			step->issuer_parent_spki = step->issuer_spki;
		step->issuer_name = &issuer->subject;
		step->issuer_spki = issuer->spki;
		step->issuer_inherits = issuer->key.inherits_parameters;
	} else if (path->anchor != NULL) {
		step->issuer_name = &path->anchor->name;
		step->issuer_spki = path->anchor->spki;
		step->issuer_parent_spki = path->anchor->parent_spki;
		step->issuer_inherits = path->anchor->key.inherits_parameters;
	}
}

static enum kvk_err check(struct kvk_step *step)
{
	enum kvk_err err;

	err = kvk_step_algorithm(step);
	if (err != KVK_OK)
		return err;
	kvk_step_usage(step);
	kvk_step_basic(step);
	err = kvk_step_names(step);
	if (err != KVK_OK)
		return err;
	kvk_step_policy(step);
	kvk_step_time(step);
	err = kvk_step_chaining(step);
	if (err == KVK_OK)
		err = kvk_step_signature(step);
	if (err == KVK_OK)
		kvk_step_extensions(step);
	return err;
}

void kvk_path_report_start(struct kvk_path_report *report)
{
	report->count = 0;
	report->names_open = report->policies_open = report->exhausted = false;
}

enum kvk_err kvk_path_validate(const struct kvk_path *path, const struct kvk_path_input *input,
	struct kvk_path_report *out)
{
	struct kvk_step step = {
		.path = path,
		.input = input,
		.report = out,
		.names = input->manner == KVK_MANNER_JAVA ? KVK_NAMES_JAVA : KVK_NAMES_RFC5280,
		.max_path_length = path->count,
	};
	enum kvk_err err = KVK_OK;

	kvk_path_report_start(out);
	out->exhausted = path->exhausted;
	if (path->count == 0)
		return KVK_ERR_ARGUMENT;
	kvk_policy_start(&step);
	enter(&step, path->count - 1);
	err = kvk_step_anchor(&step);
	for (size_t at = path->count; at-- > 0 && err == KVK_OK;) {
		if (at + 1 < path->count)
			enter(&step, at);
		err = check(&step);
	}
	return err;
}

struct kvk_span kvk_path_parent_spki(const struct kvk_path *path, size_t step)
{
	struct kvk_span none = { 0 };

	for (size_t i = step + 1; i < path->count; i++) {
		if (!path->certs[i].certificate->key.inherits_parameters)
			return path->certs[i].certificate->spki;
	}
	return step < path->count && path->anchor != NULL ? path->anchor->spki : none;
}

const struct kvk_path_failure *kvk_path_failure_find(
	const struct kvk_path_report *report, enum kvk_reason reason)
{
	for (size_t i = 0; i < report->count; i++) {
		if (report->failures[i].reason == reason)
			return &report->failures[i];
	}
	return NULL;
}
