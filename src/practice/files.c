/* SPDX-License-Identifier: Apache-2.0 */
/* Part of practice/practice.h: what a TSP delivers besides a leaf, as PEM. */
#include "config.h"

#include "practice/practice.h"

#include "cert/pem.h"
#include "practice/issue_list.h"
#include "practice/tsp.h"

enum kvk_err kvk_practice_pem(const char *label, struct kvk_span der, struct kvk_blob *out)
{
	return kvk_pem_write(out, label, der);
}

enum kvk_err kvk_practice_chain_pem(
	const struct kvk_practice *tsp, struct kvk_span leaf, bool with_root, struct kvk_blob *out)
{
	const int last = with_root ? KVK_PRACTICE_ROOT : KVK_PRACTICE_INTERMEDIATE;
	enum kvk_err err = KVK_OK;

	if (leaf.n > 0)
		KVK_TRY(kvk_practice_pem("CERTIFICATE", leaf, out));
	for (int level = KVK_PRACTICE_TSP; level >= last; level--)
		KVK_TRY(kvk_practice_pem("CERTIFICATE",
			kvk_practice_certificate(tsp, (enum kvk_practice_level)level), out));
out:
	return err;
}

/* authorityKeyIdentifier and cRLNumber. */
static void put_crl_extensions(
	struct kvk_der_writer *w, const struct kvk_practice_ca *ca, uint64_t number)
{
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_EXT_AKI);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put(w, KVK_DER_CONTEXT(0), (struct kvk_span){ ca->key_id, sizeof(ca->key_id) });
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_EXT_CRL_NUMBER);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
	kvk_der_put_uint(w, number);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
}

/* The signed part of a CRL without entries (RFC 5280 5.1): an hour old, the next a day later. */
static enum kvk_err write_crl(const struct kvk_practice *tsp, const struct kvk_practice_ca *ca,
	struct kvk_span algorithm, struct kvk_blob *out)
{
	const kvk_time this_update = tsp->now - KVK_HOUR;
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	/* Version 2. */
	kvk_der_put_uint(&w, 1);
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_raw(&w, kvk_span_of_blob(&ca->name));
	kvk_der_put_time(&w, this_update);
	kvk_der_put_time(&w, this_update + KVK_DAY);
	put_crl_extensions(&w, ca, tsp->crls);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

static enum kvk_err append_crl(
	struct kvk_practice *tsp, const struct kvk_practice_ca *ca, struct kvk_blob *out)
{
	struct kvk_blob algorithm = { .n = 0 }, tbs = { .n = 0 }, signature = { .n = 0 };
	struct kvk_blob der = { .n = 0 };
	enum kvk_err err;

	tsp->crls++;
	KVK_TRY(kvk_signing_algorithm(ca->signing, &algorithm));
	KVK_TRY(write_crl(tsp, ca, kvk_span_of_blob(&algorithm), &tbs));
	KVK_TRY(kvk_key_sign(ca->key, ca->signing, kvk_span_of_blob(&tbs), &signature));
	KVK_TRY(kvk_issue_seal(kvk_span_of_blob(&tbs), kvk_span_of_blob(&algorithm),
		kvk_span_of_blob(&signature), &der));
	err = kvk_practice_pem("X509 CRL", kvk_span_of_blob(&der), out);
out:
	kvk_blob_free(&algorithm);
	kvk_blob_free(&tbs);
	kvk_blob_free(&signature);
	kvk_blob_free(&der);
	return err;
}

enum kvk_err kvk_practice_crls_pem(struct kvk_practice *tsp, struct kvk_blob *out)
{
	enum kvk_err err;

	for (int level = KVK_PRACTICE_TSP; level >= KVK_PRACTICE_ROOT; level--)
		KVK_TRY(append_crl(tsp, &tsp->ca[level], out));
out:
	return err;
}
