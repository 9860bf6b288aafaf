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
#include "cmd/registered.h"

/* Who is told the domain, as soon as it is known and before anything else is asked; or at first the
 * name of the dossier, where only that was given. */
struct kvk_dialogue_domain {
	/* KVK_ERR_CANCELLED ends the dialogue; so does any other error, with why. */
	enum kvk_err (*given)(void *context, const char *domain, struct kvk_error *why);
	void *context;
};

/* Asks what was not given, and again what was given wrong; offers what is registered, and fills
 * run->answers and run->asked. */
enum kvk_exit kvk_dialogue(struct kvk_new *run, const struct kvk_dialogue_domain *domain,
	struct kvk_registered *registered);
/* What came of asking, as a step. */
enum kvk_exit kvk_dialogue_step(enum kvk_err err, const struct kvk_error *why);
/* Says that a domain has an entry, and how to renew its certificate where that can be done, and
 * asks whether to make another of this name. KVK_ERR_CANCELLED where not, KVK_ERR_MEMORY. */
enum kvk_err kvk_dialogue_second(
	const char *domain, const char *entry, bool renewable, const char *name);
/*
 * Shows what will be made and asks whether to go on; where not, and the request is no renewal,
 * which answer is to change: run->changing says that there is one, and the exit is
 * KVK_EXIT_USAGE.
 */
enum kvk_exit kvk_dialogue_confirm(struct kvk_new *run);
/* Asks for a passphrase, for a new one twice. */
enum kvk_exit kvk_dialogue_passphrase(const char *question, bool twice, struct kvk_secret *out);

#endif
