/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_status.h"

#include "revocation/crl_delta.h"
#include "revocation/crl_judgement.h"
#include "revocation/crl_scope.h"

const char *kvk_revocation_why_id(enum kvk_revocation_why why)
{
#define KVK_REVOCATION_WHY_ID(id, name, text) name,
	static const char *const ids[] = { KVK_REVOCATION_WHYS(KVK_REVOCATION_WHY_ID) };
#undef KVK_REVOCATION_WHY_ID

	return (unsigned)why < KVK_REVOCATION_WHY_COUNT ? ids[why] : "";
}

const char *kvk_revocation_why_text(enum kvk_revocation_why why)
{
#define KVK_REVOCATION_WHY_TEXT(id, name, text) text,
	static const char *const texts[] = { KVK_REVOCATION_WHYS(KVK_REVOCATION_WHY_TEXT) };
#undef KVK_REVOCATION_WHY_TEXT

	return (unsigned)why < KVK_REVOCATION_WHY_COUNT ? _(texts[why]) : "";
}

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

void kvk_crl_pass_over(
	struct kvk_crl_judgement *j, const struct kvk_crl_known *c, enum kvk_revocation_why why)
{
	if (j->answer->crl >= 0 && nearness(why) <= nearness(j->answer->why))
		return;
	j->answer->why = why;
	j->answer->crl = why == KVK_WHY_NO_CRL ? -1 : (int)c->place;
}

enum kvk_revocation_why kvk_crl_times(
	const struct kvk_crl_judgement *j, const struct kvk_crl *crl, kvk_time skew)
{
	if (crl->this_update > j->in->at + skew)
		return KVK_WHY_CRL_EARLY;
	if (!crl->has_next_update || crl->next_update < j->in->at - skew)
		return KVK_WHY_CRL_STALE;
	return KVK_WHY_DETERMINED;
}

/* (f), (g): who signed a CRL; asked once. */
static enum kvk_err judge_signer(
	struct kvk_crl_judgement *j, struct kvk_crl_known *c, enum kvk_revocation_why *out)
{
	enum kvk_err err = KVK_OK;

	if (!c->signer_known)
		err = kvk_crl_signer(j->in, j->outer, c->crl, &c->key, &c->signer);
	c->signer_known = true;
	*out = c->signer;
	return err;
}

const struct kvk_crl_listing *kvk_crl_listing_of(
	struct kvk_crl_judgement *j, struct kvk_crl_known *c)
{
	if (!c->listing_known)
		kvk_crl_look_up(c->crl, j->in->certificate, j->names, &c->listing);
	c->listing_known = true;
	return &c->listing;
}

enum kvk_revocation_why kvk_crl_listing_why(const struct kvk_crl_listing *listing)
{
	if (listing->exhausted)
		return KVK_WHY_BUDGET;
	return listing->unreadable ? KVK_WHY_CRL_UNREADABLE : KVK_WHY_DETERMINED;
}

/* Whether a delta CRL may be used with a complete one whose signer is known (c), (h). */
static enum kvk_err judge_delta(struct kvk_crl_judgement *j, struct kvk_crl_known *c,
	const struct kvk_crl_known *complete, bool *out)
{
	enum kvk_revocation_why why;
	enum kvk_err err;

	*out = false;
	if (c->crl == NULL || c->crl->unknown_critical ||
		!kvk_crl_delta_fits(c->crl, complete->crl, j->names) ||
		kvk_crl_times(j, c->crl, 0) != KVK_WHY_DETERMINED)
		return KVK_OK;
	err = judge_signer(j, c, &why);
	*out = err == KVK_OK && why == KVK_WHY_DETERMINED &&
		kvk_span_equal(c->key, complete->key) &&
		kvk_crl_listing_why(kvk_crl_listing_of(j, c)) == KVK_WHY_DETERMINED &&
		!c->listing.any_critical;
	return err;
}

