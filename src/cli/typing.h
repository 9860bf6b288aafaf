/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is typed at standard input, octet by octet, so that nothing typed ahead is lost or kept; and
 * the signals that would end the program while the terminal is in another mode. These are taken
 * over, noted while an octet is waited for, and passed on once the terminal is as it was.
 */
#ifndef KVKCSR_CLI_TYPING_H
#define KVKCSR_CLI_TYPING_H

#include <signal.h>
#include <stdbool.h>

#define KVK_TYPING_SIGNALS 5

/* What was in force before. */
struct kvk_typing {
	struct sigaction old[KVK_TYPING_SIGNALS];
	sigset_t mask;
};

/* Takes the signals over. One at a time; end it with kvk_typing_end(). */
void kvk_typing_start(struct kvk_typing *typing);
/* Gives them back, and raises the one that came. Returns its number where the program still runs, 0
 * where none came. */
int kvk_typing_end(struct kvk_typing *typing);
/*
 * From now on an interrupt (Ctrl-C) while something is typed is kept and not raised, so that the
 * caller can save what was typed. It then asks with kvk_typing_interrupted(), and ends the program
 * with kvk_typing_pass_on(), as if the interrupt came only then.
 */
void kvk_typing_hold(void);
bool kvk_typing_interrupted(void);
void kvk_typing_pass_on(void);
/* Waits for an octet. -1 at the end of the input, after an error or a signal that was noted. */
int kvk_typing_octet(const struct kvk_typing *typing);

#endif
