/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a delivery costs besides its signatures: whole, from the bytes of the file to the text of
 * the verdict. Signatures are not checked here but answered, so that what is left is the program's
 * own work.
 */
#ifndef KVKCSR_TESTS_HOSTILE_MEASURE_H
#define KVKCSR_TESTS_HOSTILE_MEASURE_H

#include "practice/issue.h"
#include "portal/verdict.h"

/* A delivery that is made for a test. Start all-zero; free with measure_free(). */
struct measure {
	/* The file; and certificates given with it, DER, struct kvk_blob. */
	struct kvk_blob file;
	struct kvk_blob extra[KVK_LIMIT_EXTRA];
	size_t extra_count;
	/* A certificate to trust, DER; empty: none. */
	struct kvk_blob anchor;
	/* What every signature is: KVK_OK is good. */
	enum kvk_err answer;
	/* Afterwards: what came out, how often a signature was asked for, and the milliseconds. */
	struct kvk_facts facts;
	struct kvk_verdict verdict;
	unsigned asked;
	double ms;
	/* Owned by the facts above. */
	struct kvk_contents contents;
	struct kvk_trust trust;
	struct kvk_certificate anchor_read;
};

/* A CA certificate as an issue: a name, keys and dates, without extensions but basicConstraints. */
void measure_ca(struct kvk_issue *issue, const char *name);
/* A leaf with these two as its names. */
void measure_leaf(struct kvk_issue *issue, const char *name);
/* Signs an issue in the name of an issuer of measure_ca(); frees the issue, empties *out first. */
void measure_sign(struct kvk_issue *issue, const char *issuer, struct kvk_blob *out);
/* Gives it its own public key: number n of many different ones. */
void measure_key(struct kvk_issue *issue, unsigned n);
/* Appends a certificate to the file in PEM, and frees it. */
void measure_add(struct measure *w, struct kvk_blob *der);
/* Evaluates and renders, several times, and keeps the least time. */
void measure_evaluate(struct measure *w);
/* The same, within the time and the signatures that are allowed, and not with a good outcome. */
void measure_refused(struct measure *w);
/* Trusts a CA of measure_ca() of this name. */
void measure_trust(struct measure *w, const char *name);
void measure_free(struct measure *w);

#endif
