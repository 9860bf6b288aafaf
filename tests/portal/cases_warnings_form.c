/* SPDX-License-Identifier: Apache-2.0 */
/* What a strict reader of RFC 5280 would refuse and Java lets pass. */
#include "config.h"

#include "tests/portal/sample.h"

static void ber(struct sample *s)
{
	s->contents.remarks = 1u << KVK_REMARK_BER;
}

static void sloppy(struct sample *s)
{
	s->tsp.log.tolerated = 1u << KVK_DER_TIME_FORM;
}

static void teletex(struct sample *s)
{
	s->leaf.subject.attributes[1].tag = KVK_DER_TELETEX_STRING;
}

static void bmp(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O, "");
	s->leaf.subject.attributes[s->leaf.subject.count - 1].tag = KVK_DER_BMP_STRING;
}

static void negative_serial(struct sample *s)
{
	static const uint8_t negative[] = { 0x80, 1 };

	s->leaf.serial = (struct kvk_span){ negative, sizeof negative };
}

static void long_serial(struct sample *s)
{
	static const uint8_t octets[21] = { 1 };

	s->leaf.serial = (struct kvk_span){ octets, sizeof octets };
}

static void soft_ca(struct sample *s)
{
	s->tsp.ext.all[0].critical = false;
}

static void leaf_signs(struct sample *s)
{
	s->leaf.ext.key_usage |= KVK_KU_KEY_CERT_SIGN;
}

/* The same CRL for two steps, without its number. */
static void crl_without_number(struct sample *s)
{
	s->crl = (struct kvk_crl){ .has_next_update = true, .aki_key_id = kvk_span_of("key") };
	s->facts.certs[0].status.crl = s->facts.certs[1].status.crl = &s->crl;
}

static void strict_only(struct sample *s)
{
	s->facts.strict.count = 1;
	s->facts.strict.failures[0] = (struct kvk_path_failure){
		.reason = KVK_REASON_INVALID_POLICY,
		.cert = 1,
		.field = "certificatePolicies",
	};
}

static void other_aki(struct sample *s)
{
	s->leaf.ext.aki_key_id = kvk_span_of("another");
}

static void other_anchor(struct sample *s)
{
	s->anchor.ski = kvk_span_of("another");
}

static void other_serial(struct sample *s)
{
	s->leaf.ext.aki_serial = kvk_span_of("another");
}

/* issuer [4] { a Name without attributes } */
static void other_aki_issuer(struct sample *s)
{
	s->leaf.ext.aki_issuer = (struct kvk_span){ (const uint8_t *)"\xa4\x02\x30\0", 4 };
}

static void odd_key(struct sample *s)
{
	s->leaf.key.odd_parameters = true;
}

static void odd_key_of_ca(struct sample *s)
{
	s->tsp.key.odd_parameters = true;
}

static void ca_for_mail(struct sample *s)
{
	s->tsp.ext.has_eku = true;
	s->tsp.ext.eku_count = 1;
	s->tsp.ext.ekus[0] = kvk_oid_octets(KVK_OID_EKU_EMAIL);
}

static void old_anchor(struct sample *s)
{
	s->root.not_after = s->asked.at - 1;
	s->anchor.certificate = &s->root;
}

static void anchor_for_certificates(struct sample *s)
{
	s->root.ext.key_usage = KVK_KU_KEY_CERT_SIGN;
	s->anchor.certificate = &s->root;
}

static void anchor_for_servers(struct sample *s)
{
	s->root.ext.has_eku = true;
	s->root.ext.eku_count = 1;
	s->root.ext.ekus[0] = kvk_oid_octets(KVK_OID_EKU_SERVER_AUTH);
	s->anchor.certificate = &s->root;
}

static void anchor_constrains(struct sample *s)
{
	s->facts.anchored.count = 1;
	s->facts.anchored.failures[0] = (struct kvk_path_failure){
		.reason = KVK_REASON_INVALID_NAME,
		.cert = 0,
	};
	s->anchor.certificate = &s->root;
}

const struct sample_warning cases_warnings_form[] = {
	{ "not-strict-der", ber },
	{ "not-strict-der", sloppy },
	{ "spki-parameters", odd_key },
	{ "spki-parameters", odd_key_of_ca },
	{ "old-string-type", teletex },
	{ "old-string-type", bmp },
	{ "rfc5280-form", negative_serial },
	{ "rfc5280-form", long_serial },
	{ "rfc5280-form", soft_ca },
	{ "rfc5280-form", leaf_signs },
	{ "crl-form", crl_without_number },
	{ "rfc5280-path", strict_only },
	{ "key-identifier-mismatch", other_aki },
	{ "key-identifier-mismatch", other_anchor },
	{ "key-identifier-mismatch", other_serial },
	{ "key-identifier-mismatch", other_aki_issuer },
	{ "ca-extended-key-usage", ca_for_mail },
	{ "anchor-fault", old_anchor },
	{ "anchor-fault", anchor_for_certificates },
	{ "anchor-fault", anchor_for_servers },
	{ "anchor-fault", anchor_constrains },
	{ NULL, NULL },
};
