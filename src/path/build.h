/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building a certification path from what was handed in: the one that a kind validator would find.
 * It says nothing about whether the path is valid (validate.h).
 */
#ifndef KVKCSR_PATH_BUILD_H
#define KVKCSR_PATH_BUILD_H

#include "path/path.h"

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
 * is no anchor may be at the top. Falls back on the longest chain by name. KVK_ERR_MEMORY,
 * KVK_ERR_ARGUMENT (no leaf).
 */
enum kvk_err kvk_path_build(const struct kvk_build_input *input, struct kvk_path *out);

#endif
