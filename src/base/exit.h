/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exit codes of every subcommand, as monitoring plugins have them (0 to 3) and as sysexits.h
 * has them (64 and above). The code of an entry or of a verdict is one of the first four.
 */
#ifndef KVKCSR_BASE_EXIT_H
#define KVKCSR_BASE_EXIT_H

#include "base/error.h"

enum kvk_exit {
	/* None yet: the subcommand goes on. What each of its steps returns that went well. */
	KVK_GO_ON = -1,
	KVK_EXIT_OK = 0,
	KVK_EXIT_WARNING = 1,
	KVK_EXIT_CRITICAL = 2,
	KVK_EXIT_UNKNOWN = 3,
	KVK_EXIT_USAGE = 64,
	KVK_EXIT_INTERNAL = 70,
	KVK_EXIT_CREATE = 73,
	KVK_EXIT_CONFIG = 78,
};

/* How many codes say how something stands: KVK_EXIT_OK to KVK_EXIT_UNKNOWN. */
#define KVK_EXIT_STATES 4

/*
 * Leaves the function at the first step of a subcommand that ends it, as KVK_TRY (base/error.h)
 * does at a failed call: keeps its exit code in `code` and goes to the label `out`. A step returns
 * KVK_GO_ON, or the exit code to leave with, and has written then what there was to say.
 */
#define KVK_STEP(call) \
	do { \
		code = (call); \
		if (code != KVK_GO_ON) \
			goto out; \
	} while (0)

/*
 * The exit code that fits an error: 64 usage, 70 internal, 73 exists or cannot be created,
 * 78 configuration, else 3.
 */
enum kvk_exit kvk_exit_of(enum kvk_err err);
/* The graver of two exit codes: those above 3, then 2, then 3, then 1, then 0. */
enum kvk_exit kvk_exit_graver(enum kvk_exit a, enum kvk_exit b);

#endif
