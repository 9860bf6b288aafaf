/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <unistd.h>

#include "app/accept.h"
#include "app/memory.h"
#include "app/recipient.h"
#include "app/trusted.h"
#include "base/encode.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/path.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cmd/case.h"
#include "cmd/step.h"
#include "report/accept.h"

/* Octets of a key's hash that a message shows. */
#define SHOWN_HASH 8

struct accept_config {
	struct kvk_common common;
	struct kvk_evidence_options evidence;
	bool verbose;
};

static const struct kvk_option options[] = {
	OPT_EVIDENCE(struct accept_config),
	OPT_LOOK_UPS(struct accept_config),
	OPT_FLAG(struct accept_config, verbose, "verbose", 'v',
		N_("show everything that was checked, not just what matters")),
	OPT_HOME(struct accept_config),
	OPT_CONFIG(struct accept_config),
	OPT_COLOR(struct accept_config),
	OPT_JSON(struct accept_config),
	OPT_END,
};

static enum kvk_exit check(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "accept",
	.synopsis = N_("[OPTION]... [NAME] FILE..."),
	.summary = N_("store the delivered certificate in its dossier, and check it"),
	.details = N_("NAME is the name of the dossier, the folder that holds a request and its "
		      "certificate. Without NAME, the dossier is the one whose key the delivered "
		      "certificate belongs to. FILE is what the TSP (trust service provider) "
		      "delivered. The certificate must belong to the key of the dossier. The files "
		      "are kept as received. Unless the portal would refuse the certificate, the "
		      "dossier then "
		      "contains certificate.pem, chain.pem and upload.pem, the file to upload.\n\n"
		      "  kvkcsr accept api.voorbeeld.nl delivery.pem\n\n"
		      "The exit status is that of 'kvkcsr verify', but 1 instead of 3 if the only "
		      "problem was an address that could not be reached."),
	.options = options,
	.minimum = 1,
	.maximum = 1 + KVK_LIMIT_UPLOAD,
	.check = check,
};

static enum kvk_exit check(const void *config, char **arguments)
{
	const struct accept_config *given = config;

	(void)arguments;
	return kvk_case_check(&usage, &given->evidence);
}

static void warn_private_key(const struct kvk_received *file)
{
	char safe[256];

	kvk_warn(_("WARNING: '%s' contains a private key. Never upload or mail it. A copy is kept "
		   "in "
		   "received/, where only you can read it; never delete key.pem in the dossier. If "
		   "somebody else created or saw the key, order a new certificate with a key of "
		   "your own"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(file->path)));
}

static void warn_private_keys(const struct kvk_incoming *incoming)
{
	for (size_t i = 0; i < incoming->count; i++)
		if (incoming->files[i].kept && kvk_received_has_key(&incoming->files[i]))
			warn_private_key(&incoming->files[i]);
}

static enum kvk_err append_hash(const uint8_t *spki_sha256, struct kvk_blob *out)
{
	return kvk_hex(out, (struct kvk_span){ spki_sha256, SHOWN_HASH }, '\0');
}

/* The certificate is for the key of another dossier. */
static void warn_other_dossier(
	const struct kvk_accept_order *order, const struct kvk_recipient *recipient)
{
	struct kvk_blob files = { 0 };

	for (size_t i = 0; i < order->files.count; i++)
		if (kvk_blob_append_text(&files, " ") != KVK_OK ||
			kvk_escape_shell(&files, kvk_span_of(order->files.at[i])) != KVK_OK)
			break;
	kvk_warn(_("the certificate does not belong to the key of '%s', but to that of the dossier "
		   "'%s'; nothing was changed. Run 'kvkcsr accept %s%s'"),
		order->name, recipient->name, recipient->name, kvk_blob_str(&files));
	kvk_blob_free(&files);
}

static void warn_foreign_key(const struct kvk_acceptance *acceptance)
{
	struct kvk_blob ours = { 0 };
	struct kvk_blob theirs = { 0 };

	if (append_hash(acceptance->facts.spki_sha256, &ours) == KVK_OK &&
		append_hash(acceptance->leaf->spki_sha256, &theirs) == KVK_OK)
		kvk_warn(_("the certificate does not belong to the key of '%s': the fingerprint of "
			   "its public key begins with %s, that of the dossier with %s (SHA-256); "
			   "nothing was changed. It belongs to no other dossier either: ask the "
			   "TSP which request it used"),
			acceptance->entry.name, kvk_blob_str(&theirs), kvk_blob_str(&ours));
	kvk_blob_free(&theirs);
	kvk_blob_free(&ours);
}

/* Whether a dossier has the key of a certificate in the files; of several it is the first. */
static bool find_key(
	const struct kvk_home *home, const struct kvk_incoming *incoming, struct kvk_recipient *out)
{
	struct kvk_error ignored = { "" };
	const enum kvk_err err = kvk_recipient_of(home, incoming, out, &ignored);

	return err == KVK_OK || (err == KVK_ERR_USAGE && out->name[0] != '\0');
}

