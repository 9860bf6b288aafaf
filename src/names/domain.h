/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one host name of a certificate, from what a person types to what is in CN and in the
 * dNSName. Every change on the way is reported. It refuses wildcards, ports, IP addresses, .onion,
 * names without a registrable domain and suffixes that the public suffix list does not know; it
 * does not ask the DNS.
 */
#ifndef KVKCSR_NAMES_DOMAIN_H
#define KVKCSR_NAMES_DOMAIN_H

#include <stdbool.h>

#include "base/blob.h"

/* Characters of a host name here: a CN holds no more (RFC 5280 appendix A, ub-common-name). */
#define KVK_DOMAIN_MAX 64

/* What was changed in what was typed. */
enum kvk_domain_change {
	KVK_DOMAIN_TRIMMED = 1,
	KVK_DOMAIN_FROM_URL = 2,
	KVK_DOMAIN_LOWERED = 4,
	KVK_DOMAIN_DOT_DROPPED = 8,
	KVK_DOMAIN_TO_ASCII = 16,
};

struct kvk_domain {
	/* Lower-case A-labels. */
	char name[KVK_DOMAIN_MAX + 1];
	/* The part that someone registered: "example.nl" of "api.example.nl". */
	char registrable[KVK_DOMAIN_MAX + 1];
	/* Below .example or .test. */
	bool practice;
	/* Bits of enum kvk_domain_change. */
	unsigned changes;
};

/*
 * Reads a host name or a URL (http or https, reduced to its host). practice lets .example and
 * .test (RFC 2606) pass. KVK_ERR_REFUSED, and why says the rule; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_domain_read(
	struct kvk_span typed, bool practice, struct kvk_domain *out, struct kvk_error *why);
/*
 * The changes in words, "" where there are none: "the host of the URL, in lower case". Appended;
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_domain_describe_changes(const struct kvk_domain *domain, struct kvk_blob *out);

#endif
