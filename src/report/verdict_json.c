/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "report/json.h"
#include "report/verdict.h"
#include "portal/changes.h"
#include "names/identity.h"

static json_t *or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *where_json(int where)
{
	char text[24];

	if (where == KVK_WHERE_FILE)
		return json_string("file");
	if (where == 0)
		return json_string("leaf");
	snprintf(text, sizeof text, "ca[%d]", where);
	return json_string(text);
}

static json_t *finding_json(const struct kvk_finding *finding)
{
	const struct kvk_rule *rule = finding->rule;
	const bool told =
		finding->result == KVK_RESULT_FAIL || finding->result == KVK_RESULT_UNKNOWN;
	json_t *object = json_object();
	int bad = 0;

	bad |= json_object_set_new(object, "number", json_integer(rule->number));
	bad |= json_object_set_new(object, "id", json_string(rule->id));
	bad |= json_object_set_new(object, "result", json_string(kvk_result_name(finding->result)));
	bad |= json_object_set_new(object, "why", or_null(finding->why));
	bad |= json_object_set_new(
		object, "reason", told ? or_null(kvk_reason_name(finding->reason)) : json_null());
	bad |= json_object_set_new(
		object, "where", told ? where_json(finding->where) : json_null());
	bad |= json_object_set_new(object, "found", or_null(finding->found));
	bad |= json_object_set_new(object, "wanted", or_null(finding->wanted));
	bad |= json_object_set_new(object, "portal", json_string(rule->portal));
	bad |= json_object_set_new(object, "hint", json_string(rule->hint));
	if (bad == 0)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *findings_json(const struct kvk_verdict *verdict)
{
	json_t *list = json_array();
	int bad = 0;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		bad |= json_array_append_new(list, finding_json(&verdict->findings[n - 1]));
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *messages_json(const struct kvk_verdict *verdict)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < verdict->message_count; i++)
		bad |= json_array_append_new(list, json_integer(verdict->messages[i]));
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *warnings_json(const struct kvk_verdict *verdict)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < verdict->warning_count; i++) {
		const struct kvk_warning *warning = &verdict->warnings[i];
		json_t *object = json_object();

		bad |= json_object_set_new(object, "id", json_string(warning->id));
		bad |= json_object_set_new(object, "text", json_string(warning->text));
		bad |= json_object_set_new(object, "hint", json_string(warning->hint));
		bad |= json_array_append_new(list, object);
	}
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *dns_names(const struct kvk_certificate *cert)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < cert->ext.san_count; i++)
		if (cert->ext.sans[i].kind == KVK_GENERAL_DNS)
			bad |= json_array_append_new(list, kvk_json_text(cert->ext.sans[i].value));
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *number_json(const struct kvk_certificate *cert)
{
	struct kvk_number number;

	if (kvk_subject_number(cert, &number) != KVK_OK)
		return NULL;
	return or_null(number.kvk);
}

static json_t *certificate_json(const struct kvk_facts *facts)
{
	const struct kvk_certificate *cert = facts->leaf;
	const struct kvk_recognised *known = &facts->certs[0].known;
	json_t *object;
	int bad = 0;

	if (cert == NULL)
		return json_null();
	object = json_object();
	bad |= json_object_set_new(object, "subject", kvk_json_name(&cert->subject));
	bad |= json_object_set_new(object, "serial", kvk_json_hex(cert->serial));
	bad |= json_object_set_new(
		object, "sha256", kvk_json_hex((struct kvk_span){ cert->sha256, KVK_SHA256_SIZE }));
	bad |= json_object_set_new(object, "not_before", kvk_json_time(cert->not_before));
	bad |= json_object_set_new(object, "not_after", kvk_json_time(cert->not_after));
	bad |= json_object_set_new(object, "issuer", kvk_json_name(&cert->issuer));
	bad |= json_object_set_new(object, "dns_names", dns_names(cert));
	bad |= json_object_set_new(object, "kvk_number", number_json(cert));
	bad |= json_object_set_new(object, "key", kvk_json_key(&cert->key));
	bad |= json_object_set_new(object, "signature", kvk_json_scheme(cert->algorithm));
	bad |= json_object_set_new(object, "spki_sha256",
		kvk_json_hex((struct kvk_span){ cert->spki_sha256, KVK_SHA256_SIZE }));
	bad |= json_object_set_new(object, "generation", or_null(known->generation));
	bad |= json_object_set_new(object, "tsp", or_null(known->tsp));
	if (bad == 0)
		return object;
	json_decref(object);
	return NULL;
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
	int bad = 0;

	bad |= json_object_set_new(object, "subject", kvk_json_name_line(subject));
	bad |= json_object_set_new(
		object, "sha256", kvk_json_hex((struct kvk_span){ sha256, KVK_SHA256_SIZE }));
	bad |= json_object_set_new(object, "source", json_string(sources[source]));
	bad |= json_object_set_new(object, "anchor", json_boolean(anchor));
	if (bad == 0)
		return object;
	json_decref(object);
	return NULL;
}

