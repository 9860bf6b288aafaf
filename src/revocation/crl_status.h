/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What CRLs say of a certificate (RFC 5280 section 6.3): never how they were fetched. The answer
 * has three values; "could not find out" always says why.
 */
#ifndef KVKCSR_REVOCATION_CRL_STATUS_H
#define KVKCSR_REVOCATION_CRL_STATUS_H

#include "cert/crl.h"
#include "path/path.h"

enum kvk_revocation { KVK_REVOCATION_GOOD, KVK_REVOCATION_REVOKED, KVK_REVOCATION_UNDETERMINED };

/* Why the status could not be determined; one list for enum, id and text. */
#define KVK_REVOCATION_WHYS(X) \
	X(KVK_WHY_DETERMINED, "", N_("the status is known")) \
	X(KVK_WHY_NO_CRL, "no-crl", N_("there is no CRL (revocation list) of the issuer at hand")) \
	X(KVK_WHY_CRL_UNREADABLE, "crl-unreadable", N_("the CRL cannot be read")) \
	X(KVK_WHY_CRL_STALE, "crl-stale", N_("the CRL is past its next update")) \
	X(KVK_WHY_CRL_EARLY, "crl-not-yet-valid", N_("the CRL is dated in the future")) \
	X(KVK_WHY_CRL_SIGNER, "crl-signer", \
		N_("the signer of the CRL is not known, or not to be trusted")) \
	X(KVK_WHY_CRL_SIGNATURE, "crl-signature", \
		N_("the signature of the CRL does not verify with the issuer's key")) \
	X(KVK_WHY_CRL_SIGN, "crl-sign", \
		N_("the issuer's key may not sign CRLs (key usage cRLSign)")) \
	X(KVK_WHY_CRL_SCOPE, "crl-scope", N_("the CRL is not meant for this certificate")) \
	X(KVK_WHY_CRL_REASONS, "crl-reasons", \
		N_("the CRLs at hand do not cover all reasons for revocation")) \
	X(KVK_WHY_CRL_CRITICAL, "crl-critical", \
		N_("the CRL has a critical extension that is not known")) \
	X(KVK_WHY_CRL_ALGORITHM, "crl-algorithm", \
		N_("the signature algorithm of the CRL cannot be handled")) \
	X(KVK_WHY_OCSP, "ocsp", N_("the OCSP answer cannot be used")) \
	X(KVK_WHY_OCSP_UNKNOWN, "ocsp-unknown", \
		N_("the OCSP responder does not know the certificate")) \
	X(KVK_WHY_BUDGET, "budget", N_("too many signatures would have to be checked"))

#define KVK_REVOCATION_WHY_ENUM(id, name, text) id,
enum kvk_revocation_why { KVK_REVOCATION_WHYS(KVK_REVOCATION_WHY_ENUM) KVK_REVOCATION_WHY_COUNT };
#undef KVK_REVOCATION_WHY_ENUM

struct kvk_revocation_answer {
	enum kvk_revocation state;
	enum kvk_revocation_why why;
	/*
	 * Java's manner, and not revoked: there is an entry, and its date (below) is still to come.
	 */
	bool planned;
	/* Revoked: since when and for which reason. */
	kvk_time date;
	bool has_reason;
	enum kvk_crl_reason reason;
	/* The CRL that decided or came nearest (index into those handed in), -1 where none. */
	int crl;
};

/* A CRL that was handed in; crl is NULL where the bytes could not be read as one. */
struct kvk_crl_candidate {
	const struct kvk_crl *crl;
	/* What the user calls it; not escaped. */
	const char *label;
};

struct kvk_crl_input {
	const struct kvk_certificate *certificate;
	/* Its issuer: the next step of the path, or NULL and then the anchor. */
	const struct kvk_certificate *issuer;
	/* The anchor of the path; the issuer where issuer is NULL. */
	const struct kvk_anchor *anchor;
	const struct kvk_crl_candidate *crls;
	size_t crl_count;
	kvk_time at;
	enum kvk_manner manner;
	struct kvk_signatures *signatures;
	/*
	 * Optional: certificates among which other signers of CRLs are looked for (a key of its own
	 * for CRLs, indirect CRLs). Such a certificate counts when it has a valid path to the same
	 * anchor and is itself not revoked.
	 */
	const struct kvk_candidate *pool;
	size_t pool_count;
	/*
	 * Optional: the key that has the parameters where the issuer's key inherits them (DSA).
	 */
	struct kvk_span issuer_parent_spki;
};

/*
 * Judges one certificate: RFC 5280 6.3.3 whole. In Java's manner times may be 15 minutes off, an
 * entry whose date is not yet past does not revoke, and delta CRLs are not used. Of several CRLs
 * the newest is asked first. KVK_ERR_MEMORY; everything else is in the answer.
 */
enum kvk_err kvk_crl_status(const struct kvk_crl_input *input, struct kvk_revocation_answer *out);
/* Id and text (translated) of a why; static. */
const char *kvk_revocation_why_id(enum kvk_revocation_why why);
const char *kvk_revocation_why_text(enum kvk_revocation_why why);

#endif
