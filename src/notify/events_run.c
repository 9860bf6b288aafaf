/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/events_run.h"

#include <stdlib.h>

#include "notify/recipients.h"

void kvk_events_run_keep(struct kvk_events_run *run, enum kvk_err err)
{
	if (run->err == KVK_OK)
		run->err = err;
}

bool kvk_events_run_failed(const struct kvk_events_run *run, const char *channel)
{
	for (size_t i = 0; i < run->failure_count; i++)
		if (strcmp(run->failures[i].channel, channel) == 0)
			return true;
	return false;
}

void kvk_events_run_fail(struct kvk_events_run *run, const char *channel,
	const struct kvk_error *why, enum kvk_err err)
{
	struct kvk_error said = *why;

	if (said.text[0] == '\0')
		(void)kvk_error_set(&said, err, "%s", kvk_error_text(err));
	if (run->events->warn != NULL)
		run->events->warn(channel, &said);
	if (kvk_events_run_failed(run, channel) || run->failure_count > KVK_EVENT_CHANNELS)
		return;
	run->failures[run->failure_count].channel = channel;
	run->failures[run->failure_count++].why = said;
}

static int compare_id(const void *key, const void *item)
{
	const long long id = *(const long long *)key;
	const struct kvk_entry_view *view = *(struct kvk_entry_view *const *)item;

	return (id > view->id) - (id < view->id);
}

/* What became of a message in this run. */
struct outcome {
	/* Everybody has it; or some who had not had it before. */
	bool taken, some;
};

/* Notes in a view what became of a message about it. */
static void mark(struct kvk_entry_view *view, unsigned bit, const struct kvk_outgoing *message,
	struct outcome outcome)
{
	if (outcome.taken)
		view->taken |= bit;
	else
		view->failed |= bit;
	if (!outcome.taken && outcome.some)
		view->partly |= bit;
	if (!outcome.taken && !outcome.some && !message->begun)
		view->lost |= bit;
}

/* Marks the views of the entries of a message that is recorded. */
static void mark_recorded(struct kvk_events_run *run, const struct kvk_outgoing *message,
	unsigned bit, struct outcome outcome)
{
	struct kvk_inventory *inventory = run->events->notification.inventory;
	long long entry = 0;

	if (run->by_id.count == 0)
		return;
	while (kvk_outbox_next_entry(inventory, message->id, &entry) == KVK_OK) {
		struct kvk_entry_view **found = bsearch(&entry, run->by_id.items, run->by_id.count,
			run->by_id.item_size, compare_id);

		if (found != NULL)
			mark(*found, bit, message, outcome);
	}
}

enum kvk_err kvk_events_note_sent(
	const struct kvk_notification *notification, const char *channel, bool taken, bool some)
{
	struct kvk_inventory *inventory = notification->inventory;
	enum kvk_err err = KVK_OK;

	if (taken || some)
		KVK_TRY(kvk_inventory_note_channel(
			inventory, "worked", channel, notification->now));
	if (!taken)
		err = kvk_inventory_note_channel(inventory, "failed", channel, notification->now);
out:
	return err;
}

/* Records what became of a message, and when its channel last worked or failed. */
static enum kvk_err settle(const struct kvk_events_run *run,
	const struct kvk_event_channel *channel, const struct kvk_outgoing *message,
	struct outcome outcome)
{
	const struct kvk_notification *notification = &run->events->notification;
	struct kvk_inventory *inventory = notification->inventory;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(inventory));
	KVK_TRY(kvk_events_note_sent(notification, channel->name, outcome.taken, outcome.some));
	if (message->id != 0)
		KVK_TRY(outcome.taken ? kvk_outbox_remove(inventory, message->id) :
					kvk_outbox_keep(inventory, message));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	kvk_inventory_rollback(inventory);
	return err;
}

/* Sends one message. */
static struct outcome send_one(struct kvk_events_run *run, const struct kvk_event_channel *channel,
	struct kvk_outgoing *message, bool *unreachable)
{
	const size_t wanted = message->recipients.n;
	struct kvk_error why = { "" };
	enum kvk_err err;

	err = channel->send(channel->context, message, &why);
	*unreachable = err != KVK_OK && err != KVK_ERR_WRITE;
	if (err != KVK_OK)
		kvk_events_run_fail(run, channel->name, &why, err);
	return (struct outcome){ .taken = err == KVK_OK, .some = message->recipients.n < wanted };
}

