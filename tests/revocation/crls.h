/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of CRLs share: a leaf of the TSP, CRLs with real encodings whose signature is
 * replaced by the number of a key as in fake.h, and both readers asked at once.
 */
#ifndef KVKCSR_TESTS_REVOCATION_CRLS_H
#define KVKCSR_TESTS_REVOCATION_CRLS_H

#include "tests/support/crl_issue.h"
#include "revocation/crl_status.h"
#include "tests/path/fake.h"

struct made {
	struct kvk_blob der;
	struct kvk_crl crl;
	uint8_t signature[1];
};

enum { CRLS = 8, BOTH = -1 };

extern struct fake f;
extern struct kvk_certificate *leaf, *tsp;
extern struct made made[CRLS];
extern struct kvk_crl_candidate crls[CRLS];
extern size_t count;
/* The CRL under construction: a day old, a day to go. */
extern struct kvk_crl_issue issue;
extern struct kvk_revocation_answer answer;

/* Of the group, and of each test. */
int make_key(void **state);
int free_key(void **state);
int set_up(void **state);
int tear_down(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/*
 * Finishes the CRL under construction in the name of an issuer, signed by key number signer, and
 * starts the next.
 */
struct kvk_crl *finish(const char *issuer, unsigned signer);
void revoke_leaf(kvk_time date, int reason);
struct kvk_crl_input input_of(
	const struct kvk_certificate *c, const struct kvk_certificate *issuer);
/* Asks about the leaf, into answer. */
void ask(enum kvk_manner manner);
/* What both readers, or one of them, say of the leaf. */
void expect(int manner, enum kvk_revocation state, enum kvk_revocation_why why);
void expect_good(int manner);
void expect_revoked(int manner);
void expect_open(int manner, enum kvk_revocation_why why);
/*
 * GeneralNames of one member, as the contents of fullName or cRLIssuer; and a new distribution
 * point.
 */
struct kvk_span uri(const char *text);
struct kvk_span directory(const char *cn);
struct kvk_crl_point *give_point(struct kvk_certificate *c);

#endif
