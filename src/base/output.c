/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/ascii.h"

/* More columns than any terminal has. */
#define MOST 9999u

/* The number that text is, or 0 where it is none, or more than MOST. */
static unsigned number_in(const char *text)
{
	unsigned number = 0;

	for (; *text != '\0'; text++) {
		if (!kvk_is_digit((uint8_t)*text) || number > MOST / 10)
			return 0;
		number = 10 * number + (unsigned)(*text - '0');
	}
	return number;
}

/* The columns of the terminal, or 0 where standard output is none, or does not know. */
static unsigned terminal_columns(void)
{
	struct winsize size = { 0 };

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

unsigned kvk_output_width(void)
{
	const char *columns = getenv("COLUMNS");
	unsigned width = columns != NULL ? number_in(columns) : 0;

	if (width == 0)
		width = terminal_columns();
	if (width == 0)
		width = KVK_OUTPUT_WIDTH;
	return width > KVK_OUTPUT_WIDTH_LEAST ? width : KVK_OUTPUT_WIDTH_LEAST;
}

/* The errno of the first write that failed, 0 for none: later calls of others change errno. */
static int cause;

static bool note(bool written)
{
	if (!written && cause == 0)
		cause = errno != 0 ? errno : EIO;
	return written;
}

bool kvk_output_write(struct kvk_span text)
{
	return text.n == 0 || note(fwrite(text.p, 1, text.n, stdout) == text.n);
}

bool kvk_output_print(const char *format, ...)
{
	va_list arguments;
	int written;

	va_start(arguments, format);
	written = vprintf(format, arguments);
	va_end(arguments);
	return note(written >= 0);
}

bool kvk_output_flush(void)
{
	return note(fflush(stdout) == 0) && cause == 0;
}

int kvk_output_close(void)
{
	/* Some file systems report a full disk only when the file is closed. */
	if (kvk_output_flush())
		(void)note(fclose(stdout) == 0);
	return cause;
}
