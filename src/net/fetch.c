/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/fetch.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/vec.h"
#include "net/curl.h"
#include "net/transfer.h"

/* Milliseconds after which the loop looks around though nothing happened. */
#define LONGEST_WAIT KVK_SECOND
/* Milliseconds in which a name has to be resolved once another one was waited for in vain. */
#define NAME_PATIENCE KVK_SECOND

struct kvk_net {
	struct kvk_net_options options;
	/* NULL until something is fetched. */
	CURLM *multi;
	/* struct kvk_net_transfer *; answers point into them. */
	struct kvk_vec transfers;
	/* Those of them that are running, and those because of which something is given up. */
	struct kvk_net_transfer *running[KVK_LIMIT_NET_PARALLEL];
	size_t running_count;
	struct kvk_vec blamed;
	/* Requests that were entered in all. */
	size_t entered;
	/* Octets that answers hold, where the caller does not count them. */
	size_t held;
	/* Milliseconds of the run that were spent, and when those of this call are over. */
	kvk_time spent, deadline;
	/* A name was resolved in this run, so that name servers answer. */
	bool resolves;
	/* A name was waited for in vain. */
	bool silent;
};

/* For what is beyond the limit of one run. */
static const struct kvk_net_answer not_asked = { .reason = KVK_NET_NOT_ASKED };

enum kvk_err kvk_net_open(const struct kvk_net_options *options, struct kvk_net **out)
{
	struct kvk_net *net = kvk_calloc(1, sizeof *net);

	if (net == NULL)
		return KVK_ERR_MEMORY;
	net->options = *options;
	if (net->options.held == NULL)
		net->options.held = &net->held;
	net->transfers =
		(struct kvk_vec)KVK_VEC_INIT(struct kvk_net_transfer *, KVK_LIMIT_NET_REQUESTS);
	net->blamed = net->transfers;
	*out = net;
	return KVK_OK;
}

static struct kvk_net_transfer *at(const struct kvk_vec *transfers, size_t i)
{
	return *(struct kvk_net_transfer **)kvk_vec_at(transfers, i);
}

/* The answer for a request: that of an earlier one like it, or of a new transfer. */
static enum kvk_err enter(struct kvk_net *net, const struct kvk_net_request *request,
	const struct kvk_net_answer **answer)
{
	struct kvk_net_transfer *made = NULL, **slot;
	enum kvk_err err;

	for (size_t i = 0; i < net->transfers.count; i++)
		if (kvk_net_transfer_fits(at(&net->transfers, i), request)) {
			*answer = &at(&net->transfers, i)->answer;
			return KVK_OK;
		}
	*answer = &not_asked;
	if (net->entered == KVK_LIMIT_NET_REQUESTS)
		return KVK_OK;
	KVK_TRY(kvk_net_transfer_new(request, &net->options, &made));
	KVK_TRY(kvk_vec_push(&net->transfers, &slot));
	*slot = made;
	net->entered++;
	*answer = &made->answer;
	made = NULL;
out:
	kvk_net_transfer_free(made);
	return err;
}

