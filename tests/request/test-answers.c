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
#include "request/csr_make.h"
#include "tests/request/help.h"

/* Reads an answer file with this text. */
static enum kvk_err read_text(const char *text, struct kvk_answers *answers, struct kvk_error *why)
{
	char path[] = "/tmp/test-answers-XXXXXX";
	int fd = mkstemp(path);
	enum kvk_err err;

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(kvk_file_replace(path, 0600, kvk_span_of(text)), KVK_OK);
	err = kvk_answers_read(path, answers, why);
	unlink(path);
	return err;
}

static void the_file_of_the_manual_is_read(void **state)
{
	struct kvk_answers answers = { .text = { NULL } };
	struct kvk_error why = { "" };

	(void)state;
	if (read_text("\xef\xbb\xbf"
		      "domain = \"api.example.nl\"; kvk = \"68750110\";\n"
		      "key-bits = 3072; client-only = true; dry-run = false;\n",
		    &answers, &why))
		fail_msg("%s", why.text);
	assert_string_equal(kvk_answer(&answers, KVK_FIELD_DOMAIN), "api.example.nl");
	assert_string_equal(kvk_answer(&answers, KVK_FIELD_KVK), "68750110");
	assert_string_equal(kvk_answer(&answers, KVK_FIELD_KEY_BITS), "3072");
	assert_true(kvk_answer_is_true(&answers, KVK_FIELD_CLIENT_ONLY));
	assert_false(kvk_answer_is_true(&answers, KVK_FIELD_DRY_RUN));
	assert_null(kvk_answer(&answers, KVK_FIELD_OIN));
	kvk_answers_free(&answers);
}

