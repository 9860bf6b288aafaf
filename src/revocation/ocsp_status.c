/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/ocsp_status.h"

#include <string.h>

#include "revocation/ocsp_responder.h"

/* An answer without an end counts for as long as clocks may differ. */
#define WITHOUT_END KVK_LIMIT_CLOCK_SKEW_MS

/* How bad an outcome is, of answers that may be believed: the worst is kept. */
enum rank { RANK_NONE, RANK_UNUSABLE, RANK_GOOD, RANK_UNKNOWN, RANK_BUDGET, RANK_REVOKED };

/* One certificate under judgement. */
struct judgement {
	const struct kvk_ocsp_input *in;
	struct kvk_revocation_answer *answer;
	enum rank rank;
	struct kvk_ocsp_hashes hashes;
};

static void keep(
	struct judgement *j, enum rank rank, enum kvk_revocation state, enum kvk_revocation_why why)
{
	if (rank <= j->rank)
		return;
	j->rank = rank;
	j->answer->state = state;
	j->answer->why = why;
}

static void keep_revoked(struct judgement *j, const struct kvk_ocsp_single *single)
{
	if (j->rank == RANK_REVOKED)
		return;
	keep(j, RANK_REVOKED, KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
	j->answer->date = single->revoked_at;
	j->answer->has_reason = single->has_reason;
	j->answer->reason = single->reason;
}

/* Not from the future, and not past its end (RFC 6960 4.2.2.1). Java lets clocks differ. */
static bool is_current(const struct kvk_ocsp_input *in, const struct kvk_ocsp_single *single)
{
	kvk_time skew = in->manner == KVK_MANNER_JAVA ? KVK_LIMIT_CLOCK_SKEW_MS : KVK_MINUTE;
	kvk_time end = single->has_next_update ? single->next_update :
						 single->this_update + WITHOUT_END - skew;

	if (single->has_next_update && single->next_update < single->this_update)
		return false;
	return single->this_update <= in->at + skew && end >= in->at - skew;
}

/* As in a CRL, Java takes a revocation that is still to come for none. */
static bool is_revoked(const struct kvk_ocsp_input *in, const struct kvk_ocsp_single *single)
{
	return single->status == KVK_OCSP_REVOKED &&
		(in->manner != KVK_MANNER_JAVA || single->revoked_at < in->at);
}

static void keep_good(struct judgement *j, const struct kvk_ocsp_single *single)
{
	keep(j, RANK_GOOD, KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
	if (single->status == KVK_OCSP_REVOKED && j->rank == RANK_GOOD) {
		j->answer->planned = true;
		j->answer->date = single->revoked_at;
	}
}

static void judge_single(struct judgement *j, const struct kvk_ocsp_single *single)
{
	if (single->unknown_critical || !is_current(j->in, single))
		keep(j, RANK_UNUSABLE, KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP);
	else if (is_revoked(j->in, single))
		keep_revoked(j, single);
	else if (single->status == KVK_OCSP_UNKNOWN)
		keep(j, RANK_UNKNOWN, KVK_REVOCATION_UNDETERMINED, KVK_WHY_OCSP_UNKNOWN);
	else
		keep_good(j, single);
}

/*
 * Goes through the entries about this certificate; judged says whether they count, or are only
 * looked for. KVK_ERR_DER where they cannot be read.
 */
static enum kvk_err walk_singles(
	struct judgement *j, const struct kvk_ocsp *ocsp, bool judged, bool *any)
{
	struct kvk_ocsp_single single;
	struct kvk_der_log log = { 0 };
	struct kvk_der walk;
	bool more = true;
	enum kvk_err err = KVK_OK;

	*any = false;
	kvk_ocsp_walk(ocsp, &log, &walk);
	while (err == KVK_OK && more) {
		bool same = false;

		err = kvk_ocsp_next(&walk, &single, &more);
		if (err == KVK_OK && more)
			err = kvk_ocsp_is_about(j->in, &j->hashes, &single, &same);
		if (err == KVK_OK && same && judged)
			judge_single(j, &single);
		*any = *any || same;
	}
	return err;
}

/* Whether a nonce that came back is the one that was sent. */
static bool nonce_fits(const struct kvk_ocsp_input *in, const struct kvk_ocsp *ocsp)
{
	return in->nonce.n == 0 || ocsp->nonce.n == 0 || kvk_span_equal(in->nonce, ocsp->nonce);
}

static enum kvk_err judge_answer(struct judgement *j, const struct kvk_ocsp *ocsp)
{
	enum kvk_revocation_why why = KVK_WHY_OCSP;
	enum kvk_err err = KVK_OK;
	bool any = false;

	if (ocsp != NULL && ocsp->status == KVK_OCSP_SUCCESSFUL && !ocsp->unknown_critical &&
		nonce_fits(j->in, ocsp))
		err = walk_singles(j, ocsp, false, &any);
	/* signatures are checked only of answers that are about this certificate */
	if (err == KVK_OK && any)
		err = kvk_ocsp_is_authorised(j->in, ocsp, &why);
	if (err == KVK_OK && why == KVK_WHY_DETERMINED)
		return walk_singles(j, ocsp, true, &any);
	keep(j, why == KVK_WHY_BUDGET ? RANK_BUDGET : RANK_UNUSABLE, KVK_REVOCATION_UNDETERMINED,
		why);
	return err == KVK_ERR_DER ? KVK_OK : err;
}

enum kvk_err kvk_ocsp_status(const struct kvk_ocsp_input *input, struct kvk_revocation_answer *out)
{
	struct judgement j = { .in = input, .answer = out, .rank = RANK_NONE };
	enum kvk_err err = KVK_OK;

	memset(out, 0, sizeof *out);
	out->state = KVK_REVOCATION_UNDETERMINED;
	out->why = KVK_WHY_NO_CRL;
	out->crl = -1;
	for (size_t i = 0; err == KVK_OK && i < input->answer_count; i++)
		err = judge_answer(&j, input->answers[i].ocsp);
	return err;
}

void kvk_revocation_combine(const struct kvk_revocation_answer *ocsp,
	const struct kvk_revocation_answer *crl, struct kvk_revocation_answer *out)
{
	const struct kvk_revocation_answer *chosen = crl;

	if (ocsp->state == KVK_REVOCATION_REVOKED)
		chosen = ocsp;
	else if (crl->state == KVK_REVOCATION_REVOKED)
		chosen = crl;
	else if (ocsp->state == KVK_REVOCATION_GOOD)
		chosen = ocsp;
	else if (crl->state == KVK_REVOCATION_UNDETERMINED && ocsp->why != KVK_WHY_NO_CRL)
		chosen = ocsp;
	*out = *chosen;
	if (out->state == KVK_REVOCATION_GOOD && !out->planned && (ocsp->planned || crl->planned)) {
		out->planned = true;
		out->date = ocsp->planned ? ocsp->date : crl->date;
	}
}
