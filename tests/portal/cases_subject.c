/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

static void good(struct sample *s)
{
	(void)s;
}

#define NUMBER(name, text) \
	static void name(struct sample *s) \
	{ \
		sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, text); \
	}

NUMBER(eight, SAMPLE_KVK)
NUMBER(seven, "6875011")
NUMBER(nineteen, "0000000368750110000")
NUMBER(letters, "0000000368750110000X")
NUMBER(blanks, "00000003 687501100000")
NUMBER(trailing_blank, SAMPLE_KVK " ")
NUMBER(no_oin_form, "12345678901234567890")
NUMBER(branch, "000012345678")
NUMBER(test_number, SAMPLE_TEST_OIN)
NUMBER(nothing, "")

static void no_number(struct sample *s)
{
	sample_drop_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER);
}

static void government_test_number(struct sample *s)
{
	sample_government(s);
	test_number(s);
}

static void test_account(struct sample *s)
{
	government_test_number(s);
	s->asked.account.oin = SAMPLE_TEST_OIN;
}

static void trial(struct sample *s)
{
	test_number(s);
	s->facts.certs[0].known.named_test = true;
}

static void government_eight(struct sample *s)
{
	sample_government(s);
	eight(s);
}

/* The same digits after a NUL must not pass as the number. */
static void number_behind_nul(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_KVK);
	s->leaf.subject.attributes[s->leaf.subject.count - 1].value =
		(struct kvk_span){ (const uint8_t *)SAMPLE_KVK "\0"
							       "x",
			10 };
}

static void cn(struct sample *s, const char *text)
{
	sample_attribute(&s->leaf.subject, KVK_OID_CN, text);
	sample_dns(s, text, NULL);
}

#define CN(name, text) \
	static void name(struct sample *s) \
	{ \
		cn(s, text); \
	}

CN(company_name, "Voorbeeld B.V.")
CN(ip_address, "192.0.2.1")
CN(one_label, "voorbeeld")
CN(underscore, "api_v1.voorbeeld.nl")
CN(empty_label, "api..voorbeeld.nl")
CN(last_dot, "api.voorbeeld.nl.")
CN(hyphen, "-api.voorbeeld.nl")
CN(port, "api.voorbeeld.nl:443")
CN(u_label, "caf\xc3\xa9.voorbeeld.nl")
CN(empty_cn, "")
CN(wildcard_cn, "*.voorbeeld.nl")
CN(inner_wildcard, "api*.voorbeeld.nl")
CN(digits_first, "3com.voorbeeld.nl")

static void upper_case(struct sample *s)
{
	cn(s, "API.Voorbeeld.NL");
	sample_dns(s, "api.voorbeeld.nl", NULL);
}

static void other_san(struct sample *s)
{
	sample_dns(s, "www.voorbeeld.nl", NULL);
}

static void no_san(struct sample *s)
{
	s->leaf.ext.has_san = false;
	s->leaf.ext.san_count = 0;
}

static void second_of_two(struct sample *s)
{
	sample_dns(s, "www.voorbeeld.nl", "api.voorbeeld.nl");
}

static void two_cns(struct sample *s)
{
	sample_add_attribute(&s->leaf.subject, KVK_OID_CN, "www.voorbeeld.nl");
}

static void no_cn(struct sample *s)
{
	sample_drop_attribute(&s->leaf.subject, KVK_OID_CN);
}

static void empty_subject(struct sample *s)
{
	s->leaf.subject.count = 0;
}

static void nul_in_cn(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_CN, "");
	s->leaf.subject.attributes[s->leaf.subject.count - 1].value =
		(struct kvk_span){ (const uint8_t *)"api.voorbeeld.nl\0.evil.nl", 25 };
}

static void wildcard_san(struct sample *s)
{
	sample_dns(s, "*.voorbeeld.nl", NULL);
}

static void second_san_wildcard(struct sample *s)
{
	sample_dns(s, "api.voorbeeld.nl", "*.voorbeeld.nl");
}

static void no_ski(struct sample *s)
{
	s->leaf.ext.has_ski = false;
}

static void no_aki(struct sample *s)
{
	s->leaf.ext.has_aki = false;
}

static void ca_without_ski(struct sample *s)
{
	s->tsp.ext.has_ski = s->tsp.ext.has_aki = false;
}

static void no_eku(struct sample *s)
{
	s->leaf.ext.has_eku = false;
	s->leaf.ext.eku_count = 0;
}

static void server_only(struct sample *s)
{
	s->leaf.ext.eku_count = 1;
}

static void any_usage(struct sample *s)
{
	s->leaf.ext.eku_count = 1;
	s->leaf.ext.ekus[0] = kvk_oid_octets(KVK_OID_ANY_EKU);
}

static void client_only(struct sample *s)
{
	s->leaf.ext.eku_count = 1;
	s->leaf.ext.ekus[0] = kvk_oid_octets(KVK_OID_EKU_CLIENT_AUTH);
}

static void ev_of_government(struct sample *s)
{
	sample_ev(s);
	s->asked.account.party = KVK_PARTY_GOVERNMENT;
}

static void ov(struct sample *s)
{
	sample_ev(s);
	s->leaf.ext.policies[0].oid = kvk_oid_octets(KVK_OID_POLICY_OV);
	s->facts.leaf_ev_policy = false;
}

static void ov_without_path(struct sample *s)
{
	ov(s);
	sample_no_anchor(s);
}

static void pkio_oid_elsewhere(struct sample *s)
{
	s->facts.pkio = KVK_NO;
}

