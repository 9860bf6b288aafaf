/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What will end, and on which day: hierarchies of PKIoverheid, and client authentication in
 * certificates of public CAs, read from templates/trust/ends.cfg. For advice only: nothing becomes
 * valid or invalid by it.
 */
#ifndef KVKCSR_TRUST_ENDS_H
#define KVKCSR_TRUST_ENDS_H

#include "base/vec.h"
#include "conf/conf.h"

struct kvk_end {
	/* A generation ("G1") or the name of a CA ("Sectigo"); NULL: all public CAs. */
	const char *of;
	/* "2028-11-12". */
	const char *day;
};

/* Start all-zero, free with kvk_ends_free(); owns its strings. */
struct kvk_ends {
	struct kvk_conf *file;
	/* struct kvk_end. */
	struct kvk_vec hierarchies, client_auth;
};

/*
 * Reads trust/ends.cfg below datadir. KVK_ERR_CONFIG, with why, where a day is missing or is none,
 * and the errors of kvk_conf_open(); *out is empty then.
 */
enum kvk_err kvk_ends_load(const char *datadir, struct kvk_ends *out, struct kvk_error *why);
/* Accepts NULL. */
void kvk_ends_free(struct kvk_ends *ends);
/* The day on which a generation ends, NULL where it is not known to. */
const char *kvk_ends_of_generation(const struct kvk_ends *ends, const char *generation);
/* When public CAs stop with client authentication, in the order of the file. */
const struct kvk_end *kvk_ends_of_client_auth(const struct kvk_ends *ends, size_t *count);

#endif
