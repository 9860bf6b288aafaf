/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/ocsp_request.h"

#include "crypto/hash.h"
#include "der/writer.h"

#define SHA1_SIZE 20

static enum kvk_err put_hash(struct kvk_der_writer *w, struct kvk_span bytes)
{
	uint8_t hash[SHA1_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_hash_bytes(KVK_HASH_SHA1, bytes, hash));
	kvk_der_put(w, KVK_DER_OCTET_STRING, (struct kvk_span){ hash, sizeof hash });
out:
	return err;
}

/* CertID */
static enum kvk_err put_id(struct kvk_der_writer *w, struct kvk_span issuer,
	struct kvk_span key_bits, struct kvk_span serial)
{
	enum kvk_err err;

	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_SHA1);
	kvk_der_put_null(w);
	kvk_der_close(w);
	KVK_TRY(put_hash(w, issuer));
	KVK_TRY(put_hash(w, key_bits));
	kvk_der_put(w, KVK_DER_INTEGER, serial);
	kvk_der_close(w);
out:
	return err;
}

enum kvk_err kvk_ocsp_request_write(struct kvk_span issuer, struct kvk_span key_bits,
	struct kvk_span serial, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	/* OCSPRequest, TBSRequest, requestList, Request */
	for (int i = 0; i < 4; i++)
		kvk_der_open(&w, KVK_DER_SEQUENCE);
	KVK_TRY(put_id(&w, issuer, key_bits, serial));
	for (int i = 0; i < 4; i++)
		kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, out));
out:
	kvk_der_writer_free(&w);
	return err;
}
