/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_rfc5280.h"

#include "revocation/crl_delta.h"
#include "revocation/crl_scope.h"

/* (f), (g): who signed a CRL; asked once. */
static enum kvk_err find_signer(
	struct kvk_crl_state *state, struct kvk_crl_known *c, enum kvk_revocation_why *out)
{
	enum kvk_err err = KVK_OK;

	if (!c->signer_known)
		KVK_TRY(kvk_crl_signer_find(state->in, state->outer, c->crl, &c->key, &c->signer));
	c->signer_known = true;
	*out = c->signer;
out:
	return err;
}

/* Whether a delta CRL may be used with a complete one whose signer is known (c), (h). */
static enum kvk_err check_delta(struct kvk_crl_state *state, struct kvk_crl_known *c,
	const struct kvk_crl_known *complete, bool *out)
{
	enum kvk_revocation_why why;
	enum kvk_err err;

	*out = false;
	if (c->crl == NULL || c->crl->unknown_critical ||
		!kvk_crl_delta_fits(
			c->crl, complete->crl, state->in->manner, state->outer->budget) ||
		kvk_crl_state_times(state, c->crl, 0) != KVK_WHY_DETERMINED)
		return KVK_OK;
	KVK_TRY(find_signer(state, c, &why));
	*out = why == KVK_WHY_DETERMINED && kvk_span_equal(c->key, complete->key) &&
		kvk_crl_listing_why(kvk_crl_state_listing(state, c)) == KVK_WHY_DETERMINED &&
		!c->listing.any_critical;
out:
	return err;
}

/* The newest delta CRL that goes with a complete one; asked once. */
static enum kvk_err find_delta(struct kvk_crl_state *state, struct kvk_crl_known *complete)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; !complete->delta_known && i < state->count; i++) {
		KVK_TRY(check_delta(state, &state->all[i], complete, &complete->delta_known));
		if (complete->delta_known)
			complete->delta = &state->all[i];
	}
	complete->delta_known = true;
out:
	return err;
}

/* Whether there is a delta CRL at all. */
static bool has_deltas(const struct kvk_crl_state *state)
{
	for (size_t i = 0; i < state->count; i++) {
		if (state->all[i].crl != NULL && state->all[i].crl->has_delta_base)
			return true;
	}
	return false;
}

/* Whether a CRL speaks for the certificate at this distribution point (b), (d), (e). */
static enum kvk_err check_scope(struct kvk_crl_state *state, const struct kvk_crl_scope *scope,
	const struct kvk_crl *crl, enum kvk_revocation_why *out)
{
	bool covered = false;
	enum kvk_err err = KVK_OK;

	*out = KVK_WHY_NO_CRL;
	if (kvk_crl_scope_issuer(scope, crl)) {
		*out = KVK_WHY_CRL_SCOPE;
		KVK_TRY(kvk_crl_scope_covers(scope, crl, &covered));
	}
	/* a CRL that speaks for no further reason says nothing new */
	if (covered && !crl->has_delta_base &&
		((kvk_crl_scope_reasons(scope, crl) & ~state->reasons) != 0 ||
			kvk_crl_state_has_twin(state, crl)))
		*out = KVK_WHY_DETERMINED;
	else if (scope->budget->exhausted)
		*out = KVK_WHY_BUDGET;
out:
	return err;
}

/* Whether a complete CRL may be used at this distribution point. */
static enum kvk_err check_crl(struct kvk_crl_state *state, const struct kvk_crl_scope *scope,
	struct kvk_crl_known *c, enum kvk_revocation_why *out)
{
	enum kvk_revocation_why times;
	enum kvk_err err;

	*out = KVK_WHY_CRL_UNREADABLE;
	if (c->crl == NULL)
		return KVK_OK;
	KVK_TRY(check_scope(state, scope, c->crl, out));
	if (*out != KVK_WHY_DETERMINED)
		goto out;
	/* a newer delta brings an older complete CRL up to date */
	*out = times = kvk_crl_state_times(state, c->crl, 0);
	if (times == KVK_WHY_CRL_EARLY || (times == KVK_WHY_CRL_STALE && !has_deltas(state)))
		goto out;
	*out = KVK_WHY_CRL_CRITICAL;
	if (c->crl->unknown_critical)
		goto out;
	KVK_TRY(find_signer(state, c, out));
	if (*out != KVK_WHY_DETERMINED)
		goto out;
	KVK_TRY(find_delta(state, c));
	if (c->delta == NULL)
		*out = scope->budget->exhausted ? KVK_WHY_BUDGET : times;
out:
	return err;
}

/* (i) to (l): what CRLs that may be used say. */
static enum kvk_revocation_why read_listing(
	struct kvk_crl_state *state, const struct kvk_crl_scope *scope, struct kvk_crl_known *c)
{
	struct kvk_crl_known *delta = c->delta;
	const struct kvk_crl_listing *l = kvk_crl_state_listing(state, c);
	const struct kvk_crl_known *says = c;

	if (kvk_crl_listing_why(l) != KVK_WHY_DETERMINED)
		return kvk_crl_listing_why(l);
	if (l->any_critical)
		return KVK_WHY_CRL_CRITICAL;
	if (delta != NULL && kvk_crl_state_listing(state, delta)->listed) {
		l = &delta->listing;
		says = delta;
	}
	if (l->listed && (!l->has_reason || l->reason != KVK_REVOKED_REMOVE_FROM_CRL)) {
		kvk_crl_state_revoke(state, says);
		return KVK_WHY_DETERMINED;
	}
	c->counts = true;
	state->reasons |= kvk_crl_scope_reasons(scope, c->crl);
	kvk_crl_state_pass_over(state, c, KVK_WHY_CRL_REASONS);
	return KVK_WHY_DETERMINED;
}

/* Goes through the CRLs for one distribution point, until one revokes. */
static enum kvk_err ask_point(struct kvk_crl_state *state, const struct kvk_crl_point *point)
{
	const struct kvk_crl_scope scope = {
		.certificate = state->in->certificate,
		.point = point,
		.manner = state->in->manner,
		.budget = state->outer->budget,
	};
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < state->count; i++) {
		enum kvk_revocation_why why;

		KVK_TRY(check_crl(state, &scope, &state->all[i], &why));
		if (why == KVK_WHY_DETERMINED)
			why = read_listing(state, &scope, &state->all[i]);
		if (state->answer->state == KVK_REVOCATION_REVOKED)
			goto out;
		if (why != KVK_WHY_DETERMINED)
			kvk_crl_state_pass_over(state, &state->all[i], why);
	}
out:
	return err;
}

/* The distribution points, and the implied one. */
enum kvk_err kvk_crl_rfc5280(struct kvk_crl_state *state)
{
	const struct kvk_extensions *e = &state->in->certificate->ext;
	const uint32_t all = kvk_crl_scope_all(state->in->manner);
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i <= e->crl_point_count && state->reasons != all; i++) {
		KVK_TRY(ask_point(state, i < e->crl_point_count ? &e->crl_points[i] : NULL));
		if (state->answer->state == KVK_REVOCATION_REVOKED)
			goto out;
	}
	if (state->reasons == all)
		kvk_crl_state_clear(state);
out:
	return err;
}
