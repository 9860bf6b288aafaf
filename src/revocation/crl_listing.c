/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_listing.h"

#include "revocation/crl_scope.h"

/*
 * Of two entries for one certificate Java keeps the last; else one that takes it off the list gives
 * way to one that does not.
 */
static bool is_better(const struct kvk_crl_listing *old, enum kvk_manner manner)
{
	return !old->listed || manner == KVK_MANNER_JAVA ||
		(old->has_reason && old->reason == KVK_REVOKED_REMOVE_FROM_CRL);
}

/* Names that are the same for Java, compared as it prints them: case and white space count. */
static bool prints_same(const struct kvk_name *a, const struct kvk_name *b)
{
	for (size_t i = 0; i < a->count; i++) {
		if (!kvk_span_equal(a->attributes[i].value, b->attributes[i].value))
			return false;
	}
	return true;
}

/* Whether a name is that of the issuer of the certificate. */
static bool is_issuer(const struct kvk_name *name, const struct kvk_certificate *certificate,
	enum kvk_manner manner)
{
	return kvk_name_equal(name, &certificate->issuer, manner) &&
		(manner != KVK_MANNER_JAVA || prints_same(name, &certificate->issuer));
}

/* The issuers that the last entries named, and whether they are that of the certificate. */
struct issuers {
	const struct kvk_certificate *certificate;
	enum kvk_manner manner;
	struct kvk_crl_budget budget;
	size_t count, next;
	struct {
		struct kvk_span general_names;
		bool ours;
	} known[8];
};

/* Java takes the first name, and falls over one that is no directory name. */
static enum kvk_err first_is_ours(
	struct issuers *issuers, struct kvk_span general_names, bool *ours)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name first;
	struct kvk_name name;
	struct kvk_der der;

	/* CertificateIssuer ::= GeneralNames */
	kvk_der_start(&der, general_names, true, &log);
	if (kvk_general_name_read(&der, &first) != KVK_OK || first.kind != KVK_GENERAL_DIRECTORY ||
		kvk_name_parse(first.value, true, &name) != KVK_OK)
		return KVK_ERR_DER;
	*ours = kvk_crl_pay(&issuers->budget, first.value.n) &&
		is_issuer(&name, issuers->certificate, issuers->manner);
	kvk_name_free(&name);
	return KVK_OK;
}

/*
 * Whose certificates the entries are about from one with a certificateIssuer on. KVK_ERR_DER where
 * Java cannot read it.
 */
static enum kvk_err are_ours(struct issuers *issuers, struct kvk_span general_names, bool *ours)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < issuers->count; i++) {
		*ours = issuers->known[i].ours;
		if (kvk_span_equal(issuers->known[i].general_names, general_names))
			return KVK_OK;
	}
	if (issuers->manner == KVK_MANNER_JAVA)
		err = first_is_ours(issuers, general_names, ours);
	else
		*ours = kvk_crl_scope_holds(general_names, &issuers->certificate->issuer,
			issuers->manner, &issuers->budget);
	issuers->known[issuers->next].general_names = general_names;
	issuers->known[issuers->next].ours = *ours;
	issuers->next = (issuers->next + 1) % (sizeof(issuers->known) / sizeof(issuers->known[0]));
	if (issuers->count <= issuers->next)
		issuers->count++;
	return err;
}

/* Takes in what an entry says; ours: it is about certificates of the same issuer. */
static void take_entry(const struct kvk_crl *crl, const struct kvk_crl_entry *entry,
	const struct issuers *issuers, bool ours, struct kvk_crl_listing *out)
{
	/* only an indirect CRL may speak of others (5.3.3); Java does not ask */
	out->any_critical = out->any_critical || entry->unknown_critical ||
		(entry->certificate_issuer.n > 0 && !crl->indirect &&
			issuers->manner != KVK_MANNER_JAVA);
	if (!ours || !kvk_span_equal(entry->serial, issuers->certificate->serial) ||
		!is_better(out, issuers->manner))
		return;
	out->listed = true;
	out->date = entry->date;
	out->has_reason = entry->has_reason;
	out->reason = entry->reason;
	out->own_critical = entry->other_critical;
}

void kvk_crl_listing_find(const struct kvk_crl *crl, const struct kvk_certificate *certificate,
	enum kvk_manner manner, struct kvk_crl_listing *out)
{
	/*
	 * who issued the certificates from here on: the CRL's issuer until an entry says otherwise
	 * (5.3.3)
	 */
	bool ours = is_issuer(&crl->issuer, certificate, manner);
	struct kvk_der_log log = { 0 };
	struct kvk_crl_entry entry;
	struct kvk_der walk;
	struct issuers issuers = {
		.certificate = certificate,
		.manner = manner,
		.budget = { .comparisons = KVK_LIMIT_CRL_COMPARISONS },
	};
	bool more;

	*out = (struct kvk_crl_listing){ .unreadable = true };
	kvk_crl_walk(crl, &log, &walk);
	while (kvk_crl_next(&walk, &entry, &more) == KVK_OK) {
		if (!more) {
			out->unreadable = false;
			break;
		}
		if (entry.certificate_issuer.n > 0 &&
			are_ours(&issuers, entry.certificate_issuer, &ours) != KVK_OK)
			break;
		if (issuers.budget.exhausted)
			break;
		take_entry(crl, &entry, &issuers, ours, out);
	}
	out->exhausted = issuers.budget.exhausted;
}

enum kvk_revocation_why kvk_crl_listing_why(const struct kvk_crl_listing *listing)
{
	if (listing->exhausted)
		return KVK_WHY_BUDGET;
	return listing->unreadable ? KVK_WHY_CRL_UNREADABLE : KVK_WHY_DETERMINED;
}
