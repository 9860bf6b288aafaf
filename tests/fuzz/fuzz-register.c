/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers of both registers, and files with the OIN register: whatever they hold, each leaves one
 * state, and names that are UTF-8. The first octet says which of them it is, and with which status.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "register/oin_list.h"
#include "register/oin_register.h"
#include "register/trade.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const unsigned statuses[] = { 200, 404, 400, 500, 401 };

static void check(struct kvk_register_reply *reply)
{
	if (reply->state == KVK_REGISTER_NOT_ASKED || reply->name_count > KVK_REGISTER_NAMES)
		abort();
	if (reply->state == KVK_REGISTER_NOT_FOUND && reply->name_count > 0)
		abort();
	for (size_t i = 0; i < reply->name_count; i++)
		if (!kvk_utf8_valid(kvk_span_of(reply->names[i])))
			abort();
	kvk_register_reply_free(reply);
}

static void read_list(const struct kvk_register_question *question, struct kvk_span octets)
{
	struct kvk_register_reply reply = { .state = KVK_REGISTER_NOT_ASKED };
	struct kvk_oin_list *list = NULL;
	struct kvk_blob copy = { 0 };

	if (kvk_blob_append(&copy, octets) == KVK_OK && kvk_oin_list_read(&copy, &list) == KVK_OK &&
		kvk_oin_list_ask(list, question, &reply) == KVK_OK)
		check(&reply);
	kvk_oin_list_free(list);
	kvk_blob_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kvk_register_reply trade = { .state = KVK_REGISTER_NOT_ASKED }, oin = trade;
	struct kvk_register_question question;
	struct kvk_span octets;
	unsigned status;

	if (size == 0)
		return 0;
	octets = (struct kvk_span){ data + 1, size - 1 };
	status = statuses[data[0] % (sizeof statuses / sizeof statuses[0])];
	if (!kvk_register_question_of(KVK_REGISTER_TRADE, "68750110", &question))
		abort();
	if (kvk_trade_read(&question, status, octets, &trade) == KVK_OK)
		check(&trade);
	if (!kvk_register_question_of(KVK_REGISTER_OIN, "68750110", &question))
		abort();
	if (kvk_oin_register_read(&question, status, octets, &oin) == KVK_OK)
		check(&oin);
	read_list(&question, octets);
	return 0;
}
