/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inventory: what is tracked, what was uploaded and who was notified of what. An interface of
 * its own, with SQLite behind it today; nothing of SQLite shows here. Keys and certificates are
 * files (dossier/files.h), never rows. Each call is one transaction, unless kvk_inventory_begin()
 * joins several: it happened whole or not at all.
 */
#ifndef KVKCSR_INVENTORY_INVENTORY_H
#define KVKCSR_INVENTORY_INVENTORY_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/limits.h"
#include "base/time.h"
#include "crypto/hash.h"

struct kvk_inventory;

/* Where an entry is on the road. One list for enum and word; the words are stored and are in
 * JSON. */
#define KVK_ENTRY_STAGES(X) \
	X(KVK_STAGE_REQUESTED, "requested") \
	X(KVK_STAGE_RECEIVED, "received") \
	X(KVK_STAGE_VERIFIED, "verified") \
	X(KVK_STAGE_UPLOADED, "uploaded") \
	X(KVK_STAGE_TRACKED, "tracked")

#define KVK_ENTRY_STAGE_ENUM(id, word) id,
enum kvk_entry_stage { KVK_ENTRY_STAGES(KVK_ENTRY_STAGE_ENUM) KVK_STAGE_COUNT };
#undef KVK_ENTRY_STAGE_ENUM

/* The longest path that an entry holds, with its NUL. */
#define KVK_ENTRY_PATH_SIZE KVK_LIMIT_PATH
/* Hex of a serial number of 20 octets and more, with its NUL. */
#define KVK_ENTRY_SERIAL_SIZE 132
/* The name of a CA that ends first, cut, with its NUL. */
#define KVK_ENTRY_ENDS_BY_SIZE 128
/* Of the entry's own certificate, in the place of such a name. */
#define KVK_ENDS_BY_LEAF ""

/* Octets of a holder's names, with the NUL. */
#define KVK_HOLDER_CN_SIZE 128
#define KVK_HOLDER_NUMBER_SIZE 72

/*
 * Whose a certificate is or will be: CN and serialNumber of the subject, folded as names compare
 * (RFC 5280 7.1). One that is longer or not there is ""; kvk_holder_compare() says what that means.
 */
struct kvk_holder {
	/* The certificate was read for it; an inventory of an earlier version did not know it. */
	bool known;
	char cn[KVK_HOLDER_CN_SIZE];
	char number[KVK_HOLDER_NUMBER_SIZE];
};

/* The certificate of an entry; present is false while there is none. */
struct kvk_entry_certificate {
	bool present;
	uint8_t sha256[KVK_SHA256_SIZE];
	char serial[KVK_ENTRY_SERIAL_SIZE];
	kvk_time not_before;
	kvk_time not_after;
	/* The earliest end on its path among the certificates of the file, and whose it is:
	 * KVK_ENDS_BY_LEAF, or the name of a CA. */
	kvk_time ends;
	char ends_by[KVK_ENTRY_ENDS_BY_SIZE];
	/* It is that of a CA: the file holds no other. */
	bool ca;
	/* Also known of a request, before there is a certificate. */
	struct kvk_holder holder;
	/* SHA-256 of the file of which all this was read; zeros where that is not known. */
	uint8_t file_sha256[KVK_SHA256_SIZE];
};

/*
 * What is notified beside the ids of thresholds: that a file is gone or cannot be read, that
 * check found the entry itself, that everybody can read a private key, that an entry was replaced
 * by another, that a certificate is not valid yet, that a request has no delivery, that a delivery
 * is not uploaded, that a certificate was revoked, that nobody could say for days whether it was,
 * that its renewal is to be started, that nothing was delivered for it, that it is not uploaded.
 */
#define KVK_EVENT_FILE "file"
#define KVK_EVENT_FOUND "found"
#define KVK_EVENT_KEY "key"
#define KVK_EVENT_REPLACED "replaced"
#define KVK_EVENT_NOT_YET_VALID "not-yet-valid"
#define KVK_EVENT_NO_DELIVERY "no-delivery"
#define KVK_EVENT_NOT_UPLOADED "not-uploaded"
#define KVK_EVENT_REVOKED "revoked"
#define KVK_EVENT_UNDETERMINED "undetermined"
#define KVK_EVENT_START "start-renewal"
#define KVK_EVENT_RENEWAL_LATE "renewal-late"
#define KVK_EVENT_RENEWAL_READY "renewal-ready"
/* With the year behind it: its recipients were asked whether it is still theirs. */
#define KVK_EVENT_OWNER "owner-"

