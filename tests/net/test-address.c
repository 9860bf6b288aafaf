/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "net/address.h"

static bool is_public(const char *text)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return kvk_net_address_is_public((const struct sockaddr *)&v4);
	if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1)
		fail_msg("%s is no IP address", text);
	return kvk_net_address_is_public((const struct sockaddr *)&v6);
}

static void expect(bool wanted, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_public(texts[i]) != wanted)
			fail_msg("%s is %s", texts[i], wanted ? "refused" : "allowed");
}

#define EXPECT(wanted, texts) expect((wanted), (texts), sizeof(texts) / sizeof((texts)[0]))

/* Each row of iana-ipv4-special-registry that is not globally reachable: first and last address. */
static void ranges_of_ipv4(void **state)
{
	static const char *const refused[] = { "0.0.0.0", "0.255.255.255", "10.0.0.0",
		"10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.0", "127.0.0.1",
		"127.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255",
		"172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.8", "192.0.0.11",
		"192.0.0.170", "192.0.0.255", "192.0.2.0", "192.0.2.255", "192.88.99.0",
		"192.88.99.255", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
		"198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255", "224.0.0.0",
		"239.255.255.255", "240.0.0.0", "255.255.255.254", "255.255.255.255" };
	/* Their neighbours, and the rows that are globally reachable. */
	static const char *const allowed[] = { "1.0.0.0", "9.255.255.255", "11.0.0.0",
		"100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
		"169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.0.9",
		"192.0.0.10", "192.0.1.0", "192.0.1.255", "192.0.3.0", "192.31.196.0",
		"192.52.193.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0",
		"192.175.48.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0",
		"203.0.112.255", "203.0.114.0", "223.255.255.255" };

	(void)state;
	EXPECT(false, refused);
	EXPECT(true, allowed);
}

/* The same of iana-ipv6-special-registry, with multicast and what was never given out. */
static void ranges_of_ipv6(void **state)
{
	static const char *const refused[] = { "::", "::1", "::2", "::7f00:1", "::8.8.8.8",
		"64:ff9b:1::", "64:ff9b:1::808:808", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
		"100::", "100::ffff:ffff:ffff:ffff",
		"100:0:0:1::", "1fff:ffff::", "2001::", "2001::1", "2001:0:808:808::1",
		"2001:1::", "2001:1::4", "2001:2::", "2001:2:0:ffff::", "2001:4::1",
		"2001:4:111:ffff::", "2001:4:113::", "2001:10::", "2001:1f:ffff::", "2001:40::",
		"2001:1ff:ffff::", "2001:db8::", "2001:db8:ffff:ffff::", "3fff::",
		"3fff:fff:ffff::", "4000::", "5f00::", "5f00:ffff::", "fc00::", "fd00::1",
		"fdff:ffff::", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ffff::" };
	static const char *const allowed[] = { "2000::", "2001:1::1", "2001:1::2", "2001:1::3",
		"2001:3::", "2001:3:ffff::", "2001:4:112::1",
		"2001:20::", "2001:2f:ffff::", "2001:30::", "2001:3f:ffff::", "2001:200::",
		"2001:db7:ffff::", "2001:db9::", "2620:4f:8000::1", "2a02:898::1",
		"3ffe::", "3fff:1000::", "3fff:ffff::" };

	(void)state;
	EXPECT(false, refused);
	EXPECT(true, allowed);
}

static void ipv4_inside_ipv6(void **state)
{
	static const char *const refused[] = { "::ffff:127.0.0.1", "::ffff:10.1.2.3",
		"::ffff:169.254.169.254", "::ffff:0:8.8.8.8", "64:ff9b::7f00:1",
		"64:ff9b::169.254.169.254", "64:ff9b::1:808:808", "2002:7f00:1::1",
		"2002:a00:1::808:808", "2002:a9fe:a9fe::1", "2002:c0a8:101::" };
	static const char *const allowed[] = { "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
		"2002:808:808::", "2002:808:808::7f00:1" };

	(void)state;
	EXPECT(false, refused);
	EXPECT(true, allowed);
}

static void other_families(void **state)
{
	struct sockaddr_un local = { .sun_family = AF_UNIX };

	(void)state;
	assert_false(kvk_net_address_is_public((const struct sockaddr *)&local));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_of_ipv4),
		cmocka_unit_test(ranges_of_ipv6),
		cmocka_unit_test(ipv4_inside_ipv6),
		cmocka_unit_test(other_families),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