/* The newest delta CRL that goes with a complete one; asked once. */
static enum kvk_err find_delta(struct kvk_crl_judgement *j, struct kvk_crl_known *complete)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && !complete->delta_known && i < j->count; i++) {
		err = judge_delta(j, &j->all[i], complete, &complete->delta_known);
		if (complete->delta_known)
			complete->delta = &j->all[i];
	}
	complete->delta_known = true;
	return err;
}

/* Whether a delta CRL is at hand at all. */
static bool has_deltas(const struct kvk_crl_judgement *j)
{
	for (size_t i = 0; i < j->count; i++) {
		if (j->all[i].crl != NULL && j->all[i].crl->has_delta_base)
			return true;
	}
	return false;
}

/* Whether a CRL speaks for the certificate at this distribution point (b), (d), (e). */
static enum kvk_err judge_scope(struct kvk_crl_judgement *j, const struct kvk_crl_scope *scope,
	const struct kvk_crl *crl, enum kvk_revocation_why *out)
{
	bool covered = false;
	enum kvk_err err = KVK_OK;

	*out = KVK_WHY_NO_CRL;
	if (kvk_crl_scope_issuer(scope, crl)) {
		*out = KVK_WHY_CRL_SCOPE;
		err = kvk_crl_scope_covers(scope, crl, &covered);
	}
	/* a CRL that speaks for no further reason says nothing new */
	if (err == KVK_OK && covered && !crl->has_delta_base &&
		(kvk_crl_scope_reasons(scope, crl) & ~j->reasons) != 0)
		*out = KVK_WHY_DETERMINED;
	else if (scope->budget->exhausted)
		*out = KVK_WHY_BUDGET;
	return err;
}

/* Whether a complete CRL may be used at this distribution point. */
static enum kvk_err judge_crl(struct kvk_crl_judgement *j, const struct kvk_crl_scope *scope,
	struct kvk_crl_known *c, enum kvk_revocation_why *out)
{
	enum kvk_revocation_why times;
	enum kvk_err err;

	*out = KVK_WHY_CRL_UNREADABLE;
	if (c->crl == NULL)
		return KVK_OK;
	err = judge_scope(j, scope, c->crl, out);
	if (err != KVK_OK || *out != KVK_WHY_DETERMINED)
		return err;
	/* a newer delta brings an older complete CRL up to date */
	*out = times = kvk_crl_times(j, c->crl, 0);
	if (times == KVK_WHY_CRL_EARLY || (times == KVK_WHY_CRL_STALE && !has_deltas(j)))
		return KVK_OK;
	*out = KVK_WHY_CRL_CRITICAL;
	if (c->crl->unknown_critical)
		return KVK_OK;
	err = judge_signer(j, c, out);
	if (err != KVK_OK || *out != KVK_WHY_DETERMINED)
		return err;
	err = find_delta(j, c);
	if (err == KVK_OK && c->delta == NULL)
		*out = times;
	return err;
}

void kvk_crl_tell_revoked(struct kvk_crl_judgement *j, const struct kvk_crl_known *c)
{
	*j->answer = (struct kvk_revocation_answer){
		.state = KVK_REVOCATION_REVOKED,
		.date = c->listing.date,
		.has_reason = c->listing.has_reason,
		.reason = c->listing.reason,
		.crl = (int)c->place,
	};
}

/* (i) to (l): what CRLs that may be used say. */
static enum kvk_revocation_why read_listing(
	struct kvk_crl_judgement *j, const struct kvk_crl_scope *scope, struct kvk_crl_known *c)
{
	struct kvk_crl_known *delta = c->delta;
	const struct kvk_crl_listing *l = kvk_crl_listing_of(j, c);
	const struct kvk_crl_known *says = c;

	if (kvk_crl_listing_why(l) != KVK_WHY_DETERMINED)
		return kvk_crl_listing_why(l);
	if (l->any_critical)
		return KVK_WHY_CRL_CRITICAL;
	if (delta != NULL && kvk_crl_listing_of(j, delta)->listed) {
		l = &delta->listing;
		says = delta;
	}
	if (l->listed && (!l->has_reason || l->reason != KVK_REVOKED_REMOVE_FROM_CRL)) {
		kvk_crl_tell_revoked(j, says);
		return KVK_WHY_DETERMINED;
	}
	j->reasons |= kvk_crl_scope_reasons(scope, c->crl);
	kvk_crl_pass_over(j, c, KVK_WHY_CRL_REASONS);
	return KVK_WHY_DETERMINED;
}

