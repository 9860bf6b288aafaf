/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/signing.h"

#include "der/writer.h"

const struct kvk_signing kvk_signing_rsa_sha256 = { .oid = KVK_OID_RSA_SHA256,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_SHA256 };
const struct kvk_signing kvk_signing_rsa_pss_sha512 = { .oid = KVK_OID_RSA_PSS,
	.key = KVK_KEY_RSA,
	.hash = KVK_OID_SHA512,
	.pss = true };
const struct kvk_signing kvk_signing_ecdsa_sha256 = { .oid = KVK_OID_ECDSA_SHA256,
	.key = KVK_KEY_ECDSA,
	.hash = KVK_OID_SHA256 };
const struct kvk_signing kvk_signing_ecdsa_sha384 = { .oid = KVK_OID_ECDSA_SHA384,
	.key = KVK_KEY_ECDSA,
	.hash = KVK_OID_SHA384 };
const struct kvk_signing kvk_signing_ed25519 = { .oid = KVK_OID_ED25519, .key = KVK_KEY_ED25519 };

static void put_hash(struct kvk_der_writer *w, enum kvk_oid hash)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, hash);
	kvk_der_put_null(w);
	kvk_der_close(w);
}

/* RSASSA-PSS-params (RFC 4055 3.1); the trailer has its default and is left out. */
static void put_pss(struct kvk_der_writer *w, enum kvk_oid hash)
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
	kvk_der_put_uint(w, kvk_hash_size(kvk_hash_of(hash)));
	kvk_der_close(w);
	kvk_der_close(w);
}

enum kvk_err kvk_signing_algorithm(const struct kvk_signing *signing, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob der = { .n = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, signing->oid);
	if (signing->pss)
		put_pss(&w, signing->hash);
	else if (signing->key == KVK_KEY_RSA)
		kvk_der_put_null(&w);
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, &der));
	KVK_TRY(kvk_blob_append(out, kvk_span_of_blob(&der)));
out:
	kvk_der_writer_free(&w);
	kvk_blob_free(&der);
	return err;
}
