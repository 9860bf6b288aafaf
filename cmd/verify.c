/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "app/history.h"
#include "app/memory.h"
#include "app/many.h"
#include "app/trusted.h"
#include "base/alloc.h"
#include "base/ascii.h"
#include "base/i18n.h"
#include "base/output.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cmd/case.h"
#include "cmd/step.h"
#include "report/verdict.h"

struct verify_config {
	struct kvk_common common;
	struct kvk_evidence_options evidence;
	struct kvk_text_list uploaded;
	const char *kvk, *oin, *party, *trade_name, *key, *csr;
	bool all, verbose;
	long jobs;
};

static const char *const parties[] = { "market", "government", NULL };

static const struct kvk_option options[] = {
	OPT_EVIDENCE(struct verify_config),
	OPT_TEXT(struct verify_config, kvk, "kvk", 0, N_("NUMBER"),
		N_("KVK number of your portal account, 8 digits")),
	OPT_TEXT(struct verify_config, oin, "oin", 0, N_("NUMBER"),
		N_("OIN (number of a government organisation) of your portal account, 20 digits")),
	OPT_CHOICE(struct verify_config, party, "party", 0, "market|government",
		N_("kind of organisation that uploads"), parties),
	OPT_TEXT(struct verify_config, trade_name, "trade-name", 0, N_("NAME"),
		N_("name of the organisation in the trade register")),
	OPT_LIST(struct verify_config, uploaded, "uploaded", 0, N_("FILE"),
		N_("certificate that was uploaded earlier")),
	OPT_TEXT(struct verify_config, key, "key", 0, N_("FILE"),
		N_("private key that must belong to the certificate")),
	OPT_TEXT(struct verify_config, csr, "csr", 0, N_("FILE"),
		N_("request that the certificate must match")),
	OPT_LOOK_UPS(struct verify_config),
	OPT_FLAG(struct verify_config, verbose, "verbose", 'v',
		N_("show everything that was checked, not just what matters")),
	OPT_FLAG(struct verify_config, all, "all", 0,
		N_("the same, and list the rules that passed")),
	OPT_NUMBER(struct verify_config, jobs, "jobs", 'j', N_("N"),
		N_("check this many files at the same time (default: 1)"), 1, 256),
	OPT_HOME(struct verify_config),
	OPT_CONFIG(struct verify_config),
	OPT_COLOR(struct verify_config),
	OPT_JSON(struct verify_config),
	OPT_END,
};

static enum kvk_exit check(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "verify",
	.synopsis = N_("[OPTION]... FILE..."),
	.summary = N_("check a delivery as the portal would"),
	.details =
		N_("FILE is the file that you would upload. '-' is standard input. A folder stands "
		   "for all certificate files in it and below it. Every message that applies is "
		   "shown, with what to do about it (the portal shows only one message).\n\n"
		   "  kvkcsr verify --kvk 68750110 delivery.pem\n\n"
		   "Exit status: 0 accepted, 1 accepted with warnings, 2 rejected, 3 some checks "
		   "could not be completed."),
	.options = options,
	.minimum = 1,
	.maximum = SIZE_MAX,
	.check = check,
};

static bool is_digits(const char *text, size_t n)
{
	return strlen(text) == n && kvk_all_digits(kvk_span_of(text));
}

static enum kvk_exit check(const void *config, char **arguments)
{
	const struct verify_config *given = config;
	const char *kvk = given->kvk, *oin = given->oin;

	(void)arguments;
	if (kvk != NULL && !is_digits(kvk, KVK_NUMBER_DIGITS))
		return kvk_usage_error(&usage, _("--kvk: a KVK number has 8 digits"));
	if (oin != NULL && !is_digits(oin, KVK_OIN_DIGITS))
		return kvk_usage_error(&usage, _("--oin: an OIN has 20 digits"));
	if (kvk != NULL && oin != NULL && strncmp(oin, "00000003", 8) == 0 &&
		strncmp(oin + 8, kvk, 8) != 0)
		return kvk_usage_error(
			&usage, _("--oin contains a KVK number that differs from --kvk"));
	return kvk_case_check(&usage, &given->evidence);
}

