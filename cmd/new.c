/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <sys/stat.h>

#include "app/new.h"
#include "base/format.h"
#include "base/i18n.h"
#include "cli/terminal.h"
#include "cli/typing.h"
#include "cmd/dialogue.h"
#include "cmd/keep.h"
#include "cmd/making.h"
#include "cmd/step.h"
#include "conf/datadir.h"
#include "request/evaluate.h"

struct new_config {
	struct kvk_common common;
	const char *answers;
	/* By field; flags for the booleans. */
	const char *text[KVK_FIELD_COUNT];
	bool flag[KVK_FIELD_COUNT];
	struct kvk_text_list to;
};

static const struct kvk_option options[] = {
	OPT_TEXT(struct new_config, answers, "answers", 0, N_("FILE"),
		N_("read answers from this file; each setting is named after an option")),
	OPT_TEXT(struct new_config, text[KVK_FIELD_DOMAIN], "domain", 0, N_("NAME"),
		N_("host name for the certificate")),
	OPT_MAKING(struct new_config),
	OPT_TEXT(struct new_config, text[KVK_FIELD_LIKE], "like", 0, N_("CERTIFICATE"),
		N_("use the names and numbers in this certificate as answers")),
	OPT_TEXT(struct new_config, text[KVK_FIELD_CSR], "csr", 0, N_("FILE"),
		N_("check and store a request that was created elsewhere")),
	OPT_TEXT(struct new_config, text[KVK_FIELD_OUT], "out", 0, N_("DIR"),
		N_("use this folder as the dossier; it must be outside the home")),
	OPT_LIST(struct new_config, to, "to", 0, N_("ADDRESS"),
		N_("mail address to notify about this certificate, instead of notify.mail.to")),
	OPT_FLAG(struct new_config, flag[KVK_FIELD_DRY_RUN], "dry-run", 0,
		N_("show what would be created, but create nothing")),
	OPT_FLAG(struct new_config, flag[KVK_FIELD_PRACTICE], "practice", 0,
		N_("allow names and numbers that are for practice only")),
	OPT_FLAG(
		struct new_config, flag[KVK_FIELD_JSON], "json", 0, N_("print the result as JSON")),
	OPT_HOME(struct new_config),
	OPT_CONFIG(struct new_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "new",
	.synopsis = N_("[OPTION]... [NAME]"),
	.summary = N_("create a key and a certificate request (CSR) to send to a TSP (trust "
		      "service provider)"),
	.details = N_("On a terminal, kvkcsr asks for everything that is not given, explains each "
		      "question, and creates nothing until you agree. In a script, --domain, "
		      "--organisation and --kvk or --oin are required:\n\n"
		      "  kvkcsr new --domain api.voorbeeld.nl --kvk 68750110 \\\n"
		      "         --organisation 'Voorbeeld B.V.'\n\n"
		      "NAME is the name of the dossier, the folder that holds a request and its "
		      "certificate (default: the host name). A passphrase is read from the "
		      "terminal, a file or a file descriptor, never from the command line."),
	.options = options,
	.minimum = 0,
	.maximum = 1,
};

/* Who is notified, as one answer. */
static enum kvk_err take_recipients(const struct new_config *config, struct kvk_answers *answers)
{
	struct kvk_blob list = { 0 };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < config->to.count; i++)
		KVK_TRY(kvk_blob_append_format(
			&list, "%s%s", i > 0 ? ", " : "", config->to.items[i]));
	if (config->to.count > 0)
		err = kvk_answer_set(
			answers, KVK_FIELD_TO, KVK_GIVEN_OPTION, kvk_span_of_blob(&list));
out:
	kvk_blob_free(&list);
	return err;
}

/* Nobody is to answer all questions first. */
static enum kvk_exit check_recipients(const struct kvk_new *run)
{
	struct kvk_blob lines = { 0 };
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_new_list_recipients(run, &lines, &why);

	kvk_blob_free(&lines);
	return kvk_step(err, &why);
}

/* Options, answer file and --like; an option wins. */
static enum kvk_exit collect(struct kvk_new *run, const struct new_config *config)
{
	struct kvk_error why = { "" };
	const char *like;
	enum kvk_exit code;

	KVK_STEP(kvk_step(kvk_making_take(config->text, config->flag, &run->answers), &why));
	KVK_STEP(kvk_step(take_recipients(config, &run->answers), &why));
	if (config->answers != NULL)
		KVK_STEP(kvk_step(kvk_new_read_answers(run, config->answers, &why), &why));
	KVK_STEP(check_recipients(run));
	like = kvk_answer(&run->answers, KVK_FIELD_LIKE);
	if (like != NULL && kvk_answer(&run->answers, KVK_FIELD_CSR) == NULL)
		KVK_STEP(kvk_step(kvk_new_read_like(run, like, NULL, &why), &why));
out:
	return code;
}

static bool is_dry(const struct kvk_new *run)
{
	return kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN);
}

static enum kvk_exit find_place(struct kvk_new *run, const struct new_config *config)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_new_find_place(run, config->common.home, &why);

	kvk_warn_home(&run->place.store.home);
	return kvk_step(err, &why);
}

static enum kvk_exit store(struct kvk_new *run)
{
	struct kvk_error why = { "" };

	return kvk_step(kvk_new_store(run, &why), &why);
}

/* A request from elsewhere that would be refused is shown, and not stored. */
static enum kvk_exit refuse_request(const struct kvk_new *run)
{
	enum kvk_exit code = kvk_making_report(run, true);

	if (code != KVK_EXIT_OK)
		return code;
	kvk_warn(_("the request was not stored"));
	return KVK_EXIT_CRITICAL;
}

