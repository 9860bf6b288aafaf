/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of practice/practice.h, for src/practice and tests/support alone: what the certificates of a
 * shape look like, as data (domain: A.2, B.1, B.2, H).
 */
#ifndef KVKCSR_PRACTICE_PROFILE_H
#define KVKCSR_PRACTICE_PROFILE_H

#include "practice/practice.h"

/* The most policies or usages of one profile, with the NULL that ends the list. */
#define KVK_PROFILE_LIST 8

/* A CA. */
struct kvk_ca_profile {
	const char *organisation;
	const char *name;
	/* organizationIdentifier, or NULL. */
	const char *organisation_id;
	/* Below 0: none. */
	int path_length;
	uint32_t key_usage;
	const char *policies[KVK_PROFILE_LIST];
	const char *usages[KVK_PROFILE_LIST];
	bool qc_statements;
	/* Where its certificate and its CRL would be found. */
	const char *certificate_url, *crl_url;
	/* Days between this practice's now and the ends of its validity. */
	unsigned days_before, days_after;
};

/* A leaf. */
struct kvk_leaf_profile {
	unsigned days;
	const char *policies[KVK_PROFILE_LIST];
	bool qc_statements;
	/* organizationIdentifier NTRNL-<KVK>, and an HRN as serialNumber. */
	bool organisation_id, hrn;
	/* businessCategory and jurisdictionCountryName. */
	bool ev;
	/* L and ST. */
	bool place;
	/* OCSP address, or NULL. */
	const char *ocsp_url;
};

struct kvk_shape_profile {
	const struct kvk_signing *rsa_signing;
	struct kvk_ca_profile ca[KVK_PRACTICE_LEVELS];
	struct kvk_leaf_profile leaf;
};

/* PKIoverheid G4 Priv G-TLS SYS: RSASSA-PSS with SHA-512 throughout, organizationIdentifier. */
extern const struct kvk_shape_profile kvk_profile_g4;

#endif
