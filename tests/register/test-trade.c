/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an answer of the trade register means: every code, both ways to say "not found" and "later",
 * and answers that are none.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "register/trade.h"

#define ONE(number, name, active) \
	"{\"kvkNummer\":\"" number "\",\"naam\":\"" name "\",\"actief\":\"" active "\"}"
#define RESULTS(list) "{\"pagina\":1,\"totaal\":1,\"resultaten\":[" list "]}"
#define ERROR(code) "{\"fout\":[{\"code\":\"" code "\",\"omschrijving\":\"...\"}]}"

static const struct {
	unsigned status;
	const char *body;
	enum kvk_register_state state;
	enum kvk_register_why why;
	/* The first name, and how many there are; the code. */
	const char *name;
	size_t names;
	const char *code;
} answers[] = {
	{ 200, RESULTS(ONE("68750110", "Test BV Donald", "Ja")), KVK_REGISTER_ACTIVE,
		KVK_REGISTER_WHY_NONE, "Test BV Donald", 1, "" },
	{ 200, RESULTS(ONE("68750110", "Test BV Donald", "Nee")), KVK_REGISTER_INACTIVE,
		KVK_REGISTER_WHY_NONE, "Test BV Donald", 1, "" },
	/* A branch has closed, the organisation has not; each name counts once. */
	{ 200,
		RESULTS(ONE("68750110", "A", "Nee") "," ONE("68750110", "B", "Ja") "," ONE(
			"68750110", "A", "Nee")),
		KVK_REGISTER_ACTIVE, KVK_REGISTER_WHY_NONE, "A", 2, "" },
	/* What it says of another number is no answer. */
	{ 200, RESULTS(ONE("90001354", "Gemeente Elders", "Ja")), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, RESULTS(ONE("90001354", "Elders", "Nee") "," ONE("68750110", "Hier", "Ja")),
		KVK_REGISTER_ACTIVE, KVK_REGISTER_WHY_NONE, "Hier", 1, "" },
	{ 200, RESULTS(""), KVK_REGISTER_NOT_FOUND, KVK_REGISTER_WHY_NONE, NULL, 0, "" },
	{ 200, RESULTS(ONE("68750110", "A", "Misschien")), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, RESULTS("{\"kvkNummer\":\"68750110\",\"naam\":\"A\"}"), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, RESULTS("{\"kvkNummer\":68750110,\"actief\":true}"), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, RESULTS("[[]],7,null"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0,
		"" },
	{ 404, ERROR("IPD5200"), KVK_REGISTER_NOT_FOUND, KVK_REGISTER_WHY_NONE, NULL, 0,
		"IPD5200" },
	{ 404, ERROR("IPD0005"), KVK_REGISTER_NOT_FOUND, KVK_REGISTER_WHY_NONE, NULL, 0,
		"IPD0005" },
	{ 404, ERROR("IPD1002"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_TRY_LATER, NULL, 0,
		"IPD1002" },
	{ 404, ERROR("IPD1003"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_TRY_LATER, NULL, 0,
		"IPD1003" },
	{ 500, ERROR("IPD9999"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_TRY_LATER, NULL, 0, "" },
	{ 404, ERROR("IPD9999"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_TRY_LATER, NULL, 0,
		"IPD9999" },
	{ 503, "", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_TRY_LATER, NULL, 0, "" },
	/* What a gateway says of its own errors is no answer of the register. */
	{ 502, ERROR("IPD5200"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_TRY_LATER, NULL, 0, "" },
	{ 404, ERROR("IPD0001"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_ERROR, NULL, 0, "IPD0001" },
	{ 400, ERROR("IPD0004"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_ERROR, NULL, 0, "IPD0004" },
	{ 404, "<html>not found</html>", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, NULL,
		0, "" },
	{ 404, ERROR("\\u001b[31mIPD"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, NULL,
		0, "" },
	{ 404, "{\"fout\":{\"code\":\"IPD5200\"}}", KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 401, "", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_KEY_REFUSED, NULL, 0, "" },
	{ 403, ERROR("IPD5200"), KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_KEY_REFUSED, NULL, 0, "" },
	{ 200, "", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, "null", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, RESULTS("") "x", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, RESULTS(ONE("68750110", "\xff", "Ja")), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, RESULTS(ONE("68750110", "A\\u0000B", "Ja")), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
	{ 200, "{\"resultaten\":[],\"resultaten\":[]}", KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, NULL, 0, "" },
};

static struct kvk_register_reply ask(unsigned status, struct kvk_span body)
{
	struct kvk_register_question question;
	struct kvk_register_reply reply = { .state = KVK_REGISTER_NOT_ASKED };

	assert_true(kvk_register_question_of(KVK_REGISTER_TRADE, "68750110", &question));
	assert_int_equal(kvk_trade_read(&question, status, body, &reply), KVK_OK);
	return reply;
}

static void each_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		struct kvk_register_reply reply =
			ask(answers[i].status, kvk_span_of(answers[i].body));

		if (reply.state != answers[i].state || reply.why != answers[i].why ||
			reply.name_count != answers[i].names ||
			strcmp(reply.code, answers[i].code) != 0 ||
			reply.status != answers[i].status)
			fail_msg("%u %s: %s, %s, %zu names, '%s'", answers[i].status,
				answers[i].body, kvk_register_state_word(reply.state),
				kvk_register_why_word(&reply), reply.name_count, reply.code);
		if (answers[i].names > 0)
			assert_string_equal(reply.names[0], answers[i].name);
		kvk_register_reply_free(&reply);
	}
}

/* The head office and a branch have an address each. */
static void the_place_of_the_head_office(void **state)
{
	static const char body[] = RESULTS(
		"{\"kvkNummer\":\"68750110\",\"naam\":\"A\",\"actief\":\"Ja\",\"type\":"
		"\"nevenvestiging\",\"adres\":{\"binnenlandsAdres\":{\"plaats\":\"Assen\"}}},"
		"{\"kvkNummer\":\"68750110\",\"naam\":\"A\",\"actief\":\"Ja\",\"type\":"
		"\"hoofdvestiging\",\"adres\":{\"binnenlandsAdres\":{\"plaats\":\"Utrecht\"}}}");
	struct kvk_register_reply reply = ask(200, kvk_span_of(body));

	(void)state;
	assert_string_equal(reply.place, "Utrecht");
	kvk_register_reply_free(&reply);
}

/* As deep and as long as allowed, and a bit more; brackets in a text do not nest. */
static void limits(void **state)
{
	static uint8_t body[KVK_LIMIT_REGISTER_ANSWER + 1];
	static const char start[] = "{\"resultaten\":[]",
			  quoted[] = ",\"x\":\"[[[[[[[[[[[[[[[[[[\\\"[\"}";
	struct kvk_register_reply reply;

	(void)state;
	for (unsigned depth = 15; depth <= 16; depth++) {
		char text[128] = "{\"resultaten\":[],\"x\":";

		for (unsigned i = 0; i < depth; i++)
			strcat(text, "[");
		for (unsigned i = 0; i < depth; i++)
			strcat(text, "]");
		strcat(text, "}");
		reply = ask(200, kvk_span_of(text));
		assert_int_equal(
			reply.state, depth == 15 ? KVK_REGISTER_NOT_FOUND : KVK_REGISTER_UNKNOWN);
	}
	memset(body, ' ', sizeof body);
	memcpy(body, start, sizeof start - 1);
	memcpy(body + sizeof start - 1, quoted, sizeof quoted - 1);
	reply = ask(200, (struct kvk_span){ body, sizeof body - 1 });
	assert_int_equal(reply.state, KVK_REGISTER_NOT_FOUND);
	reply = ask(200, (struct kvk_span){ body, sizeof body });
	assert_int_equal(reply.state, KVK_REGISTER_UNKNOWN);
	memset(body, '[', sizeof body);
	reply = ask(200, (struct kvk_span){ body, sizeof body - 1 });
	assert_int_equal(reply.state, KVK_REGISTER_UNKNOWN);
}

/* More names than are compared. */
static void many_names(void **state)
{
	struct kvk_blob body = { 0 };
	struct kvk_register_reply reply;

	(void)state;
	assert_int_equal(kvk_blob_append_text(&body, "{\"resultaten\":["), KVK_OK);
	for (unsigned i = 0; i < KVK_REGISTER_NAMES + 10; i++)
		assert_int_equal(kvk_blob_append_format(&body,
					 "%s{\"kvkNummer\":\"68750110\",\"naam\":\"Naam %u\","
					 "\"actief\":\"Ja\"}",
					 i > 0 ? "," : "", i),
			KVK_OK);
	assert_int_equal(kvk_blob_append_text(&body, "]}"), KVK_OK);
	reply = ask(200, kvk_span_of_blob(&body));
	assert_int_equal(reply.name_count, KVK_REGISTER_NAMES);
	kvk_register_reply_free(&reply);
	kvk_blob_free(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_answer),
		cmocka_unit_test(the_place_of_the_head_office),
		cmocka_unit_test(limits),
		cmocka_unit_test(many_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
