/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "portal/checks.h"

void kvk_fail(struct kvk_finding *out, int where, enum kvk_reason reason)
{
	out->result = KVK_RESULT_FAIL;
	out->why = "";
	out->where = where;
	out->reason = reason;
}

void kvk_unknown(struct kvk_finding *out, const char *why)
{
	out->result = KVK_RESULT_UNKNOWN;
	out->why = why;
}

void kvk_skip(struct kvk_finding *out, const char *why)
{
	out->result = KVK_RESULT_SKIPPED;
	out->why = why;
}

/* Takes away the piece of a character that a cut may have left at the end. */
static void mend_end(char *text)
{
	struct kvk_span rest = kvk_span_of(text);
	size_t good = 0;
	uint32_t code_point;

	while (rest.n > 0 && kvk_utf8_next(&rest, &code_point))
		good = strlen(text) - rest.n;
	text[good] = '\0';
}

void kvk_say(char *text, size_t size, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, size, format, args);
	va_end(args);
	if (n < 0)
		text[0] = '\0';
	else if ((size_t)n >= size)
		mend_end(text);
}
