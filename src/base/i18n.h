/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Translation of what people read. Ids, JSON and file formats stay English and never pass here.
 */
#ifndef KVKCSR_BASE_I18N_H
#define KVKCSR_BASE_I18N_H

#include "config.h"

#define KVK_TEXT_DOMAIN "kvkcsr"

/*
 * Takes the language from the environment. Once, at the start and before there are threads; until
 * then everything is looked for in the catalogues.
 */
void kvk_language_start(void);
/* From here on all is in English, for output that programs read. Before there are threads. */
void kvk_language_english(void);

#if ENABLE_NLS
#include <libintl.h>
/* Translates at the place of use. */
#define _(text) kvk_gettext(text)
/*
 * What _() calls: the text itself, at once, where the language is that of the program. Static.
 */
const char *kvk_gettext(const char *text) __attribute__((format_arg(1)));
/* Translates a text whose wording depends on a count. Static. */
const char *kvk_ngettext(const char *one, const char *many, unsigned long n)
	__attribute__((format_arg(1), format_arg(2)));
#else
#define _(text) (text)
#define kvk_ngettext(one, many, n) ((n) == 1 ? (one) : (many))
#endif

/* Marks a text in a table for translation; the place that shows it calls _(). */
#define N_(text) text

#endif
