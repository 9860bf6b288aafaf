/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRLs as Java's validator reads them (measured with JDK 17). It differs from RFC 5280 6.3.3 in
 * what counts: times may be 15 minutes off; delta CRLs are not used; a CA without keyUsage may not
 * sign CRLs at first; a CRL whose authority key identifier is not that of the certificate is taken
 * for one of another signer, and where that signer is not found no CRL counts at all; of the
 * critical extensions only the issuing distribution point is known; nothing counts, not even an
 * entry that revokes, before all reasons are covered; an entry whose date is not yet past does not
 * revoke.
 */
#include "config.h"

#include "revocation/crl_judgement.h"

#include "crypto/key.h"
#include "revocation/crl_scope.h"

/* One go at the CRLs with one key. */
struct attempt {
	struct kvk_crl_judgement *j;
	/* The issuer's key, the key above it, and whether it may sign CRLs. */
	struct kvk_span key, parent;
	bool may_sign;
	/* The CRLs that count. */
	bool approved[KVK_LIMIT_CRLS];
	/* A CRL of another signer whose path is not found: no CRL counts. */
	bool abandoned;
};

static bool names_equal(const struct kvk_name *a, const struct kvk_name *b)
{
	return kvk_name_equal(a, b, KVK_MANNER_JAVA);
}

/* Whether the certificate that is judged is itself the signer of the CRL. */
static enum kvk_err vouches_for_itself(
	const struct kvk_crl_input *in, const struct kvk_crl *crl, bool *out)
{
	const struct kvk_certificate *c = in->certificate;
	const bool identified = c->ext.has_aki && crl->has_aki;
	enum kvk_revocation_why why;
	enum kvk_err err;

	*out = kvk_crl_may_sign(c) && names_equal(&c->subject, &crl->issuer);
	if (*out && crl->aki_key_id.p != NULL && c->ext.has_ski)
		*out = kvk_span_equal(crl->aki_key_id, c->ext.ski);
	if (!*out || identified)
		return KVK_OK;
	err = kvk_crl_signed_by(in, crl, c->spki, (struct kvk_span){ 0 }, &why);
	*out = why == KVK_WHY_DETERMINED;
	return err;
}

/* Whether a certificate is what a CRL of another signer asks for. */
static bool fits_signer(const struct kvk_certificate *c, const struct kvk_crl *crl)
{
	if (!names_equal(&c->subject, &crl->issuer) || !kvk_crl_may_sign(c))
		return false;
	if (crl->aki_key_id.p != NULL &&
		(!c->ext.has_ski || !kvk_span_equal(c->ext.ski, crl->aki_key_id)))
		return false;
	return crl->aki_serial.p == NULL || kvk_span_equal(crl->aki_serial, c->serial);
}

/*
 * The issuer of the certificate, which Java puts among the anchors to look for another signer, and
 * then takes for signed by itself.
 */
static bool is_issuer(const struct attempt *a, const struct kvk_certificate *c)
{
	return names_equal(&c->subject, &a->j->in->certificate->issuer) &&
		kvk_span_equal(c->spki, a->key);
}

/* The key of another signer, with a path to the anchor or to the issuer; empty where none. */
static enum kvk_err find_signer(const struct attempt *a, const struct kvk_crl *crl,
	struct kvk_span *key, struct kvk_span *parent)
{
	const struct kvk_crl_input *in = a->j->in;
	struct kvk_anchor anchors[2];
	size_t count = 0;
	enum kvk_err err = KVK_OK;

	*key = (struct kvk_span){ 0 };
	if (in->anchor != NULL)
		anchors[count++] = *in->anchor;
	anchors[count] = (struct kvk_anchor){ .name = in->certificate->issuer, .spki = a->key };
	if (kvk_key_info_read(a->key, &anchors[count].key) == KVK_OK)
		count++;
	for (size_t i = 0; err == KVK_OK && key->n == 0 && i < in->pool_count; i++) {
		const struct kvk_certificate *c = in->pool[i].certificate;
		enum kvk_revocation_why why = KVK_WHY_CRL_SIGNER;

		if (fits_signer(c, crl) && !is_issuer(a, c))
			err = kvk_crl_signer_path(in, a->j->outer, c, anchors, count, parent, &why);
		if (why == KVK_WHY_DETERMINED)
			*key = c->spki;
	}
	if (key->n == 0 && in->anchor != NULL && in->anchor->certificate != NULL &&
		fits_signer(in->anchor->certificate, crl))
		*key = in->anchor->spki;
	return err;
}