/* Goes through the CRLs for one distribution point. */
static enum kvk_err judge_point(struct kvk_crl_judgement *j, const struct kvk_crl_point *point)
{
	struct kvk_crl_scope scope = {
		.certificate = j->in->certificate,
		.point = point,
		.names = j->names,
		.budget = j->outer->budget,
	};

	for (size_t i = 0; i < j->count; i++) {
		enum kvk_revocation_why why;
		enum kvk_err err = judge_crl(j, &scope, &j->all[i], &why);

		if (err != KVK_OK)
			return err;
		if (why == KVK_WHY_DETERMINED)
			why = read_listing(j, &scope, &j->all[i]);
		if (j->answer->state == KVK_REVOCATION_REVOKED)
			return KVK_OK;
		if (why != KVK_WHY_DETERMINED)
			kvk_crl_pass_over(j, &j->all[i], why);
	}
	return KVK_OK;
}

/* Puts the CRLs in order of their dates, the newest first; those that cannot be read last. */
static void put_in_order(struct kvk_crl_judgement *j)
{
	for (size_t i = 0; i < j->in->crl_count && j->count < KVK_LIMIT_CRLS; i++) {
		const struct kvk_crl *crl = j->in->crls[i].crl;
		size_t at = j->count++;

		while (crl != NULL && at > 0 &&
			(j->all[at - 1].crl == NULL ||
				j->all[at - 1].crl->this_update < crl->this_update)) {
			j->all[at] = j->all[at - 1];
			at--;
		}
		j->all[at] = (struct kvk_crl_known){ .crl = crl, .place = i };
	}
}

/* RFC 5280 6.3.3: the distribution points, and the implied one. */
static enum kvk_err judge_rfc(struct kvk_crl_judgement *j)
{
	const struct kvk_extensions *e = &j->in->certificate->ext;
	const uint32_t all = kvk_crl_scope_all(j->names);
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < e->crl_point_count && j->reasons != all; i++) {
		err = judge_point(j, &e->crl_points[i]);
		if (j->answer->state == KVK_REVOCATION_REVOKED)
			return err;
	}
	if (err == KVK_OK && j->reasons != all)
		err = judge_point(j, NULL);
	if (err == KVK_OK && j->answer->state != KVK_REVOCATION_REVOKED && j->reasons == all) {
		j->answer->state = KVK_REVOCATION_GOOD;
		j->answer->why = KVK_WHY_DETERMINED;
	}
	return err;
}

enum kvk_err kvk_crl_judge(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
	struct kvk_revocation_answer *out)
{
	struct kvk_crl_budget budget = {
		.paths = KVK_LIMIT_CRL_SIGNERS,
		.comparisons = KVK_LIMIT_CRL_COMPARISONS,
	};
	const struct kvk_crl_outer inner = {
		.certificate = in->certificate,
		.next = outer,
		.budget = outer != NULL ? outer->budget : &budget,
	};
	const bool java = in->manner == KVK_MANNER_JAVA;
	struct kvk_crl_judgement j = {
		.in = in,
		.outer = &inner,
		.answer = out,
		.names = java ? KVK_MANNER_JAVA : KVK_MANNER_RFC5280,
	};

	*out = (struct kvk_revocation_answer){
		.state = KVK_REVOCATION_UNDETERMINED, .why = KVK_WHY_NO_CRL, .crl = -1
	};
	put_in_order(&j);
	return java ? kvk_crl_judge_java(&j) : judge_rfc(&j);
}

enum kvk_err kvk_crl_status(const struct kvk_crl_input *input, struct kvk_revocation_answer *out)
{
	return kvk_crl_judge(input, NULL, out);
}
