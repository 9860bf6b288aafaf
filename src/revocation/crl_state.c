/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_state.h"

/*
 * How near a CRL came to being used: of several that fail, the one that came furthest tells most.
 */
static int nearness(enum kvk_revocation_why why)
{
	static const int far[KVK_REVOCATION_WHY_COUNT] = {
		[KVK_WHY_NO_CRL] = 0,
		[KVK_WHY_CRL_UNREADABLE] = 1,
		[KVK_WHY_CRL_SCOPE] = 2,
		[KVK_WHY_CRL_EARLY] = 3,
		[KVK_WHY_CRL_STALE] = 3,
		[KVK_WHY_CRL_CRITICAL] = 4,
		[KVK_WHY_CRL_SIGNER] = 5,
		[KVK_WHY_CRL_SIGN] = 5,
		[KVK_WHY_CRL_ALGORITHM] = 6,
		[KVK_WHY_CRL_SIGNATURE] = 6,
		[KVK_WHY_CRL_REASONS] = 7,
		/* what was not looked at might have been the one */
		[KVK_WHY_BUDGET] = 8,
	};

	return far[why];
}

void kvk_crl_state_pass_over(
	struct kvk_crl_state *state, const struct kvk_crl_known *c, enum kvk_revocation_why why)
{
	if (state->answer->crl >= 0 && nearness(why) <= nearness(state->answer->why))
		return;
	state->answer->why = why;
	state->answer->crl = why == KVK_WHY_NO_CRL ? -1 : (int)c->place;
}

/* Of two of one date, a number says which came last where both have one. */
static bool is_as_new(const struct kvk_crl *a, const struct kvk_crl *b)
{
	return kvk_crl_order(a, b) == 0 ||
		(a->this_update == b->this_update && !(a->has_number && b->has_number));
}

bool kvk_crl_state_has_twin(const struct kvk_crl_state *state, const struct kvk_crl *crl)
{
	for (size_t i = 0; i < state->count; i++) {
		const struct kvk_crl *other = state->all[i].crl;

		if (state->all[i].counts && other != crl && is_as_new(other, crl) &&
			kvk_crl_same_name(&other->issuer, &crl->issuer, state->in->manner,
				state->outer->budget))
			return true;
	}
	return false;
}

enum kvk_revocation_why kvk_crl_state_times(
	const struct kvk_crl_state *state, const struct kvk_crl *crl, kvk_time skew)
{
	if (crl->this_update > state->in->at + skew)
		return KVK_WHY_CRL_EARLY;
	if (!crl->has_next_update || crl->next_update < state->in->at - skew)
		return KVK_WHY_CRL_STALE;
	return KVK_WHY_DETERMINED;
}

const struct kvk_crl_listing *kvk_crl_state_listing(
	struct kvk_crl_state *state, struct kvk_crl_known *c)
{
	if (!c->listing_known)
		kvk_crl_listing_find(
			c->crl, state->in->certificate, state->in->manner, &c->listing);
	c->listing_known = true;
	return &c->listing;
}

void kvk_crl_state_revoke(struct kvk_crl_state *state, const struct kvk_crl_known *c)
{
	*state->answer = (struct kvk_revocation_answer){
		.state = KVK_REVOCATION_REVOKED,
		.date = c->listing.date,
		.has_reason = c->listing.has_reason,
		.reason = c->listing.reason,
		.crl = (int)c->place,
	};
}

void kvk_crl_state_clear(struct kvk_crl_state *state)
{
	/* A CRL that was left unread because of a limit may revoke. */
	if (state->answer->why == KVK_WHY_BUDGET)
		return;
	state->answer->state = KVK_REVOCATION_GOOD;
	state->answer->why = KVK_WHY_DETERMINED;
}
