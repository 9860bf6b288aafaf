/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "base/i18n.h"
#include "app/load.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "conf/datadir.h"
#include "report/show.h"

struct show_config {
	struct kvk_common common;
	struct kvk_time_option at;
};

static const struct kvk_option options[] = {
	OPT_TIME(struct show_config, at, "at", 0, N_("TIME"),
		N_("count days from this time, such as 2026-11-22T12:00:00Z (default: now)")),
	OPT_COLOR(struct show_config),
	OPT_JSON(struct show_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "show",
	.synopsis = N_("[OPTION]... FILE"),
	.summary = N_("show what a certificate, request or revocation list contains"),
	.details = N_("FILE can contain any number of certificates, certificate requests (CSRs) "
		      "and revocation lists (CRLs), as PEM, DER or PKCS#7. '-' is standard input. "
		      "The contents are shown but not checked; use 'kvkcsr verify' for that. "
		      "Private keys are mentioned but never shown.\n\n"
		      "  kvkcsr show delivery.p7b\n\n"
		      "Exit status: 0 shown, 2 nothing in the file can be read, 3 the file cannot "
		      "be opened."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
};

static enum kvk_exit write_out(const struct show_config *config, const struct kvk_show *show)
{
	struct kvk_blob out = { 0 };
	enum kvk_exit code =
		kvk_show_has_anything(show->contents) ? KVK_EXIT_OK : KVK_EXIT_CRITICAL;
	enum kvk_err err =
		config->common.json ? kvk_show_json(show, &out) : kvk_show_text(show, &out);

	if (err != KVK_OK) {
		kvk_warn_error(err, show->file);
		code = kvk_exit_of(err);
	} else if (!kvk_write(&out)) {
		code = KVK_EXIT_UNKNOWN;
	}
	kvk_blob_free(&out);
	return code;
}

static enum kvk_exit show_file(const struct show_config *config, const char *path)
{
	struct kvk_knowledge *knowledge = NULL;
	struct kvk_contents *contents = NULL;
	struct kvk_error why = { "" };
	struct kvk_show show = { .file = path, .at = config->at.time };
	enum kvk_err err;
	enum kvk_exit code;

	if (!config->at.has && kvk_time_now(&show.at) != KVK_OK) {
		kvk_warn(_("cannot read the clock"));
		return KVK_EXIT_UNKNOWN;
	}
	err = kvk_load_openssl(path, KVK_LIMIT_CRL_FILE, &contents, &why);
	if (err != KVK_OK) {
		kvk_warn("%s", why.text);
		return kvk_exit_of(err);
	}
	/* Without it a certificate can be shown all the same. */
	if (kvk_knowledge_load(kvk_datadir(), &knowledge, &why) != KVK_OK)
		kvk_warn(_("cannot recognise TSPs and policies: %s"), why.text);
	show.contents = contents;
	show.knowledge = knowledge;
	show.paper = kvk_step_paper(config->common.color);
	code = write_out(config, &show);
	kvk_knowledge_free(knowledge);
	kvk_unload_contents(contents);
	return code;
}

enum kvk_exit kvk_cmd_show(struct kvk_run *run)
{
	struct show_config config = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	code = show_file(&config, run->arguments[0]);
out:
	return code;
}
