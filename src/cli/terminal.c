/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/output.h"
#include "base/wrap.h"

/* Columns before the lines of a warning on a terminal, but the first. */
#define WARNING_INDENT 2

void kvk_terminal_start(void)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	/* The lowest free number is taken; opened the wrong way, each use still fails. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool kvk_interactive(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool kvk_colour(const char *mode)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (mode != NULL && strcmp(mode, "always") == 0)
		return true;
	if (mode != NULL && strcmp(mode, "never") == 0)
		return false;
	if (no_color != NULL && no_color[0] != '\0')
		return false;
	return isatty(STDOUT_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
}

/* A text of one line, broken for a terminal. False where there is no memory for that. */
static bool write_wrapped(const char *start, const char *text)
{
	const struct kvk_wrap lines = { kvk_wrap_columns(kvk_span_of(start)), WARNING_INDENT,
		kvk_output_width() };
	struct kvk_blob out = { .p = NULL };
	const bool wrapped = kvk_wrap(&out, &lines, text) == KVK_OK;

	if (wrapped)
		fprintf(stderr, "%s%s\n", start, kvk_blob_str(&out));
	kvk_blob_free(&out);
	return wrapped;
}

void kvk_warn_args(const char *start, const char *format, va_list arguments)
{
	char text[KVK_LIMIT_LINE];
	va_list copy;

	/* Where both streams go to one file, this does not end up inside a line of the other. */
	(void)kvk_output_flush();
	va_copy(copy, arguments);
	if (!isatty(STDERR_FILENO) || !kvk_format_args(text, sizeof text, format, copy) ||
		strchr(text, '\n') != NULL || !write_wrapped(start, text)) {
		fputs(start, stderr);
		vfprintf(stderr, format, arguments);
		fputc('\n', stderr);
	}
	va_end(copy);
}

/* What kvk_warn() said last. */
static char last_warning[KVK_LIMIT_LINE];

const char *kvk_warn_last(void)
{
	return last_warning;
}

void kvk_warn(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	kvk_format_args(last_warning, sizeof last_warning, format, arguments);
	va_end(arguments);
	va_start(arguments, format);
	kvk_warn_args(PACKAGE_NAME ": ", format, arguments);
	va_end(arguments);
}

void kvk_warn_error(enum kvk_err err, const char *subject)
{
	struct kvk_error why = { "" };

	(void)kvk_error_set_file(&why, err, subject, 0);
	kvk_warn("%s", why.text);
}

void kvk_warn_folder(enum kvk_err err, const char *path)
{
	char safe[512];

	if (err != KVK_ERR_LIMIT) {
		kvk_warn_error(err, path);
		return;
	}
	kvk_warn(kvk_ngettext("skipped '%s': it is nested more than %u folder deep",
			 "skipped '%s': it is nested more than %u folders deep",
			 KVK_LIMIT_FOLDER_DEPTH),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), KVK_LIMIT_FOLDER_DEPTH);
}

bool kvk_write(const struct kvk_blob *text)
{
	return kvk_output_write(kvk_span_of_blob(text));
}

enum kvk_exit kvk_finish(enum kvk_exit code)
{
	const int cause = kvk_output_close();

	if (cause == 0)
		return code;
	if (cause == EBADF)
		kvk_warn(_("cannot write the result: standard output is closed"));
	else
		kvk_warn(_("cannot write the result to standard output: %s"), strerror(cause));
	return KVK_EXIT_UNKNOWN;
}
