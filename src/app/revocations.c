/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/revocations.h"

#include <string.h>

#include "app/entries.h"
#include "base/alloc.h"
#include "base/format.h"
#include "watch/assess.h"

/* Answers that are remembered in one transaction. */
#define REMEMBERED_TOGETHER 1024

/* An answer that is still to be remembered. */
struct learnt {
	long long entry;
	uint8_t sha256[KVK_SHA256_SIZE];
	struct kvk_entry_revocation revocation;
};

/* One run. */
struct asking {
	struct kvk_revocations *revocations;
	struct kvk_error *why;
	/* Those that are asked about next. */
	struct kvk_entry *entries;
	size_t count;
	/* struct learnt. */
	struct kvk_vec learnt;
};

/* Whether somebody is notified of it. */
static bool needs_notification(const struct kvk_entry_revocation *revocation, kvk_time at)
{
	return revocation->status == KVK_STATUS_REVOKED ||
		kvk_revocation_is_undetermined(revocation, at);
}

/* Whether it could be asked before. */
static bool was_asked(const struct kvk_entry_revocation *known)
{
	return known->status == KVK_STATUS_GOOD ||
		(known->status == KVK_STATUS_UNKNOWN && kvk_revocation_can_be_asked(known));
}

/* Brings an answer together with what was known before. Whether there is something to remember. */
static bool merge(const struct kvk_entry_revocation *known, bool offline, kvk_time at,
	struct kvk_entry_revocation *answer)
{
	const bool asked = answer->asked != 0;
	bool goes_on;

	if (answer->status == KVK_STATUS_NOT_CHECKED)
		return false;
	/* Else nobody would ever be notified that it is not asked about any more. */
	if (was_asked(known) && strcmp(answer->why, KVK_ENTRY_NEEDS_PATH) == 0)
		KVK_FORMAT(answer->why, "%s", KVK_ENTRY_PATH_LOST);
	goes_on = known->status == KVK_STATUS_UNKNOWN &&
		kvk_revocation_can_be_asked(known) == kvk_revocation_can_be_asked(answer);
	if (answer->status == KVK_STATUS_UNKNOWN) {
		if (offline && kvk_revocation_can_be_asked(answer))
			return false;
		if (known->status == KVK_STATUS_REVOKED)
			*answer = *known;
		else
			answer->since = goes_on ? known->since : at;
	}
	answer->asked = asked ? at : known->asked;
	return true;
}

/* In one transaction. */
static enum kvk_err remember_all(struct kvk_inventory *inventory, const struct kvk_vec *learnt)
{
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(inventory));
	for (size_t i = 0; i < learnt->count; i++) {
		const struct learnt *one = kvk_vec_at(learnt, i);

		KVK_TRY(kvk_inventory_note_revocation(
			inventory, one->entry, one->sha256, &one->revocation));
	}
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	kvk_inventory_rollback(inventory);
	return err;
}

/* What cannot be remembered counts in this run all the same: in a copy. */
static enum kvk_err remember(struct asking *asking)
{
	struct kvk_revocations *revocations = asking->revocations;
	enum kvk_err err = KVK_OK;

	if (asking->learnt.count == 0)
		goto out;
	err = remember_all(revocations->store->inventory, &asking->learnt);
	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		goto out;
	revocations->stored = err;
	KVK_TRY(kvk_store_detach(revocations->store));
	err = remember_all(revocations->store->inventory, &asking->learnt);
out:
	asking->learnt.count = 0;
	return err;
}

static enum kvk_err learn(
	struct asking *asking, const struct kvk_entry *entry, struct kvk_entry_revocation *answer)
{
	struct kvk_revocations *revocations = asking->revocations;
	const struct kvk_entry_revocation *known = &entry->revocation;
	struct learnt *slot;
	enum kvk_err err = KVK_OK;

	if (!merge(known, revocations->source->offline, revocations->at, answer))
		goto out;
	revocations->news = revocations->news ||
		needs_notification(known, revocations->at) !=
			needs_notification(answer, revocations->at) ||
		(needs_notification(answer, revocations->at) && known->status != answer->status);
	if (asking->learnt.count == REMEMBERED_TOGETHER)
		KVK_TRY(remember(asking));
	KVK_TRY(kvk_vec_push(&asking->learnt, &slot));
	slot->entry = entry->id;
	memcpy(slot->sha256, entry->certificate.sha256, KVK_SHA256_SIZE);
	slot->revocation = *answer;
out:
	return err;
}

/* Asks about those that were collected. */
static enum kvk_err ask(struct asking *asking)
{
	const struct kvk_revocation_source *source = asking->revocations->source;
	struct kvk_entry_revocation answers[KVK_ASKED_TOGETHER];
	enum kvk_err err = KVK_OK;

	if (asking->count == 0)
		goto out;
	memset(answers, 0, sizeof answers);
	KVK_TRY(source->ask(source->context, asking->entries, asking->count, answers, asking->why));
	for (size_t i = 0; i < asking->count; i++)
		KVK_TRY(learn(asking, &asking->entries[i], &answers[i]));
	asking->count = 0;
out:
	return err;
}

static enum kvk_err visit(void *context, const struct kvk_entry *entry)
{
	struct asking *asking = context;
	struct kvk_revocations *revocations = asking->revocations;
	bool replaced;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_is_replaced(
		revocations->store->inventory, entry, revocations->at, &replaced));
	if (replaced)
		goto out;
	KVK_TRY(kvk_entries_locate(
		&revocations->store->home, entry, &asking->entries[asking->count]));
	if (++asking->count == KVK_ASKED_TOGETHER)
		KVK_TRY(ask(asking));
out:
	return err;
}

enum kvk_err kvk_revocations_ask(struct kvk_revocations *revocations, struct kvk_error *why)
{
	struct asking asking = {
		.revocations = revocations,
		.why = why,
		.entries = kvk_calloc(KVK_ASKED_TOGETHER, sizeof *asking.entries),
		.learnt = KVK_VEC_INIT(struct learnt, REMEMBERED_TOGETHER),
	};
	enum kvk_err err = asking.entries != NULL ? KVK_OK : KVK_ERR_MEMORY, remembered;

	revocations->news = false;
	revocations->stored = KVK_OK;
	KVK_TRY(err);
	KVK_TRY(kvk_inventory_each_unasked(revocations->store->inventory,
		revocations->at - KVK_ASK_EVERY, revocations->at, visit, &asking));
	KVK_TRY(ask(&asking));
out:
	/* What was learnt before something failed counts. */
	remembered = remember(&asking);
	kvk_vec_free(&asking.learnt);
	kvk_free(asking.entries);
	return err != KVK_OK ? err : remembered;
}
