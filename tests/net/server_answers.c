/* SPDX-License-Identifier: Apache-2.0 */
/* Part of tests/net/server.h: what is answered, by path. */
#include "config.h"

#include "tests/net/server.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>

#define OK_LINE "HTTP/1.1 200 OK\r\n"

static char filler[16384];

static void answer(struct peer *peer, const char *status, const char *headers, const char *body)
{
	(void)peer_say(peer, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n%s\r\n%s", status, strlen(body),
		headers, body);
}

static void hang_up(struct peer *peer)
{
	(void)shutdown(peer->fd, SHUT_RDWR);
}

/* Waits until the client has gone. */
static void wait_for_end(struct peer *peer)
{
	char octet;

	while (recv(peer->fd, &octet, 1, 0) > 0)
		continue;
}

static void ok(struct peer *peer)
{
	answer(peer, "200 OK",
		"ETag: \"v1\"\r\nLast-Modified: Mon, 30 Nov 2026 10:00:00 GMT\r\n"
		"Content-Type: application/pkix-crl\r\n",
		SERVER_OCTETS);
}

static void validated(struct peer *peer)
{
	if (strstr(peer->head, "\r\nIf-None-Match: \"v1\"\r\n") != NULL ||
		strstr(peer->head, "\r\nIf-Modified-Since: Mon, 30 Nov 2026 10:00:00 GMT\r\n") !=
			NULL)
		answer(peer, "304 Not Modified", "ETag: \"v1\"\r\n", "");
	else
		ok(peer);
}

static void status(struct peer *peer)
{
	char line[64];

	(void)snprintf(line, sizeof line, "%.3s Whatever", peer->path + strlen("/status/"));
	answer(peer, line, "", "a page that says why");
}

static void redirect(struct peer *peer)
{
	char location[128];

	(void)snprintf(
		location, sizeof location, "Location: http://127.0.0.1:%u/ok\r\n", peer->port);
	answer(peer, "302 Found", location, "elsewhere");
}

static void empty(struct peer *peer)
{
	answer(peer, "200 OK", "", "");
}

/* The first time unavailable, then good. */
static void flaky(struct peer *peer)
{
	if (__atomic_fetch_add(&peer->seen->turns, 1, __ATOMIC_SEQ_CST) == 0)
		answer(peer, "503 Service Unavailable", "", "later");
	else
		ok(peer);
}

static void later(struct peer *peer)
{
	if (__atomic_fetch_add(&peer->seen->turns, 1, __ATOMIC_SEQ_CST) == 0)
		answer(peer, "200 OK", "", "try later");
	else
		ok(peer);
}

/* As many octets as the path says, */
static void send_octets(struct peer *peer)
{
	size_t n = strtoul(peer->path + strlen("/octets/"), NULL, 10);

	for (; n > sizeof filler; n -= sizeof filler)
		(void)peer_send(peer, filler, sizeof filler);
	(void)peer_send(peer, filler, n);
}

/* with a word about their number before, */
static void octets(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "Content-Length: %s\r\n\r\n", peer->path + strlen("/octets/"));
	send_octets(peer);
}

/* or without. */
static void unsaid_octets(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "\r\n");
	send_octets(peer);
	hang_up(peer);
}

/* Answers after a while, and counts how many wait at the same time. */
static void slow(struct peer *peer)
{
	struct server_seen *seen = peer->seen;
	unsigned waiting = __atomic_add_fetch(&seen->waiting, 1, __ATOMIC_SEQ_CST);
	unsigned most = __atomic_load_n(&seen->most_waiting, __ATOMIC_SEQ_CST);

	while (waiting > most &&
		!__atomic_compare_exchange_n(&seen->most_waiting, &most, waiting, false,
			__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		continue;
	(void)usleep(300 * 1000);
	__atomic_sub_fetch(&seen->waiting, 1, __ATOMIC_SEQ_CST);
	ok(peer);
}

static void endless_body(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "\r\n");
	while (peer_send(peer, filler, sizeof filler))
		continue;
	hang_up(peer);
}

static void too_long(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "Content-Length: 99999999999\r\n\r\n");
	wait_for_end(peer);
}

static void endless_headers(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE);
	while (peer_say(peer, "X-More: of the same, and again of the same\r\n"))
		continue;
	hang_up(peer);
}

