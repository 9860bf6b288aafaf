/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small TSP for `rehearse` and for every test: a root, an intermediate and a TSP CA in the
 * shape of those that a KVK certificate really comes from, with keys of their own, and the
 * certificates and CRLs that they sign. All names say PRACTICE. It is no real TSP: it proves
 * nobody's identity, protects no key and signs what it is asked. The clock and the randomness of
 * serial numbers are passed in.
 *
 * struct kvk_practice_options options = { .now = now, .rsa_bits = 2048 }; struct kvk_practice
 * *tsp; struct kvk_issue issue;
 *
 * kvk_practice_new(&options, &tsp); kvk_practice_leaf(tsp, &(struct kvk_practice_leaf){ .domain =
 * "api.example.nl", .kvk = "68750110", .organisation = "Voorbeeld B.V.", .spki = spki }, &issue);
 * kvk_issue_dns(&issue, (const char *[]){ "*.example.nl", NULL });        (a fault)
 * kvk_practice_sign(tsp, KVK_PRACTICE_TSP, &issue, &der);
 *
 * A CA is made with a fault by taking its issue from kvk_practice_ca_issue(), changing it, and
 * handing it to kvk_practice_ca_replace().
 */
#ifndef KVKCSR_PRACTICE_PRACTICE_H
#define KVKCSR_PRACTICE_PRACTICE_H

#include "practice/crl_issue.h"
#include "practice/issue.h"

/* The CAs, from the top. */
enum kvk_practice_level {
	KVK_PRACTICE_ROOT,
	KVK_PRACTICE_INTERMEDIATE,
	KVK_PRACTICE_TSP,
	KVK_PRACTICE_LEVELS,
};

/* Whose certificates they look like. */
enum kvk_practice_shape {
	/*
	 * PKIoverheid G4 Priv G-TLS SYS: RSASSA-PSS with SHA-512 throughout,
	 * organizationIdentifier.
	 */
	KVK_PRACTICE_G4,
	/* PKIoverheid Private Services G1: sha256WithRSAEncryption. */
	KVK_PRACTICE_G1,
	/* A public EV certificate: businessCategory, jurisdiction, the EV policy, 200 days. */
	KVK_PRACTICE_EV,
};

/* What kvk_practice_new() needs; an all-zero member has the default that is named. */
struct kvk_practice_options {
	enum kvk_practice_shape shape;
	/* The time at which everything is made; CAs are valid from a year before. */
	kvk_time now;
	/* Bits of the CA keys; 0: 3072. */
	unsigned rsa_bits;
	/*
	 * The CA keys, which the practice TSP takes over (also where kvk_practice_new() fails);
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

/*
 * The certificate (DER), the Name, the public key, the key identifier and the key of a CA;
 * borrowed.
 */
struct kvk_span kvk_practice_certificate(
	const struct kvk_practice *tsp, enum kvk_practice_level level);
struct kvk_span kvk_practice_name(const struct kvk_practice *tsp, enum kvk_practice_level level);
struct kvk_span kvk_practice_key_id(const struct kvk_practice *tsp, enum kvk_practice_level level);
const struct kvk_key *kvk_practice_key(
	const struct kvk_practice *tsp, enum kvk_practice_level level);
/* The scheme with which a CA signs where nothing else is asked for. */
enum kvk_signing kvk_practice_signing(
	const struct kvk_practice *tsp, enum kvk_practice_level level);

/* What a CA's certificate is made from. Free the issue. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_practice_ca_issue(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue);
/*
 * Makes a CA's certificate anew from an issue, with the same key, signed by the CA above it (the
 * root by itself). Its name is from then on what the issue says; what it signed before stays as
 * it was. As kvk_practice_sign().
 */
enum kvk_err kvk_practice_ca_replace(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue);

/*
 * The same, but signed by the CA's own key in its own name, as a root would be, whatever its level.
 */
enum kvk_err kvk_practice_ca_self_sign(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue);

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

/* The issue of a CA's CRL: made an hour before now, next a day later, with number and AKI. */
enum kvk_err kvk_practice_crl(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_crl_issue *crl);
/* Signs a CRL by the CA of this level. */
enum kvk_err kvk_practice_crl_sign(struct kvk_practice *tsp, enum kvk_practice_level level,
	struct kvk_crl_issue *crl, struct kvk_blob *out);
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
