/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: extensions as JSON. */
#include "config.h"

#include "report/show_json_part.h"

#include <arpa/inet.h>

static json_t *oid_json(struct kvk_span oid)
{
	char text[KVK_LIMIT_OID_TEXT];

	return json_string(kvk_oid_label(oid, text));
}

static json_t *ekus_json(const struct kvk_extensions *ext)
{
	json_t *list = json_array();

	for (size_t i = 0; i < ext->eku_count; i++)
		kvk_json_append(&list, oid_json(ext->ekus[i]));
	return list;
}

/* "192.0.2.1"; what is no address in hex. */
static json_t *address_json(struct kvk_span value)
{
	char text[INET6_ADDRSTRLEN];

	if ((value.n == 4 || value.n == 16) &&
		inet_ntop(value.n == 4 ? AF_INET : AF_INET6, value.p, text, sizeof text) != NULL)
		return kvk_json_text(kvk_span_of(text));
	return kvk_json_hex(value);
}

static json_t *general_json(const struct kvk_general_name *general)
{
	struct kvk_name name;
	json_t *value;

	switch (general->kind) {
	case KVK_GENERAL_EMAIL:
	case KVK_GENERAL_DNS:
	case KVK_GENERAL_URI:
		return kvk_json_text(general->value);
	case KVK_GENERAL_DIRECTORY:
		if (kvk_name_parse(general->value, true, &name) != KVK_OK)
			break;
		value = kvk_json_name(&name);
		kvk_name_free(&name);
		return value;
	case KVK_GENERAL_REGISTERED_ID:
		return oid_json(general->value);
	case KVK_GENERAL_IP:
		return address_json(general->value);
	default:
		break;
	}
	return kvk_json_hex(general->value);
}

static json_t *sans_json(const struct kvk_extensions *ext)
{
	static const char *const kinds[] = {
		[KVK_GENERAL_OTHER] = "other",
		[KVK_GENERAL_EMAIL] = "email",
		[KVK_GENERAL_DNS] = "dns",
		[KVK_GENERAL_X400] = "x400",
		[KVK_GENERAL_DIRECTORY] = "directory",
		[KVK_GENERAL_EDI] = "edi",
		[KVK_GENERAL_URI] = "uri",
		[KVK_GENERAL_IP] = "ip",
		[KVK_GENERAL_REGISTERED_ID] = "registered-id",
	};
	json_t *list = json_array();

	for (size_t i = 0; i < ext->san_count; i++) {
		json_t *one = json_object();

		kvk_json_set(&one, "type", json_string(kinds[ext->sans[i].kind]));
		kvk_json_set(&one, "value", general_json(&ext->sans[i]));
		kvk_json_append(&list, one);
	}
	return list;
}

static json_t *policies_json(const struct kvk_show *show, const struct kvk_extensions *ext)
{
	char text[KVK_LIMIT_OID_TEXT];
	json_t *list = json_array();

	for (size_t i = 0; i < ext->policy_count; i++) {
		const struct kvk_span oid = ext->policies[i].oid;
		const char *meaning = NULL;
		json_t *one = json_object();

		if (show->knowledge != NULL)
			meaning = kvk_knowledge_policy(show->knowledge, oid);
		kvk_json_set(&one, "oid", json_string(kvk_oid_text(oid, text)));
		kvk_json_set(&one, "meaning", kvk_json_string(meaning));
		kvk_json_append(&list, one);
	}
	return list;
}

static json_t *crl_points_json(const struct kvk_extensions *ext)
{
	json_t *list = json_array();

	for (size_t i = 0; i < ext->crl_point_count; i++)
		if (ext->crl_points[i].uri.n > 0)
			kvk_json_append(&list, kvk_json_text(ext->crl_points[i].uri));
	return list;
}

static json_t *access_json(const struct kvk_extensions *ext, enum kvk_oid method)
{
	json_t *list = json_array();

	for (size_t i = 0; i < ext->aia_count; i++)
		if (ext->aia[i].method == method)
			kvk_json_append(&list, general_json(&ext->aia[i].location));
	return list;
}

static json_t *all_json(const struct kvk_extensions *ext)
{
	char text[KVK_LIMIT_OID_TEXT];
	json_t *list = json_array();

	for (size_t i = 0; i < ext->count; i++) {
		const struct kvk_extension *e = &ext->all[i];
		json_t *one = json_object();

		kvk_json_set(&one, "oid", json_string(kvk_oid_text(e->type, text)));
		kvk_json_set(&one, "name", oid_json(e->type));
		kvk_json_set(&one, "critical", json_boolean(e->critical));
		kvk_json_set(&one, "value", kvk_json_hex(e->value));
		kvk_json_append(&list, one);
	}
	return list;
}

json_t *kvk_show_json_extensions(const struct kvk_show *show, const struct kvk_extensions *ext)
{
	json_t *object = json_object();

	if (ext->has_basic_constraints)
		kvk_json_set(&object, "ca", json_boolean(ext->ca));
	if (ext->has_path_length)
		kvk_json_set(&object, "path_length", json_integer((json_int_t)ext->path_length));
	if (ext->has_key_usage)
		kvk_json_set(&object, "key_usage", kvk_json_key_usage(ext->key_usage));
	if (ext->has_eku)
		kvk_json_set(&object, "extended_key_usage", ekus_json(ext));
	if (ext->has_san)
		kvk_json_set(&object, "subject_alt_names", sans_json(ext));
	if (ext->has_ski)
		kvk_json_set(&object, "subject_key_id", kvk_json_hex(ext->ski));
	if (ext->aki_key_id.n > 0)
		kvk_json_set(&object, "authority_key_id", kvk_json_hex(ext->aki_key_id));
	if (ext->has_policies)
		kvk_json_set(&object, "policies", policies_json(show, ext));
	if (ext->has_crl_points)
		kvk_json_set(&object, "crl_points", crl_points_json(ext));
	if (ext->has_aia) {
		kvk_json_set(&object, "ocsp", access_json(ext, KVK_OID_AD_OCSP));
		kvk_json_set(&object, "ca_issuers", access_json(ext, KVK_OID_AD_CA_ISSUERS));
	}
	kvk_json_set(&object, "all", all_json(ext));
	return object;
}
