/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/online_register.h"

#include "app/api_key.h"
#include "app/online_run.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/limits.h"
#include "net/error.h"
#include "register/oin_register.h"
#include "register/trade.h"

/* What is said of a register without a key. */
static const struct kvk_register_fetched without_key = { .reply = { .state = KVK_REGISTER_NOT_ASKED,
								 .why = KVK_REGISTER_WHY_NO_KEY } };

void kvk_online_registers_open(struct kvk_online *online)
{
	struct kvk_online_registers *registers = &online->registers;

	registers->asked =
		(struct kvk_vec)KVK_VEC_INIT(struct kvk_online_register *, KVK_LIMIT_NET_REQUESTS);
	for (int i = 0; i < KVK_REGISTER_COUNT; i++)
		registers->has_key[i] = !online->order.offline && online->order.settings != NULL &&
			kvk_api_key_is_set(online->order.settings, (enum kvk_register)i);
}

static struct kvk_online_register *entry_at(const struct kvk_online_registers *registers, size_t i)
{
	return *(struct kvk_online_register **)kvk_vec_at(&registers->asked, i);
}

static void free_entry(struct kvk_online_register *entry)
{
	if (entry == NULL)
		return;
	kvk_register_reply_free(&entry->fetched.reply);
	kvk_blob_free(&entry->url);
	kvk_free(entry);
}

void kvk_online_registers_close(struct kvk_online *online)
{
	struct kvk_online_registers *registers = &online->registers;

	for (size_t i = 0; i < registers->asked.count; i++)
		free_entry(entry_at(registers, i));
	kvk_vec_free(&registers->asked);
	for (int i = 0; i < KVK_REGISTER_COUNT; i++)
		kvk_secret_free(&registers->keys[i]);
}

const struct kvk_register_fetched *kvk_online_register_find(
	const struct kvk_online *online, const struct kvk_register_question *question)
{
	const struct kvk_online_registers *registers = &online->registers;

	if (!registers->has_key[question->which])
		return &without_key;
	for (size_t i = 0; i < registers->asked.count; i++)
		if (kvk_register_question_same(&entry_at(registers, i)->question, question))
			return &entry_at(registers, i)->fetched;
	return NULL;
}

/* Reads the key of a register, once; where it cannot be used, the entry says why. */
static enum kvk_err read_key(struct kvk_online *online, struct kvk_online_register *entry)
{
	const enum kvk_register which = entry->question.which;
	struct kvk_secret *key = &online->registers.keys[which];
	enum kvk_err err;

	if (key->n > 0)
		return KVK_OK;
	/* From here on there is a secret in memory. */
	kvk_secret_process();
	err = kvk_api_key_read(online->order.settings, which, key, &entry->fetched.failure);
	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return err;
	kvk_secret_free(key);
	entry->fetched.reply = without_key.reply;
	return KVK_OK;
}

static enum kvk_err set_url(const struct kvk_online *online, struct kvk_online_register *entry)
{
	const struct kvk_settings *settings = online->order.settings;
	const bool trade = entry->question.which == KVK_REGISTER_TRADE;

	return kvk_register_question_url(&entry->question,
		kvk_setting_string(settings, trade ? "kvk.base_url" : "oin.base_url"),
		kvk_setting_string(settings, "kvk.search_version"), &entry->url);
}

enum kvk_err kvk_online_register_enter(struct kvk_online *online,
	const struct kvk_register_question *question, struct kvk_online_register **out)
{
	struct kvk_online_register *entry = NULL, **slot;
	enum kvk_err err = KVK_OK;

	*out = NULL;
	if (kvk_online_register_find(online, question) != NULL)
		return KVK_OK;
	entry = kvk_calloc(1, sizeof *entry);
	if (entry == NULL)
		return KVK_ERR_MEMORY;
	entry->question = *question;
	KVK_TRY(read_key(online, entry));
	KVK_TRY(set_url(online, entry));
	KVK_TRY(kvk_vec_push(&online->registers.asked, &slot));
	*slot = entry;
	if (online->registers.keys[question->which].n > 0)
		*out = entry;
	entry = NULL;
out:
	free_entry(entry);
	return err;
}

struct kvk_net_request kvk_online_register_request(
	const struct kvk_online *online, const struct kvk_online_register *entry)
{
	return (struct kvk_net_request){
		.url = kvk_blob_str(&entry->url),
		.source = KVK_NET_FROM_CONFIGURATION,
		.max_octets = KVK_LIMIT_REGISTER_ANSWER,
		.headers = { "Accept: application/json, application/hal+json" },
		.secret = &online->registers.keys[entry->question.which],
		.secret_name = "apikey",
		.any_status = true,
	};
}

/* Says what went wrong, where something did. */
static void set_error(struct kvk_online_register *entry, const struct kvk_net_answer *answer)
{
	const struct kvk_register_reply *reply = &entry->fetched.reply;
	struct kvk_error *why = &entry->fetched.failure;
	const char *url = kvk_blob_str(&entry->url);
	char safe[200];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(url));
	if (reply->state != KVK_REGISTER_UNKNOWN)
		return;
	if (answer->reason != KVK_NET_OK && reply->code[0] == '\0')
		kvk_net_error_set(url, answer, why);
	else if (reply->why == KVK_REGISTER_WHY_TRY_LATER)
		kvk_error_set(why, KVK_OK,
			_("'%s' answered that it is temporarily not available (code %s)"), safe,
			reply->code);
	else if (reply->code[0] != '\0')
		kvk_error_set(
			why, KVK_OK, _("'%s' answered with the error code %s"), safe, reply->code);
	else
		kvk_error_set(why, KVK_OK,
			_("the answer from '%s' does not contain the expected data"), safe);
}

enum kvk_err kvk_online_register_take(struct kvk_online *online, struct kvk_online_register *entry,
	const struct kvk_net_answer *answer)
{
	const struct kvk_span octets = kvk_span_of_blob(&answer->octets);
	struct kvk_register_reply *reply = &entry->fetched.reply;
	const bool came = answer->reason == KVK_NET_OK ||
		(answer->reason == KVK_NET_HTTP_STATUS && answer->detail != KVK_NET_DETAIL_PROXY);
	enum kvk_err err = KVK_OK;

	if (!came) {
		kvk_online_note(online, answer);
		kvk_register_reply_unknown(reply, KVK_REGISTER_WHY_NETWORK);
		reply->reason = answer->reason;
	} else if (entry->question.which == KVK_REGISTER_TRADE) {
		KVK_TRY(kvk_trade_read(&entry->question, answer->status, octets, reply));
	} else {
		KVK_TRY(kvk_oin_register_read(&entry->question, answer->status, octets, reply));
	}
	set_error(entry, answer);
	kvk_net_release(online->net, answer);
out:
	return err;
}
