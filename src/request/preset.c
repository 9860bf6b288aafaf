/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/preset.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/limits.h"
#include "base/path.h"
#include "inventory/inventory.h"

#define P_256_BITS 256u

static const struct kvk_conf_row schema[] = {
	{ "id", KVK_CONF_STRING, 0, 0, NULL, NULL },
	{ "name", KVK_CONF_STRING, 0, 0, NULL, NULL },
	{ "date", KVK_CONF_STRING, 0, 0, NULL, NULL },
	{ "sources", KVK_CONF_STRINGS, 0, 0, NULL, NULL },
	{ "order-url", KVK_CONF_STRING, 0, 0, NULL, "" },
	{ "request-form", KVK_CONF_STRING, 0, 0, NULL, "PEM" },
	{ "subject", KVK_CONF_STRINGS, 0, 0, NULL, NULL },
	{ "key-types", KVK_CONF_STRINGS, 0, 0, NULL, NULL },
	{ "rsa-bits", KVK_CONF_INTEGERS, KVK_RSA_BITS_MIN, KVK_RSA_BITS_MAX, NULL, NULL },
	{ "signature", KVK_CONF_STRING, 0, 0, NULL, "pkcs1" },
	{ "lead-days", KVK_CONF_INTEGER, 1, 365, NULL, NULL },
	{ "delivery", KVK_CONF_STRINGS, 0, 0, NULL, NULL },
	{ "form", KVK_CONF_STRINGS, 0, 0, NULL, NULL },
	{ "overrides", KVK_CONF_STRINGS, 0, 0, NULL, NULL },
	{ "steps", KVK_CONF_STRINGS, 0, 0, NULL, NULL },
	{ NULL, KVK_CONF_STRING, 0, 0, NULL, NULL },
};

static const char *const list_names[] = {
	[KVK_PRESET_SOURCES] = "sources",
	[KVK_PRESET_FORM] = "form",
	[KVK_PRESET_OVERRIDES] = "overrides",
	[KVK_PRESET_STEPS] = "steps",
	[KVK_PRESET_DELIVERY] = "delivery",
};

static bool lists(const struct kvk_conf *conf, const char *name, const char *member)
{
	for (size_t i = 0; i < kvk_conf_count(conf, name); i++)
		if (strcmp(kvk_conf_string_at(conf, name, i), member) == 0)
			return true;
	return false;
}

static enum kvk_err fill(struct kvk_preset *preset, const char *path, struct kvk_error *why)
{
	const struct kvk_conf *conf = preset->conf;
	char safe[256];

	preset->id = kvk_conf_string(conf, "id");
	preset->name = kvk_conf_string(conf, "name");
	preset->date = kvk_conf_string(conf, "date");
	if (preset->id == NULL || preset->name == NULL || preset->date == NULL)
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("'%s': a preset must have 'id', 'name' and 'date'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	preset->order_url = kvk_conf_string(conf, "order-url");
	preset->request_form = kvk_conf_string(conf, "request-form");
	preset->lead_days = (int)kvk_conf_integer(conf, "lead-days", KVK_LEAD_DAYS);
	preset->wants_state = lists(conf, "subject", "ST");
	preset->wants_locality = lists(conf, "subject", "L");
	preset->wants_organization_identifier = lists(conf, "subject", "organizationIdentifier");
	preset->pss = strcmp(kvk_conf_string(conf, "signature"), "pss") == 0;
	return KVK_OK;
}

static enum kvk_err load_one(
	const char *folder, const char *file, struct kvk_presets *out, struct kvk_error *why)
{
	struct kvk_blob path = { .p = NULL };
	struct kvk_preset *preset;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, file));
	KVK_TRY(kvk_vec_push(&out->list, &preset));
	KVK_TRY(kvk_conf_open(kvk_blob_str(&path), schema, 0, &preset->conf, why));
	KVK_TRY(fill(preset, kvk_blob_str(&path), why));
out:
	kvk_blob_free(&path);
	return err;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct kvk_preset *)a)->id, ((const struct kvk_preset *)b)->id);
}

static bool is_preset_file(const char *name)
{
	size_t n = strlen(name);

	return name[0] != '.' && n > 4 && strcmp(name + n - 4, ".cfg") == 0;
}

static enum kvk_err load_folder(const char *folder, struct kvk_presets *out, struct kvk_error *why)
{
	char safe[256];
	struct dirent *entry;
	enum kvk_err err = KVK_OK;
	DIR *dir = opendir(folder);

	if (dir == NULL)
		return kvk_error_set(why, KVK_ERR_NOT_FOUND,
			_("cannot open the TSP presets in '%s': %s"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(folder)), strerror(errno));
	while ((entry = readdir(dir)) != NULL)
		if (is_preset_file(entry->d_name))
			KVK_TRY(load_one(folder, entry->d_name, out, why));
	if (out->list.count > 1)
		qsort(out->list.items, out->list.count, sizeof(struct kvk_preset), by_id);
out:
	closedir(dir);
	return err;
}

enum kvk_err kvk_presets_load(const char *datadir, struct kvk_presets *out, struct kvk_error *why)
{
	struct kvk_blob folder = { .p = NULL };
	enum kvk_err err;

