/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of the portal as one table, in its own order: what it says, how it is found out, what
 * it means and what to do. verify, explain, JSON and the completeness test all read this table and
 * nothing else lists the rules. A rule is a pure function from facts to a finding: it reads no
 * file, no clock and no socket. Opinions of our own are no rules (portal/warnings.h).
 */
#ifndef KVKCSR_PORTAL_RULE_H
#define KVKCSR_PORTAL_RULE_H

#include "gather/facts.h"

#define KVK_RULE_COUNT 33u

enum kvk_result { KVK_RESULT_PASS, KVK_RESULT_FAIL, KVK_RESULT_UNKNOWN, KVK_RESULT_SKIPPED };

/* What a rule needs before it can be judged; else it is skipped, and why says which. */
enum kvk_needs {
	/* The file is read by the portal at all (else only 3, 12 and 18 speak). */
	KVK_NEEDS_READABLE = 1 << 0,
	/* There is just one client certificate in it. */
	KVK_NEEDS_ONE_LEAF = 1 << 1,
	/* Its path reaches a trust anchor. */
	KVK_NEEDS_PATH = 1 << 2,
	/* --kvk, --oin or --party market. */
	KVK_NEEDS_ACCOUNT = 1 << 3,
	/* The earlier uploads are known. */
	KVK_NEEDS_HISTORY = 1 << 4,
	/* A register is asked over the network; the check itself says why it was not. */
	KVK_NEEDS_REGISTER = 1 << 5,
	/* Revocation was not switched off. */
	KVK_NEEDS_REVOCATION = 1 << 6,
};

/* What it takes to mend a failure: the first thing that a person wants to know. */
enum kvk_severity {
	/* The file: the certificate itself may be good. */
	KVK_SEVERITY_FILE,
	/* A new certificate is needed. */
	KVK_SEVERITY_CERTIFICATE,
	/* The account or a registration. */
	KVK_SEVERITY_ACCOUNT,
	/* Nothing but time: a service is down, a date has not come. */
	KVK_SEVERITY_WAIT,
};

/* When the portal looks (design section 3): reading, Java's validator, own checks, account,
 * services. Later moments are an assumption; explain says so. */
enum kvk_moment {
	KVK_MOMENT_READING,
	KVK_MOMENT_PATH,
	KVK_MOMENT_OWN,
	KVK_MOMENT_ACCOUNT,
	KVK_MOMENT_SERVICE,
};

/* Where a fault lies when it is in no certificate. */
#define KVK_WHERE_FILE (-1)

#define KVK_FINDING_TEXT 320

/* What a rule says of one delivery. */
struct kvk_finding {
	const struct kvk_rule *rule;
	enum kvk_result result;
	/* Skipped or unknown: the id of the reason ("needs-path"); static, "" else. */
	const char *why;
	enum kvk_reason reason;
	/* 0 is the leaf, n the n-th CA above it, the length of the path the anchor, or
	 * KVK_WHERE_FILE. */
	int where;
	/* KVK_OK, or KVK_ERR_MEMORY: then the finding says nothing. */
	enum kvk_err err;
	/* For people, translated and escaped; "" where there is nothing to say. */
	char found[KVK_FINDING_TEXT];
	char wanted[KVK_FINDING_TEXT];
};

struct kvk_rule {
	unsigned number;
	/* Lower case with dashes; never changes. */
	const char *id;
	/* The portal's own sentence, to the letter; never translated. */
	const char *portal;
	enum kvk_severity severity;
	enum kvk_moment moment;
	/* The place within that moment: the lower, the earlier. In the moment of the path the
	 * certificate comes first (CA end), then this. */
	unsigned place;
	/* The date on which the message is known to be in use ("2026-11-22"). */
	const char *since;
	/* RFC and section, or what else the rule rests on. */
	const char *cite;
	unsigned needs;
	/* Fills a finding that says "pass" when it is called. Out of memory goes into its err. */
	void (*check)(const struct kvk_facts *facts, struct kvk_finding *out);
	/* One line: what to do. The texts below are paragraphs. All are marked for translation. */
	const char *hint;
	/* What it means, how it comes about, what to do, what to write to the TSP. */
	const char *meaning;
	const char *cause;
	const char *remedy;
	const char *letter;
	/* The portal does not publish how it decides: the reading that is taken here; "" else. */
	const char *reading;
};

/* Rule number 1 to 33, or NULL. Static. */
const struct kvk_rule *kvk_rule(unsigned number);
/* The rule with this id, or NULL. */
const struct kvk_rule *kvk_rule_by_id(const char *id);

/* "pass", "fail", "unknown", "skipped"; static. */
const char *kvk_result_name(enum kvk_result result);
/* What the id of a why means, for people, translated; the id itself where it is not known. */
const char *kvk_why_text(const char *why);
/* What the severity means, for people, translated. */
const char *kvk_severity_text(enum kvk_severity severity);

#endif
