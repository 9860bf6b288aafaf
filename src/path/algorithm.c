/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/algorithm.h"

#include "base/escape.h"
#include "base/format.h"
#include "crypto/scheme.h"

/*
 * Java 17 and 21, jdk.certpath.disabledAlgorithms: MD2, MD5, RSA and DSA below 1024 bits, EC below
 * 224. Beyond that the portal's own limit is not published; SHA-1 and RSA below 2048 are refused in
 * the cautious reading.
 */
enum { JAVA_RSA_BITS = 1024, JAVA_DSA_BITS = 1024, JAVA_EC_BITS = 224, CAUTIOUS_RSA_BITS = 2048 };

/* Words for what was found; what has none stays empty. */
static enum kvk_err describe(struct kvk_path_failure *failure,
	enum kvk_err (*words)(struct kvk_span, struct kvk_blob *), struct kvk_span what)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(words(what, &text));
	kvk_escape_to(failure->found, sizeof(failure->found), kvk_span_of_blob(&text));
out:
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static enum kvk_err key_words(struct kvk_span spki, struct kvk_blob *out)
{
	struct kvk_key_info key;
	enum kvk_err err;

	KVK_TRY(kvk_key_info_read(spki, &key));
	KVK_TRY(kvk_key_info_describe(&key, out));
out:
	return err;
}

enum kvk_err kvk_path_algorithm(struct kvk_path_state *state)
{
	struct kvk_path_failure *failure;
	struct kvk_scheme scheme;
	bool disabled;

	if (!kvk_path_is_java(state) || kvk_scheme_read(state->cert->algorithm, &scheme) != KVK_OK)
		return KVK_OK;
	disabled = kvk_signature_is_disabled(&scheme);
	if (!disabled && scheme.hash != KVK_HASH_SHA1)
		return KVK_OK;
	failure = kvk_path_fail(state, KVK_REASON_ALGORITHM_CONSTRAINED, "signatureAlgorithm");
	failure->beyond_java = !disabled;
	KVK_FORMAT(failure->wanted, "SHA-256, SHA-384, SHA-512");
	return describe(failure, kvk_scheme_describe, state->cert->algorithm);
}

static enum kvk_err check_key(struct kvk_path_state *state, struct kvk_span spki,
	const struct kvk_key_info *key, const char *field, bool cautious)
{
	struct kvk_path_failure *failure;
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
		wanted = key->bits > 0 ? JAVA_EC_BITS : 0;
		break;
	default:
		break;
	}
	if (key->bits >= wanted || (beyond && !cautious))
		return KVK_OK;
	failure = kvk_path_fail(state, KVK_REASON_ALGORITHM_CONSTRAINED, field);
	failure->beyond_java = beyond;
	KVK_FORMAT(failure->wanted, "%u", wanted);
	return describe(failure, key_words, spki);
}

enum kvk_err kvk_path_algorithm_keys(struct kvk_path_state *state)
{
	const struct kvk_certificate *c = state->cert;
	const struct kvk_anchor *anchor = state->path->anchor;
	enum kvk_err err = KVK_OK;

	if (!kvk_path_is_java(state))
		return KVK_OK;
	KVK_TRY(check_key(state, c->spki, &c->key, "subjectPublicKey", true));
	/*
	 * Java looks at the key that signs, and so at the anchor's; nobody refuses a root for being
	 * cautious
	 */
	if (anchor != NULL && state->at + 1 == state->path->count)
		KVK_TRY(check_key(state, anchor->spki, &anchor->key,
			"trust anchor: subjectPublicKey", false));
out:
	return err;
}

bool kvk_path_algorithm_refused(const struct kvk_path_state *state)
{
	for (size_t i = 0; i < state->report->count; i++) {
		const struct kvk_path_failure *f = &state->report->failures[i];

		if (f->reason == KVK_REASON_ALGORITHM_CONSTRAINED && f->cert == state->at &&
			!f->beyond_java)
			return true;
	}
	return false;
}

/* Java 17 verifies with the three curves of TLS alone. */
static bool java_verifies_with(const struct kvk_key_info *key)
{
	return key->curve == KVK_OID_CURVE_P256 || key->curve == KVK_OID_CURVE_P384 ||
		key->curve == KVK_OID_CURVE_P521;
}

const char *kvk_path_algorithm_misfit(const struct kvk_path_state *state, bool handled)
{
	struct kvk_key_info key;
	struct kvk_scheme scheme;

	if (!kvk_path_is_java(state) ||
		kvk_scheme_read(state->cert->algorithm, &scheme) != KVK_OK ||
		(handled && scheme.key != KVK_KEY_ECDSA) ||
		kvk_key_info_read(state->issuer_spki, &key) != KVK_OK)
		return NULL;
	if (scheme.key == KVK_KEY_ECDSA && key.type == KVK_KEY_ECDSA)
		return key.bits < JAVA_EC_BITS || java_verifies_with(&key) ?
			NULL :
			_("the key of the issuer is on a curve that Java does not support");
	if (handled || scheme.key == KVK_KEY_OTHER || key.type == KVK_KEY_OTHER)
		return NULL;
	/* Of PSS without its parameters neither hash nor trailer are known. */
	if (scheme.pss && scheme.trailer == 0)
		return _("the signature is RSASSA-PSS without its parameters");
	if (scheme.key == key.type || (scheme.pss && key.type == KVK_KEY_RSA_PSS))
		return NULL;
	return _("the signature algorithm does not match the type of the issuer's key");
}
