/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/advice.h"

#include <string.h>

#include "base/escape.h"
#include "base/wrap.h"

/* The labels of these lines, those of report/accept_next.c too. */
static const char *const labels[] = { N_("why"), N_("next"), N_("kept"), N_("repaired") };

/* The columns of a label and the blank after it. */
static unsigned label_columns(const char *label)
{
	return kvk_wrap_columns(kvk_span_of(label)) + 1;
}

/* Where the texts begin. */
static unsigned text_column(const struct kvk_page *page)
{
	const unsigned most = kvk_page_text_width(page) / 2;
	unsigned column = label_columns("verdict:");

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		const unsigned columns = label_columns(_(labels[i]));

		if (columns > column && columns <= most)
			column = columns;
	}
	return column;
}

void kvk_advice_append(struct kvk_page *page, const char *label, const char *text)
{
	const unsigned column = text_column(page);

	if (label_columns(label) > column) {
		kvk_page_append(page, "%s\n", label);
		label = "";
	}
	kvk_page_append_padded(page, label, column);
	kvk_page_append_flow(page, column, column, text);
}

void kvk_advice_append_exact(struct kvk_page *page, const char *text)
{
	kvk_page_append_blanks(page, text_column(page));
	kvk_page_append(page, "%s\n", text);
}

static const struct kvk_finding *first_open(const struct kvk_verdict *verdict)
{
	for (unsigned n = 0; n < KVK_RULE_COUNT; n++)
		if (verdict->findings[n].result == KVK_RESULT_UNKNOWN &&
			verdict->findings[n].found[0] != '\0')
			return &verdict->findings[n];
	return NULL;
}

const struct kvk_finding *kvk_advice_finding(const struct kvk_verdict *verdict)
{
	const struct kvk_finding *first =
		verdict->first > 0 ? &verdict->findings[verdict->first - 1] : NULL;

	if (first != NULL && first->result == KVK_RESULT_FAIL)
		return first;
	return verdict->outcome == KVK_UNDETERMINED ? first_open(verdict) : NULL;
}

const struct kvk_warning *kvk_advice_grave_warning(const struct kvk_verdict *verdict)
{
	for (size_t i = 0; i < verdict->warning_count; i++)
		if (verdict->warnings[i].grave)
			return &verdict->warnings[i];
	return NULL;
}

static unsigned count_results(const struct kvk_verdict *verdict, enum kvk_result result)
{
	unsigned count = 0;

	for (unsigned n = 0; n < KVK_RULE_COUNT; n++)
		count += verdict->findings[n].result == result;
	return count;
}

void kvk_advice_append_why(
	struct kvk_page *page, const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	const struct kvk_finding *finding = kvk_advice_finding(verdict);
	const struct kvk_warning *grave = kvk_advice_grave_warning(verdict);
	const unsigned passed = count_results(verdict, KVK_RESULT_PASS);
	const unsigned failed = count_results(verdict, KVK_RESULT_FAIL);

	(void)facts;
	if (finding != NULL && finding->found[0] != '\0')
		kvk_advice_append(page, _("why"), finding->found);
	else if (finding != NULL)
		kvk_advice_append(page, _("why"), finding->rule->portal);
	else if (verdict->outcome == KVK_REJECT && grave != NULL)
		kvk_advice_append(page, _("why"), grave->text);
	else
		kvk_advice_format(page, _("why"),
			kvk_ngettext(
				"%u of %u rules passed, %u not evaluated; --verbose shows them",
				"%u of %u rules passed, %u not evaluated; --verbose shows them",
				passed),
			passed, KVK_RULE_COUNT, KVK_RULE_COUNT - passed - failed);
}

/* Only a new certificate helps: what to write. */
static void append_letter(struct kvk_page *page, const struct kvk_finding *finding)
{
	/* of a suspension, which the letter is not about */
	if (strcmp(finding->rule->id, "revoked") == 0 && finding->hint != NULL) {
		kvk_advice_append(page, _("next"), _(finding->hint));
		return;
	}
	kvk_advice_format(
		page, _("next"), _("%s. You can send this to the TSP:"), _(kvk_rule_hint(finding)));
	if (finding->extension[0] != '\0')
		kvk_advice_format(page, "",
			_("\"Please reissue the certificate: it has the critical extension %s, "
			  "which must not be marked as critical.\""),
			finding->extension);
	else
		kvk_advice_format(page, "", "\"%s\"", _(finding->rule->letter));
}

