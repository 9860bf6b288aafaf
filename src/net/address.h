/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which IP addresses may be asked when the host name came out of a certificate: those that are
 * globally reachable unicast by IANA's registries of special-purpose addresses (iana.org:
 * iana-ipv4-special-registry and iana-ipv6-special-registry; RFC 6890), as of November 2026. It
 * looks at addresses that are already resolved, never at names.
 */
#ifndef KVKCSR_NET_ADDRESS_H
#define KVKCSR_NET_ADDRESS_H

#include <stdbool.h>

#include <sys/socket.h>

/*
 * Whether an address of IPv4 or IPv6 is globally reachable unicast; false for every other family.
 * An IPv4 address inside one of IPv6 (v4-mapped, NAT64 64:ff9b::/96, 6to4 2002::/16) is looked at
 * instead; where it cannot be known (NAT64 64:ff9b:1::/48) or has no use any more (Teredo,
 * v4-compatible), the answer is false.
 */
bool kvk_net_address_is_public(const struct sockaddr *address);

#endif
