/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `kvkcsr new` asks at the terminal (cli/prompt.h): each question explained, checked at once,
 * and asked again where the answer cannot stand. Each is a step (KVK_STEP(), base/exit.h); where
 * the user cancels it is KVK_EXIT_USAGE.
 */
#ifndef KVKCSR_CMD_DIALOGUE_H
#define KVKCSR_CMD_DIALOGUE_H

#include "app/new.h"
#include "base/exit.h"

/* Asks what was not given, and again what was given wrong. */
enum kvk_exit kvk_dialogue(struct kvk_answers *answers, const struct kvk_presets *presets);
/* Shows what will be made and asks whether to go on. */
enum kvk_exit kvk_dialogue_confirm(const struct kvk_new *run);
/* Asks for a passphrase, for a new one twice. */
enum kvk_exit kvk_dialogue_passphrase(const char *question, bool twice, struct kvk_secret *out);

#endif
