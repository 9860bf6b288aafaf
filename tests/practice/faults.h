/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The faults that a delivery can have, by name, each with the message of the portal that it is for.
 */
#ifndef KVKCSR_TESTS_PRACTICE_FAULTS_H
#define KVKCSR_TESTS_PRACTICE_FAULTS_H

#include "practice/practice.h"
#include "tests/support/crl_issue.h"

/* What is wrong with the file rather than with what is in it. */
enum file_fault {
	FILE_GOOD,
	FILE_REVERSED,
	FILE_TRUNCATED,
	FILE_NO_END,
	FILE_BAD_BASE64,
	FILE_KEY_FIRST,
	FILE_EMPTY,
	FILE_TEXT,
	FILE_CRL,
	FILE_TWO_LEAVES,
};

/* What faults may change besides a certificate. */
struct maker {
	struct kvk_practice *tsp;
	/* CAs that the upload does not hold; the root is left out unless a fault asks for it. */
	bool without[KVK_PRACTICE_LEVELS];
	bool without_leaf;
	bool without_crl[KVK_PRACTICE_LEVELS];
	/* The CA that is made now, and whether it signs itself. */
	enum kvk_practice_level level;
	bool self_signed;
	enum file_fault file;
	/* Serial numbers of what was made. */
	const struct kvk_blob *leaf_serial, *ca_serial;
	/* Signs CRLs in place of the CA where not NULL. */
	const struct kvk_key *crl_key;
};

struct fault {
	const char *name;
	/* The portal's message, 0 where it is none of them or cannot come from a file. */
	unsigned message;
	/* The warning that it is for; NULL where it is none of the form of a certificate. */
	const char *warning;
	/*
	 * Any of these may be NULL. ca and crl are called for the level that is named, ca for each
	 * CA where that is KVK_PRACTICE_LEVELS.
	 */
	enum kvk_practice_level level;
	void (*ca)(struct maker *maker, struct kvk_issue *issue);
	void (*leaf)(struct maker *maker, struct kvk_issue *issue);
	void (*crl)(struct maker *maker, struct kvk_crl_issue *crl);
	void (*file)(struct maker *maker);
};

/* The fault of a name, or NULL. */
const struct fault *fault_find(const char *name);
/* Fault number i, or NULL beyond the end. */
const struct fault *fault_at(size_t i);

/* Parts of the list, each ending with a fault without a name. */
extern const struct fault leaf_faults[], ca_faults[], file_faults[], form_faults[];

#endif
