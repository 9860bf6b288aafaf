/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/word.h"

/* The distance at which a word is suggested for what was typed; -1 where it is not. */
static int suggested(const char *typed, const char *word)
{
	unsigned distance = UINT_MAX;

	return kvk_nearer_word(typed, word, &distance) ? (int)distance : -1;
}

static void words_that_may_have_been_meant(void **state)
{
	static const char long_word[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	unsigned distance = 2;

	(void)state;
	assert_int_equal(suggested("off", "offline"), 0);
	assert_int_equal(suggested("domain", "domain"), 0);
	assert_int_equal(suggested("domian", "domain"), 2);
	assert_int_equal(suggested("kitten", "sitting"), 3);
	assert_int_equal(suggested("key_bits", "key-bits"), 1);
	assert_int_equal(suggested("off", "oin"), 2);
	/* More than one and a third of what was typed. */
	assert_int_equal(suggested("of", "oin"), -1);
	assert_int_equal(suggested("abc", ""), -1);
	assert_int_equal(suggested("", "abc"), -1);
	assert_false(kvk_nearer_word("domian", "domain", &distance));
	assert_true(kvk_nearer_word("domai", "domain", &distance));
	assert_int_equal(distance, 0);
	assert_int_equal(strlen(long_word), 65);
	assert_int_equal(suggested(long_word, long_word), -1);
	assert_int_equal(suggested(long_word + 1, long_word), -1);
	assert_int_equal(suggested(long_word + 1, long_word + 1), 0);
}

static void one_of_several_words(void **state)
{
	static const char *const words[] = { "list", "import", "" };

	(void)state;
	assert_int_equal(kvk_word_index("list", words, 3), 0);
	assert_int_equal(kvk_word_index("", words, 3), 2);
	assert_int_equal(kvk_word_index("", words, 2), 2);
	assert_int_equal(kvk_word_index("lis", words, 3), 3);
	assert_int_equal(kvk_word_index(NULL, words, 3), 3);
}

static void names_of_entries(void **state)
{
	static const char *const good[] = { "a", "z", "0", "9", "api.example.nl", "a-b", "a.", "a-",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	static const char *const bad[] = { "", ".", "..", ".a", "-a", "a..b", "a/b", "../a", "A",
		"a b", "a_b", "a\n", "caf\xc3\xa9",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!kvk_entry_name_valid(good[i]))
			fail_msg("'%s' is refused", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (kvk_entry_name_valid(bad[i]))
			fail_msg("'%s' is accepted", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_may_have_been_meant),
		cmocka_unit_test(one_of_several_words),
		cmocka_unit_test(names_of_entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