static void endless_header(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "X-Long: ");
	while (peer_send(peer, filler, sizeof filler))
		continue;
	hang_up(peer);
}

static void endless_1xx(struct peer *peer)
{
	while (peer_say(peer, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"))
		continue;
	hang_up(peer);
}

static void endless_trailers(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n");
	while (peer_say(peer, "X-More: of the same, and again of the same\r\n"))
		continue;
	hang_up(peer);
}

static void endless_extension(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "Transfer-Encoding: chunked\r\n\r\n4;a=");
	/* As fast as the client takes them would only heat the processor. */
	while (peer_send(peer, filler, sizeof filler))
		(void)usleep(10 * 1000);
	hang_up(peer);
}

static void drip(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "Content-Length: 1000\r\n\r\n");
	while (peer_say(peer, "x"))
		(void)usleep(500 * 1000);
	hang_up(peer);
}

/* Looks like a compressed answer; what it says about itself is enough to refuse it. */
static void gzip(struct peer *peer)
{
	answer(peer, "200 OK", "Content-Encoding: gzip\r\n", "\x1f\x8b\x08 not unpacked");
}

/* The first octets of a gzip stream, without unpacking which libcurl cannot go on. */
static void transfer_gzip(struct peer *peer)
{
	static const unsigned char stream[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0x4b, 0x4c,
		0x4a, 6, 0, 0xc2, 0x41, 0x24, 0x35, 3, 0, 0, 0 };

	(void)peer_say(
		peer, OK_LINE "Transfer-Encoding: gzip, chunked\r\n\r\n%zx\r\n", sizeof stream);
	(void)peer_send(peer, stream, sizeof stream);
	(void)peer_say(peer, "\r\n0\r\n\r\n");
	hang_up(peer);
}

static void half(struct peer *peer)
{
	(void)peer_say(peer, OK_LINE "Content-Length: 1000\r\n\r\nonly a part");
	hang_up(peer);
}

/* A reset instead of an end. */
static void reset(struct peer *peer)
{
	const struct linger now = { .l_onoff = 1 };

	(void)peer_say(peer, OK_LINE "Content-Length: 1000\r\n\r\nonly a part");
	(void)usleep(50 * 1000);
	(void)setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	(void)close(peer->fd);
	peer->fd = -1;
}

static void no_http(struct peer *peer)
{
	(void)peer_say(peer, "hello, this is another protocol\r\n");
	hang_up(peer);
}

/* What was asked, as the body. */
static void echo(struct peer *peer)
{
	answer(peer, "200 OK", "", peer->head);
}

static const struct {
	const char *path;
	void (*answer)(struct peer *peer);
} answers[] = {
	{ "/ok", ok },
	{ "/validated", validated },
	{ "/status/", status },
	{ "/redirect", redirect },
	{ "/empty", empty },
	{ "/flaky", flaky },
	{ "/later", later },
	{ "/octets/", octets },
	{ "/unsaid/", unsaid_octets },
	{ "/slow", slow },
	{ "/endless-body", endless_body },
	{ "/too-long", too_long },
	{ "/endless-headers", endless_headers },
	{ "/endless-header", endless_header },
	{ "/endless-1xx", endless_1xx },
	{ "/endless-trailers", endless_trailers },
	{ "/endless-extension", endless_extension },
	{ "/drip", drip },
	{ "/gzip", gzip },
	{ "/transfer-gzip", transfer_gzip },
	{ "/half", half },
	{ "/reset", reset },
	{ "/close", hang_up },
	{ "/silence", wait_for_end },
	/* asked of a proxy */
	{ "silence.example:443", wait_for_end },
	{ "/no-http", no_http },
	{ "/echo", echo },
};

void peer_answer(struct peer *peer)
{
	memset(filler, 'x', sizeof filler);
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		const char *path = answers[i].path;
		size_t n = strlen(path);

		/* A path that ends with a slash has something behind it. */
		if (path[n - 1] == '/' ? strncmp(peer->path, path, n) == 0 :
					 strncmp(peer->path, path, n) == 0 &&
					strchr("?", peer->path[n]) != NULL) {
			answers[i].answer(peer);
			return;
		}
	}
	answer(peer, "404 Not Found", "", "no such path");
}
