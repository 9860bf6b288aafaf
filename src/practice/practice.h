/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small TSP for `rehearse` and for every test: a root, an intermediate and a TSP CA in the
 * shape of those that a KVK certificate really comes from, with keys of their own, and the
 * certificates and CRLs that they sign. All names say PRACTICE. It is no real TSP: it proves
 * nobody's identity, protects no key and signs what it is asked. The clock and the randomness of
 * serial numbers are passed in.
 *
 * A leaf is ordered with kvk_practice_order() or kvk_practice_leaf(), changed where it is to be a
 * bad one, and signed with kvk_practice_sign(). tests/support/tsp.h makes CAs anew as well.
 */
#ifndef KVKCSR_PRACTICE_PRACTICE_H
#define KVKCSR_PRACTICE_PRACTICE_H

#include "practice/issue.h"

struct kvk_shape_profile;

/* The CAs, from the top. */
enum kvk_practice_level {
	KVK_PRACTICE_ROOT,
	KVK_PRACTICE_INTERMEDIATE,
	KVK_PRACTICE_TSP,
	KVK_PRACTICE_LEVELS,
};

/* What kvk_practice_new() needs; an all-zero member has the default that is named. */
struct kvk_practice_options {
	/* What its certificates look like (practice/profile.h); NULL: PKIoverheid G4. */
	const struct kvk_shape_profile *profile;
	/* The time at which everything is made; CAs are valid from a year before. */
	kvk_time now;
	/* Bits of the CA keys; 0: 3072. */
	unsigned rsa_bits;
	/*
	 * The CA keys, which the simulated TSP takes over (also where kvk_practice_new() fails);
	 * NULL: made anew. Keys that are not RSA sign with ECDSA or Ed25519.
	 */
	struct kvk_key *keys[KVK_PRACTICE_LEVELS];
	/*
	 * From which serial numbers are worked out; the same seed gives the same numbers. Copied.
	 */
	struct kvk_span seed;
};

struct kvk_practice;

/* Makes the CAs. KVK_ERR_CRYPTO, KVK_ERR_MEMORY. */
enum kvk_err kvk_practice_new(
	const struct kvk_practice_options *options, struct kvk_practice **out);
/* Accepts NULL. */
void kvk_practice_free(struct kvk_practice *tsp);

/* The certificate (DER) and the key identifier of a CA; borrowed. */
struct kvk_span kvk_practice_certificate(
	const struct kvk_practice *tsp, enum kvk_practice_level level);
struct kvk_span kvk_practice_key_id(const struct kvk_practice *tsp, enum kvk_practice_level level);

/* Who asks for a certificate. NULL members have the default that is named. */
struct kvk_practice_leaf {
	/* "api.example.nl" where NULL. */
	const char *domain;
	/* Eight digits; "68750110" (a test number of KVK) where NULL. */
	const char *kvk;
	/* subject serialNumber; the HRN of kvk under G4 and G1, kvk itself under EV, where NULL. */
	const char *oin;
	/* "Voorbeeld B.V." where NULL. */
	const char *organisation;
	/* Days of validity; 0: 397, under EV 199. */
	unsigned days;
	/* SubjectPublicKeyInfo, whole; needed. */
	struct kvk_span spki;
};

/*
 * The issue of a good leaf in the shape of this TSP. Free the issue. KVK_ERR_MEMORY,
 * KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_practice_leaf(
	struct kvk_practice *tsp, const struct kvk_practice_leaf *wanted, struct kvk_issue *issue);
/*
 * The same from a request (PKCS#10, DER): its key, CN (where it is a host name, else the first
 * dNSName), O, serialNumber and dNSNames; what the request lacks is as in kvk_practice_leaf().
 * KVK_ERR_DER, KVK_ERR_SIGNATURE where the request's own signature is wrong.
 */
enum kvk_err kvk_practice_order(
	struct kvk_practice *tsp, struct kvk_span csr, struct kvk_issue *issue);
/*
 * Signs an issue by the CA of this level. A serial that was left open is filled in, in the issue
 * too. *out is emptied first. The error that the issue keeps, KVK_ERR_ALGORITHM.
 */
enum kvk_err kvk_practice_sign(struct kvk_practice *tsp, enum kvk_practice_level level,
	struct kvk_issue *issue, struct kvk_blob *out);

/* Appends good CRLs without entries of all CAs above a leaf, in PEM. */
enum kvk_err kvk_practice_crls_pem(struct kvk_practice *tsp, struct kvk_blob *out);
/*
 * Appends PEM certificates: the leaf (empty: none), the TSP CA and the intermediate, and the root
 * where wanted, in the order that the portal wants.
 */
enum kvk_err kvk_practice_chain_pem(
	const struct kvk_practice *tsp, struct kvk_span leaf, bool with_root, struct kvk_blob *out);
/* Appends one PEM block. KVK_ERR_MEMORY. */
enum kvk_err kvk_practice_pem(const char *label, struct kvk_span der, struct kvk_blob *out);

#endif
