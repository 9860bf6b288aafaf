/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Host names as they stand in certificates, with or without a wildcard. Forms only: none is
 * resolved. What a person types is read by names/domain.h; what Java reads is in cert/java.h.
 */
#ifndef KVKCSR_NAMES_HOST_H
#define KVKCSR_NAMES_HOST_H

#include <stdbool.h>

#include "base/blob.h"

/* Whether a text has letters, digits and hyphens alone (LDH, RFC 5890 2.3.1); an empty one has. */
bool kvk_host_is_ldh(struct kvk_span text);
/*
 * How many labels a host name has, and the last of them; 0 where one is not letters, digits and
 * inner hyphens (RFC 1123 2.1), or something is too long.
 */
size_t kvk_host_labels(struct kvk_span name, struct kvk_span *last);
/* Whether a text is a full host name: at least two labels, the last not all digits. */
bool kvk_host_is_name(struct kvk_span text);
/*
 * Whether a text has the characters of host names, or '_' and '*', which practice adds, alone; an
 * empty one has.
 */
bool kvk_host_is_loose(struct kvk_span text);
/* A host name without the dot at its end, with which it is the same host. */
struct kvk_span kvk_host_without_root(struct kvk_span host);
/*
 * Whether a host is a domain or lies below it, on the boundary of a label and without regard to
 * case.
 */
bool kvk_host_is_below(struct kvk_span host, struct kvk_span domain);

/* Whether a name begins with a label that is a wildcard: "*.example.nl". */
bool kvk_host_is_wildcard(struct kvk_span name);
/* A name without its first label where that is a wildcard; others stay. */
struct kvk_span kvk_host_without_wildcard(struct kvk_span name);
/* Whether the dNSName of a certificate is a host, or a wildcard that stands for it (RFC
 * 6125 6.4.3).
 */
bool kvk_host_matches(struct kvk_span dns_name, struct kvk_span host);

#endif
