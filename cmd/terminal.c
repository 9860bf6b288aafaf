/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/options.h"

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

void kvk_tell(const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s: ", PACKAGE_NAME);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

/* Whether errno says more than the error itself does. */
static bool has_cause(enum kvk_err err)
{
	return err == KVK_ERR_OPEN || err == KVK_ERR_READ || err == KVK_ERR_WRITE;
}

void kvk_tell_error(enum kvk_err err, const char *subject)
{
	int cause = errno;
	char safe[512];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(subject));
	if (has_cause(err) && cause != 0)
		kvk_tell(_("'%s' %s: %s"), safe, kvk_error_text(err), strerror(cause));
	else
		kvk_tell(_("'%s': %s"), safe, kvk_error_text(err));
}

int kvk_exit_of(enum kvk_err err)
{
	switch (err) {
	case KVK_OK:
		return KVK_EXIT_OK;
	case KVK_ERR_USAGE:
	case KVK_ERR_ARGUMENT:
		return KVK_EXIT_USAGE;
	case KVK_ERR_INTERNAL:
		return KVK_EXIT_INTERNAL;
	case KVK_ERR_EXISTS:
		return KVK_EXIT_CREATE;
	case KVK_ERR_CONFIG:
		return KVK_EXIT_CONFIG;
	default:
		return KVK_EXIT_UNKNOWN;
	}
}

bool kvk_write(const struct kvk_blob *text)
{
	return text->n == 0 || fwrite(text->p, 1, text->n, stdout) == text->n;
}

int kvk_finish(int code)
{
	bool fine = fflush(stdout) == 0 && !ferror(stdout);

	/* Some file systems tell only now; a closed output that nothing was written to is fine. */
	if (fine && (fclose(stdout) == 0 || errno == EBADF))
		return code;
	kvk_tell(_("the result cannot be written to standard output: %s"), strerror(errno));
	return KVK_EXIT_UNKNOWN;
}
