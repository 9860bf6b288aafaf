/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging many files, on one thread or on several, with the results written in the order of the
 * files whatever thread was first. Memory does not grow with the number of files.
 */
#ifndef KVKCSR_APP_MANY_H
#define KVKCSR_APP_MANY_H

#include "app/judge.h"

/* Threads that are started at most. */
#define KVK_MANY_THREADS 64u

/* The files to judge: those given, and those in the folders given. */
struct kvk_files {
	/* char *, owned. */
	struct kvk_vec paths;
	/* A folder was among them; one below it could not be read, which was told. */
	bool folder, trouble;
};

/*
 * Adds a file, or every file below a folder whose name ends as those of certificates do (.pem,
 * .cer, .crt, .der, .p7b, .p7c). The errors of kvk_walk_folder(); KVK_ERR_NOT_FOUND where a folder
 * holds no such file; with why. Start all-zero.
 */
enum kvk_err kvk_files_add(struct kvk_files *files, const char *path, struct kvk_error *why);
void kvk_files_free(struct kvk_files *files);

/* How a verdict is written. Called on any thread. */
struct kvk_render {
	enum kvk_err (*write)(const void *context, const char *file,
		const struct kvk_evaluation *judged, struct kvk_blob *out);
	/* What is written in place of a verdict where there is none; the why is told anyway. */
	enum kvk_err (*write_failure)(const void *context, const char *file,
		const struct kvk_error *why, struct kvk_blob *out);
	const void *context;
	/* Between two results; "" for nothing. */
	const char *between;
};

/*
 * Judges them all, writes the results to standard output and what went wrong to standard error.
 * Returns the gravest exit code.
 */
enum kvk_exit kvk_many_evaluate(struct kvk_evaluator *judge, const struct kvk_files *files,
	unsigned jobs, const struct kvk_render *render);

#endif
