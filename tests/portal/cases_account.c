/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

#include <string.h>

static void good(struct sample *s)
{
	(void)s;
}

static void eight(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_KVK);
}

static void other_eight(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "69599084");
}

static void other_hrn(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "00000003695990840000");
}

static void rsin(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_OIN);
}

/* Prefix 00000003 with a main number of nine digits does not hold a KVK number. */
static void nine_digits(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "00000003687501109000");
}

static void no_account(struct sample *s)
{
	s->asked.account = (struct kvk_account){ .party = KVK_PARTY_MARKET };
}

static void company_without_number(struct sample *s)
{
	no_account(s);
	rsin(s);
}

/* Whose party is not known may be a government body, which an RSIN is good for. */
static void nobody_knows(struct sample *s)
{
	rsin(s);
	s->asked.account = (struct kvk_account){ .party = KVK_PARTY_UNKNOWN };
}

/* An account that is known by an RSIN says nothing of the KVK number in the certificate. */
static void rsin_account(struct sample *s)
{
	eight(s);
	s->asked.account.kvk = NULL;
	s->asked.account.oin = SAMPLE_OIN;
}

static void rsin_for_rsin(struct sample *s)
{
	rsin_account(s);
	rsin(s);
}

static void rsin_of_unknown_party(struct sample *s)
{
	rsin_for_rsin(s);
	s->asked.account.party = KVK_PARTY_UNKNOWN;
}

/* Both numbers of the account were given, and the certificate has one of them. */
static void rsin_beside_kvk(struct sample *s)
{
	rsin_of_unknown_party(s);
	s->asked.account.kvk = SAMPLE_KVK;
}

static void first_fits(struct sample *s)
{
	sample_add_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "69599084");
}

static void second_fits(struct sample *s)
{
	other_hrn(s);
	sample_add_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_KVK);
}

static void both_fit(struct sample *s)
{
	sample_add_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_KVK);
}

static void none_fits(struct sample *s)
{
	other_hrn(s);
	sample_add_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "69599084");
}

static void second_is_none(struct sample *s)
{
	sample_add_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "device 7");
}

/* A KVK number is known, and an RSIN stands in the certificate. */
static void rsin_for_kvk_of_unknown_party(struct sample *s)
{
	rsin(s);
	s->asked.account.party = KVK_PARTY_UNKNOWN;
}

static void rsin_for_hrn_of_unknown_party(struct sample *s)
{
	rsin_for_kvk_of_unknown_party(s);
	s->asked.account.kvk = NULL;
	s->asked.account.oin = SAMPLE_HRN;
}

static void other_kvk_of_unknown_party(struct sample *s)
{
	other_hrn(s);
	s->asked.account.party = KVK_PARTY_UNKNOWN;
}

static void other_rsin_of_unknown_party(struct sample *s)
{
	rsin_of_unknown_party(s);
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "00000001820029336000");
}

/* The OIN of a body may be made from its RSIN here, and from its KVK number there. */
static void government_of_another_kind(struct sample *s)
{
	sample_government(s);
	s->asked.account.oin = SAMPLE_HRN;
}

static void test_number(struct sample *s)
{
	sample_government(s);
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, SAMPLE_TEST_OIN);
}

static void oin_for_kvk(struct sample *s)
{
	s->asked.account.kvk = NULL;
	s->asked.account.oin = SAMPLE_HRN;
}

static void other_government(struct sample *s)
{
	sample_government(s);
	s->asked.account.oin = "00000001820029336000";
}

static void government_by_kvk(struct sample *s)
{
	s->asked.account.party = KVK_PARTY_GOVERNMENT;
}

static void government_by_other_kvk(struct sample *s)
{
	government_by_kvk(s);
	other_hrn(s);
}

static void government_without_oin(struct sample *s)
{
	sample_government(s);
	s->asked.account.oin = NULL;
}

static void government_alone(struct sample *s)
{
	sample_government(s);
	s->asked.account.oin = s->asked.account.kvk = NULL;
}

static void bad_number(struct sample *s)
{
	sample_attribute(&s->leaf.subject, KVK_OID_SERIAL_NUMBER, "6875011");
}

static void uploaded_first(struct sample *s)
{
	memcpy(s->uploaded[0], s->leaf.sha256, KVK_SHA256_SIZE);
}

