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

/* Puts a certificate behind the others; false where there is no room left. */
static bool put(struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	if (seen(facts, cert))
		return true;
	if (facts->certificate_count == KVK_LIMIT_UPLOAD)
		return false;
	facts->certificates[facts->certificate_count++] = cert;
	return true;
}

/* The next certificate of the file that Java reads, from number *i on; NULL where there is none. */
static const struct kvk_certificate *next(const struct kvk_facts *facts, size_t *i)
{
	const struct kvk_certificate *cert;
	const struct kvk_block *block;

	do
		cert = kvk_contents_certificate(facts->contents, (*i)++, &block);
	while (cert != NULL && block->overlooked);
	return cert;
}

/* The certificates of a file that holds more of them than are used. */
struct crowd {
	size_t count;
	const struct kvk_certificate *all[KVK_LIMIT_BLOCKS];
	/* Is no CA, or leads, by name, to one that is wanted; and was asked for its issuers. */
	bool wanted[KVK_LIMIT_BLOCKS], asked[KVK_LIMIT_BLOCKS];
};

/* Wants the issuers of the next one that is wanted. False where there is none left. */
static bool want_issuers(struct crowd *crowd)
{
	size_t at = 0;

	while (at < crowd->count && (!crowd->wanted[at] || crowd->asked[at]))
		at++;
	if (at == crowd->count)
		return false;
	crowd->asked[at] = true;
	for (size_t i = 0; i < crowd->count; i++)
		if (!crowd->wanted[i])
			crowd->wanted[i] = kvk_name_equal(
				&crowd->all[at]->issuer, &crowd->all[i]->subject, KVK_MANNER_JAVA);
	return true;
}

/*
 * Java reads them all: so of a file that brings a whole store of CAs along, the certificates that
 * are no CA and those above them are taken before the rest, wherever they stand.
 */
static void choose(struct kvk_facts *facts)
{
	const struct kvk_certificate *cert;
	struct crowd crowd = { .count = 0 };

	for (size_t i = 0; (cert = next(facts, &i)) != NULL;) {
		crowd.wanted[crowd.count] = !cert->ext.ca;
		crowd.all[crowd.count++] = cert;
	}
	while (want_issuers(&crowd))
		;
	facts->certificate_count = 0;
	for (int wanted = 1; wanted >= 0; wanted--)
		for (size_t i = 0; i < crowd.count; i++)
			if (crowd.wanted[i] == wanted && !put(facts, crowd.all[i]))
				return;
}

static void collect(struct kvk_facts *facts)
{
	const struct kvk_certificate *cert;

	for (size_t i = 0; !facts->too_many && (cert = next(facts, &i)) != NULL;)
		facts->too_many = !put(facts, cert);
	if (facts->too_many)
		choose(facts);
}

/* Whether a certificate issued, by name, another of the file that did not issue itself. */
static bool issued_another(const struct kvk_facts *facts, const struct kvk_certificate *issuer)
{
	for (size_t i = 0; i < facts->certificate_count; i++) {
		const struct kvk_certificate *other = facts->certificates[i];

		if (other == issuer ||
			kvk_name_equal(&other->subject, &other->issuer, KVK_MANNER_JAVA))
			continue;
		if (kvk_name_equal(&other->issuer, &issuer->subject, KVK_MANNER_JAVA))
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
