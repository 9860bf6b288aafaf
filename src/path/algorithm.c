/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "base/escape.h"
#include "path/signatures.h"
#include "path/step.h"

/*
 * Java 17 and 21, jdk.certpath.disabledAlgorithms: MD2, MD5, RSA and DSA below 1024 bits, EC below
 * 224. Beyond that the portal's own limit is not published; SHA-1 and RSA below 2048 are refused in
 * the cautious reading.
 */
enum { JAVA_RSA_BITS = 1024, JAVA_DSA_BITS = 1024, CAUTIOUS_RSA_BITS = 2048 };

static enum kvk_err describe(struct kvk_path_failure *fault,
	enum kvk_err (*words)(struct kvk_span, struct kvk_blob *), struct kvk_span what)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = words(what, &text);

	if (err == KVK_OK)
		kvk_escape_to(fault->found, sizeof(fault->found), kvk_span_of_blob(&text));
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static enum kvk_err key_words(struct kvk_span spki, struct kvk_blob *out)
{
	struct kvk_key_info key;
	enum kvk_err err = kvk_key_info_read(spki, &key);

	return err == KVK_OK ? kvk_key_info_describe(&key, out) : err;
}

static enum kvk_err judge_signature(struct kvk_step *step)
{
	struct kvk_path_failure *fault;
	struct kvk_scheme scheme;
	bool disabled;

	if (kvk_scheme_read(step->certificate->algorithm, &scheme) != KVK_OK)
		return KVK_OK;
	disabled = kvk_signature_is_disabled(&scheme);
	if (!disabled && scheme.hash != KVK_HASH_SHA1)
		return KVK_OK;
	fault = kvk_step_failure(step, KVK_REASON_ALGORITHM_CONSTRAINED, "signatureAlgorithm");
	fault->beyond_java = !disabled;
	snprintf(fault->wanted, sizeof(fault->wanted), "%s", "SHA-256, SHA-384, SHA-512");
	return describe(fault, kvk_scheme_describe, step->certificate->algorithm);
}

static enum kvk_err judge_key(struct kvk_step *step, struct kvk_span spki,
	const struct kvk_key_info *key, const char *field, bool cautious)
{
	struct kvk_path_failure *fault;
	unsigned wanted = 0;
	bool beyond = false;

	switch (key->type) {
	case KVK_KEY_RSA:
	case KVK_KEY_RSA_PSS:
		wanted = CAUTIOUS_RSA_BITS;
		beyond = key->bits >= JAVA_RSA_BITS;
		break;
	case KVK_KEY_DSA:
		/* Parameters that are inherited have no size of their own */
		wanted = key->inherits_parameters ? 0 : JAVA_DSA_BITS;
		break;
	case KVK_KEY_ECDSA:
		wanted = key->bits > 0 ? KVK_JAVA_EC_BITS : 0;
		break;
	default:
		break;
	}
	if (key->bits >= wanted || (beyond && !cautious))
		return KVK_OK;
	fault = kvk_step_failure(step, KVK_REASON_ALGORITHM_CONSTRAINED, field);
	fault->beyond_java = beyond;
	snprintf(fault->wanted, sizeof(fault->wanted), ">= %u", wanted);
	return describe(fault, key_words, spki);
}

enum kvk_err kvk_step_algorithm(struct kvk_step *step)
{
	const struct kvk_certificate *c = step->certificate;
	const struct kvk_anchor *anchor = step->path->anchor;
	enum kvk_err err;

	if (step->input->manner != KVK_MANNER_JAVA)
		return KVK_OK;
	err = judge_signature(step);
	/* Java asks this between the two */
	kvk_step_any_usage(step);
	if (err == KVK_OK)
		err = judge_key(step, c->spki, &c->key, "subjectPublicKey", true);
	/*
	 * Java looks at the key that signs, and so at the anchor's; nobody refuses a root for being
	 * cautious
	 */
	if (err == KVK_OK && anchor != NULL && step->at + 1 == step->path->count)
		err = judge_key(
			step, anchor->spki, &anchor->key, "trust anchor: subjectPublicKey", false);
	return err;
}
