/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_signer.h"

#include <string.h>

#include "crypto/scheme.h"
#include "path/build.h"
#include "path/validate.h"

/* Within each other: signers of CRLs whose status is on CRLs of other signers. */
enum { NESTING_MAX = 4 };

/* Whether Java refuses to look at a signature of this algorithm. */
static bool is_disabled(const struct kvk_crl *crl)
{
	struct kvk_scheme scheme;

	if (kvk_scheme_read(crl->algorithm, &scheme) != KVK_OK)
		return true;
	return kvk_signature_is_disabled(&scheme);
}

enum kvk_err kvk_crl_signer_verify(const struct kvk_crl_input *in, const struct kvk_crl *crl,
	struct kvk_span key, struct kvk_span parent, enum kvk_revocation_why *out)
{
	enum kvk_link link;
	enum kvk_err err;

	*out = KVK_WHY_CRL_ALGORITHM;
	if (in->manner == KVK_MANNER_JAVA && is_disabled(crl))
		return KVK_OK;
	KVK_TRY(kvk_signature_check(
		in->signatures, key, parent, crl->algorithm, crl->tbs, crl->signature, &link));
	if (link == KVK_LINK_GOOD)
		*out = KVK_WHY_DETERMINED;
	else if (link == KVK_LINK_BAD)
		*out = KVK_WHY_CRL_SIGNATURE;
	else if (link == KVK_LINK_EXHAUSTED)
		*out = KVK_WHY_BUDGET;
out:
	return err;
}

bool kvk_crl_signer_may_sign(const struct kvk_certificate *c)
{
	return !c->ext.has_key_usage || (c->ext.key_usage & KVK_KU_CRL_SIGN) != 0;
}

/* Whether the status of this certificate is waited for. */
static bool is_waiting(const struct kvk_crl_outer *outer, const struct kvk_certificate *c)
{
	for (; outer != NULL; outer = outer->next) {
		if (memcmp(outer->certificate->sha256, c->sha256, KVK_SHA256_SIZE) == 0)
			return true;
	}
	return false;
}

static size_t depth_of(const struct kvk_crl_outer *outer)
{
	size_t n = 0;

	for (; outer != NULL; outer = outer->next)
		n++;
	return n;
}

/*
 * Whether no certificate of the path of a signer is revoked. One that vouches for itself is taken
 * at its word; Java does not take it.
 */
static enum kvk_err check_status(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_path *path, bool *good)
{
	enum kvk_err err = KVK_OK;

	*good = depth_of(outer) < NESTING_MAX;
	for (size_t i = 0; *good && i < path->count; i++) {
		const struct kvk_certificate *c = path->certs[i].certificate;
		struct kvk_crl_input inner = *in;
		struct kvk_revocation_answer answer;

		if (is_waiting(outer, c)) {
			*good = in->manner != KVK_MANNER_JAVA;
			continue;
		}
		inner.anchor = path->anchor;
		inner.certificate = c;
		inner.issuer = i + 1 < path->count ? path->certs[i + 1].certificate : NULL;
		inner.issuer_parent_spki = kvk_path_parent_spki(path, i + 1);
		KVK_TRY(outer->find_status(&inner, outer, &answer));
		*good = answer.state == KVK_REVOCATION_GOOD;
	}
out:
	return err;
}

/* Whether a path is valid, apart from what only the cautious reading refuses. */
static enum kvk_err check_path(
	const struct kvk_crl_input *in, const struct kvk_path *path, bool *valid)
{
	const struct kvk_path_input input = {
		.at = in->at, .manner = in->manner, .signatures = in->signatures
	};
	struct kvk_path_report report;
	enum kvk_err err;

	KVK_TRY(kvk_path_validate(path, &input, &report));
	*valid = kvk_path_failure_count(&report) == 0;
out:
	return err;
}

/* A name is folded once while a path is built, attribute by attribute. */
static bool pay_for_name(struct kvk_crl_budget *budget, const struct kvk_name *name)
{
	return kvk_crl_pay(budget, name->der.n + KVK_CRL_COST_OCTETS * name->count);
}

/* Pays for comparing the names of the pool. */
static bool pay_for_path(const struct kvk_crl_input *in, struct kvk_crl_budget *budget)
{
	bool paid = true;

	for (size_t i = 0; i < in->pool_count && paid; i++)
		paid = pay_for_name(budget, &in->pool[i].certificate->subject) &&
			pay_for_name(budget, &in->pool[i].certificate->issuer);
	return paid;
}

enum kvk_err kvk_crl_signer_path(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_certificate *signer, const struct kvk_anchor *anchors, size_t anchor_count,
	struct kvk_span *parent, enum kvk_revocation_why *out)
{
	struct kvk_build_input build = {
		.leaf = signer,
		.candidates = in->pool,
		.candidate_count = in->pool_count,
		.anchors = anchors,
		.anchor_count = anchor_count,
		.at = in->at,
		.signatures = in->signatures,
		.manner = in->manner,
	};
	struct kvk_path path;
	bool good = false;
	enum kvk_err err;

