/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/typing.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <unistd.h>

/* The signals that would end or stop the program and leave the terminal as it is. */
static const int signals[KVK_TYPING_SIGNALS] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

static volatile sig_atomic_t noted;
/* Interrupts are held; one was. */
static bool held, interrupted;

static void note_signal(int number)
{
	noted = number;
}

void kvk_typing_start(struct kvk_typing *typing)
{
	struct sigaction action = { .sa_handler = note_signal };
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < KVK_TYPING_SIGNALS; i++)
		sigaddset(&blocked, signals[i]);
	noted = 0;
	sigprocmask(SIG_BLOCK, &blocked, &typing->mask);
	for (size_t i = 0; i < KVK_TYPING_SIGNALS; i++)
		sigaction(signals[i], &action, &typing->old[i]);
}

int kvk_typing_end(struct kvk_typing *typing)
{
	for (size_t i = 0; i < KVK_TYPING_SIGNALS; i++)
		sigaction(signals[i], &typing->old[i], NULL);
	sigprocmask(SIG_SETMASK, &typing->mask, NULL);
	if (noted == SIGINT && held)
		interrupted = true;
	else if (noted != 0)
		raise(noted);
	return noted;
}

void kvk_typing_hold(void)
{
	held = true;
}

bool kvk_typing_interrupted(void)
{
	return interrupted;
}

void kvk_typing_pass_on(void)
{
	held = interrupted = false;
	raise(SIGINT);
}

/* Signals come while it waits here and only then, so that none is missed between two octets. */
static int wait_for_octet(const struct kvk_typing *typing)
{
	struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };

	while (ppoll(&ready, 1, NULL, &typing->mask) < 0)
		if (errno != EINTR || noted != 0)
			return -1;
	return 0;
}

int kvk_typing_octet(const struct kvk_typing *typing)
{
	unsigned char octet;

	for (;;) {
		ssize_t got;

		if (wait_for_octet(typing) != 0)
			return -1;
		got = read(STDIN_FILENO, &octet, 1);
		if (got < 0 && errno == EINTR)
			continue;
		return got == 1 ? octet : -1;
	}
}
