/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/online.h"

#include <time.h>

#include "app/net_settings.h"
#include "app/online_entry.h"
#include "app/online_run.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "crypto/hash.h"
#include "net/error.h"

enum kvk_err kvk_online_open(const struct kvk_online_order *order, struct kvk_online **out)
{
	struct kvk_online *online = kvk_calloc(1, sizeof *online);
	enum kvk_err err;

	if (online == NULL)
		return KVK_ERR_MEMORY;
	online->order = *order;
	if (online->order.now == NULL)
		online->order.now = kvk_time_now;
	online->crls = (struct kvk_vec)KVK_VEC_INIT(const struct kvk_crl *, KVK_LIMIT_CRLS);
	kvk_online_registers_open(online);
	pthread_mutex_init(&online->lock, NULL);
	if (order->home != NULL && order->home->path.n > 0)
		KVK_TRY(kvk_home_path(order->home, KVK_HOME_CACHE, NULL, &online->folder));
	*out = online;
	online = NULL;
	err = KVK_OK;
out:
	kvk_online_close(online);
	return err;
}

void kvk_online_close(struct kvk_online *online)
{
	if (online == NULL)
		return;
	kvk_online_trim(online);
	for (size_t i = 0; i < KVK_ONLINE_BUCKETS; i++)
		while (online->buckets[i] != NULL) {
			struct kvk_online_entry *entry = online->buckets[i];

			online->buckets[i] = entry->next;
			kvk_online_entry_free(entry);
		}
	kvk_net_close(online->net);
	kvk_online_registers_close(online);
	kvk_net_settings_free(&online->settings);
	kvk_blob_free(&online->folder);
	kvk_vec_free(&online->crls);
	pthread_mutex_destroy(&online->lock);
	kvk_free(online);
}

enum kvk_err kvk_online_start(struct kvk_online *online, struct kvk_error *why)
{
	struct kvk_net_options *options = &online->settings.options;
	enum kvk_err err = KVK_OK;

	if (online->net != NULL)
		return KVK_OK;
	/* Where nothing is asked, nothing of the configuration has to be right. */
	if (!online->order.offline)
		KVK_TRY(kvk_net_settings_read(online->order.settings, &online->settings, why));
	options->offline = online->order.offline;
	options->held = &online->held;
	kvk_net_settings_steady(options);
	KVK_TRY(kvk_net_open(options, &online->net));
out:
	if (err != KVK_OK)
		kvk_net_settings_free(&online->settings);
	return err;
}

/* The bucket of a question (FNV-1a). */
static size_t bucket_of(const struct kvk_question *question)
{
	uint32_t hash = 2166136261u;

	for (const char *c = question->url; *c != '\0'; c++)
		hash = (hash ^ (uint8_t)*c) * 16777619u;
	for (size_t i = 0; i < question->body.n; i++)
		hash = (hash ^ question->body.p[i]) * 16777619u;
	return hash % KVK_ONLINE_BUCKETS;
}

/*
 * The newest entry of a question. Where the cache answered it, or the server confirmed the copy
 * there, that is no answer to a question that asks anew; it stays for those who read it.
 */
static struct kvk_online_entry *find(
	const struct kvk_online *online, const struct kvk_question *question)
{
	struct kvk_online_entry *entry = online->buckets[bucket_of(question)];

	while (entry != NULL &&
		(entry->fetched.ocsp != question->ocsp || strcmp(entry->url, question->url) != 0 ||
			(question->anew && !entry->anew) ||
			!kvk_span_equal(kvk_span_of_blob(&entry->body), question->body)))
		entry = entry->next;
	return entry;
}

enum kvk_err kvk_online_enter(struct kvk_online *online, const struct kvk_question *question,
	struct kvk_online_entry **out)
{
	struct kvk_online_entry **bucket = &online->buckets[bucket_of(question)];
	enum kvk_err err = KVK_OK;

	*out = NULL;
	if (find(online, question) != NULL)
		return KVK_OK;
	KVK_TRY(kvk_online_entry_new(question, &online->held, out));
	(*out)->next = *bucket;
	*bucket = *out;
out:
	return err;
}

void kvk_online_forget_unsettled(struct kvk_online *online)
{
	for (size_t i = 0; i < KVK_ONLINE_BUCKETS; i++) {
		struct kvk_online_entry **place = &online->buckets[i];

		while (*place != NULL) {
			struct kvk_online_entry *entry = *place;

			if (entry->settled) {
				place = &entry->next;
				continue;
			}
			*place = entry->next;
			kvk_online_entry_free(entry);
		}
	}
}

