/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evaluating deliveries: what verify, accept and rehearse have in common. Loads anchors, knowledge
 * and the files of a case once, then evaluates one file after another. Prints nothing.
 */
#ifndef KVKCSR_APP_EVALUATOR_H
#define KVKCSR_APP_EVALUATOR_H

#include "app/memory.h"
#include "app/online.h"
#include "gather/case.h"
#include "portal/verdict.h"

/* Ready to evaluate. One thread at a time. */
struct kvk_evaluator;

/* One evaluated delivery. */
struct kvk_evaluation {
	struct kvk_contents contents;
	struct kvk_facts facts;
	struct kvk_verdict verdict;
	/* What dossier or configuration know of it; asked and evidence of the facts are then in
	 * here. */
	struct kvk_memory_addition addition;
	/* What a file with the OIN register says; the facts borrow from it. */
	struct kvk_register_reply listed;
	/* What has to be fetched before there is a verdict; only where the facts are pending. */
	struct kvk_wants wants;
	/* The name of the file, NULL where it has none; borrowed. */
	const char *name;
};

/*
 * Loads everything that the case names; the case is borrowed while the evaluator and what it
 * evaluated live. On any error (a file that cannot be opened, anchors that cannot be read) why says
 * which file; KVK_ERR_CONFIG where the installed knowledge is wrong.
 */
enum kvk_err kvk_evaluator_open(
	const struct kvk_case *asked, struct kvk_evaluator **out, struct kvk_error *why);
/* Has what is known of its certificates complete each delivery; memory is borrowed. Before a fork.
 */
void kvk_evaluator_remember(struct kvk_evaluator *evaluator, const struct kvk_memory *memory);
/*
 * Has it ask over the network, or its cache, whether certificates are revoked. online is borrowed,
 * and closed after the evaluator. Before a fork.
 */
void kvk_evaluator_go_online(struct kvk_evaluator *evaluator, struct kvk_online *online);
/* Whether other users can read the file of the key that the case names. */
bool kvk_evaluator_key_readable(const struct kvk_evaluator *evaluator);
void kvk_evaluator_free(struct kvk_evaluator *evaluator);
/*
 * Another evaluator for another thread, which shares all that was loaded. Free it before the first.
 * KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_evaluator_fork(struct kvk_evaluator *evaluator, struct kvk_evaluator **out);
/*
 * Evaluates a file; "-" is standard input. A bad delivery is no error. The errors of
 * kvk_file_read() and KVK_ERR_MEMORY, with why. Free with kvk_evaluation_free(), before the
 * evaluator.
 */
enum kvk_err kvk_evaluate_file(struct kvk_evaluator *evaluator, const char *path,
	struct kvk_evaluation **out, struct kvk_error *why);
/* The same from bytes, which are taken over; name is the file's name, NULL where it has none. */
enum kvk_err kvk_evaluate_bytes(struct kvk_evaluator *evaluator, struct kvk_blob *bytes,
	const char *name, struct kvk_evaluation **out, struct kvk_error *why);
/*
 * The same in steps, for many files at once: begins with a file. Where its facts are pending, there
 * is no verdict yet: after kvk_evaluator_fetch() the same evaluator goes on, as often as they are.
 */
enum kvk_err kvk_evaluate_begin(struct kvk_evaluator *evaluator, const char *path,
	struct kvk_evaluation **out, struct kvk_error *why);
enum kvk_err kvk_evaluate_on(
	struct kvk_evaluator *evaluator, struct kvk_evaluation *evaluation, struct kvk_error *why);
/*
 * Fetches what evaluations wait for, side by side. No evaluator or fork of it may be at work
 * meanwhile. The errors of kvk_online_fetch(), with why.
 */
enum kvk_err kvk_evaluator_fetch(struct kvk_evaluator *evaluator,
	struct kvk_evaluation *const *evaluations, size_t count, struct kvk_error *why);
void kvk_evaluation_free(struct kvk_evaluation *evaluation);

#endif
