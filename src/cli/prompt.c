/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/prompt.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/output.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "cli/edit.h"
#include "cli/typing.h"

/*
 * Reads a line into buffer, cut at size - 1 with *whole false. False at the end of the input, after
 * an error or a signal that was noted.
 */
static bool read_line(
	char *buffer, size_t size, size_t *n, bool *whole, const struct kvk_typing *typing)
{
	int octet;

	*n = 0;
	*whole = true;
	while ((octet = kvk_typing_octet(typing)) != '\n') {
		if (octet < 0)
			return false;
		if (*n < size - 1)
			buffer[(*n)++] = (char)octet;
		else
			*whole = false;
	}
	buffer[*n] = '\0';
	return true;
}

/* The same as kvk_edit_line(), for a terminal that cannot do it. */
static enum kvk_err read_plain(const char *question, struct kvk_blob *out)
{
	char buffer[KVK_LIMIT_LINE];
	struct kvk_span line = { (const uint8_t *)buffer, 0 };
	struct kvk_typing typing;
	bool whole, ended, stopped = true;

	/* A program that was stopped and goes on asks once more. */
	while (stopped) {
		/* Whoever sees the question can interrupt it. */
		kvk_typing_start(&typing);
		fprintf(stderr, "%s", question);
		fflush(stderr);
		ended = !read_line(buffer, sizeof buffer, &line.n, &whole, &typing);
		if (ended)
			fputc('\n', stderr);
		stopped = kvk_typing_end(&typing) == SIGTSTP && ended;
	}
	if (ended)
		return KVK_ERR_CANCELLED;
	if (!whole)
		return KVK_ERR_LIMIT;
	if (memchr(buffer, '\0', line.n) != NULL || !kvk_utf8_valid(line))
		return KVK_ERR_TEXT;
	return kvk_blob_append(out, line);
}

enum kvk_err kvk_prompt_line(const char *question, struct kvk_blob *out)
{
	for (;;) {
		enum kvk_err err = KVK_ERR_OPEN;

		kvk_blob_clear(out);
		if (kvk_edit_possible())
			err = kvk_edit_line(question, out);
		if (err == KVK_ERR_OPEN)
			err = read_plain(question, out);
		if (err == KVK_ERR_LIMIT)
			fprintf(stderr, _("That line is too long. Type it again.\n"));
		else if (err == KVK_ERR_TEXT)
			fprintf(stderr,
				_("That line contains characters that are not text. Type it "
				  "again.\n"));
		else
			return err;
	}
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

enum kvk_err kvk_prompt_show(const char *text)
{
	struct kvk_blob out = { .p = NULL };
	enum kvk_err err = kvk_wrap_lines(&out, kvk_output_width(), text);

	if (err == KVK_OK)
		fprintf(stderr, "%s\n", kvk_blob_str(&out));
	kvk_blob_free(&out);
	return err;
}

enum kvk_err kvk_prompt_yes(const char *question, bool otherwise, bool *yes)
{
	return kvk_prompt_yes_help(question,
		otherwise ? _("Enter alone means yes. Ctrl-D cancels.") :
			    _("Enter alone means no. Ctrl-D cancels."),
		otherwise, yes);
}

enum kvk_err kvk_prompt_yes_help(const char *question, const char *help, bool otherwise, bool *yes)
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
		if (kvk_span_is(answer, "?"))
			KVK_TRY(kvk_prompt_show(help));
		fprintf(stderr, _("Please answer y or n.\n"));
	}
out:
	kvk_blob_free(&line);
	return err;
}

/* Reads a line into *out. The question comes when the terminal shows no more what is typed. */
static enum kvk_err read_secret(
	const char *question, const struct kvk_typing *typing, struct kvk_secret *out)
{
	char buffer[KVK_LIMIT_PASSPHRASE + 1];
	enum kvk_err err = KVK_ERR_CANCELLED;
	bool whole;
	size_t n;

	fprintf(stderr, "%s", question);
	fflush(stderr);
	if (read_line(buffer, sizeof buffer, &n, &whole, typing))
		err = whole ?
			kvk_secret_copy(out, (struct kvk_span){ (const uint8_t *)buffer, n }) :
			KVK_ERR_LIMIT;
	kvk_wipe(buffer, sizeof buffer);
	return err;
}

/* The same with a terminal that hides it, and shows everything again whatever happens. */
static enum kvk_err read_hidden(const char *question, struct kvk_secret *out)
{
	struct kvk_typing typing;
	struct termios shown, hidden;
	enum kvk_err err = KVK_ERR_CANCELLED;

	if (tcgetattr(STDIN_FILENO, &shown) != 0)
		return KVK_ERR_CANCELLED;
	kvk_typing_start(&typing);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0)
		err = read_secret(question, &typing, out);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	(void)kvk_typing_end(&typing);
	return err;
}

/* Reads one that is neither empty nor too long. */
static enum kvk_err read_passphrase(const char *question, struct kvk_secret *out)
{
	for (;;) {
		enum kvk_err err = read_hidden(question, out);

		if (err == KVK_ERR_LIMIT)
			fprintf(stderr, _("That passphrase is too long.\n"));
		else if (err == KVK_OK && out->n == 0)
			fprintf(stderr, _("A passphrase cannot be empty.\n"));
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
		KVK_TRY(read_hidden(_("Passphrase again: "), &again));
		if (kvk_span_equal(kvk_secret_span(out), kvk_secret_span(&again)))
			break;
		fprintf(stderr, _("The two passphrases differ.\n"));
	}
out:
	if (err != KVK_OK)
		kvk_secret_free(out);
	kvk_secret_free(&again);
	return err;
}
