/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of the network, and what comes of it; net/fetch.h takes the one for the other. */
#ifndef KVKCSR_NET_REQUEST_H
#define KVKCSR_NET_REQUEST_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/secret.h"
#include "base/time.h"
#include "net/content.h"
#include "net/reason.h"

/* Who named an address; an all-zero request is the stricter one. */
enum kvk_net_source {
	/*
	 * A certificate, perhaps an enemy's: http and port 80 only, over a fresh connection, and
	 * only to IP addresses that are globally reachable. Ask only when the signature path to an
	 * anchor holds.
	 */
	KVK_NET_FROM_CERTIFICATE,
	/* The configuration or the installed data: http or https, any port, any IP address. */
	KVK_NET_FROM_CONFIGURATION,
};

/* What a caller sees in the octets of an answer. */
enum kvk_net_look {
	KVK_NET_LOOK_GOOD,
	/* The server says: ask again later (OCSP tryLater). After the last attempt they count. */
	KVK_NET_LOOK_LATER,
	/* Something else than was expected. */
	KVK_NET_LOOK_WRONG,
};

/* One request. All is borrowed, and copied by kvk_net_fetch(). */
struct kvk_net_request {
	const char *url;
	enum kvk_net_source source;
	/* http is refused; for addresses of the configuration. */
	bool https_only;
	/* The most octets that the answer may have; at least 1. */
	size_t max_octets;
	/* Milliseconds for the answer; 0: total_timeout of the options. */
	kvk_time timeout;
	/* With a content type the method is POST and this is its body; without, it is GET. */
	const char *content_type;
	struct kvk_span body;
	/*
	 * What an earlier answer had as etag and last_modified, for If-None-Match and
	 * If-Modified-Since; NULL: unknown. What cannot be a value of a header line is left out.
	 */
	const char *etag, *last_modified;
	/* Further header lines ("Name: value"); NULL: none. */
	const char *headers[2];
	/*
	 * The value of one more header line, which is borrowed until the run ends and never
	 * copied, and its name; NULL: none. It is sent to this address alone.
	 */
	const struct kvk_secret *secret;
	const char *secret_name;
	/* The octets are wanted whatever the status; with another one than 200 the reason is
	 * KVK_NET_HTTP_STATUS all the same. */
	bool any_status;
	/* Something is handed over: a status of 200 to 299 says that it was taken, and what comes
	 * after the header lines is not read. */
	bool delivery;
	/* The first look at the octets, which stay where they are if they are good; NULL: all are
	 * good. */
	enum kvk_net_look (*look)(void *context, struct kvk_span octets);
	void *look_context;
};

/* What came of a request. It belongs to the run. */
struct kvk_net_answer {
	/* KVK_NET_OK: status 200 and at least one octet, or 304 after a validator was sent, or 200
	 * to 299 for a delivery. */
	enum kvk_net_reason reason;
	enum kvk_net_detail detail;
	/* With KVK_NET_DETAIL_CONTENT: what came instead. */
	enum kvk_net_content content;
	/* The HTTP status; 0: there was none. */
	unsigned status;
	/* With status 200, or as any_status says, until kvk_net_release(). */
	struct kvk_blob octets;
	/* Values of header lines, from outside: printable ASCII, not escaped; NULL: none. */
	char *etag, *last_modified, *content_type;
	/* Where a redirect points, or what the system or libcurl says of a failure; NULL: nothing.
	 */
	char *hint;
	/* How often it was asked. */
	unsigned attempts;
};

#endif
