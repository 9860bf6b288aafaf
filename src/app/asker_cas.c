/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/asker_tools.h: CA certificates that are known by fingerprint, each as soon as a path
 * lacks it. */
#include "config.h"

#include "app/asker_tools.h"

#include <string.h>

#include "app/known_ca.h"
#include "app/trusted.h"
#include "conf/datadir.h"

enum kvk_err kvk_asker_read_cas(
	struct kvk_asker_tools *tools, const struct kvk_asker *asker, struct kvk_error *why)
{
	enum kvk_err err;

	tools->known = (struct kvk_vec)KVK_VEC_INIT(struct kvk_candidate, KVK_LIMIT_EXTRA);
	tools->known_contents = (struct kvk_vec)KVK_VEC_INIT(struct kvk_contents, KVK_LIMIT_EXTRA);
	KVK_TRY(kvk_knowledge_load(kvk_datadir(), &tools->knowledge, why));
	KVK_TRY(kvk_trusted_cas(
		kvk_setting_string(asker->settings, "trust.ca_list"), tools->knowledge, why));
out:
	return err;
}

static bool is_in(const struct kvk_vec *pool, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	for (size_t i = 0; i < pool->count; i++) {
		const struct kvk_candidate *one = kvk_vec_at(pool, i);

		if (memcmp(one->certificate->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return true;
	}
	return false;
}

const struct kvk_known_ca *kvk_asker_missing_ca(const struct kvk_asker_tools *tools,
	const struct kvk_path *path, const struct kvk_vec *pool)
{
	const struct kvk_cas *cas = kvk_knowledge_cas(tools->knowledge);
	const struct kvk_known_ca *ca = NULL;
	const struct kvk_certificate *top;

	if (path->anchor != NULL || path->exhausted || path->count == 0)
		return NULL;
	top = path->certs[path->count - 1].certificate;
	if (kvk_certificate_self_issued(top))
		return NULL;
	do
		ca = kvk_cas_next(cas, &top->issuer, ca);
	while (ca != NULL && (ca->url == NULL || is_in(pool, ca->sha256)));
	return ca;
}

enum kvk_err kvk_asker_get_ca(struct kvk_asker_tools *tools, const struct kvk_known_ca *ca,
	struct kvk_candidate *out, enum kvk_net_reason *reason, struct kvk_error *why)
{
	const struct kvk_certificate *certificate;
	struct kvk_contents contents = { .size = 0 }, *kept;
	struct kvk_candidate *candidate;
	struct kvk_error not_had = { "" };
	enum kvk_err err;

	err = kvk_known_ca_get(tools->online, ca, &contents, &certificate, reason, &not_had);
	if (err != KVK_OK && err != KVK_ERR_NOT_FOUND)
		*why = not_had;
	KVK_TRY(err);
	*out = (struct kvk_candidate){ certificate, KVK_SOURCE_STORE };
	KVK_TRY(kvk_vec_push(&tools->known_contents, &kept));
	*kept = contents;
	contents = (struct kvk_contents){ .size = 0 };
	KVK_TRY(kvk_vec_push(&tools->known, &candidate));
	*candidate = *out;
out:
	kvk_contents_free(&contents);
	return err;
}

void kvk_asker_free_cas(struct kvk_asker_tools *tools)
{
	for (size_t i = 0; i < tools->known_contents.count; i++)
		kvk_contents_free(kvk_vec_at(&tools->known_contents, i));
	kvk_vec_free(&tools->known_contents);
	kvk_vec_free(&tools->known);
	kvk_knowledge_free(tools->knowledge);
}
