/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/ocsps.h"

#include <string.h>

#include "cert/ocsp.h"
#include "crypto/hash.h"
#include "der/writer.h"
#include "tests/differential/bytes.h"
#include "tests/differential/keys.h"

/* A response under construction. */
struct response {
	struct chain *chain;
	struct dice *dice;
	struct kvk_certificate about, issuer;
	/* OCSPResponseStatus, responseVersion (below 0: left out), the key that signs. */
	unsigned status;
	int version;
	size_t signer;
	bool damaged, by_name, has_nonce, critical_nonce;
	/* Of its only entry: CertStatus, CRLReason (below 0: none), times. */
	enum kvk_ocsp_status cert_status;
	int reason;
	kvk_time revoked_at, this_update, next_update;
	bool no_next_update, critical, other_serial, octets;
};

#define CHANGE(name) static void name(struct response *r)

CHANGE(revoked)
{
	static const int reasons[] = { -1, 0, 1, 6, 7, 8, 10, 11, 77, 127, 128, 255, 256 };
	static const kvk_time ago[] = { KVK_DAY, KVK_SECOND, 0, -KVK_DAY };

	r->cert_status = KVK_OCSP_REVOKED;
	r->reason = DICE_PICK(r->dice, reasons);
	r->revoked_at = r->chain->at - DICE_PICK(r->dice, ago);
}

CHANGE(unknown)
{
	r->cert_status = KVK_OCSP_UNKNOWN;
}

CHANGE(version)
{
	r->version = (int)dice_roll(r->dice, 4);
}

CHANGE(times)
{
	static const kvk_time by[] = { -KVK_DAY, -16 * KVK_MINUTE, -15 * KVK_MINUTE, 0,
		15 * KVK_MINUTE, 16 * KVK_MINUTE, KVK_DAY };

	if (dice_one_in(r->dice, 2))
		r->this_update = r->chain->at + DICE_PICK(r->dice, by);
	else
		r->next_update = r->chain->at + DICE_PICK(r->dice, by);
}

CHANGE(no_next_update)
{
	r->no_next_update = true;
	if (dice_one_in(r->dice, 2))
		r->this_update = r->chain->at - KVK_MINUTE;
}

CHANGE(nonce)
{
	r->has_nonce = true;
	r->critical_nonce = dice_one_in(r->dice, 2);
}

CHANGE(critical)
{
	r->critical = true;
}

CHANGE(serial)
{
	r->other_serial = true;
}

CHANGE(signer)
{
	static const size_t others[] = { KEY_WEAK, KEY_P256, KEY_ED25519, KEY_RSA };

	r->signer = DICE_PICK(r->dice, others);
}

CHANGE(damage)
{
	r->damaged = true;
}

CHANGE(refused)
{
	r->status = 1 + (unsigned)dice_roll(r->dice, 6);
}

CHANGE(named)
{
	r->by_name = true;
}

CHANGE(octets)
{
	r->octets = true;
}

/* There is no CRL of this issuer. */
CHANGE(no_crl)
{
	struct chain *c = r->chain;

	for (size_t i = 0; i < c->crl_count; i++) {
		struct chain_crl kept = c->crls[i];

		if (kept.issuer + 1 != c->ocsp_about)
			continue;
		c->crls[i--] = c->crls[--c->crl_count];
		kvk_crl_issue_free(&kept.issue);
		kvk_blob_free(&kept.der);
	}
}

static const struct {
	const char *name;
	void (*apply)(struct response *r);
} changes[] = {
	{ "ocsp-revoked", revoked },
	{ "ocsp-revoked", revoked },
	{ "ocsp-revoked", revoked },
	{ "ocsp-unknown", unknown },
	{ "ocsp-version", version },
	{ "ocsp-times", times },
	{ "ocsp-times", times },
	{ "ocsp-no-next-update", no_next_update },
	{ "ocsp-nonce", nonce },
	{ "ocsp-critical", critical },
	{ "ocsp-serial", serial },
	{ "ocsp-signer", signer },
	{ "ocsp-damage", damage },
	{ "ocsp-refused", refused },
	{ "ocsp-named", named },
	{ "ocsp-octets", octets },
	{ "ocsp-no-crl", no_crl },
	{ "ocsp-no-crl", no_crl },
};

