/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/asker.h, for its .c files alone: what asking takes, and one entry that is asked
 * about. */
#ifndef KVKCSR_APP_ASKER_TOOLS_H
#define KVKCSR_APP_ASKER_TOOLS_H

#include "app/asker.h"
#include "app/checker.h"
#include "app/online.h"
#include "app/system_store.h"
#include "cert/contents.h"
#include "gather/status.h"
#include "path/build.h"
#include "trust/trust.h"

struct kvk_asker_tools {
	kvk_time at;
	bool offline;
	/* Borrowed; may be NULL. */
	const struct kvk_store *store;
	struct kvk_online *online;
	struct kvk_wants wants;
	struct kvk_fetcher fetcher;
	/* What is installed and imported, and the roots of the system for paths to none of it. */
	struct kvk_case trusting;
	struct kvk_trust trust;
	struct kvk_system_store *system;
	/* The CAs that are known by fingerprint. struct kvk_candidate: the certificates of those
	 * that a path lacked, and struct kvk_contents, which they lie in. */
	struct kvk_knowledge *knowledge;
	struct kvk_vec known, known_contents;
	struct kvk_checker checker;
	/* Entries for which OCSP was asked in this run. */
	unsigned ocsps;
	/* The time for the network was over before the entries that are asked about now. */
	bool late;
	/* Room for those of one path. */
	struct kvk_status statuses[KVK_LIMIT_DEPTH];
};

/* One entry. */
struct kvk_asked_entry {
	const struct kvk_entry *entry;
	/* Its file, and the chain of a dossier. */
	struct kvk_contents file, chain;
	const struct kvk_certificate *leaf;
	/* struct kvk_candidate: what may be above its certificate, that of the file first; and
	 * how many of them count: a path of the file alone comes before others, as for verify. */
	struct kvk_vec pool;
	size_t uploaded, candidates;
	/* What the path leads to. */
	const struct kvk_trust *trust;
	struct kvk_path path;
	/* The path is the best of several, as far as those had to be looked at. */
	bool compared;
	/* Nothing more is asked; OCSP is asked, too. */
	bool done, by_ocsp;
	/* There was no room for a list, and others may be forgotten to make some: it is asked about
	 * again, in the end alone. */
	bool crowded, alone;
	struct kvk_entry_revocation *answer;
};

/* Reads the lists of CAs that are known by fingerprint. KVK_ERR_CONFIG with why where they cannot
 * be read; KVK_ERR_MEMORY. */
enum kvk_err kvk_asker_read_cas(
	struct kvk_asker_tools *tools, const struct kvk_asker *asker, struct kvk_error *why);
/* A CA that may lead further from the end of a path, has an address and is not in the pool; or
 * NULL.
 */
const struct kvk_known_ca *kvk_asker_missing_ca(const struct kvk_asker_tools *tools,
	const struct kvk_path *path, const struct kvk_vec *pool);
/* Gets its certificate from the cache or its address, for all entries. KVK_ERR_NOT_FOUND where it
 * cannot be had, with the reason; KVK_ERR_LIMIT, the errors of kvk_known_ca_get(), with why. */
enum kvk_err kvk_asker_get_ca(struct kvk_asker_tools *tools, const struct kvk_known_ca *ca,
	struct kvk_candidate *out, enum kvk_net_reason *reason, struct kvk_error *why);
void kvk_asker_free_cas(struct kvk_asker_tools *tools);
/* Reads the files and builds the path, with the CA certificates that are known where the files lack
 * them; done where that leads nowhere, and then the answer says so. KVK_ERR_MEMORY, KVK_ERR_CRYPTO,
 * the errors of kvk_asker_get_ca(), with why. */
enum kvk_err kvk_asked_open(struct kvk_asker_tools *tools, const struct kvk_entry *entry,
	struct kvk_entry_revocation *answer, struct kvk_asked_entry *out, struct kvk_error *why);
/* What a path from its certificate is built of. */
struct kvk_build_input kvk_asked_build_input(
	struct kvk_asker_tools *tools, const struct kvk_asked_entry *asked);
void kvk_asked_close(struct kvk_asked_entry *asked);
/* Looks up what is known; what is not known yet is wanted, else the answer is filled
 * and it is done. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_asked_look_up(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked);

#endif
