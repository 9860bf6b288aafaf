/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/asker_tools.h: what is known of the certificates of one path. */
#include "config.h"

#include "app/asker_tools.h"

#include "base/format.h"
#include "gather/status.h"
#include "path/validate.h"
#include "watch/assess.h"
#include "watch/ends.h"

/* Entries for which OCSP is asked in a run: each is a request of its own. */
#define OCSP_ENTRIES 50

/* A certificate of the path that names an OCSP responder. */
static bool has_responder(const struct kvk_certificate *certificate)
{
	for (size_t i = 0; i < certificate->ext.aia_count; i++)
		if (certificate->ext.aia[i].method == KVK_OID_AD_OCSP)
			return true;
	return false;
}

/* Whether OCSP responders could say what CRLs leave open. */
static bool needs_ocsp(const struct kvk_asked_entry *asked, const struct kvk_status *statuses)
{
	const struct kvk_path *path = &asked->path;

	for (size_t i = 0; i < path->count && !asked->by_ocsp; i++)
		if (statuses[i].answer.state == KVK_REVOCATION_UNDETERMINED &&
			has_responder(path->certs[i].certificate))
			return true;
	return false;
}

/* Whether it is the entry's turn to be asked about by OCSP in this run. */
static bool takes_turn(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked)
{
	if (!tools->offline && tools->ocsps == OCSP_ENTRIES)
		return false;
	tools->ocsps++;
	asked->by_ocsp = true;
	return true;
}

/* The first address that there was no time to ask, or the first that was asked and gave nothing; or
 * NULL. */
static const struct kvk_fetched *find_failure(const struct kvk_status *status, bool asked)
{
	for (size_t i = 0; i < status->attempt_count; i++) {
		const struct kvk_fetched *fetched = status->attempts[i].fetched;

		if (fetched->answer != NULL && fetched->answer->reason != KVK_NET_OK &&
			(fetched->answer->reason != KVK_NET_NOT_ASKED) == asked)
			return fetched;
	}
	return NULL;
}

/* Whether there was no room for a list that may tell what is open. */
static bool lacks_room(const struct kvk_path *path, const struct kvk_status *statuses)
{
	for (size_t i = 0; i < path->count; i++) {
		const struct kvk_status *status = &statuses[i];

		if (status->answer.state != KVK_REVOCATION_UNDETERMINED)
			continue;
		for (size_t n = 0; n < status->attempt_count; n++) {
			const struct kvk_net_answer *answer = status->attempts[n].fetched->answer;

			if (answer != NULL && answer->detail == KVK_NET_DETAIL_ROOM)
				return true;
		}
	}
	return false;
}

/* Whose certificate it is. */
static enum kvk_err name(
	const struct kvk_asked_entry *asked, size_t i, struct kvk_entry_revocation *answer)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	answer->by[0] = '\0';
	if (i == 0)
		goto out;
	KVK_TRY(kvk_ends_name(asked->path.certs[i].certificate, &text));
	KVK_FORMAT(answer->by, "%s", kvk_blob_str(&text));
out:
	kvk_blob_free(&text);
	return err;
}

/* How much it says why a certificate is open: that it has no address, that there was no time to
 * ask, or what came of asking. */
enum { NO_ADDRESS = 1, NO_TIME, ASKED };

static unsigned depth_of(const struct kvk_status *status)
{
	if (status->attempt_count == 0)
		return NO_ADDRESS;
	return find_failure(status, true) == NULL && find_failure(status, false) != NULL ? NO_TIME :
											   ASKED;
}

/* What could not be found out of a certificate, unless as much is known of another; *depth is of
 * what the answer says. */
static enum kvk_err take_unknown(const struct kvk_asked_entry *asked, size_t i,
	const struct kvk_status *status, unsigned *depth, struct kvk_entry_revocation *answer)
{
	const unsigned own = depth_of(status);
	const struct kvk_fetched *failure = find_failure(status, own == ASKED);

	if (own <= *depth)
		return KVK_OK;
	*depth = own;
	answer->status = KVK_STATUS_UNKNOWN;
	answer->url[0] = '\0';
	if (failure != NULL) {
		KVK_FORMAT(answer->why, "%s", kvk_net_reason_id(failure->answer->reason));
		KVK_FORMAT(answer->url, "%s", failure->url);
	} else {
		KVK_FORMAT(answer->why, "%s",
			own == ASKED ? kvk_revocation_why_id(status->answer.why) :
				       KVK_ENTRY_NO_ADDRESS);
	}
	return name(asked, i, answer);
}

/*
 * Whether there was no time left to ask, so that the next run begins with it. Not where time was
 * spent on it in vain: it would go before the others for ever, and spend theirs.
 */
static bool keeps_turn(const struct kvk_asker_tools *tools, const struct kvk_asked_entry *asked,
	const struct kvk_status *statuses)
{
	bool left = false, failed = false;

	for (size_t i = 0; i < asked->path.count; i++) {
		if (statuses[i].answer.state != KVK_REVOCATION_UNDETERMINED)
			continue;
		left |= find_failure(&statuses[i], false) != NULL;
		failed |= find_failure(&statuses[i], true) != NULL;
	}
	return left && !asked->crowded && (tools->late || !failed);
}

