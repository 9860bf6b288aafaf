/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/vec.h"
#include "app/home.h"
#include "app/many.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "inventory/inventory.h"
#include "report/verdict.h"

struct verify_config {
	struct kvk_common common;
	struct kvk_evidence_options evidence;
	struct kvk_text_list uploaded;
	const char *kvk, *oin, *party, *trade_name, *key, *csr;
	bool all;
	long jobs;
};

static const char *const parties[] = { "market", "government", NULL };

static const struct kvk_option options[] = {
	OPT_EVIDENCE(struct verify_config),
	OPT_TEXT(struct verify_config, kvk, "kvk", 0, N_("NUMBER"),
		N_("KVK number of the account, 8 digits")),
	OPT_TEXT(struct verify_config, oin, "oin", 0, N_("NUMBER"),
		N_("OIN of the account, 20 digits")),
	OPT_CHOICE(struct verify_config, party, "party", 0, "market|government",
		N_("who uploads; default market"), parties),
	OPT_TEXT(struct verify_config, trade_name, "trade-name", 0, N_("NAME"),
		N_("name in the trade register")),
	OPT_LIST(struct verify_config, uploaded, "uploaded", 0, N_("FILE"),
		N_("a certificate uploaded earlier")),
	OPT_TEXT(struct verify_config, key, "key", 0, N_("FILE"),
		N_("the private key that it must belong to")),
	OPT_TEXT(struct verify_config, csr, "csr", 0, N_("FILE"),
		N_("the request that it must belong to")),
	OPT_LOOK_UPS(struct verify_config),
	OPT_FLAG(struct verify_config, all, "all", 0, N_("show the passed rules one by one")),
	OPT_NUMBER(struct verify_config, jobs, "jobs", 'j', N_("N"),
		N_("judge this many files at once; default 1"), 1, 256),
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
	.summary = N_("judge a delivery as the portal would"),
	.details = N_(
		"FILE is what would be uploaded; '-' is standard input; a folder stands for every\n"
		"certificate file below it. Every message that the portal has for it is shown,\n"
		"with what to do.\n\n"
		"  kvkcsr verify --kvk 68750110 delivery.pem\n\n"
		"Exit status: 0 accepted, 1 accepted with warnings, 2 refused, 3 not determined."),
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
	if (kvk != NULL && !is_digits(kvk, 8))
		return kvk_usage_error(&usage, _("--kvk: a KVK number has 8 digits"));
	if (oin != NULL && !is_digits(oin, 20))
		return kvk_usage_error(&usage, _("--oin: an OIN has 20 digits"));
	if (kvk != NULL && oin != NULL && strncmp(oin, "00000003", 8) == 0 &&
		strncmp(oin + 8, kvk, 8) != 0)
		return kvk_usage_error(
			&usage, _("--oin is made from another KVK number than --kvk"));
	return KVK_GO_ON;
}

/* Fingerprints of what the inventory says was uploaded. */
struct history {
	bool known;
	struct kvk_vec fingerprints;
};

static enum kvk_err add_upload(void *context, const uint8_t *sha256, kvk_time at)
{
	struct history *history = context;
	uint8_t *slot;
	enum kvk_err err = kvk_vec_push(&history->fingerprints, &slot);

	(void)at;
	if (err == KVK_OK)
		memcpy(slot, sha256, KVK_SHA256_SIZE);
	return err;
}