static enum kvk_err start_library(struct kvk_net *net)
{
	if (net->multi != NULL)
		return KVK_OK;
	if (kvk_curl->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return KVK_ERR_INTERNAL;
	net->multi = kvk_curl->multi_init();
	if (net->multi == NULL) {
		kvk_curl->global_cleanup();
		return KVK_ERR_MEMORY;
	}
	(void)kvk_curl->multi_setopt(net->multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
	(void)kvk_curl->multi_setopt(
		net->multi, CURLMOPT_MAXCONNECTS, (long)KVK_LIMIT_NET_PARALLEL);
	return KVK_OK;
}

/* Whether what one transfer failed of would make another fail as well. */
static bool shares_blame(const struct kvk_net *net, const struct kvk_net_transfer *failed,
	const struct kvk_net_transfer *other)
{
	switch (failed->blame) {
	case KVK_NET_BLAME_HOST:
		return kvk_net_url_same_host(&failed->url, &other->url);
	case KVK_NET_BLAME_PROXY:
		return other->proxied;
	case KVK_NET_BLAME_NAME_SERVER:
		return kvk_net_url_same_host(&failed->url, &other->url) ||
			(!net->resolves && !other->proxied && !other->url.numeric);
	case KVK_NET_BLAME_NOTHING:
		break;
	}
	return false;
}

/* Whether a transfer has to wait for another, or is done because another failed. */
static bool is_held_up(const struct kvk_net *net, struct kvk_net_transfer *t)
{
	for (size_t i = 0; i < net->running_count; i++)
		if (kvk_net_url_same_host(&net->running[i]->url, &t->url))
			return true;
	for (size_t i = 0; i < net->blamed.count; i++) {
		const struct kvk_net_transfer *failed = at(&net->blamed, i);

		if (!shares_blame(net, failed, t))
			continue;
		kvk_net_transfer_fail(t, failed->answer.reason, failed->answer.detail);
		return true;
	}
	return net->running_count == KVK_LIMIT_NET_PARALLEL;
}

/* Milliseconds that an answer may take from now on. */
static kvk_time time_for(const struct kvk_net *net, const struct kvk_net_transfer *t, kvk_time now)
{
	kvk_time most = t->request.timeout > 0 ? t->request.timeout : net->options.total_timeout;

	return most < net->deadline - now ? most : net->deadline - now;
}

static enum kvk_err begin(struct kvk_net *net, struct kvk_net_transfer *t, kvk_time now)
{
	enum kvk_err err;

	KVK_TRY(kvk_net_transfer_begin(t, time_for(net, t, now)));
	t->resolved_by = net->silent && !t->proxied ? now + NAME_PATIENCE : INT64_MAX;
	if (kvk_curl->multi_add_handle(net->multi, t->easy) != CURLM_OK)
		return KVK_ERR_INTERNAL;
	t->state = KVK_NET_RUNNING;
	net->running[net->running_count++] = t;
out:
	return err;
}

/* Begins what can begin now. *open: those that are not done; *wake: when to look again. */
static enum kvk_err begin_ready(struct kvk_net *net, kvk_time now, size_t *open, kvk_time *wake)
{
	enum kvk_err err = KVK_OK;

	*open = 0;
	*wake = net->deadline;
	for (size_t i = 0; i < net->transfers.count; i++) {
		struct kvk_net_transfer *t = at(&net->transfers, i);

		if (t->state == KVK_NET_WAITING && t->not_before > now) {
			*wake = t->not_before < *wake ? t->not_before : *wake;
		} else if (t->state == KVK_NET_WAITING && !is_held_up(net, t)) {
			KVK_TRY(begin(net, t, now));
		}
		if (t->state == KVK_NET_RUNNING && t->resolved_by > now)
			*wake = t->resolved_by < *wake ? t->resolved_by : *wake;
		*open += t->state != KVK_NET_DONE;
	}
out:
	return err;
}

/* Takes a transfer away from those that run. */
static void stop(struct kvk_net *net, struct kvk_net_transfer *t)
{
	size_t i = 0;

	while (i < net->running_count && net->running[i] != t)
		i++;
	if (i == net->running_count)
		return;
	net->running[i] = net->running[--net->running_count];
	(void)kvk_curl->multi_remove_handle(net->multi, t->easy);
	t->state = KVK_NET_DONE;
}

static enum kvk_err remember_blame(struct kvk_net *net, struct kvk_net_transfer *t)
{
	struct kvk_net_transfer **slot;
	enum kvk_err err;

	net->silent |= t->blame == KVK_NET_BLAME_NAME_SERVER;
	if (t->blame == KVK_NET_BLAME_NOTHING)
		return KVK_OK;
	KVK_TRY(kvk_vec_push(&net->blamed, &slot));
	*slot = t;
out:
	return err;
}

/* An attempt ended: the transfer is done, or waits for another one. */
static enum kvk_err settle(struct kvk_net *net, struct kvk_net_transfer *t, CURLcode code)
{
	struct kvk_net_outcome outcome;
	kvk_time now = net->options.clock();
	curl_off_t resolved = 0;
	enum kvk_err err;

	(void)kvk_curl->easy_getinfo(t->easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
	net->resolves = net->resolves || (resolved > 0 && !t->proxied && !t->url.numeric);
	stop(net, t);
	KVK_TRY(kvk_net_transfer_end(t, code, &outcome));
	KVK_TRY(remember_blame(net, t));
	if (kvk_net_retry_helps(&outcome) &&
		kvk_net_retry_at(t->answer.attempts, now, net->deadline, net->options.dice(),
			&t->not_before))
		t->state = KVK_NET_WAITING;
out:
	return err;
}

/* Settles what has ended; *any: something has. */
static enum kvk_err settle_ended(struct kvk_net *net, bool *any)
{
	struct kvk_net_transfer *t;
	CURLMsg *message;
	int left;
	enum kvk_err err = KVK_OK;

	*any = false;
	while ((message = kvk_curl->multi_info_read(net->multi, &left)) != NULL) {
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		(void)kvk_curl->easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		*any = true;
		KVK_TRY(settle(net, t, code));
	}
out:
	return err;
}

/* Gives up names that take too long: else each host of a name server that is silent would take the
 * whole time for a connection. *any: one was given up. */
static enum kvk_err give_up_names(struct kvk_net *net, kvk_time now, bool *any)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = net->running_count; i > 0; i--) {
		struct kvk_net_transfer *t = net->running[i - 1];

		if (t->resolved_by > now || t->opened || t->refused || t->connected)
			continue;
		*any = true;
		KVK_TRY(settle(net, t, CURLE_OPERATION_TIMEDOUT));
	}
out:
	return err;
}

/* Ends everything that is not done: with this reason what has begun. */
static void end_all(struct kvk_net *net, enum kvk_net_reason reason)
{
	for (size_t i = 0; i < net->transfers.count; i++) {
		struct kvk_net_transfer *t = at(&net->transfers, i);

		if (t->state == KVK_NET_DONE)
			continue;
		stop(net, t);
		kvk_net_transfer_fail(t, t->answer.attempts > 0 ? reason : KVK_NET_NOT_ASKED,
			KVK_NET_DETAIL_NONE);
	}
}

/* Until all are done, or the time for the run is over. */
static enum kvk_err run(struct kvk_net *net)
{
	kvk_time now, wake;
	size_t open;
	int running;
	bool any;
	enum kvk_err err;

