/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "names/mailbox.h"

static void addresses_are_accepted(void **state)
{
	static const char *const good[] = { "a@b", "beheer@voorbeeld.nl",
		"jan.de-vries+kvk@mail.voorbeeld.nl", "o'neil@xn--bcher-kva.nl", "root@localhost",
		"a@[127.0.0.1]", "a@[IPv6:::1]", "1=2@3.nl" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(kvk_mailbox_valid(good[i]));
}

static void what_could_lead_astray_is_refused(void **state)
{
	static const char *const bad[] = { "", "@", "a", "a@", "@b", "a b@c", "a@b c", "<a@b>",
		"a@b>", "-a@b", "-oQ/tmp@b", "a@b\r\nRCPT TO:<c@d>", "a@b\n", "a@b\r\nBcc: c@d",
		"a@b,c@d", "a@b;c@d", "a@b@c", "\"a\"@b", "a@b(c)", "a\\@b", "a\x01@b", "a\x7f@b",
		"j\xc3\xb6rg@b.nl", "a@b\xc3\xbc.nl", ".a@b", "a.@b", "a@.b", "a@-b", "a@b..c",
		"a@[", "a@[]", "a@[b", "a@[b]c", "a@b[1]", "a:b@c", "a@b:25" };
	char text[KVK_MAILBOX_LENGTH + 2];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(kvk_mailbox_valid(bad[i]));
	memset(text, 'a', sizeof text);
	text[1] = '@';
	text[sizeof text - 1] = '\0';
	assert_false(kvk_mailbox_valid(text));
	text[sizeof text - 2] = '\0';
	assert_true(kvk_mailbox_valid(text));
}

static void lists_have_one_address_after_the_other(void **state)
{
	static const struct {
		const char *text, *lines, *wrong;
	} cases[] = {
		{ "a@b.nl", "a@b.nl\n", NULL },
		{ " a@b.nl,c@d.nl , e@f.nl", "a@b.nl\nc@d.nl\ne@f.nl\n", NULL },
		{ "", NULL, "" },
		{ "a@b.nl,", NULL, "" },
		{ "a@b.nl, -c@d.nl, e@f.nl", NULL, "-c@d.nl" },
		{ "a@b.nl\nc@d.nl", NULL, "a@b.nl\nc@d.nl" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kvk_blob lines = { 0 };
		struct kvk_span wrong;

		assert_int_equal(kvk_mailbox_list(cases[i].text, &lines, &wrong),
			cases[i].lines != NULL ? KVK_OK : KVK_ERR_TEXT);
		if (cases[i].lines != NULL)
			assert_string_equal(kvk_blob_str(&lines), cases[i].lines);
		else
			assert_true(kvk_span_equal(wrong, kvk_span_of(cases[i].wrong)));
		kvk_blob_free(&lines);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_accepted),
		cmocka_unit_test(what_could_lead_astray_is_refused),
		cmocka_unit_test(lists_have_one_address_after_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