static enum kvk_exit read_request(struct kvk_new *run)
{
	struct kvk_error why = { "" };
	bool has_key;
	enum kvk_err err =
		kvk_new_read_request(run, kvk_answer(&run->answers, KVK_FIELD_CSR), &has_key, &why);
	enum kvk_exit code;

	if (has_key)
		kvk_warn(_("advice: csr: that file also contains a private key; do not send it to "
			   "anyone"));
	code = kvk_step(err, &why);
	return err == KVK_ERR_REFUSED ? KVK_EXIT_CRITICAL : code;
}

/* What ask_second() works on. */
struct second {
	struct kvk_new *run;
	const struct new_config *config;
};

/* Where the domain has an entry, asks whether there is to be another, which then gets a name. */
static enum kvk_err ask_second(void *context, const char *domain, struct kvk_error *why)
{
	const struct second *second = context;
	struct kvk_new *run = second->run;
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	struct kvk_entry entry;
	enum kvk_err err;

	if (run->second)
		return KVK_OK;
	err = kvk_new_find_domain(run, second->config->common.home, domain, &entry, name, why);
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	KVK_TRY(err);
	KVK_TRY(kvk_dialogue_second(
		domain, entry.name, entry.certificate.present && !entry.certificate.ca, name));
	KVK_TRY(kvk_answer_set(
		&run->answers, KVK_FIELD_NAME, KVK_GIVEN_DIALOGUE, kvk_span_of(name)));
	run->second = true;
out:
	return err;
}

/* The same for a request from elsewhere, once its domain is known. */
static enum kvk_exit ask_second_request(struct kvk_new *run, const struct new_config *config)
{
	struct second second = { run, config };
	struct kvk_error why = { "" };
	enum kvk_err err;

	if (!kvk_interactive())
		return KVK_GO_ON;
	err = ask_second(&second, run->order.domain.name, &why);
	if (err == KVK_OK && run->second)
		KVK_FORMAT(run->order.name, "%s", kvk_answer(&run->answers, KVK_FIELD_NAME));
	return kvk_dialogue_step(err, &why);
}

/* A request that was made elsewhere: it is evaluated, and stored unless it would be refused. */
static enum kvk_exit file_request(struct kvk_new *run, const struct new_config *config)
{
	enum kvk_err err;
	enum kvk_exit code;

	KVK_STEP(read_request(run));
	err = kvk_request_evaluate(
		run->csr, &run->answers, &run->presets, &run->order, &run->review);
	if (err == KVK_ERR_USAGE)
		return kvk_making_refuse(run);
	if (err == KVK_ERR_REFUSED)
		return refuse_request(run);
	if (err != KVK_OK) {
		kvk_warn(_("cannot check the request: %s"), kvk_error_text(err));
		return kvk_exit_of(err);
	}
	KVK_STEP(ask_second_request(run, config));
	KVK_STEP(find_place(run, config));
	if (!is_dry(run))
		KVK_STEP(store(run));
	code = kvk_making_report(run, false);
out:
	return code;
}

static enum kvk_exit find_and_make(struct kvk_new *run, const struct new_config *config)
{
	enum kvk_exit code;

	KVK_STEP(find_place(run, config));
	code = kvk_making_make(run);
out:
	return code;
}

static enum kvk_exit settle_and_make(
	struct kvk_new *run, const struct new_config *config, const struct kvk_settings *settings)
{
	struct second second = { run, config };
	const struct kvk_dialogue_domain domain = { ask_second, &second };
	struct kvk_registered registered = { .settings = settings };
	enum kvk_err err;
	enum kvk_exit code;

	if (kvk_interactive())
		KVK_STEP(kvk_dialogue(run, &domain, &registered));
	err = kvk_order_settle(&run->answers, &run->presets, &run->order, &run->review);
	if (err == KVK_ERR_REFUSED)
		code = kvk_making_refuse(run);
	else if (err != KVK_OK)
		code = kvk_exit_of(err);
	else
		code = find_and_make(run, config);
	if (err != KVK_OK && err != KVK_ERR_REFUSED)
		kvk_warn(_("cannot check the answers: %s"), kvk_error_text(err));
out:
	kvk_registered_free(&registered);
	return code;
}

/* Keeps what was answered but for the answer that is to change, and nothing else. */
static void start_again(struct kvk_new *run)
{
	struct kvk_new next = { 0 };

	if (!run->changing)
		return;
	next.answers_from = run->answers_from;
	next.answers = run->answers;
	next.presets = run->presets;
	next.asked = run->asked;
	run->answers = (struct kvk_answers){ 0 };
	run->presets = (struct kvk_presets){ 0 };
	kvk_answer_drop(&next.answers, run->change);
	next.asked.passed[run->change] = false;
	kvk_new_free(run);
	*run = next;
}

enum kvk_exit kvk_cmd_new(struct kvk_run *command)
{
	struct new_config config = { 0 };
	struct kvk_new run = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	umask(077);
	kvk_secret_process();
	kvk_typing_hold();
	KVK_STEP(kvk_run_start(command, &usage, &config, &config.common));
	if (command->count == 1)
		config.text[KVK_FIELD_NAME] = command->arguments[0];
	if (kvk_presets_load(kvk_datadir(), &run.presets, &why) != KVK_OK)
		KVK_STEP(kvk_step(KVK_ERR_CONFIG, &why));
	KVK_STEP(collect(&run, &config));
	do {
		start_again(&run);
		code = kvk_answer(&run.answers, KVK_FIELD_CSR) != NULL ?
			file_request(&run, &config) :
			settle_and_make(&run, &config, &command->settings);
	} while (run.changing);
	if (kvk_typing_interrupted())
		kvk_keep_answers(&run.answers, &config.common);
out:
	kvk_new_free(&run);
	if (kvk_typing_interrupted())
		kvk_typing_pass_on();
	return code;
}