/* What became of the last delivery that was offered to a dossier, unless it is in force and without
 * doubt. Doubtful: the portal probably refuses it. The words are stored and are in JSON. */
#define KVK_ENTRY_DELIVERIES(X) \
	X(KVK_DELIVERY_NONE, "none") \
	X(KVK_DELIVERY_REJECTED, "rejected") \
	X(KVK_DELIVERY_UNDETERMINED, "undetermined") \
	X(KVK_DELIVERY_DOUBTFUL, "probably-rejected") \
	X(KVK_DELIVERY_ADOPTED, "adopted")

#define KVK_ENTRY_DELIVERY_ENUM(id, word) id,
enum kvk_entry_delivery { KVK_ENTRY_DELIVERIES(KVK_ENTRY_DELIVERY_ENUM) KVK_DELIVERY_COUNT };
#undef KVK_ENTRY_DELIVERY_ENUM

/* Whether a certificate was revoked, as far as `check` found out. One list for enum and word; the
 * words are stored and are in JSON. */
#define KVK_ENTRY_STATUSES(X) \
	X(KVK_STATUS_NOT_CHECKED, "not-checked") \
	X(KVK_STATUS_GOOD, "good") \
	X(KVK_STATUS_REVOKED, "revoked") \
	X(KVK_STATUS_UNKNOWN, "unknown")

#define KVK_ENTRY_STATUS_ENUM(id, word) id,
enum kvk_entry_status { KVK_ENTRY_STATUSES(KVK_ENTRY_STATUS_ENUM) KVK_STATUS_COUNT };
#undef KVK_ENTRY_STATUS_ENUM

/* The id of a reason, and an address, cut, with their NULs. */
#define KVK_ENTRY_WHY_SIZE 32
#define KVK_ENTRY_URL_SIZE 256
/* The reasons where nobody can be asked: no path leads to a trust anchor; a certificate of the path
 * has no address. */
#define KVK_ENTRY_NEEDS_PATH "needs-path"
#define KVK_ENTRY_NO_ADDRESS "no-address"
/* Instead of the first where it could be asked before. */
#define KVK_ENTRY_PATH_LOST "path-lost"

/* What `check` learnt of the revocation of an entry's certificate. */
struct kvk_entry_revocation {
	enum kvk_entry_status status;
	/* When it was last asked; 0: never. */
	kvk_time asked;
	/* Revoked: since when. Unknown: when it could not be determined for the first time. */
	kvk_time since;
	/* Unknown: the id of the reason (net/reason.h, revocation/answer.h, or one of the above),
	 * and the address that failed, or "". */
	char why[KVK_ENTRY_WHY_SIZE];
	char url[KVK_ENTRY_URL_SIZE];
	/* Whose certificate it is about: KVK_ENDS_BY_LEAF, or the name of a CA on the path. */
	char by[KVK_ENTRY_ENDS_BY_SIZE];
};

/* How an entry came to be: somebody asked for it; or `check` found its certificate; or it parted
 * from another entry, whose files held the same certificate. Stored as the number. */
enum kvk_entry_found { KVK_FOUND_ASKED, KVK_FOUND_NEW, KVK_FOUND_PARTED };

/* Days that a TSP takes where nobody knows better, and what it may take longer before somebody is
 * notified that nothing was delivered. */
#define KVK_LEAD_DAYS 14
#define KVK_LEAD_MARGIN 7

