/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/chain.h"

#include <string.h>

#include "cert/certificate.h"
#include "cert/pem.h"
#include "der/writer.h"
#include "tests/differential/bytes.h"
#include "tests/differential/cross.h"
#include "tests/differential/keys.h"
#include "tests/support/issue_odd.h"

/* The policies of the good chains. */
#define POLICY_A "2.16.528.1.1003.1.2.44.15.35.11"
#define POLICY_B "0.4.0.2042.1.1"

enum kvk_err chain_note(struct chain *chain, const char *what)
{
	enum kvk_err err = KVK_OK;

	if (chain->what.n > 0)
		err = kvk_blob_append_byte(&chain->what, ' ');
	return err == KVK_OK ? kvk_blob_append_text(&chain->what, what) : err;
}

static void name_subject(struct kvk_issue *issue, size_t i, bool leaf)
{
	static const char *const cas[] = { "Root CA", "Domein CA", "Diensten CA", "TSP CA 2" };

	kvk_issue_name(issue, KVK_OID_C, "NL");
	if (leaf) {
		kvk_issue_name(issue, KVK_OID_O, "Voorbeeld B.V.");
		kvk_issue_name(issue, KVK_OID_CN, "api.example.nl");
		kvk_issue_name(issue, KVK_OID_SERIAL_NUMBER, "00000003687501100000");
		return;
	}
	kvk_issue_name(issue, KVK_OID_O, "Practice TSP N.V.");
	if (i == 2)
		kvk_issue_name(issue, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-12345678");
	kvk_issue_name(issue, KVK_OID_CN, cas[i % 4]);
}

static void add_extensions(struct kvk_issue *issue, size_t i, bool leaf)
{
	static const char *const policies[] = { POLICY_A, POLICY_B, NULL };
	static const char *const usages[] = { "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1", NULL };
	static const char *const names[] = { "api.example.nl", NULL };

	kvk_issue_ski(issue);
	if (leaf) {
		kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_ENCIPHERMENT);
		kvk_issue_eku(issue, usages);
		kvk_issue_dns(issue, names);
	} else {
		kvk_issue_basic_constraints(issue, true, -1);
		kvk_issue_key_usage(issue, KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN);
	}
	if (i > 0) {
		kvk_issue_policies(issue, policies);
		kvk_issue_crl_point(issue, "http://crl.example.nl/ca.crl");
		kvk_issue_aia(issue, "http://ocsp.example.nl", "http://cert.example.nl/ca.cer");
	}
}

/* Keys of one chain: mostly RSA throughout, sometimes ECDSA or Ed25519 CAs. */
static size_t choose_key(struct dice *dice, size_t i)
{
	static const size_t others[] = { KEY_P256, KEY_P384, KEY_ED25519 };

	return dice_one_in(dice, 8) ? DICE_PICK(dice, others) : KEY_RSA + i % KEY_RSA_COUNT;
}

static void start_one(struct chain *chain, struct dice *dice, size_t i)
{
	struct kvk_issue *issue = &chain->issues[i];
	const uint8_t serial[] = { 0x5a, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, (uint8_t)i };
	uint8_t key_id[20];

	kvk_issue_start(issue);
	chain->owner[i] = choose_key(dice, i);
	chain->signer[i] = i > 0 ? chain->owner[i - 1] : chain->owner[i];
	issue->signing = keys_signing(chain->signer[i]);
	kvk_issue_serial(issue, (struct kvk_span){ serial, sizeof serial });
	issue->not_before = CHAIN_NOW - 365 * KVK_DAY;
	issue->not_after = CHAIN_NOW + 365 * KVK_DAY;
	kvk_issue_spki(issue, keys_spki(chain->owner[i]));
	name_subject(issue, i, i + 1 == chain->count);
	if (kvk_issue_key_id(keys_spki(chain->signer[i]), key_id) == KVK_OK && i > 0)
		kvk_issue_aki(issue, (struct kvk_span){ key_id, sizeof key_id });
	add_extensions(issue, i, i + 1 == chain->count);
}

enum kvk_err chain_start(struct chain *chain, struct dice *dice)
{
	memset(chain, 0, sizeof *chain);
	chain->count = 2 + dice_roll(dice, 4);
	chain->at = CHAIN_NOW;
	chain->pem = dice_one_in(dice, 2);
	chain->target = 1 + dice_roll(dice, chain->count - 1);
	for (size_t i = 0; i < chain->count; i++)
		start_one(chain, dice, i);
	for (size_t i = chain->count; i-- > 1;)
		chain->order[chain->order_count++] = i;
	return chain->issues[0].err;
}

/* Makes the signed part: issue.h signs what it writes, so the cheapest key does that. */
static enum kvk_err write_tbs(struct kvk_issue *issue, struct kvk_span issuer, struct kvk_blob *out)
{
	const struct kvk_signing *signing = issue->signing;
	struct kvk_blob whole = { 0 };
	enum kvk_err err = KVK_OK;

	if (issue_odd(issue)->algorithm.n == 0)
		err = kvk_signing_algorithm(signing, &issue_odd(issue)->algorithm);
	issue->signing = &kvk_signing_ed25519;
	if (err == KVK_OK)
		err = kvk_issue_sign(issue, issuer, keys_key(KEY_ED25519), &whole);
	issue->signing = signing;
	if (err == KVK_OK)
		err = kvk_blob_append(out, bytes_first(kvk_span_of_blob(&whole)));
	kvk_blob_free(&whole);
	return err;
}

