/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/upload.h"

#include <string.h>

static bool seen(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < facts->certificate_count; i++)
		if (memcmp(facts->certificates[i]->sha256, cert->sha256, KVK_SHA256_SIZE) == 0)
			return true;
	return false;
}

static void collect(struct kvk_facts *facts)
{
	size_t count = kvk_contents_certificate_count(facts->contents);

	for (size_t i = 0; i < count; i++) {
		const struct kvk_certificate *cert =
			kvk_contents_certificate(facts->contents, i, NULL);

		if (seen(facts, cert))
			continue;
		if (facts->certificate_count == KVK_LIMIT_UPLOAD) {
			facts->too_many = true;
			return;
		}
		facts->certificates[facts->certificate_count++] = cert;
	}
}

/* Whether a certificate issued, by name, another of the file that did not issue itself. */
static bool issued_another(const struct kvk_facts *facts, const struct kvk_certificate *issuer)
{
	for (size_t i = 0; i < facts->certificate_count; i++) {
		const struct kvk_certificate *other = facts->certificates[i];

		if (other == issuer ||
			kvk_name_equal(&other->subject, &other->issuer, KVK_NAMES_JAVA))
			continue;
		if (kvk_name_equal(&other->issuer, &issuer->subject, KVK_NAMES_JAVA))
			return true;
	}
	return false;
}

void kvk_upload_sort(struct kvk_facts *facts)
{
	const struct kvk_certificate *client = NULL, *lowest_ca = NULL;

	collect(facts);
	for (size_t i = 0; i < facts->certificate_count; i++) {
		const struct kvk_certificate *cert = facts->certificates[i];

		if (issued_another(facts, cert))
			continue;
		if (cert->ext.ca) {
			if (lowest_ca == NULL)
				lowest_ca = cert;
			continue;
		}
		client = cert;
		facts->leaf_count++;
	}
	if (facts->leaf_count == 1)
		facts->leaf = client;
	else if (facts->leaf_count == 0)
		facts->leaf = lowest_ca;
}
