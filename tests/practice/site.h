/* SPDX-License-Identifier: Apache-2.0 */
/* Where the files of a practice TSP can be fetched, for tests that fetch them. */
#ifndef KVKCSR_TESTS_PRACTICE_SITE_H
#define KVKCSR_TESTS_PRACTICE_SITE_H

#include "tests/support/shapes.h"

/* The most octets of an address, with its NUL. */
#define SITE_ADDRESS 256

/* A profile with addresses of its own, and these. */
struct site {
	struct kvk_shape_profile profile;
	char crl[KVK_PRACTICE_LEVELS][SITE_ADDRESS];
	char certificate[KVK_PRACTICE_LEVELS][SITE_ADDRESS];
};

/*
 * The profile of a shape, in which the addresses of CRLs and CA certificates begin with base and
 * the leaf has an OCSP address; NULL: as in the shape. It points into *site.
 */
const struct kvk_shape_profile *site_profile(
	enum kvk_practice_shape shape, const char *base, const char *ocsp, struct site *site);
/* What an address ends with: the name of the file there. */
const char *site_file(const char *address);
/* Gives a leaf one distribution point with these addresses; ends with NULL. */
void site_crl_addresses(struct kvk_issue *issue, const char *const *addresses);

#endif
