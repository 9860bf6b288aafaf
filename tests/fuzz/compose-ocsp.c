/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/compose.h"

#include "cert/certificate.h"
#include "crypto/hash.h"

/* An answer as it is written: about whom, and from which choices. */
struct answer {
	struct choices *c;
	const struct kvk_certificate *about, *issuer;
};

static void put_hash(struct kvk_der_writer *w, enum kvk_hash hash, struct kvk_span bytes)
{
	uint8_t value[KVK_HASH_SIZE_MAX] = { 0 };

	check(kvk_hash_bytes(hash, bytes, value) == KVK_OK);
	kvk_der_put(w, KVK_DER_OCTET_STRING, (struct kvk_span){ value, kvk_hash_size(hash) });
}

static void certificate_id(struct kvk_der_writer *w, const struct answer *a)
{
	unsigned which = choose(a->c, 8);
	enum kvk_hash hash = which == 1 ? KVK_HASH_SHA256 : KVK_HASH_SHA1;

	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, hash == KVK_HASH_SHA1 ? KVK_OID_SHA1 : KVK_OID_SHA256);
	if (which != 2)
		kvk_der_put_null(w);
	kvk_der_close(w);
	if (a->about == NULL || a->issuer == NULL || which == 7) {
		kvk_der_put(w, KVK_DER_OCTET_STRING, choose_bytes(a->c, 20));
		kvk_der_put(w, KVK_DER_OCTET_STRING, choose_bytes(a->c, 20));
		kvk_der_put(w, KVK_DER_INTEGER, choose_bytes(a->c, 20));
	} else {
		put_hash(w, hash, a->issuer->subject.der);
		put_hash(w, hash, a->issuer->key_bits);
		if (which == 6)
			kvk_der_put_uint(w, choose(a->c, 13));
		else
			kvk_der_put(w, KVK_DER_INTEGER, a->about->serial);
	}
	kvk_der_close(w);
}

static void put_generalized(struct kvk_der_writer *w, struct choices *c)
{
	static const char *const texts[] = { "20261122115900Z", "20261122120000Z",
		"20261121120000Z", "20271122120000Z", "20251122120000Z", "20261122121600Z",
		"20261122114400Z", "99991231235959Z" };

	kvk_der_put(w, KVK_DER_GENERALIZED_TIME, choose_text(c, texts, 8));
}

static void status(struct kvk_der_writer *w, struct choices *c)
{
	unsigned which = choose(c, 8);
	uint8_t reason = (uint8_t)choose(c, 12);

	if (which < 5) {
		kvk_der_put(w, KVK_DER_CONTEXT(0), (struct kvk_span){ NULL, 0 });
	} else if (which == 7) {
		kvk_der_put(w, KVK_DER_CONTEXT(2), (struct kvk_span){ NULL, 0 });
	} else {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
		put_generalized(w, c);
		if (which == 6) {
			kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
			kvk_der_put(w, KVK_DER_ENUMERATED, (struct kvk_span){ &reason, 1 });
			kvk_der_close(w);
		}
		kvk_der_close(w);
	}
}

static void put_extension(struct kvk_der_writer *w, struct choices *c, unsigned tag)
{
	unsigned which = choose(c, 8);

	if (which < 4)
		return;
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(tag));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, which < 6 ? KVK_OID_EXT_OCSP_NONCE : KVK_OID_EXT_SCT_LIST);
	if (which == 7)
		kvk_der_put_boolean(w, true);
	kvk_der_put(w, KVK_DER_OCTET_STRING, choose_bytes(c, 8));
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
}

static void single(struct kvk_der_writer *w, const struct answer *a)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	certificate_id(w, a);
	status(w, a->c);
	put_generalized(w, a->c);
	if (choose(a->c, 8) != 7) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		put_generalized(w, a->c);
		kvk_der_close(w);
	}
	put_extension(w, a->c, 1);
	kvk_der_close(w);
}

static void response_data(struct kvk_der_writer *w, const struct answer *a)
{
	unsigned responder = choose(a->c, 8);
	unsigned n = choose(a->c, 16);

	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (responder < 4 && a->issuer != NULL) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(2));
		put_hash(w, KVK_HASH_SHA1, a->issuer->key_bits);
	} else {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
		compose_name(w, a->c);
	}
	kvk_der_close(w);
	put_generalized(w, a->c);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (n = n == 15 ? choose(a->c, 128) : n % 4 + 1; n > 0; n--)
		single(w, a);
	kvk_der_close(w);
	put_extension(w, a->c, 1);
	kvk_der_close(w);
}

static void basic_response(struct kvk_der_writer *w, const struct answer *a)
{
	unsigned n = choose(a->c, 4);
	struct kvk_blob der = { 0 };

	kvk_der_open(w, KVK_DER_SEQUENCE);
	response_data(w, a);
	compose_algorithm(w, choose(a->c, 32));
	compose_signature(w, a->c);
	if (n > 0) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_open(w, KVK_DER_SEQUENCE);
		for (; n > 0; n--) {
			if (compose_certificate(a->c, &der))
				kvk_der_put_raw(w, kvk_span_of_blob(&der));
		}
		kvk_der_close(w);
		kvk_der_close(w);
	}
	kvk_der_close(w);
	kvk_blob_free(&der);
}

bool compose_ocsp(struct choices *c, const struct kvk_certificate *about,
	const struct kvk_certificate *issuer, struct kvk_blob *out)
{
	const struct answer a = { .c = c, .about = about, .issuer = issuer };
	struct kvk_der_writer w = { 0 };
	uint8_t state = choose(c, 32) == 31 ? 6 : 0;
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_ENUMERATED, (struct kvk_span){ &state, 1 });
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(&w, KVK_OID_OCSP_BASIC);
	kvk_der_open(&w, KVK_DER_OCTET_STRING);
	basic_response(&w, &a);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err == KVK_OK;
}
