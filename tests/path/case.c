/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "crypto/verify.h"
#include "tests/path/case.h"

/* Signatures that one case may cost. */
enum { SIGNATURES = 200 };

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

json_t *case_at(const struct path_case *c, const char *group, const char *name)
{
	return json_object_get(group != NULL ? json_object_get(c->json, group) : c->json, name);
}

/* The path of a file that case.json names, in *out; false where it names none. */
static bool file_of(const struct path_case *c, const char *name, struct kvk_blob *out)
{
	const char *file = json_string_value(case_at(c, "files", name));

	return file != NULL && kvk_path_join(out, c->folder, file) == KVK_OK;
}

static enum kvk_err read_contents(
	const struct path_case *c, const char *name, struct kvk_contents *out)
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

static enum kvk_err read_chain(struct path_case *c)
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

static enum kvk_err read_anchors(struct path_case *c)
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

static enum kvk_err read_crls(struct path_case *c)
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

static enum kvk_err read_ocsps(struct path_case *c)
{
	struct kvk_blob path = { 0 }, bytes = { 0 };
	enum kvk_err err = KVK_OK;

	if (file_of(c, "ocsp", &path)) {
		err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_OCSP_FILE, 0, &bytes);
		if (err == KVK_OK)
			err = kvk_ocsps_add(&c->ocsps, &bytes, "ocsp.der");
	}
	kvk_blob_free(&path);
	kvk_blob_free(&bytes);
	return err;
}

static enum kvk_err read_inputs(struct path_case *c)
{
	const char *time = json_string_value(case_at(c, NULL, "validation_time"));
	json_t *set = case_at(c, "policy", "initial_policy_set");
	enum kvk_err err = KVK_OK;

	c->input.signatures = &c->signatures;
	c->input.manner = c->java ? KVK_MANNER_JAVA : KVK_MANNER_RFC5280;
	c->input.explicit_policy = json_is_true(case_at(c, "policy", "explicit_policy"));
	c->input.inhibit_any = json_is_true(case_at(c, "policy", "inhibit_any_policy"));
	c->input.inhibit_mapping = json_is_true(case_at(c, "policy", "inhibit_policy_mapping"));
	c->input.policies = c->policies;
	for (size_t i = 0; err == KVK_OK && i < json_array_size(set) && i < CASE_POLICIES; i++) {
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

enum kvk_err case_read(struct path_case *c)
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
	if (err == KVK_OK)
		err = read_crls(c);
	return err == KVK_OK ? read_ocsps(c) : err;
}

void case_free(struct path_case *c)
{
	for (size_t i = 0; i < CASE_POLICIES; i++)
		kvk_blob_free(&c->policy_octets[i]);
	kvk_contents_free(&c->chain);
	for (size_t i = 0; i < sizeof(c->crls) / sizeof(c->crls[0]); i++)
		kvk_crl_free(&c->crls[i]);
	kvk_contents_free(&c->crl_file);
	kvk_ocsps_free(&c->ocsps);
	kvk_trust_free(&c->trust);
	kvk_verifier_free(c->verifier);
	json_decref(c->json);
	memset(c, 0, sizeof(*c));
}
