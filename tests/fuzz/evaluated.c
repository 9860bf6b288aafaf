/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/evaluated.h"

#include <string.h>

#include "report/json.h"
#include "tests/fuzz/compose.h"

/* Whether a finding puts its message among those that apply. */
static bool applies(const struct kvk_finding *finding)
{
	const unsigned n = finding->rule->number;

	return finding->result == KVK_RESULT_FAIL ||
		(finding->result == KVK_RESULT_UNKNOWN && (n == 2 || n == 32 || n == 33));
}

static void check_finding(const struct kvk_finding *finding, unsigned number, size_t steps)
{
	check(finding->rule != NULL && finding->rule->number == number);
	check(finding->result <= KVK_RESULT_SKIPPED && finding->why < KVK_WHY_COUNT);
	check(finding->where >= KVK_WHERE_FILE && finding->where <= (int)steps);
	check(finding->reason < KVK_REASON_COUNT);
	check(memchr(finding->found, 0, sizeof(finding->found)) != NULL);
	check(memchr(finding->wanted, 0, sizeof(finding->wanted)) != NULL);
	check(strchr(finding->found, '\n') == NULL && strchr(finding->wanted, '\n') == NULL);
	check_text(kvk_span_of(finding->found));
	check_text(kvk_span_of(finding->wanted));
	if (finding->result == KVK_RESULT_SKIPPED || finding->result == KVK_RESULT_UNKNOWN)
		check(finding->why != KVK_WHY_NONE);
}

static void check_findings(const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	size_t n = 0;
	bool failed = false, has_first = verdict->first == 0;

	for (unsigned i = 0; i < KVK_RULE_COUNT; i++) {
		const struct kvk_finding *finding = &verdict->findings[i];

		check_finding(finding, i + 1, facts->path.count);
		failed |= finding->result == KVK_RESULT_FAIL;
		if (!applies(finding))
			continue;
		check(n < verdict->message_count && verdict->messages[n] == i + 1);
		has_first |= verdict->first == i + 1;
		n++;
	}
	check(n == verdict->message_count && has_first);
	check((n == 0) == (verdict->first == 0));
	check(!failed || verdict->outcome == KVK_REJECT);
	check(n == 0 || verdict->outcome != KVK_ACCEPT);
	check(verdict->warning_count <= KVK_WARNINGS_MAX);
	for (size_t i = 0; i < verdict->warning_count; i++) {
		check(strchr(verdict->warnings[i].text, '\n') == NULL);
		check_text(kvk_span_of(verdict->warnings[i].text));
	}
}

static void check_document(const json_t *document, const struct kvk_verdict *verdict)
{
	const json_t *findings = json_object_get(document, "findings");
	const json_t *messages = json_object_get(document, "messages");

	check(json_integer_value(json_object_get(document, "schema")) == 1);
	check(json_array_size(findings) == KVK_RULE_COUNT);
	for (size_t i = 0; i < KVK_RULE_COUNT; i++)
		check(json_integer_value(json_object_get(json_array_get(findings, i), "number")) ==
			(json_int_t)i + 1);
	check(json_array_size(messages) == verdict->message_count);
	for (size_t i = 0; i < verdict->message_count; i++)
		check(json_integer_value(json_array_get(messages, i)) ==
			(json_int_t)verdict->messages[i]);
	check(strcmp(json_string_value(json_object_get(document, "verdict")),
		      kvk_verdict_outcome_word(verdict->outcome)) == 0);
}

static void check_json(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style)
{
	struct kvk_blob out = { 0 };
	json_error_t error;
	json_t *document;

	check(kvk_verdict_json(facts, verdict, style, false, &out) == KVK_OK);
	/* one line of printable ASCII */
	for (size_t i = 0; i < out.n; i++)
		check((out.p[i] >= 0x20 && out.p[i] < 0x7f) ||
			(out.p[i] == '\n' && i + 1 == out.n));
	document = json_loadb((const char *)out.p, out.n, JSON_REJECT_DUPLICATES, &error);
	check(document != NULL);
	check_document(document, verdict);
	json_decref(document);
	kvk_blob_free(&out);
}

void check_verdict(const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	int code = kvk_verdict_exit(verdict);

	check_findings(facts, verdict);
	check(code >= 0 && code <= 3);
	check((code == 3) == (verdict->outcome == KVK_UNDETERMINED));
	check((code == 2) == (verdict->outcome == KVK_REJECT));
}

void check_rendered(const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	const struct kvk_verdict_style style = { .file = facts->name != NULL ? facts->name : "-",
		.all = true };
	struct kvk_blob out = { 0 };

	check(kvk_verdict_text(facts, verdict, &style, &out) == KVK_OK);
	check_text(kvk_span_of_blob(&out));
	kvk_blob_free(&out);
	check_json(facts, verdict, &style);
}
