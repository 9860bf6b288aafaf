/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file with the OIN register: each form of it, columns in any order, quotes, and files that are
 * none.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "register/oin_list.h"

#define OIN "00000001823288444000"

static enum kvk_err read_list(const char *text, struct kvk_oin_list **out)
{
	struct kvk_blob octets = { 0 };
	enum kvk_err err;

	assert_int_equal(kvk_blob_append_text(&octets, text), KVK_OK);
	err = kvk_oin_list_read(&octets, out);
	assert_null(octets.p);
	return err;
}

/* What each list says of the number, and the name that comes first. */
static const struct {
	const char *text, *number;
	enum kvk_register_state state;
	const char *name;
} lists[] = {
	{ "oin,naam,kvkNummer,status\n" OIN ",Gemeente Voorbeeld,90001354,Actief\n", "90001354",
		KVK_REGISTER_ACTIVE, "Gemeente Voorbeeld" },
	{ "oin,naam,kvkNummer,status\n" OIN ",Gemeente Voorbeeld,90001354,Actief\n", OIN,
		KVK_REGISTER_ACTIVE, "Gemeente Voorbeeld" },
	{ "oin,naam,kvkNummer,status\n" OIN ",Gemeente Voorbeeld,90001354,Actief\n", "68750110",
		KVK_REGISTER_NOT_FOUND, NULL },
	/* As a spreadsheet writes it, with a byte order mark, and no line end behind the last. */
	{ "\xef\xbb\xbfStatus;KVKNummer;Soort;Naam;OIN\r\n\r\nInactief;;GM;\"A; "
	  "\"\"B\"\"\nC\";" OIN,
		OIN, KVK_REGISTER_INACTIVE, "A; \"B\"\nC" },
	{ "oin,status\n\"" OIN "\",\"Ingetrokken\"\n", OIN, KVK_REGISTER_INACTIVE, NULL },
	{ "oin,status,oin\n" OIN ",Actief,1\n", OIN, KVK_REGISTER_ACTIVE, NULL },
	/* A line with fewer fields than the header says nothing in the others. */
	{ "oin,status\n" OIN "\n", OIN, KVK_REGISTER_UNKNOWN, NULL },
	{ " [{\"oin\":\"" OIN
	  "\",\"name\":\"A\",\"kvkNumber\":\"90001354\",\"status\":\"Actief\"}]",
		"90001354", KVK_REGISTER_ACTIVE, "A" },
	{ "{\"organisaties\":[{\"oin\":\"" OIN "\",\"naam\":\"A\",\"status\":\"Inactief\"}]}", OIN,
		KVK_REGISTER_INACTIVE, "A" },
	{ "[{\"oin\":\"" OIN "\",\"naam\":\"A\",\"kvkNumber\":null,\"status\":\"Actief\"}]",
		"90001354", KVK_REGISTER_NOT_FOUND, NULL },
};

static void each_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		struct kvk_register_reply reply = { .state = KVK_REGISTER_NOT_ASKED };
		struct kvk_register_question question;
		struct kvk_oin_list *list;

		assert_true(kvk_register_question_of(KVK_REGISTER_OIN, lists[i].number, &question));
		assert_int_equal(read_list(lists[i].text, &list), KVK_OK);
		assert_int_equal(kvk_oin_list_ask(list, &question, &reply), KVK_OK);
		if (reply.state != lists[i].state)
			fail_msg("%s of %s: %s", lists[i].number, lists[i].text,
				kvk_register_state_word(reply.state));
		if (lists[i].name != NULL)
			assert_string_equal(reply.names[0], lists[i].name);
		else
			assert_int_equal(reply.name_count, 0);
		kvk_register_reply_free(&reply);
		kvk_oin_list_free(list);
	}
}

static void no_lists(void **state)
{
	static const struct {
		const char *text;
		enum kvk_err err;
	} files[] = {
		{ "", KVK_ERR_FORMAT },
		{ "\n\n", KVK_ERR_FORMAT },
		{ "naam,status\nA,Actief\n", KVK_ERR_FORMAT },
		{ "oin,naam\n1,A\n", KVK_ERR_FORMAT },
		{ "oin,status\n\"1,Actief\n", KVK_ERR_FORMAT },
		{ "oin,status\n\"1\"x,Actief\n", KVK_ERR_FORMAT },
		{ "oin,naam,status\n1,\xff,Actief\n", KVK_ERR_TEXT },
		{ "<!doctype html><title>OIN</title>", KVK_ERR_FORMAT },
		{ "[]", KVK_ERR_FORMAT },
		{ "[{\"naam\":\"A\"}]", KVK_ERR_FORMAT },
		{ "{\"organisaties\":{}}", KVK_ERR_FORMAT },
		{ "[{\"oin\":\"1\"}", KVK_ERR_FORMAT },
		{ "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", KVK_ERR_LIMIT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct kvk_oin_list *list = NULL;
		const enum kvk_err err = read_list(files[i].text, &list);

		if (err != files[i].err || list != NULL)
			fail_msg("%s: %s", files[i].text, kvk_error_name(err));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form),
		cmocka_unit_test(no_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
