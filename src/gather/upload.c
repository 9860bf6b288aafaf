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

/* Puts a certificate after the others; false where there is no room left. */
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
	struct kvk_known_name subjects[KVK_LIMIT_BLOCKS], issuers[KVK_LIMIT_BLOCKS];
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
			crowd->wanted[i] = kvk_known_name_equal(
				&crowd->issuers[at], &crowd->subjects[i], KVK_MANNER_JAVA);
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
		crowd.subjects[crowd.count].name = &cert->subject;
		crowd.issuers[crowd.count].name = &cert->issuer;
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

/* The names of the certificates of the file that are used. */
struct parties {
	size_t count;
	struct kvk_known_name subjects[KVK_LIMIT_UPLOAD], issuers[KVK_LIMIT_UPLOAD];
};

static void name_parties(const struct kvk_facts *facts, struct parties *out)
{
	*out = (struct parties){ .count = facts->certificate_count };
	for (size_t i = 0; i < out->count; i++) {
		out->subjects[i].name = &facts->certificates[i]->subject;
		out->issuers[i].name = &facts->certificates[i]->issuer;
	}
}

/* Whether certificate i issued, by name, another of the file that did not issue itself. */
static bool issued_another(struct parties *parties, size_t i)
{
	for (size_t other = 0; other < parties->count; other++)
		if (other != i &&
			kvk_known_name_equal(
				&parties->issuers[other], &parties->subjects[i], KVK_MANNER_JAVA) &&
			!kvk_known_name_equal(&parties->subjects[other], &parties->issuers[other],
				KVK_MANNER_JAVA))
			return true;
	return false;
}

void kvk_upload_sort(struct kvk_facts *facts)
{
	const struct kvk_certificate *client = NULL, *lowest_ca = NULL;
	struct parties parties;

	collect(facts);
	name_parties(facts, &parties);
	for (size_t i = 0; i < facts->certificate_count; i++) {
		const struct kvk_certificate *cert = facts->certificates[i];

		if (issued_another(&parties, i))
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
