/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry as it stands at one moment: what `status` and `check` say of it. Plain data:
 * watch/assess.h works it out, report/ renders it.
 */
#ifndef KVKCSR_WATCH_VIEW_H
#define KVKCSR_WATCH_VIEW_H

#include "base/exit.h"
#include "base/vec.h"
#include "inventory/inventory.h"
#include "watch/thresholds.h"

/* One list for enum, the word in JSON, and the word for people. */
#define KVK_VIEW_STATES(X) \
	X(KVK_VIEW_VALID, "valid", N_("valid")) \
	X(KVK_VIEW_REQUESTED, "requested", N_("requested")) \
	X(KVK_VIEW_NOT_YET_VALID, "not-yet-valid", N_("not yet valid")) \
	X(KVK_VIEW_EXPIRING, "expiring", N_("expiring")) \
	X(KVK_VIEW_EXPIRED, "expired", N_("expired")) \
	X(KVK_VIEW_REVOKED, "revoked", N_("revoked")) \
	X(KVK_VIEW_REPLACED, "replaced", N_("replaced")) \
	X(KVK_VIEW_MISSING, "missing", N_("file missing")) \
	X(KVK_VIEW_UNREADABLE, "unreadable", N_("unreadable"))

#define KVK_VIEW_STATE_ENUM(id, word, text) id,
enum kvk_view_state { KVK_VIEW_STATES(KVK_VIEW_STATE_ENUM) KVK_VIEW_STATE_COUNT };
#undef KVK_VIEW_STATE_ENUM

/* What is to be done next. One list for enum and the word in JSON; the texts for people name the
 * entry and its files (report/entries.h). */
#define KVK_VIEW_ACTIONS(X) \
	X(KVK_ACTION_NONE, "none") \
	X(KVK_ACTION_WAIT, "wait") \
	X(KVK_ACTION_ASK_TSP, "ask-tsp") \
	X(KVK_ACTION_CHECK_DELIVERY, "check-delivery") \
	X(KVK_ACTION_REPEAT_DELIVERY, "repeat-delivery") \
	X(KVK_ACTION_UPLOAD, "upload") \
	X(KVK_ACTION_DEPLOY, "deploy") \
	X(KVK_ACTION_PROTECT_KEY, "protect-key") \
	X(KVK_ACTION_CHECK_REVOCATION, "check-revocation") \
	X(KVK_ACTION_RENEW, "renew") \
	X(KVK_ACTION_REPLACE, "replace") \
	X(KVK_ACTION_FIND_FILE, "find-file")

#define KVK_VIEW_ACTION_ENUM(id, word) id,
enum kvk_view_action { KVK_VIEW_ACTIONS(KVK_VIEW_ACTION_ENUM) };
#undef KVK_VIEW_ACTION_ENUM

/* The file of an entry is not what the inventory knew. */
struct kvk_file_change {
	/* What the inventory knew; present is false where it knew none. */
	struct kvk_entry_certificate known;
	struct kvk_entry_certificate now;
	/* It holds another certificate; else only what is around it was changed. */
	bool certificate;
};

struct kvk_entry_view {
	long long id;
	/* Owned. */
	char *name;
	char *path;
	/* Further files that hold its certificate, owned, in order, at most KVK_LIMIT_PLACES; only
	 * with kvk_view_add_place(). */
	char **places;
	size_t place_count;
	/* Owned; NULL where nothing has changed. */
	struct kvk_file_change *change;
	kvk_time since;
	/* The last delivery that is not in force, or is doubtful, and when it was offered. */
	enum kvk_entry_delivery delivery;
	kvk_time delivery_at;
	/* Its delivery was evaluated with trust anchors that were given. */
	bool practice;
	/* Days after which its TSP delivers, as a rule. */
	int lead_days;
	/* The day by which its renewal is to be started; 0: nobody renews it. */
	kvk_time start_by;
	/* The folder of the renewal that is under way, owned, or NULL; since when it waits for the
	 * TSP, or with next_delivered for its upload; and the day on which it is to take over (0:
	 * nobody said). */
	char *next;
	kvk_time next_since, switch_at;
	/* The day after which a G1 is not issued; 0: its successor may be of the same generation.
	 */
	kvk_time g1_end;
	/* The certificate; only with has_certificate. */
	kvk_time not_before, not_after;
	uint8_t sha256[KVK_SHA256_SIZE];
	/* The earliest end on its path; and the name of the CA whose that is, owned, or NULL where
	 * it is the certificate's own. */
	kvk_time ends;
	char *ends_by;
	/* A hash of its holder, zeros where it has none: what a successor has in common with it. */
	uint8_t holder[KVK_SHA256_SIZE];
	/* The name of the entry that replaces it, owned; NULL where none does. */
	char *replaced_by;
	/* A private key in its dossier, beside its file or in it that everybody can read, owned,
	 * and the mode of that file; NULL where there is none. The hash of the path stands for it
	 * in what was notified. */
	char *key_path;
	unsigned key_mode;
	/* It may be that of another certificate: nobody could compare them. */
	bool key_unsure;
	uint8_t key_sha256[KVK_SHA256_SIZE];
	/* What is known of the revocation of its certificate, and when it was asked (0: never);
	 * details, owned, only of one that is revoked or unknown, else NULL. */
	enum kvk_entry_status revocation;
	kvk_time asked;
	struct kvk_entry_revocation *details;
	/* The moment for which all this holds. */
	kvk_time at;
	/* Whole days until ends, rounded down; only with a certificate. */
	int64_t days_left;
	/* The most urgent threshold that is crossed, or one of the other events of
	 * inventory/inventory.h; "" where there is none. */
	char threshold[KVK_THRESHOLD_ID_SIZE];
	/* What is notified of it, once, and remembered by this id: the threshold, or after the end
	 * one of those that come weekly; "" where there is nothing. */
	char event[KVK_THRESHOLD_ID_SIZE];
	enum kvk_entry_stage stage;
	enum kvk_view_state state;
	enum kvk_view_action action;
	/* The exit code that it asks for: one of the KVK_EXIT_STATES. */
	enum kvk_exit code;
	bool has_certificate;
	/* It is that of a CA, which only that CA can renew. */
	bool ca;
	bool dossier;
	bool next_delivered;
	/* And it was verified: it can be uploaded. */
	bool next_verified;
	/* It was uploaded, and nobody has said that its server has it. */
	bool deploy;
	/* No other entry replaces it (`track --keep`). */
	bool kept;
	/* How it came to be, and that this is new for the channel that is rendered for. */
	enum kvk_entry_found found;
	bool found_news;
	/* There is a private key in its file, too. */
	bool file_has_key;
	/* It is PKCS#12 that its passphrase file does not open. */
	bool locked;
	/* Nobody could say for days whether its certificate was revoked (watch/assess.h). */
	bool undetermined;
	/* Somebody was notified that its file is in trouble, that everybody can read its key. */
	bool file_notified, key_notified;
	/* It is new for the channel that is rendered for (notify/notify.h): what it is about, the
	 * key that everybody can read, that its revocation could not be determined. */
	bool notified, key_news, undetermined_news;
	/* Whoever gets the message is asked whether it is still his (notify/events_compose.h). */
	bool owner_question;
	/* Of the channels of views: which took a message about it in this run, and which failed
	 * with one; which of these delivered one to some of its recipients in this run, and which
	 * have one that nobody has ever had. Bit i is channel i. */
	unsigned taken, failed, partly, lost;
};

