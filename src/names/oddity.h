/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text that was damaged on its way: UTF-8 that was read as Latin-1 or Windows-1252 ("CafÃ©"), and
 * accents that are written as characters of their own, which look right and compare as others.
 */
#ifndef KVKCSR_NAMES_ODDITY_H
#define KVKCSR_NAMES_ODDITY_H

#include "base/blob.h"

enum kvk_oddity { KVK_ODDITY_NONE, KVK_ODDITY_MISREAD, KVK_ODDITY_DECOMPOSED };

/* The first oddity of a text in UTF-8; what is not UTF-8 has none. */
enum kvk_oddity kvk_oddity_of(struct kvk_span text);
/* What it is, for people, translated; static, "" for KVK_ODDITY_NONE. */
const char *kvk_oddity_text(enum kvk_oddity oddity);

#endif
