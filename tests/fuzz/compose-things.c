/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/compose.h"

#include "cert/certificate.h"
#include "crypto/hash.h"

static bool done(struct kvk_der_writer *w, struct kvk_blob *out)
{
	enum kvk_err err = kvk_der_write_done(w, out);

	kvk_der_writer_free(w);
	return err == KVK_OK;
}

static void put_serial(struct kvk_der_writer *w, struct choices *c)
{
	unsigned n = choose(c, 16);

	if (n < 12)
		kvk_der_put_uint(w, n + 1);
	else
		kvk_der_put(w, KVK_DER_INTEGER, choose_bytes(c, 24));
}

static void put_dates(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_time(w, choose_time(c));
	/* the first choice of a second time is a good one too */
	kvk_der_put_time(
		w, c->n > 0 && *c->p % 16 == 0 ? COMPOSE_NOW + 365 * KVK_DAY : choose_time(c));
	kvk_der_close(w);
}

bool compose_certificate(struct choices *c, struct kvk_blob *out)
{
	unsigned version = choose(c, 16);
	unsigned algorithm = choose(c, 32);
	struct kvk_der_writer w = { 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	if (version != 15) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_put_uint(&w, version < 13 ? 2 : version - 12);
		kvk_der_close(&w);
	}
	put_serial(&w, c);
	compose_algorithm(&w, algorithm == 31 ? 0 : algorithm);
	compose_name(&w, c);
	put_dates(&w, c);
	compose_name(&w, c);
	compose_key(&w, choose(c, 16));
	if (version < 14) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(3));
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		compose_extensions(&w, c);
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	compose_algorithm(&w, algorithm);
	compose_signature(&w, c);
	kvk_der_close(&w);
	return done(&w, out);
}

bool compose_csr(struct choices *c, struct kvk_blob *out)
{
	struct kvk_der_writer w = { 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, choose(c, 16) == 15);
	compose_name(&w, c);
	compose_key(&w, choose(c, 16));
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	for (unsigned n = choose(c, 4); n > 0; n--) {
		bool extensions = choose(c, 4) < 3;

		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w,
			extensions ? KVK_OID_PKCS9_EXTENSION_REQUEST :
				     KVK_OID_PKCS9_CHALLENGE_PASSWORD);
		kvk_der_open(&w, KVK_DER_SET);
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		if (extensions)
			compose_extensions(&w, c);
		kvk_der_close(&w);
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	kvk_der_close(&w);
	compose_algorithm(&w, choose(c, 32));
	compose_signature(&w, c);
	kvk_der_close(&w);
	return done(&w, out);
}

static void put_extension(struct kvk_der_writer *w, enum kvk_oid oid, bool critical)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, oid);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
}

static void put_idp(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (choose(c, 2)) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		compose_general_names(w, c, 2);
		kvk_der_close(w);
		kvk_der_close(w);
	}
	for (unsigned flag = 1; flag < 6; flag++) {
		if (choose(c, 4) == 3)
			kvk_der_put(w, KVK_DER_CONTEXT(flag),
				flag == 3 ? kvk_span_of("\x05\x60") : kvk_span_of("\xff"));
	}
	kvk_der_close(w);
}

static void entry_extensions(struct kvk_der_writer *w, struct choices *c)
{
	unsigned which = choose(c, 8);

	if (which == 0)
		return;
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (which & 1) {
		uint8_t reason = (uint8_t)choose(c, 12);

		put_extension(w, KVK_OID_EXT_REASON_CODE, false);
		kvk_der_put(w, KVK_DER_ENUMERATED, (struct kvk_span){ &reason, 1 });
		kvk_der_close(w);
		kvk_der_close(w);
	}
	if (which & 2) {
		put_extension(w, KVK_OID_EXT_CERTIFICATE_ISSUER, true);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		compose_general_names(w, c, 2);
		kvk_der_close(w);
		kvk_der_close(w);
		kvk_der_close(w);
	}
	if (which & 4) {
		put_extension(w, KVK_OID_EXT_INVALIDITY_DATE, choose(c, 2));
		kvk_der_put_raw(w, choose_bytes(c, 20));
		kvk_der_close(w);
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void put_entries(struct kvk_der_writer *w, struct choices *c)
{
	unsigned n = choose(c, 16);

	if (n == 0)
		return;
	n = n == 15 ? choose(c, 256) : n % 5;
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (; n > 0; n--) {
		kvk_der_open(w, KVK_DER_SEQUENCE);
		put_serial(w, c);
		kvk_der_put_time(w, choose_time(c));
		entry_extensions(w, c);
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void crl_extensions(struct kvk_der_writer *w, struct choices *c)
{
	static const enum kvk_oid kinds[] = { KVK_OID_EXT_CRL_NUMBER, KVK_OID_EXT_DELTA_CRL,
		KVK_OID_EXT_IDP, KVK_OID_EXT_AKI, KVK_OID_EXT_FRESHEST_CRL, KVK_OID_EXT_SCT_LIST };

	for (unsigned n = choose(c, 6); n > 0; n--) {
		unsigned which = choose(c, 16);
		enum kvk_oid kind = kinds[(which & 7) % (sizeof(kinds) / sizeof(kinds[0]))];

		put_extension(w, kind, (which & 8) != 0);
		if (kind == KVK_OID_EXT_CRL_NUMBER || kind == KVK_OID_EXT_DELTA_CRL)
			kvk_der_put_uint(w, choose(c, 4));
		else if (kind == KVK_OID_EXT_IDP)
			put_idp(w, c);
		else
			kvk_der_put_raw(w, choose_bytes(c, 24));
		kvk_der_close(w);
		kvk_der_close(w);
	}
}

bool compose_crl(struct choices *c, struct kvk_blob *out)
{
	unsigned version = choose(c, 8);
	unsigned algorithm = choose(c, 32);
	struct kvk_der_writer w = { 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	if (version != 7)
		kvk_der_put_uint(&w, version == 6 ? 0 : 1);
	compose_algorithm(&w, algorithm == 31 ? 0 : algorithm);
	compose_name(&w, c);
	kvk_der_put_time(&w, choose_time(c));
	if (choose(c, 8) != 7)
		kvk_der_put_time(&w, choose_time(c));
	put_entries(&w, c);
	if (version < 6) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		crl_extensions(&w, c);
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	compose_algorithm(&w, algorithm);
	compose_signature(&w, c);
	kvk_der_close(&w);
	return done(&w, out);
}
