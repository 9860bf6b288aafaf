/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of the portal as one table, in its own order: what it says, how it is found out, what
 * it means and what to do. verify, explain, JSON and the completeness test all read this table and
 * nothing else lists the rules. A rule is a pure function from facts to a finding: it reads no
 * file, no clock and no socket. What only we advise against is no rule (portal/warnings.h).
 */
#ifndef KVKCSR_PORTAL_RULE_H
#define KVKCSR_PORTAL_RULE_H

#include "gather/facts.h"
#include "portal/finding.h"

#define KVK_RULE_COUNT 33u

/* What a rule needs before it can be evaluated; else it is skipped, and why says which. */
enum kvk_needs {
	/* The file is read by the portal at all (else only 3, 12 and 18 speak). */
	KVK_NEEDS_READABLE = 1 << 0,
	/* There is just one client certificate in it. */
	KVK_NEEDS_ONE_LEAF = 1 << 1,
	/* Both, as nearly every rule does. */
	KVK_NEEDS_LEAF = KVK_NEEDS_READABLE | KVK_NEEDS_ONE_LEAF,
	/* Its path reaches a trust anchor. */
	KVK_NEEDS_PATH = 1 << 2,
	/* The account is known; the check itself says what of it. */
	KVK_NEEDS_ACCOUNT = 1 << 3,
	/* The earlier uploads are known. */
	KVK_NEEDS_HISTORY = 1 << 4,
	/* A register is asked over the network; the check itself says why it was not. */
	KVK_NEEDS_REGISTER = 1 << 5,
	/* Revocation was not switched off. */
	KVK_NEEDS_REVOCATION = 1 << 6,
};

/* What has to change after a failure. */
enum kvk_severity {
	/* The file; nothing may be wrong with the certificate. */
	KVK_SEVERITY_FILE,
	/* Only a new certificate helps. */
	KVK_SEVERITY_CERTIFICATE,
	/* The account or the registration, at KVK or Logius. */
	KVK_SEVERITY_ACCOUNT,
	/* Nothing: the problem may go away by itself. */
	KVK_SEVERITY_WAIT,
};

/*
 * When the portal looks (design section 3). Later stages than Java's validator are an assumption;
 * explain says so.
 */
enum kvk_stage {
	KVK_STAGE_READING,
	/* Java's validator. */
	KVK_STAGE_PATH,
	/* The portal's own checks of the certificate. */
	KVK_STAGE_OWN,
	KVK_STAGE_ACCOUNT,
	/* The registers behind the portal. */
	KVK_STAGE_SERVICE,
};

struct kvk_rule {
	unsigned number;
	/* Lower case with dashes; never changes. */
	const char *id;
	/* The portal's own sentence, word for word; never translated. */
	const char *portal;
	enum kvk_severity severity;
	enum kvk_stage stage;
	/*
	 * The place within that stage: the lower, the earlier. In the stage of the path the
	 * certificate comes first (CA end), then this.
	 */
	unsigned place;
	/* The date on which the message is known to be in use ("2026-11-22"). */
	const char *since;
	/* RFC and section, or what else is the source of the rule. */
	const char *cite;
	/* enum kvk_needs, or-ed. */
	unsigned needs;
	/* Fills a finding that says "pass" when it comes in. KVK_ERR_MEMORY. */
	enum kvk_err (*check)(const struct kvk_facts *facts, struct kvk_finding *out);
	/* One line: what to do. The texts below are paragraphs. All are marked for translation. */
	const char *hint;
	/* What it means, what causes it, what to do, what to write to the TSP. */
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
/* What to do about a finding: its own hint, else that of its rule; not yet translated; static. */
const char *kvk_rule_hint(const struct kvk_finding *finding);

#endif