static void put_time(struct kvk_der_writer *w, kvk_time at)
{
	char text[KVK_TIME_TEXT_SIZE], plain[16];
	size_t n = 0;

	kvk_time_text(at, text);
	for (size_t i = 0; text[i] != '\0' && n < 14; i++)
		if (text[i] >= '0' && text[i] <= '9')
			plain[n++] = text[i];
	plain[n++] = 'Z';
	kvk_der_put(w, KVK_DER_GENERALIZED_TIME, (struct kvk_span){ (uint8_t *)plain, n });
}

static void put_sha1(struct kvk_der_writer *w, struct kvk_span bytes)
{
	uint8_t hash[KVK_HASH_SIZE_MAX] = { 0 };

	(void)kvk_hash_bytes(KVK_HASH_SHA1, bytes, hash);
	kvk_der_put(
		w, KVK_DER_OCTET_STRING, (struct kvk_span){ hash, kvk_hash_size(KVK_HASH_SHA1) });
}

static void put_extension(struct kvk_der_writer *w, const char *dotted, bool critical)
{
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, dotted);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_put(w, KVK_DER_OCTET_STRING, kvk_span_of("\x04\x02xy"));
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
}

static void put_id(struct kvk_der_writer *w, const struct response *r)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_SHA1);
	kvk_der_close(w);
	put_sha1(w, r->about.issuer.der);
	put_sha1(w, r->issuer.key_bits);
	kvk_der_put(
		w, KVK_DER_INTEGER, r->other_serial ? kvk_span_of("\x5a\x5a") : r->about.serial);
	kvk_der_close(w);
}

static void put_status(struct kvk_der_writer *w, const struct response *r)
{
	const uint8_t reason[] = { (uint8_t)(r->reason >> 8), (uint8_t)r->reason };
	const size_t skipped = r->reason > UINT8_MAX ? 0 : 1;
	const struct kvk_span none = { NULL, 0 };

	if (r->cert_status != KVK_OCSP_REVOKED) {
		kvk_der_put(w, KVK_DER_CONTEXT(r->cert_status == KVK_OCSP_GOOD ? 0 : 2), none);
		return;
	}
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
	put_time(w, r->revoked_at);
	if (r->reason >= 0) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_put(w, KVK_DER_ENUMERATED,
			(struct kvk_span){ reason + skipped, sizeof(reason) - skipped });
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void put_entry(struct kvk_der_writer *w, const struct response *r)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	put_id(w, r);
	put_status(w, r);
	put_time(w, r->this_update);
	if (!r->no_next_update) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		put_time(w, r->next_update);
		kvk_der_close(w);
	}
	if (r->critical)
		put_extension(w, "1.2.3.4", true);
	kvk_der_close(w);
}

static void put_data(struct kvk_der_writer *w, const struct response *r)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (r->version >= 0) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_put_uint(w, (uint64_t)r->version);
		kvk_der_close(w);
	}
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(r->by_name ? 1 : 2));
	if (r->by_name)
		kvk_der_put_raw(w, r->issuer.subject.der);
	else
		put_sha1(w, r->issuer.key_bits);
	kvk_der_close(w);
	put_time(w, r->this_update);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	put_entry(w, r);
	kvk_der_close(w);
	if (r->has_nonce)
		put_extension(w, "1.3.6.1.5.5.7.48.1.2", r->critical_nonce);
	kvk_der_close(w);
}

/* BasicOCSPResponse, signed. */
static enum kvk_err make_basic(const struct response *r, struct kvk_blob *out)
{
	const struct kvk_signing *signing = keys_signing(r->signer);
	struct kvk_blob data = { 0 }, signature = { 0 }, algorithm = { 0 };
	struct kvk_der_writer w = { 0 };
	enum kvk_err err;

