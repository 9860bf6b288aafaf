/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/explain.h"

#include <string.h>

#include "report/json.h"
#include "report/layout.h"
#include "report/words.h"

/* Where the paragraphs begin. */
#define BODY 16

static void put_part(struct kvk_page *page, const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	kvk_put_text(page, "\n");
	kvk_put_paragraph(page, BODY, label, _(text));
}

static void put_words(struct kvk_page *page, const struct kvk_rule *rule)
{
	const char *const texts[] = {
		_(rule->meaning),
		_(rule->cause),
		_(rule->remedy),
		_(rule->hint),
		_(rule->letter),
		rule->reading[0] != '\0' ? _(rule->reading) : "",
		NULL,
	};

	kvk_put_words(page, BODY, texts);
}

enum kvk_err kvk_explain_rule(const struct kvk_rule *rule, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };

	kvk_put(&page, _("message %u: %s\n"), rule->number, rule->id);
	put_part(&page, _("the portal says"), rule->portal);
	put_part(&page, _("what it means"), rule->meaning);
	put_part(&page, _("how it comes"), rule->cause);
	put_part(&page, _("what to do"), rule->remedy);
	put_part(&page, _("in short"), rule->hint);
	put_part(&page, _("to the TSP"), rule->letter);
	put_part(&page, _("how it is read"), rule->reading);
	kvk_put_text(&page, "\n");
	kvk_put_paragraph(&page, BODY, _("to mend it"), kvk_severity_text(rule->severity));
	kvk_put_paragraph(&page, BODY, _("rests on"), rule->cite);
	kvk_put_paragraph(&page, BODY, _("known since"), rule->since);
	put_words(&page, rule);
	return page.err;
}

enum kvk_err kvk_explain_list(struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };
	char label[48];

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		const struct kvk_rule *rule = kvk_rule(n);

		snprintf(label, sizeof label, "%2u  %s", n, rule->id);
		kvk_put_paragraph(&page, 30, label, rule->portal);
	}
	kvk_put_text(&page, "\n");
	kvk_put_paragraph(&page, 0, "",
		_("'kvkcsr explain N' explains one. The order in which the "
		  "portal looks is not published beyond what Java's validator does: first the "
		  "file, "
		  "then the path from the CA end down, then the certificate, the account and the "
		  "registers; that is an assumption."));
	return page.err;
}

static json_t *rule_json(const struct kvk_rule *rule)
{
	return json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "number",
		(int)rule->number, "id", rule->id, "portal", rule->portal, "meaning", rule->meaning,
		"cause", rule->cause, "remedy", rule->remedy, "hint", rule->hint, "letter",
		rule->letter, "reading", rule->reading, "cite", rule->cite, "since", rule->since);
}

enum kvk_err kvk_explain_json(const struct kvk_rule *rule, struct kvk_blob *out)
{
	json_t *list = json_array();
	int bad = list == NULL;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (rule == NULL || rule->number == n)
			bad |= json_array_append_new(list, rule_json(kvk_rule(n)));
	if (bad) {
		json_decref(list);
		return KVK_ERR_MEMORY;
	}
	return kvk_json_write(json_pack("{s:i, s:o}", "schema", 1, "rules", list), true, out);
}
