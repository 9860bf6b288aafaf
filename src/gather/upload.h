/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which certificates a file brings, and which of them is the one to be evaluated. It does not look
 * at signatures: who issued whom is known by name, as the portal sees it.
 */
#ifndef KVKCSR_GATHER_UPLOAD_H
#define KVKCSR_GATHER_UPLOAD_H

#include "gather/facts.h"

/* Fills certificates, too_many, leaf_count and leaf from facts->contents. */
void kvk_upload_sort(struct kvk_facts *facts);

#endif