	put_data(&w, r);
	err = kvk_der_write_done(&w, &data);
	if (err == KVK_OK)
		err = keys_sign(r->signer, signing, kvk_span_of_blob(&data), &signature);
	if (err == KVK_OK)
		err = kvk_signing_algorithm(signing, &algorithm);
	if (err == KVK_OK && r->damaged)
		signature.p[signature.n / 2] ^= 1;
	if (err == KVK_OK)
		err = chain_seal(kvk_span_of_blob(&data), kvk_span_of_blob(&algorithm),
			kvk_span_of_blob(&signature), out);
	kvk_der_writer_free(&w);
	kvk_blob_free(&data);
	kvk_blob_free(&signature);
	kvk_blob_free(&algorithm);
	return err;
}

static enum kvk_err make_response(const struct response *r, struct kvk_blob *out)
{
	const uint8_t status = (uint8_t)r->status;
	struct kvk_blob basic = { 0 };
	struct kvk_der_writer w = { 0 };
	enum kvk_err err = make_basic(r, &basic);

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_ENUMERATED, (struct kvk_span){ &status, 1 });
	if (status == KVK_OCSP_SUCCESSFUL) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w, KVK_OID_OCSP_BASIC);
		kvk_der_put(&w, KVK_DER_OCTET_STRING, kvk_span_of_blob(&basic));
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	if (err == KVK_OK)
		err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	kvk_blob_free(&basic);
	return err;
}

/* Changes octets of the whole. */
static enum kvk_err change_octets(struct chain *chain, struct dice *dice)
{
	struct kvk_blob changed = { 0 };
	const char *what = NULL;
	enum kvk_err err = bytes_mutate(kvk_span_of_blob(&chain->ocsp), dice, &changed, &what);

	kvk_blob_clear(&chain->ocsp);
	if (err == KVK_OK)
		err = kvk_blob_append(&chain->ocsp, kvk_span_of_blob(&changed));
	if (err == KVK_OK)
		err = chain_note(chain, what);
	kvk_blob_free(&changed);
	return err;
}

static enum kvk_err change(struct response *r)
{
	const size_t n = dice_roll(r->dice, 4);
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < n; i++) {
		const size_t which = dice_roll(r->dice, sizeof(changes) / sizeof(changes[0]));

		changes[which].apply(r);
		err = chain_note(r->chain, changes[which].name);
	}
	return err;
}

static enum kvk_err make(struct response *r)
{
	struct chain *chain = r->chain;
	enum kvk_err err;

	r->signer = chain->owner[chain->ocsp_about - 1];
	r->this_update = chain->at - KVK_DAY;
	r->next_update = chain->at + KVK_DAY;
	err = chain_note(chain, "ocsp");
	if (err == KVK_OK)
		err = change(r);
	if (err == KVK_OK)
		err = make_response(r, &chain->ocsp);
	return err == KVK_OK && r->octets ? change_octets(chain, r->dice) : err;
}

enum kvk_err ocsps_make(struct chain *chain, struct dice *dice)
{
	const bool of_leaf = !dice_one_in(dice, 4);
	struct response r = { .chain = chain, .dice = dice, .version = -1, .reason = -1 };
	enum kvk_err err = KVK_OK;

	chain->ocsp_about = of_leaf ? chain->count - 1 : 1 + dice_roll(dice, chain->count - 1);
	if (kvk_certificate_read(kvk_span_of_blob(&chain->der[chain->ocsp_about]), &r.about) ==
		KVK_OK) {
		if (kvk_certificate_read(kvk_span_of_blob(&chain->der[chain->ocsp_about - 1]),
			    &r.issuer) == KVK_OK) {
			err = make(&r);
			kvk_certificate_free(&r.issuer);
		}
		kvk_certificate_free(&r.about);
	}
	return err;
}
