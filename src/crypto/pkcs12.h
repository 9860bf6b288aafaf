/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS#12 files (RFC 7292): a key and its certificates under a passphrase, as Java, Windows and
 * .NET take them. They are written here because GnuTLS does so with a number of rounds that .NET 9
 * refuses, and has no way to ask for another. Reading is left to GnuTLS, once the number of rounds
 * is known to be bearable.
 */
#ifndef KVKCSR_CRYPTO_PKCS12_H
#define KVKCSR_CRYPTO_PKCS12_H

#include "base/limits.h"
#include "crypto/key.h"

/* Rounds of each derivation of a file that is written: .NET 9 refuses more than 300,000. */
#define KVK_PKCS12_ROUNDS 200000u
/* Rounds above which a file is not tried: seconds of work that anybody may ask for. */
#define KVK_PKCS12_ROUNDS_MAX 1000000u

/* What a file holds; borrows. */
struct kvk_pkcs12 {
	const struct kvk_key *key;
	/* In DER, the one of the key first. */
	const struct kvk_span *certificates;
	size_t count;
	/* What lists call the key; ASCII. */
	const char *name;
	/* 3DES and SHA-1, for readers that know nothing else, in place of AES-256 and SHA-256. */
	bool legacy;
};

/* The certificates of a file that was read. Start all-zero, free with kvk_pkcs12_contents_free().
 */
struct kvk_pkcs12_contents {
	/* In DER, the one of the key first where there is a key. */
	struct kvk_blob certificates[KVK_LIMIT_DEPTH + 1];
	size_t count;
	/* SubjectPublicKeyInfo of the key; empty where the file has none. */
	struct kvk_blob spki;
};

/*
 * Writes a file. KVK_ERR_PASSPHRASE for an empty passphrase or one with a NUL inside, KVK_ERR_TEXT
 * for one that is not UTF-8, KVK_ERR_KEY for a key in a token, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_pkcs12_write(
	const struct kvk_pkcs12 *pkcs12, const struct kvk_secret *pass, struct kvk_blob *out);
/*
 * Reads the certificates of a file (there may be none), and whose key is in it; the key itself is
 * wiped at once. KVK_ERR_PASSPHRASE where the passphrase is wrong, KVK_ERR_LIMIT where it asks for
 * more than KVK_PKCS12_ROUNDS_MAX rounds (none of which is done) or holds more certificates than
 * fit, KVK_ERR_FORMAT where it is no such file.
 */
enum kvk_err kvk_pkcs12_read(
	struct kvk_span file, const struct kvk_secret *pass, struct kvk_pkcs12_contents *out);
/* Accepts an all-zero struct. */
void kvk_pkcs12_contents_free(struct kvk_pkcs12_contents *contents);

#endif
