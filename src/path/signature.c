/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>

#include "crypto/scheme.h"
#include "path/step.h"

/*
 * Whether Java's algorithm check has refused the signature of this certificate before it came to
 * verifying it.
 */
static bool is_refused(const struct kvk_step *step)
{
	for (size_t i = 0; i < step->report->count; i++) {
		const struct kvk_path_failure *f = &step->report->failures[i];

		if (f->reason == KVK_REASON_ALGORITHM_CONSTRAINED && f->cert == step->at &&
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

/*
 * Why Java finds a signature wrong whatever its octets are, or NULL. Keys below its least size it
 * refuses for that before.
 */
static const char *java_refuses(const struct kvk_step *step, bool handled)
{
	struct kvk_key_info key;
	struct kvk_scheme scheme;

	if (step->input->manner != KVK_MANNER_JAVA ||
		kvk_scheme_read(step->certificate->algorithm, &scheme) != KVK_OK ||
		(handled && scheme.key != KVK_KEY_ECDSA) ||
		kvk_key_info_read(step->issuer_spki, &key) != KVK_OK)
		return NULL;
	if (scheme.key == KVK_KEY_ECDSA && key.type == KVK_KEY_ECDSA)
		return key.bits < KVK_JAVA_EC_BITS || java_verifies_with(&key) ?
			NULL :
			"an issuer's key on a curve that Java does not verify with";
	if (handled || scheme.key == KVK_KEY_OTHER || key.type == KVK_KEY_OTHER)
		return NULL;
	/* Of PSS without its parameters neither hash nor trailer are known. */
	if (scheme.pss && scheme.trailer == 0)
		return "RSASSA-PSS without its parameters";
	if (scheme.key == key.type || (scheme.pss && key.type == KVK_KEY_RSA_PSS))
		return NULL;
	return "an algorithm that does not fit the issuer's key";
}

enum kvk_err kvk_step_signature(struct kvk_step *step)
{
	const struct kvk_certificate *c = step->certificate;
	struct kvk_path_failure *fault;
	const char *refused = NULL;
	enum kvk_link link;
	enum kvk_err err;

	if (step->issuer_name == NULL)
		return KVK_OK;
	err = kvk_signature_check(step->input->signatures, step->issuer_spki,
		step->issuer_parent_spki, c->algorithm, c->tbs, c->signature, &link);
	if (err == KVK_OK && (link == KVK_LINK_GOOD || link == KVK_LINK_UNHANDLED))
		refused = java_refuses(step, link == KVK_LINK_GOOD);
	if (err != KVK_OK || (link == KVK_LINK_GOOD && refused == NULL))
		return err;
	if (link == KVK_LINK_UNHANDLED && is_refused(step))
		return KVK_OK;
	fault = kvk_step_failure(step, KVK_REASON_INVALID_SIGNATURE, "signatureValue");
	fault->undetermined = link != KVK_LINK_BAD && refused == NULL;
	if (refused != NULL)
		snprintf(fault->found, sizeof(fault->found), "%s", refused);
	else if (link == KVK_LINK_UNHANDLED)
		snprintf(fault->found, sizeof(fault->found),
			"an algorithm or key that cannot be handled");
	if (link == KVK_LINK_EXHAUSTED) {
		step->report->exhausted = fault->exhausted = true;
		snprintf(fault->found, sizeof(fault->found), "too many signatures to check");
	}
	return KVK_OK;
}
