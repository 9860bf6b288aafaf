/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certification paths, and what their validation starts from (RFC 5280 6.1.1). build.h makes one,
 * validate.h says what is wrong with it. Nothing in path/ reads a clock, a file or a socket, or
 * asks about revocation: revocation/ does, per certificate. Out of budget is an answer (exhausted),
 * never a crash.
 */
#ifndef KVKCSR_PATH_PATH_H
#define KVKCSR_PATH_PATH_H

#include "cert/certificate.h"
#include "path/name_equal.h"
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
	 * Its certificate where it is available, else NULL: for warnings, for recognising it,
	 * and for its serial number, which Java compares.
	 */
	const struct kvk_certificate *certificate;
	/* Pinned as a root of PKIoverheid: "G1", "G4"; else NULL. */
	const char *generation;
	/* What people call it; UTF-8, not escaped. */
	const char *label;
	/* The end of its certificate, for people alone; 0: not known. */
	kvk_time not_after;
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
	 * Another proven path was found before this one, which is better: a validator that takes
	 * the certificates as they come takes that one.
	 */
	bool other_first;
	/*
	 * No anchor was reached although a certificate that was left over names one as its issuer:
	 * a link is missing in between, which Java may call NAME_CHAINING.
	 */
	bool link_missing;
	/* The budget ran out while building: the best path so far. */
	bool exhausted;
};

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

/*
 * The key from which the key of certificate i (path.count: of the anchor) inherits its parameters
 * where it has none of its own (6.1.4(e)): the nearest above it that has them; empty where there is
 * none.
 */
struct kvk_span kvk_path_parent_spki(const struct kvk_path *path, size_t i);

#endif
