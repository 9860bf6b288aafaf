/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of app/evaluator.h, for its .c files alone: what an evaluator is, and reading the files that
 * are given beside a delivery: chains, CRLs, earlier uploads, key, request.
 * Each says in why which file it was.
 */
#ifndef KVKCSR_APP_EVALUATOR_LOAD_H
#define KVKCSR_APP_EVALUATOR_LOAD_H

#include "app/checker.h"
#include "app/evaluator.h"
#include "app/system_store.h"
#include "gather/crls.h"
#include "gather/gather.h"
#include "gather/ocsps.h"

/* What an evaluator holds. */
struct kvk_evaluator {
	const struct kvk_case *asked;
	/* NULL where nothing is looked up. */
	const struct kvk_memory *memory;
	/* NULL where nothing is fetched. */
	struct kvk_online *online;
	/* What was loaded, as all deliveries are evaluated by it: it borrows from the rest. */
	struct kvk_evidence evidence;
	struct kvk_trust trust;
	struct kvk_knowledge *knowledge;
	/* For deliveries that reach no root of it: the roots of the system, and the evidence with
	 * them, of its own in a fork. */
	struct kvk_system_store *system;
	struct kvk_evidence with_system;
	/* Of its own, also in a fork. */
	struct kvk_checker checker;
	struct kvk_decoded decoded;
	/* A fork: everything else belongs to another evaluator. */
	bool borrowed;
	/* struct kvk_contents pointers, owned: chains. */
	struct kvk_vec chains;
	/* struct kvk_candidate. */
	struct kvk_vec extra;
	struct kvk_crls crls;
	/* char *, owned: the files of folders with CRLs. */
	struct kvk_vec labels;
	struct kvk_ocsps ocsps;
	/* uint8_t[KVK_SHA256_SIZE]: of certificates, and of the keys of those that were read. */
	struct kvk_vec uploaded, uploaded_keys;
	/* The OIN register in a file; NULL: none was given. */
	struct kvk_oin_list *oin_list;
	/* The request that was given, and what it lies in; NULL where there is none. */
	struct kvk_contents *csr_file;
	struct kvk_csr *csr;
	/* Of the key or the request that was given; evidence has it. */
	uint8_t own_key[KVK_SHA256_SIZE];
	/* Other users can read the file of the key that was given. */
	bool key_readable;
};

/* Loads the files that the case names into the evaluator, and fills its evidence. */
enum kvk_err kvk_evaluator_load(struct kvk_evaluator *evaluator, struct kvk_error *why);

/*
 * Loads the CRLs of a file or of a folder, in which other files are passed over. KVK_ERR_NOT_FOUND
 * where a folder holds none.
 */
enum kvk_err kvk_evaluator_load_crls(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why);
/* What came of adding something of a file, of which there may be one too many of its kind: why. */
enum kvk_err kvk_evaluator_added(
	enum kvk_err err, const char *path, unsigned limit, struct kvk_error *why);

#endif
