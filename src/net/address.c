/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/address.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

/* A range of a registry. The first row that fits decides, so the narrower ones come first. */
struct range_v4 {
	uint32_t prefix;
	unsigned bits;
	bool reachable;
};

static const struct range_v4 ranges_v4[] = {
	/* Port Control Protocol Anycast and TURN Anycast (RFC 7723, RFC 8155) */
	{ 0xc0000009, 32, true },
	{ 0xc000000a, 32, true },
	/* "this network", private, shared, loopback, link-local */
	{ 0x00000000, 8, false },
	{ 0x0a000000, 8, false },
	{ 0x64400000, 10, false },
	{ 0x7f000000, 8, false },
	{ 0xa9fe0000, 16, false },
	{ 0xac100000, 12, false },
	/* protocol assignments, documentation, 6to4 relays, private */
	{ 0xc0000000, 24, false },
	{ 0xc0000200, 24, false },
	{ 0xc0586300, 24, false },
	{ 0xc0a80000, 16, false },
	/* benchmarks, documentation twice */
	{ 0xc6120000, 15, false },
	{ 0xc6336400, 24, false },
	{ 0xcb007100, 24, false },
	/* multicast, reserved, broadcast */
	{ 0xe0000000, 4, false },
	{ 0xf0000000, 4, false },
};

struct range_v6 {
	uint8_t prefix[16];
	unsigned bits;
	bool reachable;
};

static const struct range_v6 ranges_v6[] = {
	/* three anycast services, AMT, AS112, ORCHIDv2, drone identifiers: all inside 2001::/23 */
	{ { 0x20, 0x01, 0, 1, [15] = 1 }, 128, true },
	{ { 0x20, 0x01, 0, 1, [15] = 2 }, 128, true },
	{ { 0x20, 0x01, 0, 1, [15] = 3 }, 128, true },
	{ { 0x20, 0x01, 0, 3 }, 32, true },
	{ { 0x20, 0x01, 0, 4, 1, 0x12 }, 48, true },
	{ { 0x20, 0x01, 0, 0x20 }, 28, true },
	{ { 0x20, 0x01, 0, 0x30 }, 28, true },
	/* protocol assignments, among them Teredo; documentation twice */
	{ { 0x20, 0x01 }, 23, false },
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32, false },
	{ { 0x3f, 0xff }, 20, false },
	/* global unicast; whatever lies outside is not */
	{ { 0x20 }, 3, true },
	{ { 0 }, 0, false },
};

static const uint8_t v4_mapped[12] = { [10] = 0xff, [11] = 0xff };
static const uint8_t nat64[12] = { 0, 0x64, 0xff, 0x9b };

static bool is_public_v4(uint32_t ip)
{
	for (size_t i = 0; i < sizeof ranges_v4 / sizeof ranges_v4[0]; i++)
		if ((ip ^ ranges_v4[i].prefix) >> (32 - ranges_v4[i].bits) == 0)
			return ranges_v4[i].reachable;
	return true;
}

static uint32_t v4_inside(const uint8_t *octets)
{
	return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 |
		octets[3];
}

static bool has_prefix(const uint8_t ip[static 16], const struct range_v6 *range)
{
	size_t whole = range->bits / 8;
	unsigned rest = range->bits % 8;

	if (memcmp(ip, range->prefix, whole) != 0)
		return false;
	return rest == 0 || (ip[whole] ^ range->prefix[whole]) >> (8 - rest) == 0;
}

static bool is_public_v6(const uint8_t ip[static 16])
{
	size_t i = 0;

	if (memcmp(ip, v4_mapped, sizeof v4_mapped) == 0 || memcmp(ip, nat64, sizeof nat64) == 0)
		return is_public_v4(v4_inside(ip + 12));
	if (ip[0] == 0x20 && ip[1] == 0x02)
		return is_public_v4(v4_inside(ip + 2));
	/* The last row fits every address. */
	while (!has_prefix(ip, &ranges_v6[i]))
		i++;
	return ranges_v6[i].reachable;
}

bool kvk_net_address_is_public(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		struct sockaddr_in v4;

		memcpy(&v4, address, sizeof v4);
		return is_public_v4(ntohl(v4.sin_addr.s_addr));
	}
	if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;

		memcpy(&v6, address, sizeof v6);
		return is_public_v6(v6.sin6_addr.s6_addr);
	}
	return false;
}
