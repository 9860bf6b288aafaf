/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A delivery of the practice TSP, judged by the library as the program would: from faults to the
 * verdict. A step that fails is a failed test.
 */
#ifndef KVKCSR_TESTS_PORTAL_JUDGED_H
#define KVKCSR_TESTS_PORTAL_JUDGED_H

#include "gather/crls.h"
#include "gather/gather.h"
#include "portal/verdict.h"
#include "tests/practice/delivery.h"

/* Everything of one delivery, from its bytes to the verdict. */
struct judged {
	struct delivery delivery;
	struct kvk_contents contents;
	struct kvk_certificate roots[2];
	struct kvk_trust trust;
	struct kvk_crls crls;
	struct kvk_signatures signatures;
	struct kvk_facts facts;
	struct kvk_verdict verdict;
};

/*
 * Makes a delivery with these faults (separated by blanks; "" for none), and judges it with the
 * root that issued it and its CRLs. uploaded may be NULL: then nothing is known of earlier uploads.
 */
void judge(struct judged *j, struct delivery_options *options, const char *faults,
	const struct kvk_account *account, const uint8_t (*uploaded)[KVK_SHA256_SIZE],
	size_t count);
void judged_free(struct judged *j);

/* What is installed; there from judged_load() to judged_unload(), which cmocka calls. */
const struct kvk_knowledge *judged_knowledge(void);
int judged_load(void **state);
int judged_unload(void **state);

#endif
