/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance program: path-cases DIR... validates the path of each case folder (case.json,
 * chain.pem with the leaf first, anchors.pem, optionally crls.pem and ocsp.der) as RFC 5280 says
 * and prints one line per case: id, ok or fail, and the reason by Java's name. Exit status 0 unless
 * a folder cannot be read.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "path/build.h"
#include "path/validate.h"
#include "revocation/crl_status.h"
#include "tests/path/case.h"

/* Whether the leaf may be used for what the case asks. */
static bool usage_fits(const struct path_case *c)
{
	const struct kvk_extensions *e = &c->leaf->ext;
	json_t *wanted = case_at(c, NULL, "eku");

	for (size_t i = 0; e->has_eku && i < json_array_size(wanted); i++) {
		const char *dotted = json_string_value(json_array_get(wanted, i));
		struct kvk_blob oid = { 0 };
		bool found = false;

		if (dotted == NULL || kvk_oid_encode(dotted, &oid) != KVK_OK)
			return false;
		for (size_t j = 0; j < e->eku_count && !found; j++)
			found = kvk_span_equal(e->ekus[j], kvk_span_of_blob(&oid)) ||
				kvk_oid_is(e->ekus[j], KVK_OID_ANY_EKU);
		kvk_blob_free(&oid);
		if (!found)
			return false;
	}
	return true;
}

/* Certificates between leaf and anchor that count, against the limit of the case. */
static bool is_too_deep(const struct path_case *c, const struct kvk_path *path)
{
	json_t *limit = case_at(c, NULL, "max_chain_depth");
	long long n = 0;

	for (size_t i = 1; i < path->count; i++)
		n += !kvk_name_equal(&path->certs[i].certificate->subject,
			&path->certs[i].certificate->issuer, c->input.manner);
	return json_is_integer(limit) && n > json_integer_value(limit);
}

static struct kvk_crl_input crl_input(struct path_case *c, const struct kvk_path *path, size_t i)
{
	return (struct kvk_crl_input){
		.certificate = path->certs[i].certificate,
		.issuer = i + 1 < path->count ? path->certs[i + 1].certificate : NULL,
		.anchor = path->anchor,
		.crls = c->crl_candidates,
		.crl_count = c->crl_count,
		.at = c->input.at,
		.manner = c->input.manner,
		.signatures = &c->signatures,
		/*
		 * Java looks for signers of CRLs among what the caller of the validator has, which
		 * is nothing
		 */
		.pool = c->candidates,
		.pool_count = c->java ? 0 : c->candidate_count,
		.issuer_parent_spki = kvk_path_parent_spki(path, i + 1),
	};
}

/* "ocsp": the responses given, and CRLs for what they do not know. */
static enum kvk_err ask_ocsp(const struct path_case *c, const struct kvk_crl_input *crl,
	const struct kvk_revocation_answer *by_crl, struct kvk_revocation_answer *out)
{
	struct kvk_revocation_answer by_ocsp;
	struct kvk_ocsp_input in = {
		.certificate = crl->certificate,
		.issuer = crl->issuer,
		.anchor = crl->anchor,
		.issuer_parent_spki = crl->issuer_parent_spki,
		.crls = crl->crls,
		.crl_count = crl->crl_count,
		.at = crl->at,
		.manner = crl->manner,
		.signatures = crl->signatures,
	};
	enum kvk_err err;

	in.answers = kvk_ocsps_array(&c->ocsps, &in.answer_count);
	KVK_TRY(kvk_ocsp_status(&in, &by_ocsp));
	kvk_revocation_combine(&by_ocsp, by_crl, out);
out:
	return err;
}

static enum kvk_err check_revocation(
	struct path_case *c, const struct kvk_path *path, size_t i, enum kvk_reason *out)
{
	const char *how = json_string_value(case_at(c, NULL, "revocation"));
	const struct kvk_crl_input in = crl_input(c, path, i);
	struct kvk_revocation_answer by_crl, answer;
	enum kvk_err err;

	*out = KVK_REASON_NONE;
	if (how == NULL || strcmp(how, "none") == 0)
		return KVK_OK;
	KVK_TRY(kvk_crl_status(&in, &by_crl));
	answer = by_crl;
	if (strcmp(how, "ocsp") == 0)
		KVK_TRY(ask_ocsp(c, &in, &by_crl, &answer));
	if (answer.state == KVK_REVOCATION_REVOKED)
		*out = KVK_REASON_REVOKED;
	else if (answer.state == KVK_REVOCATION_UNDETERMINED)
		*out = KVK_REASON_UNDETERMINED_REVOCATION_STATUS;
out:
	return err;
}

