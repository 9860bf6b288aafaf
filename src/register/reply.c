/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "register/reply.h"

#include "base/alloc.h"
#include "base/ascii.h"

#define WORD(id, word) [id] = (word),

const char *kvk_register_state_word(enum kvk_register_state state)
{
	static const char *const words[] = { KVK_REGISTER_STATES(WORD) };

	return words[state];
}

const char *kvk_register_why_word(const struct kvk_register_reply *reply)
{
	static const char *const words[] = { KVK_REGISTER_WHYS(WORD) };

	return reply->why == KVK_REGISTER_WHY_NETWORK ? kvk_net_reason_id(reply->reason) :
							words[reply->why];
}

static void forget_names(struct kvk_register_reply *reply)
{
	for (size_t i = 0; i < reply->name_count; i++)
		kvk_free(reply->names[i]);
	kvk_free(reply->place);
	reply->name_count = 0;
	reply->place = NULL;
}

void kvk_register_reply_unknown(struct kvk_register_reply *reply, enum kvk_register_why why)
{
	forget_names(reply);
	reply->state = KVK_REGISTER_UNKNOWN;
	reply->why = why;
}

enum kvk_err kvk_register_reply_add(struct kvk_register_reply *reply, const char *name)
{
	char *copy;

	if (name == NULL || name[0] == '\0' || reply->name_count == KVK_REGISTER_NAMES)
		return KVK_OK;
	for (size_t i = 0; i < reply->name_count; i++)
		if (strcmp(reply->names[i], name) == 0)
			return KVK_OK;
	copy = kvk_strdup(name);
	if (copy == NULL)
		return KVK_ERR_MEMORY;
	reply->names[reply->name_count++] = copy;
	return KVK_OK;
}

void kvk_register_reply_code(struct kvk_register_reply *reply, const char *code)
{
	size_t n = code != NULL ? strlen(code) : 0;

	if (n == 0 || n >= sizeof reply->code)
		return;
	for (size_t i = 0; i < n; i++)
		if (!kvk_is_alnum((uint8_t)code[i]))
			return;
	memcpy(reply->code, code, n + 1);
}

void kvk_register_reply_free(struct kvk_register_reply *reply)
{
	forget_names(reply);
	*reply = (struct kvk_register_reply){ .state = KVK_REGISTER_NOT_ASKED };
}
