/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/explain.h"

#include "base/format.h"
#include "report/json.h"
#include "report/rows.h"
#include "report/words.h"

static void append_part(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	kvk_rows_add_gap(page, rows);
	kvk_rows_add(page, rows, label, _(text));
}

static void append_words(struct kvk_page *page, const struct kvk_rule *rule)
{
	const char *const texts[] = {
		_(rule->meaning),
		_(rule->cause),
		_(rule->remedy),
		_(rule->letter),
		rule->reading[0] != '\0' ? _(rule->reading) : "",
		NULL,
	};

	kvk_words_append(page, texts);
}

enum kvk_err kvk_explain_rule(
	const struct kvk_rule *rule, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { 0 };

	/* Scripts look for this line: it is the same in every language. */
	kvk_page_append(&page, "message %u: %s\n", rule->number, rule->id);
	append_part(&page, &rows, _("Portal"), rule->portal);
	append_part(&page, &rows, _("Meaning"), rule->meaning);
	append_part(&page, &rows, _("Cause"), rule->cause);
	append_part(&page, &rows, _("Fix"), rule->remedy);
	append_part(&page, &rows, _("To the TSP"), rule->letter);
	append_part(&page, &rows, _("Assumption"), rule->reading);
	kvk_rows_add_gap(&page, &rows);
	kvk_rows_add(&page, &rows, _("Source"), rule->cite);
	kvk_rows_add(&page, &rows, _("First seen"), rule->since);
	kvk_rows_write(&page, &rows, 0);
	append_words(&page, rule);
	return page.err;
}

enum kvk_err kvk_explain_list(uint64_t rules, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { 0 };
	char label[48];

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		const struct kvk_rule *rule = kvk_rule(n);

		if ((rules & KVK_RULES_BIT(n)) == 0)
			continue;
		KVK_FORMAT(label, "%2u  %s", n, rule->id);
		kvk_rows_add(&page, &rows, label, rule->portal);
	}
	kvk_rows_write(&page, &rows, 0);
	kvk_page_append_text(&page, "\n");
	kvk_page_append_paragraph(
		&page, 0, _("Run 'kvkcsr explain NUMBER' to have one message explained."));
	if (rules != KVK_RULES_ALL)
		return page.err;
	kvk_page_append_text(&page, "\n");
	kvk_page_append_paragraph(&page, 0,
		_("KVK has not published the order in which the portal performs its checks. kvkcsr "
		  "assumes: first the file, then the chain from the root down as Java's validator "
		  "does, then your certificate, your account and the registers."));
	return page.err;
}

static json_t *rule_json(const struct kvk_rule *rule)
{
	json_t *object = json_object();

	kvk_json_set(&object, "number", json_integer(rule->number));
	kvk_json_set(&object, "id", json_string(rule->id));
	kvk_json_set(&object, "portal", json_string(rule->portal));
	kvk_json_set(&object, "meaning", json_string(rule->meaning));
	kvk_json_set(&object, "cause", json_string(rule->cause));
	kvk_json_set(&object, "remedy", json_string(rule->remedy));
	kvk_json_set(&object, "hint", json_string(rule->hint));
	kvk_json_set(&object, "letter", json_string(rule->letter));
	kvk_json_set(&object, "reading", json_string(rule->reading));
	kvk_json_set(&object, "cite", json_string(rule->cite));
	kvk_json_set(&object, "since", json_string(rule->since));
	return object;
}

enum kvk_err kvk_explain_json(uint64_t rules, struct kvk_blob *out)
{
	json_t *document = json_object(), *list = json_array();

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (rules & KVK_RULES_BIT(n))
			kvk_json_append(&list, rule_json(kvk_rule(n)));
	kvk_json_set(&document, "schema", json_integer(1));
	kvk_json_set(&document, "rules", list);
	return kvk_json_write(document, true, out);
}
