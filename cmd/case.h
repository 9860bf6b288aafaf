/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The case (gather/case.h) from the options that `verify` and `accept` share.
 */
#ifndef KVKCSR_CMD_CASE_H
#define KVKCSR_CMD_CASE_H

#include "cli/options.h"
#include "gather/case.h"

/* The values of a repeatable option; borrows. */
struct kvk_paths kvk_case_paths(const struct kvk_text_list *list);
/* What the options say; borrows. */
struct kvk_case kvk_case_of(const struct kvk_evidence_options *given);

#endif
