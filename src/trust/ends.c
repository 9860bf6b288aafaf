/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "trust/ends.h"

#include <string.h>

#include "base/path.h"
#include "base/time.h"

static const struct kvk_conf_row schema[] = {
	{ .name = "date", .type = KVK_CONF_STRING },
	{ .name = "hierarchies", .type = KVK_CONF_GROUPS },
	{ .name = "hierarchies.generation", .type = KVK_CONF_STRING },
	{ .name = "hierarchies.end", .type = KVK_CONF_STRING },
	{ .name = "hierarchies.source", .type = KVK_CONF_STRING },
	{ .name = "client_auth", .type = KVK_CONF_GROUPS },
	{ .name = "client_auth.issuer", .type = KVK_CONF_STRING },
	{ .name = "client_auth.end", .type = KVK_CONF_STRING },
	{ .name = "client_auth.source", .type = KVK_CONF_STRING },
	{ 0 },
};

/* The most days of one kind: more than there will be CAs. */
#define ENDS_MAX 64u

/* A day as people write it, and nothing after it. */
static bool is_day(const char *text)
{
	kvk_time t;

	return text != NULL && strlen(text) == strlen("2028-11-12") &&
		kvk_time_parse(text, &t) == KVK_OK;
}

static enum kvk_err read_list(const struct kvk_conf *conf, const char *list, const char *of,
	struct kvk_vec *out, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < kvk_conf_count(conf, list); i++) {
		const struct kvk_end end = {
			.of = kvk_conf_group_string(conf, list, i, of),
			.day = kvk_conf_group_string(conf, list, i, "end"),
		};
		struct kvk_end *slot;

		if (!is_day(end.day))
			return kvk_error_set(why, KVK_ERR_CONFIG,
				_("entry %zu of '%s' in 'trust/ends.cfg' has no end date such as "
				  "2028-11-12"),
				i + 1, list);
		KVK_TRY(kvk_vec_push(out, &slot));
		*slot = end;
	}
out:
	return err;
}

enum kvk_err kvk_ends_load(const char *datadir, struct kvk_ends *out, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	*out = (struct kvk_ends){
		.hierarchies = KVK_VEC_INIT(struct kvk_end, ENDS_MAX),
		.client_auth = KVK_VEC_INIT(struct kvk_end, ENDS_MAX),
	};
	KVK_TRY(kvk_path_join(&path, datadir, "trust/ends.cfg"));
	KVK_TRY(kvk_conf_open(kvk_blob_str(&path), schema, 0, &out->file, why));
	KVK_TRY(read_list(out->file, "hierarchies", "generation", &out->hierarchies, why));
	KVK_TRY(read_list(out->file, "client_auth", "issuer", &out->client_auth, why));
out:
	if (err != KVK_OK)
		kvk_ends_free(out);
	kvk_blob_free(&path);
	return err;
}

void kvk_ends_free(struct kvk_ends *ends)
{
	if (ends == NULL)
		return;
	kvk_conf_free(ends->file);
	kvk_vec_free(&ends->hierarchies);
	kvk_vec_free(&ends->client_auth);
	*ends = (struct kvk_ends){ 0 };
}

const char *kvk_ends_of_generation(const struct kvk_ends *ends, const char *generation)
{
	for (size_t i = 0; i < ends->hierarchies.count; i++) {
		const struct kvk_end *end = kvk_vec_at(&ends->hierarchies, i);

		if (end->of != NULL && strcmp(end->of, generation) == 0)
			return end->day;
	}
	return NULL;
}

const struct kvk_end *kvk_ends_of_client_auth(const struct kvk_ends *ends, size_t *count)
{
	*count = ends->client_auth.count;
	return ends->client_auth.items;
}