/* The first failure of a certificate: critical extensions come after revocation. */
static enum kvk_reason reason_of(const struct kvk_path_report *report, size_t cert, bool extensions)
{
	for (size_t i = 0; i < report->count; i++) {
		bool is_extension = report->failures[i].reason == KVK_REASON_UNRECOGNIZED_CRIT_EXT;

		if (report->failures[i].beyond_java)
			continue;
		if (report->failures[i].cert == cert && is_extension == extensions)
			return report->failures[i].reason;
	}
	return KVK_REASON_NONE;
}

/* The reason that comes first from the CA end, as in Java. */
static enum kvk_err evaluate_path(
	struct path_case *c, const struct kvk_path *path, enum kvk_reason *out)
{
	struct kvk_path_report report;
	enum kvk_err err;

	KVK_TRY(kvk_path_validate(path, &c->input, &report));
	*out = reason_of(&report, path->count, false);
	for (size_t i = path->count; *out == KVK_REASON_NONE && i-- > 0;) {
		*out = reason_of(&report, i, false);
		if (*out == KVK_REASON_NONE)
			KVK_TRY(check_revocation(c, path, i, out));
		if (*out == KVK_REASON_NONE)
			*out = reason_of(&report, i, true);
	}
	if (*out == KVK_REASON_NONE && is_too_deep(c, path))
		*out = KVK_REASON_PATH_TOO_LONG;
	if (*out == KVK_REASON_NONE &&
		(!usage_fits(c) || report.names_open || report.policies_open))
		*out = KVK_REASON_UNSPECIFIED;
out:
	return err;
}

/* Whether a path is valid, for the builder. */
static enum kvk_err count_failures(
	void *context, const struct kvk_path *path, unsigned *failures, bool *more)
{
	struct path_case *c = context;
	enum kvk_reason reason;
	enum kvk_err err;

	KVK_TRY(evaluate_path(c, path, &reason));
	*failures = reason != KVK_REASON_NONE;
	*more = c->signatures.checked < c->signatures.budget;
out:
	return err;
}

static enum kvk_err evaluate(struct path_case *c, enum kvk_reason *out)
{
	struct kvk_build_input in = {
		.leaf = c->leaf,
		.candidates = c->candidates,
		.candidate_count = c->candidate_count,
		.at = c->input.at,
		.signatures = &c->signatures,
		.manner = c->input.manner,
		/* Java's validator is given its path */
		.evaluate = c->java ? NULL : count_failures,
		.evaluate_context = c,
	};
	struct kvk_path path;
	enum kvk_err err;

	*out = KVK_REASON_UNSPECIFIED;
	if (c->leaf == NULL)
		return KVK_OK;
	in.anchors = kvk_trust_anchors(&c->trust, &in.anchor_count);
	KVK_TRY(kvk_path_build(&in, &path));
	KVK_TRY(evaluate_path(c, &path, out));
out:
	return err;
}

/* Prints verdict and reason of one case. */
static enum kvk_err run(const char *folder, bool java)
{
	struct path_case *c = calloc(1, sizeof(*c));
	enum kvk_reason reason;
	const char *id;
	enum kvk_err err;

	if (c == NULL)
		return KVK_ERR_MEMORY;
	c->folder = folder;
	c->java = java;
	KVK_TRY(case_read(c));
	KVK_TRY(evaluate(c, &reason));
	id = json_string_value(case_at(c, NULL, "id"));
	printf("%s\t%s\t%s\n", id != NULL ? id : folder, reason == KVK_REASON_NONE ? "ok" : "fail",
		kvk_reason_name(reason));
out:
	if (err != KVK_OK)
		fprintf(stderr, "path-cases: %s: %s\n", folder, kvk_error_text(err));
	case_free(c);
	free(c);
	return err;
}

int main(int argc, char **argv)
{
	bool java = argc > 1 && strcmp(argv[1], "--java") == 0;
	int status = EXIT_SUCCESS;

	if (argc < (java ? 3 : 2)) {
		fprintf(stderr, "usage: path-cases [--java] DIR...\n");
		return 64;
	}
	for (int i = java ? 2 : 1; i < argc; i++) {
		if (run(argv[i], java) != KVK_OK)
			status = EXIT_FAILURE;
	}
	return status;
}
