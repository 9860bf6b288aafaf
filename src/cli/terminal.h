/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Standard output and standard error: whether there is a terminal, colour or not, results and
 * warnings. Results are rendered in report/ and written here; everything untrusted was escaped
 * before.
 */
#ifndef KVKCSR_CLI_TERMINAL_H
#define KVKCSR_CLI_TERMINAL_H

#include <stdarg.h>

#include "base/blob.h"
#include "base/exit.h"

/*
 * To be called first: a closed pipe and a full disk become errors of the call that meets them, and
 * standard input, output and error that are closed stay closed: no file that is opened later takes
 * their place, where a message would be written into it.
 */
void kvk_terminal_start(void);
/* Whether questions may be asked: standard input and standard error are both terminals. */
bool kvk_interactive(void);
/* Whether standard output gets colour: mode is "always", "never", "auto" or NULL (auto: a terminal,
 * TERM not "dumb", no NO_COLOR). */
bool kvk_colour(const char *mode);
/* A line on stderr: "kvkcsr: ...", broken where that is a terminal. Arguments that are not the
 * program's own words must be escaped. */
void kvk_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The text of the last of those lines, "" where there was none; until the next. */
const char *kvk_warn_last(void);
/* The same as kvk_warn() with another start, for a function with a printf format of its own. */
void kvk_warn_args(const char *start, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
/* Warns of an error about a file or a thing: "kvkcsr: cannot open 'x': Permission denied" from err
 * and errno; subject is escaped here. */
void kvk_warn_error(enum kvk_err err, const char *subject);
/* Warns why a folder below the one that was given is left out (base/walk.h). */
void kvk_warn_folder(enum kvk_err err, const char *path);
/* Writes a result to standard output. False where it could not be written; kvk_finish() says so. */
bool kvk_write(const struct kvk_blob *text);
/* Flushes standard output and returns code, or 3 with a warning where anything could not be
 * written. */
enum kvk_exit kvk_finish(enum kvk_exit code);

#endif
