/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance program: path-cases DIR... validates the path of each case folder (case.json,
 * chain.pem with the leaf first, anchors.pem, optionally crls.pem) as RFC 5280 says and prints one
 * line per case: id, ok or fail, and the reason by Java's name. Exit status 0 unless a folder
 * cannot be read.
 */
#include "config.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "crypto/verify.h"
#include "revocation/crl_status.h"
#include "trust/trust.h"

/* Signatures that one case may cost. */
enum { SIGNATURES = 200, POLICIES = 16 };

struct test_case {
	const char *folder;
	json_t *json;
	struct kvk_contents chain, crl_file;
	struct kvk_trust trust;
	struct kvk_crl crls[KVK_LIMIT_CRLS];
	struct kvk_crl_candidate crl_candidates[KVK_LIMIT_CRLS];
	size_t crl_count;
	struct kvk_candidate candidates[KVK_LIMIT_EXTRA];
	size_t candidate_count;
	const struct kvk_certificate *leaf;
	struct kvk_path_input input;
	struct kvk_blob policy_octets[POLICIES];
	struct kvk_span policies[POLICIES];
	struct kvk_verifier *verifier;
	struct kvk_signatures signatures;
	bool java;
};

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

static json_t *at(const struct test_case *c, const char *group, const char *name)
{
	return json_object_get(group != NULL ? json_object_get(c->json, group) : c->json, name);
}

/* The path of a file that case.json names, in *out; false where it names none. */
static bool file_of(const struct test_case *c, const char *name, struct kvk_blob *out)
{
	const char *file = json_string_value(at(c, "files", name));

	return file != NULL && kvk_path_join(out, c->folder, file) == KVK_OK;
}

static enum kvk_err read_contents(
	const struct test_case *c, const char *name, struct kvk_contents *out)
{
	struct kvk_blob path = { 0 }, bytes = { 0 };
	enum kvk_err err = KVK_OK;

	if (file_of(c, name, &path)) {
		err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, 0, &bytes);
		if (err == KVK_OK)
			err = kvk_contents_read(&bytes, out);
	}
	kvk_blob_free(&path);
	kvk_blob_free(&bytes);
	return err;
}

static enum kvk_err read_chain(struct test_case *c)
{
	enum kvk_err err = read_contents(c, "chain", &c->chain);
	size_t n = kvk_contents_certificate_count(&c->chain);

	/* where the first block is no certificate that can be read, there is no leaf */
	if (err == KVK_OK && n > 0 &&
		((const struct kvk_block *)kvk_vec_at(&c->chain.blocks, 0))->certificate != NULL)
		c->leaf = kvk_contents_certificate(&c->chain, 0, NULL);
	for (size_t i = 1; i < n && c->candidate_count < KVK_LIMIT_EXTRA; i++)
		c->candidates[c->candidate_count++] = (struct kvk_candidate){
			.certificate = kvk_contents_certificate(&c->chain, i, NULL),
			.source = KVK_SOURCE_UPLOAD,
		};
	return err;
}

static enum kvk_err read_anchors(struct test_case *c)
{
	struct kvk_blob path = { 0 };
	const char *text;
	enum kvk_err err = KVK_ERR_NOT_FOUND;

	if (file_of(c, "anchors", &path)) {
		text = kvk_blob_str(&path);
		err = kvk_trust_from_files(&text, 1, &c->trust, NULL);
	}
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err read_crls(struct test_case *c)
{
	enum kvk_err err = read_contents(c, "crls", &c->crl_file);

	for (size_t i = 0; i < c->crl_file.blocks.count && c->crl_count < KVK_LIMIT_CRLS; i++) {
		const struct kvk_block *block = kvk_vec_at(&c->crl_file.blocks, i);
		struct kvk_crl *crl = &c->crls[c->crl_count];

		if (block->kind != KVK_BLOCK_CRL)
			continue;
		if (kvk_crl_read(block->der, crl) == KVK_OK)
			c->crl_candidates[c->crl_count].crl = crl;
		c->crl_candidates[c->crl_count++].label = "crls.pem";
	}
	return err;
}

static enum kvk_err read_inputs(struct test_case *c)
{
	const char *time = json_string_value(at(c, NULL, "validation_time"));
	json_t *set = at(c, "policy", "initial_policy_set");
	enum kvk_err err = KVK_OK;

