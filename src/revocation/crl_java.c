/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_java.h"

#include "crypto/key.h"
#include "revocation/crl_scope.h"

/* One go at the CRLs with one key. */
struct attempt {
	struct kvk_crl_state *state;
	/* The issuer's key, the key above it, and whether it may sign CRLs. */
	struct kvk_span key, parent;
	bool may_sign;
	/* A CRL of another signer whose path is not found: no CRL counts. */
	bool abandoned;
};

static bool names_equal(
	const struct attempt *a, const struct kvk_name *one, const struct kvk_name *other)
{
	return kvk_crl_same_name(one, other, KVK_MANNER_JAVA, a->state->outer->budget);
}

static bool is_exhausted(const struct attempt *a)
{
	return a->state->outer->budget->exhausted;
}

/* Whether the certificate that is asked about is itself the signer of the CRL. */
static enum kvk_err vouches_for_itself(
	const struct attempt *a, const struct kvk_crl *crl, bool *out)
{
	const struct kvk_crl_input *in = a->state->in;
	const struct kvk_certificate *c = in->certificate;
	const bool identified = c->ext.has_aki && crl->has_aki;
	enum kvk_revocation_why why;
	enum kvk_err err;

	*out = kvk_crl_signer_may_sign(c) && names_equal(a, &c->subject, &crl->issuer);
	if (*out && crl->aki_key_id.p != NULL && c->ext.has_ski)
		*out = kvk_span_equal(crl->aki_key_id, c->ext.ski);
	if (!*out || identified)
		return KVK_OK;
	KVK_TRY(kvk_crl_signer_verify(in, crl, c->spki, (struct kvk_span){ 0 }, &why));
	*out = why == KVK_WHY_DETERMINED;
out:
	return err;
}

/* Whether a certificate is what a CRL of another signer asks for. */
static bool fits_signer(
	const struct attempt *a, const struct kvk_certificate *c, const struct kvk_crl *crl)
{
	if (!kvk_crl_signer_may_sign(c))
		return false;
	if (crl->aki_key_id.p != NULL &&
		(!c->ext.has_ski || !kvk_span_equal(c->ext.ski, crl->aki_key_id)))
		return false;
	if (crl->aki_serial.p != NULL && !kvk_span_equal(crl->aki_serial, c->serial))
		return false;
	return names_equal(a, &c->subject, &crl->issuer);
}

/*
 * The issuer of the certificate, which Java puts among the anchors to look for another signer, and
 * then takes for signed by itself.
 */
static bool is_issuer(const struct attempt *a, const struct kvk_certificate *c)
{
	return kvk_span_equal(c->spki, a->key) &&
		names_equal(a, &c->subject, &a->state->in->certificate->issuer);
}

/* A certificate of the pool as another signer, with a path to the anchor or to the issuer. */
static enum kvk_err try_signer(const struct attempt *a, const struct kvk_certificate *c,
	struct kvk_span *key, struct kvk_span *parent)
{
	const struct kvk_crl_input *in = a->state->in;
	struct kvk_anchor anchors[2];
	enum kvk_revocation_why why;
	size_t count = 0;
	enum kvk_err err;

	if (in->anchor != NULL)
		anchors[count++] = *in->anchor;
	anchors[count] = (struct kvk_anchor){ .name = in->certificate->issuer, .spki = a->key };
	if (kvk_key_info_read(a->key, &anchors[count].key) == KVK_OK)
		count++;
	KVK_TRY(kvk_crl_signer_path(in, a->state->outer, c, anchors, count, parent, &why));
	if (why == KVK_WHY_DETERMINED)
		*key = c->spki;
out:
	return err;
}

/* The key of another signer, and the key above it; empty where there is none. */
static enum kvk_err find_signer(const struct attempt *a, const struct kvk_crl *crl,
	struct kvk_span *key, struct kvk_span *parent)
{
	const struct kvk_crl_input *in = a->state->in;
	enum kvk_err err = KVK_OK;

