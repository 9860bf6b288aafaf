/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/evaluate_revocation.h"

#include <stdlib.h>

#include "revocation/crl_status.h"
#include "revocation/ocsp_status.h"

struct lists {
	struct kvk_crl read[CHAIN_CRLS];
	struct kvk_crl_candidate all[CHAIN_CRLS];
	/* The OCSP response; answer_count is 0 where there is none. */
	struct kvk_ocsp response;
	struct kvk_ocsp_candidate answer;
	size_t answer_count;
};

static void read_response(const struct chain *chain, struct lists *out)
{
	if (chain->ocsp.n == 0)
		return;
	out->answer_count = 1;
	if (kvk_ocsp_read(kvk_span_of_blob(&chain->ocsp), &out->response) == KVK_OK)
		out->answer.ocsp = &out->response;
}

static void read_lists(const struct chain *chain, struct lists *out, const char **unreadable)
{
	*unreadable = "";
	for (size_t i = 0; i < chain->crl_count; i++) {
		enum kvk_err err =
			kvk_crl_read(kvk_span_of_blob(&chain->crls[i].der), &out->read[i]);

		out->all[i].crl = err == KVK_OK ? &out->read[i] : NULL;
		if (err != KVK_OK)
			*unreadable = kvk_der_remark_text(out->read[i].log.remark);
	}
}

/* As gather/route.c asks. */
static enum kvk_err ask(const struct kvk_path *path, const struct kvk_path_input *input,
	const struct lists *lists, size_t count, size_t i, struct kvk_revocation_answer *out)
{
	struct kvk_revocation_answer by_ocsp, by_crl;
	enum kvk_err err;

	const bool last = i + 1 == path->count;
	const struct kvk_crl_input crl = {
		.certificate = path->certs[i].certificate,
		.issuer = last ? NULL : path->certs[i + 1].certificate,
		.anchor = path->anchor,
		.issuer_parent_spki = kvk_path_parent_spki(path, i + 1),
		.crls = lists->all,
		.crl_count = count,
		.at = input->at,
		.manner = KVK_MANNER_JAVA,
		.signatures = input->signatures,
		.pool = path->certs,
		.pool_count = path->count,
	};
	const struct kvk_ocsp_input ocsp = {
		.certificate = crl.certificate,
		.issuer = crl.issuer,
		.anchor = crl.anchor,
		.issuer_parent_spki = crl.issuer_parent_spki,
		.answers = &lists->answer,
		.answer_count = lists->answer_count,
		.crls = crl.crls,
		.crl_count = crl.crl_count,
		.at = crl.at,
		.manner = crl.manner,
		.signatures = crl.signatures,
	};

	err = kvk_ocsp_status(&ocsp, &by_ocsp);
	if (err == KVK_OK)
		err = kvk_crl_status(&crl, &by_crl);
	if (err == KVK_OK)
		kvk_revocation_combine(&by_ocsp, &by_crl, out);
	return err;
}

static void take(const struct kvk_revocation_answer *answer, size_t step, const char *unreadable,
	struct revocation_fault *out)
{
	if (answer->state == KVK_REVOCATION_GOOD)
		return;
	*out = (struct revocation_fault){
		.any = true,
		.step = step,
		.reason = answer->state == KVK_REVOCATION_REVOKED ?
			KVK_REASON_REVOKED :
			KVK_REASON_UNDETERMINED_REVOCATION_STATUS,
		.detail = kvk_revocation_why_id(answer->why),
		.unreadable = unreadable,
	};
}

enum kvk_err evaluate_revocation(const struct chain *chain, const struct kvk_path *path,
	const struct kvk_path_input *input, struct revocation_fault *out)
{
	struct lists *lists = calloc(1, sizeof *lists);
	enum kvk_err err = lists != NULL ? KVK_OK : KVK_ERR_MEMORY;
	const char *unreadable = "";

	*out = (struct revocation_fault){ 0 };
	if (err == KVK_OK) {
		read_lists(chain, lists, &unreadable);
		read_response(chain, lists);
	}
	for (size_t i = path->count; err == KVK_OK && i-- > 0 && !out->any;) {
		struct kvk_revocation_answer answer;

		err = ask(path, input, lists, chain->crl_count, i, &answer);
		if (err == KVK_OK)
			take(&answer, i, unreadable, out);
	}
	for (size_t i = 0; lists != NULL && i < CHAIN_CRLS; i++)
		kvk_crl_free(&lists->read[i]);
	free(lists);
	return err;
}
