/* SPDX-License-Identifier: Apache-2.0 */
/* A name as people know it: the host name or the CA, and the organisation. */
#ifndef KVKCSR_REPORT_SHORT_NAME_H
#define KVKCSR_REPORT_SHORT_NAME_H

#include "cert/name.h"

/*
 * Appends commonName, and organisation where that is asked for, escaped; the whole name where it
 * has neither. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_short_name(const struct kvk_name *name, bool organisation, struct kvk_blob *out);

#endif
