/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_status.h"

#include "crypto/scheme.h"
#include "revocation/crl_entry.h"
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
		[KVK_WHY_CRL_SIGN] = 5,
		[KVK_WHY_CRL_ALGORITHM] = 6,
		[KVK_WHY_BUDGET] = 6,
		[KVK_WHY_CRL_SIGNATURE] = 6,
		[KVK_WHY_CRL_REASONS] = 7,
	};

	return far[why];
}

/* One certificate under judgement. */
struct judgement {
	const struct kvk_crl_input *in;
	struct kvk_revocation_answer *answer;
	enum kvk_name_manner names;
	/* Reasons for which a CRL has said that the certificate is not revoked. */
	uint32_t reasons;
	struct kvk_crl_listing listings[KVK_LIMIT_CRLS];
	bool looked_up[KVK_LIMIT_CRLS];
};

/* Takes note why CRL number i was of no use. */
static void pass_over(struct judgement *j, size_t i, enum kvk_revocation_why why)
{
	if (j->answer->crl >= 0 && nearness(why) <= nearness(j->answer->why))
		return;
	j->answer->why = why;
	j->answer->crl = why == KVK_WHY_NO_CRL ? -1 : (int)i;
}

/*
 * Times: a CRL has to be there already, and not replaced yet. Java allows for clocks that differ.
 */
static enum kvk_revocation_why judge_times(
	const struct kvk_crl_input *in, const struct kvk_crl *crl)
{
	kvk_time skew = in->manner == KVK_MANNER_JAVA ? KVK_LIMIT_CLOCK_SKEW_MS : 0;

	if (crl->this_update > in->at + skew)
		return KVK_WHY_CRL_EARLY;
	if (!crl->has_next_update || crl->next_update < in->at - skew)
		return KVK_WHY_CRL_STALE;
	return KVK_WHY_DETERMINED;
}

/* Whether Java refuses to look at a signature of this algorithm. */
static bool is_disabled(const struct kvk_crl *crl)
{
	struct kvk_scheme scheme;

	if (kvk_scheme_read(crl->algorithm, &scheme) != KVK_OK)
		return true;
	return scheme.oid == KVK_OID_RSA_MD2 || scheme.hash == KVK_HASH_MD5;
}

/* (f), (g): the key of the certificate's issuer may sign CRLs, and signed this one. */
static enum kvk_err judge_signature(
	const struct kvk_crl_input *in, const struct kvk_crl *crl, enum kvk_revocation_why *out)
{
	const struct kvk_certificate *issuer = in->issuer;
	struct kvk_span none = { 0 };
	enum kvk_link link;
	enum kvk_err err;

	*out = KVK_WHY_CRL_SIGNATURE;
	if (issuer == NULL && in->anchor == NULL)
		return KVK_OK;
	if (issuer != NULL && issuer->ext.has_key_usage &&
		(issuer->ext.key_usage & KVK_KU_CRL_SIGN) == 0) {
		*out = KVK_WHY_CRL_SIGN;
		return KVK_OK;
	}
	if (in->manner == KVK_MANNER_JAVA && is_disabled(crl)) {
		*out = KVK_WHY_CRL_ALGORITHM;
		return KVK_OK;
	}
	err = kvk_signature_check(in->signatures, issuer != NULL ? issuer->spki : in->anchor->spki,
		none, crl->algorithm, crl->tbs, crl->signature, &link);
	if (link == KVK_LINK_GOOD)
		*out = KVK_WHY_DETERMINED;
	else if (link != KVK_LINK_BAD)
		*out = link == KVK_LINK_EXHAUSTED ? KVK_WHY_BUDGET : KVK_WHY_CRL_ALGORITHM;
	return err;
}

/* Whether CRL number i may be used at this distribution point. */
static enum kvk_err judge_crl(struct judgement *j, const struct kvk_crl_scope *scope, size_t i,
	enum kvk_revocation_why *out)
{
	const struct kvk_crl *crl = j->in->crls[i].crl;
	enum kvk_err err;
	bool covered;

