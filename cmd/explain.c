/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

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
	.synopsis = N_("[OPTION]... [NUMBER]"),
	.summary = N_("explain one or all of the portal's messages"),
	.details = N_("NUMBER is the number of a message, 1 to 33, or its id. Without it all "
		      "messages are listed.\n\n"
		      "  kvkcsr explain 14\n"
		      "  kvkcsr explain kvk-number-mismatch"),
	.options = options,
	.maximum = 1,
};

/* The rule with this number or id, or NULL. */
static const struct kvk_rule *find(const char *text)
{
	struct kvk_span span = kvk_span_of(text);
	unsigned number = 0;

	if (!kvk_all_digits(span))
		return kvk_rule_by_id(text);
	for (size_t i = 0; i < span.n && number <= KVK_RULE_COUNT; i++)
		number = number * 10 + (unsigned)(span.p[i] - '0');
	return kvk_rule(number);
}

static enum kvk_exit refuse(const char *given)
{
	char safe[128];

	return kvk_usage_error(&usage,
		_("there is no message '%s'; the numbers are 1 to %u, and '%s explain' "
		  "lists all messages and their ids"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(given)), KVK_RULE_COUNT, PACKAGE_NAME);
}

static enum kvk_exit explain(const struct explain_config *config, const struct kvk_rule *rule)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	if (config->common.json)
		KVK_TRY(kvk_explain_json(rule, &out));
	else
		KVK_TRY(rule != NULL ? kvk_explain_rule(rule, &paper, &out) :
				       kvk_explain_list(&paper, &out));
	if (!kvk_write(&out))
		err = KVK_ERR_WRITE;
out:
	kvk_blob_free(&out);
	return err == KVK_OK ? KVK_EXIT_OK : KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_cmd_explain(struct kvk_run *run)
{
	struct explain_config config = { 0 };
	const struct kvk_rule *rule = NULL;
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	if (run->count > 0)
		rule = find(run->arguments[0]);
	if (run->count > 0 && rule == NULL)
		code = refuse(run->arguments[0]);
	else
		code = explain(&config, rule);
out:
	return code;
}
