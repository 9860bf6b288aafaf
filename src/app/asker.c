/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/asker.h"

#include "app/asker_tools.h"
#include "app/trusted.h"
#include "base/alloc.h"
#include "net/cache.h"

static void close_tools(struct kvk_asker_tools *tools)
{
	if (tools == NULL)
		return;
	kvk_checker_close(&tools->checker);
	kvk_asker_free_cas(tools);
	kvk_system_store_free(tools->system);
	kvk_trust_free(&tools->trust);
	kvk_wants_free(&tools->wants);
	kvk_online_close(tools->online);
	kvk_free(tools);
}

static enum kvk_err open_tools(
	const struct kvk_asker *asker, struct kvk_asker_tools **out, struct kvk_error *why)
{
	const struct kvk_online_order order = {
		.settings = asker->settings,
		.home = asker->home,
		.offline = asker->offline,
		.at = asker->at,
		.proxy_variable = asker->proxy_variable,
	};
	struct kvk_asker_tools *tools = kvk_calloc(1, sizeof *tools);
	enum kvk_err err = tools != NULL ? KVK_OK : KVK_ERR_MEMORY;

	KVK_TRY(err);
	tools->at = asker->at;
	tools->offline = asker->offline;
	tools->store = asker->store;
	KVK_TRY(kvk_checker_open(&tools->checker));
	kvk_trusted_apply(asker->settings, asker->home, &tools->trusting);
	KVK_TRY(kvk_trusted_anchors(&tools->trusting, &tools->trust, why));
	KVK_TRY(kvk_system_store_new(&tools->trusting, &tools->system));
	KVK_TRY(kvk_asker_read_cas(tools, asker, why));
	KVK_TRY(kvk_online_open(&order, &tools->online));
	tools->wants = (struct kvk_wants)KVK_WANTS_INIT(tools->online);
	tools->fetcher = kvk_wants_fetcher(&tools->wants);
	*out = tools;
	tools = NULL;
out:
	close_tools(tools);
	return err;
}

/* Looks up all that are not done, and fetches what they want, until nothing is wanted any more. */
static enum kvk_err look_up(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked,
	size_t count, struct kvk_error *why)
{
	const struct kvk_wants *const wants = &tools->wants;
	enum kvk_err err;

	do {
		kvk_wants_clear(&tools->wants);
		/* The signature of a CRL that serves many entries is checked once. */
		KVK_TRY(kvk_checker_pin(&tools->checker, tools->online));
		for (size_t i = 0; i < count; i++)
			if (!asked[i].done)
				KVK_TRY(kvk_asked_look_up(tools, &asked[i]));
		if (wants->wants.count > 0)
			KVK_TRY(kvk_online_fetch(tools->online, &wants, 1, why));
	} while (wants->wants.count > 0);
	err = KVK_OK;
out:
	return err;
}

/* Forgets lists that the cache has where they, and what else is held, are more than so much. */
static enum kvk_err make_room(struct kvk_asker_tools *tools, size_t most)
{
	if (kvk_online_held(tools->online) <= most)
		return KVK_OK;
	kvk_checker_unpin(&tools->checker);
	return kvk_online_make_room(tools->online);
}

/* Those for whose lists there was no room are to be looked up again. How many they are. */
static size_t reopen_crowded(struct kvk_asked_entry *asked, size_t count)
{
	size_t crowded = 0;

	for (size_t i = 0; i < count; i++) {
		if (!asked[i].crowded)
			continue;
		asked[i].crowded = asked[i].done = false;
		crowded++;
	}
	return crowded;
}

/* Looks up all, fewer together where their lists are too large for that. */
static enum kvk_err look_up_all(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked,
	size_t count, struct kvk_error *why)
{
	size_t most = KVK_LIMIT_NET_HELD / 2, left = count, before;
	enum kvk_err err;

	do {
		before = left;
		KVK_TRY(make_room(tools, most));
		KVK_TRY(look_up(tools, asked, count, why));
		left = reopen_crowded(asked, count);
		most = 0;
	} while (left > 0 && left < before);
	for (size_t i = 0; i < count; i++) {
		if (asked[i].done)
			continue;
		asked[i].alone = true;
		KVK_TRY(make_room(tools, 0));
		KVK_TRY(look_up(tools, &asked[i], 1, why));
	}
out:
	return err;
}

static enum kvk_err ask(void *context, const struct kvk_entry *entries, size_t count,
	struct kvk_entry_revocation *answers, struct kvk_error *why)
{
	struct kvk_asker *asker = context;
	struct kvk_asked_entry *asked = kvk_calloc(count, sizeof *asked);
	enum kvk_err err = asked != NULL ? KVK_OK : KVK_ERR_MEMORY;

	KVK_TRY(err);
	if (asker->tools == NULL)
		KVK_TRY(open_tools(asker, &asker->tools, why));
	asker->tools->late = kvk_online_is_over(asker->tools->online);
	for (size_t i = 0; i < count; i++)
		KVK_TRY(kvk_asked_open(asker->tools, &entries[i], &answers[i], &asked[i], why));
	KVK_TRY(look_up_all(asker->tools, asked, count, why));
out:
	for (size_t i = 0; asked != NULL && i < count; i++)
		kvk_asked_close(&asked[i]);
	kvk_free(asked);
	return err;
}

/* Then verifying the paths of all certificates, which takes the time, would lead to nothing. */
static bool knows_nothing(const struct kvk_asker *asker)
{
	struct kvk_blob folder = { 0 };
	const bool nothing = asker->offline &&
		kvk_home_path(asker->home, KVK_HOME_CACHE, NULL, &folder) == KVK_OK &&
		kvk_net_cache_is_empty(kvk_blob_str(&folder));

	kvk_blob_free(&folder);
	return nothing;
}

const struct kvk_revocation_source *kvk_asker_source(struct kvk_asker *asker)
{
	if (knows_nothing(asker))
		return NULL;
	asker->source = (struct kvk_revocation_source){
		.ask = ask, .context = asker, .offline = asker->offline
	};
	return &asker->source;
}

const char *kvk_asker_hint(const struct kvk_asker *asker)
{
	return asker->tools != NULL ? kvk_online_hint(asker->tools->online) : "";
}

void kvk_asker_free(struct kvk_asker *asker)
{
	close_tools(asker->tools);
	asker->tools = NULL;
}
