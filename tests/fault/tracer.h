/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a program and lets one of its calls that write fail: what a full disk, a broken one and a
 * power cut do, at a place of our choice. Calls are counted in the order in which the program makes
 * them, standard output and error included.
 */
#ifndef KVKCSR_TESTS_FAULT_TRACER_H
#define KVKCSR_TESTS_FAULT_TRACER_H

#include <stdbool.h>

/* What happens to the call. */
enum fault_kind {
	/* Nothing: the calls are only counted. */
	FAULT_NONE,
	/* It is not made, and fails. */
	FAULT_ENOSPC,
	FAULT_EIO,
	FAULT_EROFS,
	/* The program is killed before it. */
	FAULT_KILL,
	/* The first half of what is written is, and then the program is killed; other calls are
	 * made whole first. */
	FAULT_HALF,
	FAULT_KIND_COUNT
};

/* What the file system lacks, all through the run. */
enum fault_lack { FAULT_LACKS_NOTHING, FAULT_LACKS_EXCHANGE, FAULT_LACKS_LINKS };

struct fault {
	enum fault_kind kind;
	/* Which call, from 1. */
	unsigned at;
	enum fault_lack lack;
};

struct traced {
	/* How many calls that write were made. */
	unsigned calls;
	/* The number of the system call that was hit; below 0 where none was. */
	long hit;
	/* As waitpid() gives it. */
	int status;
};

/* The word of a kind; static. */
const char *fault_word(enum fault_kind kind);
/*
 * Runs argv[0] with standard output and error in these files, and standard input empty. False where
 * the system does not let one program trace another, or the processor is not known here.
 */
bool traced_run(char *const *argv, const char *out, const char *err, const struct fault *fault,
	struct traced *result);

#endif
