/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which number is asked of which register, and at which address; what neither can know is not
 * asked.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "register/question.h"

/* The address below the base, or NULL where nothing is asked. */
static const struct {
	const char *number, *trade, *oin;
} numbers[] = {
	{ "68750110", "v2/zoeken?kvkNummer=68750110&inclusiefInactieveRegistraties=true",
		"organisaties?kvkNummer=68750110" },
	{ "00000003687501100000",
		"v2/zoeken?kvkNummer=68750110&inclusiefInactieveRegistraties=true",
		"organisaties/00000003687501100000" },
	{ "823288444", "v2/zoeken?rsin=823288444&inclusiefInactieveRegistraties=true",
		"organisaties/00000001823288444000" },
	{ "00000001823288444000", "v2/zoeken?rsin=823288444&inclusiefInactieveRegistraties=true",
		"organisaties/00000001823288444000" },
	{ "00000004194049711000", NULL, "organisaties/00000004194049711000" },
	/* Of a test; no RSIN; no prefix; other lengths; nothing; no digits. */
	{ "00000099123456789000", NULL, NULL },
	{ "823288445", NULL, NULL },
	{ "00000012823288444000", NULL, NULL },
	{ "123456789012", NULL, NULL },
	{ "00000000", NULL, NULL },
	{ "", NULL, NULL },
	{ "6875011o", NULL, NULL },
};

static void check(enum kvk_register which, const char *number, const char *path, const char *base)
{
	struct kvk_register_question question;
	struct kvk_blob url = { 0 };
	char wanted[128] = "http://register.example/api/";

	if (path == NULL) {
		assert_false(kvk_register_question_of(which, number, &question));
		return;
	}
	assert_true(kvk_register_question_of(which, number, &question));
	assert_int_equal(kvk_register_question_url(&question, base, "v2", &url), KVK_OK);
	strcat(wanted, path);
	assert_string_equal(kvk_blob_str(&url), wanted);
	kvk_blob_free(&url);
}

static void each_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		check(KVK_REGISTER_TRADE, numbers[i].number, numbers[i].trade,
			"http://register.example/api");
		check(KVK_REGISTER_OIN, numbers[i].number, numbers[i].oin,
			"http://register.example/api/");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