/* What the certificates of the path come to together. */
static enum kvk_err take_all(const struct kvk_asked_entry *asked, const struct kvk_status *statuses,
	struct kvk_entry_revocation *answer)
{
	unsigned depth = 0;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < asked->path.count; i++) {
		const struct kvk_revocation_answer *found = &statuses[i].answer;

		if (found->state == KVK_REVOCATION_REVOKED) {
			answer->status = KVK_STATUS_REVOKED;
			answer->since = found->date;
			answer->why[0] = answer->url[0] = '\0';
			err = name(asked, i, answer);
			goto out;
		}
		if (found->state == KVK_REVOCATION_UNDETERMINED)
			KVK_TRY(take_unknown(asked, i, &statuses[i], &depth, answer));
	}
	if (answer->status == KVK_STATUS_NOT_CHECKED)
		answer->status = KVK_STATUS_GOOD;
out:
	return err;
}

/* Asks what is known so far of a path; *pending where that is not all yet. */
static enum kvk_err find(struct kvk_asker_tools *tools, const struct kvk_asked_entry *asked,
	const struct kvk_path *path, struct kvk_status *statuses, bool *pending)
{
	const struct kvk_status_input input = {
		.path = path,
		.at = tools->at,
		.signatures = &tools->checker.signatures,
		.pool = asked->pool.items,
		.pool_count = asked->pool.count,
		.fetcher = &tools->fetcher,
		.crls_first = true,
		.no_ocsp = !asked->by_ocsp,
	};

	return kvk_status_find(&input, 0, statuses, pending);
}

/* Whether it is asked about again, when there is more room. */
static bool is_put_off(const struct kvk_asked_entry *asked)
{
	return asked->crowded && !asked->alone;
}

/* The same of its path, and by OCSP if need be; *postponed where its turn for that did not come. */
static enum kvk_err find_all(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked,
	bool *pending, bool *postponed)
{
	struct kvk_status *statuses = tools->statuses;
	enum kvk_err err;

	*postponed = false;
	kvk_signatures_renew(&tools->checker.signatures);
	KVK_TRY(find(tools, asked, &asked->path, statuses, pending));
	asked->crowded = !*pending && lacks_room(&asked->path, statuses);
	if (*pending || is_put_off(asked) || !needs_ocsp(asked, statuses))
		goto out;
	*postponed = !takes_turn(tools, asked);
	if (*postponed)
		goto out;
	kvk_signatures_renew(&tools->checker.signatures);
	KVK_TRY(find(tools, asked, &asked->path, statuses, pending));
out:
	return err;
}

/* What compares paths. */
struct comparison {
	struct kvk_asker_tools *tools;
	const struct kvk_asked_entry *asked;
	bool pending, crowded;
};

/* Counts what is wrong with one of several paths, as gather/route.c does for verify. */
static enum kvk_err count_failures(
	void *context, const struct kvk_path *path, unsigned *failures, bool *more)
{
	struct comparison *comparison = context;
	struct kvk_asker_tools *tools = comparison->tools;
	const struct kvk_path_input input = {
		.at = tools->at,
		.manner = KVK_MANNER_JAVA,
		.signatures = &tools->checker.signatures,
	};
	struct kvk_status statuses[KVK_LIMIT_DEPTH];
	struct kvk_path_report report;
	bool pending = false;
	enum kvk_err err;

	KVK_TRY(kvk_path_validate(path, &input, &report));
	*failures = kvk_path_failure_count(&report);
	*more = !report.exhausted;
	if (*failures > 0) {
		/* Nobody asks whether it is revoked. */
		++*failures;
		goto out;
	}
	KVK_TRY(find(tools, comparison->asked, path, statuses, &pending));
	comparison->pending |= pending;
	comparison->crowded |= lacks_room(path, statuses);
	for (size_t i = 0; i < path->count; i++)
		*failures += statuses[i].answer.state != KVK_REVOCATION_GOOD;
out:
	return err;
}

/* Something is wrong with the path: takes another one that is better, if there is one. */
static enum kvk_err compare(
	struct kvk_asker_tools *tools, struct kvk_asked_entry *asked, bool *pending)
{
	struct comparison comparison = { .tools = tools, .asked = asked };
	struct kvk_build_input input = kvk_asked_build_input(tools, asked);
	struct kvk_path best;
	enum kvk_err err;

	input.evaluate = count_failures;
	input.evaluate_context = &comparison;
	kvk_signatures_renew(&tools->checker.signatures);
	KVK_TRY(kvk_path_build(&input, &best));
	*pending = comparison.pending;
	asked->crowded |= !*pending && comparison.crowded;
	if (*pending || is_put_off(asked))
		goto out;
	asked->compared = true;
	asked->path = best;
out:
	return err;
}

static bool is_all_good(const struct kvk_asked_entry *asked, const struct kvk_status *statuses)
{
	for (size_t i = 0; i < asked->path.count; i++)
		if (statuses[i].answer.state != KVK_REVOCATION_GOOD)
			return false;
	return true;
}

enum kvk_err kvk_asked_look_up(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked)
{
	const struct kvk_status *statuses = tools->statuses;
	struct kvk_entry_revocation answer = { .asked = tools->offline ? 0 : tools->at };
	bool pending, postponed;
	enum kvk_err err;

	KVK_TRY(find_all(tools, asked, &pending, &postponed));
	if (!pending && !is_put_off(asked) && !asked->compared && !is_all_good(asked, statuses)) {
		KVK_TRY(compare(tools, asked, &pending));
		if (!pending && !is_put_off(asked))
			KVK_TRY(find_all(tools, asked, &pending, &postponed));
	}
	if (pending)
		goto out;
	asked->done = true;
	if (is_put_off(asked))
		goto out;
	KVK_TRY(take_all(asked, statuses, &answer));
	if (answer.status == KVK_STATUS_UNKNOWN && keeps_turn(tools, asked, statuses))
		answer.asked = 0;
	if (!postponed || answer.status == KVK_STATUS_REVOKED)
		*asked->answer = answer;
out:
	return err;
}
