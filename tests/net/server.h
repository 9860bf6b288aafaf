/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A web server on the loopback interface for tests of net/, in a process of its own: what it does
 * is named by the path of the request, and much of it is hostile. It also answers as a proxy. Each
 * connection is a process that ends with the server and sends at most SERVER_MOST octets.
 */
#ifndef KVKCSR_TESTS_NET_SERVER_H
#define KVKCSR_TESTS_NET_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include <sys/types.h>

/* The octets after which even an endless answer ends. */
#define SERVER_MOST ((size_t)200 * 1024 * 1024)
/* What "/ok" and many others answer. */
#define SERVER_OCTETS "octets of a list"

/* What a server has seen, in memory that it shares with the test. */
struct server_seen {
	unsigned connections, requests;
	/* Connections that are open: one that the client has closed may still count. */
	unsigned open;
	/* Requests for "/slow" that wait for their answer, and the most at the same time. */
	unsigned waiting, most_waiting;
	/* Requests for "/flaky" and "/later". */
	unsigned turns;
	/* The head of the last request, with its body. */
	char last[4096];
};

struct server {
	pid_t pid;
	unsigned port;
	struct server_seen *seen;
};

/* A key and a certificate in PEM, for a server that speaks TLS. */
struct server_tls {
	const char *key, *certificate;
};

/* One connection, for the functions that answer. */
struct peer {
	int fd;
	/* gnutls_session_t; NULL: without TLS. */
	void *session;
	size_t sent;
	struct server_seen *seen;
	char head[4096];
	char path[256];
	unsigned port;
};

/* A file to which the first line of each request goes, or -1. */
extern int server_log;

/* Starts a server on a free port; tls NULL: http. Fails the test where that is impossible. */
void server_start(struct server *server, const struct server_tls *tls);
/* Ends it and all that it started. */
void server_stop(struct server *server);
/* Waits until no connection is open, and forgets what was seen. */
void server_forget(struct server *server);

/* Sends octets; false where the client has gone, or SERVER_MOST is reached. */
bool peer_send(struct peer *peer, const void *octets, size_t n);
bool peer_say(struct peer *peer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Answers a request that was read, as its path says; in server_answers.c. */
void peer_answer(struct peer *peer);
/* Begins TLS on a connection, as the server; in server_tls.c. */
bool peer_tls(struct peer *peer, const struct server_tls *tls);
ssize_t peer_tls_send(struct peer *peer, const void *octets, size_t n);
ssize_t peer_tls_receive(struct peer *peer, void *octets, size_t n);

/*
 * The PEM certificate of a test CA, and of a host that it certifies; static. Made with the key
 * KVK_TEST_P256.
 */
const char *server_ca(void);
const char *server_certificate(const char *host);

#endif
