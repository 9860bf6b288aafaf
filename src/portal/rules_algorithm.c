/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/checks.h"

/* The least bits of an RSA or DSA key that any approved TSP certifies. */
#define LEAST_BITS 2048u

static void tell_key(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	struct kvk_blob text = { 0 };

	if (kvk_key_info_describe(&cert->key, &text) == KVK_OK)
		KVK_FOUND(out, _("a key of type %s"), kvk_blob_str(&text));
	KVK_WANTED(out, _("RSA of at least %u bits"), LEAST_BITS);
	kvk_blob_free(&text);
}

static void tell_signature(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	struct kvk_blob text = { 0 };

	if (kvk_scheme_describe(cert->algorithm, &text) == KVK_OK)
		KVK_FOUND(out, _("signed with %s"), kvk_blob_str(&text));
	KVK_WANTED(out, "%s", _("a signature with SHA-256 or better"));
	kvk_blob_free(&text);
}

static bool weak_key(const struct kvk_certificate *cert)
{
	switch (cert->key.type) {
	case KVK_KEY_RSA:
	case KVK_KEY_RSA_PSS:
		return cert->key.bits < LEAST_BITS;
	case KVK_KEY_DSA:
		return !cert->key.inherits_parameters && cert->key.bits < LEAST_BITS;
	default:
		return false;
	}
}

static bool weak_signature(const struct kvk_certificate *cert)
{
	struct kvk_scheme scheme;

	if (kvk_scheme_read(cert->algorithm, &scheme) != KVK_OK)
		return false;
	return scheme.hash == KVK_HASH_MD5 || scheme.hash == KVK_HASH_SHA1 ||
		scheme.oid == KVK_OID_RSA_MD2 || scheme.oid == KVK_OID_RSA_MD4;
}

/* The cautious reading: one step. False where it has nothing against it. */
static bool refuse_weak(const struct kvk_facts *facts, size_t step, struct kvk_finding *out)
{
	const struct kvk_certificate *cert = facts->path.certs[step].certificate;

	if (!weak_key(cert) && !weak_signature(cert))
		return false;
	kvk_fail(out, (int)step, KVK_REASON_ALGORITHM_CONSTRAINED);
	if (weak_key(cert))
		tell_key(cert, out);
	else
		tell_signature(cert, out);
	return true;
}

/*
 * Java's default list is certain and was applied by path/. RSA and DSA below 2048 bits and SHA-1,
 * which that list lets pass, are refused as well: the portal's own limit is not published, and no
 * approved TSP issues such certificates.
 */
void kvk_check_algorithms(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_path_failure *fault = NULL, *open = NULL;

	for (size_t i = 0; i < facts->report.count; i++) {
		const struct kvk_path_failure *each = &facts->report.failures[i];

		if (each->reason != KVK_REASON_ALGORITHM_CONSTRAINED)
			continue;
		if (!each->undetermined && fault == NULL)
			fault = each;
		else if (each->undetermined && open == NULL)
			open = each;
	}
	for (size_t i = facts->path.count; i > 0; i--) {
		if (fault != NULL && fault->cert >= i - 1)
			break;
		if (refuse_weak(facts, i - 1, out))
			return;
	}
	if (fault != NULL) {
		kvk_fail(out, (int)fault->cert, KVK_REASON_ALGORITHM_CONSTRAINED);
		KVK_FOUND(out, "%s", fault->found);
		KVK_WANTED(out, "%s", fault->wanted);
	} else if (open != NULL) {
		kvk_unknown(out, "cannot-handle");
		out->where = (int)open->cert;
		KVK_FOUND(out, "%s", open->found);
	} else if (facts->path.anchor == NULL) {
		kvk_unknown(out, "path-incomplete");
	}
}
