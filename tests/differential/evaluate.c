/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "cert/contents.h"
#include "path/build.h"
#include "path/path.h"
#include "path/validate.h"
#include "tests/differential/evaluate_revocation.h"

/* Signatures that one chain may cost. */
enum { SIGNATURES = 200 };

/* Everything of one evaluation. */
struct bench {
	struct kvk_contents contents;
	struct kvk_certificate root;
	struct kvk_anchor anchor;
	struct kvk_signatures signatures;
	struct kvk_path_input input;
	struct kvk_path_report report;
	struct kvk_blob policy_octets[CHAIN_POLICIES];
	struct kvk_span policies[CHAIN_POLICIES];
	size_t count;
	struct kvk_candidate all[KVK_LIMIT_BLOCKS];
};

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

static enum kvk_err open_inputs(const struct chain *chain, struct bench *b)
{
	enum kvk_err err = KVK_OK;

	b->input = (struct kvk_path_input){
		.at = chain->at,
		.manner = KVK_MANNER_JAVA,
		.policies = b->policies,
		.explicit_policy = chain->explicit_policy,
		.inhibit_mapping = chain->inhibit_mapping,
		.inhibit_any = chain->inhibit_any,
		.signatures = &b->signatures,
	};
	for (size_t i = 0; err == KVK_OK && i < chain->policy_count; i++) {
		err = kvk_oid_encode(chain->policies[i], &b->policy_octets[i]);
		b->policies[i] = kvk_span_of_blob(&b->policy_octets[i]);
		b->input.policy_count++;
	}
	/* any-policy in the set means: any */
	for (size_t i = 0; i < b->input.policy_count; i++) {
		if (kvk_oid_is(b->policies[i], KVK_OID_ANY_POLICY))
			b->input.policy_count = 0;
	}
	return err;
}

static void open_anchor(struct bench *b)
{
	b->anchor = (struct kvk_anchor){
		.name = b->root.subject,
		.spki = b->root.spki,
		.key = b->root.key,
		.certificate = &b->root,
		.ski = b->root.ext.ski,
	};
	memcpy(b->anchor.sha256, b->root.sha256, KVK_SHA256_SIZE);
}

static enum kvk_err read_file(const struct chain *chain, struct bench *b)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = kvk_blob_append(&bytes, kvk_span_of_blob(&chain->file));

	if (err == KVK_OK)
		err = kvk_contents_read(&bytes, &b->contents);
	kvk_blob_free(&bytes);
	for (size_t i = 0; i < kvk_contents_certificate_count(&b->contents); i++) {
		const struct kvk_block *block;
		const struct kvk_certificate *one =
			kvk_contents_certificate(&b->contents, i, &block);

		if (!block->overlooked)
			b->all[b->count++].certificate = one;
	}
	return err;
}

/*
 * Whether a Java validator takes this anchor for the last certificate: by name, and by the key
 * identifier and serial number where both sides say them.
 */
static bool is_anchored(const struct bench *b, const struct kvk_certificate *last)
{
	const struct kvk_extensions *e = &last->ext;

	if (!kvk_name_equal(&b->anchor.name, &last->issuer, KVK_MANNER_JAVA))
		return false;
	if (e->has_aki && e->aki_key_id.p != NULL && b->root.ext.has_ski &&
		!kvk_span_equal(e->aki_key_id, b->root.ext.ski))
		return false;
	return !e->has_aki || e->aki_serial.p == NULL || b->root.version < 3 ||
		kvk_span_equal(e->aki_serial, b->root.serial);
}

/* The fault that Java meets first: no anchor, then from the CA end. */
static const struct kvk_path_failure *first_fault(const struct bench *b, size_t count)
{
	const struct kvk_path_failure *first = NULL;

	for (size_t i = b->report.count; i-- > 0;) {
		const struct kvk_path_failure *fault = &b->report.failures[i];

		if (fault->beyond_java)
			continue;
		if (first == NULL || fault->cert == count || first->cert != count)
			first = fault;
	}
	return first;
}

static enum kvk_err put(struct kvk_blob *out, const char *reason, int index, const char *detail)
{
	return kvk_blob_append_format(out, "%s\t%d\t%s\t", reason, index, detail);
}

static enum kvk_err put_fault(
	struct kvk_blob *out, const struct kvk_path_failure *fault, size_t count)
{
	enum kvk_err err;

	err = kvk_blob_append_format(out, "%s%s\t%d\t%s", kvk_reason_name(fault->reason),
		fault->undetermined ? "?" : "", fault->cert == count ? -1 : (int)fault->cert,
		fault->field);
	if (err == KVK_OK)
		err = kvk_blob_append_format(
			out, " found '%s' wanted '%s'\t", fault->found, fault->wanted);
	return err;
}

/* Whether Java comes to revocation before it comes to a fault of the path. */
static bool is_before(const struct revocation_fault *r, const struct kvk_path_failure *fault)
{
	if (fault == NULL || r->step > fault->cert)
		return true;
	return r->step == fault->cert && fault->reason == KVK_REASON_UNRECOGNIZED_CRIT_EXT;
}