static void warn_other_key(const struct kvk_home *home, const struct kvk_accept_order *order,
	const struct kvk_acceptance *acceptance)
{
	struct kvk_recipient recipient = { .name = "" };

	if (acceptance->leaf->ext.ca)
		kvk_warn(_("the delivery contains CA certificates only, and none for the key of "
			   "'%s'; "
			   "nothing was changed. Ask the TSP for your certificate"),
			acceptance->entry.name);
	else if (find_key(home, &acceptance->incoming, &recipient))
		warn_other_dossier(order, &recipient);
	else
		warn_foreign_key(acceptance);
	kvk_recipient_free(&recipient);
}

static enum kvk_exit write_other_key(const struct accept_config *config,
	const struct kvk_home *home, const struct kvk_accept_order *order,
	const struct kvk_acceptance *acceptance)
{
	const struct kvk_certificate *other = acceptance->leaf;
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_OK;

	warn_other_key(home, order, acceptance);
	if (config->common.json)
		err = kvk_report_accept_other_key_json(acceptance->entry.name,
			other->ext.ca ? NULL : other->spki_sha256, acceptance->facts.spki_sha256,
			&out);
	return kvk_step_write(err, &out, KVK_EXIT_CRITICAL);
}

static void warn_unverified(const char *folder)
{
	struct kvk_blob path = { 0 }, word = { 0 };

	if (kvk_path_join(&path, folder, KVK_DOSSIER_UPLOAD) == KVK_OK &&
		kvk_escape_shell(&word, kvk_span_of_blob(&path)) == KVK_OK)
		kvk_warn(_("it was stored, although it is not certain that the portal would accept "
			   "it. To see why, run 'kvkcsr verify %s'; if checks could not be "
			   "completed, add --crl FILE to repeat them"),
			kvk_blob_str(&word));
	kvk_blob_free(&path);
	kvk_blob_free(&word);
}

static enum kvk_exit write_held(
	const struct accept_config *config, const struct kvk_acceptance *acceptance)
{
	const struct kvk_entry *entry = &acceptance->entry;
	const struct kvk_paper paper = kvk_step_paper(config->common.color);
	struct kvk_blob out = { 0 };
	enum kvk_exit code = kvk_step_write(config->common.json ?
			kvk_report_accept_held_json(
				entry, kvk_blob_str(&acceptance->folder), &out) :
			kvk_report_accept_held_text(entry, &paper, &out),
		&out, KVK_EXIT_OK);

	if (entry->stage == KVK_STAGE_RECEIVED)
		warn_unverified(kvk_blob_str(&acceptance->folder));
	return code;
}

/* Where only the network is missing, the delivery is stored, and can be used. */
static enum kvk_exit exit_of(const struct kvk_acceptance *acceptance)
{
	const struct kvk_evaluation *evaluation = acceptance->evaluation;

	if (acceptance->stored &&
		kvk_verdict_lacks_network(&evaluation->facts, &evaluation->verdict))
		return KVK_EXIT_WARNING;
	return kvk_verdict_exit(&evaluation->verdict);
}

/* The files that were repaired, and how many they are. */
static size_t find_repairs(
	const struct kvk_incoming *incoming, struct kvk_accept_repair out[static KVK_LIMIT_UPLOAD])
{
	size_t count = 0;

	for (size_t i = 0; i < incoming->count && count < KVK_LIMIT_UPLOAD; i++) {
		const struct kvk_received *file = &incoming->files[i];

		if (file->repaired != KVK_GUISE_NONE || (file->other_line_ends && !file->extra))
			out[count++] = (struct kvk_accept_repair){ file->path, file->repaired };
	}
	return count;
}

/* error is not NULL, and code not KVK_GO_ON, where it could not be put in force. */
static enum kvk_exit write_verdict(const struct accept_config *config,
	const struct kvk_accept_order *order, const struct kvk_acceptance *acceptance,
	const char *error, enum kvk_exit code)
{
	const struct kvk_evaluation *evaluation = acceptance->evaluation;
	struct kvk_accept_repair repairs[KVK_LIMIT_UPLOAD];
	const struct kvk_accept_report report = {
		.repairs = repairs,
		.repair_count = find_repairs(&acceptance->incoming, repairs),
		.verbose = config->verbose,
		.facts = &evaluation->facts,
		.verdict = &evaluation->verdict,
		.delivered = &order->files,
		.contents = &acceptance->incoming.files[0].contents,
		.chain = &order->asked.chain,
		.home = config->common.home,
		.config = config->common.config,
		.at = config->evidence.at.has ? config->evidence.at.time : 0,
		.refresh = config->evidence.refresh,
		.file = acceptance->leaf != NULL ? KVK_DOSSIER_UPLOAD :
						   acceptance->incoming.files[0].path,
		.name = acceptance->entry.name,
		.folder = kvk_blob_str(&acceptance->folder),
		.stored = acceptance->stored,
		.in_force = acceptance->in_force,
		.error = error,
		.paper = kvk_step_paper(config->common.color),
	};
	struct kvk_blob out = { 0 };

	return kvk_step_write(config->common.json ? kvk_report_accept_json(&report, &out) :
						    kvk_report_accept_text(&report, &out),
		&out, code != KVK_GO_ON ? code : exit_of(acceptance));
}

