/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "report/explain.h"

struct explain_config {
	struct kvk_common common;
};

static const struct kvk_option options[] = {
	OPT_JSON(struct explain_config),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "explain",
	.synopsis = N_("[OPTION]... [NUMBER|SENTENCE]"),
	.summary = N_("explain one or all of the portal's messages"),
	.details = N_("SENTENCE is what the portal shows, or a part of it. NUMBER is the number of "
		      "a message, 1 to "
		      "33, or its id. Without either, all messages are listed. If several match a "
		      "SENTENCE, these are listed; if none does, the nearest ones are.\n\n"
		      "  kvkcsr explain The certificate is expired\n"
		      "  kvkcsr explain 14"),
	.options = options,
	.maximum = SIZE_MAX,
};

/* A number as the program and people write it: "message 31", "(message 31)", "#31". */
static struct kvk_span bare_number(struct kvk_span text)
{
	static const char word[] = "message ";

	if (text.n > 2 && text.p[0] == '(' && text.p[text.n - 1] == ')')
		text = (struct kvk_span){ text.p + 1, text.n - 2 };
	if (text.n > strlen(word) &&
		kvk_equal_nocase((struct kvk_span){ text.p, strlen(word) }, kvk_span_of(word)))
		text = (struct kvk_span){ text.p + strlen(word), text.n - strlen(word) };
	if (text.n > 1 && text.p[0] == '#')
		text = (struct kvk_span){ text.p + 1, text.n - 1 };
	return text;
}

/* The rule with this number or id; 0 where there is none. */
static uint64_t find_one(const char *text)
{
	struct kvk_span span = bare_number(kvk_span_of(text));
	const struct kvk_rule *rule;
	unsigned number = 0;

	if (kvk_all_digits(span)) {
		for (size_t i = 0; i < span.n && number <= KVK_RULE_COUNT; i++)
			number = number * 10 + (unsigned)(span.p[i] - '0');
		rule = kvk_rule(number);
	} else {
		rule = kvk_rule_by_id(text);
	}
	return rule != NULL ? KVK_RULES_BIT(rule->number) : 0;
}

/* The arguments as one text: a sentence need not be in quotes. */
static enum kvk_err join(const struct kvk_run *run, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < run->count; i++) {
		KVK_TRY(kvk_blob_append_text(out, i > 0 ? " " : ""));
		KVK_TRY(kvk_blob_append_text(out, run->arguments[i]));
	}
out:
	return err;
}

/* The rules that are meant: a number, an id, or the portal's sentence; all where none is given. */
static enum kvk_err find(const struct kvk_blob *text, uint64_t *out)
{
	*out = text->n > 0 ? find_one(kvk_blob_str(text)) : KVK_RULES_ALL;
	if (*out != 0 || kvk_all_digits(bare_number(kvk_span_of_blob(text))))
		return KVK_OK;
	return kvk_sentence_find(kvk_span_of_blob(text), out);
}

static enum kvk_exit refuse(const struct kvk_blob *given)
{
	char safe[128];

	return kvk_usage_error(&usage,
		_("there is no message '%s'; the numbers are 1 to %u, and '%s explain' "
		  "lists all messages and their ids"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(given)), KVK_RULE_COUNT,
		PACKAGE_NAME);
}

/* The one rule, or NULL where there are several. */
static const struct kvk_rule *only(uint64_t rules)
{
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (rules == KVK_RULES_BIT(n))
			return kvk_rule(n);
	return NULL;
}

static enum kvk_exit explain(const struct explain_config *config, uint64_t rules)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	const struct kvk_rule *rule = only(rules);
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	if (config->common.json)
		KVK_TRY(kvk_explain_json(rules, &out));
	else
		KVK_TRY(rule != NULL ? kvk_explain_rule(rule, &paper, &out) :
				       kvk_explain_list(rules, &paper, &out));
	if (!kvk_write(&out))
		err = KVK_ERR_WRITE;
out:
	kvk_blob_free(&out);
	return err == KVK_OK ? KVK_EXIT_OK : KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_cmd_explain(struct kvk_run *run)
{
	struct explain_config config = { 0 };
	struct kvk_error why = { "" };
	struct kvk_blob text = { 0 };
	uint64_t rules = 0;
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step(join(run, &text), &why));
	KVK_STEP(kvk_step(find(&text, &rules), &why));
	code = rules == 0 ? refuse(&text) : explain(&config, rules);
out:
	kvk_blob_free(&text);
	return code;
}