	*out = (struct kvk_presets){
		.list = KVK_VEC_INIT(struct kvk_preset, KVK_LIMIT_PRESETS),
	};
	KVK_TRY(kvk_path_join(&folder, datadir, "tsp"));
	KVK_TRY(load_folder(kvk_blob_str(&folder), out, why));
	if (kvk_preset_find(out, KVK_PRESET_DEFAULT) == NULL)
		KVK_TRY(kvk_error_set(why, KVK_ERR_CONFIG,
			_("the TSP preset '%s' is not installed"), KVK_PRESET_DEFAULT));
	KVK_TRY(kvk_ends_load(datadir, &out->ends, why));
out:
	if (err != KVK_OK)
		kvk_presets_free(out);
	kvk_blob_free(&folder);
	return err;
}

void kvk_presets_free(struct kvk_presets *presets)
{
	if (presets == NULL)
		return;
	for (size_t i = 0; i < presets->list.count; i++)
		kvk_conf_free(((struct kvk_preset *)kvk_vec_at(&presets->list, i))->conf);
	kvk_vec_free(&presets->list);
	kvk_ends_free(&presets->ends);
}

const struct kvk_preset *kvk_preset_find(const struct kvk_presets *presets, const char *id)
{
	for (size_t i = 0; i < presets->list.count; i++) {
		const struct kvk_preset *preset = kvk_vec_at(&presets->list, i);

		if (kvk_equal_nocase(kvk_span_of(preset->id), kvk_span_of(id)))
			return preset;
	}
	return NULL;
}

enum kvk_err kvk_preset_ids(const struct kvk_presets *presets, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < presets->list.count; i++) {
		const struct kvk_preset *preset = kvk_vec_at(&presets->list, i);

		KVK_TRY(kvk_blob_append_format(out, "%s%s", i > 0 ? ", " : "", preset->id));
	}
out:
	return err;
}

const char *kvk_preset_text(const struct kvk_preset *preset, enum kvk_preset_list list, size_t i)
{
	return kvk_conf_string_at(preset->conf, list_names[list], i);
}

/* Why not: what the TSP takes. */
static enum kvk_err refuse_bits(
	const struct kvk_preset *preset, unsigned bits, struct kvk_error *why)
{
	struct kvk_blob all = { .p = NULL };
	size_t count = kvk_conf_count(preset->conf, "rsa-bits");
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < count; i++)
		KVK_TRY(kvk_blob_append_format(&all, "%s%lld", i > 0 ? ", " : "",
			kvk_conf_integer_at(preset->conf, "rsa-bits", i)));
	err = kvk_error_set(why, KVK_ERR_REFUSED,
		kvk_ngettext("%s does not accept RSA keys of %u bit, only these sizes: %s (preset "
			     "'%s', %s)",
			"%s does not accept RSA keys of %u bits, only these sizes: %s (preset "
			"'%s', %s)",
			bits),
		preset->name, bits, kvk_blob_str(&all), preset->id, preset->date);
out:
	kvk_blob_free(&all);
	return err;
}

static enum kvk_err takes_rsa(const struct kvk_preset *preset, unsigned bits, struct kvk_error *why)
{
	size_t count = kvk_conf_count(preset->conf, "rsa-bits");

	if (bits < KVK_RSA_BITS_MIN)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("no TSP accepts RSA keys below 2048 bits, and neither does the portal"));
	if (bits > KVK_RSA_BITS_MAX)
		return kvk_error_set(
			why, KVK_ERR_REFUSED, _("RSA keys above 8192 bits are not supported"));
	for (size_t i = 0; i < count; i++)
		if (kvk_conf_integer_at(preset->conf, "rsa-bits", i) == bits)
			return KVK_OK;
	return count == 0 ? KVK_OK : refuse_bits(preset, bits, why);
}

enum kvk_err kvk_preset_takes_key(const struct kvk_preset *preset, enum kvk_key_type type,
	unsigned bits, struct kvk_error *why)
{
	if (type == KVK_KEY_RSA_PSS)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("an RSA key restricted to PSS signatures (RSA-PSS), which TSPs do not "
			  "accept; use a plain RSA key, or run the command without --key, which "
			  "makes "
			  "a new one"));
	if (type != KVK_KEY_RSA && type != KVK_KEY_ECDSA)
		return kvk_error_set(why, KVK_ERR_REFUSED, _("the key must be RSA or ECDSA"));
	if (!lists(preset->conf, "key-types", type == KVK_KEY_RSA ? "rsa" : "ecdsa"))
		return kvk_error_set(why, KVK_ERR_REFUSED,
			type == KVK_KEY_RSA ? _("%s does not accept RSA keys (preset '%s', %s)") :
					      _("%s does not accept ECDSA (elliptic curve) keys "
						"(preset '%s', %s)"),
			preset->name, preset->id, preset->date);
	if (type == KVK_KEY_RSA)
		return takes_rsa(preset, bits, why);
	if (bits < P_256_BITS)
		return kvk_error_set(
			why, KVK_ERR_REFUSED, _("no TSP accepts curves smaller than P-256"));
	return KVK_OK;
}

unsigned kvk_preset_key_bits(const struct kvk_preset *preset, enum kvk_key_type type)
{
	long long best = 0;

	if (type != KVK_KEY_RSA)
		return P_256_BITS;
	for (size_t i = 0; i < kvk_conf_count(preset->conf, "rsa-bits"); i++) {
		long long bits = kvk_conf_integer_at(preset->conf, "rsa-bits", i);

		if (bits >= KVK_RSA_BITS_WANTED && (best == 0 || bits < best))
			best = bits;
	}
	return best == 0 ? KVK_RSA_BITS_WANTED : (unsigned)best;
}
