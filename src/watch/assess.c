/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/assess.h"

#include <string.h>

#include "base/format.h"
#include "watch/start.h"

/* A certificate that was accepted so long ago is to be uploaded. */
#define FORGOTTEN (7 * KVK_DAY)

/* Something that is to be said once although no end is near. */
static void remind(const char *event, struct kvk_entry_view *view)
{
	KVK_FORMAT(view->threshold, "%s", event);
	KVK_FORMAT(view->event, "%s", event);
	view->code = KVK_EXIT_WARNING;
}

/* Whether it was accepted, whatever could not be checked. One that was adopted may be uploaded. */
static bool awaits_upload(const struct kvk_entry_view *view)
{
	if (view->delivery == KVK_DELIVERY_ADOPTED)
		return false;
	return view->stage == KVK_STAGE_VERIFIED || view->stage == KVK_STAGE_RECEIVED;
}

/* That it is time to order the next one, where that is before any threshold. */
static void assess_start(kvk_time at, struct kvk_entry_view *view)
{
	if (view->start_by == 0 || at < view->start_by)
		return;
	remind(KVK_EVENT_START, view);
	view->state = KVK_VIEW_EXPIRING;
}

static void assess_dates(
	const struct kvk_threshold_days *days, kvk_time at, struct kvk_entry_view *view)
{
	struct kvk_threshold_list list;
	size_t crossed;

	kvk_thresholds_for(days, view->not_before, view->not_after, &list);
	crossed = kvk_thresholds_crossed(&list, view->ends, at);
	view->days_left = kvk_time_days(at, view->ends);
	view->state = KVK_VIEW_VALID;
	if (at < view->not_before) {
		view->state = KVK_VIEW_NOT_YET_VALID;
		remind(KVK_EVENT_NOT_YET_VALID, view);
	} else if (awaits_upload(view) && at - view->since >= FORGOTTEN) {
		remind(KVK_EVENT_NOT_UPLOADED, view);
	}
	if (!view->ca)
		view->start_by = kvk_start_by(view->not_before, view->ends, view->lead_days);
	if (crossed == 0) {
		assess_start(at, view);
		return;
	}
	KVK_FORMAT(view->threshold, "%s",
		at > view->ends ? KVK_THRESHOLD_EXPIRED : list.items[crossed - 1].id);
	KVK_FORMAT(view->event, "%s", list.items[crossed - 1].id);
	view->code = list.items[crossed - 1].code;
	view->state = at > view->ends ? KVK_VIEW_EXPIRED : KVK_VIEW_EXPIRING;
}

/* A certificate that was revoked is of no use, whatever its dates are; one that has expired is of
 * none either way. */
static void assess_revoked(struct kvk_entry_view *view)
{
	if (view->revocation != KVK_STATUS_REVOKED || view->state == KVK_VIEW_EXPIRED)
		return;
	remind(KVK_EVENT_REVOKED, view);
	view->code = KVK_EXIT_CRITICAL;
	view->state = KVK_VIEW_REVOKED;
}

static enum kvk_view_action action_for(const struct kvk_entry_view *view)
{
	if (view->state == KVK_VIEW_EXPIRED || view->state == KVK_VIEW_REVOKED)
		return KVK_ACTION_REPLACE;
	if (view->state == KVK_VIEW_EXPIRING)
		return KVK_ACTION_RENEW;
	if ((view->delivery == KVK_DELIVERY_REJECTED ||
		    view->delivery == KVK_DELIVERY_UNDETERMINED) &&
		view->stage != KVK_STAGE_VERIFIED)
		return KVK_ACTION_REPEAT_DELIVERY;
	if (view->stage == KVK_STAGE_RECEIVED)
		return KVK_ACTION_CHECK_DELIVERY;
	if (view->stage == KVK_STAGE_VERIFIED)
		return KVK_ACTION_UPLOAD;
	return view->deploy ? KVK_ACTION_DEPLOY : KVK_ACTION_NONE;
}

/* Whether it waits for longer than it should: until the day of the switch where there is one. */
static bool next_is_late(const struct kvk_entry_view *view)
{
	const kvk_time waited = view->at - view->next_since;

	if (view->switch_at != 0 && view->at >= view->switch_at)
		return true;
	if (view->next_delivered)
		return view->switch_at == 0 && waited >= FORGOTTEN;
	return waited >= (view->lead_days + KVK_LEAD_MARGIN) * KVK_DAY;
}

/* Whether the last delivery of the renewal was of no use: the inventory knows one time only, which
 * may be of a delivery before the renewal. */
static bool next_was_refused(const struct kvk_entry_view *view)
{
	return !view->next_delivered && view->delivery_at >= view->next_since &&
		(view->delivery == KVK_DELIVERY_REJECTED ||
			view->delivery == KVK_DELIVERY_UNDETERMINED);
}

