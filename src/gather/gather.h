/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a file and what was given beside it to the facts about one delivery. All reading, building
 * of paths, checking of signatures and asking for revocation happens here; what it means is said in
 * portal/. It opens no file and no socket itself.
 */
#ifndef KVKCSR_GATHER_GATHER_H
#define KVKCSR_GATHER_GATHER_H

#include "gather/facts.h"
#include "revocation/ocsp_status.h"

/* What is handed in; all of it is borrowed and must outlive the facts. */
struct kvk_gather_input {
	/* The file, already looked through, and its name (NULL for stdin). */
	const struct kvk_contents *contents;
	const char *name;

	/* What was asked: the time, and whether revocation is left out. */
	kvk_time at;
	bool no_revocation;
	/* What is known of the account, and, where history_known, what it uploaded before. */
	struct kvk_account account;
	bool history_known;
	const uint8_t (*uploaded)[KVK_SHA256_SIZE];
	size_t uploaded_count;
	const uint8_t (*uploaded_keys)[KVK_SHA256_SIZE];
	size_t uploaded_key_count;
	/* The public key that the certificate must have, and the request; NULL where not given. */
	const uint8_t *own_key;
	const struct kvk_csr *request;

	/* Whom to trust, and what is installed. */
	const struct kvk_trust *trust;
	const struct kvk_knowledge *knowledge;
	/* Certificates that may help to build a path: --chain, and those of our own store. */
	const struct kvk_candidate *extra;
	size_t extra_count;
	/* CRLs and OCSP answers, also such as could not be read. */
	const struct kvk_crl_candidate *crls;
	size_t crl_count;
	const struct kvk_ocsp_candidate *ocsps;
	size_t ocsp_count;
	/* Checks signatures. Its budget is set anew for each delivery. */
	struct kvk_signatures *signatures;
};

/*
 * Fills *out. A bad delivery is no error but a fact. KVK_ERR_MEMORY, KVK_ERR_ARGUMENT (no
 * contents).
 */
enum kvk_err kvk_gather(const struct kvk_gather_input *input, struct kvk_facts *out);

#endif
