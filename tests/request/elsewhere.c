/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/request/elsewhere.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "der/writer.h"

static void close_all(struct kvk_der_writer *w, int n)
{
	while (n-- > 0)
		kvk_der_close(w);
}

static void open_extension(struct kvk_der_writer *w, enum kvk_oid oid)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, oid);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
}

static void write_san(const struct help_elsewhere *e, struct kvk_der_writer *w)
{
	static const uint8_t address[] = { 192, 0, 2, 1 };

	if (e->dns[0] == NULL && !e->ip)
		return;
	open_extension(w, KVK_OID_EXT_SAN);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < 4 && e->dns[i] != NULL; i++)
		kvk_der_put(w, KVK_DER_CONTEXT(2), kvk_span_of(e->dns[i]));
	if (e->ip)
		kvk_der_put(w, KVK_DER_CONTEXT(7), (struct kvk_span){ address, sizeof address });
	close_all(w, 3);
}

static void write_extensions(const struct help_elsewhere *e, struct kvk_der_writer *w)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_PKCS9_EXTENSION_REQUEST);
	kvk_der_open(w, KVK_DER_SET);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (e->ca) {
		open_extension(w, KVK_OID_EXT_BASIC_CONSTRAINTS);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put_boolean(w, true);
		close_all(w, 3);
	}
	if (e->key_usage != 0) {
		open_extension(w, KVK_OID_EXT_KEY_USAGE);
		kvk_der_put_named_bits(w, e->key_usage);
		close_all(w, 2);
	}
	if (!e->no_eku) {
		open_extension(w, KVK_OID_EXT_EKU);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(w, KVK_OID_EKU_SERVER_AUTH);
		if (!e->no_client)
			kvk_der_put_oid(w, KVK_OID_EKU_CLIENT_AUTH);
		close_all(w, 3);
	}
	write_san(e, w);
	close_all(w, 3);
}

static void write_info(const struct help_elsewhere *e, struct kvk_span spki, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, 0);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < 8 && e->subject[i].value != NULL; i++) {
		kvk_der_open(&w, KVK_DER_SET);
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w, e->subject[i].oid);
		kvk_der_put_text(&w, e->subject[i].value);
		close_all(&w, 2);
	}
	kvk_der_close(&w);
	kvk_der_put_raw(&w, spki);
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	if (e->challenge) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w, KVK_OID_PKCS9_CHALLENGE_PASSWORD);
		kvk_der_open(&w, KVK_DER_SET);
		kvk_der_put_text(&w, "geheim");
		close_all(&w, 2);
	}
	write_extensions(e, &w);
	close_all(&w, 2);
	assert_int_equal(kvk_der_write_done(&w, out), KVK_OK);
}

void help_write_request(const struct help_elsewhere *e, struct kvk_blob *out)
{
	struct kvk_blob spki = { .p = NULL }, info = { .p = NULL }, algorithm = { .p = NULL };
	struct kvk_blob signature = { .p = NULL };
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_key *key = NULL;

	assert_int_equal(kvk_key_read(kvk_span_of(e->key), NULL, &key), KVK_OK);
	assert_int_equal(kvk_key_spki(key, &spki), KVK_OK);
	write_info(e, kvk_span_of_blob(&spki), &info);
	assert_int_equal(kvk_signing_algorithm(e->signing, &algorithm), KVK_OK);
	assert_int_equal(
		kvk_key_sign(key, e->signing, kvk_span_of_blob(&info), &signature), KVK_OK);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, kvk_span_of_blob(&info));
	kvk_der_put_raw(&w, kvk_span_of_blob(&algorithm));
	kvk_der_put_bits(&w, kvk_span_of_blob(&signature));
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, out), KVK_OK);
	kvk_key_free(key);
	kvk_blob_free(&signature);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&info);
	kvk_blob_free(&spki);
}
