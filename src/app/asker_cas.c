/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/asker_tools.h: CA certificates that are known by fingerprint, as far as the cache has
 * them. None is fetched. */
#include "config.h"

#include "app/asker_tools.h"

#include <string.h>

#include "app/trusted.h"
#include "conf/datadir.h"
#include "dossier/files.h"
#include "net/cache.h"

/* The certificate with a fingerprint, or NULL. */
static const struct kvk_certificate *find(
	const struct kvk_contents *contents, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	const struct kvk_certificate *certificate;

	for (size_t i = 0; (certificate = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (memcmp(certificate->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return certificate;
	return NULL;
}

/* Takes the certificate out of octets, if they hold it. */
static enum kvk_err take(
	struct kvk_asker_tools *tools, const struct kvk_known_ca *ca, struct kvk_span octets)
{
	const struct kvk_certificate *certificate;
	struct kvk_contents contents = { .size = 0 }, *kept;
	struct kvk_candidate *candidate;
	struct kvk_blob copy = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(&copy, octets));
	KVK_TRY(kvk_contents_read_openssl(&copy, &contents));
	certificate = find(&contents, ca->sha256);
	if (certificate == NULL)
		goto out;
	KVK_TRY(kvk_vec_push(&tools->known, &candidate));
	*candidate = (struct kvk_candidate){ certificate, KVK_SOURCE_STORE };
	err = kvk_vec_push(&tools->known_contents, &kept);
	if (err != KVK_OK) {
		tools->known.count--;
		goto out;
	}
	*kept = contents;
	contents = (struct kvk_contents){ .size = 0 };
out:
	kvk_contents_free(&contents);
	kvk_blob_free(&copy);
	return err == KVK_ERR_MEMORY || err == KVK_ERR_CRYPTO ? err : KVK_OK;
}

static enum kvk_err look_for(struct kvk_asker_tools *tools, const char *folder, kvk_time now,
	const struct kvk_known_ca *ca)
{
	struct kvk_net_cached cached = { .fetched = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_net_cache_get(folder, ca->url, (struct kvk_span){ 0 }, now, &cached));
	KVK_TRY(take(tools, ca, cached.octets));
out:
	kvk_net_cached_free(&cached);
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

enum kvk_err kvk_asker_read_cas(
	struct kvk_asker_tools *tools, const struct kvk_asker *asker, struct kvk_error *why)
{
	struct kvk_knowledge *knowledge = NULL;
	struct kvk_blob folder = { 0 };
	const struct kvk_cas *cas;
	kvk_time now;
	enum kvk_err err;

	KVK_TRY(kvk_time_now(&now));
	KVK_TRY(kvk_home_path(asker->home, KVK_HOME_CACHE, NULL, &folder));
	KVK_TRY(kvk_knowledge_load(kvk_datadir(), &knowledge, why));
	KVK_TRY(kvk_trusted_cas(
		kvk_setting_string(asker->settings, "trust.ca_list"), knowledge, why));
	cas = kvk_knowledge_cas(knowledge);
	for (size_t i = 0; i < cas->list.count; i++) {
		const struct kvk_known_ca *ca = kvk_vec_at(&cas->list, i);

		if (ca->url != NULL)
			KVK_TRY(look_for(tools, kvk_blob_str(&folder), now, ca));
	}
out:
	kvk_knowledge_free(knowledge);
	kvk_blob_free(&folder);
	return err;
}

void kvk_asker_free_cas(struct kvk_asker_tools *tools)
{
	for (size_t i = 0; i < tools->known_contents.count; i++)
		kvk_contents_free(kvk_vec_at(&tools->known_contents, i));
	kvk_vec_free(&tools->known_contents);
	kvk_vec_free(&tools->known);
}
