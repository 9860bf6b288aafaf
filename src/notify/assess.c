/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/assess.h"

#include <stdio.h>
#include <string.h>

#include "inventory/watch.h"

/* A request that nothing was received for in this time is worth a call to the TSP. */
#define STUCK (14 * KVK_DAY)

static void assess_dates(
	const struct kvk_threshold_days *days, kvk_time at, struct kvk_entry_view *view)
{
	const struct kvk_entry_certificate *certificate = &view->certificate;
	struct kvk_threshold_list list;
	size_t crossed;

	kvk_thresholds_for(days, certificate->not_before, certificate->not_after, &list);
	crossed = kvk_thresholds_crossed(&list, certificate->not_after, at);
	view->days_left = kvk_time_days(at, certificate->not_after);
	view->state = KVK_VIEW_VALID;
	if (at < certificate->not_before)
		view->state = KVK_VIEW_NOT_YET_VALID;
	if (crossed == 0)
		return;
	snprintf(view->threshold, sizeof view->threshold, "%s", list.items[crossed - 1].id);
	view->code = (int)list.items[crossed - 1].urgency;
	view->state = at > certificate->not_after ? KVK_VIEW_EXPIRED : KVK_VIEW_EXPIRING;
}

static enum kvk_view_action action_for(const struct kvk_entry_view *view)
{
	if (view->state == KVK_VIEW_EXPIRED)
		return KVK_ACTION_REPLACE;
	if (view->state == KVK_VIEW_EXPIRING)
		return KVK_ACTION_RENEW;
	if (view->stage == KVK_STAGE_RECEIVED)
		return KVK_ACTION_CHECK_DELIVERY;
	return view->stage == KVK_STAGE_VERIFIED ? KVK_ACTION_UPLOAD : KVK_ACTION_NONE;
}

void kvk_assess_known(
	const struct kvk_threshold_days *days, kvk_time at, struct kvk_entry_view *view)
{
	if (!view->certificate.present) {
		view->state = KVK_VIEW_REQUESTED;
		view->action = at - view->since >= STUCK ? KVK_ACTION_ASK_TSP : KVK_ACTION_WAIT;
		return;
	}
	assess_dates(days, at, view);
	view->action = action_for(view);
}

/* A file that cannot be looked at is undetermined, unless what is known of it is worse. */
static void note_trouble(enum kvk_err err, struct kvk_entry_view *view)
{
	view->code = kvk_graver(view->code, 3);
	view->action = KVK_ACTION_FIND_FILE;
	view->state = err == KVK_ERR_NOT_FOUND ? KVK_VIEW_MISSING : KVK_VIEW_UNREADABLE;
}

enum kvk_err kvk_assess(const struct kvk_entry *entry, const struct kvk_threshold_days *days,
	kvk_time at, struct kvk_entry_view *out)
{
	struct kvk_watched watched;
	enum kvk_err look = KVK_OK;
	enum kvk_err err = kvk_view_from(entry, out);

	if (err != KVK_OK)
		return err;
	if (entry->certificate.present) {
		look = kvk_watch_read(entry->path, &watched);
		if (look == KVK_ERR_MEMORY) {
			kvk_view_free(out);
			return look;
		}
	}
	if (entry->certificate.present && look == KVK_OK) {
		out->replaced = memcmp(watched.certificate.sha256, entry->certificate.sha256,
					KVK_SHA256_SIZE) != 0;
		out->certificate = watched.certificate;
	}
	kvk_assess_known(days, at, out);
	if (look != KVK_OK)
		note_trouble(look, out);
	return KVK_OK;
}
