/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was typed before an interrupt (Ctrl-C) is kept: the answers go into a file in the current
 * folder, with which 'kvkcsr new' goes on.
 */
#ifndef KVKCSR_CMD_KEEP_H
#define KVKCSR_CMD_KEEP_H

#include "cli/options.h"
#include "request/answers.h"

/*
 * Writes the answers to answers.cfg, or answers-2.cfg and so on where there is a file of that name,
 * and says on stderr how to go on. Nothing where none was typed.
 */
void kvk_keep_answers(const struct kvk_answers *answers, const struct kvk_common *common);

#endif
