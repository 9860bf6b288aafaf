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

/* In English and in Dutch, whatever the language of the questions. */
static const char *const words_for_yes[] = { "y", "yes", "j", "ja", NULL };
static const char *const words_for_no[] = { "n", "no", "nee", NULL };

static bool is_one_of(struct kvk_span answer, const char *const *words)
{
	for (; *words != NULL; words++)
		if (kvk_equal_nocase(answer, kvk_span_of(*words)))
			return true;
	return false;
}

enum kvk_err kvk_prompt_yes(const char *question, bool otherwise, bool *yes)
{
	struct kvk_blob line = { .p = NULL };
	enum kvk_err err;

	for (;;) {
		struct kvk_span answer;

		KVK_TRY(kvk_prompt_line(question, &line));
		answer = kvk_trim(kvk_span_of_blob(&line));
		*yes = answer.n == 0 ? otherwise : is_one_of(answer, words_for_yes);
		if (answer.n == 0 || *yes || is_one_of(answer, words_for_no))
			break;
		fprintf(stderr, _("please answer y or n\n"));
	}
out:
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

/* Reads a line into *out. The question comes when the terminal shows no more what is typed. */
static enum kvk_err read_secret(
	const char *question, const sigset_t *waiting, struct kvk_secret *out)
{
	char buffer[KVK_LIMIT_PASSPHRASE + 1];
	enum kvk_err err = KVK_ERR_CANCELLED;
	bool whole;
	size_t n;

	fprintf(stderr, "%s", question);
	fflush(stderr);
	if (read_line(buffer, sizeof buffer, &n, &whole, waiting))
		err = whole ?
			kvk_secret_copy(out, (struct kvk_span){ (const uint8_t *)buffer, n }) :
			KVK_ERR_LIMIT;
	kvk_wipe(buffer, sizeof buffer);
	return err;
}

/* The same with a terminal that hides it, and shows everything again whatever happens. */
static enum kvk_err read_hidden(const char *question, struct kvk_secret *out)
{
	struct sigaction old[ENDING_COUNT];
	struct termios shown, hidden;
	enum kvk_err err = KVK_ERR_CANCELLED;
	sigset_t before;

	if (tcgetattr(STDIN_FILENO, &shown) != 0)
		return KVK_ERR_CANCELLED;
	take_signals(old, &before);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0)
		err = read_secret(question, &before, out);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	give_signals(old, &before);
	return err;
}

/* Reads one that is neither empty nor too long. */
static enum kvk_err read_passphrase(const char *question, struct kvk_secret *out)
{
	for (;;) {
		enum kvk_err err = read_hidden(question, out);

		if (err == KVK_ERR_LIMIT)
			fprintf(stderr, _("that passphrase is too long\n"));
		else if (err == KVK_OK && out->n == 0)
			fprintf(stderr, _("a passphrase cannot be empty\n"));
		else
			return err;
	}
}

enum kvk_err kvk_prompt_passphrase(const char *question, bool twice, struct kvk_secret *out)
{
	struct kvk_secret again = { .p = NULL };
	enum kvk_err err;

	for (;;) {
		KVK_TRY(read_passphrase(question, out));
		if (!twice)
			break;
		KVK_TRY(read_hidden(_("once more: "), &again));
		if (kvk_span_equal(kvk_secret_span(out), kvk_secret_span(&again)))
			break;
		fprintf(stderr, _("the two are not the same\n"));
	}
out:
	if (err != KVK_OK)
		kvk_secret_free(out);
	kvk_secret_free(&again);
	return err;
}
