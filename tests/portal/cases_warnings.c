/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

#include <string.h>

static void no_revocation(struct sample *s)
{
	s->asked.no_revocation = true;
}

static void leaf_planned(struct sample *s)
{
	s->facts.certs[0].status.answer.planned = true;
	s->facts.certs[0].status.answer.date = s->asked.at + KVK_DAY;
}

static void ca_planned(struct sample *s)
{
	s->facts.certs[2].status.answer.planned = true;
	s->facts.certs[2].status.answer.date = s->asked.at + KVK_DAY;
}

static void ocsp_stale(struct sample *s)
{
	s->facts.certs[0].status.answer.flaws = KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_STALE);
}

static void ocsp_of_ca(struct sample *s)
{
	s->facts.certs[1].status.answer.flaws = KVK_OCSP_FLAW_BIT(KVK_OCSP_FLAW_REFUSED);
}

static void trust(struct sample *s)
{
	s->facts.trust_replaced = true;
}

static void wrong_key(struct sample *s)
{
	s->own_key[0] ^= 0x80;
	s->evidence.own_key = s->own_key;
}

static void used_key(struct sample *s)
{
	memcpy(s->uploaded[1], s->leaf.spki_sha256, KVK_SHA256_SIZE);
	s->evidence.uploaded_keys = s->uploaded;
	s->evidence.uploaded_key_count = 2;
}

static void same_key(struct sample *s)
{
	s->asked.before = s->other.sha256;
	s->asked.before_key = s->leaf.spki_sha256;
}

static void private_key(struct sample *s)
{
	s->contents.remarks = 1u << KVK_REMARK_PRIVATE_KEY;
}

static void key_store(struct sample *s)
{
	s->contents.form = KVK_FORM_PKCS12;
}

static void name_damaged(struct sample *s)
{
	s->facts.name = "delivery.txt";
	s->facts.certificate_count = 0;
	s->contents.java = KVK_JAVA_FAILS;
}

static void name_txt(struct sample *s)
{
	s->facts.name = "delivery.txt";
}

static void name_none(struct sample *s)
{
	s->facts.name = "pem";
}

static void label(struct sample *s)
{
	s->contents.remarks = 1u << KVK_REMARK_LABEL;
}

static void pkcs7(struct sample *s)
{
	s->contents.form = KVK_FORM_PKCS7;
}

static void odd(struct sample *s)
{
	s->contents.remarks = 1u << KVK_REMARK_ODD;
}

static void twice(struct sample *s)
{
	s->contents.remarks = 1u << KVK_REMARK_DUPLICATE;
}

static void too_many(struct sample *s)
{
	s->facts.too_many = true;
}

static void unused(struct sample *s)
{
	s->other.issuer = s->root.subject;
	s->facts.certificates[s->facts.certificate_count++] = &s->other;
}

static void other_path(struct sample *s)
{
	s->facts.other_path = true;
}

static void trial(struct sample *s)
{
	s->facts.certs[1].known.generation = "TRIAL";
}

static void acceptance(struct sample *s)
{
	s->facts.certs[0].known.generation = "ACCEPTATIE";
}

static void g1(struct sample *s)
{
	s->anchor.generation = "G1";
}

static void uzi(struct sample *s)
{
	s->facts.certs[1].known.tsp = "CIBG";
}

static void withdrawn(struct sample *s)
{
	s->facts.certs[1].known.status = "revoked";
}

static void ev_government(struct sample *s)
{
	sample_ev(s);
	s->asked.account.party = KVK_PARTY_GOVERNMENT;
}

static void disagree(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-69599084");
}

static void two_numbers(struct sample *s)
{
	sample_add_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_KVK);
}

/* The account's number goes to organizationIdentifier where serialNumber holds none. */
static void disagree_with_account(struct sample *s)
{
	sample_government(s);
	disagree(s);
}

/* Nobody said whether it is a company, which an RSIN is no good for. */
static void rsin_of_anyone(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_OIN);
	s->asked.account = (struct kvk_account){ .party = KVK_PARTY_UNKNOWN };
}

static void person_policy(struct sample *s)
{
	s->facts.leaf_server_policy = false;
}

static void test_oin(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_TEST_OIN);
}