	*out = KVK_WHY_CRL_UNREADABLE;
	if (crl == NULL)
		return KVK_OK;
	*out = KVK_WHY_NO_CRL;
	if (!kvk_crl_scope_issuer(scope, crl))
		return KVK_OK;
	*out = KVK_WHY_CRL_SCOPE;
	err = kvk_crl_scope_covers(scope, crl, &covered);
	if (err != KVK_OK || !covered || crl->has_delta_base)
		return err;
	/* a CRL that speaks for no further reason says nothing new */
	if ((kvk_crl_scope_reasons(scope, crl) & ~j->reasons) == 0)
		return KVK_OK;
	*out = judge_times(j->in, crl);
	if (*out != KVK_WHY_DETERMINED)
		return KVK_OK;
	*out = KVK_WHY_CRL_CRITICAL;
	if (crl->unknown_critical)
		return KVK_OK;
	return judge_signature(j->in, crl, out);
}

/* What a CRL that may be used says. */
static enum kvk_revocation_why read_listing(
	struct judgement *j, const struct kvk_crl_scope *scope, size_t i)
{
	const struct kvk_crl *crl = j->in->crls[i].crl;
	struct kvk_crl_listing *l = &j->listings[i];
	bool java = j->in->manner == KVK_MANNER_JAVA;

	if (!j->looked_up[i])
		kvk_crl_look_up(crl, j->in->certificate, j->names, l);
	j->looked_up[i] = true;
	if (l->unreadable)
		return KVK_WHY_CRL_UNREADABLE;
	if (java ? l->own_critical : l->any_critical)
		return KVK_WHY_CRL_CRITICAL;
	if (l->listed && (!java || l->date < j->in->at) &&
		(java || l->reason != KVK_REVOKED_REMOVE_FROM_CRL)) {
		*j->answer = (struct kvk_revocation_answer){
			.state = KVK_REVOCATION_REVOKED,
			.date = l->date,
			.has_reason = l->has_reason,
			.reason = l->reason,
			.crl = (int)i,
		};
		return KVK_WHY_DETERMINED;
	}
	j->reasons |= kvk_crl_scope_reasons(scope, crl);
	pass_over(j, i, KVK_WHY_CRL_REASONS);
	return KVK_WHY_DETERMINED;
}

/* Goes through the CRLs for one distribution point. */
static enum kvk_err judge_point(struct judgement *j, const struct kvk_crl_point *point)
{
	struct kvk_crl_scope scope = {
		.certificate = j->in->certificate, .point = point, .names = j->names
	};
	size_t n = j->in->crl_count < KVK_LIMIT_CRLS ? j->in->crl_count : KVK_LIMIT_CRLS;

	for (size_t i = 0; i < n; i++) {
		enum kvk_revocation_why why;
		enum kvk_err err = judge_crl(j, &scope, i, &why);

		if (err != KVK_OK)
			return err;
		if (why == KVK_WHY_DETERMINED)
			why = read_listing(j, &scope, i);
		if (j->answer->state == KVK_REVOCATION_REVOKED)
			return KVK_OK;
		if (why != KVK_WHY_DETERMINED)
			pass_over(j, i, why);
	}
	return KVK_OK;
}

enum kvk_err kvk_crl_status(const struct kvk_crl_input *input, struct kvk_revocation_answer *out)
{
	const struct kvk_extensions *e = &input->certificate->ext;
	struct judgement j = {
		.in = input,
		.answer = out,
		.names = input->manner == KVK_MANNER_JAVA ? KVK_NAMES_JAVA : KVK_NAMES_RFC5280,
	};
	enum kvk_err err = KVK_OK;

	*out = (struct kvk_revocation_answer){
		.state = KVK_REVOCATION_UNDETERMINED, .why = KVK_WHY_NO_CRL, .crl = -1
	};
	for (size_t i = 0;
		err == KVK_OK && i < e->crl_point_count && j.reasons != KVK_CRL_ALL_REASONS; i++) {
		err = judge_point(&j, &e->crl_points[i]);
		if (out->state == KVK_REVOCATION_REVOKED)
			return err;
	}
	/* the implied point; Java asks it only where the certificate names none */
	if (err == KVK_OK && j.reasons != KVK_CRL_ALL_REASONS &&
		(input->manner != KVK_MANNER_JAVA || e->crl_point_count == 0))
		err = judge_point(&j, NULL);
	if (err == KVK_OK && out->state != KVK_REVOCATION_REVOKED &&
		j.reasons == KVK_CRL_ALL_REASONS) {
		out->state = KVK_REVOCATION_GOOD;
		out->why = KVK_WHY_DETERMINED;
	}
	return err;
}
