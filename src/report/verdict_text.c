/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: a verdict as text. */
#include "config.h"

#include "report/verdict_text.h"

#include <string.h>

#include "portal/changes.h"

/* Where the text of a finding begins. */
#define BODY 13
/* Columns before the text of a warning, without its id. */
#define WARNING 10u
/* Columns of the table of changes: what it is about, and what the request asked for. */
#define CHANGE_FIELD 24u
#define CHANGE_ASKED 32u

static bool is_result(const struct kvk_verdict *verdict, unsigned number, enum kvk_result result)
{
	return verdict->findings[number - 1].result == result;
}

/* Whether a rule has this result and this why. */
static bool is_one(const struct kvk_verdict *verdict, unsigned number, enum kvk_result result,
	enum kvk_why why)
{
	return number <= KVK_RULE_COUNT && is_result(verdict, number, result) &&
		verdict->findings[number - 1].why == why;
}

/* The numbers with a result (and a why), runs as "5-9"; nothing where there is none. */
static void append_numbers(struct kvk_page *page, const struct kvk_verdict *verdict,
	enum kvk_result result, enum kvk_why why)
{
	const char *separator = "";

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		unsigned last = n;

		if (!is_one(verdict, n, result, why))
			continue;
		while (is_one(verdict, last + 1, result, why))
			last++;
		kvk_page_append_text(page, separator);
		kvk_page_append_number(page, n);
		if (last > n + 1) {
			kvk_page_append_text(page, "-");
			kvk_page_append_number(page, last);
		} else {
			last = n;
		}
		separator = ", ";
		n = last;
	}
}

static void append_passed(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	size_t count = 0;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		count += is_result(verdict, n, KVK_RESULT_PASS);
	if (count == 0)
		return;
	kvk_page_append_text(page, "\n");
	kvk_page_append_ink(page, KVK_INK_GOOD, _("passed"));
	kvk_page_append(page, _("  %zu of %u rules: "), count, KVK_RULE_COUNT);
	append_numbers(page, verdict, KVK_RESULT_PASS, KVK_WHY_NONE);
	kvk_page_append_text(page, "\n");
}

static void append_each_passed(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	kvk_page_append_text(page, "\n");
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		if (!is_result(verdict, n, KVK_RESULT_PASS))
			continue;
		kvk_page_append_ink(page, KVK_INK_GOOD, _("passed"));
		kvk_page_append(page, "  %2u %s\n", n, verdict->findings[n - 1].rule->id);
	}
}

/* Whether the portal has its message for it: 2, 32 and 33 also where something is open. */
static bool is_message(const struct kvk_verdict *verdict, unsigned number)
{
	for (size_t i = 0; i < verdict->message_count; i++)
		if (verdict->messages[i] == number)
			return true;
	return false;
}

static void append_finding(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const struct kvk_finding *finding)
{
	const struct kvk_rule *rule = finding->rule;
	const bool failed = finding->result == KVK_RESULT_FAIL;

	kvk_page_append_text(page, "\n");
	kvk_page_append_ink(
		page, failed ? KVK_INK_BAD : KVK_INK_CARE, failed ? _("FAILED") : _("OPEN"));
	kvk_page_append(page, "%s%2u %s: ", failed ? "  " : "    ", rule->number, rule->id);
	kvk_verdict_append_where(page, facts, finding->where);
	if (verdict->first == rule->number)
		kvk_page_append_text(page, _("; the portal would show this one first"));
	kvk_page_append_text(page, "\n");
	if (!failed && rule->number != 2)
		kvk_page_append_paragraph(page, BODY, _("    open:"), kvk_why_text(finding->why));
	if (finding->found[0] != '\0')
		kvk_page_append_paragraph(page, BODY, _("    found:"), finding->found);
	if (finding->wanted[0] != '\0')
		kvk_page_append_paragraph(page, BODY, _("    wanted:"), finding->wanted);
	if (is_message(verdict, rule->number))
		kvk_page_append_paragraph(page, BODY, _("    portal:"), rule->portal);
	kvk_page_append_paragraph(page, BODY, _("    hint:"), _(rule->hint));
}

/* Findings that are open for one reason and say nothing of their own stand in one line. */
static bool is_plain(const struct kvk_finding *finding)
{
	return finding->result == KVK_RESULT_UNKNOWN && finding->found[0] == '\0';
}

static void append_findings(
	struct kvk_page *page, const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (is_result(verdict, n, KVK_RESULT_FAIL))
			append_finding(page, facts, verdict, &verdict->findings[n - 1]);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (is_result(verdict, n, KVK_RESULT_UNKNOWN) &&
			!is_plain(&verdict->findings[n - 1]))
			append_finding(page, facts, verdict, &verdict->findings[n - 1]);
}

