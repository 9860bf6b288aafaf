/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making a request, or taking one that was made elsewhere, into a dossier of its own: the use case
 * of `kvkcsr new`. Each function is one step, in the order in which they are declared; between them
 * the subcommand asks and warns. Errors come with why. No key is shown or logged.
 */
#ifndef KVKCSR_APP_NEW_H
#define KVKCSR_APP_NEW_H

#include "app/store.h"
#include "crypto/key.h"
#include "request/order.h"

/* Where the dossier goes. */
struct kvk_new_place {
	/* --out: no home, no inventory. */
	bool outside;
	struct kvk_store store;
	/* The folder, absolute. */
	struct kvk_blob folder;
	/* What was stored there; empty before. */
	struct kvk_blob key_file, request_file, answers_file;
};

/* What is kept of the questions when they are asked once more. */
struct kvk_new_asked {
	/* Somebody was greeted. */
	bool greeted;
	/* Enter alone: it was left at its default. */
	bool passed[KVK_FIELD_COUNT];
};

/* One run. Start all-zero, free with kvk_new_free(). */
struct kvk_new {
	/* The answer file that is used, or NULL; borrowed. */
	const char *answers_from;
	struct kvk_answers answers;
	struct kvk_presets presets;
	struct kvk_order order;
	struct kvk_review review;
	/* The passphrase of the key, or the PIN of the token. */
	struct kvk_secret pass;
	struct kvk_key *key;
	/* Files with secrets that other users can read, by field. */
	bool readable[KVK_FIELD_COUNT];
	/* The request in DER and PEM, and decoded, NULL before there is one. */
	struct kvk_blob request_der, request_pem;
	struct kvk_csr *csr;
	struct kvk_new_place place;
	/* Its domain may have another entry: somebody was asked. */
	bool second;
	/* Instead of a request, this answer is to be given once more. */
	bool changing;
	enum kvk_field change;
	struct kvk_new_asked asked;
	/* The entry that is renewed (app/renew.h); NULL for a new one. Borrowed. */
	struct kvk_entry *renewal;
	/* Of a renewal: now, and the day on which it takes over, 0 where nobody said. */
	kvk_time at, switch_at;
	/* The public key of the certificate in use (SHA-256), where its file could be read. */
	bool has_old_key;
	uint8_t old_key[KVK_SHA256_SIZE];
};

void kvk_new_free(struct kvk_new *run);

/* Takes the answer file. KVK_ERR_USAGE where an answer is wrong, the errors of kvk_conf_open(). */
enum kvk_err kvk_new_read_answers(struct kvk_new *run, const char *path, struct kvk_error *why);
/*
 * Takes the fields of an old certificate: the one of the file with this SHA-256 or, where that is
 * NULL, the first that is no CA. With a SHA-256 it is a tracked file. KVK_ERR_FORMAT where there is
 * none, the errors of kvk_load_contents() and kvk_load_tracked(), KVK_ERR_TEXT; with why.
 */
enum kvk_err kvk_new_read_like(
	struct kvk_new *run, const char *path, const uint8_t *sha256, struct kvk_error *why);
/*
 * Appends who is to be notified of the entry (--to), a line each. KVK_ERR_USAGE where one of them
 * is no mail address, and with --out, where nothing is watched.
 */
enum kvk_err kvk_new_list_recipients(
	const struct kvk_new *run, struct kvk_blob *out, struct kvk_error *why);
/*
 * Reads a request that was made elsewhere; *has_key says whether there is a private key in the
 * file, too. KVK_ERR_REFUSED where no request in it can be read, the errors of kvk_load_contents().
 */
enum kvk_err kvk_new_read_request(
	struct kvk_new *run, const char *path, bool *has_key, struct kvk_error *why);

/*
 * Finds the entry that a domain has already, or that has it as its name, which another request
 * would be beside of; *name is one for that which is free: the one that was given, or else the
 * domain, or that with a number. With --out and --dry-run nothing is in the way. home is the value
 * of --home or NULL. KVK_ERR_NOT_FOUND where there is none, the errors of kvk_store_look().
 */
enum kvk_err kvk_new_find_domain(const struct kvk_new *run, const char *home, const char *domain,
	struct kvk_entry *out, char name[static KVK_LIMIT_ENTRY_NAME + 1], struct kvk_error *why);
/*
 * Finds the folder, and that nothing is there yet, nor another entry of the domain. With --dry-run
 * nothing is made, but what would fail, fails. home is the value of --home or NULL. KVK_ERR_USAGE,
 * KVK_ERR_EXISTS, KVK_ERR_CREATE, the errors of kvk_store_open().
 */
enum kvk_err kvk_new_find_place(struct kvk_new *run, const char *home, struct kvk_error *why);
/* Says that a renewal is under way, and how to give it up: KVK_ERR_EXISTS. */
enum kvk_err kvk_new_refuse_renewal(const char *name, struct kvk_error *why);

/* Whether --key names a key in a token, which never becomes a file. */
bool kvk_new_key_in_token(const struct kvk_new *run);
/*
 * Takes the passphrase from file or descriptor, where one of them was given. KVK_ERR_USAGE, also
 * where a PIN is in the URI of the key, the errors of kvk_fd_read_secret().
 */
enum kvk_err kvk_new_read_passphrase(struct kvk_new *run, struct kvk_error *why);
/*
 * Opens the key that was given, if any; its type and size become the order's. KVK_ERR_PASSPHRASE
 * where the passphrase is missing or wrong: it may be called again with another. KVK_ERR_REFUSED
 * where there are findings in the review, KVK_ERR_USAGE where it is the key of the certificate that
 * is renewed. A key in a file that is encrypted stays so in the
 * dossier.
 */
enum kvk_err kvk_new_open_key(struct kvk_new *run, struct kvk_error *why);
/* Makes a key where none was given. The errors of kvk_key_generate(). */
enum kvk_err kvk_new_make_key(struct kvk_new *run, struct kvk_error *why);
/* Makes the request. KVK_ERR_INTERNAL where it is not what was asked, KVK_ERR_CRYPTO. */
enum kvk_err kvk_new_make_request(struct kvk_new *run, struct kvk_error *why);

/*
 * Puts key, request and answers into the folder, and the entry into the inventory, or nothing of
 * it. KVK_ERR_CREATE, the errors of the inventory.
 */
enum kvk_err kvk_new_store(struct kvk_new *run, struct kvk_error *why);

#endif
