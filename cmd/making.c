/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/making.h"

#include "base/i18n.h"
#include "cli/terminal.h"
#include "cmd/dialogue.h"
#include "cmd/step.h"
#include "report/request.h"

/* Warns of all that the review has of a kind. */
static void warn_review(const struct kvk_new *run, enum kvk_review_kind kind)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(&run->review, i)) != NULL; i++) {
		if (item->kind != kind)
			continue;
		if (kind == KVK_REVIEW_WARNING)
			kvk_warn(_("advice: %s: %s"), kvk_field_name(item->field), item->text);
		else
			kvk_warn("%s: %s", kvk_field_name(item->field), item->text);
	}
}

enum kvk_exit kvk_making_refuse(const struct kvk_new *run)
{
	warn_review(run, KVK_REVIEW_FINDING);
	return KVK_EXIT_USAGE;
}

enum kvk_err kvk_making_take(const char *const given[static KVK_FIELD_COUNT],
	const bool flag[static KVK_FIELD_COUNT], struct kvk_answers *answers)
{
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < KVK_FIELD_COUNT; i++) {
		const char *text = flag[i] ? "true" : given[i];

		if (text != NULL)
			KVK_TRY(kvk_answer_set(
				answers, (enum kvk_field)i, KVK_GIVEN_OPTION, kvk_span_of(text)));
	}
out:
	return err;
}

static bool is_dry(const struct kvk_new *run)
{
	return kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN);
}

static void warn_readable(const struct kvk_new *run, enum kvk_field field)
{
	if (run->readable[field] && field == KVK_FIELD_KEY)
		kvk_warn_key_readable(kvk_answer(&run->answers, KVK_FIELD_KEY));
	else if (run->readable[field])
		kvk_warn(_("advice: %s: other users can read that file; run chmod 600 on it"),
			kvk_field_name(field));
}

/* Opens the key, and asks for its passphrase where it needs one that nobody gave. */
static enum kvk_exit open_key(struct kvk_new *run)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_new_open_key(run, &why);
	enum kvk_exit code;

	warn_readable(run, KVK_FIELD_KEY);
	if (err == KVK_ERR_PASSPHRASE && run->pass.n == 0 && kvk_interactive()) {
		KVK_STEP(kvk_dialogue_passphrase(kvk_new_key_in_token(run) ?
				_("PIN of the token: ") :
				_("Passphrase of the key: "),
			false, &run->pass));
		err = kvk_new_open_key(run, &why);
	}
	if (err == KVK_ERR_REFUSED)
		code = kvk_making_refuse(run);
	else
		code = kvk_step(err == KVK_ERR_PASSPHRASE ? KVK_ERR_USAGE : err, &why);
out:
	return code;
}

/* The passphrase and the key that were given. */
static enum kvk_exit use_secrets(struct kvk_new *run)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_new_read_passphrase(run, &why);
	enum kvk_exit code;

	warn_readable(run, KVK_FIELD_PASS_FILE);
	KVK_STEP(kvk_step(err, &why));
	KVK_STEP(open_key(run));
	if (run->order.encrypt_key && run->pass.n == 0 && !kvk_interactive() && !is_dry(run)) {
		kvk_warn(
			_("pass-file: a passphrase is required to encrypt the key; use --pass-file "
			  "or --pass-fd"));
		code = KVK_EXIT_USAGE;
	}
out:
	return code;
}

enum kvk_exit kvk_making_report(const struct kvk_new *run, bool refused)
{
	const struct kvk_new_place *place = &run->place;
	const char *key = kvk_answer(&run->answers, KVK_FIELD_KEY);
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_request_report report = {
		.order = &run->order,
		.review = &run->review,
		.csr = run->csr,
		.evaluated = kvk_answer(&run->answers, KVK_FIELD_CSR) != NULL,
		.refused = refused,
		.pem = kvk_span_of_blob(&run->request_pem),
		.renewal = run->renewal != NULL,
		.switch_at = run->switch_at,
	};
	struct kvk_blob out = { .p = NULL };
	enum kvk_err err;

	if (place->request_file.n > 0) {
		report.folder = kvk_blob_str(&place->folder);
		report.request_file = kvk_blob_str(&place->request_file);
		report.answers_file = kvk_blob_str(&place->answers_file);
		report.key_file = place->key_file.n > 0 ? kvk_blob_str(&place->key_file) : NULL;
		report.key_uri = kvk_new_key_in_token(run) ? key : NULL;
		report.key_copied_from = kvk_new_key_in_token(run) ? NULL : key;
		report.entry = place->outside ? NULL : run->order.name;
	}
	err = kvk_answer_is_true(&run->answers, KVK_FIELD_JSON) ?
		kvk_request_json(&report, &out) :
		kvk_request_text(&report, &paper, &out);
	if (err != KVK_OK)
		kvk_warn(_("cannot show the result: %s"), kvk_error_text(err));
	return kvk_step_write(err, &out, KVK_EXIT_OK);
}

enum kvk_exit kvk_making_make(struct kvk_new *run)
{
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(use_secrets(run));
	/* the dialogue has said what it changed */
	if (!kvk_interactive() || run->renewal != NULL)
		warn_review(run, KVK_REVIEW_CHANGE);
	warn_review(run, KVK_REVIEW_WARNING);
	if (is_dry(run))
		return kvk_making_report(run, false);
	if (kvk_interactive())
		KVK_STEP(kvk_dialogue_confirm(run));
	if (run->order.encrypt_key && run->pass.n == 0)
		KVK_STEP(kvk_dialogue_passphrase(
			_("Passphrase for the key (not shown): "), true, &run->pass));
	KVK_STEP(kvk_step(kvk_new_make_key(run, &why), &why));
	KVK_STEP(kvk_step(kvk_new_make_request(run, &why), &why));
	KVK_STEP(kvk_step(kvk_new_store(run, &why), &why));
	code = kvk_making_report(run, false);
out:
	return code;
}
