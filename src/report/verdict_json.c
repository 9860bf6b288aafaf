/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: a verdict as JSON. */
#include "config.h"

#include "report/verdict_json.h"

#include "base/format.h"
#include "names/identity.h"
#include "portal/changes.h"
#include "report/json.h"

/* Null also for an empty text. */
static json_t *or_null(const char *text)
{
	return kvk_json_string(text != NULL && text[0] != '\0' ? text : NULL);
}

static json_t *where_json(int where)
{
	char text[24];

	if (where == KVK_WHERE_FILE)
		return json_string("file");
	if (where == 0)
		return json_string("leaf");
	KVK_FORMAT(text, "ca[%d]", where);
	return json_string(text);
}

static json_t *finding_json(const struct kvk_finding *finding)
{
	const struct kvk_rule *rule = finding->rule;
	const bool decided =
		finding->result == KVK_RESULT_FAIL || finding->result == KVK_RESULT_UNKNOWN;
	json_t *object = json_object();

	kvk_json_set(&object, "number", json_integer(rule->number));
	kvk_json_set(&object, "id", json_string(rule->id));
	kvk_json_set(&object, "result", json_string(kvk_finding_result_word(finding->result)));
	kvk_json_set(&object, "why", or_null(kvk_why_word(finding->why)));
	kvk_json_set(&object, "reason",
		decided ? or_null(kvk_reason_name(finding->reason)) : json_null());
	kvk_json_set(&object, "where", decided ? where_json(finding->where) : json_null());
	kvk_json_set(&object, "found", or_null(finding->found));
	kvk_json_set(&object, "wanted", or_null(finding->wanted));
	kvk_json_set(&object, "portal", json_string(rule->portal));
	kvk_json_set(&object, "hint", json_string(kvk_rule_hint(finding)));
	kvk_json_set(&object, "assumed", json_boolean(finding->assumed));
	return object;
}

static json_t *findings_json(const struct kvk_verdict *verdict)
{
	json_t *list = json_array();

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		kvk_json_append(&list, finding_json(&verdict->findings[n - 1]));
	return list;
}

static json_t *messages_json(const struct kvk_verdict *verdict)
{
	json_t *list = json_array();

	for (size_t i = 0; i < verdict->message_count; i++)
		kvk_json_append(&list, json_integer(verdict->messages[i]));
	return list;
}

static json_t *warnings_json(const struct kvk_verdict *verdict)
{
	json_t *list = json_array();

	for (size_t i = 0; i < verdict->warning_count; i++) {
		const struct kvk_warning *warning = &verdict->warnings[i];
		json_t *object = json_object();

		kvk_json_set(&object, "id", json_string(warning->id));
		kvk_json_set(&object, "text", json_string(warning->text));
		kvk_json_set(&object, "hint", json_string(warning->hint));
		kvk_json_append(&list, object);
	}
	return list;
}

static json_t *dns_names(const struct kvk_certificate *cert)
{
	json_t *list = json_array();

	for (size_t i = 0; i < cert->ext.san_count; i++)
		if (cert->ext.sans[i].kind == KVK_GENERAL_DNS)
			kvk_json_append(&list, kvk_json_text(cert->ext.sans[i].value));
	return list;
}

static json_t *number_json(const struct kvk_certificate *cert)
{
	struct kvk_identity number;

	if (kvk_identity_of_subject(cert, &number) != KVK_OK)
		return NULL;
	return or_null(number.kvk);
}

static json_t *certificate_json(const struct kvk_facts *facts)
{
	const struct kvk_certificate *cert = facts->leaf;
	const struct kvk_recognised *known = &facts->certs[0].known;
	json_t *object;

	if (cert == NULL)
		return json_null();
	object = json_object();
	kvk_json_set(&object, "subject", kvk_json_name(&cert->subject));
	kvk_json_set(&object, "serial", kvk_json_hex(cert->serial));
	kvk_json_set(&object, "sha256", kvk_json_sha256(cert->sha256));
	kvk_json_set(&object, "not_before", kvk_json_time(cert->not_before));
	kvk_json_set(&object, "not_after", kvk_json_time(cert->not_after));
	kvk_json_set(&object, "issuer", kvk_json_name(&cert->issuer));
	kvk_json_set(&object, "dns_names", dns_names(cert));
	kvk_json_set(&object, "kvk_number", number_json(cert));
	kvk_json_set(&object, "key", kvk_json_key(&cert->key));
	kvk_json_set(&object, "signature", kvk_json_scheme(cert->algorithm));
	kvk_json_set(&object, "spki_sha256", kvk_json_sha256(cert->spki_sha256));
	kvk_json_set(&object, "generation", or_null(known->generation));
	kvk_json_set(&object, "tsp", or_null(known->tsp));
	return object;
}

