/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small PKI with real Ed25519 keys, put together certificate by certificate, and the facts that
 * come of a file of its certificates. Names and keys go separate ways, as in re-issued and
 * cross-certified CAs.
 */
#ifndef KVKCSR_TESTS_GATHER_PKI_H
#define KVKCSR_TESTS_GATHER_PKI_H

#include "crypto/verify.h"
#include "gather/crls.h"
#include "gather/gather.h"
#include "practice/issue.h"

/* 2026-11-22T12:00:00Z, when all of this happens. */
#define PKI_NOW ((kvk_time)1795348800000)

enum { PKI_KEYS = 6, PKI_CERTIFICATES = 10, PKI_ANCHORS = 2 };

struct pki_certificate {
	struct kvk_blob der;
	struct kvk_certificate certificate;
};

/* Between pki_set_up() and pki_tear_down(). */
struct pki {
	size_t count;
	struct pki_certificate all[PKI_CERTIFICATES];
	/* Anchors, and certificates that are given beside the file. */
	size_t anchor_count, extra_count;
	const struct kvk_certificate *anchors[PKI_ANCHORS];
	/* An anchor is beyond a limit. */
	bool trust_limited;
	struct kvk_candidate extra[PKI_CERTIFICATES];
	/* Octets of an extension of each CRL that is made from now on; 0: it has none. */
	size_t filler;
	/* The file, in PEM, and the CRLs. */
	struct kvk_blob file;
	struct kvk_crls crls;
	/* What is fetched; the CRLs are not given then. */
	const struct kvk_fetcher *fetcher;
	struct kvk_signatures signatures;
	struct kvk_trust trust;
	struct kvk_contents contents;
	struct kvk_facts facts;
};

extern struct pki pki;

/* Of a group: makes the keys. Of each test: nothing is there yet. */
int pki_load(void **state);
int pki_unload(void **state);
int pki_set_up(void **state);
int pki_tear_down(void **state);
/*
 * A certificate, valid for 30 days on either side: a CA, or a leaf where change says so
 * (pki_be_a_leaf()). Its serial number is its own. change may be NULL.
 */
const struct kvk_certificate *pki_certify(const char *subject, unsigned key, const char *issuer,
	unsigned signer, void (*change)(struct kvk_issue *issue));
void pki_be_a_leaf(struct kvk_issue *issue);
void pki_be_expired(struct kvk_issue *issue);
/* A CRL of a day ago in the name of an issuer, with one certificate on it, or none (NULL). */
void pki_revoke(const char *issuer, unsigned signer, const struct kvk_certificate *revoked);
/* Puts certificates into the file (the last is NULL), after those that are there. */
void pki_put(const struct kvk_certificate *const *certificates);
void pki_trust(const struct kvk_certificate *anchor);
/* Gives a certificate as with --chain. */
void pki_give(const struct kvk_certificate *certificate);
/* Gathers the facts of the file, and empties it: another one may follow. */
void pki_gather(void);

#endif