/* With which key a CRL has to be signed; *indirect: that of another signer. */
static enum kvk_err choose_key(const struct attempt *a, const struct kvk_crl_point *point,
	const struct kvk_crl *crl, struct kvk_span *key, bool *indirect)
{
	const struct kvk_crl_input *in = a->j->in;
	const struct kvk_extensions *e = &in->certificate->ext;
	const bool known = e->aki_key_id.p != NULL && crl->aki_key_id.p != NULL;
	bool own = false;
	enum kvk_err err = KVK_OK;

	*key = a->key;
	*indirect = false;
	if (point != NULL && point->crl_issuer.n > 0)
		*indirect = true;
	else if (known)
		*indirect = !kvk_span_equal(e->aki_key_id, crl->aki_key_id);
	if (*indirect || !known)
		err = vouches_for_itself(in, crl, &own);
	if (own) {
		*key = in->certificate->spki;
		*indirect = false;
	}
	return err;
}

static bool has_critical(const struct kvk_crl *crl)
{
	for (size_t i = 0; i < crl->count; i++) {
		if (crl->all[i].critical && crl->all[i].oid != KVK_OID_EXT_IDP)
			return true;
	}
	return false;
}

/*
 * Java reads a CRL to its end before anything else. Here nobody walks through much that is not
 * signed: what is that large counts as readable until its signature is checked.
 */
static bool is_unreadable(struct attempt *a, struct kvk_crl_known *c)
{
	return c->crl->entries.n <= KVK_LIMIT_CRL_UNSIGNED &&
		kvk_crl_listing_of(a->j, c)->unreadable;
}

/* Signature and extensions of a CRL that is meant for the certificate. */
static enum kvk_err check_signed(struct attempt *a, const struct kvk_crl_point *point,
	struct kvk_crl_known *c, enum kvk_revocation_why *out)
{
	const struct kvk_crl *crl = c->crl;
	struct kvk_span key, parent = { 0 };
	bool indirect;
	enum kvk_err err = choose_key(a, point, crl, &key, &indirect);

	*out = KVK_WHY_CRL_SIGN;
	if (err != KVK_OK || (!indirect && !a->may_sign))
		return err;
	if (indirect) {
		*out = KVK_WHY_CRL_SIGNER;
		err = find_signer(a, crl, &key, &parent);
		if (err == KVK_OK && key.n == 0 && is_unreadable(a, c))
			*out = KVK_WHY_CRL_UNREADABLE;
		else
			a->abandoned = key.n == 0;
		if (err != KVK_OK || key.n == 0)
			return err;
	}
	if (!indirect && key.p == a->key.p)
		parent = a->parent;
	err = kvk_crl_signed_by(a->j->in, crl, key, parent, out);
	if (*out == KVK_WHY_DETERMINED && has_critical(crl))
		*out = crl->has_delta_base ? KVK_WHY_CRL_SCOPE : KVK_WHY_CRL_CRITICAL;
	return err;
}

/* Whether a CRL takes in the certificate, and speaks for a reason for which none spoke before. */
static enum kvk_err check_scope(const struct attempt *a, const struct kvk_crl_scope *scope,
	const struct kvk_crl *crl, enum kvk_revocation_why *out)
{
	bool covered;
	enum kvk_err err = kvk_crl_scope_covers(scope, crl, &covered);

	*out = KVK_WHY_CRL_SCOPE;
	if (scope->budget->exhausted)
		*out = KVK_WHY_BUDGET;
	else if (covered && (kvk_crl_scope_reasons(scope, crl) & ~a->j->reasons) != 0)
		*out = KVK_WHY_DETERMINED;
	return err;
}

/* Whether a CRL counts at a distribution point. */
static enum kvk_err check(struct attempt *a, const struct kvk_crl_scope *scope,
	struct kvk_crl_known *c, enum kvk_revocation_why *out)
{
	enum kvk_err err;

	*out = KVK_WHY_CRL_UNREADABLE;
	if (c->crl == NULL)
		return KVK_OK;
	*out = KVK_WHY_NO_CRL;
	if (!kvk_crl_scope_issuer(scope, c->crl)) {
		if (scope->budget->exhausted)
			*out = KVK_WHY_BUDGET;
		return KVK_OK;
	}
	*out = kvk_crl_times(a->j, c->crl, KVK_LIMIT_CLOCK_SKEW_MS);
	if (*out != KVK_WHY_DETERMINED)
		return KVK_OK;
	err = check_scope(a, scope, c->crl, out);
	if (err != KVK_OK || *out != KVK_WHY_DETERMINED)
		return err;
	err = check_signed(a, scope->point, c, out);
	if (err == KVK_OK && *out == KVK_WHY_DETERMINED)
		*out = kvk_crl_listing_why(kvk_crl_listing_of(a->j, c));
	return err;
}