/* Sends what is recorded. */
static void deliver_recorded(struct kvk_events_run *run, const struct kvk_event_channel *channel,
	unsigned bit, bool *unreachable)
{
	struct kvk_inventory *inventory = run->events->notification.inventory;
	struct kvk_outgoing message = { .id = 0 };
	long long after = 0;
	enum kvk_err err;

	for (;;) {
		err = kvk_outbox_next(inventory, after, &message);
		if (err != KVK_OK)
			break;
		after = message.id;
		if (strcmp(message.channel, channel->name) == 0) {
			const bool tried = !*unreachable;
			struct outcome outcome = { false, false };

			if (tried)
				outcome = send_one(run, channel, &message, unreachable);
			mark_recorded(run, &message, bit, outcome);
			if (tried)
				kvk_events_run_keep(run, settle(run, channel, &message, outcome));
		}
		kvk_outgoing_free(&message);
	}
	kvk_outgoing_free(&message);
	if (err != KVK_ERR_NOT_FOUND)
		kvk_events_run_keep(run, err);
}

void kvk_events_run_deliver(struct kvk_events_run *run, const struct kvk_event_channel *channel,
	unsigned bit, struct kvk_vec *composed)
{
	bool unreachable = false;

	deliver_recorded(run, channel, bit, &unreachable);
	for (size_t i = 0; i < composed->count; i++) {
		struct kvk_composed *one = kvk_vec_at(composed, i);
		const bool tried = !unreachable;
		struct outcome outcome = { false, false };

		if (one->message.id != 0)
			continue;
		if (tried) {
			outcome = send_one(run, channel, &one->message, &unreachable);
			kvk_events_run_keep(run, settle(run, channel, &one->message, outcome));
		}
		for (size_t j = 0; j < one->views.count; j++)
			mark(*(struct kvk_entry_view **)kvk_vec_at(&one->views, j), bit,
				&one->message, outcome);
	}
}

/* Whether somebody is still to get a message: the channel or one of its entries names him. */
static enum kvk_err is_named(struct kvk_inventory *inventory,
	const struct kvk_event_channel *channel, const struct kvk_outgoing *message,
	struct kvk_span address, bool *named)
{
	struct kvk_blob own = { 0 };
	long long entry = 0;
	enum kvk_err err = KVK_OK;

	*named = kvk_recipients_has(channel->recipients, address);
	while (!*named && kvk_outbox_next_entry(inventory, message->id, &entry) == KVK_OK) {
		KVK_TRY(kvk_inventory_recipients(inventory, entry, &own));
		*named = kvk_recipients_has(kvk_blob_str(&own), address);
	}
out:
	kvk_blob_free(&own);
	return err;
}

/* Takes out of a message whoever is not to get it any more; what is left is in *left. */
static enum kvk_err drop_strangers(struct kvk_inventory *inventory,
	const struct kvk_event_channel *channel, const struct kvk_outgoing *message,
	struct kvk_blob *left)
{
	const char *line = kvk_blob_str(&message->recipients);
	enum kvk_err err = KVK_OK;

	while (*line != '\0') {
		const struct kvk_span address = { (const uint8_t *)line, strcspn(line, "\n") };
		bool named;

		KVK_TRY(is_named(inventory, channel, message, address, &named));
		if (named)
			KVK_TRY(kvk_blob_append_format(left, "%.*s\n", (int)address.n, line));
		line += address.n + (line[address.n] == '\n');
	}
out:
	return err;
}

static enum kvk_err tidy_recipients(struct kvk_inventory *inventory,
	const struct kvk_event_channel *channel, struct kvk_outgoing *message)
{
	struct kvk_blob left = { 0 };
	enum kvk_err err;

	KVK_TRY(drop_strangers(inventory, channel, message, &left));
	if (left.n == message->recipients.n)
		goto out;
	if (left.n == 0) {
		err = message->begun ? kvk_outbox_remove(inventory, message->id) :
				       kvk_outbox_withdraw(inventory, message->id);
		goto out;
	}
	KVK_TRY(kvk_blob_set(&message->recipients, kvk_span_of_blob(&left)));
	err = kvk_outbox_keep(inventory, message);
out:
	kvk_blob_free(&left);
	return err;
}

static const struct kvk_event_channel *channel_of(
	const struct kvk_events *events, const struct kvk_outgoing *message)
{
	for (size_t i = 0; i < events->count; i++)
		if (strcmp(events->channels[i].name, message->channel) == 0)
			return &events->channels[i];
	return NULL;
}

void kvk_events_run_tidy(struct kvk_events_run *run)
{
	struct kvk_inventory *inventory = run->events->notification.inventory;
	struct kvk_outgoing message = { .id = 0 };
	long long after = 0;
	enum kvk_err err;

	for (;;) {
		const struct kvk_event_channel *channel;

		err = kvk_outbox_next(inventory, after, &message);
		if (err != KVK_OK)
			break;
		after = message.id;
		channel = channel_of(run->events, &message);
		if (channel == NULL)
			kvk_events_run_keep(run, kvk_outbox_withdraw(inventory, message.id));
		else if (channel->recipients != NULL)
			kvk_events_run_keep(run, tidy_recipients(inventory, channel, &message));
		kvk_outgoing_free(&message);
	}
	kvk_outgoing_free(&message);
	if (err != KVK_ERR_NOT_FOUND)
		kvk_events_run_keep(run, err);
}
