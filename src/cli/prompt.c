/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/prompt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/i18n.h"
#include "base/limits.h"

/* The signals that would end the program and leave the terminal without echo. */
static const int ending_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

#define ENDING_COUNT (sizeof ending_signals / sizeof ending_signals[0])

static volatile sig_atomic_t interrupted;

static void note_signal(int number)
{
	interrupted = number;
}

/*
 * Reads a line into buffer, cut at size - 1 with *whole false. False at the end of the input,
 * after an error or a noted signal. The signals that `waiting` lets through come while it waits and
 * only then, so that none is missed between two reads; NULL: all come at any time.
 */
static bool read_line(char *buffer, size_t size, size_t *n, bool *whole, const sigset_t *waiting)
{
	struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };
	char c;

	*n = 0;
	*whole = true;
	for (;;) {
		ssize_t got;

		if (waiting != NULL && ppoll(&ready, 1, NULL, waiting) < 0) {
			if (errno == EINTR && interrupted == 0)
				continue;
			return false;
		}
		got = read(STDIN_FILENO, &c, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		if (c == '\n')
			break;
		if (*n < size - 1)
			buffer[(*n)++] = c;
		else
			*whole = false;
	}
	buffer[*n] = '\0';
	return true;
}

enum kvk_err kvk_prompt_line(const char *question, struct kvk_blob *out)
{
	char buffer[KVK_LIMIT_LINE];
	bool whole;
	size_t n;

	for (;;) {
		fprintf(stderr, "%s", question);
		fflush(stderr);
		if (!read_line(buffer, sizeof buffer, &n, &whole, NULL)) {
			fputc('\n', stderr);
			return KVK_ERR_CANCELLED;
		}
		if (whole)
			break;
		fprintf(stderr, _("that line is too long\n"));
	}
	kvk_blob_clear(out);
	return kvk_blob_append(out, (struct kvk_span){ (const uint8_t *)buffer, n });
}

enum kvk_err kvk_prompt_yes(const char *question, bool otherwise, bool *yes)
{
	struct kvk_blob line = { .p = NULL };
	enum kvk_err err;

	for (;;) {
		struct kvk_span answer;

		err = kvk_prompt_line(question, &line);
		if (err != KVK_OK)
			break;
		answer = kvk_trim(kvk_span_of_blob(&line));
		*yes = otherwise;
		if (answer.n == 0)
			break;
		*yes = kvk_equal_nocase(answer, kvk_span_of("y")) ||
			kvk_equal_nocase(answer, kvk_span_of("yes")) ||
			kvk_equal_nocase(answer, kvk_span_of("j")) ||
			kvk_equal_nocase(answer, kvk_span_of("ja"));
		if (*yes || kvk_equal_nocase(answer, kvk_span_of("n")) ||
			kvk_equal_nocase(answer, kvk_span_of("no")) ||
			kvk_equal_nocase(answer, kvk_span_of("nee")))
			break;
		fprintf(stderr, _("please answer y or n\n"));
	}
	kvk_blob_free(&line);
	return err;
}

/* Takes the ending signals over, blocked but while read_line() waits with the mask *before. */
static void take_signals(struct sigaction old[ENDING_COUNT], sigset_t *before)
{
	struct sigaction action = { .sa_handler = note_signal };
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaddset(&blocked, ending_signals[i]);
	interrupted = 0;
	sigprocmask(SIG_BLOCK, &blocked, before);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaction(ending_signals[i], &action, &old[i]);
}

/* Gives them back, and passes on the one that came. */
static void give_signals(const struct sigaction old[ENDING_COUNT], const sigset_t *before)
{
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaction(ending_signals[i], &old[i], NULL);
	sigprocmask(SIG_SETMASK, before, NULL);
	if (interrupted != 0)
		raise(interrupted);
}

/* Reads a line that the terminal does not show. The question comes when it no longer does. */
static enum kvk_err read_hidden(const char *question, struct kvk_secret *out)
{
	struct sigaction old[ENDING_COUNT];
	struct termios shown, hidden;
	char buffer[KVK_LIMIT_PASSPHRASE + 1];
	bool whole = true, good = false;
	enum kvk_err err;
	sigset_t before;
	size_t n = 0;

	if (tcgetattr(STDIN_FILENO, &shown) != 0)
		return KVK_ERR_CANCELLED;
	take_signals(old, &before);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0) {
		fprintf(stderr, "%s", question);
		fflush(stderr);
		good = read_line(buffer, sizeof buffer, &n, &whole, &before);
	}
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	err = good ? KVK_OK : KVK_ERR_CANCELLED;
	if (good && !whole)
		err = KVK_ERR_LIMIT;
	if (err == KVK_OK)
		err = kvk_secret_copy(out, (struct kvk_span){ (const uint8_t *)buffer, n });
	kvk_wipe(buffer, sizeof buffer);
	give_signals(old, &before);
	return err;
}

enum kvk_err kvk_prompt_passphrase(const char *question, bool twice, struct kvk_secret *out)
{
	struct kvk_secret again = { .p = NULL };
	enum kvk_err err;

	for (;;) {
		err = read_hidden(question, out);
		if (err == KVK_ERR_LIMIT || (err == KVK_OK && out->n == 0)) {
			fprintf(stderr,
				err == KVK_OK ? _("a passphrase cannot be empty\n") :
						_("that passphrase is too long\n"));
			continue;
		}
		if (err != KVK_OK || !twice)
			break;
		err = read_hidden(_("once more: "), &again);
		if (err != KVK_OK)
			break;
		if (kvk_span_equal(kvk_secret_span(out), kvk_secret_span(&again)))
			break;
		fprintf(stderr, _("the two are not the same\n"));
	}
	if (err != KVK_OK)
		kvk_secret_free(out);
	kvk_secret_free(&again);
	return err;
}
