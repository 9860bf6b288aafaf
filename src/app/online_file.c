/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/online.h: files at addresses of the configuration and of the installed data. */
#include "config.h"

#include "app/online.h"

#include "app/online_run.h"
#include "base/escape.h"
#include "net/error.h"

/* Whether the cache has it; the octets are added to *out. */
static enum kvk_err find_kept(struct kvk_online *online, const struct kvk_online_file *file,
	struct kvk_blob *out, bool *found)
{
	struct kvk_net_cached cached = { .fetched = 0 };
	kvk_time now;
	enum kvk_err err;

	*found = false;
	if (online->folder.n == 0)
		return KVK_OK;
	KVK_TRY(online->order.now(&now));
	err = kvk_net_cache_get(kvk_blob_str(&online->folder), file->url,
		(struct kvk_span){ NULL, 0 }, now, &cached);
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	if (err == KVK_OK && file->is_wanted(file->context, cached.octets)) {
		KVK_TRY(kvk_blob_append(out, cached.octets));
		*found = true;
	}
out:
	kvk_net_cached_free(&cached);
	return err;
}

/* Takes what was fetched, and keeps it. */
static enum kvk_err take(struct kvk_online *online, const struct kvk_online_file *file,
	const struct kvk_net_answer *answer, struct kvk_blob *out)
{
	struct kvk_net_cached kept = {
		.octets = kvk_span_of_blob(&answer->octets),
		.etag = answer->etag,
		.last_modified = answer->last_modified,
	};
	bool ignored;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(out, kept.octets));
	KVK_TRY(online->order.now(&kept.fetched));
	/* The answer stays: another certificate may be in the same file. */
	KVK_TRY(kvk_online_keep(online, file->url, (struct kvk_span){ NULL, 0 }, &kept, &ignored));
out:
	return err;
}

static enum kvk_err set_unexpected(const struct kvk_online_file *file, struct kvk_error *why)
{
	char safe[256];

	return kvk_error_set(why, KVK_ERR_NOT_FOUND,
		_("the answer from '%s' is not the expected file"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(file->url)));
}

static enum kvk_err fetch(struct kvk_online *online, const struct kvk_online_file *file,
	struct kvk_blob *out, enum kvk_net_reason *reason, struct kvk_error *why)
{
	const struct kvk_net_request request = {
		.url = file->url,
		.source = KVK_NET_FROM_CONFIGURATION,
		.max_octets = file->max_octets,
	};
	const struct kvk_net_answer *answer;
	enum kvk_err err;

	KVK_TRY(kvk_online_start(online, why));
	KVK_TRY(kvk_net_fetch(online->net, &request, 1, &answer));
	*reason = answer->reason;
	if (answer->reason != KVK_NET_OK) {
		kvk_online_note(online, answer);
		kvk_net_error_set(file->url, answer, why);
		err = KVK_ERR_NOT_FOUND;
	} else if (file->is_wanted(file->context, kvk_span_of_blob(&answer->octets))) {
		KVK_TRY(take(online, file, answer, out));
	} else {
		*reason = KVK_NET_NOT_EXPECTED;
		err = set_unexpected(file, why);
	}
out:
	return err;
}

enum kvk_err kvk_online_get(struct kvk_online *online, const struct kvk_online_file *file,
	struct kvk_blob *out, enum kvk_net_reason *reason, struct kvk_error *why)
{
	bool found;
	enum kvk_err err;

	pthread_mutex_lock(&online->lock);
	KVK_TRY(find_kept(online, file, out, &found));
	if (!found)
		KVK_TRY(fetch(online, file, out, reason, why));
out:
	pthread_mutex_unlock(&online->lock);
	return err;
}
