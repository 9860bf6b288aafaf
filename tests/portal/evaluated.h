/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A delivery of the practice TSP, evaluated by the library as the program would: from faults to the
 * verdict. A step that fails is a failed test.
 */
#ifndef KVKCSR_TESTS_PORTAL_EVALUATED_H
#define KVKCSR_TESTS_PORTAL_EVALUATED_H

#include "gather/crls.h"
#include "gather/gather.h"
#include "portal/verdict.h"
#include "tests/practice/delivery.h"

/* Everything of one delivery, from its bytes to the verdict. */
struct evaluated {
	struct delivery delivery;
	struct kvk_contents contents;
	struct kvk_certificate roots[2];
	struct kvk_trust trust;
	struct kvk_crls crls;
	struct kvk_signatures signatures;
	struct kvk_case asked;
	struct kvk_evidence evidence;
	struct kvk_facts facts;
	struct kvk_verdict verdict;
};

/*
 * Makes a delivery with these faults (separated by blanks; "" for none), and evaluates it with the
 * root that issued it and its CRLs. uploaded may be NULL: then nothing is known of earlier uploads.
 */
void evaluate(struct evaluated *j, struct delivery_options *options, const char *faults,
	const struct kvk_account *account, const uint8_t (*uploaded)[KVK_SHA256_SIZE],
	size_t count);
/* Evaluates it once more with other anchors, and nothing else. */
void evaluate_with(struct evaluated *j, const struct kvk_trust *trust);
/*
 * Reads its file and its CRLs once more, from copies of these, and evaluates it as before. Returns
 * the first error, on which no step fails here.
 */
enum kvk_err evaluate_again(
	struct evaluated *j, const struct kvk_blob *upload, const struct kvk_blob *crls);
void evaluated_free(struct evaluated *j);

/* What is installed is there from evaluated_load() to evaluated_unload(), which cmocka calls. */
int evaluated_load(void **state);
int evaluated_unload(void **state);

#endif
