/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs of the system, such as systemctl(1): run and waited for. They are taken from the folders
 * of the system only, whatever PATH says. There is no time limit: what is run here has its own.
 */
#ifndef KVKCSR_BASE_TOOL_H
#define KVKCSR_BASE_TOOL_H

#include "base/blob.h"

/*
 * Runs a program with these arguments (the name first, NULL last; a name with a slash is a path)
 * and the environment as it is. Its standard input is empty. What it prints is appended to *out, at
 * most KVK_LIMIT_TOOL_OUTPUT bytes; where out is NULL it goes to standard error. *status is its
 * exit status, or 128 and the number of the signal that ended it. KVK_ERR_NOT_FOUND where there is
 * no such program, KVK_ERR_OPEN where it cannot be started, KVK_ERR_READ, KVK_ERR_LIMIT,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_tool_run(const char *const *arguments, struct kvk_blob *out, int *status);
/* The absolute path of this program itself. KVK_ERR_READ, KVK_ERR_MEMORY. */
enum kvk_err kvk_tool_self(struct kvk_blob *out);

#endif
