/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/loopback.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"

/* Milliseconds that a client may take for the next octets. */
#define PATIENCE 2000

struct kvk_loopback {
	int listener;
	unsigned port;
	const char *body;
	pthread_t thread;
};

/* Reads header lines up to the empty one; what they say does not matter. */
static bool read_request(int client)
{
	static const char end[] = "\r\n\r\n";
	size_t matched = 0, count = 0;
	struct pollfd ready = { .fd = client, .events = POLLIN };
	char c;

	while (matched < sizeof end - 1 && count++ < KVK_LIMIT_NET_HEADERS) {
		if (poll(&ready, 1, PATIENCE) <= 0 || read(client, &c, 1) != 1)
			return false;
		matched = c == end[matched] ? matched + 1 : c == end[0];
	}
	return matched == sizeof end - 1;
}

static void send_all(int client, struct kvk_span octets)
{
	while (octets.n > 0) {
		const ssize_t sent = send(client, octets.p, octets.n, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		octets.p += sent;
		octets.n -= (size_t)sent;
	}
}

static void answer(const struct kvk_loopback *server, int client)
{
	struct kvk_blob out = { 0 };

	if (read_request(client) &&
		kvk_blob_append_format(&out,
			"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
			"Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
			strlen(server->body), server->body) == KVK_OK)
		send_all(client, kvk_span_of_blob(&out));
	kvk_blob_free(&out);
}

/* Until the listener is shut down. */
static void *serve(void *context)
{
	const struct kvk_loopback *server = context;
	int client;

	while ((client = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		answer(server, client);
		(void)close(client);
	}
	return NULL;
}

static bool listen_on(struct kvk_loopback *server, struct sockaddr_in *address)
{
	socklen_t size = sizeof *address;

	server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (server->listener < 0 ||
		bind(server->listener, (const struct sockaddr *)address, size) != 0 ||
		listen(server->listener, 4) != 0 ||
		getsockname(server->listener, (struct sockaddr *)address, &size) != 0)
		return false;
	server->port = ntohs(address->sin_port);
	return true;
}

/* Without the interface an address can be bound, but not reached. */
static bool is_reachable(const struct sockaddr_in *address)
{
	const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool reached = client >= 0 &&
		connect(client, (const struct sockaddr *)address, sizeof *address) == 0;

	if (client >= 0)
		(void)close(client);
	return reached;
}

enum kvk_err kvk_loopback_start(const char *body, struct kvk_loopback **out)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	struct kvk_loopback *server = kvk_calloc(1, sizeof *server);

	if (server == NULL)
		return KVK_ERR_MEMORY;
	server->body = body;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (listen_on(server, &address) && is_reachable(&address) &&
		pthread_create(&server->thread, NULL, serve, server) == 0) {
		*out = server;
		return KVK_OK;
	}
	if (server->listener >= 0)
		(void)close(server->listener);
	kvk_free(server);
	return KVK_ERR_OPEN;
}

unsigned kvk_loopback_port(const struct kvk_loopback *server)
{
	return server->port;
}

void kvk_loopback_stop(struct kvk_loopback *server)
{
	if (server == NULL)
		return;
	(void)shutdown(server->listener, SHUT_RDWR);
	(void)pthread_join(server->thread, NULL);
	(void)close(server->listener);
	kvk_free(server);
}
