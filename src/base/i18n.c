/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/i18n.h"

#if ENABLE_NLS
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>

/*
 * The library looks for catalogues and takes locks for each text, also where there is nothing to be
 * found: in the locale "C", which it never translates, and in "C.UTF-8", which it does only for
 * LANGUAGE.
 */
static bool is_plain(void)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	const char *wanted;

	if (locale == NULL || locale[0] != 'C')
		return false;
	if (locale[1] == '\0')
		return true;
	wanted = getenv("LANGUAGE");
	return locale[1] == '.' && (wanted == NULL || wanted[0] == '\0');
}

const char *kvk_gettext(const char *text)
{
	return is_plain() ? text : dgettext(KVK_TEXT_DOMAIN, text);
}

const char *kvk_ngettext(const char *one, const char *many, unsigned long n)
{
	if (is_plain())
		return n == 1 ? one : many;
	return dngettext(KVK_TEXT_DOMAIN, one, many, n);
}
#endif