/* Views, and how many entries were looked at, also those whose views were not kept. */
struct kvk_views {
	/* struct kvk_entry_view. */
	struct kvk_vec list;
	size_t by_code[KVK_EXIT_STATES];
	size_t all;
	/* The names of the channels that are set, borrowed; NULL: standard output alone. */
	const char *const *channels;
	/* Something in the tracked folders could not be read, so there may be more. */
	bool blind;
	/* With blind: what could not be read first; borrowed, escaped. */
	const char *blind_why;
	/* How many could not be asked about, because no path leads to a trusted root, and the name
	 * of the first of them. */
	size_t without_path;
	char first_without_path[KVK_LIMIT_ENTRY_NAME + 1];
	/* Of one nobody could say for days whether it was revoked, whether that counts or not. */
	bool doubtful;
};

/* No views. */
#define KVK_VIEWS_INIT \
	{ \
		.list = KVK_VEC_INIT(struct kvk_entry_view, KVK_LIMIT_ENTRIES) \
	}

/* Starts a view from an entry. KVK_ERR_MEMORY; free with kvk_view_free(). */
enum kvk_err kvk_view_from(const struct kvk_entry *entry, struct kvk_entry_view *out);
/* Takes over what the file holds now. A dossier whose certificate was put there by hand counts as
 * received: nobody verified it. KVK_ERR_MEMORY. */
enum kvk_err kvk_view_change(struct kvk_entry_view *view, const struct kvk_entry_certificate *known,
	const struct kvk_entry_certificate *now, kvk_time at);
/* Says that everybody can read a private key: a warning, if nothing graver is to be said.
 * KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_view_expose(struct kvk_entry_view *view, const char *key_path, unsigned mode);
/* A server has its certificate: nothing is asked for on that account. */
void kvk_view_deployed(struct kvk_entry_view *view);
/* Makes it one that another entry replaces: whatever it asked for, the notification is of nothing
 * but that. KVK_ERR_MEMORY. */
enum kvk_err kvk_view_replace(struct kvk_entry_view *view, const char *by);
/* Adds a further file that holds its certificate; what is too many is left out. KVK_ERR_MEMORY. */
enum kvk_err kvk_view_add_place(struct kvk_entry_view *view, const char *path);
void kvk_view_free(struct kvk_entry_view *view);
/* View number i. */
const struct kvk_entry_view *kvk_view_at(const struct kvk_views *views, size_t i);
/* Whether there is nothing to say of it, to store, or to forget. */
bool kvk_view_unremarkable(const struct kvk_entry_view *view);
/* Counts a view that is in the list, and drops it where keep is false. It is the last one. */
void kvk_views_count(struct kvk_views *views, bool keep);
/* Makes number i, which was counted, one that another entry replaces. KVK_ERR_MEMORY. */
enum kvk_err kvk_views_replace(struct kvk_views *views, size_t i, const char *by);
/* The gravest exit code of all that were counted. */
enum kvk_exit kvk_views_code(const struct kvk_views *views);
/* Frees views and their array. */
void kvk_views_free(struct kvk_views *views);
/* Sorts the most urgent first: by code (2, 3, 1, 0), then by days left, then by name. */
void kvk_views_sort(struct kvk_views *views);
/* The word of an action in JSON; static. */
const char *kvk_view_action_word(enum kvk_view_action action);
/* The word of a state in JSON, and for people (translated); static. */
const char *kvk_view_state_word(enum kvk_view_state state);
const char *kvk_view_state_text(enum kvk_view_state state);

#endif
