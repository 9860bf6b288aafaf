/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evaluating many files, on one thread or on several, with the results handed out in the order of
 * the files whatever thread was first. Memory does not grow with the number of files.
 */
#ifndef KVKCSR_APP_MANY_H
#define KVKCSR_APP_MANY_H

#include "app/evaluator.h"
#include "app/files.h"

/* Threads that are started at most. */
#define KVK_MANY_THREADS 64u

/* What becomes of the results. */
struct kvk_many_output {
	/* Renders a verdict. Called on any thread. */
	enum kvk_err (*render)(const void *context, const char *file,
		const struct kvk_evaluation *evaluation, struct kvk_blob *out);
	/* Renders what stands in place of a verdict where there is none. Called on any thread. */
	enum kvk_err (*render_failure)(const void *context, const char *file,
		const struct kvk_error *why, struct kvk_blob *out);
	/*
	 * Takes what was rendered of file number i (which may be empty), its exit code, and why
	 * there is no verdict ("" where there is one). In the order of the files, on one thread at
	 * a time. False where it could not be written.
	 */
	bool (*write)(const void *context, size_t i, enum kvk_exit code,
		const struct kvk_blob *rendered, const struct kvk_error *why);
	const void *context;
};

/*
 * What many files want to know over the network is fetched together, while no thread evaluates.
 * Evaluates them all and returns the gravest exit code: that of a verdict, KVK_EXIT_UNKNOWN of a
 * file without one or a result that could not be written, KVK_EXIT_CONFIG where the configuration
 * is why there is none.
 */
enum kvk_exit kvk_many_evaluate(struct kvk_evaluator *evaluator, const struct kvk_files *files,
	unsigned jobs, const struct kvk_many_output *output);

#endif