	c->input.signatures = &c->signatures;
	c->input.manner = c->java ? KVK_MANNER_JAVA : KVK_MANNER_RFC5280;
	c->input.explicit_policy = json_is_true(at(c, "policy", "explicit_policy"));
	c->input.inhibit_any = json_is_true(at(c, "policy", "inhibit_any_policy"));
	c->input.inhibit_mapping = json_is_true(at(c, "policy", "inhibit_policy_mapping"));
	c->input.policies = c->policies;
	for (size_t i = 0; err == KVK_OK && i < json_array_size(set) && i < POLICIES; i++) {
		const char *oid = json_string_value(json_array_get(set, i));

		err = kvk_oid_encode(oid != NULL ? oid : "", &c->policy_octets[i]);
		c->policies[i] = kvk_span_of_blob(&c->policy_octets[i]);
		c->input.policy_count++;
	}
	/* any-policy in the set means: any */
	for (size_t i = 0; i < c->input.policy_count; i++) {
		if (kvk_oid_is(c->policies[i], KVK_OID_ANY_POLICY))
			c->input.policy_count = 0;
	}
	if (err == KVK_OK)
		err = time == NULL ? kvk_time_now(&c->input.at) :
				     kvk_time_parse(time, &c->input.at);
	return err;
}

/* Whether the leaf may be used for what the case asks. */
static bool usage_fits(const struct test_case *c)
{
	const struct kvk_extensions *e = &c->leaf->ext;
	json_t *wanted = at(c, NULL, "eku");

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
static bool is_too_deep(const struct test_case *c, const struct kvk_path *path)
{
	json_t *limit = at(c, NULL, "max_chain_depth");
	long long n = 0;

	for (size_t i = 1; i < path->count; i++)
		n += !kvk_certificate_self_issued(path->steps[i].certificate);
	return json_is_integer(limit) && n > json_integer_value(limit);
}

static enum kvk_err judge_revocation(
	struct test_case *c, const struct kvk_path *path, size_t step, enum kvk_reason *out)
{
	const char *how = json_string_value(at(c, NULL, "revocation"));
	struct kvk_revocation_answer answer;
	struct kvk_crl_input in = {
		.certificate = path->steps[step].certificate,
		.issuer = step + 1 < path->count ? path->steps[step + 1].certificate : NULL,
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
	};
	enum kvk_err err;

	if (step + 2 < path->count)
		in.issuer_parent_spki = path->steps[step + 2].certificate->spki;
	else if (step + 2 == path->count && path->anchor != NULL)
		in.issuer_parent_spki = path->anchor->spki;
	*out = KVK_REASON_NONE;
	if (how == NULL || strcmp(how, "crl-hard") != 0)
		return KVK_OK;
	err = kvk_crl_status(&in, &answer);
	if (answer.state == KVK_REVOCATION_REVOKED)
		*out = KVK_REASON_REVOKED;
	else if (answer.state == KVK_REVOCATION_UNDETERMINED)
		*out = KVK_REASON_UNDETERMINED_REVOCATION_STATUS;
	return err;
}

/* The first fault of a step: critical extensions come after revocation. */
static enum kvk_reason fault_of(const struct kvk_path_report *report, size_t step, bool extensions)
{
	for (size_t i = 0; i < report->count; i++) {
		bool is_extension = report->faults[i].reason == KVK_REASON_UNRECOGNIZED_CRIT_EXT;

		if (report->faults[i].beyond_java)
			continue;
		if (report->faults[i].step == step && is_extension == extensions)
			return report->faults[i].reason;
	}
	return KVK_REASON_NONE;
}

/* The reason that comes first from the CA end, as in Java. */
static enum kvk_err judge_path(
	struct test_case *c, const struct kvk_path *path, enum kvk_reason *out)
{
	struct kvk_path_report report;
	enum kvk_err err = kvk_path_validate(path, &c->input, &report);

	*out = KVK_REASON_NONE;
	if (err == KVK_OK)
		*out = fault_of(&report, path->count, false);
	for (size_t s = path->count; err == KVK_OK && *out == KVK_REASON_NONE && s-- > 0;) {
		*out = fault_of(&report, s, false);
		if (*out == KVK_REASON_NONE)
			err = judge_revocation(c, path, s, out);
		if (*out == KVK_REASON_NONE)
			*out = fault_of(&report, s, true);
	}
	if (*out == KVK_REASON_NONE && is_too_deep(c, path))
		*out = KVK_REASON_PATH_TOO_LONG;
	if (*out == KVK_REASON_NONE &&
		(!usage_fits(c) || report.names_open || report.policies_open))
		*out = KVK_REASON_UNSPECIFIED;
	return err;
}

static enum kvk_err judge(struct test_case *c, enum kvk_reason *out)
{
	struct kvk_build_input in = {
		.leaf = c->leaf,
		.candidates = c->candidates,
		.candidate_count = c->candidate_count,
		.at = c->input.at,
		.signatures = &c->signatures,
		.manner = c->input.manner,
	};
	struct kvk_path path;
	enum kvk_err err;

	*out = KVK_REASON_UNSPECIFIED;
	if (c->leaf == NULL)
		return KVK_OK;
	in.anchors = kvk_trust_anchors(&c->trust, &in.anchor_count);
	err = kvk_path_build(&in, &path);
	return err == KVK_OK ? judge_path(c, &path, out) : err;
}

static enum kvk_err read_case(struct test_case *c)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err = kvk_path_join(&path, c->folder, "case.json");

	if (err == KVK_OK)
		c->json = json_load_file(kvk_blob_str(&path), 0, NULL);
	kvk_blob_free(&path);
	if (err == KVK_OK && c->json == NULL)
		err = KVK_ERR_FORMAT;
	if (err == KVK_OK)
		err = kvk_verifier_new(&c->verifier);
	c->signatures = (struct kvk_signatures){
		.verify = verify,
		.context = c->verifier,
		.budget = SIGNATURES,
	};
	if (err == KVK_OK)
		err = read_inputs(c);
	if (err == KVK_OK)
		err = read_chain(c);
	if (err == KVK_OK)
		err = read_anchors(c);
	return err == KVK_OK ? read_crls(c) : err;
}

static enum kvk_err run(const char *folder, bool java)
{
	struct test_case *c = calloc(1, sizeof(*c));
	enum kvk_reason reason = KVK_REASON_NONE;
	const char *id;
	enum kvk_err err;

	if (c == NULL)
		return KVK_ERR_MEMORY;
	c->folder = folder;
	c->java = java;
	err = read_case(c);
	if (err == KVK_OK)
		err = judge(c, &reason);
	id = json_string_value(at(c, NULL, "id"));
	if (err != KVK_OK)
		fprintf(stderr, "path-cases: %s: %s\n", folder, kvk_error_text(err));
	else
		printf("%s\t%s\t%s\n", id != NULL ? id : folder,
			reason == KVK_REASON_NONE ? "ok" : "fail", kvk_reason_name(reason));
	for (size_t i = 0; i < POLICIES; i++)
		kvk_blob_free(&c->policy_octets[i]);
	kvk_contents_free(&c->chain);
	kvk_contents_free(&c->crl_file);
	kvk_trust_free(&c->trust);
	kvk_verifier_free(c->verifier);
	json_decref(c->json);
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
