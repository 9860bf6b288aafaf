/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/format.h"

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

enum kvk_err kvk_error_set(struct kvk_error *why, enum kvk_err err, const char *format, ...)
{
	/* The old text may be among the arguments, so the new one is made beside it. */
	char text[KVK_ERROR_SIZE];
	int saved = errno;
	va_list args;

	if (!why)
		return err;
	va_start(args, format);
	kvk_format_args(text, sizeof(text), format, args);
	va_end(args);
	memcpy(why->text, text, sizeof(text));
	errno = saved;
	return err;
}