void kvk_assess_renewing(struct kvk_entry_view *view)
{
	const bool late = next_is_late(view);
	const bool in_trouble = view->action == KVK_ACTION_FIND_FILE;

	/* It was started. */
	view->start_by = 0;
	if (strcmp(view->event, KVK_EVENT_START) == 0) {
		view->threshold[0] = '\0';
		view->event[0] = '\0';
		if (!in_trouble) {
			view->state = KVK_VIEW_VALID;
			view->code = KVK_EXIT_OK;
		}
	}
	if (in_trouble)
		return;
	if (view->next_delivered)
		view->action = view->next_verified ? KVK_ACTION_UPLOAD : KVK_ACTION_CHECK_DELIVERY;
	else if (next_was_refused(view))
		view->action = KVK_ACTION_REPEAT_DELIVERY;
	else
		view->action = late ? KVK_ACTION_ASK_TSP : KVK_ACTION_WAIT;
	if (late && view->event[0] == '\0')
		remind(view->next_delivered ? KVK_EVENT_RENEWAL_READY : KVK_EVENT_RENEWAL_LATE,
			view);
}

void kvk_assess_known(
	const struct kvk_threshold_days *days, kvk_time at, struct kvk_entry_view *view)
{
	view->at = at;
	if (!view->has_certificate) {
		view->state = KVK_VIEW_REQUESTED;
		view->action = KVK_ACTION_WAIT;
		if (at - view->since >= (view->lead_days + KVK_LEAD_MARGIN) * KVK_DAY) {
			view->action = KVK_ACTION_ASK_TSP;
			remind(KVK_EVENT_NO_DELIVERY, view);
		}
		if (view->delivery != KVK_DELIVERY_NONE)
			view->action = KVK_ACTION_REPEAT_DELIVERY;
		return;
	}
	assess_dates(days, at, view);
	assess_revoked(view);
	view->action = action_for(view);
}

bool kvk_revocation_can_be_asked(const struct kvk_entry_revocation *revocation)
{
	return strcmp(revocation->why, KVK_ENTRY_NEEDS_PATH) != 0 &&
		strcmp(revocation->why, KVK_ENTRY_NO_ADDRESS) != 0;
}

bool kvk_revocation_is_undetermined(const struct kvk_entry_revocation *revocation, kvk_time at)
{
	return revocation->status == KVK_STATUS_UNKNOWN &&
		kvk_revocation_can_be_asked(revocation) && at - revocation->since >= KVK_PATIENCE;
}

void kvk_assess_undetermined(struct kvk_entry_view *view)
{
	if (view->details == NULL || view->state == KVK_VIEW_EXPIRED ||
		!kvk_revocation_is_undetermined(view->details, view->at))
		return;
	view->undetermined = true;
	view->code = kvk_exit_graver(view->code, KVK_EXIT_UNKNOWN);
	if (view->action == KVK_ACTION_NONE)
		view->action = KVK_ACTION_CHECK_REVOCATION;
	if (view->threshold[0] == '\0')
		KVK_FORMAT(view->threshold, "%s", KVK_EVENT_UNDETERMINED);
}

/* Whether an error is not one of the file. */
static bool is_ours(enum kvk_err err)
{
	return err == KVK_ERR_MEMORY || err == KVK_ERR_BUSY || err == KVK_ERR_DATABASE;
}

/* A file that cannot be looked at is undetermined, unless what is known of it is worse. */
static void assess_trouble(enum kvk_err err, struct kvk_entry_view *view)
{
	/* Who threw it away did well. */
	if (view->state == KVK_VIEW_REVOKED)
		return;
	view->code = kvk_exit_graver(view->code, KVK_EXIT_UNKNOWN);
	view->action = KVK_ACTION_FIND_FILE;
	view->locked = err == KVK_ERR_PASSPHRASE;
	view->state = err == KVK_ERR_NOT_FOUND ? KVK_VIEW_MISSING : KVK_VIEW_UNREADABLE;
}

/* Whether there is nothing new in what was read. */
static bool is_known(
	const struct kvk_entry_certificate *known, const struct kvk_entry_certificate *now)
{
	return known->present && known->holder.known &&
		memcmp(now->file_sha256, known->file_sha256, KVK_SHA256_SIZE) == 0 &&
		memcmp(now->sha256, known->sha256, KVK_SHA256_SIZE) == 0 &&
		now->ends == known->ends;
}

/* Looks at the file again. The error of reading it; KVK_OK also where there need not be one yet. */
static enum kvk_err look(const struct kvk_entry *entry, struct kvk_looks *looks, kvk_time at,
	struct kvk_entry_view *view)
{
	const struct kvk_entry_certificate *known = &entry->certificate;
	struct kvk_watched watched;
	enum kvk_err err;

	if (!known->present && !entry->dossier)
		return KVK_OK;
	err = kvk_looks_read(looks, entry, &watched, NULL);
	view->file_has_key = watched.private_key;
	if (err == KVK_ERR_NOT_FOUND && !known->present)
		return KVK_OK;
	if (err != KVK_OK || is_known(known, &watched.certificate))
		return err;
	return kvk_view_change(view, known, &watched.certificate, at);
}

enum kvk_err kvk_assess(const struct kvk_entry *entry, struct kvk_looks *looks,
	const struct kvk_threshold_days *days, kvk_time at, struct kvk_entry_view *out)
{
	enum kvk_err trouble, err;

	KVK_TRY(kvk_view_from(entry, out));
	trouble = look(entry, looks, at, out);
	if (is_ours(trouble)) {
		kvk_view_free(out);
		return trouble;
	}
	kvk_assess_known(days, at, out);
	if (trouble != KVK_OK)
		assess_trouble(trouble, out);
out:
	return err;
}
