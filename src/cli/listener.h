/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether standard output reaches somebody. Only what is certain is said: a pipe to another program
 * or a file counts as somebody.
 */
#ifndef KVKCSR_CLI_LISTENER_H
#define KVKCSR_CLI_LISTENER_H

enum kvk_listener {
	KVK_LISTENER_SOMEBODY,
	/* It is the journal of systemd: a unit runs us. */
	KVK_LISTENER_JOURNAL,
	/* It is the pipe of cron, which cannot or may not send mail. */
	KVK_LISTENER_CRON,
};

enum kvk_listener kvk_listener(void);

#endif
