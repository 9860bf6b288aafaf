/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/deliver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/evaluator.h"
#include "tests/app/made.h"

#define REQUEST "home/dossiers/api.voorbeeld.nl/request.pem"

static struct kvk_new made;

/* The files appear in the current folder. */
static int make(void **state)
{
	if (scratch_make(state) != 0 || chdir(scratch) != 0)
		return -1;
	made_dossier(&made);
	return 0;
}

static int unmake(void **state)
{
	kvk_new_free(&made);
	return chdir("/") == 0 ? scratch_remove(state) : -1;
}

static const struct {
	const char *file;
	enum kvk_outcome outcome;
	/* The message that the portal gives. */
	unsigned first;
} deliveries[] = {
	{ KVK_PRACTICE_FILE_GOOD, KVK_ACCEPT, 0 },
	{ KVK_PRACTICE_FILE_NO_CLIENT, KVK_REJECT, 19 },
	{ KVK_PRACTICE_FILE_OTHER_KVK, KVK_REJECT, 14 },
	{ KVK_PRACTICE_FILE_WILDCARD, KVK_REJECT, 31 },
};

/* One that passes, and three with the mistakes that their names tell, each for our own key. */
static void each_delivery_has_the_mistake_of_its_name(void **state)
{
	static const char *const roots[] = { KVK_PRACTICE_FILE_ROOT },
				 *const crls[] = { KVK_PRACTICE_FILE_CRLS };
	const struct kvk_case asked = {
		.trust = { roots, 1 },
		.crl = { crls, 1 },
		.csr = REQUEST,
		.at = DELIVERY_NOW,
		.account = { .kvk = "68750110" },
	};
	struct kvk_evaluator *evaluator = NULL;
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(kvk_practice_deliver(REQUEST, DELIVERY_NOW, &why), KVK_OK);
	assert_string_equal(list_below(""),
		"delivery.pem home no-client-auth.pem other-kvk-number.pem practice-crls.pem "
		"practice-root.pem wildcard.pem");
	assert_int_equal(kvk_evaluator_open(&asked, &evaluator, &why), KVK_OK);
	for (size_t i = 0; i < sizeof deliveries / sizeof deliveries[0]; i++) {
		struct kvk_evaluation *evaluation;

		assert_int_equal(
			kvk_evaluate_file(evaluator, deliveries[i].file, &evaluation, &why),
			KVK_OK);
		assert_int_equal(evaluation->verdict.outcome, deliveries[i].outcome);
		assert_int_equal(evaluation->verdict.first, deliveries[i].first);
		assert_memory_equal(evaluation->facts.leaf->spki_sha256, made.csr->spki_sha256,
			KVK_SHA256_SIZE);
		kvk_evaluation_free(evaluation);
	}
	kvk_evaluator_free(evaluator);
}

static void nothing_is_written_over(void **state)
{
	struct kvk_error why = { "" };
	struct kvk_blob root = { 0 };

	(void)state;
	put_text(KVK_PRACTICE_FILE_ROOT, "mine");
	assert_int_equal(kvk_practice_deliver(REQUEST, DELIVERY_NOW, &why), KVK_ERR_EXISTS);
	assert_string_not_equal(why.text, "");
	get(KVK_PRACTICE_FILE_ROOT, &root);
	assert_string_equal(kvk_blob_str(&root), "mine");
	kvk_blob_free(&root);
}

static void without_a_request_nothing_is_delivered(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(
		kvk_practice_deliver("missing.pem", DELIVERY_NOW, &why), KVK_ERR_NOT_FOUND);
	put_text("notes.txt", "no request");
	why.text[0] = '\0';
	assert_int_equal(kvk_practice_deliver("notes.txt", DELIVERY_NOW, &why), KVK_ERR_FORMAT);
	assert_string_not_equal(why.text, "");
	assert_string_equal(list_below(""), "home notes.txt");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_delivery_has_the_mistake_of_its_name),
		TEST(nothing_is_written_over),
		TEST(without_a_request_nothing_is_delivered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
