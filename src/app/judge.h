/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging deliveries: what verify, accept and rehearse have in common. Loads anchors, knowledge
 * and the files of the options once, then judges one file after another. Prints nothing.
 */
#ifndef KVKCSR_APP_JUDGE_H
#define KVKCSR_APP_JUDGE_H

#include "cli/options.h"
#include "portal/verdict.h"

/* A repeatable option with file names. */
struct kvk_paths {
	const char *const *at;
	size_t count;
};

/* The values of a repeatable option; borrows. */
struct kvk_paths kvk_paths_of(const struct kvk_text_list *list);

/* What the user gave; all-zero means: nothing. Borrowed while the judge lives. */
struct kvk_evaluator_options {
	struct kvk_paths trust, chain, crl, ocsp, uploaded;
	kvk_time at;
	struct kvk_account account;
	/* Private key, or request, that the certificate must belong to; NULL for none. */
	const char *key, *csr;
	/* The same as the SHA-256 of a public key (SubjectPublicKeyInfo), or NULL. */
	const uint8_t *own_key;
	/* Fingerprints of what was uploaded before, from the inventory. */
	bool history_known;
	const uint8_t (*history)[KVK_SHA256_SIZE];
	size_t history_count;
	bool offline, no_revocation;
};

/* Ready to judge. One thread at a time. */
struct kvk_evaluator;

/* One judged delivery. */
struct kvk_evaluation {
	struct kvk_contents contents;
	struct kvk_facts facts;
	struct kvk_verdict verdict;
};

/*
 * Loads everything. On any error (a file that cannot be opened, anchors that cannot be read) why
 * says which file; exit code 3, or 78 for KVK_ERR_CONFIG.
 */
enum kvk_err kvk_evaluator_open(const struct kvk_evaluator_options *options,
	struct kvk_evaluator **out, struct kvk_error *why);
void kvk_evaluator_free(struct kvk_evaluator *judge);
/*
 * Another judge for another thread, which shares all that was loaded. Free it before the first.
 * KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_evaluator_fork(struct kvk_evaluator *judge, struct kvk_evaluator **out);
/*
 * Judges a file; "-" is standard input. A bad delivery is no error. The errors of kvk_file_read()
 * and KVK_ERR_MEMORY, with why. Free with kvk_evaluation_free(), before the judge.
 */
enum kvk_err kvk_evaluate_file(struct kvk_evaluator *judge, const char *path,
	struct kvk_evaluation **out, struct kvk_error *why);
/* The same from bytes, which are taken over; name is the file's name, NULL where it has none. */
enum kvk_err kvk_evaluate_bytes(struct kvk_evaluator *judge, struct kvk_blob *bytes,
	const char *name, struct kvk_evaluation **out, struct kvk_error *why);
void kvk_evaluation_free(struct kvk_evaluation *judged);

#endif
