/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/csr_make.h"

#include "der/writer.h"
#include "request/evaluate.h"

static void write_subject(const struct kvk_order *order, struct kvk_der_writer *w)
{
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	size_t count = kvk_order_subject(order, parts);

	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < count; i++) {
		kvk_der_open(w, KVK_DER_SET);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(w, parts[i].oid);
		kvk_der_put_text(w, parts[i].value);
		kvk_der_close(w);
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void open_extension(struct kvk_der_writer *w, enum kvk_oid oid, bool critical)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, oid);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
}

static void close_extension(struct kvk_der_writer *w)
{
	kvk_der_close(w);
	kvk_der_close(w);
}

static void write_extensions(const struct kvk_order *order, struct kvk_der_writer *w)
{
	open_extension(w, KVK_OID_EXT_KEY_USAGE, true);
	kvk_der_put_named_bits(w, kvk_order_key_usage(order));
	close_extension(w);
	open_extension(w, KVK_OID_EXT_EKU, false);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_EKU_CLIENT_AUTH);
	if (!order->client_only)
		kvk_der_put_oid(w, KVK_OID_EKU_SERVER_AUTH);
	kvk_der_close(w);
	close_extension(w);
	open_extension(w, KVK_OID_EXT_SAN, false);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put(w, KVK_DER_CONTEXT(KVK_GENERAL_DNS), kvk_span_of(order->domain.name));
	kvk_der_close(w);
	close_extension(w);
}

/*
 * CertificationRequestInfo (RFC 2986 4.1), its one attribute an extensionRequest (RFC 2985
 * 5.4.2).
 */
static enum kvk_err write_info(
	const struct kvk_order *order, struct kvk_span spki, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, 0);
	write_subject(order, &w);
	kvk_der_put_raw(&w, spki);
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_PKCS9_EXTENSION_REQUEST);
	kvk_der_open(&w, KVK_DER_SET);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	write_extensions(order, &w);
	for (int i = 0; i < 5; i++)
		kvk_der_close(&w);
	return kvk_der_write_done(&w, out);
}

static enum kvk_err write_request(struct kvk_span info, struct kvk_span algorithm,
	struct kvk_span signature, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, info);
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_bits(&w, signature);
	kvk_der_close(&w);
	return kvk_der_write_done(&w, out);
}

enum kvk_err kvk_csr_make(const struct kvk_order *order, const struct kvk_key *key,
	struct kvk_blob *out, struct kvk_error *why)
{
	struct kvk_blob spki = { .p = NULL }, info = { .p = NULL }, algorithm = { .p = NULL };
	struct kvk_blob signature = { .p = NULL };
	const struct kvk_signing *signing = kvk_order_signing(order);
	enum kvk_err err;

	kvk_blob_clear(out);
	KVK_TRY(kvk_key_spki(key, &spki));
	KVK_TRY(write_info(order, kvk_span_of_blob(&spki), &info));
	KVK_TRY(kvk_signing_algorithm(signing, &algorithm));
	KVK_TRY(kvk_key_sign(key, signing, kvk_span_of_blob(&info), &signature));
	KVK_TRY(write_request(kvk_span_of_blob(&info), kvk_span_of_blob(&algorithm),
		kvk_span_of_blob(&signature), out));
	KVK_TRY(kvk_request_check(order, kvk_span_of_blob(out), why));
out:
	kvk_blob_free(&signature);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&info);
	kvk_blob_free(&spki);
	return err;
}
