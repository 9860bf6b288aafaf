/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "base/i18n.h"
#include "base/path.h"
#include "cmd/accept.h"
#include "cli/terminal.h"
#include "dossier/dossier.h"
#include "watch/watched.h"

static const struct kvk_option options[] = {
	OPT_EVIDENCE(struct kvk_accept_config),
	OPT_LOOK_UPS(struct kvk_accept_config),
	OPT_HOME(struct kvk_accept_config),
	OPT_CONFIG(struct kvk_accept_config),
	OPT_COLOR(struct kvk_accept_config),
	OPT_JSON(struct kvk_accept_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "accept",
	.synopsis = N_("[OPTION]... NAME FILE..."),
	.summary = N_("take the TSP's delivery into the dossier, and judge it"),
	.details =
		N_("The certificate must belong to the key of the dossier. The files are kept as\n"
		   "they came; unless the portal would refuse it, the dossier then holds\n"
		   "certificate.pem, chain.pem and upload.pem, the file for the portal.\n\n"
		   "  kvkcsr accept api.voorbeeld.nl delivery.pem\n\n"
		   "The exit code is that of 'kvkcsr verify'."),
	.options = options,
	.minimum = 2,
	.maximum = 1 + KVK_LIMIT_UPLOAD,
};

static enum kvk_exit open_dossier(struct kvk_accepting *a, const char *name)
{
	struct kvk_error why = { "" };
	enum kvk_exit code;
	enum kvk_err err;

	KVK_STEP(kvk_store_open(a->config->common.home, false, &a->store));
	KVK_STEP(kvk_store_find(&a->store, name, &a->entry));
	if (!a->entry.dossier) {
		kvk_warn(_("'%s' is a file that is only watched: it has no dossier to take a "
			   "delivery"),
			name);
		return KVK_EXIT_USAGE;
	}
	err = kvk_home_path(&a->store.home, KVK_HOME_DOSSIERS, a->entry.name, &a->folder);
	if (err == KVK_OK)
		err = kvk_path_join(&a->request, kvk_blob_str(&a->folder), KVK_DOSSIER_REQUEST);
	if (err == KVK_OK)
		err = kvk_dossier_facts_read(kvk_blob_str(&a->folder), &a->facts, &why);
	if (err == KVK_OK)
		err = kvk_dossier_facts_history(a->store.inventory, &a->facts);
	if (err == KVK_OK)
		return KVK_GO_ON;
	kvk_warn("%s", why.text[0] != '\0' ? why.text : kvk_error_text(err));
	return KVK_EXIT_UNKNOWN;
out:
	return code;
}

static enum kvk_exit read_files(
	struct kvk_accepting *a, const char *const *files, size_t count, bool extra)
{
	for (size_t i = 0; i < count; i++) {
		enum kvk_err err = kvk_incoming_add(&a->incoming, files[i], extra);

		if (err != KVK_OK) {
			kvk_warn_file_error(err, files[i], KVK_LIMIT_FILE);
			return KVK_EXIT_UNKNOWN;
		}
	}
	return KVK_GO_ON;
}

static enum kvk_exit keep_files(struct kvk_accepting *a)
{
	for (size_t i = 0; i < a->incoming.count; i++) {
		const struct kvk_received *file = &a->incoming.files[i];
		enum kvk_err err;

		if (file->extra)
			continue;
		err = kvk_dossier_keep(
			kvk_blob_str(&a->folder), file->path, kvk_span_of_blob(&file->bytes));
		if (err != KVK_OK) {
			kvk_warn_error(err, kvk_blob_str(&a->folder));
			return KVK_EXIT_UNKNOWN;
		}
		if (kvk_received_has_key(file))
			kvk_accept_tell_private_key(file);
	}
	return KVK_GO_ON;
}

/* Writes the three files and brings the entry up to date. */
static enum kvk_err put_in_force(struct kvk_accepting *a, const struct kvk_evaluation *judged)
{
	struct kvk_delivery delivery;
	struct kvk_blob path = { 0 };
	struct kvk_watched watched;
	enum kvk_err err;

	kvk_delivery_describe(&judged->facts, &delivery);
	err = kvk_dossier_deliver(kvk_blob_str(&a->folder), &delivery);
	if (err == KVK_OK)
		err = kvk_path_join(&path, kvk_blob_str(&a->folder), KVK_DOSSIER_CERTIFICATE);
	if (err == KVK_OK)
		err = kvk_watch_read(kvk_blob_str(&path), &watched);
	if (err == KVK_OK && path.n >= sizeof a->entry.path)
		err = KVK_ERR_LIMIT;
	if (err == KVK_OK) {
		a->entry.certificate = watched.certificate;
		a->entry.stage = judged->verdict.outcome == KVK_ACCEPT ? KVK_STAGE_VERIFIED :
									 KVK_STAGE_RECEIVED;
		a->entry.since = a->config->evidence.at.time;
		memcpy(a->entry.path, kvk_blob_str(&path), path.n + 1);
		err = kvk_inventory_update(a->store.inventory, &a->entry);
	}
	kvk_blob_free(&path);
	return err;
}

/* The same as one transaction: two deliveries at once wait for each other. */
static enum kvk_exit deliver(struct kvk_accepting *a, const struct kvk_evaluation *judged)
{
	enum kvk_err err = kvk_inventory_begin(a->store.inventory);

	if (err == KVK_OK)
		err = kvk_inventory_find(a->store.inventory, a->entry.name, &a->entry);
	if (err == KVK_OK)
		err = put_in_force(a, judged);
	if (err == KVK_OK)
		err = kvk_inventory_commit(a->store.inventory);
	if (err == KVK_OK)
		return kvk_verdict_exit(&judged->verdict);
	kvk_warn_error(err, kvk_blob_str(&a->folder));
	kvk_inventory_rollback(a->store.inventory);
	return KVK_EXIT_UNKNOWN;
}

static enum kvk_err open_judge(
	const struct kvk_accepting *a, struct kvk_evaluator **out, struct kvk_error *why)
{
	struct kvk_evaluator_options judge = {
		.trust = kvk_paths_of(&a->config->evidence.trust),
		.crl = kvk_paths_of(&a->config->evidence.crl),
		.ocsp = kvk_paths_of(&a->config->evidence.ocsp),
		.at = a->config->evidence.at.time,
		.csr = kvk_blob_str(&a->request),
		.offline = a->config->evidence.offline,
		.no_revocation = a->config->evidence.no_revocation,
	};

	kvk_dossier_facts_apply(&a->facts, &judge);
	return kvk_evaluator_open(&judge, out, why);
}

static enum kvk_exit judge_and_deliver(struct kvk_accepting *a)
{
	struct kvk_evaluator *judge = NULL;
	struct kvk_evaluation *judged = NULL;
	struct kvk_error why = { "" };
	enum kvk_exit code;
	enum kvk_err err = open_judge(a, &judge, &why);

	if (err == KVK_OK)
		err = kvk_incoming_evaluate(&a->incoming, a->leaf, judge, &judged, &why);
	if (err != KVK_OK) {
		kvk_warn("%s", why.text[0] != '\0' ? why.text : kvk_error_text(err));
		code = kvk_exit_of(err) == KVK_EXIT_CONFIG ? KVK_EXIT_CONFIG : KVK_EXIT_UNKNOWN;
		goto out;
	}
	KVK_STEP(keep_files(a));
	code = kvk_verdict_exit(&judged->verdict);
	if (judged->verdict.outcome != KVK_REJECT && judged->facts.leaf != NULL)
		code = deliver(a, judged);
	code = kvk_accept_report(a, judged, code);
out:
	kvk_evaluation_free(judged);
	kvk_evaluator_free(judge);
	return code;
}

/*
 * Whether there is nothing to do: the dossier and the inventory have this certificate already. One
 * that was left undetermined is judged again where there is more to go by.
 */
static bool is_held(const struct kvk_accepting *a)
{
	const struct kvk_accept_config *config = a->config;
	const struct kvk_entry_certificate *known = &a->entry.certificate;
	bool more = config->evidence.crl.count > 0 || config->evidence.ocsp.count > 0 ||
		config->evidence.no_revocation;

	return kvk_dossier_complete(kvk_blob_str(&a->folder)) &&
		kvk_dossier_holds(kvk_blob_str(&a->folder), a->leaf->der) && known->present &&
		memcmp(known->sha256, a->leaf->sha256, KVK_SHA256_SIZE) == 0 &&
		!(a->entry.stage == KVK_STAGE_RECEIVED && more);
}

static enum kvk_exit accept_delivery(struct kvk_accepting *a, char **arguments, size_t count)
{
	const struct kvk_text_list *chain = &a->config->evidence.chain;
	const struct kvk_certificate *found = NULL;
	enum kvk_exit code;
	enum kvk_own own;

	KVK_STEP(open_dossier(a, arguments[0]));
	KVK_STEP(read_files(a, (const char *const *)arguments + 1, count - 1, false));
	KVK_STEP(read_files(a, chain->items, chain->count, true));
	own = kvk_incoming_find(&a->incoming, a->facts.spki_sha256, &found);
	if (own == KVK_OWN_OTHER_KEY)
		return kvk_accept_report_other_key(a, found);
	a->leaf = own == KVK_OWN_FOUND ? found : NULL;
	code = a->leaf != NULL && is_held(a) ? kvk_accept_report_held(a) : judge_and_deliver(a);
out:
	return code;
}

enum kvk_exit kvk_cmd_accept(struct kvk_run *run)
{
	struct kvk_accept_config config = { 0 };
	struct kvk_accepting a = { .config = &config };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	if (!config.evidence.at.has && kvk_time_now(&config.evidence.at.time) != KVK_OK) {
		kvk_warn(_("the clock cannot be read"));
		return KVK_EXIT_UNKNOWN;
	}
	code = accept_delivery(&a, run->arguments, run->count);
out:
	kvk_incoming_free(&a.incoming);
	kvk_dossier_facts_free(&a.facts);
	kvk_blob_free(&a.request);
	kvk_blob_free(&a.folder);
	kvk_store_close(&a.store);
	return code;
}
