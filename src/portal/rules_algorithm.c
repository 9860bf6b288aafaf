/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: keys and signature algorithms. */
#include "config.h"

#include "portal/checks.h"
#include "portal/rules.h"

/* The least bits of an RSA or DSA key that any approved TSP certifies. */
#define LEAST_BITS 2048u
/* The least that Java's own list lets pass. */
#define JAVA_LEAST_BITS 1024u

static enum kvk_err describe_key(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_key_info_describe(&cert->key, &text));
	KVK_FORMAT(out->found, _("the public key is %s"), kvk_blob_str(&text));
	KVK_FORMAT(out->wanted,
		kvk_ngettext("an RSA key of at least %u bit", "an RSA key of at least %u bits",
			LEAST_BITS),
		LEAST_BITS);
out:
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err describe_signature(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_scheme_describe(cert->algorithm, &text));
	KVK_FORMAT(out->found, _("signed with %s"), kvk_blob_str(&text));
	KVK_FORMAT(out->wanted, "%s", _("a signature with SHA-256 or stronger"));
out:
	kvk_blob_free(&text);
	return err;
}

static bool is_weak_key(const struct kvk_certificate *cert)
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

static bool is_weak_signature(const struct kvk_certificate *cert)
{
	struct kvk_scheme scheme;

	if (kvk_scheme_read(cert->algorithm, &scheme) != KVK_OK)
		return false;
	return scheme.hash == KVK_HASH_MD5 || scheme.hash == KVK_HASH_SHA1 ||
		scheme.oid == KVK_OID_RSA_MD2 || scheme.oid == KVK_OID_RSA_MD4;
}

/* Whether Java refuses it, too: MD2 and MD5 by its list, MD4 because it does not know it. */
static bool is_refused_by_java(const struct kvk_certificate *cert)
{
	struct kvk_scheme scheme;

	if (is_weak_key(cert) && cert->key.bits < JAVA_LEAST_BITS)
		return true;
	return is_weak_signature(cert) && kvk_scheme_read(cert->algorithm, &scheme) == KVK_OK &&
		scheme.hash != KVK_HASH_SHA1;
}

/* How many certificates of the path belong to every path: of a search that was broken off the leaf.
 */
static size_t sure_count(const struct kvk_facts *facts)
{
	return facts->path.exhausted && facts->path.count > 1 ? 1 : facts->path.count;
}

/* Whether the refusal is sure: somewhere on the path is something that Java refuses. */
static bool is_sure(const struct kvk_facts *facts)
{
	if (kvk_checks_sure_failure(facts, KVK_REASON_ALGORITHM_CONSTRAINED) != NULL)
		return true;
	for (size_t i = 0; i < sure_count(facts); i++)
		if (is_refused_by_java(facts->path.certs[i].certificate))
			return true;
	return false;
}

/* The cautious reading of one certificate of the path. */
static enum kvk_err refuse_weak(const struct kvk_facts *facts, size_t i, struct kvk_finding *out)
{
	const struct kvk_certificate *cert = facts->path.certs[i].certificate;
	const bool weak_key = is_weak_key(cert);

	if (!weak_key && !is_weak_signature(cert))
		return KVK_OK;
	kvk_finding_fail(out, (int)i, KVK_REASON_ALGORITHM_CONSTRAINED);
	out->assumed = !is_sure(facts);
	return weak_key ? describe_key(cert, out) : describe_signature(cert, out);
}

/*
 * Java's default list is certain and was applied by path/. RSA and DSA below 2048 bits and SHA-1,
 * which that list lets pass, are refused as well: the portal's own limit is not published, and no
 * approved TSP issues such certificates. Of both the failure nearer to the anchor comes first.
 */
static enum kvk_err check_algorithms(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const enum kvk_reason reason = KVK_REASON_ALGORITHM_CONSTRAINED;
	const struct kvk_path_failure *failure = kvk_checks_sure_failure(facts, reason);
	const struct kvk_path_failure *open = kvk_checks_failure(facts, reason, true);
	enum kvk_err err = KVK_OK;

	for (size_t i = sure_count(facts); i > 0; i--) {
		if (failure != NULL && failure->cert >= i - 1)
			break;
		KVK_TRY(refuse_weak(facts, i - 1, out));
		if (out->result == KVK_RESULT_FAIL)
			goto out;
	}
	if (failure != NULL) {
		kvk_finding_fail(out, 0, reason);
		kvk_checks_describe(facts, failure, out);
	} else if (open != NULL) {
		kvk_finding_unknown(out, KVK_WHY_CANNOT_HANDLE);
		kvk_checks_describe(facts, open, out);
		out->reason = KVK_REASON_NONE;
	} else if (facts->path.exhausted) {
		kvk_finding_unknown(out, KVK_WHY_WORK);
	} else if (facts->path.anchor == NULL) {
		kvk_finding_unknown(out, KVK_WHY_PATH_INCOMPLETE);
	}
out:
	kvk_checks_blame_ca(facts, out);
	return err;
}

const struct kvk_rule kvk_rule_algorithm_constrained = {
	.number = 1,
	.id = "algorithm-constrained",
	.portal = "The certificate has a public key or signature algorithm which is "
		  "constrained and not allowed.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 1,
	.since = "2026-11-22",
	.cite = "Java jdk.certpath.disabledAlgorithms; "
		"BasicReason.ALGORITHM_CONSTRAINED",
	.needs = KVK_NEEDS_LEAF,
	.check = check_algorithms,
	.hint = N_("order a certificate with an RSA key of at least 3072 bits, signed with SHA-256 "
		   "or SHA-512"),
	.meaning = N_("A certificate in the chain has a key that is too short, or is signed with "
		      "an algorithm that is no longer trusted, such as MD5 or SHA-1."),
	.cause = N_("The certificate is old or self-made, or its key is a 1024-bit key from an old "
		    "device. TSPs (trust service providers, the companies that issue certificates) "
		    "stopped issuing such certificates years ago."),
	.remedy = N_("Create a new RSA key of at least 3072 bits ('kvkcsr new' does this) and "
		     "order a certificate for it."),
	.letter = N_("Please issue the certificate for the enclosed request, which has a new RSA "
		     "key of at least 3072 bits, and sign it with SHA-256 or SHA-512."),
	.reading = N_("Java refuses signatures with MD2 or MD5, RSA and DSA keys below 1024 bits, "
		      "and elliptic curve keys below 224 bits. The portal does not publish limits "
		      "of its own. kvkcsr also refuses signatures with SHA-1, and RSA and DSA keys "
		      "below 2048 bits, because no PKIoverheid TSP issues such certificates."),
};