static void append_warnings(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	for (size_t i = 0; i < verdict->warning_count; i++) {
		const struct kvk_warning *warning = &verdict->warnings[i];

		kvk_page_append_text(page, "\n");
		kvk_page_append_ink(page, warning->grave ? KVK_INK_BAD : KVK_INK_CARE,
			warning->grave ? _("FAILED") : _("warning"));
		kvk_page_append(page, " %s: ", warning->id);
		kvk_page_append_flow(
			page, BODY, WARNING + (unsigned)strlen(warning->id), warning->text);
		kvk_page_append_paragraph(page, BODY, _("    hint:"), warning->hint);
	}
}

static void append_change(
	struct kvk_page *page, const char *field, const char *asked, const char *got)
{
	kvk_page_append_text(page, "    ");
	kvk_page_append_padded(page, field, CHANGE_FIELD);
	kvk_page_append_padded(page, asked[0] != '\0' ? asked : _("(nothing)"), CHANGE_ASKED);
	/* What fills its column is still set apart from what is beside it. */
	kvk_page_append(page, "  %s\n", got[0] != '\0' ? got : _("(nothing)"));
}

/* What the TSP changed, as a table. */
static void append_changes(struct kvk_page *page, const struct kvk_facts *facts)
{
	struct kvk_change changes[KVK_CHANGES_MAX];
	size_t count = 0;

	if (facts->leaf_count != 1 || facts->evidence->request == NULL)
		return;
	KVK_PAGE_TRY(page, kvk_changes(facts->evidence->request, facts->leaf, changes, &count));
	kvk_page_append(page, "\n%s\n",
		count > 0 ? _("changed by the TSP, against the request:") :
			    _("the certificate has what the request asked for"));
	if (count > 0)
		append_change(page, "", _("asked"), _("got"));
	for (size_t i = 0; i < count; i++)
		append_change(page, changes[i].field, changes[i].asked, changes[i].got);
}

/* Whether the why of this finding was shown already, at a lower number. */
static bool was_shown(const struct kvk_verdict *verdict, unsigned number)
{
	const struct kvk_finding *finding = &verdict->findings[number - 1];

	for (unsigned n = 1; n < number; n++)
		if (verdict->findings[n - 1].result == finding->result &&
			verdict->findings[n - 1].why == finding->why)
			return true;
	return false;
}

static void append_left_out(struct kvk_page *page, const struct kvk_verdict *verdict,
	enum kvk_result result, const char *label)
{
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		const struct kvk_finding *finding = &verdict->findings[n - 1];

		if (finding->result != result || was_shown(verdict, n) ||
			(result == KVK_RESULT_UNKNOWN && !is_plain(finding)))
			continue;
		kvk_page_append_text(page, label);
		append_numbers(page, verdict, result, finding->why);
		kvk_page_append(page, ": %s\n", kvk_why_text(finding->why));
	}
}

static void append_outcome(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	kvk_page_append(page, "\n%s ", _("verdict:"));
	switch (verdict->outcome) {
	case KVK_ACCEPT:
		kvk_page_append_ink(page, KVK_INK_GOOD, _("ACCEPT"));
		kvk_page_append_text(page,
			verdict->warning_count > 0 ?
				_(": the portal would take it; read the warnings") :
				_(": the portal would take it"));
		break;
	case KVK_REJECT:
		kvk_page_append_ink(page, KVK_INK_BAD, _("REJECT"));
		if (verdict->message_count == 0)
			kvk_page_append_text(
				page, _(": the portal would take it, but it is of no use"));
		else
			kvk_page_append(page,
				kvk_ngettext(": the portal would refuse it with message %u",
					": the portal would refuse it, first with message %u",
					verdict->message_count),
				verdict->first);
		break;
	case KVK_UNDETERMINED:
		kvk_page_append_ink(page, KVK_INK_CARE, _("UNDETERMINED"));
		kvk_page_append_text(page,
			_(": nothing speaks against it, but not everything could be "
			  "found out"));
		break;
	}
	kvk_page_append_text(page, "\n");
}

enum kvk_err kvk_verdict_text(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .colour = style->colour };

	kvk_verdict_append_head(&page, facts, style->file);
	if (style->all)
		append_each_passed(&page, verdict);
	else
		append_passed(&page, verdict);
	append_findings(&page, facts, verdict);
	append_warnings(&page, verdict);
	append_changes(&page, facts);
	kvk_page_append_text(&page, "\n");
	append_left_out(&page, verdict, KVK_RESULT_UNKNOWN, _("open: "));
	append_left_out(&page, verdict, KVK_RESULT_SKIPPED, _("not judged: "));
	append_outcome(&page, verdict);
	return page.err;
}