static void uploaded_last(struct sample *s)
{
	memcpy(s->uploaded[1], s->leaf.sha256, KVK_SHA256_SIZE);
}

static void nothing_uploaded(struct sample *s)
{
	s->evidence.uploaded = NULL;
	s->evidence.uploaded_count = 0;
}

static void no_history(struct sample *s)
{
	nothing_uploaded(s);
	s->evidence.history_known = false;
}

static void oin_nothing(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.asked = KVK_ASKED_NOTHING;
}

/* A second body of government that the register does not have either. */
static void oin_nothing_for_hrn(struct sample *s)
{
	government_by_kvk(s);
	s->facts.oin_register.asked = KVK_ASKED_NOTHING;
}

static void oin_down(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.asked = KVK_ASKED_FAILED;
	s->facts.oin_register.failure = "status 503";
}

static void oin_not_asked(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.asked = KVK_ASKED_NOT;
	s->facts.oin_register.not_asked = KVK_WHY_OFFLINE;
}

static void oin_withdrawn(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.active = false;
}

static void oin_other_name(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.names[0] = "Gemeente Elders";
}

static void oin_spacing(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.names[0] = " VOORBEELD   b.v.";
}

static void oin_nearly(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.names[0] = "Voorbeeld";
}

static void oin_nearly_withdrawn(struct sample *s)
{
	oin_nearly(s);
	s->facts.oin_register.active = false;
}

static void oin_second_name(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.names[0] = "Gemeente Elders";
	s->facts.oin_register.names[1] = SAMPLE_O;
	s->facts.oin_register.name_count = 2;
}

static void oin_joined_words(struct sample *s)
{
	sample_government(s);
	s->facts.oin_register.names[0] = "VoorbeeldB.V.";
}

static void no_organisation(struct sample *s)
{
	sample_government(s);
	sample_drop_attribute(&s->leaf.subject, KVK_OID_O);
}

static void kvk_down(struct sample *s)
{
	s->facts.company.asked = KVK_ASKED_FAILED;
	s->facts.company.failure = "status 503";
}

static void kvk_nothing(struct sample *s)
{
	s->facts.company.asked = KVK_ASKED_NOTHING;
}

static void kvk_ended(struct sample *s)
{
	s->facts.company.active = false;
}

static void offline(struct sample *s)
{
	s->facts.company.asked = s->facts.oin_register.asked = KVK_ASKED_NOT;
	s->facts.company.not_asked = s->facts.oin_register.not_asked = KVK_WHY_OFFLINE;
}

