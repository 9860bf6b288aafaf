/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of `kvkcsr new` share; for cmd/new*.c and cmd/dialogue.c alone. Each part tells
 * what is wrong on stderr and returns KVK_EXIT_OK, or the exit code to leave with.
 */
#ifndef KVKCSR_CMD_NEW_H
#define KVKCSR_CMD_NEW_H

#include "app/home.h"
#include "app/store.h"
#include "cli/options.h"
#include "crypto/key.h"
#include "report/request.h"

/* The options as they were given. */
struct kvk_new_config {
	struct kvk_common common;
	const char *answers;
	/* By field; flags for the booleans. */
	const char *text[KVK_FIELD_COUNT];
	bool flag[KVK_FIELD_COUNT];
};

/* Where the dossier goes. */
struct kvk_new_place {
	/* --out: no home, no inventory. */
	bool outside;
	struct kvk_store store;
	/* The folder, absolute. */
	struct kvk_blob folder;
};

/* One run. */
struct kvk_new {
	const struct kvk_usage *usage;
	struct kvk_new_config config;
	struct kvk_answers answers;
	struct kvk_presets presets;
	struct kvk_order order;
	struct kvk_review review;
	struct kvk_new_place place;
	struct kvk_secret pass;
	struct kvk_key *key;
	/* The request, and key and answers as files. */
	struct kvk_blob request_der, request_pem, answers_cfg;
	struct kvk_secret key_pem;
};

/* new_answers.c: collects options, answer file and --like; tells review. */
enum kvk_exit kvk_new_collect(struct kvk_new *run);
/* Tells all review of a kind on stderr, from number `from` on. */
void kvk_new_tell(const struct kvk_review *review, enum kvk_review_kind kind, size_t from);

/* dialogue.c: asks at the terminal what was not given. */
enum kvk_exit kvk_dialogue(struct kvk_answers *answers, const struct kvk_presets *presets);
/* Shows what will be made and asks whether to go on. */
enum kvk_exit kvk_dialogue_confirm(const struct kvk_new *run);

/* new_key.c: the passphrase, the existing key, a new key. */
enum kvk_exit kvk_new_open_key(struct kvk_new *run);
enum kvk_exit kvk_new_make_key(struct kvk_new *run);
/* Whether --key names a key in a token, which never becomes a file. */
bool kvk_new_key_in_token(const struct kvk_new *run);

/*
 * new_place.c: where it goes, and that nothing is there yet (a dry run makes nothing, but tells
 * what would be in the way); and putting it there.
 */
enum kvk_exit kvk_new_find_place(struct kvk_new *run);
enum kvk_exit kvk_new_store(struct kvk_new *run);

/* new_csr.c: a request that was made elsewhere. */
enum kvk_exit kvk_new_judge(struct kvk_new *run);
/* new.c: writes the result. */
enum kvk_exit kvk_new_report(
	struct kvk_new *run, const struct kvk_csr *csr, bool judged, bool refused, bool stored);

#endif