struct kvk_entry {
	long long id;
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	/* A dossier of this home, or else a file somewhere that is only tracked. */
	bool dossier;
	enum kvk_entry_stage stage;
	/* The file that is watched, absolute; for a dossier its certificate.pem. */
	char path[KVK_ENTRY_PATH_SIZE];
	/* When the stage was reached. */
	kvk_time since;
	/* It is watched also where another entry would replace it. */
	bool kept;
	/* Days after which the TSP delivers, as a rule; 0: KVK_LEAD_DAYS. */
	int lead_days;
	/* The delivery in force was evaluated with trust anchors that were given. */
	bool practice;
	/* The last delivery that was offered and is not in force, or is doubtful; and when that
	 * was. */
	enum kvk_entry_delivery delivery;
	kvk_time delivery_at;
	/* The day on which the renewal that is under way takes over; 0: nobody said. */
	kvk_time switch_at;
	/* The certificate was uploaded, and nobody has said that its server has it. */
	bool deploy;
	/* Stored by kvk_inventory_add() alone. */
	enum kvk_entry_found found;
	/* Somebody was notified that its file is in trouble (KVK_EVENT_FILE), or that everybody can
	 * read its key (KVK_EVENT_KEY), on whatever channel. Only read. */
	bool file_notified, key_notified;
	struct kvk_entry_certificate certificate;
	/* Of this certificate. Stored by kvk_inventory_note_revocation() alone. */
	struct kvk_entry_revocation revocation;
};

/* What somebody is notified of once. Borrows. */
struct kvk_notified {
	/* The id of the entry. */
	long long entry;
	/* KVK_SHA256_SIZE octets: the certificate, or all zeros where there is none. */
	const uint8_t *sha256;
	/* The id of a threshold, or KVK_EVENT_FILE. */
	const char *threshold;
	/* The name of a channel. */
	const char *channel;
};

/* Whether the inventory of a home can be opened by its name, which SQLite bounds; the home need not
 * exist yet. KVK_ERR_CREATE with why, KVK_ERR_MEMORY. */
enum kvk_err kvk_inventory_check_path(const char *home, struct kvk_error *why);
/*
 * Opens the inventory of a home (the folder must exist); make is whether a new one may be made.
 * KVK_ERR_NOT_FOUND where there is none, KVK_ERR_OPEN (also where kvk_inventory_check_path() says
 * no), KVK_ERR_UNSAFE, KVK_ERR_BUSY, KVK_ERR_DATABASE (damaged, or made by a newer version), each
 * with why. Close with kvk_inventory_close().
 */
enum kvk_err kvk_inventory_open(
	const char *home, bool make, struct kvk_inventory **out, struct kvk_error *why);
/*
 * Opens a copy of an inventory that is gone when it is closed, for what a run works out and is not
 * to remember. Memory does not grow with it. Its errors are those of kvk_inventory_open().
 */
enum kvk_err kvk_inventory_copy(struct kvk_inventory *from, struct kvk_inventory **out);
void kvk_inventory_close(struct kvk_inventory *inventory);

/* Adds an entry; id is filled. KVK_ERR_EXISTS where the name is taken, KVK_ERR_LIMIT above
 * KVK_LIMIT_ENTRIES, KVK_ERR_BUSY, KVK_ERR_DATABASE. */
enum kvk_err kvk_inventory_add(struct kvk_inventory *inventory, struct kvk_entry *entry);
/* Finds an entry by its name. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_find(
	struct kvk_inventory *inventory, const char *name, struct kvk_entry *out);
/*
 * Finds the entries of a watched file by its absolute path, one after the other: the first one
 * whose id is above after, which is 0 at first. KVK_ERR_NOT_FOUND where there is none any more.
 */
enum kvk_err kvk_inventory_next_at(
	struct kvk_inventory *inventory, const char *path, long long after, struct kvk_entry *out);
/* Finds the first entry with a certificate that is no dossier. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_find_same(struct kvk_inventory *inventory,
	const uint8_t sha256[static KVK_SHA256_SIZE], struct kvk_entry *out);
/* Finds an entry by its id. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_find_id(
	struct kvk_inventory *inventory, long long id, struct kvk_entry *out);
/* Finds the entry that was added first of those whose holder has this CN (folded), or whose name
 * it is where no holder is known. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_find_domain(
	struct kvk_inventory *inventory, const char *domain, struct kvk_entry *out);
/*
 * Calls visit for each entry of the same holder whose certificate ends before a time, the latest
 * first, as kvk_inventory_each() does; a page at a time is read, so nothing is spent on what comes
 * after visit has returned something else than KVK_OK. A holder without CN or number has none.
 */
