/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/output.h"

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
