/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/net/server.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cmocka.h>

int server_log = -1;

bool peer_send(struct peer *peer, const void *octets, size_t n)
{
	const char *p = octets;

	while (n > 0 && peer->sent < SERVER_MOST) {
		ssize_t done = peer->session != NULL ? peer_tls_send(peer, p, n) :
						       send(peer->fd, p, n, MSG_NOSIGNAL);

		if (done <= 0)
			return false;
		peer->sent += (size_t)done;
		p += done;
		n -= (size_t)done;
	}
	return n == 0;
}

bool peer_say(struct peer *peer, const char *format, ...)
{
	char text[8192];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return n > 0 && (size_t)n < sizeof text && peer_send(peer, text, (size_t)n);
}

/* The path of a request, also where a proxy is asked for a whole address. */
static void find_path(struct peer *peer)
{
	const char *target = strchr(peer->head, ' ');
	const char *host = target != NULL ? strstr(target, "://") : NULL;

	peer->path[0] = '\0';
	if (target == NULL)
		return;
	target++;
	if (host != NULL && host < strpbrk(target, " \r\n"))
		target = strpbrk(host + 3, "/ ");
	(void)snprintf(
		peer->path, sizeof peer->path, "%.*s", (int)strcspn(target, " \r\n"), target);
}

/* Reads a request with its body. False: there is none. */
static bool read_request(struct peer *peer)
{
	const char *end = NULL, *length;
	size_t n = 0, wanted = 0;

	while (end == NULL || n < wanted) {
		size_t room = sizeof peer->head - 1 - n;
		ssize_t more = peer->session != NULL ?
			peer_tls_receive(peer, peer->head + n, room) :
			recv(peer->fd, peer->head + n, room, 0);

		if (more <= 0)
			return false;
		n += (size_t)more;
		peer->head[n] = '\0';
		end = strstr(peer->head, "\r\n\r\n");
		length = strstr(peer->head, "Content-Length: ");
		if (end != NULL)
			wanted = (size_t)(end + 4 - peer->head) +
				(length != NULL ? strtoul(length + 16, NULL, 10) : 0);
	}
	find_path(peer);
	return true;
}

static void serve(struct peer *peer, const struct server_tls *tls)
{
	struct server_seen *seen = peer->seen;

	if (tls != NULL && !peer_tls(peer, tls))
		return;
	while (read_request(peer)) {
		__atomic_add_fetch(&seen->requests, 1, __ATOMIC_SEQ_CST);
		memcpy(seen->last, peer->head, sizeof seen->last);
		if (server_log >= 0)
			(void)dprintf(
				server_log, "%.*s\n", (int)strcspn(peer->head, "\r\n"), peer->head);
		peer_answer(peer);
	}
}

/* One connection, in a process of its own, counted while it is open. */
static void take(int fd, unsigned port, struct server_seen *seen, const struct server_tls *tls)
{
	struct peer peer = { .fd = fd, .seen = seen, .port = port };
	pid_t pid;

	__atomic_add_fetch(&seen->open, 1, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&seen->connections, 1, __ATOMIC_SEQ_CST);
	pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(&peer, tls);
		(void)close(fd);
		__atomic_sub_fetch(&seen->open, 1, __ATOMIC_SEQ_CST);
		_exit(0);
	}
	(void)close(fd);
}

static void run(int listener, unsigned port, struct server_seen *seen, const struct server_tls *tls)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (fd >= 0)
			take(fd, port, seen, tls);
	}
}

void server_start(struct server *server, const struct server_tls *tls)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(listener >= 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&at, n), 0);
	assert_int_equal(listen(listener, 32), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &n), 0);
	server->port = ntohs(at.sin_port);
	server->seen = mmap(NULL, sizeof *server->seen, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(server->seen != MAP_FAILED);
	server->pid = fork();
	assert_true(server->pid >= 0);
	if (server->pid == 0)
		run(listener, server->port, server->seen, tls);
	(void)close(listener);
}

void server_stop(struct server *server)
{
	/* The processes of its connections die with it. */
	(void)kill(server->pid, SIGKILL);
	(void)waitpid(server->pid, NULL, 0);
	(void)munmap(server->seen, sizeof *server->seen);
}

void server_forget(struct server *server)
{
	/* The ends of what was closed here may be on their way. */
	for (unsigned i = 0; i < 500; i++) {
		if (__atomic_load_n(&server->seen->open, __ATOMIC_SEQ_CST) == 0)
			break;
		(void)usleep(10 * 1000);
	}
	assert_int_equal(server->seen->open, 0);
	memset(server->seen, 0, sizeof *server->seen);
}
