/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/ends.h"

#include "base/format.h"
#include "path/name_equal.h"

/* Names that are written alike need no comparison. */
static bool is_named(struct kvk_ends_search *search, const struct kvk_certificate *candidate,
	const struct kvk_certificate *certificate)
{
	if (kvk_span_equal(candidate->subject.der, certificate->issuer.der))
		return true;
	return search->compared++ < KVK_LIMIT_ISSUER_COMPARISONS &&
		kvk_name_equal(&candidate->subject, &certificate->issuer, KVK_MANNER_JAVA);
}

static bool is_issuer(struct kvk_ends_search *search, const struct kvk_certificate *candidate,
	const struct kvk_certificate *certificate)
{
	return candidate->ext.ca && is_named(search, candidate, certificate) &&
		search->checked++ < KVK_LIMIT_ISSUER_SIGNATURES &&
		kvk_verify(search->verifier, candidate->spki, certificate->algorithm,
			certificate->tbs, certificate->signature) == KVK_OK;
}

/* The issuer that ends last, or NULL where the file has none. A self-issued one is an anchor. */
static const struct kvk_certificate *find_issuer(struct kvk_ends_search *search,
	const struct kvk_contents *contents, const struct kvk_certificate *certificate)
{
	const struct kvk_certificate *found = NULL, *candidate;

	if (kvk_certificate_self_issued(certificate))
		return NULL;
	for (size_t i = 0; (candidate = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (candidate != certificate &&
			(found == NULL || candidate->not_after > found->not_after) &&
			is_issuer(search, candidate, certificate))
			found = candidate;
	return found != NULL && !kvk_certificate_self_issued(found) ? found : NULL;
}

enum kvk_err kvk_ends_name(const struct kvk_certificate *ca, struct kvk_blob *out)
{
	const struct kvk_attribute *cn = kvk_name_find(&ca->subject, KVK_OID_CN, 0);

	return cn != NULL ? kvk_attribute_text(cn, out) : kvk_name_text(&ca->subject, out);
}

static enum kvk_err take(const struct kvk_certificate *ca, struct kvk_entry_certificate *out)
{
	struct kvk_blob name = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_ends_name(ca, &name));
	KVK_FORMAT(out->ends_by, "%s", kvk_blob_str(&name));
	out->ends = ca->not_after;
out:
	kvk_blob_free(&name);
	return err;
}

enum kvk_err kvk_ends_find(struct kvk_ends_search *search, const struct kvk_contents *contents,
	const struct kvk_certificate *certificate, struct kvk_entry_certificate *out)
{
	const struct kvk_certificate *issuer = certificate;
	enum kvk_err err;

	out->ends = certificate->not_after;
	out->ends_by[0] = '\0';
	if (search->verifier == NULL)
		KVK_TRY(kvk_verifier_new(&search->verifier));
	for (size_t depth = 0; depth < KVK_LIMIT_DEPTH; depth++) {
		issuer = find_issuer(search, contents, issuer);
		if (issuer == NULL)
			break;
		if (issuer->not_after < out->ends)
			KVK_TRY(take(issuer, out));
	}
	err = KVK_OK;
out:
	return err;
}

void kvk_ends_search_free(struct kvk_ends_search *search)
{
	kvk_verifier_free(search->verifier);
	search->verifier = NULL;
}
