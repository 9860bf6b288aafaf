/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which URIs, hosts and mail addresses Java reads in a general name: java.net.URI (RFC 2396 with
 * RFC 2732) and, for hosts, its DNSName. What Java does not read ends the reading of the extension
 * that holds it. Names are not resolved, and nothing is said of whether they are wise.
 */
#ifndef KVKCSR_CERT_URI_H
#define KVKCSR_CERT_URI_H

#include "base/blob.h"

/* A URI with a scheme; where it has a host, one that is a host name or an IP address. */
bool kvk_java_reads_uri(struct kvk_span uri);
/* What constrains URIs: a host name, with a dot before it for all hosts below a domain. */
bool kvk_java_reads_uri_constraint(struct kvk_span host);
/* A mail address or what constrains one: a host, or, with a dot before it, a domain. */
bool kvk_java_reads_email(struct kvk_span email);

#endif
