/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certification paths: building candidates from what was handed in, and validating one as RFC 5280
 * section 6.1 says, with every fault collected, in the order in which Java's PKIX validator looks
 * (CA end first). It reads no clock, no file and no socket, and asks nothing about revocation:
 * revocation/ does, per step. Out of budget is an answer (exhausted), never a crash.
 */
#ifndef KVKCSR_PATH_PATH_H
#define KVKCSR_PATH_PATH_H

#include "cert/certificate.h"
#include "path/compare.h"
#include "path/reason.h"
#include "path/signatures.h"

/*
 * A trust anchor as RFC 5280 6.1.1(d) has it: a name and a public key. Neither validity nor
 * extensions of its certificate count. All spans borrow from the store that made it (trust/).
 */
struct kvk_anchor {
	struct kvk_name name;
	struct kvk_span spki;
	struct kvk_key_info key;
	/* SHA-256 of its certificate. */
	uint8_t sha256[KVK_SHA256_SIZE];
	/*
	 * Its certificate where there is one at hand, else NULL: for warnings, for recognising it,
	 * and for its serial number, which Java compares.
	 */
	const struct kvk_certificate *certificate;
	/* Pinned as a root of PKIoverheid: "G1", "G4"; else NULL. */
	const char *generation;
	/* What people call it; UTF-8, not escaped. */
	const char *label;
	/*
	 * Its subject key identifier where it is known, else empty: an authority key identifier
	 * that names another key tells that another CA of the same name was meant.
	 */
	struct kvk_span ski;
	/*
	 * Where an issuer within a path stands for an anchor and its key inherits its parameters:
	 * the key that has them; else empty.
	 */
	struct kvk_span parent_spki;
};

/* Where a certificate of a path came from. */
enum kvk_source { KVK_SOURCE_UPLOAD, KVK_SOURCE_CHAIN, KVK_SOURCE_STORE, KVK_SOURCE_FETCHED };

/* A certificate that may be used for building, in the order of preference. */
struct kvk_candidate {
	const struct kvk_certificate *certificate;
	enum kvk_source source;
};

/* A path: certs[0] is the leaf, each next one issued the one before, the anchor issued the last. */
struct kvk_path {
	size_t count;
	struct kvk_candidate certs[KVK_LIMIT_DEPTH];
	/*
	 * NULL where no anchor was reached. It is set by name alone where no key of that name
	 * verifies the last certificate although its key identifier fits: validation then says
	 * INVALID_SIGNATURE.
	 */
	const struct kvk_anchor *anchor;
	/* An anchor was reached and every signature up to it verifies. */
	bool proven;
	/*
	 * No anchor was reached although a certificate that was left over names one as its issuer:
	 * a link is missing in between, which Java may call NAME_CHAINING.
	 */
	bool link_missing;
	/* The budget ran out while building: the best path so far. */
	bool exhausted;
};

/* Whose reading of the RFC counts. */
enum kvk_manner { KVK_MANNER_RFC5280, KVK_MANNER_JAVA };

/* What the builder works with. */
struct kvk_build_input {
	const struct kvk_certificate *leaf;
	enum kvk_source leaf_source;
	const struct kvk_candidate *candidates;
	size_t candidate_count;
	const struct kvk_anchor *anchors;
	size_t anchor_count;
	kvk_time at;
	struct kvk_signatures *signatures;
	/* How names compare; KVK_MANNER_RFC5280 where not set. */
	enum kvk_manner manner;
	/*
	 * Optional: evaluates a path whose signatures are good up to an anchor, so that of several
	 * the best is found: how many failures it has. more false: no other path is worth looking
	 * at. At most KVK_LIMIT_PATHS are evaluated. Its errors end the building.
	 */
	enum kvk_err (*evaluate)(
		void *context, const struct kvk_path *path, unsigned *failures, bool *more);
	void *evaluate_context;
};

/*
 * Builds the path that a kind validator would find: issuers by name, those whose key identifier
 * fits first, then in the order handed in; prefers a path that reaches an anchor, whose signatures
 * verify, and that is valid at the time. Loops and repeated certificates are passed over, and so is
 * the certificate of an anchor, because the path ends at the anchor; a self-signed certificate that
 * is no anchor may stand at the top. Falls back on the longest chain by name. KVK_ERR_MEMORY,
 * KVK_ERR_ARGUMENT (no leaf).
 */
enum kvk_err kvk_path_build(const struct kvk_build_input *input, struct kvk_path *out);

/* Initial inputs of RFC 5280 6.1.1. */
struct kvk_path_input {
	kvk_time at;
	enum kvk_manner manner;
	/* user-initial-policy-set as OID octets; count 0 means any-policy. */
	const struct kvk_span *policies;
	size_t policy_count;
	bool explicit_policy, inhibit_mapping, inhibit_any;
	struct kvk_signatures *signatures;
};

/* One reason against a path. */
struct kvk_path_failure {
	enum kvk_reason reason;
	/* Index into path.certs; path.count means the anchor (no trust anchor found). */
	size_t cert;
	/*
	 * The field or extension that is at fault, in the RFC's words: "validity.notAfter"; static.
	 */
	const char *field;
	/*
	 * What was found and what is wanted, for people; escaped; "" where there is nothing to add.
	 */
	char found[160];
	char wanted[160];
	/*
	 * Could not be determined (algorithm that cannot be handled, out of budget): no verdict
	 * either way.
	 */
	bool undetermined;
	/* It is not determined because a budget ran out. */
	bool exhausted;
	/*
	 * Java lets this pass as it is shipped; the cautious reading of the portal refuses it
	 * (SHA-1, RSA below 2048 bits). Only in KVK_MANNER_JAVA, only with
	 * KVK_REASON_ALGORITHM_CONSTRAINED.
	 */
	bool beyond_java;
};

/* The most reasons that one report holds; more say nothing new. */
#define KVK_PATH_FAILURES 64

/* Of the faults only those that are counted mean anything. */
struct kvk_path_report {
	size_t count;
	struct kvk_path_failure failures[KVK_PATH_FAILURES];
	/*
	 * The path carries name constraints, or policy constraints of any kind, that were not
	 * processed.
	 */
	bool names_open, policies_open;
	/* A budget ran out. */
	bool exhausted;
};

/* Makes a report empty. Its faults are not touched: there is room for many, and mostly none. */
void kvk_path_report_start(struct kvk_path_report *report);
/*
 * Validates a path that was built. An empty report of a path with an anchor means: valid. First
 * that there is an anchor, then in the order of Java: step by step from the CA end, within a step:
 * algorithm, key usage, basic constraints and path length, name constraints, policies, validity,
 * name chaining, signature, critical extensions. KVK_ERR_MEMORY, KVK_ERR_ARGUMENT (an empty path).
 */
enum kvk_err kvk_path_validate(const struct kvk_path *path, const struct kvk_path_input *input,
	struct kvk_path_report *out);
/*
 * The key from which the key of a step (path.count: of the anchor) inherits its parameters where it
 * has none of its own (6.1.4(e)): the nearest above it that has them; empty where there is none.
 */
struct kvk_span kvk_path_parent_spki(const struct kvk_path *path, size_t step);
/* The first fault with this reason, or NULL. */
const struct kvk_path_failure *kvk_path_failure_find(
	const struct kvk_path_report *report, enum kvk_reason reason);

#endif
