/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking at the terminal: questions on stderr, answers from standard input. A line can be edited
 * where the terminal allows it (cli/edit.h); a passphrase cannot, and nothing is kept as a history.
 * Call only where kvk_interactive() says so. The end of the input (Ctrl-D) and an interrupt cancel;
 * they never mean yes.
 */
#ifndef KVKCSR_CLI_PROMPT_H
#define KVKCSR_CLI_PROMPT_H

#include "base/secret.h"

/*
 * Asks for a line, again where it is longer than KVK_LIMIT_LINE or not text; *out is emptied first
 * and gets it without its line feed. KVK_ERR_CANCELLED, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_prompt_line(const char *question, struct kvk_blob *out);
/* Shows a text between questions, wrapped, and a line feed. KVK_ERR_MEMORY. */
enum kvk_err kvk_prompt_show(const char *text);
/* Asks yes or no until it is one of them; Enter alone means otherwise. KVK_ERR_CANCELLED. */
enum kvk_err kvk_prompt_yes(const char *question, bool otherwise, bool *yes);
/* The same, where a question mark is answered with help. */
enum kvk_err kvk_prompt_yes_help(const char *question, const char *help, bool otherwise, bool *yes);
/*
 * Asks for a passphrase without showing it; twice where it is a new one, until both agree.
 * KVK_ERR_CANCELLED, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_prompt_passphrase(const char *question, bool twice, struct kvk_secret *out);

#endif
