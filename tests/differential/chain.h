/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chain that is made once and evaluated twice, by us and by Java: the anchor, CAs, a leaf, each a
 * struct kvk_issue that mutations change, and with what inputs it is validated. Not here: what is
 * right or wrong about it.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_CHAIN_H
#define KVKCSR_TESTS_DIFFERENTIAL_CHAIN_H

#include "tests/support/crl_issue.h"
#include "tests/differential/dice.h"

/* Certificates of one chain, with the anchor. */
#define CHAIN_MAX 6
/* Certificates of the file: the chain in any order, some twice. */
#define CHAIN_FILE_MAX 12
/* CRLs given with the file. */
#define CHAIN_CRLS 8
/* Initial policies. */
#define CHAIN_POLICIES 3
/* 2026-11-22T12:00:00Z. */
#define CHAIN_NOW ((kvk_time)1795348800 * KVK_SECOND)

/* What kind of fault of octets the case has. */
enum chain_bytes {
	CHAIN_BYTES_NONE,
	/* In the signed part of one certificate, which is signed thereafter. */
	CHAIN_BYTES_SIGNED,
	/* In one certificate as it is. */
	CHAIN_BYTES_RAW,
	/* In the file. */
	CHAIN_BYTES_FILE,
};

/*
 * What a case is about; its number says it: 0 to 99999 a path, from 100000 on CRLs too, from 200000
 * on CRLs and an OCSP response.
 */
enum chain_kind { CHAIN_PATH, CHAIN_CRL, CHAIN_OCSP };
#define CHAIN_KIND_NUMBERS 100000

/* Of the numbers of paths, those from here on have a second certificate of a CA (cross.h). */
#define CHAIN_CROSS_FIRST 90000

/* What is different about that one. */
enum chain_cross {
	CROSS_NONE,
	CROSS_SAME,
	CROSS_EXPIRED,
	CROSS_EARLY,
	CROSS_LENGTH,
	CROSS_USAGE,
	CROSS_NAMES,
	/* Signed with another key than that of its issuer. */
	CROSS_SIGNATURE,
	CROSS_SELF_SIGNED,
	/* Issued by the anchor itself. */
	CROSS_SHORTCUT,
	/* For the name and key of the anchor, by a CA below it. */
	CROSS_LOOP,
	CROSS_KINDS
};

struct chain_crl {
	struct kvk_crl_issue issue;
	/* Whose name it has (an index of the chain), and which key signs it. */
	size_t issuer, signer;
	enum chain_bytes bytes;
	struct kvk_blob der;
};

struct chain {
	unsigned long number;
	enum chain_kind kind;
	/* Number 0 is the anchor, the last one the leaf. */
	size_t count;
	struct kvk_issue issues[CHAIN_MAX];
	/* Which of the keys (keys.h) signs number i, and which key it certifies. */
	size_t signer[CHAIN_MAX], owner[CHAIN_MAX];
	/* The last one is the second certificate of number cross_of. */
	struct kvk_blob der[CHAIN_MAX + 1];
	enum chain_cross cross;
	size_t cross_of;
	/* The file: indexes of certificates in order. */
	size_t order[CHAIN_FILE_MAX];
	size_t order_count;
	bool pem;
	enum chain_bytes bytes;
	/* The certificate whose octets are changed. */
	size_t target;
	size_t crl_count;
	struct chain_crl crls[CHAIN_CRLS];
	/* An OCSP response, empty where there is none, and which certificate it is about. */
	struct kvk_blob ocsp;
	size_t ocsp_about;
	kvk_time at;
	bool explicit_policy, inhibit_mapping, inhibit_any;
	size_t policy_count;
	const char *policies[CHAIN_POLICIES];
	/* The names of its mutations, with blanks between them. */
	struct kvk_blob what;
	struct kvk_blob file;
};

/* A good chain of two to five certificates. Free with chain_free(), also after an error. */
enum kvk_err chain_start(struct chain *chain, struct dice *dice);
/* Signs all certificates from the anchor down and makes the file. */
enum kvk_err chain_make(struct chain *chain, struct dice *dice);
/* Makes der of number i, for an issuer of this name, without faults of octets. */
enum kvk_err chain_make_one(struct chain *chain, size_t i, struct kvk_span issuer);
void chain_free(struct chain *chain);
/* Puts a signed part, an AlgorithmIdentifier and a signature together. *out is emptied first. */
enum kvk_err chain_seal(struct kvk_span tbs, struct kvk_span algorithm, struct kvk_span signature,
	struct kvk_blob *out);
/* Notes the name of a mutation. */
enum kvk_err chain_note(struct chain *chain, const char *what);

#endif