/* The path with the anchor as its last member, which always comes from the store. */
static json_t *path_json(const struct kvk_path *path)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < path->count; i++) {
		const struct kvk_certificate *cert = path->certs[i].certificate;

		bad |= json_array_append_new(list,
			step_json(&cert->subject, cert->sha256, path->certs[i].source, false));
	}
	if (path->anchor != NULL)
		bad |= json_array_append_new(list,
			step_json(
				&path->anchor->name, path->anchor->sha256, KVK_SOURCE_STORE, true));
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* What the TSP changed against the request; null where there is no request. */
static json_t *changes_json(const struct kvk_facts *facts)
{
	struct kvk_change changes[KVK_CHANGES_MAX];
	json_t *list;
	size_t count = 0;
	int bad = 0;

	if (facts->request == NULL || facts->leaf_count != 1)
		return json_null();
	if (kvk_changes(facts->request, facts->leaf, changes, &count) != KVK_OK)
		return NULL;
	list = json_array();
	for (size_t i = 0; i < count; i++)
		bad |= json_array_append_new(list,
			json_pack("{s:s, s:s, s:s}", "field", changes[i].field, "asked",
				changes[i].asked, "got", changes[i].got));
	if (bad == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* What was judged with; behind the members that the manual names. */
static int add_circumstances(json_t *object, const struct kvk_facts *facts)
{
	int bad = 0;

	bad |= json_object_set_new(object, "changes", changes_json(facts));
	bad |= json_object_set_new(object, "file_sha256",
		facts->contents == NULL ? json_null() :
					  kvk_json_hex((struct kvk_span){
						  facts->contents->sha256, KVK_SHA256_SIZE }));
	bad |= json_object_set_new(object, "offline", json_boolean(facts->offline));
	bad |= json_object_set_new(
		object, "anchors", json_integer((json_int_t)facts->anchor_count));
	bad |= json_object_set_new(object, "anchors_date", or_null(facts->trust_date));
	bad |= json_object_set_new(object, "program",
		json_string(PACKAGE_NAME " "
					 "" PACKAGE_VERSION));
	return bad;
}

enum kvk_err kvk_verdict_json(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, bool indented, struct kvk_blob *out)
{
	json_t *object = json_object();
	int bad = 0;

	bad |= json_object_set_new(object, "schema", json_integer(1));
	bad |= json_object_set_new(object, "file", kvk_json_text(kvk_span_of(style->file)));
	bad |= json_object_set_new(object, "at", kvk_json_time(facts->at));
	bad |= json_object_set_new(
		object, "verdict", json_string(kvk_outcome_name(verdict->outcome)));
	bad |= json_object_set_new(object, "messages", messages_json(verdict));
	bad |= json_object_set_new(
		object, "first", verdict->first != 0 ? json_integer(verdict->first) : json_null());
	bad |= json_object_set_new(object, "findings", findings_json(verdict));
	bad |= json_object_set_new(object, "warnings", warnings_json(verdict));
	bad |= json_object_set_new(object, "certificate", certificate_json(facts));
	bad |= json_object_set_new(object, "path", path_json(&facts->path));
	if (style->error != NULL)
		bad |= json_object_set_new(
			object, "error", kvk_json_text(kvk_span_of(style->error)));
	bad |= add_circumstances(object, facts);
	if (bad != 0) {
		json_decref(object);
		return KVK_ERR_MEMORY;
	}
	return kvk_json_write(object, indented, out);
}
