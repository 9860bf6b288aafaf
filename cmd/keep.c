/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/keep.h"

#include <stdio.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "cli/terminal.h"

/* The last number that a file gets. */
#define NUMBER_MAX 99u
#define NAME_SIZE 32

static bool is_typed(const struct kvk_answers *answers)
{
	for (int i = 0; i < KVK_FIELD_COUNT; i++)
		if (answers->source[i] == KVK_GIVEN_DIALOGUE)
			return true;
	return false;
}

/* Makes the file under the first name that is free. */
static enum kvk_err create(struct kvk_span text, char name[static NAME_SIZE])
{
	enum kvk_err err = kvk_file_create(name, 0600, text);

	for (unsigned i = 2; err == KVK_ERR_EXISTS && i <= NUMBER_MAX; i++) {
		kvk_format(name, NAME_SIZE, "answers-%u.cfg", i);
		err = kvk_file_create(name, 0600, text);
	}
	return err;
}

/* Adds an option with its value, where it was given. */
static enum kvk_err add_option(struct kvk_blob *out, const char *option, const char *value)
{
	enum kvk_err err = KVK_OK;

	if (value == NULL)
		return KVK_OK;
	KVK_TRY(kvk_blob_append_format(out, " --%s ", option));
	KVK_TRY(kvk_escape_shell(out, kvk_span_of(value)));
out:
	return err;
}

static enum kvk_err say(const char *name, const struct kvk_common *common)
{
	struct kvk_blob command = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(&command, "kvkcsr new"));
	KVK_TRY(add_option(&command, "answers", name));
	KVK_TRY(add_option(&command, "home", common->home));
	KVK_TRY(add_option(&command, "config", common->config));
	kvk_warn(_("your answers so far are in '%s'; to go on, run:"), name);
	fprintf(stderr, "  %s\n", kvk_blob_str(&command));
out:
	kvk_blob_free(&command);
	return err;
}

void kvk_keep_answers(const struct kvk_answers *answers, const struct kvk_common *common)
{
	char name[NAME_SIZE] = "answers.cfg";
	struct kvk_blob text = { .p = NULL };
	struct kvk_error why = { "" };
	enum kvk_err err;

	if (!is_typed(answers))
		return;
	KVK_TRY(kvk_answers_write(answers, &text));
	err = create(kvk_span_of_blob(&text), name);
	if (err != KVK_OK)
		(void)kvk_error_set_file(&why, err, name, 0);
	KVK_TRY(err);
	KVK_TRY(say(name, common));
out:
	if (err != KVK_OK)
		kvk_warn(_("cannot keep your answers: %s"),
			why.text[0] != '\0' ? why.text : kvk_error_text(err));
	kvk_blob_free(&text);
}
