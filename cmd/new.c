/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/new.h"

#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/path.h"
#include "cert/pem.h"
#include "cmd/commands.h"
#include "cli/terminal.h"
#include "conf/datadir.h"
#include "dossier/files.h"
#include "dossier/folder.h"

static const struct kvk_option options[] = {
	OPT_TEXT(struct kvk_new_config, answers, "answers", 0, N_("FILE"),
		N_("answer file: the long options as settings")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_DOMAIN], "domain", 0, N_("NAME"),
		N_("the host name of the certificate")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_KVK], "kvk", 0, N_("NUMBER"),
		N_("KVK number, 8 digits")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_OIN], "oin", 0, N_("NUMBER"),
		N_("OIN or HRN, 20 digits")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_PARTY], "party", 0, "market|government",
		N_("who asks; default market")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_ORGANISATION], "organisation", 0, N_("TEXT"),
		N_("its name as registered")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_LOCALITY], "locality", 0, N_("TEXT"),
		N_("its seat, where the TSP asks it")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_STATE], "state", 0, N_("TEXT"),
		N_("its province, where the TSP asks it")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_COUNTRY], "country", 0, "NL",
		N_("its country; default NL")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_UNIT], "unit", 0, N_("TEXT"),
		N_("holder of a SubOIN (OU)")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_TSP], "tsp", 0,
		"kpn|digicert|digidentity|generic",
		N_("who issues the certificate; default generic")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_GENERATION], "generation", 0, "g4|g1|ev",
		N_("of certificate; default g4")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_KEY_TYPE], "key-type", 0, "rsa|ecdsa",
		N_("default rsa")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_KEY_BITS], "key-bits", 0, N_("N"),
		N_("default 3072, or the nearest above that the TSP takes")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_SIGNATURE], "signature", 0, "pkcs1|pss",
		N_("of the request, with RSA")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_KEY], "key", 0, N_("FILE|pkcs11:URI"),
		N_("an existing key")),
	OPT_FLAG(struct kvk_new_config, flag[KVK_FIELD_CLIENT_ONLY], "client-only", 0,
		N_("ask for client authentication alone")),
	OPT_FLAG(struct kvk_new_config, flag[KVK_FIELD_ENCRYPT_KEY], "encrypt-key", 0,
		N_("protect the key with a passphrase")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_PASS_FILE], "pass-file", 0, N_("FILE"),
		N_("file with the passphrase")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_PASS_FD], "pass-fd", 0, N_("N"),
		N_("open descriptor with the passphrase")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_LIKE], "like", 0, N_("CERTIFICATE"),
		N_("take the fields of this one")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_CSR], "csr", 0, N_("FILE"),
		N_("judge and file a request made elsewhere")),
	OPT_TEXT(struct kvk_new_config, text[KVK_FIELD_OUT], "out", 0, N_("DIR"),
		N_("the dossier folder, outside home")),
	OPT_FLAG(struct kvk_new_config, flag[KVK_FIELD_DRY_RUN], "dry-run", 0,
		N_("make nothing, show what would be made")),
	OPT_FLAG(struct kvk_new_config, flag[KVK_FIELD_PRACTICE], "practice", 0,
		N_("take names and numbers that are worthless outside practice")),
	OPT_FLAG(struct kvk_new_config, flag[KVK_FIELD_JSON], "json", 0,
		N_("write the result as JSON")),
	OPT_HOME(struct kvk_new_config),
	OPT_CONFIG(struct kvk_new_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "new",
	.synopsis = N_("[OPTION]... [NAME]"),
	.summary = N_("make a key and a certificate request (CSR)"),
	.details = N_("On a terminal it asks what was not given, explains each question and makes\n"
		      "nothing before you agreed. Off a terminal domain, kvk (or oin) and\n"
		      "organisation have to be given:\n\n"
		      "  kvkcsr new --domain api.voorbeeld.nl --kvk 68750110 \\\n"
		      "         --organisation 'Voorbeeld B.V.'\n\n"
		      "A passphrase comes from the terminal, a file or a descriptor, never from\n"
		      "the command line."),
	.options = options,
	.minimum = 0,
	.maximum = 1,
};

static void end(struct kvk_new *run)
{
	kvk_secret_free(&run->key_pem);
	kvk_secret_free(&run->pass);
	kvk_key_free(run->key);
	kvk_blob_free(&run->answers_cfg);
	kvk_blob_free(&run->request_pem);
	kvk_blob_free(&run->request_der);
	kvk_blob_free(&run->place.folder);
	kvk_store_close(&run->place.store);
	kvk_review_free(&run->review);
	kvk_answers_free(&run->answers);
	kvk_presets_free(&run->presets);
}

enum kvk_exit kvk_new_report(
	struct kvk_new *run, const struct kvk_csr *csr, bool judged, bool refused, bool stored)
{
	struct kvk_blob out = { .p = NULL }, key = { .p = NULL }, request = { .p = NULL };
	struct kvk_blob answers = { .p = NULL };
	const char *folder = kvk_blob_str(&run->place.folder);
	struct kvk_request_report report = { .order = &run->order,
		.review = &run->review,
		.csr = csr,
		.evaluated = judged,
		.refused = refused,
		.pem = kvk_span_of_blob(&run->request_pem) };
	enum kvk_err err = KVK_OK;

