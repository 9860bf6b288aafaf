/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/online.h: from the cache, else from the network. */
#include "config.h"

#include "app/online.h"

#include "app/online_run.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/limits.h"
#include "net/error.h"

/* What is fetched together. */
struct batch {
	struct kvk_online *online;
	kvk_time now;
	/* struct kvk_online_entry *: those that the cache does not answer. */
	struct kvk_vec entries;
	/* struct kvk_online_register *: questions to registers. */
	struct kvk_vec registers;
	struct kvk_net_request *requests;
	const struct kvk_net_answer **answers;
};

enum kvk_err kvk_online_keep(struct kvk_online *online, const char *url, struct kvk_span body,
	const struct kvk_net_cached *entry, bool *kept)
{
	struct kvk_error why;
	enum kvk_err err;

	*kept = false;
	if (online->folder.n == 0 || online->closed)
		return KVK_OK;
	/* A home that others can write to, or that may not be made, gets no files. */
	online->closed = kvk_home_make(online->order.home, &why) != KVK_OK;
	if (online->closed)
		return KVK_OK;
	err = kvk_net_cache_put(kvk_blob_str(&online->folder), url, body, entry);
	*kept = err == KVK_OK;
	online->put |= *kept;
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

void kvk_online_trim(struct kvk_online *online)
{
	kvk_time now;

	if (online->put && online->order.now(&now) == KVK_OK)
		(void)kvk_net_cache_trim(kvk_blob_str(&online->folder), KVK_LIMIT_CACHE, now);
}

/* The copy of the cache counts; an OCSP response only while it is recent. */
static void take_cached(const struct batch *batch, struct kvk_online_entry *entry)
{
	struct kvk_fetched *fetched = &entry->fetched;

	if (fetched->ocsp &&
		(entry->reading.response == NULL ||
			!kvk_online_entry_is_recent(entry, batch->now, batch->online->order.at)))
		kvk_online_entry_forget(entry);
	if (fetched->crl == NULL && fetched->response == NULL)
		return;
	fetched->from = KVK_FETCHED_CACHE;
	fetched->age = batch->now - entry->cached.fetched;
	entry->kept = true;
}

/* Beyond the limit nobody has to know. */
enum kvk_err kvk_online_list_crl(struct kvk_online *online, const struct kvk_online_entry *entry)
{
	const struct kvk_crl **slot;
	enum kvk_err err;

	if (entry->fetched.from == KVK_FETCHED_NOTHING || entry->fetched.crl == NULL ||
		online->crls.count == online->crls.limit)
		return KVK_OK;
	KVK_TRY(kvk_vec_push(&online->crls, &slot));
	*slot = entry->fetched.crl;
out:
	return err;
}

/*
 * Looks into the cache. *settled where that says all: the copy is recent, or there is no room for
 * the one that would do.
 */
static enum kvk_err look_into_cache(
	const struct batch *batch, struct kvk_online_entry *entry, bool *settled)
{
	static const struct kvk_net_answer no_room = { .reason = KVK_NET_NOT_ASKED,
		.detail = KVK_NET_DETAIL_ROOM };
	const struct kvk_online *online = batch->online;
	const struct kvk_online_order *order = &online->order;
	bool recent;
	enum kvk_err err = KVK_OK;

	*settled = false;
	if (online->folder.n == 0)
		goto out;
	KVK_TRY(kvk_online_entry_look_up(entry, kvk_blob_str(&online->folder), batch->now));
	recent = !order->refresh && !entry->anew &&
		kvk_online_entry_is_recent(entry, batch->now, order->at);
	*settled = recent;
	if (online->held > KVK_LIMIT_NET_HELD && entry->cached.octets.n > 0) {
		kvk_online_entry_drop(entry);
		*settled = recent || order->offline;
		entry->fetched.answer = *settled ? &no_room : NULL;
	} else if (recent) {
		take_cached(batch, entry);
	}
out:
	return err;
}

/* Enters a question, and into the batch where the cache does not answer it. */
static enum kvk_err prepare(struct batch *batch, const struct kvk_question *question)
{
	struct kvk_online_entry *entry, **slot;
	enum kvk_err err;

	KVK_TRY(kvk_online_enter(batch->online, question, &entry));
	if (entry == NULL)
		goto out;
	KVK_TRY(look_into_cache(batch, entry, &entry->settled));
	if (entry->settled) {
		err = kvk_online_list_crl(batch->online, entry);
		goto out;
	}
	KVK_TRY(kvk_vec_push(&batch->entries, &slot));
	*slot = entry;
	entry->anew |= batch->online->order.refresh;
out:
	return err;
}

static struct kvk_online_entry *entry_at(const struct batch *batch, size_t i)
{
	return *(struct kvk_online_entry **)kvk_vec_at(&batch->entries, i);
}

static struct kvk_online_register *register_at(const struct batch *batch, size_t i)
{
	return *(struct kvk_online_register **)kvk_vec_at(&batch->registers, i);
}

/* Enters a question to a register, and into the batch. */
static enum kvk_err prepare_register(
	struct batch *batch, const struct kvk_register_question *question)
{
	struct kvk_online_register *entry, **slot;
	enum kvk_err err;

	KVK_TRY(kvk_online_register_enter(batch->online, question, &entry));
	if (entry == NULL)
		goto out;
	KVK_TRY(kvk_vec_push(&batch->registers, &slot));
	*slot = entry;
out:
	return err;
}

/* The server says that the copy is as it was: it is as good as fetched now. */
static enum kvk_err confirm(
	struct batch *batch, struct kvk_online_entry *entry, const struct kvk_net_answer *answer)
{
	struct kvk_net_cached kept = entry->cached;
	bool ignored;

	kept.fetched = batch->now;
	if (answer->etag != NULL)
		kept.etag = answer->etag;
	if (answer->last_modified != NULL)
		kept.last_modified = answer->last_modified;
	entry->fetched.from = KVK_FETCHED_NETWORK;
	entry->kept = true;
	return kvk_online_keep(
		batch->online, entry->url, kvk_span_of_blob(&entry->body), &kept, &ignored);
}

/* What a responder says of itself (internalError, unauthorized) is not kept. */
static bool is_worth_keeping(const struct kvk_online_entry *entry)
{
	const struct kvk_ocsp *response = entry->reading.response;

	return response == NULL || response->status == KVK_OCSP_SUCCESSFUL;
}

/* Octets came; those that were released since are in the cache. */
static enum kvk_err take_octets(
	struct batch *batch, struct kvk_online_entry *entry, const struct kvk_net_answer *answer)
{
	const struct kvk_net_cached kept = {
		.octets = kvk_span_of_blob(&answer->octets),
		.etag = answer->etag,
		.last_modified = answer->last_modified,
		.fetched = batch->now,
	};
	enum kvk_err err;

	if (kept.octets.n == 0) {
		take_cached(batch, entry);
		return KVK_OK;
	}
	KVK_TRY(kvk_online_entry_take(entry, kept.octets));
	entry->fetched.from = KVK_FETCHED_NETWORK;
	if (is_worth_keeping(entry))
		KVK_TRY(kvk_online_keep(batch->online, entry->url, kvk_span_of_blob(&entry->body),
			&kept, &entry->kept));
	/* The octets of what came in DER stay where they are. */
	if (entry->reading.decoded.n > 0)
		kvk_net_release(batch->online->net, answer);
out:
	return err;
}

static enum kvk_err take_answer(
	struct batch *batch, struct kvk_online_entry *entry, const struct kvk_net_answer *answer)
{
	enum kvk_err err = KVK_OK;

	entry->fetched.answer = answer;
	if (answer->reason != KVK_NET_OK) {
		kvk_online_note(batch->online, answer);
		take_cached(batch, entry);
	} else if (answer->status == 304) {
		KVK_TRY(confirm(batch, entry, answer));
	} else {
		KVK_TRY(take_octets(batch, entry, answer));
	}
	entry->settled = true;
	entry->anew |= answer->status != 304;
	KVK_TRY(kvk_online_list_crl(batch->online, entry));
out:
	kvk_online_entry_forget_fresh(entry);
	return err;
}

/* Fetches what the cache does not answer. */
static enum kvk_err ask(struct batch *batch, struct kvk_error *why)
{
	const size_t entries = batch->entries.count, registers = batch->registers.count;
	const size_t count = entries + registers;
	enum kvk_err err;

	batch->requests = kvk_calloc(count, sizeof *batch->requests);
	batch->answers = kvk_calloc(count, sizeof *batch->answers);
	if (batch->requests == NULL || batch->answers == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_online_start(batch->online, why));
	for (size_t i = 0; i < entries; i++)
		batch->requests[i] = kvk_online_entry_request(entry_at(batch, i), batch->now);
	for (size_t i = 0; i < registers; i++)
		batch->requests[entries + i] =
			kvk_online_register_request(batch->online, register_at(batch, i));
	KVK_TRY(kvk_net_fetch(batch->online->net, batch->requests, count, batch->answers));
	for (size_t i = 0; i < entries; i++)
		KVK_TRY(take_answer(batch, entry_at(batch, i), batch->answers[i]));
	for (size_t i = 0; i < registers; i++)
		KVK_TRY(kvk_online_register_take(
			batch->online, register_at(batch, i), batch->answers[entries + i]));
out:
	return err;
}

/* Enters the questions of one list. */
static enum kvk_err prepare_all(struct batch *batch, const struct kvk_wants *wants)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < wants->wants.count; i++) {
		const struct kvk_want *want = kvk_vec_at(&wants->wants, i);
		const struct kvk_question question = {
			.url = want->url,
			.ocsp = want->ocsp,
			.body = kvk_span_of_blob(&want->body),
			.anew = want->anew,
		};

