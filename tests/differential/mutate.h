/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is done to a good chain before it is signed. Each mutation changes one certificate, or the
 * inputs or the order of the chain, at random within what its name says; not every one makes the
 * chain a bad one.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_MUTATE_H
#define KVKCSR_TESTS_DIFFERENTIAL_MUTATE_H

#include "tests/differential/chain.h"

/* A certificate that is to be changed: number i of the chain. */
struct victim {
	struct chain *chain;
	struct kvk_issue *issue;
	size_t i;
	struct dice *dice;
};

struct mutation {
	const char *name;
	void (*apply)(struct victim *v);
};

/* Lists that end with an empty name. */
extern const struct mutation mutations_plain[];
extern const struct mutation mutations_key[];
extern const struct mutation mutations_dn[];
extern const struct mutation mutations_constraints[];
extern const struct mutation mutations_policy[];

/* Distribution points, and what a CA may sign: for chains with CRLs. */
extern const struct mutation mutations_points[];

/* An extension and its contents. */
struct value {
	const char *oid;
	struct kvk_span value;
};

#define OCTETS(text) \
	{ \
		(const uint8_t *)(text), sizeof(text) - 1 \
	}

/* Gives a chain its mutations: one to four, of one or several lists. KVK_ERR_MEMORY. */
enum kvk_err mutate(struct chain *chain, struct dice *dice);
/* Gives it one of this list. KVK_ERR_MEMORY. */
enum kvk_err mutate_with(struct chain *chain, struct dice *dice, const struct mutation *list);

/* Writes of a mutation: what is put together is set as an extension. */
void victim_extension(
	struct victim *v, const char *dotted, bool critical, const void *octets, size_t n);

#define MUTATION(name) static void name(struct victim *v)

#endif
