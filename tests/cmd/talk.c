/* SPDX-License-Identifier: Apache-2.0 */
/*
 * talk SCRIPT COMMAND...: runs a command on its own terminal and talks to it. Each line of
 * SCRIPT is either "? TEXT" (wait until TEXT appears after what was waited for before) or ">
 * TEXT" (type TEXT and Enter), "= TEXT" (type TEXT, in which \xHH is an octet), or "^ X" (type
 * control-X). What the command wrote goes to standard output. Exit: the command's, 98 where a text
 * did not come in 20 seconds, 99 for other faults.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define WAIT_MS 20000
#define SEEN_MAX 65536

static char seen[SEEN_MAX + 1];
static size_t seen_count, waited_for;

static int fail(const char *what)
{
	fprintf(stderr, "talk: %s: %s\n", what, strerror(errno));
	return 99;
}

/* Reads what there is within the time; false at the end or when nothing came. */
static bool read_more(int terminal, int milliseconds)
{
	struct pollfd ready = { .fd = terminal, .events = POLLIN };
	ssize_t got;

	if (seen_count == SEEN_MAX || poll(&ready, 1, milliseconds) <= 0)
		return false;
	got = read(terminal, seen + seen_count, SEEN_MAX - seen_count);
	if (got <= 0)
		return false;
	fwrite(seen + seen_count, 1, (size_t)got, stdout);
	seen_count += (size_t)got;
	seen[seen_count] = '\0';
	return true;
}

static bool wait_for(int terminal, const char *text)
{
	for (;;) {
		char *found = strstr(seen + waited_for, text);

		if (found != NULL) {
			waited_for = (size_t)(found - seen) + strlen(text);
			return true;
		}
		if (!read_more(terminal, WAIT_MS)) {
			fprintf(stderr, "talk: '%s' did not come\n", text);
			return false;
		}
	}
}

static bool type(int terminal, const char *text, size_t n)
{
	return write(terminal, text, n) == (ssize_t)n;
}

/* Puts the octets in place of \xHH and returns how many there are then. */
static size_t decode(char *text)
{
	size_t n = 0;

	for (const char *c = text; *c != '\0'; c++) {
		unsigned octet;

		if (sscanf(c, "\\x%2x", &octet) == 1) {
			text[n++] = (char)octet;
			c += 3;
		} else {
			text[n++] = *c;
		}
	}
	return n;
}

/*
 * Waits until what reads the terminal edits by itself, a second at most: it prints its question
 * before it takes the terminal over, and keys that came in between would mean something else.
 */
static void wait_for_editor(int terminal)
{
	const char *kind = getenv("TERM");
	struct termios mode;

	if (kind == NULL || strcmp(kind, "dumb") == 0)
		return;
	for (int i = 0; i < 200; i++) {
		if (tcgetattr(terminal, &mode) == 0 && (mode.c_lflag & ICANON) == 0)
			return;
		(void)poll(NULL, 0, 5);
	}
}

/* One line of the script. */
static bool step(int terminal, char *line)
{
	size_t n = strcspn(line, "\n");
	char control;

	line[n] = '\0';
	if (strncmp(line, "? ", 2) == 0)
		return wait_for(terminal, line + 2);
	if (line[0] == '>') {
		line[n] = '\n';
		return type(terminal, line + (n > 1 ? 2 : 1), n - (n > 1 ? 2 : 1) + 1);
	}
	if (strncmp(line, "= ", 2) == 0) {
		wait_for_editor(terminal);
		return type(terminal, line + 2, decode(line + 2));
	}
	if (strncmp(line, "^ ", 2) == 0 && n == 3) {
		wait_for_editor(terminal);
		control = (char)(line[2] & 0x1f);
		return type(terminal, &control, 1);
	}
	fprintf(stderr, "talk: no step: '%s'\n", line);
	return false;
}

/* The child: the terminal becomes its own, and its standard input, output and error. */
static void become(const char *name, char **command)
{
	const char *output = getenv("TALK_STDOUT");
	int terminal;

	setsid();
	terminal = open(name, O_RDWR);
	if (terminal < 0 || ioctl(terminal, TIOCSCTTY, 0) != 0)
		_exit(99);
	dup2(terminal, STDIN_FILENO);
	dup2(terminal, STDERR_FILENO);
	dup2(output != NULL ? open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600) : terminal,
		STDOUT_FILENO);
	execvp(command[0], command);
	_exit(99);
}

static int talk(int terminal, FILE *script)
{
	char line[16384];

	while (fgets(line, sizeof line, script) != NULL)
		if (line[0] != '\n' && !step(terminal, line))
			return 98;
	while (read_more(terminal, WAIT_MS))
		;
	return 0;
}

int main(int argc, char **argv)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), code, status;
	FILE *script = argc > 2 ? fopen(argv[1], "r") : NULL;
	pid_t child;

	if (script == NULL || terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
		return fail("cannot begin");
	fflush(stdout);
	child = fork();
	if (child < 0)
		return fail("fork");
	if (child == 0)
		become(ptsname(terminal), argv + 2);
	code = talk(terminal, script);
	close(terminal);
	if (waitpid(child, &status, 0) != child)
		return fail("waitpid");
	if (code != 0)
		return code;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
