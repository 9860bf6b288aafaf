/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing distinguished names as RFC 5280 section 7.1 asks: the same relative names in the same
 * order, attributes of one relative name as a set, values without regard to case, string type and
 * white space (RFC 4518). In Java's manner only the attributes with a keyword of RFC 2253 (CN, C,
 * L, ST, O, OU, STREET, DC, UID) and of the types PrintableString and UTF8String compare so; all
 * others (organizationIdentifier, serialNumber, ...) by their encoding. It does not prohibit
 * characters, and whole names above KVK_LIMIT_NAME_FOLD octets always compare by their encoding.
 */
#ifndef KVKCSR_PATH_NAME_EQUAL_H
#define KVKCSR_PATH_NAME_EQUAL_H

#include "cert/name.h"
#include "crypto/hash.h"

/* Whose reading of the RFC counts, in names and everywhere else. */
enum kvk_manner { KVK_MANNER_RFC5280, KVK_MANNER_JAVA };

/*
 * Whether two names are the same. Values that are no text compare by their encoding. Without memory
 * (only values above KVK_FOLD_ROOM characters need it) they are not the same.
 */
bool kvk_name_equal(const struct kvk_name *a, const struct kvk_name *b, enum kvk_manner manner);

/*
 * Whether two names are told apart, or are the same octets, without folding anything: comparing
 * them costs little then.
 */
bool kvk_name_is_plain(const struct kvk_name *a, const struct kvk_name *b);

/*
 * A name that is compared with many, always in one manner: it is folded once, and then known by a
 * digest. Start it with its name alone; it borrows that.
 */
struct kvk_known_name {
	const struct kvk_name *name;
	bool has_digest;
	uint8_t digest[KVK_SHA256_SIZE];
};

/* The same as kvk_name_equal(), at a cost that does not grow with the number of comparisons. */
bool kvk_known_name_equal(
	struct kvk_known_name *a, struct kvk_known_name *b, enum kvk_manner manner);
/*
 * Whether the first relative names of name are those of base: a directory name within a subtree
 * (4.2.1.10). Names of any length are folded, so that none hides from a constraint by being long;
 * the caller counts what that costs. KVK_ERR_MEMORY: nobody can tell.
 */
enum kvk_err kvk_name_within(const struct kvk_name *name, const struct kvk_name *base,
	enum kvk_manner manner, bool *within);

#endif
