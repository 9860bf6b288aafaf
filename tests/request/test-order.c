/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "tests/request/settled.h"

static void everything_has_a_default_but_three(void **state)
{
	(void)state;
	settle_with(NULL, KVK_OK);
	assert_int_equal(review.list.count, 0);
	assert_string_equal(order.name, "api.voorbeeld.nl");
	assert_string_equal(order.preset->id, "generic");
	assert_int_equal(order.party, KVK_PARTY_MARKET);
	assert_int_equal(order.generation, KVK_GENERATION_G4);
	assert_string_equal(order.country, "NL");
	assert_int_equal(order.key_type, KVK_KEY_RSA);
	assert_int_equal(order.key_bits, 3072);
	assert_string_equal(order.oin.text, "00000003687501100000");
	assert_string_equal(order.organization_identifier, "NTRNL-68750110");
	assert_false(order.pss || order.client_only || order.encrypt_key || order.oin_given);
}

static void what_is_missing_is_named(void **state)
{
	(void)state;
	assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_DOMAIN, "missing"));
	assert_true(fault(KVK_FIELD_KVK, "missing"));
	assert_true(fault(KVK_FIELD_ORGANISATION, "missing"));
	assert_int_equal(kvk_review_count(&review, KVK_REVIEW_FINDING), 3);
}

static void numbers_have_to_agree(void **state)
{
	(void)state;
	settle_with("oin=00000003687501110000", KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_OIN, "kvk-oin-disagree"));
}

static void numbers_that_agree(void **state)
{
	(void)state;
	settle_with("oin=00000003687501100000", KVK_OK);
	assert_int_equal(review.list.count, 0);
}

static void the_kvk_number_comes_from_the_oin(void **state)
{
	(void)state;
	help_answer(&answers, "domain=a.nl", "oin=00000003687501100000", "organisation=X",
		(char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_OK);
	assert_string_equal(order.kvk_number, "68750110");
}

static void test_numbers_are_for_practice(void **state)
{
	(void)state;
	settle_with("oin=00000099123456789000", KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_OIN, "test-number"));
	kvk_review_free(&review);
	settle_with("practice=true", KVK_OK);
}

static void a_market_party_is_known_by_its_kvk_number(void **state)
{
	(void)state;
	settle_with("oin=00000001820029336000", KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_OIN, "oin-without-kvk"));
	assert_true(says(KVK_FIELD_OIN, "add --party government"));
	kvk_review_free(&review);
	/* others may have one too, by the register that Logius keeps */
	settle_with("oin=00000006123456789000", KVK_OK);
	assert_true(advice(KVK_FIELD_OIN, "oin-without-kvk"));
	assert_true(says(KVK_FIELD_OIN, "kvkcsr untrack"));
}

static void a_government_body_gets_a_word(void **state)
{
	(void)state;
	settle_with("party=government", KVK_OK);
	assert_true(advice(KVK_FIELD_OIN, "oin-derived"));
	assert_string_equal(order.oin.text, "00000003687501100000");
}

static void digits_are_no_name(void **state)
{
	(void)state;
	settle_with("organisation=00000001823288444000", KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_ORGANISATION, "number"));
	kvk_review_free(&review);
	settle_with("organisation=1926", KVK_OK);
}

static void a_unit_is_for_a_sub_oin(void **state)
{
	(void)state;
	settle_with("unit=Afdeling", KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_UNIT, "unit-without-sub-oin"));
	kvk_review_free(&review);
	help_answer(&answers, "oin=00000004194049711000", "party=government", (char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_OK);
	assert_string_equal(order.unit, "Afdeling");
}

static void texts_keep_their_lengths(void **state)
{
	char text[sizeof "organisation=" + 4 * 65] = "organisation=";

	(void)state;
	/* 64 letters of two octets each. */
	for (int i = 0; i < 64; i++)
		strcat(text, "\xc3\xab");
	settle_with(text, KVK_OK);
	assert_int_equal(strlen(order.organisation), 128);
	strcat(text, "x");
	help_answer(&answers, text, (char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_ORGANISATION, "text"));
}

static void texts_hide_nothing(void **state)
{
	static const char *const bad[] = { "organisation=a\x1b[2Jb", "organisation=a\nb",
		("organisation=a\xe2\x80\xae"
		 "b"),
		"organisation=\xff", "organisation=  " };

	(void)state;
	help_basic_answers(&answers);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		kvk_review_free(&review);
		help_answer(&answers, bad[i], (char *)NULL);
		assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
		assert_true(fault(KVK_FIELD_ORGANISATION, "text"));
	}
}

static void spaces_around_are_dropped_and_told(void **state)
{
	(void)state;
	settle_with("organisation= Voorbeeld B.V. ", KVK_OK);
	assert_string_equal(order.organisation, "Voorbeeld B.V.");
	assert_true(help_said(&review, KVK_REVIEW_CHANGE, KVK_FIELD_ORGANISATION, "trimmed"));
}

static void the_place_is_for_the_tsp_that_wants_it(void **state)
{
	(void)state;
	settle_with("locality=Utrecht", KVK_OK);
	assert_string_equal(order.locality, "");
	assert_true(advice(KVK_FIELD_LOCALITY, "left-out"));
	kvk_review_free(&review);
	help_answer(&answers, "tsp=kpn", (char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_OK);
	assert_string_equal(order.locality, "Utrecht");
	assert_true(advice(KVK_FIELD_STATE, "not-given"));
	assert_true(says(KVK_FIELD_STATE, "the province is not in the request"));
	assert_int_equal(order.key_bits, 4096);
}

static void countries_are_two_capitals(void **state)
{
	(void)state;
	settle_with("country=be", KVK_OK);
	assert_string_equal(order.country, "BE");
	assert_string_equal(order.organization_identifier, "");
	settle_with("country=Nederland", KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_COUNTRY, "country"));
}

