/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses of servers as a configuration names them. The form alone is looked at; what a host
 * resolves to is the business of net/address.h.
 */
#ifndef KVKCSR_NAMES_ENDPOINT_H
#define KVKCSR_NAMES_ENDPOINT_H

#include <stdbool.h>

/*
 * Whether it is an http or https address with a host (RFC 3986 3.2.2), of at most KVK_LIMIT_URL
 * octets, without a user name, blanks, controls or anything that is not ASCII.
 */
bool kvk_endpoint_is_web(const char *text);
/*
 * Whether an API key may go there: a web address with https, or one on this machine (localhost,
 * 127.0.0.1, [::1]).
 */
bool kvk_endpoint_is_private(const char *text);
/* Whether it is smtp://HOST or smtps://HOST, with a port or without. */
bool kvk_endpoint_is_mail_server(const char *text);

#endif
