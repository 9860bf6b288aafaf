/* SPDX-License-Identifier: Apache-2.0 */
/* What certificates say of their CRLs: distribution points, and which CAs may sign CRLs. */
#include "config.h"

#include "tests/differential/mutate.h"

#include "cert/certificate.h"
#include "der/writer.h"

static const char *const urls[] = { "http://crl.example.nl/ca.crl", "http://crl.example.nl/ca.crl",
	"HTTP://CRL.EXAMPLE.NL/ca.crl", "http://crl.example.nl/other.crl", "ldap:///cn=ca" };

/* The subject of one of the chain, mostly of the issuer, as a GeneralName. */
static void put_directory(struct kvk_der_writer *w, struct victim *v)
{
	const size_t i =
		dice_one_in(v->dice, 3) ? dice_roll(v->dice, v->chain->count) : v->i - (v->i > 0);
	struct kvk_blob name = { 0 };

	if (kvk_issue_subject_der(&v->chain->issues[i], &name) == KVK_OK) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(4));
		kvk_der_put_raw(w, kvk_span_of_blob(&name));
		kvk_der_close(w);
	}
	kvk_blob_free(&name);
}

static void put_relative(struct kvk_der_writer *w)
{
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, KVK_OID_CN);
	kvk_der_put_text(w, "CRL 1");
	kvk_der_close(w);
	kvk_der_close(w);
}

static void put_name(struct kvk_der_writer *w, struct victim *v)
{
	const size_t kind = dice_roll(v->dice, 8);

	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	if (kind == 0) {
		put_relative(w);
	} else {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		if (kind < 3)
			put_directory(w, v);
		if (kind > 1)
			kvk_der_put(w, KVK_DER_CONTEXT(6), kvk_span_of(DICE_PICK(v->dice, urls)));
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void put_reasons(struct kvk_der_writer *w, struct dice *dice)
{
	static const struct kvk_span reasons[] = { OCTETS("\x01\x7e"), OCTETS("\x07\x7f\x80"),
		OCTETS("\x06\x40"), OCTETS("\x07\xff\x80"), OCTETS("\x00") };

	kvk_der_put(w, KVK_DER_CONTEXT(1), DICE_PICK(dice, reasons));
}

static void put_point(struct kvk_der_writer *w, struct victim *v)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (!dice_one_in(v->dice, 6))
		put_name(w, v);
	if (dice_one_in(v->dice, 4))
		put_reasons(w, v->dice);
	if (dice_one_in(v->dice, 4)) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(2));
		put_directory(w, v);
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

MUTATION(points)
{
	struct kvk_der_writer w = { 0 };
	struct kvk_blob value = { 0 };
	const size_t n = dice_one_in(v->dice, 16) ? 0 : 1 + dice_roll(v->dice, 2);
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < n; i++)
		put_point(&w, v);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, &value);
	if (err == KVK_OK)
		kvk_issue_extension(
			v->issue, "2.5.29.31", dice_one_in(v->dice, 4), kvk_span_of_blob(&value));
	else
		v->issue->err = err;
	kvk_der_writer_free(&w);
	kvk_blob_free(&value);
}

MUTATION(no_points)
{
	kvk_issue_drop(v->issue, KVK_OID_EXT_CRL_POINTS);
}

MUTATION(no_crl_sign)
{
	kvk_issue_key_usage(v->issue, KVK_KU_KEY_CERT_SIGN);
}

MUTATION(no_key_usage)
{
	kvk_issue_drop(v->issue, KVK_OID_EXT_KEY_USAGE);
}

MUTATION(no_key_id)
{
	kvk_issue_drop(v->issue, dice_one_in(v->dice, 2) ? KVK_OID_EXT_AKI : KVK_OID_EXT_SKI);
}

const struct mutation mutations_points[] = {
	{ "points", points },
	{ "points", points },
	{ "points", points },
	{ "points", points },
	{ "no-points", no_points },
	{ "no-crl-sign", no_crl_sign },
	{ "no-key-usage", no_key_usage },
	{ "no-key-id", no_key_id },
	{ NULL, NULL },
};
