/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/net/names.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

unsigned names_port, names_connects, names_asked;
bool names_tells;

static const char *set_name, *set_address;
/* What the last connection to another machine was begun to, and with which descriptor. */
static struct sockaddr_storage asked_for;
static socklen_t asked_for_size;
static int asked_with = -1;
/* Threads that are silent; whether they may stop. */
static unsigned silent;
static bool ended;

void names_set(const char *name, const char *address)
{
	set_name = name;
	set_address = address;
	asked_with = -1;
}

static const char *address_of(const char *name)
{
	return set_name != NULL && strcmp(name, set_name) == 0 ? set_address : "127.0.0.1";
}

/* Ten seconds, or until the end of the program. */
static int be_silent(void)
{
	__atomic_add_fetch(&silent, 1, __ATOMIC_SEQ_CST);
	for (unsigned i = 0; i < 200 && !__atomic_load_n(&ended, __ATOMIC_SEQ_CST); i++)
		(void)usleep(50 * 1000);
	__atomic_sub_fetch(&silent, 1, __ATOMIC_SEQ_CST);
	return EAI_AGAIN;
}

void names_end(void)
{
	__atomic_store_n(&ended, true, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&silent, __ATOMIC_SEQ_CST) > 0)
		(void)usleep(10 * 1000);
	/* The thread of libcurl ends by itself. */
	(void)usleep(200 * 1000);
}

int getaddrinfo(
	const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
	static int (*theirs)(
		const char *, const char *, const struct addrinfo *, struct addrinfo **);
	struct in6_addr numeric;

	__atomic_add_fetch(&names_asked, 1, __ATOMIC_SEQ_CST);
	if (theirs == NULL)
		*(void **)&theirs = dlsym(RTLD_NEXT, "getaddrinfo");
	if (strcmp(name, "missing.example") == 0)
		return EAI_NONAME;
	if (strncmp(name, "silent", 6) == 0)
		return be_silent();
	if (inet_aton(name, &(struct in_addr){ 0 }) == 0 &&
		inet_pton(AF_INET6, name, &numeric) != 1)
		name = address_of(name);
	return theirs(name, service, hints, out);
}

static bool is_here(const struct sockaddr *to)
{
	struct sockaddr_in v4;

	memcpy(&v4, to, sizeof v4);
	return to->sa_family == AF_UNIX ||
		(to->sa_family == AF_INET && ntohl(v4.sin_addr.s_addr) >> 24 == 127);
}

/* Puts a socket of IPv4 in the place of one of IPv6. */
static bool become_ipv4(int fd)
{
	int other = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	bool done = other >= 0 && dup3(other, fd, O_CLOEXEC) == fd;

	if (other >= 0)
		(void)close(other);
	return done;
}

int connect(int fd, const struct sockaddr *to, socklen_t n)
{
	struct sockaddr_in here = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)names_port) };

	if (is_here(to))
		return (int)syscall(SYS_connect, fd, to, n);
	names_connects++;
	if (names_port == 0) {
		errno = ENETUNREACH;
		return -1;
	}
	if (to->sa_family == AF_INET6 && !become_ipv4(fd))
		return -1;
	memcpy(&asked_for, to, n);
	asked_for_size = n;
	asked_with = fd;
	return (int)syscall(SYS_connect, fd, &here, sizeof here);
}

int getpeername(int fd, struct sockaddr *out, socklen_t *n)
{
	if (fd != asked_with || names_tells)
		return (int)syscall(SYS_getpeername, fd, out, n);
	memcpy(out, &asked_for, asked_for_size);
	*n = asked_for_size;
	return 0;
}
