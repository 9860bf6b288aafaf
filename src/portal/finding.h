/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one rule says of one delivery. It starts as "pass"; the check of the rule makes a failure of
 * it, or says why nothing can be said.
 */
#ifndef KVKCSR_PORTAL_FINDING_H
#define KVKCSR_PORTAL_FINDING_H

#include "base/format.h"
#include "gather/why.h"
#include "path/reason.h"

struct kvk_rule;

/* The results, with their words of JSON. */
#define KVK_RESULTS(X) \
	X(KVK_RESULT_PASS, "pass") \
	X(KVK_RESULT_FAIL, "fail") \
	X(KVK_RESULT_UNKNOWN, "unknown") \
	X(KVK_RESULT_SKIPPED, "skipped")

#define KVK_RESULT_ENUM(id, word) id,
enum kvk_result { KVK_RESULTS(KVK_RESULT_ENUM) };
#undef KVK_RESULT_ENUM

/* Where it is when it is in no certificate. */
#define KVK_WHERE_FILE (-1)

/* What is wanted; what was found has room for three addresses, and what is wrong with each. */
#define KVK_FINDING_TEXT 480
#define KVK_FINDING_FOUND 1024
/* The name of an extension, as a struct kvk_path_failure has it. */
#define KVK_FINDING_EXTENSION 160

struct kvk_finding {
	const struct kvk_rule *rule;
	enum kvk_result result;
	/* Skipped or unknown: the reason; KVK_WHY_NONE else. */
	enum kvk_why why;
	enum kvk_reason reason;
	/*
	 * 0 is the leaf, n the n-th CA above it, the length of the path the anchor, or
	 * KVK_WHERE_FILE.
	 */
	int where;
	/* Failed by a reading that the portal does not publish: it may be accepted all the same. */
	bool assumed;
	/* A CA certificate of the file is to be replaced; the user's own may be fine. */
	bool of_ca;
	/* What to do here, marked for translation; NULL where the rule's own hint serves. */
	const char *hint;
	/* The number of the message that this one may be shown instead of: it says the same of the
	 * same certificate; 0 where it stands for itself. */
	unsigned instead_of;
	/* For people, translated and escaped; "" where there is nothing to say. */
	char found[KVK_FINDING_FOUND];
	char wanted[KVK_FINDING_TEXT];
	/* The name or OID of the extension that it is about, escaped; "" where it is about none. */
	char extension[KVK_FINDING_EXTENSION];
};

/* Starts a finding that says "pass". Field by field: the texts are large, and most stay unused. */
void kvk_finding_start(struct kvk_finding *finding, const struct kvk_rule *rule);
/* Makes it a failure, at a certificate of the path or KVK_WHERE_FILE. */
void kvk_finding_fail(struct kvk_finding *finding, int where, enum kvk_reason reason);
/* The same by a reading that the portal does not publish (domain G.3). */
void kvk_finding_assume(struct kvk_finding *finding, int where, enum kvk_reason reason);
/* Makes it unknown, or skipped. */
void kvk_finding_unknown(struct kvk_finding *finding, enum kvk_why why);
void kvk_finding_skip(struct kvk_finding *finding, enum kvk_why why);
/* The word of a result; static. */
const char *kvk_finding_result_word(enum kvk_result result);

#endif