/* The configuration, and what the home knows: earlier uploads and dossiers. */
struct home_facts {
	const struct kvk_settings *settings;
	struct kvk_home home;
	struct kvk_history history;
	struct kvk_memory memory;
};

static struct kvk_case case_of(const struct verify_config *config, const struct home_facts *facts)
{
	struct kvk_case out = kvk_case_of(&config->evidence);

	out.uploaded = kvk_case_paths(&config->uploaded);
	out.account = (struct kvk_account){
		.kvk = config->kvk,
		.oin = config->oin,
		.party = kvk_party_of(config->party),
		.trade_name = config->trade_name,
	};
	out.key = config->key;
	out.csr = config->csr;
	kvk_history_apply(&facts->history, &out);
	kvk_trusted_apply(facts->settings, &facts->home, &out);
	return out;
}

/* How many files were accepted, refused, and left open. */
struct counts {
	size_t accepted, refused, open;
};

/* How the verdicts are written. */
struct style {
	const struct verify_config *config;
	struct counts *counts;
	const struct kvk_case *asked;
	struct kvk_paper paper;
	bool several;
};

/* Of several files each is a line, unless more was asked for. */
static bool is_line(const struct style *style)
{
	const struct verify_config *config = style->config;

	return style->several && !config->common.json && !config->verbose && !config->all;
}

static enum kvk_err render(const void *context, const char *file,
	const struct kvk_evaluation *evaluation, struct kvk_blob *out)
{
	const struct style *style = context;
	const struct kvk_verdict_style how = {
		.file = file,
		.paper = style->paper,
		.all = style->config->all,
		.verbose = style->config->verbose,
	};

	if (is_line(style))
		return kvk_verdict_line(&evaluation->verdict, &how, out);
	if (style->config->common.json)
		return kvk_verdict_json(
			&evaluation->facts, &evaluation->verdict, &how, !style->several, out);
	return kvk_verdict_text(&evaluation->facts, &evaluation->verdict, &how, out);
}

/* A line for a script that reads one for each file; people have the word on stderr. */
static enum kvk_err render_failure(
	const void *context, const char *file, const struct kvk_error *why, struct kvk_blob *out)
{
	const struct style *style = context;
	const struct kvk_verdict_style how = { .file = file, .error = why->text };
	struct kvk_evaluation *none;
	enum kvk_err err;

	if (!style->config->common.json)
		return KVK_OK;
	none = kvk_calloc(1, sizeof *none);
	if (none == NULL)
		return KVK_ERR_MEMORY;
	none->facts.asked = style->asked;
	none->facts.offline = style->config->evidence.offline;
	kvk_verdict_without_file(&none->verdict);
	err = kvk_verdict_json(&none->facts, &none->verdict, &how, !style->several, out);
	kvk_evaluation_free(none);
	return err;
}

static void count(struct counts *counts, enum kvk_exit code)
{
	if (code == KVK_EXIT_CRITICAL)
		counts->refused++;
	else if (code == KVK_EXIT_UNKNOWN)
		counts->open++;
	else
		counts->accepted++;
}

static bool write_result(const void *context, size_t i, enum kvk_exit code,
	const struct kvk_blob *rendered, const struct kvk_error *why)
{
	const struct style *style = context;

	count(style->counts, code);

	if (why->text[0] != '\0')
		kvk_warn("%s", why->text);
	if (i > 0 && rendered->n > 0 && !style->config->common.json && !is_line(style))
		(void)kvk_output_print("\n");
	return kvk_write(rendered);
}

/* How many there are of each, after a line for each file. */
static enum kvk_exit write_counts(const struct style *style, enum kvk_exit code)
{
	const struct counts *counts = style->counts;
	const size_t all = counts->accepted + counts->refused + counts->open;
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out, .paper = style->paper };

	if (!is_line(style))
		return code;
	kvk_page_append_sentence(&page,
		kvk_ngettext("%zu file: %zu accepted, %zu rejected, %zu undetermined; --verbose "
			     "shows everything",
			"%zu files: %zu accepted, %zu rejected, %zu undetermined; --verbose shows "
			"everything",
			all),
		all, counts->accepted, counts->refused, counts->open);
	return kvk_step_write(page.err, &out, code);
}

