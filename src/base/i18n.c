/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/i18n.h"

#include <locale.h>

void kvk_language_start(void)
{
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
#if ENABLE_NLS
	bindtextdomain(PACKAGE, LOCALEDIR);
	textdomain(PACKAGE);
#endif
}

void kvk_language_english(void)
{
	setlocale(LC_MESSAGES, "C");
}