static void choices_are_words_of_their_list(void **state)
{
	static const struct {
		const char *setting;
		enum kvk_field field;
	} bad[] = {
		{ "party=company", KVK_FIELD_PARTY },
		{ "generation=g3", KVK_FIELD_GENERATION },
		{ "tsp=quovadis", KVK_FIELD_TSP },
		{ "key-type=dsa", KVK_FIELD_KEY_TYPE },
		{ "signature=PSS", KVK_FIELD_SIGNATURE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		settle_with(bad[i].setting, KVK_ERR_REFUSED);
		assert_true(fault(bad[i].field, "choice"));
		assert_int_equal(kvk_review_count(&review, KVK_REVIEW_FINDING), 1);
		kvk_review_free(&review);
		kvk_answers_free(&answers);
	}
}

static void names_of_dossiers(void **state)
{
	static const char *const bad[] = { "name=../x", "name=A", "name=-x", "name=.x", "name=a..b",
		"name=a/b", "name=", "name=a_b" };

	(void)state;
	settle_with("name=kvk-2027", KVK_OK);
	assert_string_equal(order.name, "kvk-2027");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		help_answer(&answers, bad[i], (char *)NULL);
		assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
		assert_true(fault(KVK_FIELD_NAME, "name"));
		kvk_review_free(&review);
	}
}

static void an_ev_certificate_has_its_own_rules(void **state)
{
	(void)state;
	settle_with("generation=ev", KVK_OK);
	assert_string_equal(order.organization_identifier, "");
	assert_true(advice(KVK_FIELD_GENERATION, "ev-client-auth"));
	help_answer(&answers, "party=government", (char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_ERR_REFUSED);
	assert_true(fault(KVK_FIELD_GENERATION, "government-needs-pkio"));
}

static bool advised(const char *id, const char *words)
{
	for (size_t i = 0; i < review.list.count; i++) {
		const struct kvk_review_item *item = kvk_vec_at(&review.list, i);

		if (strcmp(item->id, id) == 0 && strstr(item->text, words) != NULL)
			return true;
	}
	return false;
}

/* The days come from templates/trust/ends.cfg. */
static void what_will_end_is_told_with_its_day(void **state)
{
	(void)state;
	settle_with("generation=g1", KVK_OK);
	assert_true(advised("g1-ends", "on 12 November 2028"));
	settle_with("generation=ev", KVK_OK);
	assert_true(advised("ev-client-auth", "between 10 February 2027 and 15 March 2027"));
}

/* What is written, read again, gives the same order. */
static void the_answer_file_repeats_the_run(void **state)
{
	char path[] = "/tmp/test-order-XXXXXX";
	struct kvk_answers again = { .text = { NULL } };
	struct kvk_blob text = { .p = NULL }, second = { .p = NULL };
	struct kvk_error why = { "" };
	struct kvk_order other;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	help_answer(&answers, "name=next", "domain=API.voorbeeld.nl", "kvk=00000012",
		"organisation=Caf\xc3\xa9 \"De\\Kroeg\"", "tsp=kpn", "locality=Den Haag",
		"state=Zuid-Holland", "signature=pss", "client-only=true", "pass-file=/x/pass",
		(char *)NULL);
	assert_int_equal(help_settle(&answers, &order, &review), KVK_OK);
	assert_int_equal(kvk_order_write_answers(&order, &answers, &text), KVK_OK);
	assert_int_equal(kvk_file_replace(path, 0600, kvk_span_of_blob(&text)), KVK_OK);
	if (kvk_answers_read(path, &again, &why) != KVK_OK)
		fail_msg("%s", why.text);
	kvk_review_free(&review);
	assert_int_equal(help_settle(&again, &other, &review), KVK_OK);
	assert_string_equal(other.organisation, "Caf\xc3\xa9 \"De\\Kroeg\"");
	assert_string_equal(other.kvk_number, "00000012");
	assert_true(other.pss && other.client_only && other.encrypt_key);
	assert_int_equal(kvk_order_write_answers(&other, &again, &second), KVK_OK);
	assert_string_equal(kvk_blob_str(&second), kvk_blob_str(&text));
	assert_string_equal(kvk_answer(&again, KVK_FIELD_PASS_FILE), "/x/pass");
	unlink(path);
	kvk_blob_free(&second);
	kvk_blob_free(&text);
	kvk_answers_free(&again);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everything_has_a_default_but_three),
		TEST(what_is_missing_is_named),
		TEST(numbers_have_to_agree),
		TEST(numbers_that_agree),
		TEST(the_kvk_number_comes_from_the_oin),
		TEST(test_numbers_are_for_practice),
		TEST(a_market_party_is_known_by_its_kvk_number),
		TEST(a_government_body_gets_a_word),
		TEST(digits_are_no_name),
		TEST(a_unit_is_for_a_sub_oin),
		TEST(texts_keep_their_lengths),
		TEST(texts_hide_nothing),
		TEST(spaces_around_are_dropped_and_told),
		TEST(the_place_is_for_the_tsp_that_wants_it),
		TEST(countries_are_two_capitals),
		TEST(choices_are_words_of_their_list),
		TEST(names_of_dossiers),
		TEST(an_ev_certificate_has_its_own_rules),
		TEST(what_will_end_is_told_with_its_day),
		TEST(the_answer_file_repeats_the_run),
	};

	return cmocka_run_group_tests(tests, NULL, help_stop);
}
