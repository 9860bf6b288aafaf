/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of tests/net/kvkcsr, which is the program in a network of its own: getaddrinfo(), connect(),
 * getpeername() and clock_gettime() once more, before those of the C library. No packet leaves the
 * machine, and a script can give a host any IP address and the program any time.
 *
 * KVK_WORLD names a file with a line for each host: NAME ADDRESS PORT. The name has the IPv4
 * address, and connections there, to whatever port, go to PORT on 127.0.0.1. With "silent" as the
 * address, no name server answers for ten seconds. There are no other names, and no way to other
 * machines. Connections to this machine are not changed. Each connection is a line of the file with
 * .log after its name: the address and the port that were asked for.
 *
 * KVK_CLOCK is a number of seconds by which the clock is ahead. With KVK_HASTE, whatever its value,
 * nanosleep() does not wait.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#define HOSTS 64

static struct host {
	char name[128], address[64];
	unsigned port;
} hosts[HOSTS];
static size_t count;
static int log_fd = -1;
static long ahead;
static bool haste;

/* The environment is read before the program can change it. */
__attribute__((constructor)) static void read_world(void)
{
	const char *path = getenv("KVK_WORLD"), *clock = getenv("KVK_CLOCK");
	char log_path[4096];
	FILE *file = path != NULL ? fopen(path, "r") : NULL;

	haste = getenv("KVK_HASTE") != NULL;
	ahead = clock != NULL ? strtol(clock, NULL, 10) : 0;
	while (file != NULL && count < HOSTS &&
		fscanf(file, "%127s %63s %u", hosts[count].name, hosts[count].address,
			&hosts[count].port) == 3)
		count++;
	if (file == NULL)
		return;
	(void)fclose(file);
	(void)snprintf(log_path, sizeof log_path, "%s.log", path);
	log_fd = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(const struct sockaddr *to)
{
	char text[INET6_ADDRSTRLEN];
	struct sockaddr_in6 v6;
	struct sockaddr_in v4;

	if (log_fd < 0)
		return;
	if (to->sa_family == AF_INET) {
		memcpy(&v4, to, sizeof v4);
		(void)inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
		(void)dprintf(log_fd, "%s %u\n", text, ntohs(v4.sin_port));
	} else if (to->sa_family == AF_INET6) {
		memcpy(&v6, to, sizeof v6);
		(void)inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
		(void)dprintf(log_fd, "%s %u\n", text, ntohs(v6.sin6_port));
	}
}

int getaddrinfo(
	const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
	static int (*theirs)(
		const char *, const char *, const struct addrinfo *, struct addrinfo **);
	struct in6_addr numeric;
	size_t i;

	if (theirs == NULL)
		*(void **)&theirs = dlsym(RTLD_NEXT, "getaddrinfo");
	if (inet_aton(name, &(struct in_addr){ 0 }) != 0 ||
		inet_pton(AF_INET6, name, &numeric) == 1)
		return theirs(name, service, hints, out);
	for (i = 0; i < count && strcmp(name, hosts[i].name) != 0; i++)
		continue;
	if (i == count)
		return EAI_NONAME;
	if (strcmp(hosts[i].address, "silent") == 0) {
		(void)sleep(10);
		return EAI_AGAIN;
	}
	return theirs(hosts[i].address, service, hints, out);
}

/* The host that has an address, or NULL. */
static const struct host *host_at(const struct sockaddr_in *to)
{
	char text[INET_ADDRSTRLEN];

	(void)inet_ntop(AF_INET, &to->sin_addr, text, sizeof text);
	for (size_t i = 0; i < count; i++)
		if (strcmp(text, hosts[i].address) == 0)
			return &hosts[i];
	return NULL;
}

int connect(int fd, const struct sockaddr *to, socklen_t n)
{
	struct sockaddr_in v4 = { .sin_family = AF_UNSPEC };
	const struct host *host;

	note(to);
	if (to->sa_family == AF_INET)
		memcpy(&v4, to, sizeof v4);
	if (to->sa_family == AF_UNIX || ntohl(v4.sin_addr.s_addr) >> 24 == 127)
		return (int)syscall(SYS_connect, fd, to, n);
	host = v4.sin_family == AF_INET ? host_at(&v4) : NULL;
	if (host == NULL) {
		errno = ENETUNREACH;
		return -1;
	}
	v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	v4.sin_port = htons((uint16_t)host->port);
	return (int)syscall(SYS_connect, fd, &v4, sizeof v4);
}

/* A connection that was led here has the other end that it was meant for. */
int getpeername(int fd, struct sockaddr *out, socklen_t *n)
{
	int result = (int)syscall(SYS_getpeername, fd, out, n);
	struct sockaddr_in v4;

	if (result != 0 || out->sa_family != AF_INET)
		return result;
	memcpy(&v4, out, sizeof v4);
	for (size_t i = 0; i < count; i++) {
		if (hosts[i].port != ntohs(v4.sin_port))
			continue;
		(void)inet_pton(AF_INET, hosts[i].address, &v4.sin_addr);
		v4.sin_port = htons(80);
		memcpy(out, &v4, sizeof v4);
		break;
	}
	return result;
}

int clock_gettime(clockid_t which, struct timespec *out)
{
	int result = (int)syscall(SYS_clock_gettime, which, out);

	if (result == 0 && which == CLOCK_REALTIME)
		out->tv_sec += ahead;
	return result;
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
	return haste ? 0 : (int)syscall(SYS_nanosleep, time, left);
}
