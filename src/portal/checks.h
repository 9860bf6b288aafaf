/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the checks of several rules share. A check looks at the facts and fills a finding that says
 * "pass" when it comes in. For the files rules_*.c and warnings_*.c; app/ describes a file with it,
 * too.
 */
#ifndef KVKCSR_PORTAL_CHECKS_H
#define KVKCSR_PORTAL_CHECKS_H

#include "gather/facts.h"
#include "names/identity.h"
#include "portal/finding.h"

/* The first failure of the path with this reason, undetermined or not; NULL where there is none. */
const struct kvk_path_failure *kvk_checks_failure(
	const struct kvk_facts *facts, enum kvk_reason reason, bool undetermined);
/*
 * The first that is determined and that no other path would avoid; NULL where there is none. Where
 * the search for paths was broken off, a better one may exist: only what is wrong with the leaf
 * itself is sure then.
 */
const struct kvk_path_failure *kvk_checks_sure_failure(
	const struct kvk_facts *facts, enum kvk_reason reason);
/* Writes a failure of the path as sentences, and where it is. */
void kvk_checks_describe(const struct kvk_facts *facts, const struct kvk_path_failure *failure,
	struct kvk_finding *out);
/*
 * Finds what the report of the path says under one of Java's reasons. Of a path that does not reach
 * its end, or that may not be the best one, it is not known.
 */
void kvk_checks_report(
	const struct kvk_facts *facts, enum kvk_reason reason, struct kvk_finding *out);

/* Where it is a CA certificate that fails, and no trust anchor, that one is to be replaced. */
void kvk_checks_blame_ca(const struct kvk_facts *facts, struct kvk_finding *out);

/* Whether the subject's number is one that message 4 asks for; 14 compares only such. */
bool kvk_checks_number_serves(const struct kvk_facts *facts, const struct kvk_identity *number);
/*
 * Has check look at the subject's number. Of several it looks at each: where some would pass and
 * others not, the finding is unknown, because nobody knows which one the portal reads; else it is
 * that of the first. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_checks_each_number(const struct kvk_facts *facts,
	enum kvk_err (*check)(const struct kvk_facts *facts, const struct kvk_identity *number,
		struct kvk_finding *out),
	struct kvk_finding *out);
/* Writes the number and what it is as what was found. KVK_ERR_MEMORY. */
enum kvk_err kvk_checks_found_number(const struct kvk_identity *number, struct kvk_finding *out);
/* Appends the first organisation (O) of a subject; nothing where there is none, or it is no text.
 */
enum kvk_err kvk_checks_organisation(const struct kvk_certificate *leaf, struct kvk_blob *out);

#define KVK_CHECKS_NAME 96

/*
 * Writes what a sentence calls certificate i of the path: "your certificate", or the common name of
 * a CA, escaped. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_checks_cert_name(
	const struct kvk_facts *facts, size_t i, char out[static KVK_CHECKS_NAME]);

/* Whether the leaf is of a generation of PKIoverheid ("G1"), or of a kind of test hierarchy
 * ("TRIAL"), as a certificate of its path or the anchor says. */
bool kvk_checks_has_generation(const struct kvk_facts *facts, const char *generation);

/* Whether the leaf itself is among the earlier uploads. */
bool kvk_checks_uploaded(const struct kvk_facts *facts);

/* What is in the place of a certificate, and what to do about it. */
void kvk_checks_kind_of_file(const struct kvk_contents *contents, struct kvk_finding *out);
/* Why Java gives up in the middle of the file, and what to do about it. */
void kvk_checks_bad_block(const struct kvk_contents *contents, struct kvk_finding *out);
/* Which certificate this program cannot read, though Java may. */
void kvk_checks_large_block(const struct kvk_contents *contents, struct kvk_finding *out);

/*
 * Appends to what was found the files of --crl and --ocsp that are of no use, each with what it is,
 * and says what to do about the last.
 */
void kvk_checks_describe_given(const struct kvk_facts *facts, struct kvk_finding *out);

#endif
