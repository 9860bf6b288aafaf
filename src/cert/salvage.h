/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates out of a file that the portal cannot read: what a mail program, an editor or a copy
 * in the clipboard did to it is undone. What comes out is plain PEM, as far as it is there; nothing
 * of it is checked.
 */
#ifndef KVKCSR_CERT_SALVAGE_H
#define KVKCSR_CERT_SALVAGE_H

#include "cert/guise.h"

/*
 * Appends the text of a file of that guise, repaired. KVK_ERR_MEMORY; what cannot be repaired stays
 * as it is.
 */
enum kvk_err kvk_salvage(struct kvk_span file, enum kvk_guise guise, struct kvk_blob *out);

#endif