static enum kvk_err sign(struct chain *chain, size_t i, struct kvk_span tbs, struct kvk_blob *out)
{
	struct kvk_issue *issue = &chain->issues[i];
	enum kvk_err err = keys_sign(chain->signer[i], issue->signing, tbs, out);

	/* a scheme that does not fit the key: then it is only claimed */
	if (err == KVK_ERR_ALGORITHM)
		err = keys_sign(chain->signer[i], keys_signing(chain->signer[i]), tbs, out);
	if (err != KVK_OK || out->n == 0)
		return err;
	issue_damage(out, issue_odd(issue)->damage);
	return KVK_OK;
}

enum kvk_err chain_seal(struct kvk_span tbs, struct kvk_span algorithm, struct kvk_span signature,
	struct kvk_blob *out)
{
	struct kvk_der_writer w = { 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, tbs);
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_bits(&w, signature);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

/* Makes one certificate, with faults of octets where the case has them. */
static enum kvk_err make_one(
	struct chain *chain, struct dice *dice, size_t i, struct kvk_span issuer)
{
	struct kvk_blob tbs = { 0 }, signature = { 0 }, changed = { 0 };
	const bool is_target = i == chain->target;
	const char *what = NULL;
	enum kvk_err err = write_tbs(&chain->issues[i], issuer, &tbs);

	if (err == KVK_OK && is_target && chain->bytes == CHAIN_BYTES_SIGNED)
		err = bytes_mutate(kvk_span_of_blob(&tbs), dice, &changed, &what);
	if (err == KVK_OK)
		err = sign(chain, i, kvk_span_of_blob(what ? &changed : &tbs), &signature);
	if (err == KVK_OK)
		err = chain_seal(kvk_span_of_blob(what ? &changed : &tbs),
			kvk_span_of_blob(&issue_odd(&chain->issues[i])->algorithm),
			kvk_span_of_blob(&signature), &chain->der[i]);
	if (err == KVK_OK && is_target && chain->bytes == CHAIN_BYTES_RAW) {
		kvk_blob_clear(&changed);
		err = bytes_mutate(kvk_span_of_blob(&chain->der[i]), dice, &changed, &what);
		kvk_blob_clear(&chain->der[i]);
		if (err == KVK_OK)
			err = kvk_blob_append(&chain->der[i], kvk_span_of_blob(&changed));
	}
	if (err == KVK_OK && what)
		err = chain_note(chain, what);
	kvk_blob_free(&tbs);
	kvk_blob_free(&signature);
	kvk_blob_free(&changed);
	return err;
}

enum kvk_err chain_make_one(struct chain *chain, size_t i, struct kvk_span issuer)
{
	struct kvk_blob tbs = { 0 }, signature = { 0 };
	enum kvk_err err;

	kvk_blob_clear(&issue_odd(&chain->issues[i])->algorithm);
	err = write_tbs(&chain->issues[i], issuer, &tbs);
	if (err == KVK_OK)
		err = sign(chain, i, kvk_span_of_blob(&tbs), &signature);
	if (err == KVK_OK)
		err = chain_seal(kvk_span_of_blob(&tbs),
			kvk_span_of_blob(&issue_odd(&chain->issues[i])->algorithm),
			kvk_span_of_blob(&signature), &chain->der[i]);
	kvk_blob_free(&tbs);
	kvk_blob_free(&signature);
	return err;
}

static enum kvk_err make_file(struct chain *chain, struct dice *dice)
{
	struct kvk_blob changed = { 0 };
	const char *what = NULL;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < chain->order_count; i++) {
		struct kvk_span der = kvk_span_of_blob(&chain->der[chain->order[i]]);

		err = chain->pem ? kvk_pem_write(&chain->file, "CERTIFICATE", der) :
				   kvk_blob_append(&chain->file, der);
	}
	if (err == KVK_OK && chain->bytes == CHAIN_BYTES_FILE && chain->file.n > 0) {
		err = bytes_spoil(kvk_span_of_blob(&chain->file), dice, &changed, &what);
		kvk_blob_clear(&chain->file);
		if (err == KVK_OK)
			err = kvk_blob_append(&chain->file, kvk_span_of_blob(&changed));
		if (err == KVK_OK)
			err = chain_note(chain, what);
	}
	kvk_blob_free(&changed);
	return err;
}

enum kvk_err chain_make(struct chain *chain, struct dice *dice)
{
	struct kvk_blob issuer = { 0 };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < chain->count; i++) {
		kvk_blob_clear(&issuer);
		err = kvk_issue_subject_der(&chain->issues[i > 0 ? i - 1 : 0], &issuer);
		if (err == KVK_OK)
			err = make_one(chain, dice, i, kvk_span_of_blob(&issuer));
	}
	kvk_blob_free(&issuer);
	if (err == KVK_OK)
		err = cross_make(chain);
	return err == KVK_OK ? make_file(chain, dice) : err;
}

void chain_free(struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++) {
		kvk_issue_free(&chain->issues[i]);
		kvk_blob_free(&chain->der[i]);
	}
	kvk_blob_free(&chain->der[CHAIN_MAX]);
	kvk_blob_free(&chain->ocsp);
	kvk_blob_free(&chain->what);
	kvk_blob_free(&chain->file);
}