/* Reads the inventory where there is one; a home without one has no history. */
static enum kvk_err read_history(
	const char *home_option, struct history *out, struct kvk_error *why)
{
	struct kvk_home home = { 0 };
	struct kvk_blob path = { 0 };
	struct kvk_inventory *inventory = NULL;
	enum kvk_err err = KVK_OK;

	if (kvk_home_find(home_option, &home) != KVK_OK ||
		kvk_home_path(&home, "inventory.db", NULL, &path) != KVK_OK ||
		!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	err = kvk_inventory_open(kvk_home_text(&home), false, &inventory, why);
	if (err != KVK_OK)
		goto out;
	out->known = true;
	err = kvk_inventory_each_upload(inventory, add_upload, out);
	if (err != KVK_OK)
		kvk_error_set(why, err, "%s", kvk_error_text(err));
out:
	kvk_inventory_close(inventory);
	kvk_blob_free(&path);
	kvk_home_free(&home);
	return err;
}

static enum kvk_party party_of(const char *word)
{
	if (word == NULL)
		return KVK_PARTY_UNKNOWN;
	return strcmp(word, "government") == 0 ? KVK_PARTY_GOVERNMENT : KVK_PARTY_MARKET;
}

static void make_options(const struct verify_config *config, const struct history *history,
	struct kvk_evaluator_options *out)
{
	*out = (struct kvk_evaluator_options){
		.trust = kvk_paths_of(&config->evidence.trust),
		.chain = kvk_paths_of(&config->evidence.chain),
		.crl = kvk_paths_of(&config->evidence.crl),
		.ocsp = kvk_paths_of(&config->evidence.ocsp),
		.uploaded = kvk_paths_of(&config->uploaded),
		.at = config->evidence.at.time,
		.account = {
			.kvk = config->kvk,
			.oin = config->oin,
			.party = party_of(config->party),
			.trade_name = config->trade_name,
		},
		.key = config->key,
		.csr = config->csr,
		.history_known = history->known,
		.history = history->fingerprints.items,
		.history_count = history->fingerprints.count,
		.offline = config->evidence.offline,
		.no_revocation = config->evidence.no_revocation,
	};
}

/* How the verdicts are written. */
struct style {
	const struct verify_config *config;
	bool colour, several;
};

static enum kvk_err write_verdict(const void *context, const char *file,
	const struct kvk_evaluation *judged, struct kvk_blob *out)
{
	const struct style *style = context;
	const struct kvk_verdict_style how = {
		.file = file,
		.colour = style->colour,
		.all = style->config->all,
	};

	if (style->config->common.json)
		return kvk_verdict_json(
			&judged->facts, &judged->verdict, &how, !style->several, out);
	return kvk_verdict_text(&judged->facts, &judged->verdict, &how, out);
}

/* A line for a script that reads one for each file; people have the word on stderr. */
static enum kvk_err write_failure(
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
	none->facts.at = style->config->evidence.at.time;
	none->facts.offline = style->config->evidence.offline;
	kvk_verdict_without_file(&none->verdict);
	err = kvk_verdict_json(&none->facts, &none->verdict, &how, !style->several, out);
	kvk_evaluation_free(none);
	return err;
}

static enum kvk_exit verify_files(const struct verify_config *config, const struct history *history,
	const struct kvk_files *files)
{
	const struct style style = {
		.config = config,
		.colour = kvk_colour(config->common.color),
		.several = files->folder || files->paths.count > 1,
	};
	const struct kvk_render render = {
		.write = write_verdict,
		.write_failure = write_failure,
		.context = &style,
		.between = config->common.json ? "" : "\n",
	};
	struct kvk_evaluator_options judge_options;
	struct kvk_evaluator *judge = NULL;
	struct kvk_error why = { "" };
	enum kvk_err err;
	enum kvk_exit code;

	make_options(config, history, &judge_options);
	err = kvk_evaluator_open(&judge_options, &judge, &why);
	if (err != KVK_OK) {
		kvk_warn("%s", why.text);
		return kvk_exit_of(err);
	}
	code = kvk_many_evaluate(judge, files, (unsigned)config->jobs, &render);
	kvk_evaluator_free(judge);
	return code;
}

/* A folder that cannot be read is told, and the rest is judged. */
static enum kvk_exit verify_all(const struct verify_config *config, const struct history *history,
	char **arguments, size_t count)
{
	struct kvk_files files = { .folder = false };
	enum kvk_exit code = KVK_EXIT_OK;

	for (size_t i = 0; i < count; i++) {
		struct kvk_error why = { "" };

		if (kvk_files_add(&files, arguments[i], &why) == KVK_OK)
			continue;
		kvk_warn("%s", why.text);
		code = KVK_EXIT_UNKNOWN;
	}
	if (files.trouble)
		code = KVK_EXIT_UNKNOWN;
	if (files.paths.count > 0)
		code = kvk_exit_graver(code, verify_files(config, history, &files));
	kvk_files_free(&files);
	return code;
}

static enum kvk_exit verify(struct verify_config *config, char **files, size_t count)
{
	struct history history = {
		.fingerprints = KVK_VEC_INIT(uint8_t[KVK_SHA256_SIZE], KVK_LIMIT_KNOWN_UPLOADS),
	};
	struct kvk_error why = { "" };
	enum kvk_exit code = KVK_EXIT_UNKNOWN;

	if ((!config->evidence.at.has && kvk_time_now(&config->evidence.at.time) != KVK_OK) ||
		read_history(config->common.home, &history, &why) != KVK_OK)
		kvk_warn("%s", why.text[0] != '\0' ? why.text : _("the clock cannot be read"));
	else
		code = verify_all(config, &history, files, count);
	kvk_vec_free(&history.fingerprints);
	return code;
}

enum kvk_exit kvk_cmd_verify(struct kvk_run *run)
{
	struct verify_config config = { .jobs = 1 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	if (config.common.json)
		kvk_language_english();
	code = verify(&config, run->arguments, run->count);
out:
	return code;
}
