/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts about a good delivery of a company, made by hand: no file, no key, no clock. Tests change
 * one thing and look what the rules say. The certificates are structs that were never encoded.
 */
#ifndef KVKCSR_TESTS_PORTAL_SAMPLE_H
#define KVKCSR_TESTS_PORTAL_SAMPLE_H

#include "portal/verdict.h"
#include "tests/support/lists.h"

#define SAMPLE_KVK "68750110"
#define SAMPLE_HRN "00000003687501100000"
#define SAMPLE_OIN "00000001823288444000"
#define SAMPLE_TEST_OIN "00000099000000001000"
#define SAMPLE_O "Voorbeeld B.V."

/* A good delivery: leaf, TSP CA and intermediate, under a root of PKIoverheid. */
struct sample {
	struct kvk_contents contents;
	struct kvk_certificate leaf, tsp, intermediate, root, other;
	/* Where the lists of these five lie. */
	struct lists lists[5];
	struct kvk_anchor anchor;
	struct kvk_crl crl;
	uint8_t uploaded[2][KVK_SHA256_SIZE];
	uint8_t own_key[KVK_SHA256_SIZE];
	struct kvk_case asked;
	struct kvk_evidence evidence;
	struct kvk_facts facts;
};

/* Fills a sample. at is 2026-11-22T12:00:00Z. */
void sample_make(struct sample *s);
/* Makes it a delivery of a government body. */
void sample_government(struct sample *s);
/* Makes it a public EV certificate. */
void sample_ev(struct sample *s);

/* Sets, or adds where it is not there, an attribute of a name (UTF8String). */
void sample_attribute(struct kvk_name *name, enum kvk_oid oid, const char *text);
void sample_add_attribute(struct kvk_name *name, enum kvk_oid oid, const char *text);
/* Takes all attributes of a kind out. */
void sample_drop_attribute(struct kvk_name *name, enum kvk_oid oid);
/* Replaces the dNSNames; b may be NULL. */
void sample_dns(struct sample *s, const char *a, const char *b);
/* Adds another subjectAltName. */
void sample_add_general(struct sample *s, enum kvk_general_kind kind, const char *text);
/* Adds a failure to the report of the path. */
void sample_failure(struct sample *s, enum kvk_reason reason, size_t step);
void sample_open_failure(struct sample *s, enum kvk_reason reason, size_t step);
/* Takes the anchor away, as for an issuer that nobody trusts. */
void sample_no_anchor(struct sample *s);
/* Makes a time of "2026-11-22T12:00:00Z". */
kvk_time sample_time(const char *text);

/* It fails by a reading that the portal does not publish; KVK_RESULT_FAIL is a sure failure. */
#define SAMPLE_ASSUMED (KVK_RESULT_SKIPPED + 1)

/* One case: what a change makes of one rule. */
struct sample_case {
	unsigned rule;
	/* enum kvk_result, or SAMPLE_ASSUMED. */
	unsigned want;
	const char *name;
	void (*change)(struct sample *s);
};

/* The cases by subject, each list ended by a row whose rule is 0. */
extern const struct sample_case cases_file[];
extern const struct sample_case cases_path[];
extern const struct sample_case cases_subject[];
extern const struct sample_case cases_account[];

/* A warning that a change brings about. Ended by a row whose id is NULL. */
struct sample_warning {
	const char *id;
	void (*change)(struct sample *s);
};

extern const struct sample_warning cases_warnings[];
extern const struct sample_warning cases_warnings_form[];
extern const struct sample_warning cases_warnings_register[];
/* What comes near to it and is none. */
extern const struct sample_warning cases_no_warnings[];

#endif