	*key = (struct kvk_span){ 0 };
	for (size_t i = 0; key->n == 0 && i < in->pool_count; i++) {
		const struct kvk_certificate *c = in->pool[i].certificate;

		if (fits_signer(a, c, crl) && !is_issuer(a, c))
			KVK_TRY(try_signer(a, c, key, parent));
	}
	if (key->n == 0 && in->anchor != NULL && in->anchor->certificate != NULL &&
		fits_signer(a, in->anchor->certificate, crl))
		*key = in->anchor->spki;
out:
	return err;
}

/* With which key a CRL has to be signed; *indirect: that of another signer. */
static enum kvk_err choose_key(const struct attempt *a, const struct kvk_crl_point *point,
	const struct kvk_crl *crl, struct kvk_span *key, bool *indirect)
{
	const struct kvk_crl_input *in = a->state->in;
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
		KVK_TRY(vouches_for_itself(a, crl, &own));
	if (own) {
		*key = in->certificate->spki;
		*indirect = false;
	}
out:
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
		kvk_crl_state_listing(a->state, c)->unreadable;
}

/* Signature and extensions of a CRL that is meant for the certificate. */
static enum kvk_err check_signed(struct attempt *a, const struct kvk_crl_point *point,
	struct kvk_crl_known *c, enum kvk_revocation_why *out)
{
	const struct kvk_crl *crl = c->crl;
	struct kvk_span key, parent = { 0 };
	bool indirect;
	enum kvk_err err;

	KVK_TRY(choose_key(a, point, crl, &key, &indirect));
	*out = indirect ? KVK_WHY_CRL_SIGNER : KVK_WHY_CRL_SIGN;
	if (!indirect && !a->may_sign)
		goto out;
	if (indirect)
		KVK_TRY(find_signer(a, crl, &key, &parent));
	else if (key.p == a->key.p)
		parent = a->parent;
	if (indirect && key.n == 0) {
		if (is_unreadable(a, c))
			*out = KVK_WHY_CRL_UNREADABLE;
		else
			a->abandoned = !is_exhausted(a);
		goto out;
	}
	KVK_TRY(kvk_crl_signer_verify(a->state->in, crl, key, parent, out));
	if (*out == KVK_WHY_DETERMINED && has_critical(crl))
		*out = crl->has_delta_base ? KVK_WHY_CRL_SCOPE : KVK_WHY_CRL_CRITICAL;
out:
	return err;
}

/* Whether a CRL comes from the right issuer, is of now, and speaks for a reason not yet covered. */
static enum kvk_err check_scope(const struct attempt *a, const struct kvk_crl_scope *scope,
	const struct kvk_crl *crl, enum kvk_revocation_why *out)
{
	bool covered;
	enum kvk_err err = KVK_OK;

	*out = KVK_WHY_NO_CRL;
	if (!kvk_crl_scope_issuer(scope, crl))
		goto out;
	*out = kvk_crl_state_times(a->state, crl, KVK_LIMIT_CLOCK_SKEW_MS);
	if (*out != KVK_WHY_DETERMINED)
		return KVK_OK;
	KVK_TRY(kvk_crl_scope_covers(scope, crl, &covered));
	if (!covered ||
		((kvk_crl_scope_reasons(scope, crl) & ~a->state->reasons) == 0 &&
			!kvk_crl_state_has_twin(a->state, crl)))
		*out = KVK_WHY_CRL_SCOPE;
out:
	if (scope->budget->exhausted)
		*out = KVK_WHY_BUDGET;
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
	KVK_TRY(check_scope(a, scope, c->crl, out));
	if (*out != KVK_WHY_DETERMINED)
		goto out;
	KVK_TRY(check_signed(a, scope->point, c, out));
	if (*out == KVK_WHY_DETERMINED)
		*out = kvk_crl_listing_why(kvk_crl_state_listing(a->state, c));
	else if (is_exhausted(a))
		*out = KVK_WHY_BUDGET;
out:
	return err;
}

