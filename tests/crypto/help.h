/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of src/crypto share: keys from constants, files in a scratch folder, and
 * openssl(1) as the other side.
 */
#ifndef KVKCSR_TESTS_CRYPTO_HELP_H
#define KVKCSR_TESTS_CRYPTO_HELP_H

#include "crypto/key.h"
#include "crypto/verify.h"
#include "tests/crypto/keys.h"

/* Group set-up and tear-down: a scratch folder, which becomes the working folder. */
int scratch_make(void **state);
int scratch_remove(void **state);
/* Reads a key of keys.h; fails the test where it cannot. */
struct kvk_key *key_of(const char *pem);
/* The SubjectPublicKeyInfo of a key, or the AlgorithmIdentifier of a scheme; free the blob. */
struct kvk_blob spki_of(const struct kvk_key *key);
struct kvk_blob algorithm_of(const struct kvk_signing *signing);
/* Writes or reads a file of the scratch folder. */
void put_file(const char *name, struct kvk_span bytes);
struct kvk_blob get_file(const char *name);
/* Hex digits to bytes, blanks between them skipped. */
struct kvk_blob from_hex(const char *hex);
/* All that a check of a signature takes. */
struct signature {
	struct kvk_blob spki, algorithm, value;
};

/* What is signed in these tests. */
#define DATA "what is signed"
/* AlgorithmIdentifiers in hex: RSASSA-PSS over SHA-512 and over SHA-256 with a salt ("40"). */
#define PSS "06092a864886f70d01010a"
#define SHA512 "300d06096086480165030402030500"
#define SHA256 "300d06096086480165030402010500"
#define MGF(hash) "a11c301a06092a864886f70d010108" hash
#define PSS_512(salt) "3041" PSS "3034a00f" SHA512 MGF(SHA512) "a2030201" salt
#define PSS_256(salt) "3041" PSS "3034a00f" SHA256 MGF(SHA256) "a2030201" salt

/* Signs DATA with a key of keys.h. */
struct signature sign(const struct kvk_signing *signing, const char *pem);
/* kvk_verify() of such a signature over some data. */
enum kvk_err check(struct kvk_verifier *verifier, const struct signature *s, const char *data);
/* Frees what a signature holds. */
void drop(struct signature *s);
/* Gives a blob other contents. */
void replace(struct kvk_blob *blob, const char *hex);
/* Runs a shell command with its output in run.out; its exit status. */
int run(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Skips the test where a program is missing. */
void need(const char *program);

#endif
