/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The case (gather/case.h), and the use of the network, from the options that `verify` and `accept`
 * share.
 */
#ifndef KVKCSR_CMD_CASE_H
#define KVKCSR_CMD_CASE_H

#include "app/online.h"
#include "cli/options.h"
#include "gather/case.h"

/* The values of a repeatable option; borrows. */
struct kvk_paths kvk_case_paths(const struct kvk_text_list *list);
/* What the options say; borrows. */
struct kvk_case kvk_case_of(const struct kvk_evidence_options *given);
/* Whether the options go together; an error of usage where they do not, else KVK_GO_ON. */
enum kvk_exit kvk_case_check(
	const struct kvk_usage *usage, const struct kvk_evidence_options *given);
/* How the network is used, as the options say; borrows. */
struct kvk_online_order kvk_case_online(const struct kvk_evidence_options *given,
	const struct kvk_settings *settings, const struct kvk_home *home);

#endif
