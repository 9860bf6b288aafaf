/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CA certificates that are known by fingerprint or by name, and where they are published: the
 * installed list (templates/trust/cas.cfg), and one of the user's own in the same form. Nothing is
 * trusted because it is listed, and nothing is fetched here.
 */
#ifndef KVKCSR_TRUST_CAS_H
#define KVKCSR_TRUST_CAS_H

#include "base/vec.h"
#include "cert/certificate.h"
#include "conf/conf.h"

/* What is known of one. All strings live as long as the list; NULL where not known, but for cn. */
struct kvk_known_ca {
	/* The common name, octet by octet. */
	const char *cn;
	/* As struct kvk_recognised has them. */
	const char *generation, *tsp, *level, *status;
	/* The only address that is asked for the certificate; never without a fingerprint. */
	const char *url;
	bool has_sha256;
	uint8_t sha256[KVK_SHA256_SIZE];
};

/* The lists that were read, the installed one first. Start with KVK_CAS_INIT. */
struct kvk_cas {
	/* struct kvk_known_ca. */
	struct kvk_vec list;
	/* The strings live here. */
	struct kvk_conf *files[2];
	size_t file_count;
};

#define KVK_CAS_INIT \
	{ \
		.list = KVK_VEC_INIT(struct kvk_known_ca, KVK_LIMIT_ANCHORS) \
	}

/*
 * Adds the CAs of a file; name is what messages call it. The errors of kvk_conf_open();
 * KVK_ERR_CONFIG for a CA without a name, with a fingerprint, an end or an address that is none, or
 * with an address and no fingerprint; KVK_ERR_LIMIT above KVK_LIMIT_ANCHORS, KVK_ERR_MEMORY. With
 * why.
 */
enum kvk_err kvk_cas_add(
	struct kvk_cas *cas, const char *path, const char *name, struct kvk_error *why);
void kvk_cas_free(struct kvk_cas *cas);
/* The CA with this fingerprint, or NULL. */
const struct kvk_known_ca *kvk_cas_find(
	const struct kvk_cas *cas, const uint8_t sha256[static KVK_SHA256_SIZE]);
/*
 * The next CA with the common name of a name: after is NULL or what was returned before. NULL where
 * there are no more.
 */
const struct kvk_known_ca *kvk_cas_next(
	const struct kvk_cas *cas, const struct kvk_name *name, const struct kvk_known_ca *after);

#endif