static void wrong_files_name_the_setting(void **state)
{
	static const struct {
		const char *text, *word;
	} bad[] = {
		{ "kvk = 68750110;", "kvk" },
		{ "oin = 00000003687501100000;", "oin" },
		{ "kvk = \"1\"; kvk = \"2\";", "already given" },
		{ "domein = \"a.nl\";", "domain" },
		{ "domain = 3;", "domain" },
		{ "key-bits = \"3072\";", "key-bits" },
		{ "password = \"x\";", "password" },
		{ "@include \"/etc/passwd\"", "include" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct kvk_answers answers = { .text = { NULL } };
		struct kvk_error why = { "" };

		assert_int_equal(read_text(bad[i].text, &answers, &why), KVK_ERR_CONFIG);
		if (strstr(why.text, bad[i].word) == NULL)
			fail_msg("'%s' says '%s'", bad[i].text, why.text);
		kvk_answers_free(&answers);
	}
}

static void numbers_without_quotes_get_advice(void **state)
{
	struct kvk_answers answers = { .text = { NULL } };
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(read_text("kvk = 68750110;", &answers, &why), KVK_ERR_CONFIG);
	assert_non_null(strstr(why.text, "quote"));
	kvk_answers_free(&answers);
}

static void the_stronger_source_wins(void **state)
{
	struct kvk_answers answers = { .text = { NULL } };
	const struct {
		enum kvk_given given;
		const char *text, *then;
	} steps[] = {
		{ KVK_GIVEN_FILE, "file", "file" },
		{ KVK_GIVEN_CERTIFICATE, "certificate", "file" },
		{ KVK_GIVEN_OPTION, "option", "option" },
		{ KVK_GIVEN_FILE, "file", "option" },
		{ KVK_GIVEN_DIALOGUE, "dialogue", "dialogue" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		assert_int_equal(kvk_answer_set(&answers, KVK_FIELD_TSP, steps[i].given,
					 kvk_span_of(steps[i].text)),
			KVK_OK);
		assert_string_equal(kvk_answer(&answers, KVK_FIELD_TSP), steps[i].then);
	}
	kvk_answer_drop(&answers, KVK_FIELD_TSP);
	assert_null(kvk_answer(&answers, KVK_FIELD_TSP));
	kvk_answers_free(&answers);
}

static void a_nul_is_refused(void **state)
{
	struct kvk_answers answers = { .text = { NULL } };

	(void)state;
	assert_int_equal(kvk_answer_set(&answers, KVK_FIELD_DOMAIN, KVK_GIVEN_OPTION,
				 (struct kvk_span){ (const uint8_t *)"a\0b", 3 }),
		KVK_ERR_TEXT);
	assert_null(kvk_answer(&answers, KVK_FIELD_DOMAIN));
}

/* A request made of these answers, and the answers taken back from it. */
static void from_request(const struct kvk_answers *answers, struct kvk_answers *out)
{
	struct kvk_order order;
	struct kvk_review review = { .list = { 0 } };
	struct kvk_key_info ec = { .type = KVK_KEY_ECDSA, .bits = 256 };
	struct kvk_blob der = { .p = NULL };
	struct kvk_error why = { "" };
	struct kvk_csr *csr = calloc(1, sizeof *csr);

	assert_non_null(csr);
	assert_int_equal(help_settle(answers, &order, &review), KVK_OK);
	assert_int_equal(kvk_order_use_key(&order, answers, &ec, &review), KVK_OK);
	if (kvk_csr_make(&order, help_key(), &der, &why) != KVK_OK)
		fail_msg("%s", why.text);
	assert_int_equal(kvk_csr_read(kvk_span_of_blob(&der), csr), KVK_OK);
	assert_int_equal(kvk_answers_from_request(csr, out, &why), KVK_OK);
	kvk_blob_free(&der);
	kvk_review_free(&review);
	kvk_csr_free(csr);
	free(csr);
}

static void fields_of_a_request(void **state)
{
	struct kvk_answers answers = { .text = { NULL } }, back = { .text = { NULL } };

	(void)state;
	help_answer(&answers, "domain=api.voorbeeld.nl", "organisation=Caf\xc3\xa9 B.V.",
		"party=government", "tsp=generic", "oin=00000004194049711000", "kvk=68750110",
		"unit=Afdeling", "key=x", "client-only=true", (char *)NULL);
	from_request(&answers, &back);
	assert_string_equal(kvk_answer(&back, KVK_FIELD_DOMAIN), "api.voorbeeld.nl");
	assert_string_equal(kvk_answer(&back, KVK_FIELD_ORGANISATION), "Caf\xc3\xa9 B.V.");
	assert_string_equal(kvk_answer(&back, KVK_FIELD_OIN), "00000004194049711000");
	assert_string_equal(kvk_answer(&back, KVK_FIELD_KVK), "68750110");
	assert_string_equal(kvk_answer(&back, KVK_FIELD_UNIT), "Afdeling");
	assert_true(kvk_answer_is_true(&back, KVK_FIELD_CLIENT_ONLY));
	assert_null(kvk_answer(&back, KVK_FIELD_KEY));
	assert_null(kvk_answer(&back, KVK_FIELD_KEY_TYPE));
	kvk_answers_free(&back);
	kvk_answers_free(&answers);
}

/* Whoever names another organisation does not get half of the old one. */
static void numbers_are_taken_together_or_not_at_all(void **state)
{
	struct kvk_answers answers = { .text = { NULL } }, back = { .text = { NULL } };

	(void)state;
	help_basic_answers(&answers);
	help_answer(&answers, "key=x", (char *)NULL);
	help_answer(&back, "kvk=12345678", (char *)NULL);
	from_request(&answers, &back);
	assert_string_equal(kvk_answer(&back, KVK_FIELD_KVK), "12345678");
	assert_null(kvk_answer(&back, KVK_FIELD_OIN));
	assert_string_equal(kvk_answer(&back, KVK_FIELD_DOMAIN), "api.voorbeeld.nl");
	kvk_answers_free(&back);
	kvk_answers_free(&answers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_of_the_manual_is_read),
		cmocka_unit_test(wrong_files_name_the_setting),
		cmocka_unit_test(numbers_without_quotes_get_advice),
		cmocka_unit_test(the_stronger_source_wins),
		cmocka_unit_test(a_nul_is_refused),
		cmocka_unit_test(fields_of_a_request),
		cmocka_unit_test(numbers_are_taken_together_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, help_stop);
}
