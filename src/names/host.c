/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/host.h"

#include "base/ascii.h"
#include "base/limits.h"

bool kvk_host_is_ldh(struct kvk_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!kvk_is_alnum(text.p[i]) && text.p[i] != '-')
			return false;
	return true;
}

static bool is_label(struct kvk_span label)
{
	return label.n > 0 && label.n <= KVK_LIMIT_LABEL && label.p[0] != '-' &&
		label.p[label.n - 1] != '-' && kvk_host_is_ldh(label);
}

size_t kvk_host_labels(struct kvk_span name, struct kvk_span *last)
{
	struct kvk_span label = { name.p, 0 };
	size_t count = 0;

	if (name.n == 0 || name.n > KVK_LIMIT_DOMAIN_NAME)
		return 0;
	for (size_t i = 0; i <= name.n; i++) {
		if (i < name.n && name.p[i] != '.')
			continue;
		label.n = (size_t)(name.p + i - label.p);
		if (!is_label(label))
			return 0;
		count++;
		*last = label;
		if (i < name.n)
			label.p = name.p + i + 1;
	}
	return count;
}

bool kvk_host_is_name(struct kvk_span text)
{
	struct kvk_span last;

	return kvk_host_labels(text, &last) > 1 && !kvk_all_digits(last);
}

bool kvk_host_is_loose(struct kvk_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!kvk_is_alnum(text.p[i]) && memchr("-._*", text.p[i], 4) == NULL)
			return false;
	return true;
}

struct kvk_span kvk_host_without_root(struct kvk_span host)
{
	if (host.n > 1 && host.p[host.n - 1] == '.')
		host.n--;
	return host;
}

bool kvk_host_is_below(struct kvk_span host, struct kvk_span domain)
{
	if (host.n < domain.n || !kvk_equal_nocase(kvk_span_from(host, host.n - domain.n), domain))
		return false;
	return host.n == domain.n || host.p[host.n - domain.n - 1] == '.';
}

bool kvk_host_is_wildcard(struct kvk_span name)
{
	return name.n > 2 && memcmp(name.p, "*.", 2) == 0;
}

struct kvk_span kvk_host_without_wildcard(struct kvk_span name)
{
	return kvk_host_is_wildcard(name) ? kvk_span_from(name, 2) : name;
}

bool kvk_host_matches(struct kvk_span dns_name, struct kvk_span host)
{
	if (kvk_equal_nocase(dns_name, host))
		return true;
	if (!kvk_host_is_wildcard(dns_name))
		return false;
	while (host.n > 0 && host.p[0] != '.')
		host = kvk_span_from(host, 1);
	return kvk_equal_nocase(host, kvk_span_from(dns_name, 1));
}
