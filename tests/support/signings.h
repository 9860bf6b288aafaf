/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Schemes that only tests sign with: MD5 and SHA-1 for what has to be refused, and others that the
 * program reads but does not make.
 */
#ifndef KVKCSR_TESTS_SUPPORT_SIGNINGS_H
#define KVKCSR_TESTS_SUPPORT_SIGNINGS_H

#include "crypto/signing.h"

extern const struct kvk_signing kvk_signing_rsa_md5;
extern const struct kvk_signing kvk_signing_rsa_sha1;
extern const struct kvk_signing kvk_signing_rsa_sha384;
extern const struct kvk_signing kvk_signing_rsa_sha512;
extern const struct kvk_signing kvk_signing_rsa_pss_sha256;
extern const struct kvk_signing kvk_signing_rsa_pss_sha384;

/* All there are, those of the program among them; dice choose by place, so the order is fixed. */
enum { KVK_SIGNINGS = 11 };
extern const struct kvk_signing *const kvk_signings[KVK_SIGNINGS];

#endif