static json_t *step_json(
	const struct kvk_name *subject, const uint8_t *sha256, enum kvk_source source, bool anchor)
{
	static const char *const sources[] = {
		[KVK_SOURCE_UPLOAD] = "upload",
		[KVK_SOURCE_CHAIN] = "chain",
		[KVK_SOURCE_STORE] = "store",
		[KVK_SOURCE_FETCHED] = "fetched",
	};
	json_t *object = json_object();

	kvk_json_set(&object, "subject", kvk_json_name_line(subject));
	kvk_json_set(&object, "sha256", kvk_json_sha256(sha256));
	kvk_json_set(&object, "source", json_string(sources[source]));
	kvk_json_set(&object, "anchor", json_boolean(anchor));
	return object;
}

/* The anchor, which always comes from the store; and who imported it, if somebody did. */
static json_t *anchor_json(const struct kvk_facts *facts)
{
	const struct kvk_anchor *anchor = facts->path.anchor;
	const struct kvk_import *import = kvk_trust_import(facts->evidence->trust, anchor);
	json_t *object = step_json(&anchor->name, anchor->sha256, KVK_SOURCE_STORE, true), *who;

	if (import == NULL)
		return object;
	who = json_object();
	kvk_json_set(&who, "at", import->at != 0 ? kvk_json_time(import->at) : json_null());
	kvk_json_set(&who, "by",
		import->by[0] != '\0' ? kvk_json_text(kvk_span_of(import->by)) : json_null());
	kvk_json_set(&object, "imported", who);
	return object;
}

/* The path with the anchor as its last member. */
static json_t *path_json(const struct kvk_facts *facts)
{
	const struct kvk_path *path = &facts->path;
	json_t *list = json_array();

	for (size_t i = 0; i < path->count; i++) {
		const struct kvk_certificate *cert = path->certs[i].certificate;

		kvk_json_append(&list,
			step_json(&cert->subject, cert->sha256, path->certs[i].source, false));
	}
	if (path->anchor != NULL)
		kvk_json_append(&list, anchor_json(facts));
	return list;
}

/* What the TSP changed against the request; null where there is no request. */
static json_t *change_json(const struct kvk_change *change)
{
	json_t *object = json_object();

	kvk_json_set(&object, "field", json_string(change->field));
	kvk_json_set(&object, "asked", json_string(change->asked));
	kvk_json_set(&object, "got", json_string(change->got));
	return object;
}

static json_t *changes_json(const struct kvk_facts *facts)
{
	struct kvk_change changes[KVK_CHANGES_MAX];
	json_t *list;
	size_t count = 0;

	if (facts->leaf_count != 1 || facts->evidence->request == NULL)
		return json_null();
	if (kvk_changes(facts->evidence->request, facts->leaf, changes, &count) != KVK_OK)
		return NULL;
	list = json_array();
	for (size_t i = 0; i < count; i++)
		kvk_json_append(&list, change_json(&changes[i]));
	return list;
}

/* What was evaluated with; after the members that the manual names. */
static void set_circumstances(json_t **object, const struct kvk_facts *facts)
{
	kvk_json_set(object, "changes", changes_json(facts));
	kvk_json_set(object, "file_sha256",
		facts->contents == NULL ? json_null() : kvk_json_sha256(facts->contents->sha256));
	kvk_json_set(object, "offline", json_boolean(facts->offline));
	kvk_json_set(object, "anchors", json_integer((json_int_t)facts->anchor_count));
	kvk_json_set(object, "anchors_date", or_null(facts->trust_date));
	kvk_json_set(object, "program", json_string(PACKAGE_STRING));
}

json_t *kvk_verdict_object(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "file", kvk_json_text(kvk_span_of(style->file)));
	kvk_json_set(&object, "at", kvk_json_time(facts->asked->at));
	kvk_json_set(&object, "verdict", json_string(kvk_verdict_outcome_word(verdict->outcome)));
	kvk_json_set(&object, "messages", messages_json(verdict));
	kvk_json_set(
		&object, "first", verdict->first != 0 ? json_integer(verdict->first) : json_null());
	kvk_json_set(&object, "findings", findings_json(verdict));
	kvk_json_set(&object, "warnings", warnings_json(verdict));
	kvk_json_set(&object, "certificate", certificate_json(facts));
	kvk_json_set(&object, "path", path_json(facts));
	kvk_json_set(&object, "revocation", kvk_verdict_revocation(facts));
	kvk_json_set(&object, "wanted", kvk_verdict_wanted(facts));
	if (style->error != NULL)
		kvk_json_set(&object, "error", kvk_json_text(kvk_span_of(style->error)));
	set_circumstances(&object, facts);
	return object;
}

enum kvk_err kvk_verdict_json(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, bool indented, struct kvk_blob *out)
{
	return kvk_json_write(kvk_verdict_object(facts, verdict, style), indented, out);
}
