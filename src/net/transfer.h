/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One request on its way through libcurl: how it is set up, what the callbacks allow, and what the
 * end of it means. For net/fetch.c alone, which decides when each begins.
 */
#ifndef KVKCSR_NET_TRANSFER_H
#define KVKCSR_NET_TRANSFER_H

#include "net/curl.h"
#include "net/options.h"
#include "net/request.h"
#include "net/retry.h"
#include "net/url.h"

enum kvk_net_state {
	/* Not begun, or waiting for another attempt. */
	KVK_NET_WAITING,
	KVK_NET_RUNNING,
	KVK_NET_DONE,
};

/* What is given up for the rest of the run because a transfer failed. */
enum kvk_net_blame {
	KVK_NET_BLAME_NOTHING,
	KVK_NET_BLAME_HOST,
	KVK_NET_BLAME_PROXY,
	KVK_NET_BLAME_NAME_SERVER,
};

/* Make with kvk_net_transfer_new(), free with kvk_net_transfer_free(). */
struct kvk_net_transfer {
	struct kvk_net_answer answer;
	/* With a counter of what is held. */
	const struct kvk_net_options *options;

	/* The request; what it borrowed is copied. */
	struct kvk_net_request request;
	char *texts[6];
	struct kvk_blob body;
	struct kvk_net_url url;
	/* It goes through the proxy; the IP address of the peer is checked. */
	bool proxied, guarded;

	enum kvk_net_state state;
	/* No attempt before this time. */
	kvk_time not_before;
	/* The attempt is given up where its name is not resolved by this time; for net/fetch.c. */
	kvk_time resolved_by;
	enum kvk_net_blame blame;

	/* The attempt under way. */
	CURL *easy;
	struct curl_slist *headers, *proxy_headers;
	char error[CURL_ERROR_SIZE];
	size_t header_octets;
	/* Sockets that were refused and opened; a connection, with TLS, was made. */
	bool refused, opened, connected;
	/* Why a callback ended it; KVK_NET_OK: none did. */
	enum kvk_net_reason stop;
	enum kvk_net_detail stop_detail;
	/* A callback found no memory. */
	enum kvk_err err;
};

/*
 * Makes a transfer of a request. One that is refused by its address is done at once. options are
 * borrowed. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_net_transfer_new(const struct kvk_net_request *request,
	const struct kvk_net_options *options, struct kvk_net_transfer **out);
/* Whether a transfer answers a request as well. */
bool kvk_net_transfer_fits(
	const struct kvk_net_transfer *transfer, const struct kvk_net_request *request);
/*
 * Sets up an attempt, which may take this many milliseconds, in transfer->easy. KVK_ERR_MEMORY,
 * KVK_ERR_INTERNAL.
 */
enum kvk_err kvk_net_transfer_begin(struct kvk_net_transfer *transfer, kvk_time timeout);
/*
 * The attempt ended with this code: fills the answer and tells how it ended; easy is freed.
 * KVK_ERR_MEMORY; the answer is "not asked" then.
 */
enum kvk_err kvk_net_transfer_end(
	struct kvk_net_transfer *transfer, CURLcode code, struct kvk_net_outcome *outcome);
/* Ends a transfer without an answer of its own; as kvk_net_transfer_drop(). */
void kvk_net_transfer_fail(
	struct kvk_net_transfer *transfer, enum kvk_net_reason reason, enum kvk_net_detail detail);
/* Frees what libcurl has of the attempt, which must not be in a multi handle any more. */
void kvk_net_transfer_drop(struct kvk_net_transfer *transfer);
/* Frees the octets of the answer. */
void kvk_net_transfer_release(struct kvk_net_transfer *transfer);
/* Accepts NULL. */
void kvk_net_transfer_free(struct kvk_net_transfer *transfer);

/* Sets the callbacks of an attempt. Whether that succeeded. */
bool kvk_net_transfer_watch(struct kvk_net_transfer *transfer);

#endif
