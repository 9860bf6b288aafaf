/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/gather.h"

#include <string.h>

#include "gather/upload.h"
#include "path/build.h"
#include "path/validate.h"

/* Nothing is known yet. */
static void start(struct kvk_facts *out)
{
	memset(out, 0, sizeof *out);
	out->offline = true;
	out->company.not_asked = out->oin_register.not_asked = KVK_WHY_OFFLINE;
	out->company.failure = out->oin_register.failure = "";
}

/* What the rules see as it was handed in. */
static void take_asked(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	out->contents = input->contents;
	out->name = input->name;
	out->asked = input->asked;
	out->evidence = input->evidence;
}

/* What is installed, whatever the file may be. */
static void take_knowledge(const struct kvk_evidence *evidence, struct kvk_facts *out)
{
	const struct kvk_ends *ends = kvk_knowledge_ends(evidence->knowledge);

	out->trust_replaced = evidence->trust->replaced;
	out->trust_date = evidence->trust->date;
	out->g1_end = kvk_ends_of_generation(ends, "G1");
	out->client_auth_ends = kvk_ends_of_client_auth(ends, &out->client_auth_end_count);
}

static enum kvk_err add_candidate(struct kvk_vec *out, const struct kvk_candidate *candidate)
{
	struct kvk_candidate *slot;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(out, &slot));
	*slot = *candidate;
out:
	return err;
}

/*
 * Everything that may stand above the leaf: the rest of the file in its order, then what was given
 * beside it, as far as there is room.
 */
static enum kvk_err add_candidates(
	const struct kvk_gather_input *input, const struct kvk_facts *facts, struct kvk_vec *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < facts->certificate_count; i++) {
		const struct kvk_candidate one = { facts->certificates[i], KVK_SOURCE_UPLOAD };

		if (one.certificate != facts->leaf)
			KVK_TRY(add_candidate(out, &one));
	}
	for (size_t i = 0; i < input->evidence->extra_count; i++)
		KVK_TRY(add_candidate(out, &input->evidence->extra[i]));
out:
	return err == KVK_ERR_LIMIT ? KVK_OK : err;
}

static enum kvk_err validate(const struct kvk_gather_input *input, const struct kvk_path *path,
	enum kvk_manner manner, struct kvk_path_report *out)
{
	const struct kvk_path_input in = {
		.at = input->asked->at,
		.manner = manner,
		.signatures = input->signatures,
	};

	return kvk_path_validate(path, &in, out);
}

/* Counts the failures of one of several paths. */
static enum kvk_err count_failures(
	void *context, const struct kvk_path *path, unsigned *failures, bool *more)
{
	struct kvk_path_report report;
	enum kvk_err err;

	KVK_TRY(validate(context, path, KVK_MANNER_JAVA, &report));
	*failures = kvk_path_failure_count(&report);
	*more = !report.exhausted;
out:
	return err;
}

/* compare: of several paths the one with the fewest failures, which costs more. */
static enum kvk_err build_path(
	const struct kvk_gather_input *input, bool compare, struct kvk_facts *out)
{
	struct kvk_gather_input context = *input;
	struct kvk_vec vec =
		KVK_VEC_INIT(struct kvk_candidate, KVK_LIMIT_UPLOAD + 2 * KVK_LIMIT_EXTRA);
	struct kvk_build_input build = {
		.leaf = out->leaf,
		.leaf_source = KVK_SOURCE_UPLOAD,
		.at = input->asked->at,
		.signatures = input->signatures,
		.manner = KVK_MANNER_JAVA,
		.evaluate = compare ? count_failures : NULL,
		.evaluate_context = &context,
	};
	enum kvk_err err;

	KVK_TRY(add_candidates(input, out, &vec));
	build.candidates = vec.items;
	build.candidate_count = vec.count;
	build.anchors = kvk_trust_anchors(input->evidence->trust, &build.anchor_count);
	KVK_TRY(kvk_path_build(&build, &out->path));
out:
	kvk_vec_free(&vec);
	return err;
}

/* The path and what is wrong with it; where something is, another one may be better. */
static enum kvk_err find_path(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	enum kvk_err err;

	KVK_TRY(build_path(input, false, out));
	KVK_TRY(validate(input, &out->path, KVK_MANNER_JAVA, &out->report));
	if (out->path.proven && kvk_path_failure_count(&out->report) > 0) {
		KVK_TRY(build_path(input, true, out));
		KVK_TRY(validate(input, &out->path, KVK_MANNER_JAVA, &out->report));
	}
	KVK_TRY(validate(input, &out->path, KVK_MANNER_RFC5280, &out->strict));
out:
	return err;
}

/* Asks the OCSP answers and the CRLs about one certificate of the path. */
static enum kvk_err ask_about(const struct kvk_gather_input *input, struct kvk_facts *out, size_t i)
{
	const bool last = i + 1 == out->path.count;
	const struct kvk_crl_input crl = {
		.certificate = out->path.certs[i].certificate,
		.issuer = last ? NULL : out->path.certs[i + 1].certificate,
		.anchor = out->path.anchor,
		.issuer_parent_spki = kvk_path_parent_spki(&out->path, i + 1),
		.crls = input->evidence->crls,
		.crl_count = input->evidence->crl_count,
		.at = input->asked->at,
		.manner = KVK_MANNER_JAVA,
		.signatures = input->signatures,
		.pool = out->path.certs,
		.pool_count = out->path.count,
	};
	const struct kvk_ocsp_input ocsp = {
		.certificate = crl.certificate,
		.issuer = crl.issuer,
		.anchor = crl.anchor,
		.issuer_parent_spki = crl.issuer_parent_spki,
		.answers = input->evidence->ocsps,
		.answer_count = input->evidence->ocsp_count,
		.crls = input->evidence->crls,
		.crl_count = input->evidence->crl_count,
		.at = input->asked->at,
		.manner = KVK_MANNER_JAVA,
		.signatures = input->signatures,
	};
	struct kvk_revocation_answer by_ocsp, by_crl;
	enum kvk_err err;

