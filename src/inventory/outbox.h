/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages that are recorded before they are sent, so that what was perhaps delivered already is
 * sent again as it was; and who is notified of an entry. Each call is one transaction, as those of
 * inventory/inventory.h.
 */
#ifndef KVKCSR_INVENTORY_OUTBOX_H
#define KVKCSR_INVENTORY_OUTBOX_H

#include "inventory/inventory.h"

/* The longest name of a channel, and a key in hex, with their NULs. */
#define KVK_OUTGOING_CHANNEL_SIZE 16
#define KVK_OUTGOING_KEY_SIZE 33

/* A message. Start all-zero, free with kvk_outgoing_free(). */
struct kvk_outgoing {
	/* 0: not recorded. */
	long long id;
	char channel[KVK_OUTGOING_CHANNEL_SIZE];
	/* Unique, the same whenever it is sent. */
	char key[KVK_OUTGOING_KEY_SIZE];
	/* When it was composed. */
	kvk_time at;
	/* What is sent, octet for octet. */
	struct kvk_blob body;
	/* The addresses that have not had it, a line each; empty where a channel has none. */
	struct kvk_blob recipients;
	/* Some address has had it. */
	bool begun;
};

void kvk_outgoing_free(struct kvk_outgoing *message);

/* Records a message and fills its id. KVK_ERR_EXISTS where there is one with its key. */
enum kvk_err kvk_outbox_add(struct kvk_inventory *inventory, struct kvk_outgoing *message);
/* Notes an entry that a message is about; one that is gone is KVK_OK. */
enum kvk_err kvk_outbox_add_entry(
	struct kvk_inventory *inventory, long long message, long long entry);
/*
 * Reads the message whose id follows after, which is 0 at first, into an all-zero *out.
 * KVK_ERR_NOT_FOUND where there is none any more.
 */
enum kvk_err kvk_outbox_next(
	struct kvk_inventory *inventory, long long after, struct kvk_outgoing *out);
/* The entry of a message whose id follows *entry, which is 0 at first. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_outbox_next_entry(
	struct kvk_inventory *inventory, long long message, long long *entry);
/* Stores the recipients that are left, and whether it is begun. */
enum kvk_err kvk_outbox_keep(struct kvk_inventory *inventory, const struct kvk_outgoing *message);
/* Removes a message that was delivered. */
enum kvk_err kvk_outbox_remove(struct kvk_inventory *inventory, long long message);
/* Removes one that nobody has had, and what was remembered of its entries on its channel: they are
 * news again. */
enum kvk_err kvk_outbox_withdraw(struct kvk_inventory *inventory, long long message);

/* Notes when something last happened to a channel, such as "worked"; and reads it
 * (KVK_ERR_NOT_FOUND: never). */
enum kvk_err kvk_inventory_note_channel(
	struct kvk_inventory *inventory, const char *what, const char *channel, kvk_time at);
enum kvk_err kvk_inventory_channel_noted(
	struct kvk_inventory *inventory, const char *what, const char *channel, kvk_time *out);

/* Sets who is notified of an entry: addresses, a line each. KVK_ERR_EXISTS where it is gone. */
enum kvk_err kvk_inventory_set_recipients(
	struct kvk_inventory *inventory, long long entry, const char *addresses);
/* Reads them into *out (emptied first); empty where none were set. */
enum kvk_err kvk_inventory_recipients(
	struct kvk_inventory *inventory, long long entry, struct kvk_blob *out);

#endif