static enum kvk_err try_point(struct attempt *a, const struct kvk_crl_point *point)
{
	struct kvk_crl_judgement *j = a->j;
	const struct kvk_crl_scope scope = {
		.certificate = j->in->certificate,
		.point = point,
		.names = j->names,
		.budget = j->outer->budget,
	};
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && !a->abandoned && i < j->count; i++) {
		enum kvk_revocation_why why;

		err = check(a, &scope, &j->all[i], &why);
		if (err == KVK_OK && why == KVK_WHY_DETERMINED) {
			a->approved[i] = true;
			j->reasons |= kvk_crl_scope_reasons(&scope, j->all[i].crl);
			why = KVK_WHY_CRL_REASONS;
		}
		if (err == KVK_OK)
			kvk_crl_pass_over(j, &j->all[i], why);
	}
	return err;
}

/* What the CRLs that count say of the certificate. */
static void sweep(const struct attempt *a)
{
	struct kvk_crl_judgement *j = a->j;

	for (size_t i = 0; i < j->count; i++) {
		const struct kvk_crl_listing *l = &j->all[i].listing;

		if (!a->approved[i] || !l->listed)
			continue;
		if (l->own_critical) {
			j->answer->why = KVK_WHY_CRL_CRITICAL;
			j->answer->crl = (int)j->all[i].place;
			return;
		}
		if (l->date < j->in->at) {
			kvk_crl_tell_revoked(j, &j->all[i]);
			return;
		}
		j->answer->planned = true;
		j->answer->date = l->date;
	}
	j->answer->state = KVK_REVOCATION_GOOD;
	j->answer->why = KVK_WHY_DETERMINED;
}

/* Asks all CRLs with one key. */
static enum kvk_err try_key(struct attempt *a, bool *settled)
{
	struct kvk_crl_judgement *j = a->j;
	const struct kvk_extensions *e = &j->in->certificate->ext;
	const uint32_t all = kvk_crl_scope_all(j->names);
	enum kvk_err err = KVK_OK;

	j->reasons = 0;
	if (!e->has_crl_points)
		err = try_point(a, NULL);
	for (size_t i = 0; err == KVK_OK && i < e->crl_point_count && j->reasons != all; i++)
		err = try_point(a, &e->crl_points[i]);
	*settled = err == KVK_OK && !a->abandoned && j->reasons == all;
	if (*settled)
		sweep(a);
	return err;
}

/* Another key of the issuer, or the same where it might not sign, found by a path of its own. */
static enum kvk_err try_other_keys(struct kvk_crl_judgement *j, const struct attempt *first)
{
	const struct kvk_crl_input *in = j->in;
	enum kvk_err err = KVK_OK;
	bool settled = false;

	for (size_t i = 0; err == KVK_OK && !settled && i < in->pool_count; i++) {
		const struct kvk_certificate *c = in->pool[i].certificate;
		struct attempt a = { .j = j, .key = c->spki, .may_sign = true };
		enum kvk_revocation_why why;

		if (!names_equal(&c->subject, &in->certificate->issuer) || !kvk_crl_may_sign(c) ||
			(first->may_sign && kvk_span_equal(c->spki, first->key)))
			continue;
		err = kvk_crl_signer_path(in, j->outer, c, in->anchor, 1, &a.parent, &why);
		if (err == KVK_OK && why == KVK_WHY_DETERMINED)
			err = try_key(&a, &settled);
	}
	return err;
}

enum kvk_err kvk_crl_judge_java(struct kvk_crl_judgement *j)
{
	const struct kvk_crl_input *in = j->in;
	struct attempt first = { .j = j, .parent = in->issuer_parent_spki, .may_sign = true };
	bool settled;
	enum kvk_err err;

	if (in->issuer != NULL) {
		const struct kvk_extensions *e = &in->issuer->ext;

		first.key = in->issuer->spki;
		first.may_sign = e->has_key_usage && kvk_crl_may_sign(in->issuer);
	} else if (in->anchor != NULL) {
		first.key = in->anchor->spki;
	}
	err = try_key(&first, &settled);
	if (err == KVK_OK && !settled && in->anchor != NULL)
		err = try_other_keys(j, &first);
	return err;
}