const struct sample_case cases_account[] = {
	{ 14, KVK_RESULT_PASS, "HRN", good },
	{ 14, KVK_RESULT_PASS, "8 digits", eight },
	{ 14, KVK_RESULT_PASS, "the account's HRN given", oin_for_kvk },
	{ 14, KVK_RESULT_PASS, "government body", sample_government },
	{ 14, KVK_RESULT_PASS, "government body by its KVK number", government_by_kvk },
	{ 14, KVK_RESULT_FAIL, "other number", other_eight },
	{ 14, KVK_RESULT_FAIL, "HRN of another number", other_hrn },
	{ 14, SAMPLE_ASSUMED, "RSIN", rsin },
	{ 14, SAMPLE_ASSUMED, "nine digits behind the prefix", nine_digits },
	{ 14, KVK_RESULT_FAIL, "other government body", other_government },
	{ 14, SAMPLE_ASSUMED, "government body, OIN of another kind", government_of_another_kind },
	{ 14, KVK_RESULT_FAIL, "government body, other KVK number", government_by_other_kvk },
	{ 14, KVK_RESULT_PASS, "RSIN, and who it is is not known", rsin_of_unknown_party },
	{ 14, KVK_RESULT_PASS, "RSIN given beside the KVK number", rsin_beside_kvk },
	{ 14, KVK_RESULT_UNKNOWN, "KVK number, and an RSIN of nobody knows whom",
		rsin_for_kvk_of_unknown_party },
	{ 14, KVK_RESULT_UNKNOWN, "HRN, and an RSIN of nobody knows whom",
		rsin_for_hrn_of_unknown_party },
	{ 14, KVK_RESULT_FAIL, "other KVK number, whoever it is", other_kvk_of_unknown_party },
	{ 14, KVK_RESULT_UNKNOWN, "two numbers, the first fits", first_fits },
	{ 14, KVK_RESULT_UNKNOWN, "two numbers, the second fits", second_fits },
	{ 14, KVK_RESULT_PASS, "two numbers, both fit", both_fit },
	{ 14, KVK_RESULT_FAIL, "two numbers, none fits", none_fits },
	{ 14, KVK_RESULT_UNKNOWN, "two numbers, the second of another kind", second_is_none },
	{ 4, KVK_RESULT_UNKNOWN, "two numbers, the second of another kind", second_is_none },
	{ 14, KVK_RESULT_FAIL, "other RSIN", other_rsin_of_unknown_party },
	{ 14, SAMPLE_ASSUMED, "company with an RSIN", rsin_for_rsin },
	{ 14, SAMPLE_ASSUMED, "company with an RSIN, account not given", company_without_number },
	{ 14, KVK_RESULT_SKIPPED, "no account", no_account },
	{ 14, KVK_RESULT_UNKNOWN, "no account, nor a party, and an RSIN", nobody_knows },
	{ 14, KVK_RESULT_SKIPPED, "government body, no account", government_alone },
	{ 14, KVK_RESULT_SKIPPED, "account known by its RSIN only", rsin_account },
	{ 14, KVK_RESULT_SKIPPED, "message 4 applies to a test number", test_number },
	{ 14, KVK_RESULT_SKIPPED, "message 4 applies", bad_number },
	{ 14, KVK_RESULT_SKIPPED, "needs the OIN", government_without_oin },
	{ 15, KVK_RESULT_PASS, "good", good },
	{ 15, KVK_RESULT_PASS, "nothing uploaded yet", nothing_uploaded },
	{ 15, KVK_RESULT_FAIL, "first", uploaded_first },
	{ 15, KVK_RESULT_FAIL, "last", uploaded_last },
	{ 15, KVK_RESULT_SKIPPED, "no history", no_history },
	{ 25, KVK_RESULT_PASS, "good", sample_government },
	{ 25, KVK_RESULT_FAIL, "unknown", oin_nothing },
	{ 25, KVK_RESULT_FAIL, "unknown by KVK number", oin_nothing_for_hrn },
	{ 25, KVK_RESULT_UNKNOWN, "down", oin_down },
	{ 25, KVK_RESULT_SKIPPED, "company", good },
	{ 25, KVK_RESULT_SKIPPED, "not asked", oin_not_asked },
	{ 26, KVK_RESULT_PASS, "good", sample_government },
	{ 26, KVK_RESULT_PASS, "case and spacing", oin_spacing },
	{ 26, KVK_RESULT_PASS, "second name", oin_second_name },
	{ 26, KVK_RESULT_UNKNOWN, "without legal form", oin_nearly },
	{ 26, KVK_RESULT_FAIL, "withdrawn", oin_withdrawn },
	{ 26, KVK_RESULT_FAIL, "withdrawn, without legal form", oin_nearly_withdrawn },
	{ 26, KVK_RESULT_FAIL, "other name", oin_other_name },
	{ 26, KVK_RESULT_FAIL, "words joined", oin_joined_words },
	{ 26, KVK_RESULT_FAIL, "no organisation in the subject", no_organisation },
	{ 26, KVK_RESULT_UNKNOWN, "down", oin_down },
	{ 26, KVK_RESULT_SKIPPED, "message 25 applies", oin_nothing },
	{ 26, KVK_RESULT_SKIPPED, "company", good },
	{ 26, KVK_RESULT_SKIPPED, "not asked", oin_not_asked },
	{ 32, KVK_RESULT_PASS, "good", good },
	{ 32, KVK_RESULT_UNKNOWN, "trade register down", kvk_down },
	{ 32, KVK_RESULT_UNKNOWN, "OIN register down", oin_down },
	{ 32, KVK_RESULT_SKIPPED, "not asked", offline },
	{ 33, KVK_RESULT_PASS, "good", good },
	{ 33, KVK_RESULT_FAIL, "unknown", kvk_nothing },
	{ 33, KVK_RESULT_FAIL, "ended", kvk_ended },
	{ 33, KVK_RESULT_UNKNOWN, "down", kvk_down },
	{ 33, KVK_RESULT_SKIPPED, "not asked", offline },
	{ 0, KVK_RESULT_PASS, NULL, NULL },
};
