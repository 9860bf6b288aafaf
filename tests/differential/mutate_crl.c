/* SPDX-License-Identifier: Apache-2.0 */
/* CRLs: times, entries, numbers, scope, delta, signer, octets; and which of them there are. */
#include "config.h"

#include "tests/differential/crls.h"
#include "tests/differential/mutate.h"

#include "der/writer.h"
#include "tests/differential/keys.h"
#include "tests/support/crl_issue.h"
#include "tests/support/issue_odd.h"
#include "tests/support/signings.h"

/* A CRL that is to be changed. */
struct list {
	struct chain *chain;
	struct chain_crl *crl;
	struct dice *dice;
};

#define CHANGE(name) static void name(struct list *l)

/* The certificate below the CA of the CRL, mostly, else any. */
static const struct kvk_issue *subject_of(const struct list *l)
{
	const size_t below = l->crl->issuer + 1;

	return &l->chain->issues[dice_one_in(l->dice, 8) ? dice_roll(l->dice, l->chain->count) :
							   below];
}

CHANGE(revoke)
{
	static const kvk_time since[] = { -KVK_DAY, -KVK_DAY, -KVK_SECOND, 0, KVK_SECOND, KVK_DAY,
		-40 * 365 * KVK_DAY };
	static const int reasons[] = { -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 100 };

	const int reason = DICE_PICK(l->dice, reasons);
	const kvk_time at = l->chain->at + DICE_PICK(l->dice, since);

	kvk_crl_revoke(&l->crl->issue, kvk_span_of_blob(&subject_of(l)->serial), at, reason);
}

CHANGE(times)
{
	static const kvk_time by[] = { -KVK_DAY, -16 * KVK_MINUTE, -15 * KVK_MINUTE - KVK_SECOND,
		-15 * KVK_MINUTE, -KVK_SECOND, 0, KVK_SECOND, 15 * KVK_MINUTE,
		15 * KVK_MINUTE + KVK_SECOND, 16 * KVK_MINUTE, KVK_DAY, 30 * 365 * KVK_DAY };

	if (dice_one_in(l->dice, 2))
		l->crl->issue.this_update = l->chain->at + DICE_PICK(l->dice, by);
	else
		l->crl->issue.next_update = l->chain->at + DICE_PICK(l->dice, by);
}

CHANGE(no_next_update)
{
	l->crl->issue.no_next_update = true;
}

CHANGE(version)
{
	l->crl->issue.version = 1 + (unsigned)dice_roll(l->dice, 4);
	if (dice_one_in(l->dice, 2))
		kvk_crl_drop(&l->crl->issue, KVK_OID_EXT_AKI);
}

CHANGE(key_id)
{
	static const uint8_t id[] = { 1, 2, 3, 4 };

	if (dice_one_in(l->dice, 2))
		kvk_crl_drop(&l->crl->issue, KVK_OID_EXT_AKI);
	else
		kvk_crl_aki(&l->crl->issue, (struct kvk_span){ id, sizeof id });
}

/* Reasons as bits, or all, or bit 0, which is unused. */
static uint32_t some_reasons(struct dice *dice)
{
	static const uint32_t reasons[] = { 0x1fe, 0x1ff, 0x002, 0x1fc, 0x001, 0x07e, 0x180 };

	return DICE_PICK(dice, reasons);
}

CHANGE(scope)
{
	static const char *const urls[] = { "http://crl.example.nl/ca.crl",
		"http://crl.example.nl/ca.crl", "HTTP://CRL.example.nl/ca.crl",
		"http://crl.example.nl/CA.crl", "http://crl.example.nl/other.crl", NULL };
	static const unsigned members[] = { 0, 0, 1, 2, 4, 5 };

	const unsigned some = dice_one_in(l->dice, 3) ? some_reasons(l->dice) : 0;
	const unsigned member = DICE_PICK(l->dice, members);

	kvk_crl_idp(&l->crl->issue, DICE_PICK(l->dice, urls), member, some);
}

/* Two that share the reasons between them. */
CHANGE(partition)
{
	struct chain *c = l->chain;
	uint32_t reasons = some_reasons(l->dice);

	kvk_crl_idp(&l->crl->issue, NULL, 0, reasons);
	for (size_t i = 0; i < c->crl_count; i++) {
		if (&c->crls[i] != l->crl && c->crls[i].issuer == l->crl->issuer)
			kvk_crl_idp(&c->crls[i].issue, NULL, 0,
				dice_one_in(l->dice, 4) ? 0x1fe : ~reasons & 0x1ff);
	}
}

CHANGE(delta)
{
	kvk_crl_delta(&l->crl->issue, 20 + dice_roll(l->dice, 4));
	kvk_crl_number(&l->crl->issue, 20 + dice_roll(l->dice, 6));
}

