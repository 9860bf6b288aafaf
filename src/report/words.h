/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of the field that occur in a text, each with what it means, so that an explanation
 * explains itself. It knows only the words of the program's own texts.
 */
#ifndef KVKCSR_REPORT_WORDS_H
#define KVKCSR_REPORT_WORDS_H

#include "report/page.h"

/*
 * Appends a row for each word that occurs in one of the texts (ended by NULL; translated) and
 * is not explained there in brackets after it; before the first of them an empty line.
 */
void kvk_words_append(struct kvk_page *page, const char *const *texts);

#endif
