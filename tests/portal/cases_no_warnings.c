/* SPDX-License-Identifier: Apache-2.0 */
/* What comes near to a warning and is none. */
#include "config.h"

#include "tests/portal/sample.h"

static void no_revocation_of_nothing(struct sample *s)
{
	s->asked.no_revocation = true;
	s->facts.certificate_count = s->facts.leaf_count = 0;
	s->facts.leaf = NULL;
	s->facts.path.count = 0;
}

static void own_key(struct sample *s)
{
	s->evidence.own_key = s->own_key;
}

/* The very certificate that the dossier has. */
static void itself(struct sample *s)
{
	s->asked.before = s->leaf.sha256;
	s->asked.before_key = s->leaf.spki_sha256;
}

/* A renewal as it should be. */
static void new_key(struct sample *s)
{
	s->asked.before = s->other.sha256;
	s->asked.before_key = s->other.spki_sha256;
}

static void key_store_name(struct sample *s)
{
	s->contents.form = KVK_FORM_PKCS12;
	s->facts.name = "delivery.p12";
	s->facts.certificate_count = 0;
}

static void capitals(struct sample *s)
{
	s->facts.name = "DELIVERY.CRT";
}

static void der_name(struct sample *s)
{
	s->facts.name = "a.pem.der";
}

/* Blocks and remarks of other kinds. */
static void text_around(struct sample *s)
{
	s->contents.remarks = 1u << KVK_REMARK_DUPLICATE;
}

static void root_too(struct sample *s)
{
	s->facts.certificates[s->facts.certificate_count++] = &s->root;
}

static void g4(struct sample *s)
{
	s->facts.certs[0].known.generation = s->facts.certs[1].known.generation = "G4";
}

static void active_ca(struct sample *s)
{
	s->facts.certs[1].known.tsp = "KPN";
	s->facts.certs[1].known.status = "active";
}

/* A PKIoverheid certificate that names an EV policy as well. */
static void pkio_with_ev(struct sample *s)
{
	s->facts.leaf_ev_policy = true;
	s->asked.account.party = KVK_PARTY_GOVERNMENT;
}

static void ev_for_servers(struct sample *s)
{
	sample_ev(s);
	s->leaf.ext.eku_count = 1;
}

static void ev_company(struct sample *s)
{
	sample_ev(s);
	sample_add_attribute(&s->leaf.subject, KVK_OID_BUSINESS_CATEGORY, "Private Organization");
}

/* An RSIN holds no KVK number: there is nothing to compare. */
static void rsin(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_OIN);
}

static void other_scheme(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_ORGANIZATION_IDENTIFIER, "VATNL-123456789B01");
}

static void same_number(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_KVK);
}

/* 99 at another place than the prefix. */
static void no_test_oin(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "00000003990000990000");
}

static void same_trade_name(struct sample *s)
{
	s->asked.account.trade_name = " VOORBEELD   b.v. ";
}

static void one_name_twice(struct sample *s)
{
	sample_dns(s, "api.voorbeeld.nl", "API.Voorbeeld.NL");
}

static void name_and_address(struct sample *s)
{
	sample_add_general(s, KVK_GENERAL_IP, "\x0a\x01\x01\x01");
}

static void servers_and_clients(struct sample *s)
{
	s->leaf.ext.ekus[s->leaf.ext.eku_count++] = kvk_oid_octets(KVK_OID_EKU_OCSP_SIGNING);
}

static void over(struct sample *s)
{
	s->asked.at = s->leaf.not_after + 1;
}

static void rsa_3072(struct sample *s)
{
	s->leaf.key.bits = 3072;
}

/* Message 1 applies. */
static void rsa_2047(struct sample *s)
{
	s->leaf.key.bits = 2047;
}

/* Message 28 says it. */
static void already_revoked(struct sample *s)
{
	s->facts.certs[0].status.answer.state = KVK_REVOCATION_REVOKED;
	s->facts.certs[0].status.answer.planned = true;
}

static void p256(struct sample *s)
{
	s->leaf.key = (struct kvk_key_info){
		.type = KVK_KEY_ECDSA, .bits = 256, .curve = KVK_OID_CURVE_P256
	};
	s->facts.pkio = KVK_NO;
}

/* Latin letters with marks, as names in the trade register have them. */
static void accents(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O,
		"Caf\xc3\xa9 M\xc3\xbcller & \xc3\x86gir \xc5\x81\xc3\xb3"
		"d\xc5\xba \xe2\x80\x93 "
		"\xc5\xa0koda \xc4\xb2sselstein");
}

static void trademark(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_O, "Voorbeeld\xc2\xae \xe2\x82\xac");
}

static void hyphens(struct sample *s)
{
	sample_dns(s, "a--xn.voorbeeld.nl", NULL);
}

static void printable(struct sample *s)
{
	s->leaf.subject.attributes[1].tag = KVK_DER_PRINTABLE_STRING;
}

static void aki_without_key(struct sample *s)
{
	s->leaf.ext.aki_key_id.n = 0;
	s->leaf.ext.aki_serial = s->tsp.serial;
}

