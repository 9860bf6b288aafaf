/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates as plain structs for the tests of path/ and revocation/: no DER of a whole
 * certificate, no cryptography. A key is a number, and a signature names the key that made it; the
 * seam for signatures answers from that.
 */
#ifndef KVKCSR_TESTS_PATH_FAKE_H
#define KVKCSR_TESTS_PATH_FAKE_H

#include "path/build.h"
#include "path/path.h"
#include "path/validate.h"
#include "tests/support/lists.h"

enum {
	FAKE_MAX = 64,
	/* A subject and an issuer each, and as many besides. */
	FAKE_NAMES = 3 * FAKE_MAX,
	/* No key has this number: the signature is of an algorithm that cannot be handled. */
	FAKE_UNHANDLED = 250,
	/* The length of an Ed25519 SubjectPublicKeyInfo. */
	FAKE_SPKI = 44,
};

/* 2026-11-22T12:00:00Z, when all of this happens. */
#define FAKE_NOW ((kvk_time)1795348800000)

struct fake_certificate {
	struct kvk_certificate certificate;
	struct lists lists;
	struct kvk_blob subject, issuer;
	uint8_t spki[FAKE_SPKI];
	uint8_t tbs[1], signature[1], serial[1];
};

/* Start all-zero; free with fake_free(). */
struct fake {
	size_t count;
	struct fake_certificate all[FAKE_MAX];
	struct kvk_blob names[FAKE_NAMES];
	size_t name_count;
	uint8_t keys[FAKE_MAX][FAKE_SPKI];
	size_t key_count;
	struct kvk_signatures signatures;
	struct kvk_anchor anchor;
	struct kvk_candidate pool[FAKE_MAX];
	size_t pool_count;
};

/* An anchor "Root" with key 1, and signatures with a budget of 32. */
void fake_start(struct fake *f);
void fake_free(struct fake *f);
/*
 * A certificate that is valid for a year on both sides, signed by key number signer. Not in the
 * pool.
 */
struct kvk_certificate *fake_leaf(
	struct fake *f, const char *subject, const char *issuer, unsigned key, unsigned signer);
/* The same with cA, keyCertSign and cRLSign, and in the pool. */
struct kvk_certificate *fake_ca(
	struct fake *f, const char *subject, const char *issuer, unsigned key, unsigned signer);
/* Has a certificate signed by another key, and forgets what was checked before. */
void fake_sign(struct fake *f, struct kvk_certificate *c, unsigned signer);
/* Puts a certificate in the pool. */
void fake_offer(struct fake *f, const struct kvk_certificate *c);
/* A Name of C=NL and this CN; it lives in f. */
struct kvk_span fake_name(struct fake *f, const char *cn);
/* A SubjectPublicKeyInfo of key number key; it lives in f. */
struct kvk_span fake_spki(struct fake *f, unsigned key);
/* Builds the path of a leaf from the pool and the anchor; fails the test on an error. */
void fake_build(struct fake *f, const struct kvk_certificate *leaf, enum kvk_manner manner,
	struct kvk_path *out);
/* The same, and validates it at FAKE_NOW with no initial inputs. */
void fake_validate(struct fake *f, const struct kvk_certificate *leaf, enum kvk_manner manner,
	struct kvk_path_report *out);
/* How many failures of this reason a report has at this certificate. */
size_t fake_failures(const struct kvk_path_report *report, enum kvk_reason reason, size_t cert);

#endif
