/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

static const struct {
	const char *name;
	const char *text;
} errors[] = {
#define ROW(id, words) [id] = { .name = #id, .text = words },
	KVK_ERRORS(ROW)
#undef ROW
};

const char *kvk_error_text(enum kvk_err err)
{
	if ((unsigned)err >= KVK_ERR_COUNT)
		return _("unknown error");
	return _(errors[err].text);
}

const char *kvk_error_name(enum kvk_err err)
{
	return (unsigned)err < KVK_ERR_COUNT ? errors[err].name : "KVK_ERR_UNKNOWN";
}

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

enum kvk_err kvk_explain(struct kvk_why *why, enum kvk_err err, const char *format, ...)
{
	/* The old text may be among the arguments, so the new one is made beside it. */
	char text[KVK_WHY_SIZE];
	int saved = errno;
	va_list args;
	size_t n;
	int full;

	if (!why)
		return err;
	va_start(args, format);
	full = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (full < 0)
		text[0] = 0;
	n = strlen(text);
	if (full >= (int)sizeof(text))
		n = whole_characters(text, n);
	memcpy(why->text, text, n);
	why->text[n] = 0;
	errno = saved;
	return err;
}
