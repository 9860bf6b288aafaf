/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was given besides a delivery, from the options that `verify` and `accept` share.
 */
#ifndef KVKCSR_CMD_EVIDENCE_H
#define KVKCSR_CMD_EVIDENCE_H

#include "app/evaluator.h"
#include "cli/options.h"

/* The values of a repeatable option; borrows. */
struct kvk_paths kvk_evidence_paths(const struct kvk_text_list *list);
/* What they say, with a time that is known; borrows. */
struct kvk_evaluator_options kvk_evidence_of(const struct kvk_evidence_options *given);

#endif