/* Validates the certificates in the order of the file. */
static enum kvk_err validate(const struct chain *chain, struct bench *b, struct kvk_blob *out)
{
	struct kvk_path path = { .count = b->count };
	const struct kvk_path_failure *fault;
	struct revocation_fault revocation = { .any = false };
	enum kvk_err err;

	if (b->count > KVK_LIMIT_DEPTH)
		return put(out, "LIMIT", -1, "too many certificates for one path");
	memcpy(path.certs, b->all, b->count * sizeof b->all[0]);
	if (is_anchored(b, b->all[b->count - 1].certificate))
		path.anchor = &b->anchor;
	err = kvk_path_validate(&path, &b->input, &b->report);
	if (err != KVK_OK)
		return err;
	fault = first_fault(b, b->count);
	if (chain->kind != CHAIN_PATH && path.anchor != NULL)
		err = evaluate_revocation(chain, &path, &b->input, &revocation);
	if (err != KVK_OK)
		return err;
	if (revocation.any && is_before(&revocation, fault))
		return kvk_blob_append_format(out, "%s\t%d\t%s %s\t",
			kvk_reason_name(revocation.reason), (int)revocation.step, revocation.detail,
			revocation.unreadable);
	return fault != NULL ? put_fault(out, fault, b->count) : put(out, "ok", -1, "");
}

/* As gather/ does, of several paths the one with the least wrong is taken. */
static enum kvk_err count_faults(
	void *context, const struct kvk_path *path, unsigned *failures, bool *more)
{
	const struct bench *b = context;
	struct kvk_path_report report;
	enum kvk_err err = kvk_path_validate(path, &b->input, &report);

	*failures = kvk_path_failure_count(&report);
	*more = !report.exhausted;
	return err;
}

/* Builds a path from the first certificate, in any order of the others, and validates that. */
static enum kvk_err build(struct bench *b, struct kvk_blob *out)
{
	const struct kvk_build_input in = {
		.leaf = b->all[0].certificate,
		.candidates = b->all + 1,
		.candidate_count = b->count - 1,
		.anchors = &b->anchor,
		.anchor_count = 1,
		.at = b->input.at,
		.signatures = &b->signatures,
		.manner = KVK_MANNER_JAVA,
		.evaluate = count_faults,
		.evaluate_context = b,
	};
	struct kvk_path path;
	enum kvk_err err = kvk_path_build(&in, &path);

	if (err == KVK_OK)
		err = kvk_path_validate(&path, &b->input, &b->report);
	if (err != KVK_OK)
		return err;
	return kvk_blob_append_text(
		out, path.anchor != NULL && first_fault(b, path.count) == NULL ? "ok" : "fail");
}

/* What the file holds for Java; says so in out where it is nothing to go on with. */
static enum kvk_err evaluate_file(const struct bench *b, struct kvk_blob *out, bool *done)
{
	const struct kvk_block *block = kvk_vec_at(&b->contents.blocks,
		b->contents.failed_block > 0 ? (size_t)b->contents.failed_block : 0);
	const char *detail = "";

	*done = true;
	if (block != NULL && block->err != KVK_OK)
		detail = block->log.remark != KVK_DER_OK ? kvk_der_remark_text(block->log.remark) :
							   kvk_error_text(block->err);
	if (b->contents.java == KVK_JAVA_FAILS || b->contents.java == KVK_JAVA_NOT_X509)
		return put(out, "PARSE", -1, detail);
	if (b->contents.java == KVK_JAVA_UNSURE)
		return put(out, "LIMIT", -1, detail);
	if (b->contents.java == KVK_JAVA_NOTHING || b->count == 0)
		return put(out, "NOTHING", -1, "");
	*done = false;
	return KVK_OK;
}

static enum kvk_err evaluate_in(const struct chain *chain, struct bench *b, struct kvk_blob *out)
{
	enum kvk_err err = open_inputs(chain, b);
	bool done;

	if (err == KVK_OK &&
		kvk_certificate_read(kvk_span_of_blob(&chain->der[0]), &b->root) != KVK_OK)
		return kvk_blob_append_format(
			out, "ANCHOR\t-1\t%s\tfail", kvk_der_remark_text(b->root.log.remark));
	open_anchor(b);
	if (err == KVK_OK)
		err = read_file(chain, b);
	if (err == KVK_OK)
		err = evaluate_file(b, out, &done);
	if (err == KVK_OK && done)
		return kvk_blob_append_text(out, "fail");
	if (err == KVK_OK)
		err = validate(chain, b, out);
	if (err == KVK_OK && chain->kind != CHAIN_PATH)
		return kvk_blob_append_text(out, "-");
	return err == KVK_OK ? build(b, out) : err;
}

enum kvk_err evaluate(
	const struct chain *chain, struct kvk_verifier *verifier, struct kvk_blob *out)
{
	struct bench *b = calloc(1, sizeof *b);
	enum kvk_err err;

	if (b == NULL)
		return KVK_ERR_MEMORY;
	b->signatures = (struct kvk_signatures){
		.verify = verify,
		.context = verifier,
		.budget = SIGNATURES,
	};
	err = evaluate_in(chain, b, out);
	kvk_certificate_free(&b->root);
	kvk_contents_free(&b->contents);
	for (size_t i = 0; i < CHAIN_POLICIES; i++)
		kvk_blob_free(&b->policy_octets[i]);
	free(b);
	return err;
}
