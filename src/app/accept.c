/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/accept.h"

#include <string.h>

#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "dossier/received.h"
#include "watch/watched.h"

/* One run. */
struct run {
	struct kvk_store *store;
	const struct kvk_accept_order *order;
	struct kvk_acceptance *out;
	struct kvk_error *why;
};

static const char *folder_of(const struct run *run)
{
	return kvk_blob_str(&run->out->folder);
}

static enum kvk_err open_dossier(struct run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_err err;

	KVK_TRY(kvk_store_find(run->store, run->order->name, &out->entry, run->why));
	if (!out->entry.dossier) {
		err = kvk_error_set(run->why, KVK_ERR_USAGE,
			_("'%s' is a tracked file without a dossier, so it cannot accept a "
			  "certificate"),
			out->entry.name);
		goto out;
	}
	KVK_TRY(kvk_home_path(&run->store->home, KVK_HOME_DOSSIERS, out->entry.name, &out->folder));
	KVK_TRY(kvk_dossier_facts_read(folder_of(run), &out->facts, run->why));
	KVK_TRY(kvk_history_read(run->store->inventory, &out->facts.history));
out:
	return err;
}

static enum kvk_err read_files(struct run *run, const struct kvk_paths *files, bool extra)
{
	for (size_t i = 0; i < files->count; i++) {
		enum kvk_err err = kvk_incoming_add(&run->out->incoming, files->at[i], extra);

		if (err != KVK_OK)
			return kvk_error_set_file(run->why, err, files->at[i], KVK_LIMIT_FILE);
	}
	return KVK_OK;
}

/*
 * Whether there is nothing to do: the dossier and the inventory have this certificate already. One
 * that was left undetermined is evaluated again where there is more to go by.
 */
static bool is_held(const struct run *run)
{
	const struct kvk_case *asked = &run->order->asked;
	const struct kvk_certificate *leaf = run->out->leaf;
	const struct kvk_entry *entry = &run->out->entry;
	const bool more = asked->crl.count > 0 || asked->ocsp.count > 0 || asked->no_revocation;

	return leaf != NULL && kvk_delivery_complete(folder_of(run)) &&
		kvk_delivery_in_force(folder_of(run), leaf->der) && entry->certificate.present &&
		memcmp(entry->certificate.sha256, leaf->sha256, KVK_SHA256_SIZE) == 0 &&
		!(entry->stage == KVK_STAGE_RECEIVED && more);
}

/* Completes the case with what dossier and inventory know. */
static enum kvk_err complete_case(struct run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&out->request, folder_of(run), KVK_DOSSIER_REQUEST));
	out->asked = run->order->asked;
	out->asked.csr = kvk_blob_str(&out->request);
	/* They are among the files already. */
	out->asked.chain.count = 0;
	kvk_dossier_facts_apply(&out->facts, &out->asked);
out:
	return err;
}

static enum kvk_err evaluate(struct run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_err err;

	KVK_TRY(complete_case(run));
	KVK_TRY(kvk_evaluator_open(&out->asked, &out->evaluator, run->why));
	KVK_TRY(kvk_incoming_evaluate(
		&out->incoming, out->leaf, out->evaluator, &out->evaluation, run->why));
out:
	return err;
}

/* Keeps the files as they came, whatever the verdict. */
static enum kvk_err keep_files(struct run *run)
{
	struct kvk_incoming *incoming = &run->out->incoming;

	for (size_t i = 0; i < incoming->count; i++) {
		struct kvk_received *file = &incoming->files[i];
		enum kvk_err err;

		if (file->extra)
			continue;
		err = kvk_received_keep(folder_of(run), file->path, kvk_span_of_blob(&file->bytes));
		if (err != KVK_OK)
			return kvk_error_set_file(run->why, err, folder_of(run), 0);
		file->kept = true;
	}
	return KVK_OK;
}

/* Writes the three files and brings the entry up to date. */
static enum kvk_err put_in_force(struct run *run)
{
	const struct kvk_evaluation *evaluation = run->out->evaluation;
	struct kvk_entry *entry = &run->out->entry;
	struct kvk_delivery delivery;
	struct kvk_blob path = { 0 };
	struct kvk_watched watched;
	enum kvk_err err;

	kvk_delivery_describe(&evaluation->facts, &delivery);
	KVK_TRY(kvk_delivery_put_in_force(folder_of(run), &delivery));
	KVK_TRY(kvk_path_join(&path, folder_of(run), KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(kvk_watched_read(kvk_blob_str(&path), &watched));
	if (!KVK_FORMAT(entry->path, "%s", kvk_blob_str(&path))) {
		err = KVK_ERR_LIMIT;
		goto out;
	}
	entry->certificate = watched.certificate;
	entry->stage =
		evaluation->verdict.outcome == KVK_ACCEPT ? KVK_STAGE_VERIFIED : KVK_STAGE_RECEIVED;
	entry->since = run->order->asked.at;
	KVK_TRY(kvk_inventory_update(run->store->inventory, entry));
out:
	kvk_blob_free(&path);
	return err;
}

/* The same as one transaction: two deliveries at once wait for each other. */
static enum kvk_err deliver(struct run *run)
{
	struct kvk_inventory *inventory = run->store->inventory;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(inventory));
	KVK_TRY(kvk_inventory_find(inventory, run->order->name, &run->out->entry));
	KVK_TRY(put_in_force(run));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	if (err != KVK_OK) {
		(void)kvk_error_set_file(run->why, err, folder_of(run), 0);
		kvk_inventory_rollback(inventory);
	}
	return err;
}

static enum kvk_err evaluate_and_deliver(struct run *run)
{
	const struct kvk_evaluation *evaluation;
	enum kvk_err err;

	KVK_TRY(evaluate(run));
	KVK_TRY(keep_files(run));
	run->out->accepted = KVK_ACCEPTED_EVALUATED;
	evaluation = run->out->evaluation;
	if (evaluation->verdict.outcome != KVK_REJECT && evaluation->facts.leaf != NULL)
		KVK_TRY(deliver(run));
out:
	return err;
}

enum kvk_err kvk_accept(struct kvk_store *store, const struct kvk_accept_order *order,
	struct kvk_acceptance *out, struct kvk_error *why)
{
	struct run run = { store, order, out, why };
	enum kvk_err err;

	KVK_TRY(open_dossier(&run));
	KVK_TRY(read_files(&run, &order->files, false));
	KVK_TRY(read_files(&run, &order->asked.chain, true));
	if (kvk_incoming_find(&out->incoming, out->facts.spki_sha256, &out->leaf) ==
		KVK_OWN_OTHER_KEY)
		out->accepted = KVK_ACCEPTED_OTHER_KEY;
	else if (is_held(&run))
		out->accepted = KVK_ACCEPTED_HELD;
	else
		KVK_TRY(evaluate_and_deliver(&run));
out:
	return err;
}

void kvk_acceptance_free(struct kvk_acceptance *acceptance)
{
	kvk_evaluation_free(acceptance->evaluation);
	kvk_evaluator_free(acceptance->evaluator);
	kvk_incoming_free(&acceptance->incoming);
	kvk_dossier_facts_free(&acceptance->facts);
	kvk_blob_free(&acceptance->request);
	kvk_blob_free(&acceptance->folder);
}