	*out = KVK_WHY_BUDGET;
	if (outer->budget->paths == 0 || !pay_for_path(in, outer->budget))
		return KVK_OK;
	outer->budget->paths--;
	KVK_TRY(kvk_path_build(&build, &path));
	*parent = kvk_path_parent_spki(&path, 0);
	*out = path.exhausted ? KVK_WHY_BUDGET : KVK_WHY_CRL_SIGNER;
	if (path.anchor == NULL)
		goto out;
	KVK_TRY(check_path(in, &path, &good));
	if (!good)
		goto out;
	KVK_TRY(check_status(in, outer, &path, &good));
	if (good)
		*out = KVK_WHY_DETERMINED;
	else if (outer->budget->exhausted || in->signatures->checked >= in->signatures->budget)
		*out = KVK_WHY_BUDGET;
out:
	return err;
}

/* Tries a certificate of the pool as the signer of a CRL. */
static enum kvk_err try_signer(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_certificate *signer, const struct kvk_crl *crl,
	enum kvk_revocation_why *out)
{
	const bool inherits = signer->key.inherits_parameters;
	struct kvk_span parent = { 0 };
	enum kvk_err err = KVK_OK;

	*out = KVK_WHY_CRL_SIGN;
	if (!kvk_crl_signer_may_sign(signer))
		return KVK_OK;
	/* a path costs more than a signature, but parameters may be found only there */
	if (!inherits)
		KVK_TRY(kvk_crl_signer_verify(in, crl, signer->spki, parent, out));
	if (!inherits && (*out != KVK_WHY_DETERMINED || is_waiting(outer, signer)))
		goto out;
	KVK_TRY(kvk_crl_signer_path(in, outer, signer, in->anchor, 1, &parent, out));
	if (inherits && *out == KVK_WHY_DETERMINED)
		KVK_TRY(kvk_crl_signer_verify(in, crl, signer->spki, parent, out));
out:
	return err;
}

static bool names_equal(
	const struct kvk_crl_outer *outer, const struct kvk_name *a, const struct kvk_name *b)
{
	return kvk_crl_same_name(a, b, KVK_MANNER_RFC5280, outer->budget);
}

/* The signers of the pool. That the budget ran out is not forgotten over the next one. */
static enum kvk_err try_pool(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_crl *crl, struct kvk_span *key, enum kvk_revocation_why *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; *out != KVK_WHY_DETERMINED && i < in->pool_count; i++) {
		const struct kvk_certificate *c = in->pool[i].certificate;
		enum kvk_revocation_why why;

		if (in->anchor == NULL || !names_equal(outer, &c->subject, &crl->issuer))
			continue;
		KVK_TRY(try_signer(in, outer, c, crl, &why));
		if (*out != KVK_WHY_BUDGET || why == KVK_WHY_DETERMINED)
			*out = why;
		*key = c->spki;
	}
out:
	return err;
}

/* The certificate's issuer as the signer of a CRL. */
static enum kvk_err try_issuer(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_crl *crl, struct kvk_span *key, enum kvk_revocation_why *out)
{
	if (in->issuer == NULL || !names_equal(outer, &in->issuer->subject, &crl->issuer))
		return KVK_OK;
	*key = in->issuer->spki;
	*out = KVK_WHY_CRL_SIGN;
	if (!kvk_crl_signer_may_sign(in->issuer))
		return KVK_OK;
	return kvk_crl_signer_verify(in, crl, *key, in->issuer_parent_spki, out);
}

/* The anchor as the signer of a CRL; its key usage counts here (6.3.3 (f)) where it is known. */
static enum kvk_err try_anchor(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_crl *crl, struct kvk_span *key, enum kvk_revocation_why *out)
{
	const struct kvk_span none = { 0 };

	if (in->anchor == NULL || !names_equal(outer, &in->anchor->name, &crl->issuer))
		return KVK_OK;
	*key = in->anchor->spki;
	*out = KVK_WHY_CRL_SIGN;
	if (in->anchor->certificate != NULL && !kvk_crl_signer_may_sign(in->anchor->certificate))
		return KVK_OK;
	return kvk_crl_signer_verify(in, crl, *key, none, out);
}

enum kvk_err kvk_crl_signer_find(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	const struct kvk_crl *crl, struct kvk_span *key, enum kvk_revocation_why *out)
{
	enum kvk_err err;

	*out = KVK_WHY_CRL_SIGNER;
	KVK_TRY(try_issuer(in, outer, crl, key, out));
	if (*out != KVK_WHY_DETERMINED && *out != KVK_WHY_BUDGET)
		KVK_TRY(try_anchor(in, outer, crl, key, out));
	if (*out != KVK_WHY_DETERMINED)
		KVK_TRY(try_pool(in, outer, crl, key, out));
	/* One that was not looked at might have been the one. */
	if (*out != KVK_WHY_DETERMINED && outer->budget->exhausted)
		*out = KVK_WHY_BUDGET;
out:
	return err;
}
