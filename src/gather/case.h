/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A case: what the user asked for, filled once from options or from a dossier and then handed down
 * unchanged to all who read files, gather facts, apply rules and report.
 */
#ifndef KVKCSR_GATHER_CASE_H
#define KVKCSR_GATHER_CASE_H

#include <stdbool.h>

#include "base/time.h"
#include "crypto/hash.h"
#include "names/oin.h"

/* Names of files; borrowed. */
struct kvk_paths {
	const char *const *at;
	size_t count;
};

/* Where what is known of an account comes from, if not from the options alone. */
enum kvk_account_source {
	KVK_ACCOUNT_OF_OPTIONS,
	KVK_ACCOUNT_OF_DOSSIER,
	KVK_ACCOUNT_OF_SETTINGS,
};

/* What is known of the account in the portal; strings are NULL where not given. */
struct kvk_account {
	/* 8 digits. */
	const char *kvk;
	/* 20 digits. */
	const char *oin;
	enum kvk_party party;
	const char *trade_name;
	/* Of the numbers, and of the party. */
	enum kvk_account_source source, party_source;
	/* The name of the dossier, with KVK_ACCOUNT_OF_DOSSIER. */
	const char *dossier;
};

/* All-zero means: nothing was given. Everything is borrowed. */
struct kvk_case {
	/* Anchors in place of the installed ones, further CAs, CRLs, OCSP answers, and certificates
	 * that were uploaded before. */
	struct kvk_paths trust, chain, crl, ocsp, uploaded;
	/* The time for which a delivery is evaluated. */
	kvk_time at;
	struct kvk_account account;
	/* Private key, or request, that the certificate must belong to; NULL for none. */
	const char *key, *csr;
	/*
	 * Fingerprint and public key (SHA-256 of its SubjectPublicKeyInfo) of the certificate that
	 * the dossier had before this one; NULL: none.
	 */
	const uint8_t *before, *before_key;
	/* A file with the OIN register; NULL for none. */
	const char *oin_list;
	/* The same as the SHA-256 of a public key (SubjectPublicKeyInfo), or NULL. */
	const uint8_t *own_key;
	/* The name of the dossier whose key that is, where it was found by the name of the
	 * certificate; else NULL. */
	const char *key_of;
	/* Fingerprints of what the inventory says was uploaded; history_known: it could be asked.
	 */
	bool history_known;
	const uint8_t (*history)[KVK_SHA256_SIZE];
	size_t history_count;
	/*
	 * The home, whose imported roots are trusted; the list of CA certificates and the file with
	 * the roots of the system that the configuration names. NULL: none.
	 */
	const char *home, *ca_list, *system_store;
	/* Ask nothing over the network; do not look whether certificates are revoked. */
	bool offline, no_revocation;
};

#endif
