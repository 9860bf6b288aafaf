/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text in an array of the caller: the one way to fill it, so that it always ends with a NUL and is
 * never cut inside a character. For text that grows see base/blob.h; text from outside is escaped
 * first, or by kvk_escape_to() (base/escape.h), which fills an array, too.
 */
#ifndef KVKCSR_BASE_FORMAT_H
#define KVKCSR_BASE_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Writes as printf does into size bytes (at least 1), cut at a character of UTF-8 where it is too
 * long. Returns whether all of it is there. None of the arguments may lie in the array.
 */
bool kvk_format(char *out, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for a function with a printf format of its own. */
bool kvk_format_args(char *out, size_t size, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

/* The same for an array whose size the compiler knows. */
#define KVK_FORMAT(array, ...) kvk_format((array), sizeof(array), __VA_ARGS__)

#endif