	if (stored) {
		err = kvk_path_join(&key, folder, KVK_DOSSIER_KEY);
		if (err == KVK_OK)
			err = kvk_path_join(&request, folder, KVK_DOSSIER_REQUEST);
		if (err == KVK_OK)
			err = kvk_path_join(&answers, folder, KVK_DOSSIER_ANSWERS);
		report.folder = folder;
		report.request_file = kvk_blob_str(&request);
		report.answers_file = kvk_blob_str(&answers);
		report.key_file = run->key_pem.n > 0 ? kvk_blob_str(&key) : NULL;
		if (report.key_file == NULL && !judged)
			report.key_uri = kvk_answer(&run->answers, KVK_FIELD_KEY);
		else
			report.key_copied_from = kvk_answer(&run->answers, KVK_FIELD_KEY);
		report.entry = run->place.outside ? NULL : run->order.name;
	}
	if (err == KVK_OK)
		err = kvk_answer_is_true(&run->answers, KVK_FIELD_JSON) ?
			kvk_request_json(&report, &out) :
			kvk_request_text(&report, &out);
	if (err == KVK_OK)
		(void)kvk_write(&out);
	else
		kvk_warn(_("the result cannot be shown: %s"), kvk_error_text(err));
	kvk_blob_free(&answers);
	kvk_blob_free(&request);
	kvk_blob_free(&key);
	kvk_blob_free(&out);
	return err == KVK_OK ? KVK_EXIT_OK : kvk_exit_of(err);
}

/* Makes request and answers of key and order. */
static enum kvk_exit make_request(struct kvk_new *run)
{
	struct kvk_error why = { "" };
	enum kvk_err err;

	err = kvk_csr_make(&run->order, run->key, &run->request_der, &why);
	if (err == KVK_OK)
		err = kvk_pem_write(&run->request_pem, "CERTIFICATE REQUEST",
			kvk_span_of_blob(&run->request_der));
	if (err == KVK_OK)
		err = kvk_order_write_answers(&run->order, &run->answers, &run->answers_cfg);
	if (err == KVK_OK && !kvk_new_key_in_token(run))
		err = kvk_key_pem(
			run->key, run->order.encrypt_key ? &run->pass : NULL, &run->key_pem);
	if (err == KVK_OK)
		return KVK_EXIT_OK;
	kvk_warn(_("the request could not be made: %s"),
		why.text[0] != '\0' ? why.text : kvk_error_text(err));
	return why.text[0] != '\0' ? KVK_EXIT_INTERNAL : kvk_exit_of(err);
}

static enum kvk_exit report_made(struct kvk_new *run)
{
	struct kvk_csr *csr = kvk_calloc(1, sizeof *csr);
	enum kvk_err err = csr == NULL ? KVK_ERR_MEMORY : KVK_OK;
	enum kvk_exit code;

	if (err == KVK_OK)
		err = kvk_csr_read(kvk_span_of_blob(&run->request_der), csr);
	code = err == KVK_OK ? kvk_new_report(run, csr, false, false, true) : kvk_exit_of(err);
	kvk_free(csr);
	return code;
}

/* The answers are complete: everything that is slow, asks for secrets or writes comes now. */
static enum kvk_exit make(struct kvk_new *run)
{
	bool dry = kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN);
	enum kvk_exit code = kvk_new_find_place(run);

	if (code == KVK_EXIT_OK)
		code = kvk_new_open_key(run);
	if (code != KVK_EXIT_OK)
		return code;
	kvk_new_tell(&run->review, KVK_REVIEW_CHANGE, 0);
	kvk_new_tell(&run->review, KVK_REVIEW_WARNING, 0);
	if (dry)
		return kvk_new_report(run, NULL, false, false, false);
	if (kvk_interactive())
		code = kvk_dialogue_confirm(run);
	if (code == KVK_EXIT_OK)
		code = kvk_new_make_key(run);
	if (code == KVK_EXIT_OK)
		code = make_request(run);
	if (code == KVK_EXIT_OK)
		code = kvk_new_store(run);
	if (code == KVK_EXIT_OK)
		code = report_made(run);
	return code;
}

static enum kvk_exit settle_and_make(struct kvk_new *run)
{
	enum kvk_err err;
	enum kvk_exit code;

	if (kvk_answer(&run->answers, KVK_FIELD_CSR) != NULL)
		return kvk_new_judge(run);
	if (kvk_interactive()) {
		code = kvk_dialogue(&run->answers, &run->presets);
		if (code != KVK_EXIT_OK)
			return code;
	}
	err = kvk_order_settle(&run->answers, &run->presets, &run->order, &run->review);
	if (err == KVK_OK)
		return make(run);
	if (err != KVK_ERR_REFUSED) {
		kvk_warn(_("the answers could not be checked: %s"), kvk_error_text(err));
		return kvk_exit_of(err);
	}
	kvk_new_tell(&run->review, KVK_REVIEW_FINDING, 0);
	return KVK_EXIT_USAGE;
}

enum kvk_exit kvk_cmd_new(struct kvk_run *command)
{
	struct kvk_new run = { .usage = &usage };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	umask(077);
	kvk_secret_process();
	KVK_STEP(kvk_run_start(command, &usage, &run.config, &run.config.common));
	if (command->count == 1)
		run.config.text[KVK_FIELD_NAME] = command->arguments[0];
	code = KVK_EXIT_OK;
	if (kvk_presets_load(kvk_datadir(), &run.presets, &why) != KVK_OK) {
		kvk_warn("%s", why.text);
		code = KVK_EXIT_CONFIG;
	}
	if (code == KVK_EXIT_OK)
		code = kvk_new_collect(&run);
	if (code == KVK_EXIT_OK)
		code = settle_and_make(&run);
out:
	end(&run);
	return code;
}
