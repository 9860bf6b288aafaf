/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Translation of what people read. Ids, JSON and file formats stay English and never pass here.
 */
#ifndef KVKCSR_BASE_I18N_H
#define KVKCSR_BASE_I18N_H

#include "config.h"

#if ENABLE_NLS
#include <libintl.h>
/* Translates at the place of use. */
#define _(text) gettext(text)
/* Translates a text whose wording depends on a count. */
#define kvk_ngettext(one, many, n) ngettext(one, many, n)
#else
#define _(text) (text)
#define kvk_ngettext(one, many, n) ((n) == 1 ? (one) : (many))
#endif

/* Marks a text in a table for translation; the place that shows it calls _(). */
#define N_(text) text

/*
 * Takes characters and language from the environment; numbers and times are written by this program
 * alone. Once, at the start and before there are threads.
 */
void kvk_language_start(void);
/* From here on all is in English, for output that programs read. Before there are threads. */
void kvk_language_english(void);

#endif