static void anchor_without_ski(struct sample *s)
{
	s->anchor.ski = (struct kvk_span){ NULL, 0 };
}

static void ca_for_any(struct sample *s)
{
	s->tsp.ext.has_eku = true;
	s->tsp.ext.eku_count = 2;
	s->tsp.ext.ekus[0] = kvk_oid_octets(KVK_OID_EKU_EMAIL);
	s->tsp.ext.ekus[1] = kvk_oid_octets(KVK_OID_ANY_EKU);
}

static void anchor_last_moment(struct sample *s)
{
	s->root.not_after = s->asked.at;
	s->anchor.certificate = &s->root;
}

/* What the path breaks without it. */
static void anchor_breaks_nothing_new(struct sample *s)
{
	s->facts.anchored.count = 1;
	s->facts.anchored.failures[0] = (struct kvk_path_failure){
		.reason = KVK_REASON_INVALID_NAME,
		.cert = 0,
	};
	s->facts.strict = s->facts.anchored;
	s->anchor.certificate = &s->root;
}

/* What Java refuses as well is a message. */
static void both_refuse(struct sample *s)
{
	sample_failure(s, KVK_REASON_INVALID_POLICY, 1);
	s->facts.strict = s->facts.report;
}

static void good_crl(struct sample *s)
{
	s->crl = (struct kvk_crl){
		.has_next_update = true,
		.has_number = true,
		.number = kvk_span_of("1"),
		.aki_key_id = kvk_span_of("key"),
	};
	s->facts.certs[0].status.crl = &s->crl;
}

static void same_period(struct sample *s)
{
	s->tsp.not_before = s->leaf.not_before;
	s->tsp.not_after = s->leaf.not_after;
}

/* An anchor has no period. */
static void under_the_anchor(struct sample *s)
{
	s->tsp.not_after = s->leaf.not_after - KVK_SECOND;
	s->facts.path.count = 1;
}

/* The CA that is missing in the file was given beside it. */
static void without_tsp(struct sample *s)
{
	s->facts.certificates[1] = &s->intermediate;
	s->facts.certificate_count = 2;
}

static void account_by_oin(struct sample *s)
{
	s->asked.account = (struct kvk_account){ .oin = SAMPLE_HRN };
}

/* Companies are not looked up in the OIN register. */
static void company_without_key_of_oin(struct sample *s)
{
	s->facts.oin_register.asked = KVK_ASKED_NOT;
	s->facts.oin_register.not_asked = KVK_WHY_NO_API_KEY;
}

static void registers_offline(struct sample *s)
{
	s->facts.company.asked = KVK_ASKED_NOT;
	s->facts.company.not_asked = KVK_WHY_OFFLINE;
}

const struct sample_warning cases_no_warnings[] = {
	{ "revocation-not-checked", no_revocation_of_nothing },
	{ "no-api-key", company_without_key_of_oin },
	{ "no-api-key", registers_offline },
	{ "account-unknown", account_by_oin },
	{ "file-order", without_tsp },
	{ "file-order", root_too },
	{ "outlives-issuer", same_period },
	{ "outlives-issuer", under_the_anchor },
	{ "key-mismatch", own_key },
	{ "same-key", itself },
	{ "same-key", new_key },
	{ "file-name-ending", capitals },
	{ "file-name-ending", key_store_name },
	{ "file-name-ending", der_name },
	{ "private-key-in-file", text_around },
	{ "unused-certificate", root_too },
	{ "g1-ends", g4 },
	{ "trial-name", g4 },
	{ "health-care-ca", active_ca },
	{ "withdrawn-ca", active_ca },
	{ "ev-client-auth-ends", pkio_with_ev },
	{ "revocation-planned", already_revoked },
	{ "ev-client-auth-ends", ev_for_servers },
	{ "ev-for-government", pkio_with_ev },
	{ "ev-for-government", ev_company },
	{ "identifiers-disagree", rsin },
	{ "identifiers-disagree", other_scheme },
	{ "identifiers-disagree", same_number },
	{ "several-serial-numbers", same_number },
	{ "test-oin", no_test_oin },
	{ "trade-name-differs", same_trade_name },
	{ "many-dns-names", one_name_twice },
	{ "many-dns-names", name_and_address },
	{ "personal-certificate", servers_and_clients },
	{ "client-only", servers_and_clients },
	{ "expires-soon", over },
	{ "rsa-below-3072", rsa_3072 },
	{ "rsa-below-3072", rsa_2047 },
	{ "weak-curve", p256 },
	{ "unusual-key-type", p256 },
	{ "risky-name", accents },
	{ "risky-name", trademark },
	{ "international-name", hyphens },
	{ "old-string-type", printable },
	{ "rfc5280-path", both_refuse },
	{ "crl-form", good_crl },
	{ "key-identifier-mismatch", aki_without_key },
	{ "key-identifier-mismatch", anchor_without_ski },
	{ "ca-extended-key-usage", ca_for_any },
	{ "anchor-fault", anchor_last_moment },
	{ "anchor-fault", anchor_breaks_nothing_new },
	{ NULL, NULL },
};
