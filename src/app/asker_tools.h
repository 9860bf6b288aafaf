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
#include "trust/trust.h"

struct kvk_asker_tools {
	kvk_time at;
	bool offline;
	struct kvk_online *online;
	struct kvk_wants wants;
	struct kvk_fetcher fetcher;
	/* What is installed and imported, and the roots of the system for paths to none of it. */
	struct kvk_case trusting;
	struct kvk_trust trust;
	struct kvk_system_store *system;
	/* struct kvk_candidate: CA certificates known by fingerprint that the cache has, and
	 * struct kvk_contents, which they lie in. */
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
	/* struct kvk_candidate: what may stand above its certificate. */
	struct kvk_vec pool;
	struct kvk_path path;
	/* Nothing more is asked; OCSP is asked, too. */
	bool done, by_ocsp;
	struct kvk_entry_revocation *answer;
};

/* Looks into the cache for the CA certificates that are known by fingerprint. KVK_ERR_CONFIG with
 * why where the lists cannot be read; KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_asker_read_cas(
	struct kvk_asker_tools *tools, const struct kvk_asker *asker, struct kvk_error *why);
void kvk_asker_free_cas(struct kvk_asker_tools *tools);
/* Reads the files and builds the path; done where that leads nowhere, and then the answer says so.
 * KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_asked_open(struct kvk_asker_tools *tools, const struct kvk_entry *entry,
	struct kvk_entry_revocation *answer, struct kvk_asked_entry *out);
void kvk_asked_close(struct kvk_asked_entry *asked);
/* Looks up what is known; what is not known yet is wanted, else the answer is filled
 * and it is done. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_asked_look_up(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked);

#endif
