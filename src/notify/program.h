/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running a program that the configuration names, sendmail or a command of the user: no shell, no
 * descriptors but the three standard ones, an environment made for it, a process group and a time
 * limit. What it writes is kept only as far as a message quotes it.
 */
#ifndef KVKCSR_NOTIFY_PROGRAM_H
#define KVKCSR_NOTIFY_PROGRAM_H

#include "base/blob.h"
#include "base/time.h"

/* Borrows everything. argv[0] is an absolute path; both lists end with NULL. */
struct kvk_program {
	char *const *argv;
	char *const *environment;
	/* Its standard input. */
	struct kvk_span input;
	/* Milliseconds after which its process group is ended, if it has not ended before: SIGTERM,
	 * and five seconds later SIGKILL. */
	kvk_time timeout;
	/* What it leaves behind goes on where it ended with 0, as a mail server that delivers what
	 * sendmail has queued. */
	bool may_leave;
};

/*
 * Whether a program may be run: an absolute path, a regular file that can be executed, which
 * belongs to us or root and which nobody else can write, below folders that belong to us or root
 * and in which nobody outside their group can replace a file. KVK_ERR_CONFIG with why,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_program_check(const char *path, struct kvk_error *why);
/*
 * Runs a program and waits for it, and for what it leaves behind in its process group.
 * KVK_ERR_WRITE with why where it cannot be started, ends with another status than 0 or by a
 * signal, or where it or what it left behind has to be ended.
 */
enum kvk_err kvk_program_run(const struct kvk_program *program, struct kvk_error *why);

#endif
