/* SPDX-License-Identifier: Apache-2.0 */
/* Part of crypto/scheme.h: the AlgorithmIdentifiers of signatures that are made. */
#include "config.h"

#include "crypto/scheme.h"

#include "der/writer.h"

static const struct {
	enum kvk_oid oid;
	enum kvk_oid pss_hash;
	unsigned salt;
	bool null;
} signings[KVK_SIGN_COUNT] = {
	[KVK_SIGN_RSA_SHA256] = { .oid = KVK_OID_RSA_SHA256, .null = true },
	[KVK_SIGN_RSA_SHA384] = { .oid = KVK_OID_RSA_SHA384, .null = true },
	[KVK_SIGN_RSA_SHA512] = { .oid = KVK_OID_RSA_SHA512, .null = true },
	[KVK_SIGN_RSA_PSS_SHA256] = { KVK_OID_RSA_PSS, KVK_OID_SHA256, 32, false },
	[KVK_SIGN_RSA_PSS_SHA384] = { KVK_OID_RSA_PSS, KVK_OID_SHA384, 48, false },
	[KVK_SIGN_RSA_PSS_SHA512] = { KVK_OID_RSA_PSS, KVK_OID_SHA512, 64, false },
	[KVK_SIGN_ECDSA_SHA256] = { .oid = KVK_OID_ECDSA_SHA256 },
	[KVK_SIGN_ECDSA_SHA384] = { .oid = KVK_OID_ECDSA_SHA384 },
	[KVK_SIGN_ED25519] = { .oid = KVK_OID_ED25519 },
	[KVK_SIGN_RSA_SHA1] = { .oid = KVK_OID_RSA_SHA1, .null = true },
	[KVK_SIGN_RSA_MD5] = { .oid = KVK_OID_RSA_MD5, .null = true },
};

static void put_hash(struct kvk_der_writer *w, enum kvk_oid hash)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, hash);
	kvk_der_put_null(w);
	kvk_der_close(w);
}

/* RSASSA-PSS-params (RFC 4055 3.1); the trailer has its default and is left out. */
static void put_pss(struct kvk_der_writer *w, enum kvk_oid hash, unsigned salt)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	put_hash(w, hash);
	kvk_der_close(w);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_RSA_MGF1);
	put_hash(w, hash);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(2));
	kvk_der_put_uint(w, salt);
	kvk_der_close(w);
	kvk_der_close(w);
}

enum kvk_err kvk_signing_algorithm(enum kvk_signing signing, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob der = { .n = 0 };
	enum kvk_err err;

	if ((unsigned)signing >= KVK_SIGN_COUNT)
		return KVK_ERR_ARGUMENT;
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, signings[signing].oid);
	if (signings[signing].null)
		kvk_der_put_null(&w);
	if (signings[signing].salt)
		put_pss(&w, signings[signing].pss_hash, signings[signing].salt);
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, &der));
	KVK_TRY(kvk_blob_append(out, kvk_span_of_blob(&der)));
out:
	kvk_der_writer_free(&w);
	kvk_blob_free(&der);
	return err;
}
