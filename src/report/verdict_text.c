/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: a verdict as text. */
#include "config.h"

#include "report/verdict_text.h"

#include "base/format.h"
#include "base/wrap.h"
#include "portal/changes.h"
#include "report/advice.h"
#include "report/rows.h"

/* How far the rows of a finding, and of the table of changes, are indented. */
#define INDENT 4u
/* Blanks between two columns. */
#define GAP 2u

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
static enum kvk_err append_numbers(const struct kvk_verdict *verdict, enum kvk_result result,
	enum kvk_why why, struct kvk_blob *out)
{
	const char *separator = "";
	enum kvk_err err = KVK_OK;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		unsigned last = n;

		if (!is_one(verdict, n, result, why))
			continue;
		while (is_one(verdict, last + 1, result, why))
			last++;
		if (last > n + 1)
			KVK_TRY(kvk_blob_append_format(out, "%s%u-%u", separator, n, last));
		else
			KVK_TRY(kvk_blob_append_format(out, "%s%u", separator, n));
		if (last > n + 1)
			n = last;
		separator = ", ";
	}
out:
	return err;
}

static void append_passed(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	const char *label = _("passed");
	const unsigned column = kvk_wrap_columns(kvk_span_of(label)) + GAP;
	struct kvk_blob numbers = { 0 }, text = { 0 };
	size_t count = 0;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		count += is_result(verdict, n, KVK_RESULT_PASS);
	if (count == 0)
		return;
	KVK_PAGE_TRY(page, append_numbers(verdict, KVK_RESULT_PASS, KVK_WHY_NONE, &numbers));
	KVK_PAGE_TRY(page,
		kvk_blob_append_format(&text,
			kvk_ngettext("%zu of %u rule: %s", "%zu of %u rules: %s", KVK_RULE_COUNT),
			count, KVK_RULE_COUNT, kvk_blob_str(&numbers)));
	kvk_page_append_text(page, "\n");
	kvk_page_append_ink(page, KVK_INK_GOOD, label);
	kvk_page_append_blanks(page, GAP);
	kvk_page_append_flow(page, column, column, kvk_blob_str(&text));
	kvk_blob_free(&numbers);
	kvk_blob_free(&text);
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

/* The finding whose message may be shown instead of this one, or NULL. */
static const struct kvk_finding *alternative(const struct kvk_verdict *verdict, unsigned number)
{
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (is_result(verdict, n, KVK_RESULT_FAIL) &&
			verdict->findings[n - 1].instead_of == number)
			return &verdict->findings[n - 1];
	return NULL;
}

/* "19 no-client-auth: your certificate", or the portal's sentence and where it is. */
static enum kvk_err append_finding_title(const struct kvk_verdict *verdict,
	const struct kvk_finding *finding, const char *where, bool brief, struct kvk_blob *out)
{
	const struct kvk_rule *rule = finding->rule;

	if (brief)
		return kvk_blob_append_format(
			out, _("\"%s\" (message %u): %s"), rule->portal, rule->number, where);
	if (finding->result == KVK_RESULT_FAIL && verdict->first == rule->number)
		return kvk_blob_append_format(out,
			_("%2u %s: %s; the portal would show this first"), rule->number, rule->id,
			where);
	return kvk_blob_append_format(out, "%2u %s: %s", rule->number, rule->id, where);
}

static void append_finding_head(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const struct kvk_finding *finding, bool brief)
{
	const bool failed = finding->result == KVK_RESULT_FAIL;
	const char *label = failed ? _("FAILED") : _("OPEN");
	const unsigned width = kvk_wrap_columns(kvk_span_of(_("FAILED"))),
		       used = kvk_wrap_columns(kvk_span_of(label));
	struct kvk_blob where = { 0 }, text = { 0 };

	KVK_PAGE_TRY(page, kvk_verdict_where(facts, finding->where, &where));
	KVK_PAGE_TRY(
		page, append_finding_title(verdict, finding, kvk_blob_str(&where), brief, &text));
	kvk_page_append_text(page, "\n");
	kvk_page_append_ink(page, failed ? KVK_INK_BAD : KVK_INK_CARE, label);
	kvk_page_append_blanks(page, GAP + (used < width ? width - used : 0));
	kvk_page_append_flow(
		page, width + GAP, (used < width ? width : used) + GAP, kvk_blob_str(&text));
	kvk_blob_free(&where);
	kvk_blob_free(&text);
}

static void append_finding(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const struct kvk_finding *finding, bool brief)
{
	const struct kvk_rule *rule = finding->rule;
	const struct kvk_finding *other;
	struct kvk_rows rows = { 0 };

	append_finding_head(page, facts, verdict, finding, brief);
	if (finding->result != KVK_RESULT_FAIL && rule->number != 2)
		kvk_rows_add(page, &rows, _("open"), kvk_why_text(finding->why));
	if (finding->found[0] != '\0')
		kvk_rows_add(page, &rows, _("found"), finding->found);
	if (finding->wanted[0] != '\0')
		kvk_rows_add(page, &rows, _("wanted"), finding->wanted);
	if (!brief && is_message(verdict, rule->number))
		kvk_rows_add(page, &rows, _("portal"), rule->portal);
	other = alternative(verdict, rule->number);
	if (other != NULL)
		kvk_rows_format(page, &rows, _("or"), _("%s (message %u)"), other->rule->portal,
			other->rule->number);
	if (finding->assumed)
		kvk_rows_format(page, &rows, _("assumed"),
			_("KVK does not publish how the portal decides this; see 'kvkcsr explain "
			  "%u'"),
			rule->number);
	kvk_rows_add(page, &rows, _("hint"), _(kvk_rule_hint(finding)));
	kvk_rows_write(page, &rows, INDENT);
}

/* Findings that are open for one reason and say nothing of their own are in one line. */
static bool is_plain(const struct kvk_finding *finding)
{
	return finding->result == KVK_RESULT_UNKNOWN && finding->found[0] == '\0';
}

void kvk_verdict_append_findings(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, bool brief)
{
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (is_result(verdict, n, KVK_RESULT_FAIL) &&
			verdict->findings[n - 1].instead_of == 0)
			append_finding(page, facts, verdict, &verdict->findings[n - 1], brief);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (is_result(verdict, n, KVK_RESULT_UNKNOWN) &&
			!is_plain(&verdict->findings[n - 1]))
			append_finding(page, facts, verdict, &verdict->findings[n - 1], brief);
}

void kvk_verdict_append_warning(struct kvk_page *page, const struct kvk_warning *warning)
{
	const char *label = warning->grave ? _("FAILED") : _("warning");
	struct kvk_blob text = { 0 };
	struct kvk_rows rows = { 0 };

	KVK_PAGE_TRY(page, kvk_blob_append_format(&text, "%s: %s", warning->id, warning->text));
	kvk_page_append_text(page, "\n");
	kvk_page_append_ink(page, warning->grave ? KVK_INK_BAD : KVK_INK_CARE, label);
	kvk_page_append_text(page, " ");
	kvk_page_append_flow(
		page, INDENT, kvk_wrap_columns(kvk_span_of(label)) + 1, kvk_blob_str(&text));
	kvk_rows_add(page, &rows, _("hint"), warning->hint);
	kvk_rows_write(page, &rows, INDENT);
	kvk_blob_free(&text);
}

static const char *or_nothing(const char *text)
{
	return text[0] != '\0' ? text : _("(nothing)");
}

/* The columns of the table of changes: what it is about, what was asked for, what came. */
struct columns {
	unsigned field, asked, got;
};

static void widen(unsigned *width, const char *text)
{
	const unsigned columns = kvk_wrap_columns(kvk_span_of(text));

	if (columns > *width)
		*width = columns;
}

static void append_change(struct kvk_page *page, const struct columns *columns, const char *field,
	const char *asked, const char *got)
{
	kvk_page_append_blanks(page, INDENT);
	kvk_page_append_padded(page, field, columns->field + GAP);
	kvk_page_append_padded(page, asked, columns->asked + GAP);
	kvk_page_append(page, "%s\n", got);
}

/* Beside one another where there is room for it, else one below the other. */
static void append_change_table(
	struct kvk_page *page, const struct kvk_change *changes, size_t count)
{
	struct columns columns = { 0 };
	struct kvk_rows rows = { 0 };

	widen(&columns.asked, _("requested"));
	widen(&columns.got, _("received"));
	for (size_t i = 0; i < count; i++) {
		widen(&columns.field, changes[i].field);
		widen(&columns.asked, or_nothing(changes[i].asked));
		widen(&columns.got, or_nothing(changes[i].got));
	}
	if (INDENT + columns.field + GAP + columns.asked + GAP + columns.got <=
		kvk_page_width(page)) {
		append_change(page, &columns, "", _("requested"), _("received"));
		for (size_t i = 0; i < count; i++)
			append_change(page, &columns, changes[i].field,
				or_nothing(changes[i].asked), or_nothing(changes[i].got));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		kvk_page_append_paragraph(page, INDENT, changes[i].field);
		kvk_rows_add(page, &rows, _("requested"), or_nothing(changes[i].asked));
		kvk_rows_add(page, &rows, _("received"), or_nothing(changes[i].got));
		kvk_rows_write(page, &rows, 2 * INDENT);
	}
}

/* What the TSP changed. */
static void append_changes(struct kvk_page *page, const struct kvk_facts *facts)
{
	struct kvk_change changes[KVK_CHANGES_MAX];
	size_t count = 0;

	if (facts->leaf_count != 1 || facts->evidence->request == NULL)
		return;
	KVK_PAGE_TRY(page, kvk_changes(facts->evidence->request, facts->leaf, changes, &count));
	kvk_page_append_text(page, "\n");
	kvk_page_append_paragraph(page, 0,
		count > 0 ? _("changed by the TSP, compared with the request:") :
			    _("the certificate contains what the request asked for"));
	if (count > 0)
		append_change_table(page, changes, count);
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

/* The rules that were left open or not evaluated, a row for each why. */
static void add_left_out(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_verdict *verdict, enum kvk_result result, const char *label)
{
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		const struct kvk_finding *finding = &verdict->findings[n - 1];

		if (finding->result != result || was_shown(verdict, n) ||
			(result == KVK_RESULT_UNKNOWN && !is_plain(finding)))
			continue;
		KVK_PAGE_TRY(page, append_numbers(verdict, result, finding->why, &rows->text));
		kvk_rows_format(page, rows, label, ": %s", kvk_why_text(finding->why));
		label = "";
	}
}

/* The full account. */
static void append_account(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const struct kvk_verdict_style *style)
{
	struct kvk_rows rows = { 0 };

	kvk_verdict_append_head(page, facts, style->file);
	if (style->all)
		append_each_passed(page, verdict);
	else
		append_passed(page, verdict);
	kvk_verdict_append_findings(page, facts, verdict, false);
	for (size_t i = 0; i < verdict->warning_count; i++)
		kvk_verdict_append_warning(page, &verdict->warnings[i]);
	append_changes(page, facts);
	kvk_rows_add_gap(page, &rows);
	add_left_out(page, &rows, verdict, KVK_RESULT_UNKNOWN, _("open"));
	add_left_out(page, &rows, verdict, KVK_RESULT_SKIPPED, _("not evaluated"));
	kvk_rows_write(page, &rows, 0);
	kvk_verdict_append_wanted(page, facts);
}

enum kvk_err kvk_verdict_text(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = style->paper };

	if (style->verbose || style->all)
		append_account(&page, facts, verdict, style);
	else
		kvk_verdict_append_brief(&page, facts, verdict, style);
	kvk_verdict_append_outcome(&page, facts, verdict);
	kvk_advice_append_why(&page, facts, verdict);
	if (!style->open_end)
		kvk_advice_append_next(&page, facts, verdict, style->file);
	return page.err;
}
