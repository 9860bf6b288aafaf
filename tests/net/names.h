/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The resolver of tests of net/: getaddrinfo() once more, in the test program and therefore before
 * that of the C library. No name leaves the machine:
 *   missing.example  does not exist
 *   silent...        as if no name server answered, for ten seconds or until names_end()
 *   a name that was set with names_set()  its address
 *   any other name   127.0.0.1
 * connect() is here, too: a connection to another machine goes to names_port on this one, and
 * getpeername() says nothing of it unless names_tells, so that tests see what is done with public
 * addresses.
 */
#ifndef KVKCSR_TESTS_NET_NAMES_H
#define KVKCSR_TESTS_NET_NAMES_H

#include <stdbool.h>

/* The port on 127.0.0.1 to which connections to other machines go; 0: they are refused. */
extern unsigned names_port;
/* getpeername() tells that the other machine is this one. */
extern bool names_tells;
/* How many connections to other machines were begun, and questions to the resolver asked. */
extern unsigned names_connects, names_asked;

/* From now on this name, alone, has this address (text of IPv4 or IPv6). NULL: none has. */
void names_set(const char *name, const char *address);
/* At the end of a program: waits for what still resolves, which libcurl does not. */
void names_end(void);

#endif
