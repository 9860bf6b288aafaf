/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_status.h"

#include "revocation/crl_java.h"
#include "revocation/crl_rfc5280.h"

/* Puts the CRLs in order, the newest first; those that cannot be read last. */
static void put_in_order(struct kvk_crl_state *state)
{
	for (size_t i = 0; i < state->in->crl_count && state->count < KVK_LIMIT_CRLS; i++) {
		const struct kvk_crl *crl = state->in->crls[i].crl;
		size_t at = state->count++;

		while (crl != NULL && at > 0 &&
			(state->all[at - 1].crl == NULL ||
				kvk_crl_order(state->all[at - 1].crl, crl) < 0)) {
			state->all[at] = state->all[at - 1];
			at--;
		}
		state->all[at] = (struct kvk_crl_known){ .crl = crl, .place = i };
	}
}

/* The status of a certificate, asked for within those of others. */
static enum kvk_err find_status(const struct kvk_crl_input *in, const struct kvk_crl_outer *outer,
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
		.find_status = find_status,
	};
	struct kvk_crl_state state = { .in = in, .outer = &inner, .answer = out };

	*out = (struct kvk_revocation_answer){
		.state = KVK_REVOCATION_UNDETERMINED, .why = KVK_WHY_NO_CRL, .ocsp = -1, .crl = -1
	};
	put_in_order(&state);
	return in->manner == KVK_MANNER_JAVA ? kvk_crl_java(&state) : kvk_crl_rfc5280(&state);
}

enum kvk_err kvk_crl_status(const struct kvk_crl_input *input, struct kvk_revocation_answer *out)
{
	return find_status(input, NULL, out);
}
