/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an answer of the OIN register means: each spelling of the members, each status, and what is
 * no answer.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "register/oin_register.h"

#define OIN "00000001823288444000"
#define ENTRY(kvk, status) \
	"{\"oin\":\"" OIN "\",\"naam\":\"Gemeente Voorbeeld\",\"" kvk \
	"\":\"90001354\",\"status\":\"" status "\"}"
#define LIST(entries) "{\"_links\":{},\"organisaties\":[" entries "]}"

static const struct {
	const char *number;
	unsigned status;
	const char *body;
	enum kvk_register_state state;
	enum kvk_register_why why;
	size_t names;
} answers[] = {
	{ "90001354", 200, LIST(ENTRY("kvkNummer", "Actief")), KVK_REGISTER_ACTIVE,
		KVK_REGISTER_WHY_NONE, 1 },
	{ "90001354", 200, LIST(ENTRY("KVKNummer", "Actief")), KVK_REGISTER_ACTIVE,
		KVK_REGISTER_WHY_NONE, 1 },
	{ "90001354", 200, "[" ENTRY("kvkNumber", "Actief") "]", KVK_REGISTER_ACTIVE,
		KVK_REGISTER_WHY_NONE, 1 },
	{ OIN, 200, ENTRY("kvkNummer", "Actief"), KVK_REGISTER_ACTIVE, KVK_REGISTER_WHY_NONE, 1 },
	{ OIN, 200,
		"{\"oin\":\"" OIN "\",\"name\":\"A\",\"kvkNumber\":null,\"status\":\"Inactief\"}",
		KVK_REGISTER_INACTIVE, KVK_REGISTER_WHY_NONE, 1 },
	{ "90001354", 200, LIST(ENTRY("kvkNummer", "Ingetrokken")), KVK_REGISTER_INACTIVE,
		KVK_REGISTER_WHY_NONE, 1 },
	{ "90001354", 200, LIST(ENTRY("kvkNummer", "Slapend")), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, 1 },
	/* The one in force counts, wherever it stands. */
	{ "90001354", 200,
		LIST("{\"oin\":\"1\",\"naam\":\"Oud\",\"kvkNummer\":\"90001354\",\"status\":"
		     "\"Ingetrokken\"}," ENTRY("kvkNummer", "Actief")),
		KVK_REGISTER_ACTIVE, KVK_REGISTER_WHY_NONE, 1 },
	{ "90001354", 200,
		LIST(ENTRY("kvkNummer", "Actief") ",{\"oin\":\"1\",\"naam\":\"Oud\",\"kvkNummer\":"
						  "\"90001354\",\"status\":\"Slapend\"}"),
		KVK_REGISTER_ACTIVE, KVK_REGISTER_WHY_NONE, 1 },
	{ "90001354", 200, LIST(""), KVK_REGISTER_NOT_FOUND, KVK_REGISTER_WHY_NONE, 0 },
	/* A server that takes no notice of what was asked. */
	{ "68750110", 200, LIST(ENTRY("kvkNummer", "Actief")), KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, 0 },
	{ OIN, 404, "{\"fout\":\"niet gevonden\"}", KVK_REGISTER_NOT_FOUND, KVK_REGISTER_WHY_NONE,
		0 },
	{ OIN, 404, "<!doctype html><title>OIN</title>", KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, 0 },
	{ OIN, 404, "", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, 0 },
	{ OIN, 200, "<!doctype html><title>OIN</title>", KVK_REGISTER_UNKNOWN,
		KVK_REGISTER_WHY_NOT_EXPECTED, 0 },
	{ OIN, 400, "{\"fout\":\"x\"}", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_NOT_EXPECTED, 0 },
	{ OIN, 500, "{}", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_TRY_LATER, 0 },
	{ OIN, 401, "{}", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_KEY_REFUSED, 0 },
	{ OIN, 403, "{}", KVK_REGISTER_UNKNOWN, KVK_REGISTER_WHY_KEY_REFUSED, 0 },
};

static void each_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		struct kvk_register_question question;
		struct kvk_register_reply reply = { .state = KVK_REGISTER_NOT_ASKED };

		assert_true(
			kvk_register_question_of(KVK_REGISTER_OIN, answers[i].number, &question));
		assert_int_equal(kvk_oin_register_read(&question, answers[i].status,
					 kvk_span_of(answers[i].body), &reply),
			KVK_OK);
		if (reply.state != answers[i].state || reply.why != answers[i].why ||
			reply.name_count != answers[i].names)
			fail_msg("%s, %u %s: %s, %s, %zu names", answers[i].number,
				answers[i].status, answers[i].body,
				kvk_register_state_word(reply.state), kvk_register_why_word(&reply),
				reply.name_count);
		kvk_register_reply_free(&reply);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
