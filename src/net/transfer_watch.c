/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of net/transfer.h: the callbacks. libcurl alone bounds neither a body without a length nor
 * trailers, and sees an IP address only where a socket is opened (measured with 7.88.1).
 */
#include "config.h"

#include "net/transfer.h"

#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "net/address.h"

/* What a callback that takes octets returns to end the attempt. */
#define NOTHING_TAKEN 0

/* Sets an option and remembers whether one could not be set. */
#define SET(option, value) \
	(failed = kvk_curl->easy_setopt(t->easy, (option), (value)) != CURLE_OK || failed)

static size_t stop(struct kvk_net_transfer *t, enum kvk_net_reason reason, enum kvk_net_detail why)
{
	t->stop = reason;
	t->stop_detail = why;
	return NOTHING_TAKEN;
}

/* Header lines, those of 1xx answers and of proxies, and trailers come here, one by one. */
static size_t take_header(char *line, size_t size, size_t n, void *context)
{
	struct kvk_net_transfer *t = context;

	(void)line;
	if (size * n > KVK_LIMIT_NET_HEADERS - t->header_octets)
		return stop(t, KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE);
	t->header_octets += size * n;
	return size * n;
}

/* Whether a header line of the answer has another value than the one that changes nothing. */
static bool has_other(CURL *easy, const char *name, const char *harmless)
{
	struct curl_header *header;

	for (size_t i = 0;
		kvk_curl->easy_header(easy, name, i, CURLH_HEADER, -1, &header) == CURLHE_OK; i++)
		if (!kvk_equal_nocase(kvk_trim(kvk_span_of(header->value)), kvk_span_of(harmless)))
			return true;
	return false;
}

/* Whether the octets would not be those that the server has. */
static bool is_encoded(CURL *easy)
{
	return has_other(easy, "Content-Encoding", "identity") ||
		has_other(easy, "Transfer-Encoding", "chunked");
}

static size_t take_body(char *octets, size_t size, size_t n, void *context)
{
	struct kvk_net_transfer *t = context;
	struct kvk_blob *out = &t->answer.octets;
	struct kvk_span more = { (const uint8_t *)octets, size * n };
	long status = 0;

	(void)kvk_curl->easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	/* The status has said all. */
	if (t->request.delivery)
		return NOTHING_TAKEN;
	if (status != 200 && !t->request.any_status)
		return stop(t, KVK_NET_HTTP_STATUS, KVK_NET_DETAIL_NONE);
	if (out->n == 0 && is_encoded(t->easy))
		return stop(t, KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_ENCODED);
	if (more.n > t->request.max_octets - out->n)
		return stop(t, KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE);
	/* The other answers take all the room, not this one. */
	if (*t->options->held > KVK_LIMIT_NET_HELD ||
		more.n > KVK_LIMIT_NET_HELD - *t->options->held)
		return stop(t, KVK_NET_NOT_ASKED, KVK_NET_DETAIL_ROOM);
	t->err = kvk_blob_append(out, more);
	if (t->err != KVK_OK)
		return NOTHING_TAKEN;
	*t->options->held += more.n;
	return more.n;
}

/* Called with the resolved address, before anything is sent to it. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct kvk_net_transfer *t = context;

	(void)purpose;
	if (t->guarded && !kvk_net_address_is_public(&address->addr)) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	t->opened = true;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool is_public_text(const char *ip)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, ip, &v4.sin_addr) == 1)
		return kvk_net_address_is_public((const struct sockaddr *)&v4);
	return inet_pton(AF_INET6, ip, &v6.sin6_addr) == 1 &&
		kvk_net_address_is_public((const struct sockaddr *)&v6);
}

/* Called before the request is sent, also on a connection that was there: the second lock. */
static int before_request(void *context, char *peer, char *local, int peer_port, int local_port)
{
	struct kvk_net_transfer *t = context;

	(void)local;
	(void)peer_port;
	(void)local_port;
	t->connected = true;
	if (t->guarded && !is_public_text(peer)) {
		(void)stop(t, KVK_NET_ADDRESS_REFUSED, KVK_NET_DETAIL_RANGE);
		return CURL_PREREQFUNC_ABORT;
	}
	return CURL_PREREQFUNC_OK;
}

bool kvk_net_transfer_watch(struct kvk_net_transfer *t)
{
	bool failed = false;

	SET(CURLOPT_WRITEFUNCTION, take_body);
	SET(CURLOPT_WRITEDATA, t);
	SET(CURLOPT_HEADERFUNCTION, take_header);
	SET(CURLOPT_HEADERDATA, t);
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, t);
	SET(CURLOPT_PREREQFUNCTION, before_request);
	SET(CURLOPT_PREREQDATA, t);
	return !failed;
}
