/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/i18n.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>

#if ENABLE_NLS
/*
 * The library looks for catalogues and takes locks for each text, also where there is nothing to be
 * found: in the locale "C", which it never translates, and in "C.UTF-8", which it does only for
 * LANGUAGE. So this is looked at once.
 */
static bool plain;

static bool is_plain(void)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	const char *wanted = getenv("LANGUAGE");

	if (locale == NULL || locale[0] != 'C')
		return false;
	return locale[1] == '\0' || (locale[1] == '.' && (wanted == NULL || wanted[0] == '\0'));
}

void kvk_language_start(void)
{
	setlocale(LC_ALL, "");
	bindtextdomain(KVK_TEXT_DOMAIN, LOCALEDIR);
	plain = is_plain();
}

void kvk_language_english(void)
{
	setlocale(LC_MESSAGES, "C");
	plain = is_plain();
}

const char *kvk_gettext(const char *text)
{
	return plain ? text : dgettext(KVK_TEXT_DOMAIN, text);
}

const char *kvk_ngettext(const char *one, const char *many, unsigned long n)
{
	if (plain)
		return n == 1 ? one : many;
	return dngettext(KVK_TEXT_DOMAIN, one, many, n);
}
#else
void kvk_language_start(void)
{
	setlocale(LC_ALL, "");
}

void kvk_language_english(void)
{
	setlocale(LC_MESSAGES, "C");
}
#endif
