/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happened to each name: a history that only grows, and outlives the entry. Noting is part of
 * the transaction of what happened, so that both are there or neither is.
 */
#ifndef KVKCSR_INVENTORY_EVENTS_H
#define KVKCSR_INVENTORY_EVENTS_H

#include "inventory/inventory.h"

/* What can happen. One list for enum and word; the words are stored and are in JSON. */
#define KVK_HAPPENINGS(X) \
	X(KVK_HAPPENED_REQUESTED, "requested") \
	X(KVK_HAPPENED_FAILED, "failed") \
	X(KVK_HAPPENED_RECEIVED, "received") \
	X(KVK_HAPPENED_VERIFIED, "verified") \
	X(KVK_HAPPENED_REJECTED, "rejected") \
	X(KVK_HAPPENED_UNDETERMINED, "undetermined") \
	X(KVK_HAPPENED_UPLOADED, "uploaded") \
	X(KVK_HAPPENED_DEPLOYED, "deployed") \
	X(KVK_HAPPENED_TRACKED, "tracked") \
	X(KVK_HAPPENED_UNTRACKED, "untracked") \
	X(KVK_HAPPENED_ADOPTED, "adopted") \
	X(KVK_HAPPENED_RENEWAL_REQUESTED, "renewal-requested") \
	X(KVK_HAPPENED_RENEWAL_RECEIVED, "renewal-received") \
	X(KVK_HAPPENED_RENEWAL_VERIFIED, "renewal-verified") \
	X(KVK_HAPPENED_RENEWAL_UPLOADED, "renewal-uploaded") \
	X(KVK_HAPPENED_RENEWAL_ABANDONED, "renewal-abandoned")

#define KVK_HAPPENING_ENUM(id, word) id,
enum kvk_happening { KVK_HAPPENINGS(KVK_HAPPENING_ENUM) KVK_HAPPENED_COUNT };
#undef KVK_HAPPENING_ENUM

/* Room for the texts of an event, with their NULs; what is longer is cut. */
#define KVK_EVENT_USER_SIZE 96
#define KVK_EVENT_COMMAND_SIZE 32
#define KVK_EVENT_WHAT_SIZE 32
#define KVK_EVENT_DETAIL_SIZE 160

/* One event as it is read. Texts of a later version of this program are kept as they are. */
struct kvk_event {
	/* For kvk_inventory_next_event(). */
	long long id;
	kvk_time at;
	/* Who did it: the number of the user, and who used sudo; "" where it is not known. */
	char user[KVK_EVENT_USER_SIZE];
	/* The subcommand; "" where it is not known. */
	char command[KVK_EVENT_COMMAND_SIZE];
	/* The word of what happened. */
	char what[KVK_EVENT_WHAT_SIZE];
	/* The serial number of the certificate, or what else tells it from others; may be "". */
	char detail[KVK_EVENT_DETAIL_SIZE];
};

/*
 * Notes what a command did to a name; detail may be NULL. The user is found here. What was noted
 * last, again at the same time, is KVK_OK: a run that was killed is repeated.
 */
enum kvk_err kvk_inventory_note_event(struct kvk_inventory *inventory, const char *name,
	kvk_time at, const char *command, enum kvk_happening happening, const char *detail);
/* The same for each entry whose path is below a folder, but no dossiers; the detail is the serial
 * number of its certificate. */
enum kvk_err kvk_inventory_note_below(struct kvk_inventory *inventory, const char *folder,
	kvk_time at, const char *command, enum kvk_happening happening);
/*
 * The events of a name in the order in which they were noted, one after the other: the first one
 * whose id is above after, which is 0 at first. KVK_ERR_NOT_FOUND where there is none any more, and
 * where the inventory is of an earlier version.
 */
enum kvk_err kvk_inventory_next_event(
	struct kvk_inventory *inventory, const char *name, long long after, struct kvk_event *out);
/* Whether the history of a name holds this event; the time counts to the second. */
enum kvk_err kvk_inventory_has_event(struct kvk_inventory *inventory, const char *name, kvk_time at,
	enum kvk_happening happening, const char *detail, bool *has);
/*
 * Notes that a server has a certificate, as a command found out, of the dossier whose certificate
 * it is and that waits for this; nothing where none does. The errors of the inventory.
 */
enum kvk_err kvk_inventory_note_deployed(struct kvk_inventory *inventory,
	const uint8_t sha256[static KVK_SHA256_SIZE], kvk_time at, const char *command);
/* Whether the history of a name says that a renewal is under way: it was requested, at *since
 * (which may be NULL), and neither uploaded nor given up after that, nor was its entry, whose name
 * may be that of another one by now. */
enum kvk_err kvk_inventory_renewal_open(
	struct kvk_inventory *inventory, const char *name, bool *open, kvk_time *since);

#endif