static enum kvk_err ask_point(struct attempt *a, const struct kvk_crl_point *point)
{
	struct kvk_crl_state *state = a->state;
	const struct kvk_crl_scope scope = {
		.certificate = state->in->certificate,
		.point = point,
		.manner = state->in->manner,
		.budget = state->outer->budget,
	};
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; !a->abandoned && i < state->count; i++) {
		enum kvk_revocation_why why;

		KVK_TRY(check(a, &scope, &state->all[i], &why));
		if (why == KVK_WHY_DETERMINED) {
			state->all[i].counts = true;
			state->reasons |= kvk_crl_scope_reasons(&scope, state->all[i].crl);
			why = KVK_WHY_CRL_REASONS;
		}
		kvk_crl_state_pass_over(state, &state->all[i], why);
	}
out:
	return err;
}

/* What the CRLs that count say of the certificate. */
static void sweep(struct kvk_crl_state *state)
{
	for (size_t i = 0; i < state->count; i++) {
		const struct kvk_crl_listing *l = &state->all[i].listing;

		if (!state->all[i].counts || !l->listed)
			continue;
		if (l->own_critical) {
			state->answer->why = KVK_WHY_CRL_CRITICAL;
			state->answer->crl = (int)state->all[i].place;
			return;
		}
		if (l->date < state->in->at) {
			kvk_crl_state_revoke(state, &state->all[i]);
			return;
		}
		state->answer->planned = true;
		state->answer->date = l->date;
	}
	kvk_crl_state_clear(state);
}

/* Asks all CRLs with one key. */
static enum kvk_err try_key(struct attempt *a, bool *settled)
{
	struct kvk_crl_state *state = a->state;
	const struct kvk_extensions *e = &state->in->certificate->ext;
	const uint32_t all = kvk_crl_scope_all(state->in->manner);
	enum kvk_err err = KVK_OK;

	state->reasons = 0;
	for (size_t i = 0; i < state->count; i++)
		state->all[i].counts = false;
	if (!e->has_crl_points)
		KVK_TRY(ask_point(a, NULL));
	for (size_t i = 0; i < e->crl_point_count && state->reasons != all; i++)
		KVK_TRY(ask_point(a, &e->crl_points[i]));
	*settled = !a->abandoned && state->reasons == all;
	if (*settled)
		sweep(state);
out:
	return err;
}

/* Another key of the issuer, or the same where it might not sign, found by a path of its own. */
static enum kvk_err try_other_keys(struct kvk_crl_state *state, const struct attempt *first)
{
	const struct kvk_crl_input *in = state->in;
	bool settled = false;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; !settled && i < in->pool_count; i++) {
		const struct kvk_certificate *c = in->pool[i].certificate;
		struct attempt a = { .state = state, .key = c->spki, .may_sign = true };
		enum kvk_revocation_why why;

		if (!kvk_crl_signer_may_sign(c) ||
			(first->may_sign && kvk_span_equal(c->spki, first->key)) ||
			!names_equal(&a, &c->subject, &in->certificate->issuer))
			continue;
		KVK_TRY(kvk_crl_signer_path(in, state->outer, c, in->anchor, 1, &a.parent, &why));
		if (why == KVK_WHY_DETERMINED)
			KVK_TRY(try_key(&a, &settled));
	}
	/* One that was not looked at might have been the one. */
	if (!settled && is_exhausted(first) && state->count > 0)
		kvk_crl_state_pass_over(state, &state->all[0], KVK_WHY_BUDGET);
out:
	return err;
}

enum kvk_err kvk_crl_java(struct kvk_crl_state *state)
{
	const struct kvk_crl_input *in = state->in;
	struct attempt first = {
		.state = state, .parent = in->issuer_parent_spki, .may_sign = true
	};
	bool settled;
	enum kvk_err err;

	if (in->issuer != NULL) {
		const struct kvk_extensions *e = &in->issuer->ext;

		first.key = in->issuer->spki;
		first.may_sign = e->has_key_usage && kvk_crl_signer_may_sign(in->issuer);
	} else if (in->anchor != NULL) {
		first.key = in->anchor->spki;
	}
	KVK_TRY(try_key(&first, &settled));
	if (!settled && in->anchor != NULL)
		KVK_TRY(try_other_keys(state, &first));
out:
	return err;
}