void kvk_advice_append_remedy(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	const struct kvk_finding *finding = kvk_advice_finding(verdict);
	const struct kvk_warning *grave = kvk_advice_grave_warning(verdict);

	if (finding == NULL && grave != NULL)
		kvk_advice_append(page, _("next"), grave->hint);
	else if (finding != NULL && finding->result == KVK_RESULT_FAIL && grave != NULL)
		/* what repairs the file makes it no certificate of this key */
		kvk_advice_append(page, _("next"),
			_("ask the TSP which request it used: the certificate does not belong to "
			  "your key, so no other change helps"));
	else if (finding == NULL)
		kvk_advice_append(page, _("next"),
			_("solve what is marked OPEN above, and run the command again"));
	else if (finding->result == KVK_RESULT_FAIL && !verdict->probably &&
		finding->rule->severity == KVK_SEVERITY_CERTIFICATE && !finding->of_ca)
		append_letter(page, finding);
	else
		kvk_advice_append(page, _("next"), _(kvk_rule_hint(finding)));
}

/* The command that stores a delivery; where no dossier is known, its name is left open, and said
 * where it is found. */
static void append_accept(struct kvk_page *page, const struct kvk_facts *facts, const char *file)
{
	const char *dossier = facts->asked->account.dossier;
	struct kvk_blob line = { 0 };

	KVK_PAGE_TRY(page,
		kvk_blob_append_format(
			&line, "kvkcsr accept %s ", dossier != NULL ? dossier : _("NAME")));
	KVK_PAGE_TRY(page, kvk_escape_shell(&line, kvk_span_of(file)));
	kvk_advice_append_exact(page, kvk_blob_str(&line));
	if (dossier == NULL)
		kvk_advice_append(page, "",
			_("NAME is the name of your request, as 'kvkcsr status' shows it"));
	kvk_blob_free(&line);
}

/* The warning of that id, or NULL. */
static const struct kvk_warning *find_warning(const struct kvk_verdict *verdict, const char *id)
{
	for (size_t i = 0; i < verdict->warning_count; i++)
		if (strcmp(verdict->warnings[i].id, id) == 0)
			return &verdict->warnings[i];
	return NULL;
}

/* Whether the portal may refuse the file because of the order of its certificates. */
static bool is_out_of_order(const struct kvk_verdict *verdict)
{
	return find_warning(verdict, "file-order") != NULL ||
		find_warning(verdict, "other-path") != NULL;
}

static void append_next_of_good(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const char *file)
{
	/* nothing is known of message 14 then */
	const struct kvk_warning *number = find_warning(verdict, "account-unknown");
	const char *label = number != NULL ? "" : _("next");

	if (number != NULL)
		kvk_advice_append(page, _("next"), _(number->hint));
	if (facts->contents->form == KVK_FORM_PKCS7) {
		kvk_advice_append(page, label, _("use this command to make a PEM file of it:"));
		append_accept(page, facts, file);
	} else if (facts->trust_replaced) {
		kvk_advice_append(page, label,
			_("run the command again without --trust to use the roots of PKIoverheid"));
	} else if (facts->asked->account.dossier != NULL) {
		kvk_advice_append(page, label, _("store it, which makes the file for the portal:"));
		append_accept(page, facts, file);
	} else if (is_out_of_order(verdict)) {
		kvk_advice_append(page, label,
			_("put the certificates in order before you upload the file, or let this "
			  "command do it:"));
		append_accept(page, facts, file);
	} else {
		kvk_advice_append(page, label,
			_("upload this file in My Developer Portal, block \"API-key\""));
	}
}

void kvk_advice_append_next(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const char *file)
{
	const bool is_file = facts->contents != NULL && facts->name != NULL;

	if (verdict->outcome == KVK_ACCEPT) {
		append_next_of_good(page, facts, verdict, file);
		return;
	}
	kvk_advice_append_remedy(page, verdict);
	if (is_file && kvk_guise_is_salvageable(facts->contents->guise)) {
		kvk_advice_append(page, "", _("or let this command repair it:"));
		append_accept(page, facts, file);
	} else if (is_file && facts->missing != NULL) {
		kvk_advice_append(page, "", _("or let this command add it:"));
		append_accept(page, facts, file);
	}
}
