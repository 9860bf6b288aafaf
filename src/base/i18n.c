/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/i18n.h"

#if ENABLE_NLS
#include <locale.h>
#include <stdbool.h>
#include <string.h>

/*
 * The library asks the environment and takes locks for each text, also where it never finds
 * anything: in the locale "C", which it does not translate whatever the environment says.
 */
static bool is_plain(void)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);

	return locale != NULL && strcmp(locale, "C") == 0;
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