		KVK_TRY(prepare(batch, &question));
	}
	for (size_t i = 0; i < wants->registers.count; i++)
		KVK_TRY(prepare_register(batch, kvk_vec_at(&wants->registers, i)));
out:
	return err;
}

enum kvk_err kvk_online_fetch(struct kvk_online *online, const struct kvk_wants *const *wants,
	size_t count, struct kvk_error *why)
{
	struct batch batch = {
		.online = online,
		.entries = KVK_VEC_INIT(struct kvk_online_entry *, SIZE_MAX / sizeof(void *)),
		.registers = KVK_VEC_INIT(struct kvk_online_register *, SIZE_MAX / sizeof(void *)),
	};
	enum kvk_err err;

	pthread_mutex_lock(&online->lock);
	KVK_TRY(online->order.now(&batch.now));
	for (size_t i = 0; i < count; i++)
		KVK_TRY(prepare_all(&batch, wants[i]));
	if (batch.entries.count + batch.registers.count > 0)
		KVK_TRY(ask(&batch, why));
out:
	/* Else they would count as asked, of which nothing came. */
	if (err != KVK_OK)
		kvk_online_forget_unsettled(online);
	pthread_mutex_unlock(&online->lock);
	kvk_free(batch.requests);
	kvk_free(batch.answers);
	kvk_vec_free(&batch.entries);
	kvk_vec_free(&batch.registers);
	return err;
}
