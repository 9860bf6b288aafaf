/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/ocsp_status.h"

#include "revocation/ocsp_responder.h"

/* An answer without an end counts for as long as clocks may differ. */
#define WITHOUT_END KVK_LIMIT_CLOCK_SKEW_MS

/* How bad an outcome is, of answers that may be believed: the worst is kept. */
enum rank { RANK_NONE, RANK_UNUSABLE, RANK_GOOD, RANK_UNKNOWN, RANK_BUDGET, RANK_REVOKED };

/* What is known of one certificate. */
struct state {
	const struct kvk_ocsp_input *in;
	struct kvk_revocation_answer *answer;
	enum rank rank;
	/* The response that is asked. */
	int number;
	struct kvk_ocsp_hashes hashes;
	/* An entry of the response has a critical extension, whoever it is about. */
	bool any_critical;
};

static void keep(struct state *state, enum rank rank, enum kvk_revocation status,
	enum kvk_revocation_why why)
{
	if (rank <= state->rank)
		return;
	state->rank = rank;
	state->answer->state = status;
	state->answer->why = why;
	state->answer->ocsp = status != KVK_REVOCATION_UNDETERMINED ? state->number : -1;
}

static void keep_revoked(struct state *state, const struct kvk_ocsp_single *single)
{
	if (state->rank == RANK_REVOKED)
		return;
	keep(state, RANK_REVOKED, KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	state->answer->date = single->revoked_at;
	state->answer->has_reason = single->has_reason;
	state->answer->reason = single->reason;
}

/*
 * Not from the future, and not past its end (RFC 6960 4.2.2.1). Java lets clocks differ, and does
 * not ask whether the end comes before the beginning.
 */
static bool is_current(const struct kvk_ocsp_input *in, const struct kvk_ocsp_single *single)
{
	kvk_time skew = in->manner == KVK_MANNER_JAVA ? KVK_LIMIT_CLOCK_SKEW_MS : KVK_MINUTE;
	kvk_time end = single->has_next_update ? single->next_update :
						 single->this_update + WITHOUT_END - skew;

	if (in->manner != KVK_MANNER_JAVA && single->has_next_update &&
		single->next_update < single->this_update)
		return false;
	return single->this_update <= in->at + skew && end >= in->at - skew;
}

/* As in a CRL, Java takes a revocation that is still to come for none. */
static bool is_revoked(const struct kvk_ocsp_input *in, const struct kvk_ocsp_single *single)
{
	return single->status == KVK_OCSP_REVOKED &&
		(in->manner != KVK_MANNER_JAVA || single->revoked_at < in->at);
}

static void keep_good(struct state *state, const struct kvk_ocsp_single *single)
{
	keep(state, RANK_GOOD, KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
	if (single->status == KVK_OCSP_REVOKED && state->rank == RANK_GOOD) {
		state->answer->planned = true;
		state->answer->date = single->revoked_at;
	}
}

/* A response that cannot be used, and why. */
static void keep_flaw(struct state *state, enum kvk_ocsp_flaw flaw)
{
	keep(state, RANK_UNUSABLE, KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP);
	state->answer->flaws |= KVK_OCSP_FLAW_BIT(flaw);
}

static void keep_unknown(struct state *state)
{
	keep(state, RANK_UNKNOWN, KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP_UNKNOWN);
	state->answer->flaws |= KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_UNKNOWN);
}

static void keep_single(struct state *state, const struct kvk_ocsp_single *single)
{
	if (single->unknown_critical)
		keep_flaw(state, KVK_OCSP_FLAW_CRITICAL);
	else if (!is_current(state->in, single))
		keep_flaw(
			state, single->has_next_update ? KVK_OCSP_FLAW_STALE : KVK_OCSP_FLAW_OPEN);
	else if (is_revoked(state->in, single))
		keep_revoked(state, single);
	else if (single->status == KVK_OCSP_UNKNOWN)
		keep_unknown(state);
	else
		keep_good(state, single);
}

/*
 * Goes through the entries about this certificate; counts says whether they are kept, or only
 * looked for. KVK_ERR_DER where they cannot be read.
 */
static enum kvk_err walk_singles(
	struct state *state, const struct kvk_ocsp *ocsp, bool counts, bool *any)
{
	struct kvk_ocsp_single single;
	struct kvk_der_log log = { 0 };
	struct kvk_der walk;
	bool more = true;
	enum kvk_err err;

	*any = false;
	state->any_critical = false;
	kvk_ocsp_walk(ocsp, &log, &walk);
	for (;;) {
		bool same = false;

		KVK_TRY(kvk_ocsp_next(&walk, &single, &more));
		if (!more)
			break;
		state->any_critical = state->any_critical || single.unknown_critical;
		KVK_TRY(kvk_ocsp_is_about(state->in, &state->hashes, &single, &same));
		if (same && counts)
			keep_single(state, &single);
		*any = *any || same;
	}
out:
	return err;
}

/* Whether a nonce that came back is the one that was sent. */
static bool nonce_fits(const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp)
{
	return in->nonce.n == 0 || ocsp->nonce.n == 0 || kvk_span_equal(in->nonce, ocsp->nonce);
}

/* What is wrong with an answer whoever it is about. */
static enum kvk_ocsp_flaw flaw_of(const struct kvk_ocsp *ocsp)
{
	if (ocsp == NULL)
		return KVK_OCSP_FLAW_UNREADABLE;
	if (ocsp->status != KVK_OCSP_SUCCESSFUL)
		return kvk_ocsp_flaw_of_status(ocsp->status);
	return KVK_OCSP_FLAW_NONE;
}

/* What is wrong with the extensions of an answer. */
static enum kvk_ocsp_flaw flaw_of_extensions(
	const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp)
{
	if (ocsp->unknown_critical || (in->manner == KVK_MANNER_JAVA && ocsp->critical_nonce))
		return KVK_OCSP_FLAW_CRITICAL;
	return nonce_fits(in, ocsp) ? KVK_OCSP_FLAW_NONE : KVK_OCSP_FLAW_SIGNATURE;
}

/* Who gave an answer that is about this certificate; where the right one did, its entries count. */
static enum kvk_err ask_signed(struct state *state, const struct kvk_ocsp *ocsp)
{
	enum kvk_revocation_why why;
	bool any;
	enum kvk_err err;

	KVK_TRY(kvk_ocsp_responder_check(state->in, ocsp, &why));
	if (why == KVK_WHY_DETERMINED)
		KVK_TRY(walk_singles(state, ocsp, true, &any));
	else if (why == KVK_WHY_BUDGET)
		keep(state, RANK_BUDGET, KVK_REVOCATION_UNDETERMINED, why);
	else
		keep_flaw(state, KVK_OCSP_FLAW_SIGNATURE);
out:
	return err;
}

static enum kvk_err ask_answer(struct state *state, const struct kvk_ocsp *ocsp)
{
	enum kvk_ocsp_flaw flaw = flaw_of(ocsp);
	bool any = false;
	enum kvk_err err = KVK_OK;

	if (flaw != KVK_OCSP_FLAW_NONE)
		goto out;
	KVK_TRY(walk_singles(state, ocsp, false, &any));
	if (!any) {
		keep(state, RANK_UNUSABLE, KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP);
		goto out;
	}
	flaw = flaw_of_extensions(state->in, ocsp);
	/* Java reads all entries before anything else. */
	if (state->in->manner == KVK_MANNER_JAVA && state->any_critical)
		flaw = KVK_OCSP_FLAW_CRITICAL;
	/* signatures are checked only of answers that are about this certificate */
	if (flaw == KVK_OCSP_FLAW_NONE)
		KVK_TRY(ask_signed(state, ocsp));
out:
	if (err == KVK_ERR_DER) {
		flaw = KVK_OCSP_FLAW_UNREADABLE;
		err = KVK_OK;
	}
	if (flaw != KVK_OCSP_FLAW_NONE)
		keep_flaw(state, flaw);
	return err;
}

enum kvk_err kvk_ocsp_status(const struct kvk_ocsp_input *input, struct kvk_revocation_answer *out)
{
	struct state state = { .in = input, .answer = out, .rank = RANK_NONE };
	enum kvk_err err = KVK_OK;

	*out = (struct kvk_revocation_answer){
		.state = KVK_REVOCATION_UNDETERMINED, .why = KVK_WHY_NO_CRL, .ocsp = -1, .crl = -1
	};
	for (size_t i = 0; i < input->answer_count; i++) {
		state.number = (int)i;
		KVK_TRY(ask_answer(&state, input->answers[i].ocsp));
	}
out:
	return err;
}