/* Nothing could be evaluated; what was wrong was said. */
static enum kvk_exit write_failed(
	const struct accept_config *config, const char *name, const char *error, enum kvk_exit code)
{
	struct kvk_blob out = { 0 };

	if (!config->common.json || code == KVK_GO_ON)
		return code;
	return kvk_step_write(kvk_report_accept_failed_json(name, error, &out), &out, code);
}

static enum kvk_exit accept_delivery(const struct accept_config *config, struct kvk_store *store,
	const struct kvk_accept_order *order)
{
	struct kvk_acceptance acceptance = KVK_ACCEPTANCE_INIT;
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_accept(store, order, &acceptance, &why);
	const char *error;
	enum kvk_exit code;

	warn_private_keys(&acceptance.incoming);
	if (acceptance.old_key)
		kvk_warn(_("a renewal of '%s' is under way, but this delivery is for the key in "
			   "use, and the renewal waits for another; PKIoverheid requires a new key "
			   "for each certificate, so ask the TSP which request it used"),
			acceptance.entry.name);
	if (acceptance.not_had.text[0] != '\0')
		kvk_warn("%s", acceptance.not_had.text);
	code = kvk_step(err, &why);
	error = err == KVK_OK ? NULL : why.text[0] != '\0' ? why.text : kvk_error_text(err);
	if (acceptance.accepted == KVK_ACCEPTED_OTHER_KEY)
		code = write_other_key(config, &store->home, order, &acceptance);
	else if (acceptance.accepted == KVK_ACCEPTED_HELD)
		code = write_held(config, &acceptance);
	else if (acceptance.accepted == KVK_ACCEPTED_EVALUATED)
		code = write_verdict(config, order, &acceptance, error, code);
	else
		code = write_failed(config, order->name, error, code);
	kvk_acceptance_free(&acceptance);
	return code;
}

/* No dossier has the key. */
static enum kvk_exit write_no_recipient(
	const struct accept_config *config, const struct kvk_recipient *recipient)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_OK;

	if (config->common.json)
		err = kvk_report_accept_other_key_json(NULL,
			recipient->has_certificate ? recipient->spki_sha256 : NULL, NULL, &out);
	return kvk_step_write(err, &out, KVK_EXIT_CRITICAL);
}

/*
 * The first argument is a name where it is that of an entry, or where there is no such file; else
 * all are files, and the dossier is the one whose key the certificate belongs to. KVK_GO_ON where
 * the order has its name.
 */
static enum kvk_exit find_dossier(const struct accept_config *config, const struct kvk_run *run,
	struct kvk_store *store, struct kvk_recipient *recipient, struct kvk_accept_order *order)
{
	struct kvk_error why = { "" };
	struct kvk_entry entry;
	const bool named = kvk_store_find(store, run->arguments[0], &entry, &why) == KVK_OK;
	enum kvk_err err;
	enum kvk_exit code;

	if (named && run->count == 1)
		return kvk_usage_error(&usage, _("also name the files that were delivered"));
	order->name = run->arguments[0];
	order->files.at = (const char *const *)run->arguments + 1;
	order->files.count = run->count - 1;
	if (named || (run->count > 1 && access(run->arguments[0], F_OK) != 0))
		return KVK_GO_ON;
	order->name = recipient->name;
	order->files.at--;
	order->files.count++;
	err = kvk_recipient_find(&store->home, &order->files, recipient, &why);
	code = kvk_step(err, &why);
	if (err == KVK_ERR_REFUSED)
		code = write_no_recipient(config, recipient);
	return code;
}

enum kvk_exit kvk_cmd_accept(struct kvk_run *run)
{
	struct accept_config config = { 0 };
	struct kvk_accept_order order = { 0 };
	struct kvk_online_order online;
	struct kvk_recipient recipient = { .name = "" };
	struct kvk_store store = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_at(&config.evidence.at));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	order.asked = kvk_case_of(&config.evidence);
	order.configured = kvk_memory_configured(&run->settings);
	kvk_trusted_apply(&run->settings, &store.home, &order.asked);
	KVK_STEP(find_dossier(&config, run, &store, &recipient, &order));
	online = kvk_case_online(&config.evidence, &run->settings, &store.home);
	KVK_STEP(kvk_step(kvk_online_open(&online, &order.online), &why));
	code = accept_delivery(&config, &store, &order);
out:
	kvk_online_close(order.online);
	kvk_recipient_free(&recipient);
	kvk_store_close(&store);
	return code;
}
