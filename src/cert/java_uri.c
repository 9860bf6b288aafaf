/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/java.h: URIs, hosts and mail addresses. */
#include "config.h"

#include "cert/java.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/ascii.h"

#define UNRESERVED "_-!.~'()*"
#define RESERVED ";/?:@&=+$,[]"

/* A host with its closing NUL, or part of one. */
enum { HOST_SIZE = 256, PORT_DIGITS = 9 };

/* How many octets are before one of these characters, which are no letters, or all. */
static size_t until(struct kvk_span text, const char *stop)
{
	size_t n = 0;

	while (n < text.n &&
		(kvk_is_alnum(text.p[n]) || text.p[n] == '\0' || strchr(stop, text.p[n]) == NULL))
		n++;
	return n;
}

/*
 * Whether a text is made of letters, digits, these characters, %XX, and octets that are no ASCII,
 * which Java takes for characters of another script.
 */
static bool is_made_of(struct kvk_span text, const char *others)
{
	for (size_t i = 0; i < text.n; i++) {
		const uint8_t c = text.p[i];

		if (c == '%') {
			if (text.n - i < 3 || !kvk_is_hex(text.p[i + 1]) ||
				!kvk_is_hex(text.p[i + 2]))
				return false;
			i += 2;
		} else if (c < 0x80 && !kvk_is_alnum(c) &&
			(c == '\0' || strchr(others, c) == NULL)) {
			return false;
		}
	}
	return true;
}

bool kvk_java_reads_host(struct kvk_span host)
{
	bool starts = true;

	for (size_t i = 0; i < host.n; i++) {
		const uint8_t c = host.p[i];

		if (!kvk_is_alnum(c) && (starts || (c != '-' && c != '.')))
			return false;
		starts = c == '.';
	}
	return !starts;
}

static bool is_address(struct kvk_span host, int family)
{
	uint8_t address[16];
	char text[HOST_SIZE];

	if (host.n == 0 || host.n >= sizeof text || memchr(host.p, '\0', host.n) != NULL)
		return false;
	memcpy(text, host.p, host.n);
	text[host.n] = '\0';
	return inet_pton(family, text, address) == 1;
}

/* No label ends in a hyphen, and the last one begins with a letter (RFC 2396 3.2.2). */
static bool is_server_name(struct kvk_span host)
{
	size_t last = 0;

	if (!kvk_java_reads_host(host))
		return false;
	for (size_t i = 0; i < host.n; i++) {
		if (host.p[i] == '-' && (i + 1 == host.n || host.p[i + 1] == '.'))
			return false;
		if (host.p[i] == '.')
			last = i + 1;
	}
	return last == 0 || kvk_is_alpha(host.p[last]);
}

static bool is_port(struct kvk_span text)
{
	return text.n == 0 ||
		(text.p[0] == ':' && (text.n == 1 || kvk_all_digits(kvk_span_from(text, 1))) &&
			text.n <= 1 + PORT_DIGITS);
}

/* user@host:port */
static bool is_server(struct kvk_span text)
{
	const size_t at = until(text, "@");
	size_t n;

	if (at < text.n) {
		if (!is_made_of((struct kvk_span){ text.p, at }, UNRESERVED ";:&=+$,"))
			return false;
		text = kvk_span_from(text, at + 1);
	}
	if (text.n > 0 && text.p[0] == '[') {
		n = until(text, "]");
		return n < text.n && n > 1 &&
			is_address((struct kvk_span){ text.p + 1, n - 1 }, AF_INET6) &&
			is_port(kvk_span_from(text, n + 1));
	}
	n = until(text, ":");
	return (is_address((struct kvk_span){ text.p, n }, AF_INET) ||
		       is_server_name((struct kvk_span){ text.p, n })) &&
		is_port(kvk_span_from(text, n));
}

/* Host names that java.net.URI reads, with a dot at the end, and DNSName does not. */
static bool ends_in_dot(struct kvk_span authority)
{
	struct kvk_span rest = authority;
	const size_t at = until(rest, "@");

	if (at < rest.n)
		rest = kvk_span_from(rest, at + 1);
	rest.n = until(rest, ":");
	if (rest.n < 2 || rest.p[rest.n - 1] != '.')
		return false;
	rest.n--;
	return is_server_name(rest);
}

/* A server, or, as far as its characters allow, a registered name, which has no host. */
static bool reads_authority(struct kvk_span text)
{
	if (is_server(text))
		return true;
	return !ends_in_dot(text) && is_made_of(text, UNRESERVED "$,;:@&=+");
}

static bool reads_tail(struct kvk_span text)
{
	size_t n = until(text, "?#");

	if (!is_made_of((struct kvk_span){ text.p, n }, UNRESERVED ":@&=+$,;/"))
		return false;
	text = kvk_span_from(text, n);
	if (text.n > 0 && text.p[0] == '?') {
		n = until(text, "#");
		if (!is_made_of((struct kvk_span){ text.p, n }, UNRESERVED RESERVED))
			return false;
		text = kvk_span_from(text, n);
	}
	return text.n == 0 || is_made_of(kvk_span_from(text, 1), UNRESERVED RESERVED);
}

bool kvk_java_reads_uri(struct kvk_span uri)
{
	const size_t colon = until(uri, ":/?#");
	struct kvk_span rest;
	size_t n;

	if (colon == uri.n || uri.p[colon] != ':' || colon == 0 || !kvk_is_alpha(uri.p[0]))
		return false;
	for (size_t i = 0; i < colon; i++)
		if (!kvk_is_alnum(uri.p[i]) && memchr("+-.", uri.p[i], 3) == NULL)
			return false;
	rest = kvk_span_from(uri, colon + 1);
	if (rest.n > 1 && rest.p[0] == '/' && rest.p[1] == '/') {
		rest = kvk_span_from(rest, 2);
		n = until(rest, "/?#");
		if (n == rest.n && n == 0)
			return false;
		if (n > 0 && !reads_authority((struct kvk_span){ rest.p, n }))
			return false;
		return reads_tail(kvk_span_from(rest, n));
	}
	if (rest.n > 0 && rest.p[0] == '/')
		return reads_tail(rest);
	n = until(rest, "#");
	return n > 0 && is_made_of((struct kvk_span){ rest.p, n }, UNRESERVED RESERVED) &&
		(n == rest.n || is_made_of(kvk_span_from(rest, n + 1), UNRESERVED RESERVED));
}

bool kvk_java_reads_uri_constraint(struct kvk_span host)
{
	return kvk_java_reads_host(host.n > 0 && host.p[0] == '.' ? kvk_span_from(host, 1) : host);
}

bool kvk_java_reads_email(struct kvk_span email)
{
	const size_t at = until(email, "@");
	const struct kvk_span host = at < email.n ? kvk_span_from(email, at + 1) : email;

	return host.n > 0 && !kvk_span_is(host, ".");
}