	for (;;) {
		now = net->options.clock();
		if (now >= net->deadline)
			break;
		KVK_TRY(begin_ready(net, now, &open, &wake));
		if (open == 0)
			break;
		if (kvk_curl->multi_perform(net->multi, &running) != CURLM_OK)
			return KVK_ERR_INTERNAL;
		KVK_TRY(settle_ended(net, &any));
		KVK_TRY(give_up_names(net, now, &any));
		wake = wake - now < LONGEST_WAIT ? wake - now : LONGEST_WAIT;
		if (!any && kvk_curl->multi_poll(net->multi, NULL, 0, (int)wake, NULL) != CURLM_OK)
			return KVK_ERR_INTERNAL;
	}
	err = KVK_OK;
out:
	return err;
}

static bool is_work_left(const struct kvk_net *net)
{
	for (size_t i = 0; i < net->transfers.count; i++)
		if (at(&net->transfers, i)->state != KVK_NET_DONE)
			return true;
	return false;
}

enum kvk_err kvk_net_fetch(struct kvk_net *net, const struct kvk_net_request *requests,
	size_t count, const struct kvk_net_answer **answers)
{
	kvk_time start;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < count; i++)
		KVK_TRY(enter(net, &requests[i], &answers[i]));
	if (!is_work_left(net))
		goto out;
	KVK_TRY(start_library(net));
	start = net->options.clock();
	net->deadline = start + net->options.run_timeout - net->spent;
	err = run(net);
	net->spent += net->options.clock() - start;
out:
	end_all(net, err == KVK_OK ? KVK_NET_TIME_OUT : KVK_NET_NOT_ASKED);
	return err;
}

bool kvk_net_is_over(const struct kvk_net *net)
{
	return net->spent >= net->options.run_timeout;
}

void kvk_net_release(struct kvk_net *net, const struct kvk_net_answer *answer)
{
	for (size_t i = 0; i < net->transfers.count; i++)
		if (&at(&net->transfers, i)->answer == answer)
			kvk_net_transfer_release(at(&net->transfers, i));
}

void kvk_net_forget(struct kvk_net *net, const struct kvk_net_answer *answer)
{
	for (size_t i = 0; i < net->transfers.count; i++) {
		struct kvk_net_transfer **slot = kvk_vec_at(&net->transfers, i);

		/* Because of others something is given up. */
		if (&(*slot)->answer != answer || (*slot)->blame != KVK_NET_BLAME_NOTHING)
			continue;
		kvk_net_transfer_free(*slot);
		kvk_vec_remove(&net->transfers, i);
		break;
	}
}

void kvk_net_close(struct kvk_net *net)
{
	if (net == NULL)
		return;
	end_all(net, KVK_NET_NOT_ASKED);
	for (size_t i = 0; i < net->transfers.count; i++)
		kvk_net_transfer_free(at(&net->transfers, i));
	kvk_vec_free(&net->transfers);
	kvk_vec_free(&net->blamed);
	if (net->multi != NULL) {
		kvk_curl->multi_cleanup(net->multi);
		kvk_curl->global_cleanup();
	}
	kvk_free(net);
}
