/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/signings.h"

const struct kvk_signing kvk_signing_rsa_md5 = { .oid = KVK_OID_RSA_MD5,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_MD5 };
const struct kvk_signing kvk_signing_rsa_sha1 = { .oid = KVK_OID_RSA_SHA1,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_SHA1 };
const struct kvk_signing kvk_signing_rsa_sha384 = { .oid = KVK_OID_RSA_SHA384,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_SHA384 };
const struct kvk_signing kvk_signing_rsa_sha512 = { .oid = KVK_OID_RSA_SHA512,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_SHA512 };
const struct kvk_signing kvk_signing_rsa_pss_sha256 = { .oid = KVK_OID_RSA_PSS,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_SHA256,
	.pss = true };
const struct kvk_signing kvk_signing_rsa_pss_sha384 = { .oid = KVK_OID_RSA_PSS,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_SHA384,
	.pss = true };

const struct kvk_signing *const kvk_signings[KVK_SIGNINGS] = {
	&kvk_signing_rsa_sha256,
	&kvk_signing_rsa_sha384,
	&kvk_signing_rsa_sha512,
	&kvk_signing_rsa_pss_sha256,
	&kvk_signing_rsa_pss_sha384,
	&kvk_signing_rsa_pss_sha512,
	&kvk_signing_ecdsa_sha256,
	&kvk_signing_ecdsa_sha384,
	&kvk_signing_ed25519,
	&kvk_signing_rsa_sha1,
	&kvk_signing_rsa_md5,
};
