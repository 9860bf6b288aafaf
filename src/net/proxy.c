/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/proxy.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/limits.h"
#include "net/url.h"

enum kvk_net_rule kvk_net_rule(const struct kvk_net_options *options)
{
	if (options->allow_private)
		return KVK_NET_RULE_ANY;
	return options->proxy != NULL ? KVK_NET_RULE_NAME : KVK_NET_RULE_PUBLIC;
}

enum kvk_err kvk_net_proxy_check(const char *proxy, struct kvk_error *why)
{
	struct kvk_net_url url = { 0 };
	enum kvk_net_detail detail;
	char safe[128];
	const char *path;
	enum kvk_err err;

	err = kvk_net_url_read(proxy, KVK_NET_URL_HTTP | KVK_NET_URL_HTTPS, &url, &detail);
	if (err == KVK_ERR_MEMORY)
		goto out;
	path = err == KVK_OK ? strpbrk(strstr(proxy, "://") + 3, "/?#") : NULL;
	if (err == KVK_ERR_REFUSED || (path != NULL && strcmp(path, "/") != 0))
		err = kvk_error_set(why, KVK_ERR_CONFIG,
			_("net.proxy: '%s' is not the address of a proxy; write it as "
			  "http://proxy.example.nl:3128, without a path, and put the user name and "
			  "password in the file that net.proxy_auth_file names"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(proxy)));
out:
	kvk_net_url_free(&url);
	return err;
}

/* How many octets the first line has; 0 where it is not all that there is, or not user:password. */
static size_t length_of_auth(struct kvk_span text)
{
	size_t n = text.n;

	if (n > 0 && text.p[n - 1] == '\n')
		n--;
	if (n > 0 && text.p[n - 1] == '\r')
		n--;
	for (size_t i = 0; i < n; i++)
		if (text.p[i] < 0x20 || text.p[i] == 0x7f)
			return 0;
	return n > 0 && text.p[0] != ':' && memchr(text.p, ':', n) != NULL ? n : 0;
}

enum kvk_err kvk_net_proxy_auth_read(
	const char *path, struct kvk_secret *out, struct kvk_error *why)
{
	char safe[256];
	size_t n;
	enum kvk_err err;

	err = kvk_file_read_secret(path, KVK_LIMIT_PROXY_AUTH, KVK_FILE_PRIVATE, out);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, KVK_LIMIT_PROXY_AUTH);
	n = length_of_auth(kvk_secret_span(out));
	if (n == 0) {
		kvk_secret_free(out);
		return kvk_error_set(why, KVK_ERR_FORMAT,
			_("'%s' must contain one line: the user name, a colon and the password for "
			  "the proxy"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	}
	kvk_secret_cut(out, n);
	return KVK_OK;
}

/* A host without the dot at its end, with which it is the same host. */
static struct kvk_span without_root(const char *host)
{
	struct kvk_span name = kvk_span_of(host);

	if (name.n > 1 && name.p[name.n - 1] == '.')
		name.n--;
	return name;
}

/* Whether a name is a domain or lies below it, on the boundary of a label. */
static bool is_below(struct kvk_span name, struct kvk_span domain)
{
	struct kvk_span tail;

	if (domain.n == 0 || name.n < domain.n)
		return false;
	tail = (struct kvk_span){ name.p + name.n - domain.n, domain.n };
	return kvk_equal_nocase(tail, domain) && (tail.p == name.p || tail.p[-1] == '.');
}

bool kvk_net_proxy_is_bypassed(const char *const *no_proxy, size_t count, const char *host)
{
	struct kvk_span name = without_root(host);

	for (size_t i = 0; i < count; i++)
		if (is_below(name, kvk_span_of(no_proxy[i] + (no_proxy[i][0] == '.'))))
			return true;
	return false;
}

/* Whether a label is a number as it may be in an IPv4 address: 1, 01, 0x1. */
static bool is_number(struct kvk_span label)
{
	if (label.n > 1 && label.p[0] == '0' && label.p[1] == 'x') {
		for (size_t i = 2; i < label.n; i++)
			if (!kvk_is_hex(label.p[i]))
				return false;
		return true;
	}
	return kvk_all_digits(label);
}

bool kvk_net_proxy_may_ask(const char *host)
{
	static const char *const local[] = { "local", "internal", "localhost" };
	struct kvk_span name = without_root(host), last;
	size_t start = name.n;

	while (start > 0 && name.p[start - 1] != '.')
		start--;
	last = (struct kvk_span){ name.p + start, name.n - start };
	if (start < 2 || last.n == 0 || host[0] == '[' || is_number(last))
		return false;
	for (size_t i = 0; i < sizeof local / sizeof local[0]; i++)
		if (kvk_span_is(last, local[i]))
			return false;
	return true;
}
