/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/accept_part.h"

#include <string.h>

#include "app/chain.h"
#include "app/complete.h"
#include "app/memory.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/path.h"
#include "dossier/exchange.h"
#include "dossier/pair.h"
#include "dossier/received.h"
#include "inventory/events.h"

static const char *folder_of(const struct kvk_accept_run *run)
{
	return kvk_blob_str(&run->out->folder);
}

static enum kvk_err read_files(
	struct kvk_accept_run *run, const struct kvk_paths *files, bool extra)
{
	for (size_t i = 0; i < files->count; i++) {
		enum kvk_err err = kvk_incoming_add(&run->out->incoming, files->at[i], extra);

		if (err != KVK_OK)
			return kvk_error_set_file(run->why, err, files->at[i], KVK_LIMIT_FILE);
	}
	return KVK_OK;
}

/* Completes the case with what dossier and inventory know. */
static enum kvk_err complete_case(struct kvk_accept_run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&out->request, folder_of(run), KVK_DOSSIER_REQUEST));
	out->asked = run->order->asked;
	out->asked.csr = kvk_blob_str(&out->request);
	/* They are among the files already. */
	out->asked.chain.count = 0;
	kvk_dossier_facts_apply(&out->facts, &out->asked);
	if (out->has_before) {
		out->asked.before = out->before;
		out->asked.before_key = out->before_key;
	}
	if (out->asked.account.kvk == NULL && out->asked.account.oin == NULL)
		kvk_memory_fill(&out->asked.account, &run->order->configured,
			KVK_ACCOUNT_OF_SETTINGS, NULL);
out:
	return err;
}

static enum kvk_err evaluate(struct kvk_accept_run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_err err;

	KVK_TRY(complete_case(run));
	KVK_TRY(kvk_evaluator_open(&out->asked, &out->evaluator, run->why));
	if (out->leaf != NULL)
		KVK_TRY(kvk_chain_complete(&out->incoming, out->leaf, out->evaluator,
			run->order->online, &out->not_had, run->why));
	kvk_evaluator_go_online(out->evaluator, run->order->online);
	KVK_TRY(kvk_incoming_evaluate(
		&out->incoming, out->leaf, out->evaluator, &out->evaluation, run->why));
	kvk_chain_mark_fetched(&out->incoming, &out->evaluation->facts.path);
out:
	return err;
}

/* Keeps the files as they came, whatever the verdict. */
static enum kvk_err keep_files(struct kvk_accept_run *run)
{
	struct kvk_incoming *incoming = &run->out->incoming;
	enum kvk_err err = KVK_OK;

	kvk_received_sweep(folder_of(run));
	for (size_t i = 0; i < incoming->count; i++) {
		struct kvk_received *file = &incoming->files[i];

		if (file->extra)
			continue;
		KVK_TRY(kvk_received_keep(
			folder_of(run), file->path, kvk_span_of_blob(&file->bytes), run->why));
		file->kept = true;
	}
out:
	return err;
}

/* The history holds what came of the delivery, in the same transaction. */
static enum kvk_err note_event(const struct kvk_accept_run *run, enum kvk_happening happening)
{
	const struct kvk_facts *facts = &run->out->evaluation->facts;
	struct kvk_blob serial = { 0 };
	enum kvk_err err = KVK_OK;

	if (facts->leaf != NULL)
		KVK_TRY(kvk_hex(&serial, facts->leaf->serial, '\0'));
	KVK_TRY(kvk_store_error(
		kvk_inventory_note_event(run->store->inventory, run->out->entry.name,
			run->order->asked.at, "accept", happening, kvk_blob_str(&serial)),
		run->why));
out:
	kvk_blob_free(&serial);
	return err;
}

/* Ends the transaction with the entry as it is. */
static enum kvk_err store_entry(struct kvk_accept_run *run)
{
	struct kvk_inventory *inventory = run->store->inventory;
	enum kvk_err err;

	KVK_TRY(kvk_store_error(kvk_inventory_update(inventory, &run->out->entry), run->why));
	KVK_TRY(kvk_store_error(kvk_inventory_commit(inventory), run->why));
out:
	return err;
}

/* What the inventory is to hold of the delivery. */
static enum kvk_err update_entry(struct kvk_accept_run *run, const struct kvk_delivery_note *note)
{
	struct kvk_entry *entry = &run->out->entry;
	enum kvk_err err;

	/* Of a renewal, the note in its folder says what the inventory says of an entry. */
	if (run->out->next && entry->delivery != KVK_DELIVERY_ADOPTED)
		entry->delivery = KVK_DELIVERY_NONE;
	if (!run->out->next)
		KVK_TRY(kvk_delivery_enter(folder_of(run), note, entry, run->why));
	if (run->out->evaluation->verdict.probably) {
		entry->delivery = KVK_DELIVERY_DOUBTFUL;
		entry->delivery_at = note->since;
	}
	KVK_TRY(note_event(run, kvk_delivery_happening(note->stage, run->out->next)));
	KVK_TRY(store_entry(run));
out:
	return err;
}

/* Files and entry change together: where the inventory cannot be written, neither does. */
static enum kvk_err put_in_force(struct kvk_accept_run *run)
{
	const struct kvk_evaluation *evaluation = run->out->evaluation;
	struct kvk_delivery_note note = {
		.stage = evaluation->verdict.outcome == KVK_ACCEPT ? KVK_STAGE_VERIFIED :
								     KVK_STAGE_RECEIVED,
		.since = run->order->asked.at,
		.practice = evaluation->facts.trust_replaced,
	};
	struct kvk_delivery delivery;
	enum kvk_err err;

