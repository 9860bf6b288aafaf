/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What octets from the network look like, for the sentence that says what came instead of what was
 * expected. A look at the first octets and the length, no more: nothing is decoded, and nothing is
 * believed because of it.
 */
#ifndef KVKCSR_NET_CONTENT_H
#define KVKCSR_NET_CONTENT_H

#include "base/blob.h"

enum kvk_net_content {
	KVK_NET_CONTENT_OTHER,
	/* One SEQUENCE of DER, or a PEM block. */
	KVK_NET_CONTENT_DER,
	KVK_NET_CONTENT_PEM,
	/* The beginning of one of these; the end is missing. */
	KVK_NET_CONTENT_CUT,
	/* HTML, or anything else that begins with '<'. */
	KVK_NET_CONTENT_HTML,
	KVK_NET_CONTENT_LDIF,
	KVK_NET_CONTENT_GZIP,
	KVK_NET_CONTENT_JSON,
	/* Any other text of printable ASCII. */
	KVK_NET_CONTENT_TEXT,
};

/* What octets look like. */
enum kvk_net_content kvk_net_content_of(struct kvk_span octets);

#endif
