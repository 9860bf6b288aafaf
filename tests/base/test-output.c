/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/output.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

/* The width while standard output is fd. */
static unsigned width_on(int fd)
{
	int kept = dup(STDOUT_FILENO);
	unsigned width;

	assert_true(kept >= 0 && dup2(fd, STDOUT_FILENO) >= 0);
	width = kvk_output_width();
	assert_true(dup2(kept, STDOUT_FILENO) >= 0);
	close(kept);
	return width;
}

/* A terminal of so many columns; *master keeps it open. */
static int open_terminal(unsigned columns, int *master)
{
	struct winsize size = { .ws_row = 24, .ws_col = (unsigned short)columns };
	int terminal;

	*master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(*master >= 0 && grantpt(*master) == 0 && unlockpt(*master) == 0);
	terminal = open(ptsname(*master), O_RDWR | O_NOCTTY);
	assert_true(terminal >= 0 && ioctl(terminal, TIOCSWINSZ, &size) == 0);
	return terminal;
}

static void widths(void **state)
{
	/* The columns of the terminal and the variable, which wins where it is a number. */
	static const struct {
		unsigned terminal;
		const char *variable;
		unsigned width;
	} cases[] = {
		{ 132, NULL, 132 },
		{ 132, "60", 60 },
		{ 60, "100", 100 },
		{ 20, NULL, 40 },
		{ 0, NULL, 80 },
		{ 132, "7", 40 },
		{ 132, "0", 132 },
		{ 132, "", 132 },
		{ 132, "60x", 132 },
		{ 132, "-60", 132 },
		{ 132, " 60", 132 },
		{ 132, "9999", 9999 },
		{ 132, "10000", 132 },
		{ 132, "4294967356", 132 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int master;
		int terminal = open_terminal(cases[i].terminal, &master);

		if (cases[i].variable != NULL)
			setenv("COLUMNS", cases[i].variable, 1);
		else
			unsetenv("COLUMNS");
		assert_int_equal(width_on(terminal), cases[i].width);
		close(terminal);
		close(master);
	}
}

static void no_terminal(void **state)
{
	int null = open("/dev/null", O_WRONLY);

	(void)state;
	unsetenv("COLUMNS");
	assert_int_equal(width_on(null), 80);
	setenv("COLUMNS", "60", 1);
	assert_int_equal(width_on(null), 60);
	close(null);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(widths),
		cmocka_unit_test(no_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
