/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/endpoint.h"

#include <string.h>

#include "base/blob.h"
#include "base/limits.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
/* The characters of a host name, or of an IPv6 address between brackets. */
#define HOST LETTERS DIGITS ".-_"
#define HOST_IPV6 LETTERS DIGITS ":."

/* The part after a prefix, or NULL. */
static const char *after(const char *text, const char *prefix)
{
	const size_t n = strlen(prefix);

	return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

/* The part after either prefix, or NULL. */
static const char *after_either(const char *text, const char *one, const char *other)
{
	const char *rest = after(text, one);

	return rest != NULL ? rest : after(text, other);
}

/* The host at the beginning, brackets included; empty where there is none. */
static struct kvk_span host_of(const char *text)
{
	size_t n = strspn(text, HOST);

	if (text[0] == '[') {
		n = 1 + strspn(text + 1, HOST_IPV6);
		n = n > 1 && text[n] == ']' ? n + 1 : 0;
	}
	return (struct kvk_span){ (const uint8_t *)text, n };
}

/* What follows a host with its port, or NULL where there is none. */
static const char *after_host(const char *text)
{
	const size_t n = host_of(text).n;
	size_t digits;

	if (n == 0 || text[n] != ':')
		return n > 0 ? text + n : NULL;
	digits = strspn(text + n + 1, DIGITS);
	return digits > 0 && digits <= 5 ? text + n + 1 + digits : NULL;
}

bool kvk_endpoint_is_web(const char *text)
{
	const char *host = after_either(text, "https://", "http://");
	const char *rest = host != NULL ? after_host(host) : NULL;

	if (rest == NULL || strlen(text) > KVK_LIMIT_URL || strchr("/?#", rest[0]) == NULL)
		return false;
	for (; *rest != '\0'; rest++)
		if ((unsigned char)*rest <= ' ' || (unsigned char)*rest >= 0x7f)
			return false;
	return true;
}

bool kvk_endpoint_is_private(const char *text)
{
	static const char *const here[] = { "127.0.0.1", "[::1]", "localhost" };
	const char *rest = after(text, "http://");

	if (!kvk_endpoint_is_web(text))
		return false;
	for (size_t i = 0; rest != NULL && i < sizeof here / sizeof here[0]; i++)
		if (kvk_span_is(host_of(rest), here[i]))
			return true;
	return rest == NULL;
}

bool kvk_endpoint_is_mail_server(const char *text)
{
	const char *host = after_either(text, "smtps://", "smtp://");
	const char *rest = host != NULL ? after_host(host) : NULL;

	return rest != NULL && (rest[0] == '\0' || strcmp(rest, "/") == 0);
}
