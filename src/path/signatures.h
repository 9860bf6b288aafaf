/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam for signatures: the one place through which path/ and revocation/ have them checked,
 * with a budget and a memory of what was checked already. Keys that inherit their parameters (DSA,
 * RFC 5280 6.1.4(e)) are completed here.
 */
#ifndef KVKCSR_PATH_SIGNATURES_H
#define KVKCSR_PATH_SIGNATURES_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/limits.h"
#include "crypto/scheme.h"

/* What a check said. */
enum kvk_link {
	KVK_LINK_GOOD,
	KVK_LINK_BAD,
	/* The algorithm or the key cannot be handled: no verdict. */
	KVK_LINK_UNHANDLED,
	/* Not checked: the budget is used up. */
	KVK_LINK_EXHAUSTED,
};

/*
 * One check that was made; the spans are compared by place, so what they borrow must outlive the
 * struct.
 */
struct kvk_signature_memo {
	const uint8_t *key, *data, *signature;
	enum kvk_link link;
};

/*
 * The program passes kvk_verify() of its verifier, tests and fuzzers their own answers. verify
 * returns as kvk_verify(). checked counts calls over the life of the struct; budget is how many are
 * allowed. The rest starts all-zero.
 */
struct kvk_signatures {
	enum kvk_err (*verify)(void *context, struct kvk_span spki, struct kvk_span algorithm,
		struct kvk_span data, struct kvk_span signature);
	void *context;
	unsigned budget;
	unsigned checked;
	unsigned remembered;
	struct kvk_signature_memo memo[KVK_LIMIT_SIGNATURES];
};

/*
 * Whether Java's default list forbids the algorithm outright (JDK 17 and 21,
 * jdk.certpath.disabledAlgorithms: MD2, MD5), in whatever it signs.
 */
bool kvk_signature_is_disabled(const struct kvk_scheme *scheme);
/*
 * Checks a signature, or remembers what was said before. parent_spki is the key of the issuer's
 * issuer, for an spki that inherits its parameters; empty where there is none. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_signature_check(struct kvk_signatures *signatures, struct kvk_span spki,
	struct kvk_span parent_spki, struct kvk_span algorithm, struct kvk_span data,
	struct kvk_span signature, enum kvk_link *out);

#endif