/* Whether the cache gives it again, or there was no room for it. */
static bool can_be_forgotten(const struct kvk_online_entry *entry)
{
	const struct kvk_net_answer *answer = entry->fetched.answer;

	return (entry->kept && entry->reading.crl != NULL) ||
		(answer != NULL && answer->detail == KVK_NET_DETAIL_ROOM);
}

static void forget(struct kvk_online *online, struct kvk_online_entry *entry)
{
	const struct kvk_net_answer *answer = entry->fetched.answer;

	if (online->net != NULL && answer != NULL && answer->detail == KVK_NET_DETAIL_ROOM)
		kvk_net_forget(online->net, answer);
	else if (online->net != NULL && answer != NULL)
		kvk_net_release(online->net, answer);
	kvk_online_entry_free(entry);
}

enum kvk_err kvk_online_make_room(struct kvk_online *online)
{
	enum kvk_err err = KVK_OK;

	online->crls.count = 0;
	for (size_t i = 0; i < KVK_ONLINE_BUCKETS; i++) {
		struct kvk_online_entry **place = &online->buckets[i];

		while (*place != NULL) {
			struct kvk_online_entry *entry = *place;

			if (!can_be_forgotten(entry)) {
				KVK_TRY(kvk_online_list_crl(online, entry));
				place = &entry->next;
				continue;
			}
			*place = entry->next;
			forget(online, entry);
		}
	}
out:
	return err;
}

size_t kvk_online_held(const struct kvk_online *online)
{
	return online->held;
}

static enum kvk_err look(
	void *context, const struct kvk_question *question, const struct kvk_fetched **out)
{
	struct kvk_wants *wants = context;
	const struct kvk_online_entry *entry = find(wants->online, question);
	struct kvk_want *want;
	struct kvk_blob body = { 0 };
	char *url = NULL;
	enum kvk_err err = KVK_OK;

	*out = entry != NULL ? &entry->fetched : NULL;
	if (entry != NULL)
		return KVK_OK;
	url = kvk_strdup(question->url);
	if (url == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_blob_append(&body, question->body));
	KVK_TRY(kvk_vec_push(&wants->wants, &want));
	*want = (struct kvk_want){
		.url = url, .ocsp = question->ocsp, .anew = question->anew, .body = body
	};
	return KVK_OK;
out:
	kvk_blob_free(&body);
	kvk_free(url);
	return err;
}

static enum kvk_err look_register(void *context, const struct kvk_register_question *question,
	const struct kvk_register_fetched **out)
{
	struct kvk_wants *wants = context;
	struct kvk_register_question *want;
	enum kvk_err err = KVK_OK;

	*out = kvk_online_register_find(wants->online, question);
	if (*out != NULL)
		return KVK_OK;
	KVK_TRY(kvk_vec_push(&wants->registers, &want));
	*want = *question;
out:
	return err;
}

struct kvk_fetcher kvk_wants_fetcher(struct kvk_wants *wants)
{
	return (struct kvk_fetcher){
		.look = look,
		.look_register = look_register,
		.context = wants,
		.offline = wants->online->order.offline,
		.hint = kvk_online_hint(wants->online),
	};
}

void kvk_wants_clear(struct kvk_wants *wants)
{
	for (size_t i = 0; i < wants->wants.count; i++) {
		struct kvk_want *want = kvk_vec_at(&wants->wants, i);

		kvk_blob_free(&want->body);
		kvk_free(want->url);
	}
	wants->wants.count = wants->registers.count = 0;
}

void kvk_wants_free(struct kvk_wants *wants)
{
	kvk_wants_clear(wants);
	kvk_vec_free(&wants->wants);
	kvk_vec_free(&wants->registers);
}

void kvk_online_note(struct kvk_online *online, const struct kvk_net_answer *answer)
{
	if (online->hint.text[0] == '\0')
		(void)kvk_net_error_set_proxy(&online->settings.options, answer,
			online->order.proxy_variable, &online->hint);
}

bool kvk_online_is_over(const struct kvk_online *online)
{
	return online->net != NULL && kvk_net_is_over(online->net);
}

const struct kvk_crl *const *kvk_online_crls(const struct kvk_online *online, size_t *count)
{
	*count = online->crls.count;
	return online->crls.items;
}

const char *kvk_online_hint(const struct kvk_online *online)
{
	return online->hint.text;
}
