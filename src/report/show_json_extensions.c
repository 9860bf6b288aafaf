/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <arpa/inet.h>

#include "report/show_json_part.h"

#include "report/request.h"

/* Lets go of an object that is not whole. */
static json_t *whole(json_t *value, int bad)
{
	if (bad == 0)
		return value;
	json_decref(value);
	return NULL;
}

static json_t *oid_json(struct kvk_span oid)
{
	char text[KVK_LIMIT_OID_TEXT];

	return json_string(kvk_oid_label(oid, text));
}

static json_t *key_usage_json(uint32_t usage)
{
	json_t *list = json_array();
	int bad = 0;

	for (unsigned i = 0; i < 9; i++) {
		struct kvk_blob name = { 0 };

		if ((usage >> i & 1) == 0)
			continue;
		bad |= kvk_key_usage_text(UINT32_C(1) << i, &name) != KVK_OK;
		bad |= json_array_append_new(list, json_string(kvk_blob_str(&name)));
		kvk_blob_free(&name);
	}
	return whole(list, bad);
}

static json_t *ekus_json(const struct kvk_extensions *ext)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < ext->eku_count; i++)
		bad |= json_array_append_new(list, oid_json(ext->ekus[i]));
	return whole(list, bad);
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

	switch (general->kind) {
	case KVK_GENERAL_EMAIL:
	case KVK_GENERAL_DNS:
	case KVK_GENERAL_URI:
		return kvk_json_text(general->value);
	case KVK_GENERAL_DIRECTORY:
		if (kvk_name_parse(general->value, true, &name) == KVK_OK)
			return kvk_json_name(&name);
		break;
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
	int bad = 0;

	for (size_t i = 0; i < ext->san_count; i++) {
		json_t *one = json_object();

		bad |= json_object_set_new(one, "type", json_string(kinds[ext->sans[i].kind]));
		bad |= json_object_set_new(one, "value", general_json(&ext->sans[i]));
		bad |= json_array_append_new(list, one);
	}
	return whole(list, bad);
}

static json_t *policies_json(const struct kvk_show *show, const struct kvk_extensions *ext)
{
	char text[KVK_LIMIT_OID_TEXT];
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < ext->policy_count; i++) {
		const struct kvk_span oid = ext->policies[i].oid;
		const char *meaning = NULL;
		json_t *one = json_object();

		if (show->knowledge != NULL)
			meaning = kvk_knowledge_policy(show->knowledge, oid);
		bad |= json_object_set_new(one, "oid", json_string(kvk_oid_text(oid, text)));
		bad |= json_object_set_new(
			one, "meaning", meaning != NULL ? json_string(meaning) : json_null());
		bad |= json_array_append_new(list, one);
	}
	return whole(list, bad);
}

static json_t *crl_points_json(const struct kvk_extensions *ext)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < ext->crl_point_count; i++)
		if (ext->crl_points[i].uri.n > 0)
			bad |= json_array_append_new(list, kvk_json_text(ext->crl_points[i].uri));
	return whole(list, bad);
}

static json_t *access_json(const struct kvk_extensions *ext, enum kvk_oid method)
{
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < ext->aia_count; i++)
		if (ext->aia[i].method == method)
			bad |= json_array_append_new(list, general_json(&ext->aia[i].location));
	return whole(list, bad);
}

static json_t *all_json(const struct kvk_extensions *ext)
{
	char text[KVK_LIMIT_OID_TEXT];
	json_t *list = json_array();
	int bad = 0;

	for (size_t i = 0; i < ext->count; i++) {
		const struct kvk_extension *e = &ext->all[i];
		json_t *one = json_object();

		bad |= json_object_set_new(one, "oid", json_string(kvk_oid_text(e->type, text)));
		bad |= json_object_set_new(one, "name", oid_json(e->type));
		bad |= json_object_set_new(one, "critical", json_boolean(e->critical));
		bad |= json_object_set_new(one, "value", kvk_json_hex(e->value));
		bad |= json_array_append_new(list, one);
	}
	return whole(list, bad);
}

json_t *kvk_show_json_extensions(const struct kvk_show *show, const struct kvk_extensions *ext)
{
	json_t *object = json_object();
	int bad = 0;

	if (ext->has_basic_constraints)
		bad |= json_object_set_new(object, "ca", json_boolean(ext->ca));
	if (ext->has_path_length)
		bad |= json_object_set_new(
			object, "path_length", json_integer((json_int_t)ext->path_length));
	if (ext->has_key_usage)
		bad |= json_object_set_new(object, "key_usage", key_usage_json(ext->key_usage));
	if (ext->has_eku)
		bad |= json_object_set_new(object, "extended_key_usage", ekus_json(ext));
	if (ext->has_san)
		bad |= json_object_set_new(object, "subject_alt_names", sans_json(ext));
	if (ext->has_ski)
		bad |= json_object_set_new(object, "subject_key_id", kvk_json_hex(ext->ski));
	if (ext->aki_key_id.n > 0)
		bad |= json_object_set_new(
			object, "authority_key_id", kvk_json_hex(ext->aki_key_id));
	if (ext->has_policies)
		bad |= json_object_set_new(object, "policies", policies_json(show, ext));
	if (ext->has_crl_points)
		bad |= json_object_set_new(object, "crl_points", crl_points_json(ext));
	if (ext->has_aia) {
		bad |= json_object_set_new(object, "ocsp", access_json(ext, KVK_OID_AD_OCSP));
		bad |= json_object_set_new(
			object, "ca_issuers", access_json(ext, KVK_OID_AD_CA_ISSUERS));
	}
	bad |= json_object_set_new(object, "all", all_json(ext));
	return whole(object, bad);
}
