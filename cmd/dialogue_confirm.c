/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cmd/dialogue.h: what is asked when all answers are there. */
#include "config.h"

#include "cmd/dialogue.h"

#include <stdio.h>

#include "base/ascii.h"
#include "base/i18n.h"
#include "cli/prompt.h"
#include "cmd/step.h"
#include "report/request.h"

static enum kvk_exit asked(enum kvk_err err)
{
	const struct kvk_error none = { "" };

	return kvk_dialogue_step(err, &none);
}

/* The answers that can change, and their names in one line. */
static const enum kvk_field changeable[] = { KVK_FIELD_PARTY, KVK_FIELD_KVK, KVK_FIELD_OIN,
	KVK_FIELD_UNIT, KVK_FIELD_ORGANISATION, KVK_FIELD_DOMAIN, KVK_FIELD_TSP, KVK_FIELD_LOCALITY,
	KVK_FIELD_STATE, KVK_FIELD_GENERATION, KVK_FIELD_KEY_TYPE, KVK_FIELD_KEY_BITS,
	KVK_FIELD_SIGNATURE, KVK_FIELD_CLIENT_ONLY, KVK_FIELD_ENCRYPT_KEY };

#define CHANGEABLE (sizeof changeable / sizeof changeable[0])

static bool is_answered(const struct kvk_new *run, size_t i)
{
	return kvk_answer(&run->answers, changeable[i]) != NULL || run->asked.passed[changeable[i]];
}

/* Takes the name of an answer. False where there is none of that name. */
static bool take_change(struct kvk_new *run, struct kvk_span name)
{
	for (size_t i = 0; i < CHANGEABLE; i++) {
		if (!is_answered(run, i) ||
			!kvk_equal_nocase(name, kvk_span_of(kvk_field_name(changeable[i]))))
			continue;
		run->change = changeable[i];
		run->changing = true;
	}
	return run->changing;
}

/* Asks which answer is to change; Enter alone: none. */
static enum kvk_err ask_change(struct kvk_new *run)
{
	struct kvk_blob line = { .p = NULL };
	enum kvk_err err = KVK_OK;

	fprintf(stderr, _("\nThese answers can change:"));
	for (size_t i = 0; i < CHANGEABLE; i++)
		if (is_answered(run, i))
			fprintf(stderr, "\n  %s", kvk_field_name(changeable[i]));
	fputc('\n', stderr);
	while (!run->changing) {
		struct kvk_span name;

		KVK_TRY(kvk_prompt_line(_("Which one? Enter alone cancels: "), &line));
		name = kvk_trim(kvk_span_of_blob(&line));
		if (name.n == 0 || take_change(run, name))
			break;
		fprintf(stderr, _("  There is no such answer in the list.\n"));
	}
out:
	kvk_blob_free(&line);
	return err;
}

enum kvk_exit kvk_dialogue_confirm(struct kvk_new *run)
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
	if (!yes && run->renewal == NULL)
		KVK_TRY(ask_change(run));
	if (!yes && !run->changing)
		err = KVK_ERR_CANCELLED;
out:
	kvk_blob_free(&text);
	return run->changing ? KVK_EXIT_USAGE : asked(err);
}

enum kvk_exit kvk_dialogue_passphrase(const char *question, bool twice, struct kvk_secret *out)
{
	return asked(kvk_prompt_passphrase(question, twice, out));
}
