/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cmd/dialogue.h: what is asked when all answers are there. */
#include "config.h"

#include "cmd/dialogue.h"

#include <stdio.h>

#include "base/i18n.h"
#include "cli/prompt.h"
#include "cmd/step.h"
#include "report/request.h"

static enum kvk_exit asked(enum kvk_err err)
{
	const struct kvk_error none = { "" };

	return kvk_dialogue_step(err, &none);
}

enum kvk_exit kvk_dialogue_confirm(const struct kvk_new *run)
{
	const char *question = run->key == NULL ? _("Create the key and the request now? [Y/n]: ") :
						  _("Create the request now? [Y/n]: ");
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob text = { .p = NULL };
	bool yes = false;
	enum kvk_err err;

	KVK_TRY(kvk_request_order_text(&run->order, &paper, &text));
	fprintf(stderr, _("\nThe request for %s:\n\n%s\nFolder: %s\n\n"), run->order.preset->name,
		kvk_blob_str(&text), kvk_blob_str(&run->place.folder));
	KVK_TRY(kvk_prompt_yes(question, true, &yes));
	if (!yes)
		err = KVK_ERR_CANCELLED;
out:
	kvk_blob_free(&text);
	return asked(err);
}

enum kvk_exit kvk_dialogue_passphrase(const char *question, bool twice, struct kvk_secret *out)
{
	return asked(kvk_prompt_passphrase(question, twice, out));
}