	memcpy(note.sha256, evaluation->facts.leaf->sha256, KVK_SHA256_SIZE);
	kvk_delivery_describe(&evaluation->facts, &delivery);
	KVK_TRY(kvk_delivery_put_in_force(folder_of(run), &delivery, &note, run->why));
	err = update_entry(run, &note);
	if (err != KVK_OK) {
		struct kvk_error ignored = { "" };

		run->out->in_force = kvk_delivery_undo(folder_of(run), &ignored) != KVK_OK;
		goto out;
	}
	if (run->out->next)
		(void)kvk_exchange_drop(folder_of(run));
	else
		kvk_delivery_settle(folder_of(run));
	run->out->stored = true;
out:
	return err;
}

/*
 * The inventory remembers that a delivery came that is of no use. A file without a certificate is
 * none: somebody gave the wrong one.
 */
static enum kvk_err note_useless(struct kvk_accept_run *run)
{
	struct kvk_entry *entry = &run->out->entry;
	enum kvk_err err;

	if (run->out->evaluation->facts.leaf == NULL)
		return KVK_OK;
	entry->delivery = run->out->evaluation->verdict.outcome == KVK_REJECT ?
		KVK_DELIVERY_REJECTED :
		KVK_DELIVERY_UNDETERMINED;
	entry->delivery_at = run->order->asked.at;
	KVK_TRY(note_event(run,
		entry->delivery == KVK_DELIVERY_REJECTED ? KVK_HAPPENED_REJECTED :
							   KVK_HAPPENED_UNDETERMINED));
	KVK_TRY(store_entry(run));
out:
	return err;
}

/*
 * The folder was chosen by its key before the delivery was evaluated, which may take a while. Since
 * then, another command may have put another key there, or moved it.
 */
static enum kvk_err check_key(const struct kvk_accept_run *run)
{
	uint8_t key[KVK_SHA256_SIZE];
	struct kvk_error ignored = { "" };
	enum kvk_err err = kvk_pair_key(folder_of(run), key, &ignored);

	if (err == KVK_OK && memcmp(key, run->out->facts.spki_sha256, sizeof key) == 0)
		return KVK_OK;
	return kvk_error_set(run->why, err == KVK_ERR_MEMORY ? err : KVK_ERR_REFUSED,
		_("another command changed the dossier '%s' while the delivery was checked, so "
		  "the delivery was not stored; run the command again"),
		run->out->entry.name);
}

/* Keeps the files, and puts the delivery in force unless the portal would surely refuse it. */
static enum kvk_err keep_and_deliver(struct kvk_accept_run *run)
{
	const struct kvk_evaluation *evaluation = run->out->evaluation;
	enum kvk_err err;

	KVK_TRY(kvk_store_find(run->store, run->order->name, &run->out->entry, run->why));
	KVK_TRY(check_key(run));
	KVK_TRY(keep_files(run));
	if ((evaluation->verdict.outcome != KVK_REJECT || evaluation->verdict.probably) &&
		evaluation->facts.leaf != NULL)
		KVK_TRY(put_in_force(run));
	else
		KVK_TRY(note_useless(run));
out:
	return err;
}

static enum kvk_err deliver(struct kvk_accept_run *run)
{
	struct kvk_inventory *inventory = run->store->inventory;
	enum kvk_err err;

	run->out->accepted = KVK_ACCEPTED_EVALUATED;
	/* Two deliveries at once wait for each other. */
	KVK_TRY(kvk_store_error(kvk_inventory_begin(inventory), run->why));
	err = keep_and_deliver(run);
	kvk_inventory_rollback(inventory);
out:
	return err;
}

/* It is held: an earlier delivery that was of no use is settled. */
static enum kvk_err forget_useless(struct kvk_accept_run *run)
{
	struct kvk_inventory *inventory = run->store->inventory;
	enum kvk_err err;

	if (run->out->entry.delivery == KVK_DELIVERY_NONE)
		return KVK_OK;
	KVK_TRY(kvk_store_error(kvk_inventory_begin(inventory), run->why));
	KVK_TRY(kvk_store_find(run->store, run->order->name, &run->out->entry, run->why));
	run->out->entry.delivery = KVK_DELIVERY_NONE;
	KVK_TRY(store_entry(run));
out:
	kvk_inventory_rollback(inventory);
	return err;
}

static enum kvk_err accept_files(struct kvk_accept_run *run)
{
	struct kvk_acceptance *out = run->out;
	enum kvk_held held;
	enum kvk_err err;

	KVK_TRY(kvk_accept_open_dossier(run));
	KVK_TRY(read_files(run, &run->order->files, false));
	KVK_TRY(read_files(run, &run->order->asked.chain, true));
	KVK_TRY(kvk_accept_choose_folder(run));
	if (out->accepted == KVK_ACCEPTED_OTHER_KEY)
		goto out;
	KVK_TRY(kvk_accept_look_held(run, &held));
	if (held != KVK_HELD_SAME)
		KVK_TRY(evaluate(run));
	if (held == KVK_HELD_SAME ||
		(held == KVK_HELD_IN_DOUBT && kvk_accept_confirms(run, out->evaluation))) {
		KVK_TRY(forget_useless(run));
		out->accepted = KVK_ACCEPTED_HELD;
	} else {
		KVK_TRY(deliver(run));
	}
out:
	return err;
}

enum kvk_err kvk_accept(struct kvk_store *store, const struct kvk_accept_order *order,
	struct kvk_acceptance *out, struct kvk_error *why)
{
	struct kvk_accept_run run = { .store = store,
		.order = order,
		.out = out,
		.why = why,
		.next_facts = KVK_DOSSIER_FACTS_INIT };
	const enum kvk_err err = accept_files(&run);

	kvk_dossier_facts_free(&run.next_facts);
	kvk_blob_free(&run.next);
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