/* Extensions of CRLs, known and unknown, with possible contents. */
static const struct value values[] = {
	{ "1.3.6.1.4.1.32473.1", OCTETS("\x05\x00") },
	{ "2.5.29.20", OCTETS("\x02\x01\x05") },
	{ "2.5.29.20", OCTETS("\x02\x01\xff") },
	{ "2.5.29.20", OCTETS("\x04\x01\x05") },
	{ "2.5.29.20",
		OCTETS("\x02\x15\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e"
		       "\x0f\x10\x11\x12\x13\x14\x15") },
	{ "2.5.29.27", OCTETS("\x02\x01\x15") },
	{ "2.5.29.27", OCTETS("\x05\x00") },
	{ "2.5.29.28", OCTETS("\x30\x00") },
	{ "2.5.29.28", OCTETS("\x30\x03\x81\x01\xff") },
	{ "2.5.29.28", OCTETS("\x30\x03\x82\x01\xff") },
	{ "2.5.29.28", OCTETS("\x30\x03\x84\x01\xff") },
	{ "2.5.29.28", OCTETS("\x30\x03\x84\x01\x00") },
	{ "2.5.29.28", OCTETS("\x30\x06\x81\x01\xff\x82\x01\xff") },
	{ "2.5.29.28", OCTETS("\x30\x04\x83\x02\x07\x80") },
	{ "2.5.29.28", OCTETS("\x30\x03\x83\x01\x00") },
	{ "2.5.29.28", OCTETS("\x04\x00") },
	{ "2.5.29.28", OCTETS("\x30\x02\xa0\x00") },
	{ "2.5.29.35", OCTETS("\x30\x00") },
	{ "2.5.29.35", OCTETS("\x30\x04\x80\x02\x01\x02") },
	{ "2.5.29.35", OCTETS("\x05\x00") },
	{ "2.5.29.46", OCTETS("\x30\x0d\x30\x0b\xa0\x09\xa0\x07\x86\x05http:") },
	{ "2.5.29.46", OCTETS("\x30\x00") },
	{ "2.5.29.18", OCTETS("\x30\x04\x82\x02nl") },
	{ "1.3.6.1.5.5.7.1.1", OCTETS("\x30\x00") },
	{ "2.5.29.19", OCTETS("\x30\x00") },
	{ "2.5.29.21", OCTETS("\x0a\x01\x01") },
	{ "2.5.29.29", OCTETS("\x30\x04\x82\x02nl") },
	{ "2.5.29.60",
		OCTETS("\x18\x0f"
		       "20250101000000Z") },
};

CHANGE(extension)
{
	const size_t i = dice_roll(l->dice, sizeof(values) / sizeof(values[0]));

	kvk_crl_extension(&l->crl->issue, values[i].oid, dice_one_in(l->dice, 2), values[i].value);
}

/* Extensions of entries: reason, invalidity, whose certificate, hold instruction, unknown ones. */
static const struct value entry_values[] = {
	{ "2.5.29.21", OCTETS("\x0a\x01\x01") },
	{ "2.5.29.21", OCTETS("\x0a\x01\x08") },
	{ "2.5.29.21", OCTETS("\x0a\x01\x7f") },
	{ "2.5.29.21", OCTETS("\x02\x01\x01") },
	{ "2.5.29.21", OCTETS("\x0a\x00") },
	{ "2.5.29.24",
		OCTETS("\x18\x0f"
		       "20250101000000Z") },
	{ "2.5.29.24", OCTETS("\x05\x00") },
	{ "2.5.29.23", OCTETS("\x06\x07\x2a\x86\x48\xce\x38\x02\x01") },
	{ "1.3.6.1.4.1.32473.7", OCTETS("\x05\x00") },
	{ "1.3.6.1.4.1.32473.7", OCTETS("") },
	{ "2.5.29.29", OCTETS("\x30\x04\x82\x02nl") },
	{ "2.5.29.29", OCTETS("\x30\x00") },
	{ "2.5.29.29", OCTETS("\x05\x00") },
};

static void put_extension(
	struct kvk_der_writer *w, const char *oid, bool critical, struct kvk_span value)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, oid);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_put(w, KVK_DER_OCTET_STRING, value);
	kvk_der_close(w);
}

/* certificateIssuer that is the name of one of the chain. */
static enum kvk_err put_certificate_issuer(struct list *l, struct kvk_der_writer *w)
{
	const size_t i =
		dice_one_in(l->dice, 2) ? l->crl->issuer : dice_roll(l->dice, l->chain->count);
	struct kvk_der_writer inner = { 0 };
	struct kvk_blob name = { 0 }, value = { 0 };
	enum kvk_err err = kvk_issue_subject_der(&l->chain->issues[i], &name);

