/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole deliveries for tests, good and bad: the practice TSP with fixed keys, a leaf, CRLs, and
 * the file that a subscriber would upload, with any of the faults of a list (faults.h) in them.
 * mkpki is this as a program.
 */
#ifndef KVKCSR_TESTS_PRACTICE_DELIVERY_H
#define KVKCSR_TESTS_PRACTICE_DELIVERY_H

#include "practice/practice.h"
#include "tests/support/shapes.h"

/* 2026-11-22T12:00:00Z: the clock of tests. */
#define DELIVERY_NOW ((kvk_time)1795348800 * KVK_SECOND)

/* An all-zero member has the default of struct kvk_practice_leaf; now: DELIVERY_NOW. */
struct delivery_options {
	enum kvk_practice_shape shape;
	kvk_time now;
	const char *domain, *kvk, *oin, *organisation;
	unsigned days;
	/* dNSNames, ends with NULL; NULL: the domain. */
	const char *const *names;
	/* Names of faults, ends with NULL; NULL: none. Each is applied, in this order. */
	const char *const *faults;
	/* What the addresses of CRLs and CA certificates begin with, and the OCSP address of the
	 * leaf; NULL: as in the shape. */
	const char *site, *ocsp;
	/* Addresses of the CRL of the leaf, ends with NULL; NULL: the one of the TSP. */
	const char *const *crl_addresses;
	/* A request (PKCS#10, DER) to make the leaf from; empty: the test key KVK_TEST_RSA_D. */
	struct kvk_span csr;
};

/* What came out. DER where nothing else is said. */
struct delivery {
	struct kvk_blob ca[KVK_PRACTICE_LEVELS];
	struct kvk_blob leaf;
	/* One of each CA; empty where a fault leaves it out. */
	struct kvk_blob crl[KVK_PRACTICE_LEVELS];
	/* All CRLs, and the TSP CA and the intermediate, in PEM. */
	struct kvk_blob crls_pem, chain_pem;
	/* The file to upload: leaf, TSP CA, intermediate in PEM, unless a fault changes that. */
	struct kvk_blob upload;
};

/* KVK_ERR_NOT_FOUND: there is no such fault. Free the delivery also after an error. */
enum kvk_err delivery_make(const struct delivery_options *options, struct delivery *out);
void delivery_free(struct delivery *delivery);

#endif