	KVK_TRY(kvk_ocsp_status(&ocsp, &by_ocsp));
	KVK_TRY(kvk_crl_status(&crl, &by_crl));
	kvk_revocation_combine(&by_ocsp, &by_crl, &out->certs[i].revocation);
	if (by_crl.state != KVK_REVOCATION_UNDETERMINED && by_crl.crl >= 0)
		out->certs[i].crl = input->evidence->crls[by_crl.crl].crl;
out:
	return err;
}

static enum kvk_err ask_revocation(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < out->path.count; i++)
		KVK_TRY(ask_about(input, out, i));
out:
	return err;
}

static bool is_anchor(const struct kvk_gather_input *input, const struct kvk_certificate *cert)
{
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(input->evidence->trust, &count);

	for (size_t i = 0; i < count; i++)
		if (kvk_span_equal(anchors[i].spki, cert->spki) &&
			kvk_name_equal(&anchors[i].name, &cert->subject, KVK_MANNER_JAVA))
			return true;
	return false;
}

static bool leads_to_anchor(
	const struct kvk_gather_input *input, const struct kvk_certificate *cert)
{
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(input->evidence->trust, &count);

	for (size_t i = 0; i < count; i++)
		if (kvk_name_equal(&anchors[i].name, &cert->issuer, KVK_MANNER_JAVA))
			return true;
	return false;
}

static bool is_in_path(const struct kvk_path *path, const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < path->count; i++)
		if (path->certs[i].certificate == cert)
			return true;
	return false;
}

/* What the rest of the file says where the path reached no anchor. */
static void look_around(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	if (out->path.anchor != NULL)
		return;
	for (size_t i = 0; i < out->certificate_count; i++) {
		const struct kvk_certificate *cert = out->certificates[i];

		if (cert->ext.ca && out->stray_root == NULL &&
			kvk_name_equal(&cert->subject, &cert->issuer, KVK_MANNER_JAVA) &&
			!is_anchor(input, cert))
			out->stray_root = cert;
		/* of the path itself no link is missing below its end */
		if (!is_in_path(&out->path, cert) && leads_to_anchor(input, cert))
			out->link_missing = true;
	}
}

/* Whether a certificate names a policy of a kind that is known. */
static bool names_policy(const struct kvk_knowledge *knowledge,
	bool (*is_kind)(const struct kvk_knowledge *knowledge, struct kvk_span oid),
	const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < cert->ext.policy_count; i++)
		if (is_kind(knowledge, cert->ext.policies[i].oid))
			return true;
	return false;
}

/* Whether the delivery is one of PKIoverheid, as domain G.3 reads it. */
static enum kvk_known is_pkio(const struct kvk_gather_input *input, const struct kvk_facts *facts)
{
	const struct kvk_path *path = &facts->path;
	const struct kvk_certificate *issuer;

	if (path->anchor == NULL)
		return KVK_UNSURE;
	if (path->anchor->generation != NULL)
		return KVK_YES;
	issuer = path->count > 1 ? path->certs[1].certificate : path->anchor->certificate;
	if (!facts->leaf_pkio_policy || issuer == NULL)
		return KVK_NO;
	return names_policy(input->evidence->knowledge, kvk_knowledge_is_pkio, issuer) ? KVK_YES :
											 KVK_NO;
}

static void recognise(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(input->evidence->trust, &count);

	out->anchor_count = count;
	for (size_t i = 0; i < count; i++)
		out->has_public_anchors |= anchors[i].generation == NULL;
	if (out->leaf == NULL)
		return;
	out->leaf_pkio_policy =
		names_policy(input->evidence->knowledge, kvk_knowledge_is_pkio, out->leaf);
	out->leaf_server_policy =
		names_policy(input->evidence->knowledge, kvk_knowledge_is_server, out->leaf);
	out->leaf_ev_policy =
		names_policy(input->evidence->knowledge, kvk_knowledge_is_ev, out->leaf);
	out->pkio = is_pkio(input, out);
	for (size_t i = 0; i < out->path.count; i++)
		kvk_recognise(input->evidence->knowledge, out->path.certs[i].certificate,
			&out->certs[i].known);
}

/* What takes a path: it needs the one leaf. */
static enum kvk_err look_up(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	enum kvk_err err;

	kvk_signatures_renew(input->signatures);
	KVK_TRY(find_path(input, out));
	if (out->path.anchor != NULL && !input->asked->no_revocation)
		KVK_TRY(ask_revocation(input, out));
	look_around(input, out);
out:
	return err;
}

enum kvk_err kvk_gather(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	enum kvk_err err = KVK_OK;

	if (input->contents == NULL)
		return KVK_ERR_ARGUMENT;
	start(out);
	take_asked(input, out);
	take_knowledge(input->evidence, out);
	kvk_upload_sort(out);
	if (out->leaf_count == 1)
		KVK_TRY(look_up(input, out));
	recognise(input, out);
out:
	return err;
}
