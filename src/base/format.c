/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/format.h"

#include <stdio.h>
#include <string.h>

/* The length of text without a UTF-8 sequence that was cut at its end. */
static size_t whole_characters(const char *text, size_t n)
{
	size_t back = 0;
	unsigned char lead;

	while (back < 3 && back < n && ((unsigned char)text[n - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back == n)
		return n;
	lead = (unsigned char)text[n - 1 - back];
	if ((lead >= 0xf0 && back < 3) || (lead >= 0xe0 && back < 2) || (lead >= 0xc0 && back < 1))
		return n - 1 - back;
	return n;
}

bool kvk_format_args(char *out, size_t size, const char *format, va_list args)
{
	const int n = vsnprintf(out, size, format, args);

	if (n >= 0 && (size_t)n < size)
		return true;
	if (n < 0)
		out[0] = '\0';
	out[whole_characters(out, strlen(out))] = '\0';
	return false;
}

bool kvk_format(char *out, size_t size, const char *format, ...)
{
	va_list args;
	bool whole;

	va_start(args, format);
	whole = kvk_format_args(out, size, format, args);
	va_end(args);
	return whole;
}