static void trade_name(struct sample *s)
{
	s->asked.account.trade_name = "Ander Voorbeeld B.V.";
}

static void person(struct sample *s)
{
	sample_add_attribute(&s->leaf.subject, KVK_OID_GIVEN_NAME, "Anna");
}

static void mail(struct sample *s)
{
	s->leaf.ext.ekus[s->leaf.ext.eku_count++] = kvk_oid_octets(KVK_OID_EKU_EMAIL);
}

static void mail_address(struct sample *s)
{
	sample_add_general(s, KVK_GENERAL_EMAIL, "anna@voorbeeld.nl");
}

static void smart_card(struct sample *s)
{
	s->leaf.ext.ekus[s->leaf.ext.eku_count++] = kvk_oid_octets(KVK_OID_EKU_SMARTCARD_LOGON);
}

static void ev_government_unsaid(struct sample *s)
{
	sample_ev(s);
	s->asked.account.party = KVK_PARTY_UNKNOWN;
	sample_add_attribute(&s->leaf.subject, KVK_OID_BUSINESS_CATEGORY, "government entity");
}

static void last_hours(struct sample *s)
{
	s->asked.at = s->leaf.not_after;
}

static void name_pem_txt(struct sample *s)
{
	s->facts.name = "delivery.PEM.txt";
}

static void client_only(struct sample *s)
{
	s->leaf.ext.ekus[0] = kvk_oid_octets(KVK_OID_EKU_CLIENT_AUTH);
	s->leaf.ext.eku_count = 1;
}

static void two_names(struct sample *s)
{
	sample_dns(s, "api.voorbeeld.nl", "www.voorbeeld.nl");
}

static void last_days(struct sample *s)
{
	s->asked.at = s->leaf.not_after - 29 * KVK_DAY;
}

static void rsa_2048(struct sample *s)
{
	s->leaf.key.bits = 2048;
}

static void rsa_3071(struct sample *s)
{
	s->leaf.key.bits = 3071;
}

static void exponent_3(struct sample *s)
{
	s->leaf.key.exponent = 3;
}

static void p224(struct sample *s)
{
	s->leaf.key = (struct kvk_key_info){ .type = KVK_KEY_ECDSA, .bits = 224 };
}

/* Of a good size, and known to few. */
static void secp256k1(struct sample *s)
{
	s->leaf.key = (struct kvk_key_info){ .type = KVK_KEY_ECDSA, .bits = 256 };
}

static void p256(struct sample *s)
{
	s->leaf.key = (struct kvk_key_info){ .type = KVK_KEY_ECDSA, .bits = 256 };
}

static void right_to_left(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O,
		"Voor\xe2\x80\xae"
		"beeld");
}

static void new_line(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O, "Voorbeeld\nverdict: ACCEPT");
}

/* A Cyrillic "o" among Latin letters. */
static void cyrillic(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O,
		"V\xd0\xbe"
		"orbeeld");
}

static void ligature(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O,
		"\xef\xac\x81"
		"nance B.V.");
}

static void dotless(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O, "Voorbeeld D\xc4\xb1gitaal");
}

static void full_width(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_CN, "\xef\xbc\x91.voorbeeld.nl");
}

static void punycode(struct sample *s)
{
	sample_dns(s, "api.xn--vrbeeld-n1a.nl", NULL);
}

static void outlives_issuer(struct sample *s)
{
	s->tsp.not_after = s->leaf.not_after - KVK_SECOND;
}

static void older_than_issuer(struct sample *s)
{
	s->tsp.not_before = s->leaf.not_before + KVK_SECOND;
}

/* The anchor itself has issued it; of one that is pinned only the end is known. */
static void outlives_anchor(struct sample *s)
{
	s->facts.path.count = 1;
	s->anchor.not_after = s->leaf.not_after - KVK_SECOND;
}

static void older_than_anchor(struct sample *s)
{
	s->facts.path.count = 1;
	s->root.not_after = s->leaf.not_after;
	s->root.not_before = s->leaf.not_before + KVK_SECOND;
	s->anchor.certificate = &s->root;
}

static void stray_root(struct sample *s)
{
	s->facts.certificates[s->facts.certificate_count++] = &s->other;
}