enum kvk_err kvk_inventory_each_before(struct kvk_inventory *inventory,
	const struct kvk_holder *holder, kvk_time not_after,
	enum kvk_err (*visit)(void *context, const struct kvk_entry *entry), void *context);
/*
 * Stores all but name, kind, found, id and revocation of an entry (by id). What was known of the
 * revocation of another certificate is forgotten. KVK_ERR_NOT_FOUND where the entry is gone.
 */
enum kvk_err kvk_inventory_update(struct kvk_inventory *inventory, const struct kvk_entry *entry);
/* Makes a tracked file a dossier of this home (by id); its path is stored by
 * kvk_inventory_update(). KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_make_dossier(struct kvk_inventory *inventory, long long entry);
/* Removes an entry with what was notified of it, and what waits to be sent about it alone. Its
 * uploads stay: the portal remembers them too. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_remove(struct kvk_inventory *inventory, const char *name);
/*
 * Calls visit for each entry, in the order in which they were added, until it returns something
 * else than KVK_OK; that is returned. visit may call other functions of the inventory. Memory does
 * not grow with the number of entries.
 */
enum kvk_err kvk_inventory_each(struct kvk_inventory *inventory,
	enum kvk_err (*visit)(void *context, const struct kvk_entry *entry), void *context);

/*
 * The same for the entries whose certificates end after a time, now, and were not asked about since
 * another, before: those that were not asked for the longest time first.
 */
enum kvk_err kvk_inventory_each_unasked(struct kvk_inventory *inventory, kvk_time before,
	kvk_time now, enum kvk_err (*visit)(void *context, const struct kvk_entry *entry),
	void *context);
/*
 * Notes what was learnt of the revocation of a certificate, unless the entry has another one by
 * now. An answer ends KVK_EVENT_UNDETERMINED, and a good one KVK_EVENT_REVOKED: both would be news
 * again.
 */
enum kvk_err kvk_inventory_note_revocation(struct kvk_inventory *inventory, long long entry,
	const uint8_t sha256[static KVK_SHA256_SIZE],
	const struct kvk_entry_revocation *revocation);
/* Whether another entry, in use at a time and not revoked, has the same holder and a later end. */
enum kvk_err kvk_inventory_is_replaced(struct kvk_inventory *inventory,
	const struct kvk_entry *entry, kvk_time at, bool *replaced);

/*
 * Makes all calls until kvk_inventory_commit() one transaction: for many entries at once. Others
 * wait meanwhile, so nothing slow belongs inside. kvk_inventory_rollback() undoes them; so does
 * closing.
 */
enum kvk_err kvk_inventory_begin(struct kvk_inventory *inventory);
enum kvk_err kvk_inventory_commit(struct kvk_inventory *inventory);
void kvk_inventory_rollback(struct kvk_inventory *inventory);

/* Folders in which `check` looks for new certificates; absolute. The same again is KVK_OK. */
enum kvk_err kvk_inventory_add_folder(struct kvk_inventory *inventory, const char *path);
/* KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_remove_folder(struct kvk_inventory *inventory, const char *path);
/* Removes all entries whose paths are below a folder, but no dossiers; in a transaction of the
 * caller, and with what waits to be sent about them alone. */
enum kvk_err kvk_inventory_remove_below(struct kvk_inventory *inventory, const char *folder);
/* The first folder whose path is above after, which is "" at first, into *out (emptied first).
 * KVK_ERR_NOT_FOUND where there is none any more. */
enum kvk_err kvk_inventory_next_folder(
	struct kvk_inventory *inventory, const char *after, struct kvk_blob *out);
/*
 * Whether an entry below a folder is of a holder, and its certificate ends no earlier than
 * not_after. A holder without CN has none.
 */
enum kvk_err kvk_inventory_has_later(struct kvk_inventory *inventory,
	const struct kvk_holder *holder, kvk_time not_after, const char *folder, bool *found);
/*
 * Remembers that nobody wants the certificates of a holder in a file to be tracked, although they
 * are still there; whether that is so; and forgets it for a file, or for all below a folder.
 */
enum kvk_err kvk_inventory_dismiss(
	struct kvk_inventory *inventory, const char *path, const struct kvk_holder *holder);
