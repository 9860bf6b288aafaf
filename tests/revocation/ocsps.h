/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of OCSP share: an issuer, a leaf and responders with real Ed25519 keys, and
 * answers put together member by member.
 */
#ifndef KVKCSR_TESTS_REVOCATION_OCSPS_H
#define KVKCSR_TESTS_REVOCATION_OCSPS_H

#include "crypto/verify.h"
#include "practice/issue.h"
#include "revocation/ocsp_status.h"

/* 2026-11-22T12:00:00Z, when all of this happens. */
#define OCSP_NOW ((kvk_time)1795348800000)

enum { OCSP_ENTRIES = 400, OCSP_CERTIFICATES = 12, OCSP_PEOPLE = 16, OCSP_ANSWERS = 64 };

/* A certificate and its key. */
struct ocsp_person {
	struct kvk_key *key;
	struct kvk_blob spki, der;
	struct kvk_certificate certificate;
};

struct ocsp_entry {
	const struct ocsp_person *about;
	enum kvk_hash hash;
	enum kvk_ocsp_status status;
	/* Of the revocation, below 0: none; written in two octets above 255. */
	int reason;
	/* How long after two days ago it was revoked. */
	kvk_time later;
	kvk_time this_update, next_update;
	bool no_next_update;
	/* The last octet of the name hash, the key hash, the serial is changed. */
	bool other_name, other_key, other_serial;
	/* A critical extension that nobody knows. */
	bool critical;
};

/* An answer under construction; ocsp_start() fills it with one good entry about the leaf. */
struct ocsp_make {
	size_t count;
	struct ocsp_entry entries[OCSP_ENTRIES];
	/* Who signs, who it says it is (by name or by key). */
	const struct ocsp_person *signer, *claimed;
	bool by_name;
	unsigned status;
	const char *nonce;
	/* The nonce is critical; there is a critical extension that nobody knows. */
	bool nonce_critical, critical;
	/* responseVersion where it is written out, below 0: left out. */
	int version;
	size_t certificate_count;
	const struct ocsp_person *certificates[OCSP_CERTIFICATES];
};

extern struct ocsp_person ocsp_issuer, ocsp_leaf;
extern struct ocsp_make ocsp_make;
extern struct kvk_ocsp_input ocsp_input;
extern struct kvk_signatures ocsp_signatures;
extern struct kvk_revocation_answer ocsp_answer;

/* Of each test. */
int ocsp_set_up(void **state);
int ocsp_tear_down(void **state);
/* A new person, signed by another; change may be NULL. It lives until the end of the test. */
struct ocsp_person *ocsp_certify(const char *name, const struct ocsp_person *signer,
	void (*change)(struct kvk_issue *issue));
/* A certificate that names OCSPSigning and has nocheck, for ocsp_certify(). */
void ocsp_delegate(struct kvk_issue *issue);
/* Starts the next answer; finishes it and hands it in. */
void ocsp_start(void);
void ocsp_finish(void);
/* Asks, in one reader's manner; and with the last answer alone. */
void ocsp_ask(enum kvk_manner manner);
void ocsp_ask_last(enum kvk_manner manner);
/* What both readers say of the leaf. */
void ocsp_expect(enum kvk_revocation state, enum kvk_revocation_why why);
/* Makes the answer under construction, asks both readers about it alone, and starts the next. */
void ocsp_expect_alone(enum kvk_revocation state, enum kvk_revocation_why why);

#endif
