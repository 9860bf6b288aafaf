/* SPDX-License-Identifier: Apache-2.0 */
/* The root certificates that are trusted, for people and as JSON. */
#ifndef KVKCSR_REPORT_ANCHORS_H
#define KVKCSR_REPORT_ANCHORS_H

#include "report/page.h"
#include "trust/trust.h"

/* The list; borrowed. */
struct kvk_anchors_report {
	/* Those that are listed, each of them installed or imported. */
	const struct kvk_trust *trust;
	size_t count;
	/* The file with the roots of the system, whether it can be used, and how many it adds. */
	const char *system_store;
	bool system;
	size_t system_count;
	/* Now: how long they are still valid. */
	kvk_time at;
	struct kvk_paper paper;
};

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_anchors_text(const struct kvk_anchors_report *report, struct kvk_blob *out);
enum kvk_err kvk_anchors_json(const struct kvk_anchors_report *report, struct kvk_blob *out);
/* Subject, validity and fingerprint of a certificate that may be imported. KVK_ERR_MEMORY. */
enum kvk_err kvk_anchor_offer_text(const struct kvk_certificate *certificate, kvk_time at,
	const struct kvk_paper *paper, struct kvk_blob *out);
/*
 * What `import` (changed: it was not trusted before) or `remove` came to, as JSON: name and
 * fingerprint. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_anchor_change_json(const char *name, const uint8_t sha256[static KVK_SHA256_SIZE],
	bool changed, struct kvk_blob *out);

#endif