enum kvk_err kvk_inventory_dismissed(struct kvk_inventory *inventory, const char *path,
	const struct kvk_holder *holder, bool *dismissed);
enum kvk_err kvk_inventory_readmit(struct kvk_inventory *inventory, const char *path);

/* Notes that `check` ran, and when it last did (KVK_ERR_NOT_FOUND: never). */
enum kvk_err kvk_inventory_note_run(struct kvk_inventory *inventory, kvk_time at);
enum kvk_err kvk_inventory_last_run(struct kvk_inventory *inventory, kvk_time *out);

/* Notes an upload of a certificate. The same one again is KVK_OK. */
enum kvk_err kvk_inventory_note_upload(struct kvk_inventory *inventory, const char *name,
	const uint8_t sha256[static KVK_SHA256_SIZE], kvk_time at);
/* Calls visit with the fingerprint of each upload, as kvk_inventory_each() does. */
enum kvk_err kvk_inventory_each_upload(struct kvk_inventory *inventory,
	enum kvk_err (*visit)(void *context, const uint8_t *sha256, kvk_time at), void *context);

/*
 * Makes this the one run that notifies: others wait here, KVK_LIMIT_BUSY_MS at most (KVK_ERR_BUSY).
 * Nothing else waits for it, so sending may be slow in between, outside of transactions. It ends
 * with kvk_inventory_notified_end(), with closing, and with the program, however that ends.
 * KVK_ERR_OPEN.
 */
enum kvk_err kvk_inventory_notified_begin(struct kvk_inventory *inventory);
void kvk_inventory_notified_end(struct kvk_inventory *inventory);
/* Whether it is still to be sent: it was not remembered, and its entry is there. */
enum kvk_err kvk_inventory_notified_pending(
	struct kvk_inventory *inventory, const struct kvk_notified *what, bool *pending);
/* Whether the recipients of an entry on a channel were last asked before a time, or never, whether
 * it is still theirs (KVK_EVENT_OWNER); false where the entry is gone. */
enum kvk_err kvk_inventory_owner_pending(struct kvk_inventory *inventory, long long entry,
	const char *channel, kvk_time since, bool *pending);
/* Remembers that it was sent. The same again, or where the entry is gone, is KVK_OK. */
enum kvk_err kvk_inventory_notified_add(
	struct kvk_inventory *inventory, const struct kvk_notified *what, kvk_time at);
/* Forgets it, whatever the certificate and the channel: it is over, and would be news again. */
enum kvk_err kvk_inventory_notified_forget(
	struct kvk_inventory *inventory, long long entry, const char *threshold);

/* Forgets all but KVK_EVENT_FILE, KVK_EVENT_FOUND, KVK_EVENT_KEY, KVK_EVENT_OWNER and what is about
 * revocation: the end that the rest was about has moved. */
enum kvk_err kvk_inventory_notified_forget_ends(struct kvk_inventory *inventory, long long entry);

/* The word of a stage; static. */
const char *kvk_entry_stage_word(enum kvk_entry_stage stage);
/* The stage that has this word; false where none has. */
bool kvk_entry_stage_find(const char *word, enum kvk_entry_stage *out);
/* The word of what became of a delivery; static. */
const char *kvk_entry_delivery_word(enum kvk_entry_delivery delivery);
/* The word of what is known of a revocation; static. */
const char *kvk_entry_status_word(enum kvk_entry_status status);

/*
 * How far two holders are the same, from not at all upwards. A name that is "" on both sides is
 * equal and says nothing; where it is "" on one side only, they differ.
 */
enum kvk_holder_match {
	KVK_HOLDER_DIFFERS,
	/* Equal without a CN, as of certificates that have alternative names alone: enough only for
	 * what takes the other's place in its file. */
	KVK_HOLDER_NO_CN,
	/* The same CN, and neither has a number: enough among copies of one file. */
	KVK_HOLDER_SAME_CN,
	/* Both names are there and equal: wherever the files are. */
	KVK_HOLDER_SAME
};
enum kvk_holder_match kvk_holder_compare(const struct kvk_holder *a, const struct kvk_holder *b);

#endif