	kvk_der_open(&inner, KVK_DER_SEQUENCE);
	kvk_der_open(&inner, KVK_DER_CONTEXT_CONSTRUCTED(4));
	kvk_der_put_raw(&inner, kvk_span_of_blob(&name));
	kvk_der_close(&inner);
	kvk_der_close(&inner);
	if (err == KVK_OK)
		err = kvk_der_write_done(&inner, &value);
	put_extension(w, "2.5.29.29", !dice_one_in(l->dice, 4), kvk_span_of_blob(&value));
	kvk_der_writer_free(&inner);
	kvk_blob_free(&name);
	kvk_blob_free(&value);
	return err;
}

CHANGE(entry_extension)
{
	const size_t n = l->crl->issue.revoked.count;
	struct kvk_crl_revoked *revoked;
	const struct value *value = &DICE_PICK(l->dice, entry_values);
	struct kvk_der_writer w = { 0 };
	struct kvk_blob made = { 0 };
	enum kvk_err err = KVK_OK;

	if (!dice_one_in(l->dice, 4))
		revoke(l);
	revoked = kvk_vec_at(
		&l->crl->issue.revoked, dice_one_in(l->dice, 3) ? dice_roll(l->dice, n) : n);
	if (revoked == NULL)
		return;
	if (dice_one_in(l->dice, 3))
		err = put_certificate_issuer(l, &w);
	else
		put_extension(&w, value->oid, dice_one_in(l->dice, 2), value->value);
	if (err == KVK_OK)
		err = kvk_der_write_done(&w, &made);
	if (err == KVK_OK)
		err = kvk_blob_append(&revoked->extensions, kvk_span_of_blob(&made));
	if (err != KVK_OK)
		l->crl->issue.err = err;
	kvk_der_writer_free(&w);
	kvk_blob_free(&made);
}

/* It is issued in the name of another of the chain, perhaps as an indirect CRL. */
CHANGE(issuer)
{
	l->crl->issuer = dice_roll(l->dice, l->chain->count);
	if (dice_one_in(l->dice, 2))
		kvk_crl_idp(&l->crl->issue, NULL, 4, 0);
}

CHANGE(signer)
{
	static const size_t others[] = { KEY_WEAK, KEY_P256, KEY_P384, KEY_ED25519, KEY_RSA };

	l->crl->signer = DICE_PICK(l->dice, others);
	l->crl->issue.signing = keys_signing(l->crl->signer);
}

CHANGE(scheme)
{
	l->crl->issue.signing = DICE_PICK(l->dice, kvk_signings);
}

CHANGE(damage)
{
	l->crl->issue.damage = (enum kvk_damage)(1 + dice_roll(l->dice, 3));
}

CHANGE(octets)
{
	l->crl->bytes = dice_one_in(l->dice, 3) ? CHAIN_BYTES_RAW : CHAIN_BYTES_SIGNED;
}

CHANGE(missing)
{
	struct chain *c = l->chain;
	struct chain_crl kept = *l->crl;

	*l->crl = c->crls[--c->crl_count];
	kvk_crl_issue_free(&kept.issue);
}

static const struct {
	const char *name;
	void (*apply)(struct list *l);
} changes[] = {
	{ "crl-revoke", revoke },
	{ "crl-revoke", revoke },
	{ "crl-revoke", revoke },
	{ "crl-times", times },
	{ "crl-times", times },
	{ "crl-no-next-update", no_next_update },
	{ "crl-version", version },
	{ "crl-key-id", key_id },
	{ "crl-scope", scope },
	{ "crl-scope", scope },
	{ "crl-partition", partition },
	{ "crl-delta", delta },
	{ "crl-extension", extension },
	{ "crl-extension", extension },
	{ "crl-entry", entry_extension },
	{ "crl-entry", entry_extension },
	{ "crl-entry", entry_extension },
	{ "crl-issuer", issuer },
	{ "crl-signer", signer },
	{ "crl-scheme", scheme },
	{ "crl-damage", damage },
	{ "crl-octets", octets },
	{ "crl-octets", octets },
	{ "crl-missing", missing },
};

enum kvk_err crls_mutate(struct chain *chain, struct dice *dice)
{
	const size_t n = 1 + dice_roll(dice, 3);
	enum kvk_err err = KVK_OK;

	if (dice_one_in(dice, 3))
		err = crls_add(chain, dice_roll(dice, chain->count - 1));
	if (err == KVK_OK && dice_one_in(dice, 2))
		err = mutate_with(chain, dice, mutations_points);
	if (err == KVK_OK && dice_one_in(dice, 6))
		err = mutate(chain, dice);
	for (size_t i = 0; err == KVK_OK && i < n && chain->crl_count > 0; i++) {
		struct list l = { .chain = chain, .dice = dice };
		const size_t which = dice_roll(dice, sizeof(changes) / sizeof(changes[0]));

		l.crl = &chain->crls[dice_roll(dice, chain->crl_count)];
		changes[which].apply(&l);
		err = chain_note(chain, changes[which].name);
	}
	return err;
}