static enum kvk_exit verify_files(const struct verify_config *config,
	const struct home_facts *facts, const struct kvk_files *files)
{
	const struct kvk_case asked = case_of(config, facts);
	struct counts counts = { 0 };
	const struct style style = {
		.config = config,
		.counts = &counts,
		.asked = &asked,
		.paper = kvk_step_paper(config->common.color),
		.several = files->folder || kvk_files_count(files) > 1,
	};
	const struct kvk_many_output output = {
		.render = render,
		.render_failure = render_failure,
		.write = write_result,
		.context = &style,
	};
	const struct kvk_online_order order =
		kvk_case_online(&config->evidence, facts->settings, &facts->home);
	struct kvk_evaluator *evaluator = NULL;
	struct kvk_online *online = NULL;
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_step(kvk_online_open(&order, &online), &why));
	KVK_STEP(kvk_step(kvk_evaluator_open(&asked, &evaluator, &why), &why));
	if (kvk_evaluator_key_readable(evaluator))
		kvk_warn_key_readable(config->key);
	kvk_evaluator_remember(evaluator, &facts->memory);
	kvk_evaluator_go_online(evaluator, online);
	code = kvk_many_evaluate(evaluator, files, (unsigned)config->jobs, &output);
	code = write_counts(&style, code);
out:
	kvk_evaluator_free(evaluator);
	kvk_online_close(online);
	return code;
}

/* A folder that cannot be read is left out, and the rest is evaluated. */
static void left_out(void *context, enum kvk_err err, const char *path)
{
	enum kvk_exit *code = context;

	kvk_warn_folder(err, path);
	*code = KVK_EXIT_UNKNOWN;
}

static enum kvk_exit verify_all(const struct verify_config *config, const struct home_facts *facts,
	char **arguments, size_t count)
{
	struct kvk_files files = KVK_FILES_INIT;
	enum kvk_exit code = KVK_EXIT_OK;

	files.left_out = left_out;
	files.context = &code;
	for (size_t i = 0; i < count; i++) {
		struct kvk_error why = { "" };

		if (kvk_files_add(&files, arguments[i], &why) == KVK_OK)
			continue;
		kvk_warn("%s", why.text);
		code = KVK_EXIT_UNKNOWN;
	}
	if (kvk_files_count(&files) > 0)
		code = kvk_exit_graver(code, verify_files(config, facts, &files));
	if (kvk_files_count(&files) > 0 && files.passed_over > 0 && !config->common.json)
		kvk_warn(kvk_ngettext("%zu file was passed over: in a folder, only files whose "
				      "names end in .pem, .cer, .crt, .der, .p7b or .p7c are read",
				 "%zu files were passed over: in a folder, only files whose names "
				 "end in .pem, .cer, .crt, .der, .p7b or .p7c are read",
				 files.passed_over),
			files.passed_over);
	kvk_files_free(&files);
	return code;
}

static void free_facts(struct home_facts *facts)
{
	kvk_history_free(&facts->history);
	kvk_memory_free(&facts->memory);
	kvk_home_free(&facts->home);
}

/* A home that cannot be found has neither history nor dossiers. */
static enum kvk_exit read_facts(
	const char *option, const struct kvk_settings *settings, struct home_facts *out)
{
	struct kvk_error why = { "" };
	enum kvk_exit code;

	(void)kvk_home_find(option, &out->home);
	kvk_warn_home(&out->home);
	out->settings = settings;
	out->memory.configured = kvk_memory_configured(settings);
	KVK_STEP(kvk_step(kvk_history_of_home(&out->home, &out->history, &why), &why));
	KVK_STEP(kvk_step(kvk_memory_read(&out->memory, &out->home), &why));
out:
	return code;
}

enum kvk_exit kvk_cmd_verify(struct kvk_run *run)
{
	struct verify_config config = { .jobs = 1 };
	struct home_facts facts = { .history = KVK_HISTORY_INIT, .memory = KVK_MEMORY_INIT };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	if (config.common.json)
		kvk_language_english();
	KVK_STEP(kvk_step_at(&config.evidence.at));
	KVK_STEP(read_facts(config.common.home, &run->settings, &facts));
	code = verify_all(&config, &facts, run->arguments, run->count);
out:
	free_facts(&facts);
	return code;
}