static void pkio_without_issuer(struct sample *s)
{
	sample_no_anchor(s);
}

static void no_policies(struct sample *s)
{
	ov(s);
	s->leaf.ext.has_policies = false;
	s->leaf.ext.policy_count = 0;
}

const struct sample_case cases_subject[] = {
	{ 4, KVK_RESULT_PASS, "HRN", good },
	{ 4, KVK_RESULT_PASS, "8 digits", eight },
	{ 4, KVK_RESULT_PASS, "OIN of a government body", sample_government },
	{ 4, KVK_RESULT_PASS, "test OIN that is the account's own", test_account },
	{ 4, KVK_RESULT_PASS, "test OIN in a test hierarchy", trial },
	{ 4, SAMPLE_ASSUMED, "test OIN", test_number },
	{ 4, SAMPLE_ASSUMED, "test OIN of a government body", government_test_number },
	{ 4, KVK_RESULT_FAIL, "none", no_number },
	{ 4, KVK_RESULT_FAIL, "empty", nothing },
	{ 4, SAMPLE_ASSUMED, "7 digits", seven },
	{ 4, SAMPLE_ASSUMED, "19 digits", nineteen },
	{ 4, SAMPLE_ASSUMED, "letters", letters },
	{ 4, SAMPLE_ASSUMED, "blanks", blanks },
	{ 4, SAMPLE_ASSUMED, "blank behind it", trailing_blank },
	{ 4, SAMPLE_ASSUMED, "20 digits that are no OIN", no_oin_form },
	{ 4, SAMPLE_ASSUMED, "12 digits (branch)", branch },
	{ 4, SAMPLE_ASSUMED, "NUL behind it", number_behind_nul },
	{ 4, SAMPLE_ASSUMED, "government body with 8 digits", government_eight },
	{ 11, KVK_RESULT_PASS, "good", good },
	{ 11, KVK_RESULT_PASS, "upper case", upper_case },
	{ 11, KVK_RESULT_PASS, "second subjectAltName", second_of_two },
	{ 11, KVK_RESULT_PASS, "digit first", digits_first },
	{ 11, KVK_RESULT_PASS, "wildcards are for 31", wildcard_cn },
	{ 11, KVK_RESULT_PASS, "under a wildcard, which is for 31", wildcard_san },
	{ 11, KVK_RESULT_FAIL, "company", company_name },
	{ 11, KVK_RESULT_FAIL, "IP address", ip_address },
	{ 11, KVK_RESULT_FAIL, "one label", one_label },
	{ 11, KVK_RESULT_FAIL, "underscore", underscore },
	{ 11, KVK_RESULT_FAIL, "empty label", empty_label },
	{ 11, KVK_RESULT_FAIL, "dot at the end", last_dot },
	{ 11, KVK_RESULT_FAIL, "hyphen first", hyphen },
	{ 11, KVK_RESULT_FAIL, "port", port },
	{ 11, KVK_RESULT_FAIL, "U-label", u_label },
	{ 11, KVK_RESULT_FAIL, "empty CN", empty_cn },
	{ 11, KVK_RESULT_FAIL, "NUL", nul_in_cn },
	{ 11, KVK_RESULT_FAIL, "not in subjectAltName", other_san },
	{ 11, KVK_RESULT_FAIL, "no subjectAltName", no_san },
	{ 11, SAMPLE_ASSUMED, "two CNs", two_cns },
	{ 11, KVK_RESULT_FAIL, "no CN", no_cn },
	{ 11, KVK_RESULT_FAIL, "empty subject", empty_subject },
	{ 16, KVK_RESULT_PASS, "good", good },
	{ 16, KVK_RESULT_PASS, "a CA may lack them", ca_without_ski },
	{ 16, SAMPLE_ASSUMED, "no SKI", no_ski },
	{ 16, SAMPLE_ASSUMED, "no AKI", no_aki },
	{ 19, KVK_RESULT_PASS, "good", good },
	{ 19, KVK_RESULT_PASS, "client only", client_only },
	{ 19, KVK_RESULT_FAIL, "no EKU", no_eku },
	{ 19, KVK_RESULT_FAIL, "server only", server_only },
	{ 19, KVK_RESULT_FAIL, "any usage", any_usage },
	{ 20, KVK_RESULT_PASS, "PKIoverheid", good },
	{ 20, KVK_RESULT_PASS, "EV", sample_ev },
	{ 20, SAMPLE_ASSUMED, "EV of a government body", ev_of_government },
	{ 20, KVK_RESULT_FAIL, "OV", ov },
	{ 20, KVK_RESULT_FAIL, "OV, whatever the path", ov_without_path },
	{ 20, KVK_RESULT_FAIL, "no policies", no_policies },
	{ 20, KVK_RESULT_FAIL, "PKIoverheid policy under another CA", pkio_oid_elsewhere },
	{ 20, KVK_RESULT_SKIPPED, "PKIoverheid policy, issuer not found", pkio_without_issuer },
	{ 31, KVK_RESULT_PASS, "good", good },
	{ 31, KVK_RESULT_FAIL, "CN", wildcard_cn },
	{ 31, KVK_RESULT_FAIL, "inside a label", inner_wildcard },
	{ 31, KVK_RESULT_FAIL, "subjectAltName", wildcard_san },
	{ 31, KVK_RESULT_FAIL, "second subjectAltName", second_san_wildcard },
	{ 0, KVK_RESULT_PASS, NULL, NULL },
};