static void leaf_last(struct sample *s)
{
	s->facts.certificates[0] = &s->intermediate;
	s->facts.certificates[2] = &s->leaf;
}

static void cas_the_other_way_round(struct sample *s)
{
	s->facts.certificates[1] = &s->intermediate;
	s->facts.certificates[2] = &s->tsp;
}

static void key_of_a_dossier(struct sample *s)
{
	s->own_key[0] ^= 1;
	s->evidence.own_key = s->own_key;
	s->asked.key_of = "api.voorbeeld.nl";
}

static void no_account(struct sample *s)
{
	s->asked.account = (struct kvk_account){ .party = KVK_PARTY_MARKET };
}

/* Numbers of different registers, of which neither says the other. */
static void oin_not_known(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_OIN);
	s->asked.account = (struct kvk_account){ .party = KVK_PARTY_GOVERNMENT, .kvk = SAMPLE_KVK };
}

static void kvk_not_known(struct sample *s)
{
	s->asked.account = (struct kvk_account){ .party = KVK_PARTY_MARKET, .oin = SAMPLE_OIN };
}

const struct sample_warning cases_warnings[] = {
	{ "revocation-not-checked", no_revocation },
	{ "trust-replaced", trust },
	{ "account-unknown", no_account },
	{ "account-unknown", oin_not_known },
	{ "account-unknown", kvk_not_known },
	{ "key-mismatch", key_of_a_dossier },
	{ "unused-certificate", stray_root },
	{ "file-order", leaf_last },
	{ "file-order", cas_the_other_way_round },
	{ "outlives-issuer", outlives_issuer },
	{ "outlives-issuer", older_than_issuer },
	{ "outlives-issuer", outlives_anchor },
	{ "outlives-issuer", older_than_anchor },
	{ "revocation-planned", leaf_planned },
	{ "revocation-planned", ca_planned },
	{ "ocsp-unusable", ocsp_stale },
	{ "ocsp-unusable", ocsp_of_ca },
	{ "key-mismatch", wrong_key },
	{ "key-reused", used_key },
	{ "same-key", same_key },
	{ "private-key-in-file", private_key },
	{ "private-key-in-file", key_store },
	{ "file-name-ending", name_damaged },
	{ "file-name-ending", name_txt },
	{ "file-name-ending", name_none },
	{ "file-name-ending", name_pem_txt },
	{ "unusual-label", label },
	{ "odd-characters", odd },
	{ "pkcs7-file", pkcs7 },
	{ "duplicate-certificate", twice },
	{ "too-many-certificates", too_many },
	{ "other-path", other_path },
	{ "unused-certificate", unused },
	{ "trial-name", trial },
	{ "trial-name", acceptance },
	{ "g1-ends", g1 },
	{ "health-care-ca", uzi },
	{ "withdrawn-ca", withdrawn },
	{ "ev-client-auth-ends", sample_ev },
	{ "ev-for-government", ev_government },
	{ "ev-for-government", ev_government_unsaid },
	{ "identifiers-disagree", disagree },
	{ "identifiers-disagree", disagree_with_account },
	{ "several-serial-numbers", two_numbers },
	{ "no-kvk-number", rsin_of_anyone },
	{ "test-oin", test_oin },
	{ "trade-name-differs", trade_name },
	{ "personal-certificate", person },
	{ "personal-certificate", mail },
	{ "not-server-policy", person_policy },
	{ "personal-certificate", mail_address },
	{ "personal-certificate", smart_card },
	{ "client-only", client_only },
	{ "many-dns-names", two_names },
	{ "expires-soon", last_days },
	{ "expires-soon", last_hours },
	{ "rsa-below-3072", rsa_2048 },
	{ "rsa-below-3072", rsa_3071 },
	{ "unusual-exponent", exponent_3 },
	{ "weak-curve", p224 },
	{ "weak-curve", secp256k1 },
	{ "unusual-key-type", p256 },
	{ "risky-name", right_to_left },
	{ "risky-name", new_line },
	{ "risky-name", cyrillic },
	{ "risky-name", ligature },
	{ "risky-name", dotless },
	{ "risky-name", full_width },
	{ "international-name", punycode },
	{ NULL, NULL },
};
