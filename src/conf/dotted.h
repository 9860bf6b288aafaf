/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that were joined with dots, as in "notify.mail.to": this is how the manual page calls a
 * setting, and not how libconfig reads one.
 */
#ifndef KVKCSR_CONF_DOTTED_H
#define KVKCSR_CONF_DOTTED_H

#include <stdbool.h>

#include "base/blob.h"

/* Finds such a name where that of a setting is, outside of texts, in a line of a text (the
 * first is 1). *name points into the text. */
bool kvk_dotted_find(struct kvk_span text, unsigned line, struct kvk_span *name);
/* Appends how the setting is written: "notify: { mail: { to = ...; }; };". KVK_ERR_MEMORY. */
enum kvk_err kvk_dotted_append_form(struct kvk_blob *out, struct kvk_span name);

#endif
