/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/known_ca.h"

#include <string.h>

#include "base/limits.h"

const struct kvk_certificate *kvk_known_ca_find(
	const struct kvk_contents *contents, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	const struct kvk_certificate *certificate;

	for (size_t i = 0;; i++) {
		certificate = kvk_contents_certificate(contents, i, NULL);
		if (certificate == NULL ||
			memcmp(certificate->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return certificate;
	}
}

static enum kvk_err read_octets(struct kvk_span octets, struct kvk_contents *out)
{
	struct kvk_blob copy = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(&copy, octets));
	KVK_TRY(kvk_contents_read_openssl(&copy, out));
out:
	kvk_blob_free(&copy);
	return err;
}

static bool is_wanted(const void *context, struct kvk_span octets)
{
	const struct kvk_known_ca *ca = context;
	struct kvk_contents contents = { .size = 0 };
	const bool found = read_octets(octets, &contents) == KVK_OK &&
		kvk_known_ca_find(&contents, ca->sha256) != NULL;

	kvk_contents_free(&contents);
	return found;
}

enum kvk_err kvk_known_ca_get(struct kvk_online *online, const struct kvk_known_ca *ca,
	struct kvk_contents *contents, const struct kvk_certificate **out,
	enum kvk_net_reason *reason, struct kvk_error *why)
{
	const struct kvk_online_file file = {
		.url = ca->url,
		.max_octets = KVK_LIMIT_FILE,
		.is_wanted = is_wanted,
		.context = ca,
	};
	struct kvk_blob octets = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_online_get(online, &file, &octets, reason, why));
	KVK_TRY(read_octets(kvk_span_of_blob(&octets), contents));
	*out = kvk_known_ca_find(contents, ca->sha256);
out:
	kvk_blob_free(&octets);
	return err;
}
